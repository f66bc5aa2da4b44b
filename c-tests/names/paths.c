/* Names as Windows programs have them: separators, drives and any case; and the search in the directory of the
 * executable.
 *
 * Shows docs/contract.md, 2. Names and opening: "Windows paths", "MMSYSTEM_DRIVE_X", "ignoring case", "Search".
 * Shows docs/contract.md, 2. Names and opening: "never in PATH".
 * Shows docs/differences.md, Names and opening: "The exact name is tried first", "Directory listings are cached". */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif

#include "forms.h"

#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static char here[1024];

static const char wav[] = "RIFF\x24\0\0\0WAVE"
                          "fmt \x10\0\0\0\x01\0\x01\0\x44\xac\0\0\x88\x58\x01\0\x02\0\x10\0"
                          "data\0\0\0";

/* A function of a game, as written in 1997. */
static BYTE PlayClick(void)
{
    HMMIO hmmio;
    MMCKINFO ckRIFF, ck;
    PCMWAVEFORMAT format;
    hmmio = mmioOpen((LPSTR) "sounds\\MENU\\Click.WAV", NULL, MMIO_READ | MMIO_ALLOCBUF);
    if (hmmio == NULL)
        return 0;
    ckRIFF.fccType = mmioFOURCC('W', 'A', 'V', 'E');
    ck.ckid = mmioFOURCC('f', 'm', 't', ' ');
    if (mmioDescend(hmmio, &ckRIFF, NULL, MMIO_FINDRIFF) || mmioDescend(hmmio, &ck, &ckRIFF, MMIO_FINDCHUNK) ||
        mmioRead(hmmio, (HPSTR)&format, sizeof(format)) != sizeof(format))
        return 0;
    mmioClose(hmmio, 0);
    /* The bytes of the file, which are those of the number on a little-endian machine. */
    return memcmp(&format.wf.nSamplesPerSec, "\x44\xac\0\0", 4) == 0;
}

static void a_windows_name_in_the_source_opens(void)
{
    put_file("sounds/menu/click.wav", wav, sizeof wav);
    CHECK_EQ(PlayClick(), 1);
}

static void separators_and_case_for_every_function(int form)
{
    put_file("sounds/menu/old.wav", "x", 1);
    CHECK_EQ(error_of(form, "SOUNDS\\Menu\\OLD.wav", MMIO_READ), 0);
    CHECK_EQ(rename_spelled(form, "Sounds\\MENU\\Old.WAV", "SOUNDS\\menu\\New.wav", NULL), 0);
    CHECK_EQ(access("sounds/menu/New.wav", F_OK), 0);
    CHECK_EQ(error_of(form, "sounds\\menu\\NEW.WAV", MMIO_DELETE), 0);
    CHECK(access("sounds/menu/New.wav", F_OK) != 0);
    CHECK_EQ(error_of(form, "Sounds\\Menu\\Made.wav", MMIO_CREATE), 0);
    CHECK_EQ(access("sounds/menu/Made.wav", F_OK), 0);
    /* On Windows this would be the same file, and so it is here. */
    CHECK_EQ(error_of(form, "Sounds\\Menu\\MADE.WAV", MMIO_CREATE), 0);
    CHECK(access("sounds/menu/MADE.WAV", F_OK) != 0);
    CHECK_EQ(unlink("sounds/menu/Made.wav"), 0);
    CHECK_EQ(error_of(form, "sounds\\none\\x.wav", MMIO_READ), MMIOERR_PATHNOTFOUND);
    CHECK_EQ(error_of(form, "Sounds\\Menu\\none.wav", MMIO_READ), MMIOERR_FILENOTFOUND);
}

static void exist_and_parse_return_the_systems_names(int form)
{
    char buffer[4 * 1024], full[2048];
    spell(form, "SOUNDS\\Menu\\CLICK.wav", buffer);
    CHECK(open_in(form, buffer, NULL, MMIO_EXIST) == TRUE_HANDLE);
    snprintf(full, sizeof full, "%s/sounds/menu/click.wav", here);
    CHECK(is_spelled(form, buffer, full));
    spell(form, "SOUNDS\\.\\Menu\\..\\x", buffer);
    CHECK(open_in(form, buffer, NULL, MMIO_PARSE) == TRUE_HANDLE);
    snprintf(full, sizeof full, "%s/SOUNDS/x", here);
    CHECK(is_spelled(form, buffer, full));
}

static void drives_are_directories(int form)
{
    char buffer[4 * 1024], full[2048];
    snprintf(full, sizeof full, "%s/sounds", here);
    CHECK_EQ(setenv("MMSYSTEM_DRIVE_C", full, 1), 0);
    CHECK_EQ(error_of(form, "C:\\menu\\click.wav", MMIO_READ), 0);
    CHECK_EQ(error_of(form, "c:/MENU/click.wav", MMIO_READ), 0);
    CHECK_EQ(error_of(form, "c:menu\\click.wav", MMIO_READ), 0);
    CHECK_EQ(error_of(form, "D:\\menu\\click.wav", MMIO_READ), MMIOERR_PATHNOTFOUND);
    CHECK_EQ(error_of(form, "D:\\new.wav", MMIO_CREATE), MMIOERR_PATHNOTFOUND);
    snprintf(full, sizeof full, "Z:%s\\sounds\\menu\\click.wav", here);
    CHECK_EQ(error_of(form, full, MMIO_READ), 0);
    CHECK_EQ(error_of(form, "C:\\new.wav", MMIO_CREATE), 0);
    CHECK_EQ(rename_spelled(form, "C:\\new.wav", "C:\\menu\\moved.wav", NULL), 0);
    CHECK_EQ(unlink("sounds/menu/moved.wav"), 0);
    spell(form, "C:F", buffer);
    CHECK(open_in(form, buffer, NULL, MMIO_GETTEMP) == NULL);
    CHECK_EQ(system("rm sounds/F*.tmp"), 0);
    spell(form, "C:\\a\\..\\b", buffer);
    CHECK(open_in(form, buffer, NULL, MMIO_PARSE) == TRUE_HANDLE);
    snprintf(full, sizeof full, "%s/sounds/b", here);
    CHECK(is_spelled(form, buffer, full));
    CHECK_EQ(unsetenv("MMSYSTEM_DRIVE_C"), 0);
    spell(form, "C:F", buffer);
    CHECK(open_in(form, buffer, NULL, MMIO_GETTEMP) == (HMMIO)MMIOERR_FILENOTFOUND);
    CHECK(is_spelled(form, buffer, "C:F"));
}

static char first_byte(int form, const char *name)
{
    char byte = 0;
    HMMIO file = open_spelled(form, name, NULL, MMIO_READ);
    CHECK_EQ(mmioRead(file, &byte, 1), 1);
    CHECK_EQ(mmioClose(file, 0), 0);
    return byte;
}

static void a_file_of_exactly_that_name_comes_first(int form)
{
    put_file("sounds\\a", "l", 1);
    put_file("sounds/a", "d", 1);
    CHECK_EQ(first_byte(form, "sounds\\a"), 'l');
    CHECK_EQ(unlink("sounds\\a"), 0);
    CHECK_EQ(first_byte(form, "sounds\\a"), 'd');
    put_file("sounds/A", "A", 1);
    CHECK_EQ(first_byte(form, "sounds/a"), 'd');
    CHECK_EQ(first_byte(form, "sounds/A"), 'A');
    CHECK_EQ(unlink("sounds/a"), 0);
    CHECK_EQ(first_byte(form, "SOUNDS/a"), 'A');
    CHECK_EQ(unlink("sounds/A"), 0);
}

/* The directory of a temporary file is found like any other. */
static void a_temporary_file_is_made_in_a_directory_of_any_case(void)
{
    static const char *const names[] = {"SOUNDS/", "SOUNDS\\", "SOUNDS/.", "sounds\\MENU\\", "SOUNDS/x", "sounds/"};
    size_t i;
    for (i = 0; i < sizeof names / sizeof names[0]; i++) {
        char buffer[128];
        strcpy(buffer, names[i]);
        CHECK(mmioOpenA(buffer, NULL, MMIO_GETTEMP) == NULL);
        CHECK(strcmp(buffer, names[i]) != 0);
        CHECK_EQ(unlink(buffer), 0);
    }
}

/* A separator at the end of the new name must not hide an existing directory of that name in another case. (Found by
 * fuzzing.) */
static void a_directory_is_not_renamed_to_one_of_another_case(void)
{
    static const char *const names[] = {"OTHER", "OTHER/", "OTHER//", "OTHER/.", "other/"};
    size_t i;
    CHECK_EQ(mkdir("folder", 0777), 0);
    CHECK_EQ(mkdir("Other", 0777), 0);
    for (i = 0; i < sizeof names / sizeof names[0]; i++)
        CHECK_EQ(mmioRenameA("folder", names[i], NULL, 0), MMIOERR_ACCESSDENIED);
    CHECK_EQ(mmioRenameA("folder", "FOLDER/", NULL, 0), 0);
    CHECK_EQ(rmdir("FOLDER"), 0);
    CHECK_EQ(rmdir("Other"), 0);
}

static void posix_turns_all_of_it_off(int form)
{
    CHECK_EQ(setenv("MMSYSTEM_PATHS", "posix", 1), 0);
    CHECK_EQ(error_of(form, "sounds\\menu\\click.wav", MMIO_READ), MMIOERR_FILENOTFOUND);
    CHECK_EQ(error_of(form, "SOUNDS/menu/click.wav", MMIO_READ), MMIOERR_PATHNOTFOUND);
    CHECK_EQ(error_of(form, "Z:\\x", MMIO_CREATE), 0);
    CHECK_EQ(unlink("Z:\\x"), 0);
    CHECK_EQ(error_of(form, "sounds/menu/click.wav", MMIO_READ), 0);
    CHECK_EQ(unsetenv("MMSYSTEM_PATHS"), 0);
}

/* Letters outside ASCII have case too. */
static void case_is_not_only_ascii(int form)
{
    put_file("\xc3\x84rger.wav", "x", 1);
    CHECK_EQ(error_of(form, "\xc3\xa4RGER.WAV", MMIO_READ), 0);
    CHECK_EQ(unlink("\xc3\x84rger.wav"), 0);
}

static void a_bare_name_is_also_looked_for_beside_the_executable(int form)
{
    /* In this test the two are the same directory. */
    CHECK_EQ(error_of(form, "Nowhere.wav", MMIO_READ), MMIOERR_FILENOTFOUND);
    put_file("Beside.wav", "x", 1);
    CHECK_EQ(chdir("sounds"), 0);
    CHECK_EQ(error_of(form, "Beside.wav", MMIO_READ), 0);
    CHECK_EQ(error_of(form, "BESIDE.WAV", MMIO_READ), 0);
    CHECK_EQ(error_of(form, "./Beside.wav", MMIO_READ), MMIOERR_FILENOTFOUND);
    CHECK_EQ(error_of(form, ".\\Beside.wav", MMIO_READ), MMIOERR_FILENOTFOUND);
    put_file("Beside.wav", "h", 1);
    CHECK_EQ(first_byte(form, "Beside.wav"), 'h');
    CHECK_EQ(unlink("Beside.wav"), 0);
    /* A new file is created in the current directory. */
    CHECK_EQ(error_of(form, "Beside.wav", MMIO_CREATE), 0);
    CHECK_EQ(unlink("Beside.wav"), 0);
    CHECK_EQ(chdir(".."), 0);
}

/* A name with a trailing separator is not shortened to find a file, least of all to delete it. */
static void a_trailing_separator_is_no_file(int form)
{
    put_file("kept.wav", "x", 1);
    CHECK(error_of(form, "kept.wav/", MMIO_DELETE) != 0);
    CHECK(error_of(form, "kept.wav\\.", MMIO_DELETE) != 0);
    CHECK(error_of(form, "KEPT.wav/", MMIO_READ) != 0);
    CHECK_EQ(access("kept.wav", F_OK), 0);
    CHECK_EQ(error_of(form, "nowhere\\..\\Kept.wav", MMIO_READ), 0);
    /* The case of a name can be changed, but a name that exists in another case is refused. */
    CHECK_EQ(rename_spelled(form, "kept.wav", "Kept.WAV", NULL), 0);
    CHECK_EQ(access("Kept.WAV", F_OK), 0);
    put_file("other.wav", "x", 1);
    CHECK_EQ(rename_spelled(form, "other.wav", "KEPT.wav", NULL), MMIOERR_ACCESSDENIED);
    CHECK_EQ(unlink("Kept.WAV"), 0);
    CHECK_EQ(unlink("other.wav"), 0);
}

static void path_is_not_searched(int form)
{
    char path[2048];
    const char *before = getenv("PATH");
    char *saved = strdup(before == NULL ? "" : before);
    snprintf(path, sizeof path, "%s/sounds/menu", here);
    CHECK_EQ(setenv("PATH", path, 1), 0);
    CHECK_EQ(error_of(form, "click.wav", MMIO_READ), MMIOERR_FILENOTFOUND);
    CHECK_EQ(setenv("PATH", saved, 1), 0);
    free(saved);
}

/* Not timed: the test is that it ends. */
static void a_directory_of_ten_thousand_files_is_searched(void)
{
    char name[64];
    int i;
    CHECK_EQ(mkdir("many", 0777), 0);
    put_file("many/file0.wav", "x", 1);
    for (i = 1; i < 10000; i++) {
        snprintf(name, sizeof name, "many/file%d.wav", i);
        /* A link is made faster than a file. */
        if (link("many/file0.wav", name) != 0)
            put_file(name, "x", 1);
    }
    for (i = 0; i < 10000; i += 500) {
        snprintf(name, sizeof name, "MANY\\FILE%d.WAV", i);
        CHECK_EQ(error_of(BYTES, name, MMIO_READ), 0);
    }
}

int main(void)
{
    int form;
    CHECK(getcwd(here, sizeof here) != NULL);
    CHECK_EQ(mkdir("sounds", 0777), 0);
    CHECK_EQ(mkdir("sounds/menu", 0777), 0);
    a_windows_name_in_the_source_opens();
    for (form = BYTES; form < FORMS; form++) {
        separators_and_case_for_every_function(form);
        exist_and_parse_return_the_systems_names(form);
        drives_are_directories(form);
        a_file_of_exactly_that_name_comes_first(form);
        posix_turns_all_of_it_off(form);
        case_is_not_only_ascii(form);
        a_bare_name_is_also_looked_for_beside_the_executable(form);
        a_trailing_separator_is_no_file(form);
        path_is_not_searched(form);
    }
    a_directory_is_not_renamed_to_one_of_another_case();
    a_temporary_file_is_made_in_a_directory_of_any_case();
    a_directory_of_ten_thousand_files_is_searched();
    return report();
}
