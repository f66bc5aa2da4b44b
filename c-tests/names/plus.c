/* Which procedure the `+` in a name asks for: what a program has installed, and else it is the name of a disk file. */
#include "forms.h"

#include <unistd.h>

#define INSTALL(code) CHECK(mmioInstallIOProcA(code, procedure, MMIO_INSTALLPROC) == procedure)
#define REMOVE(code) CHECK(mmioInstallIOProcA(code, NULL, MMIO_REMOVEPROC) == procedure)

static int opens, renames;
static FOURCC opened_as;

static LRESULT CALLBACK procedure(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    (void)lParam1, (void)lParam2;
    opens += uMsg == MMIOM_OPEN;
    renames += uMsg == MMIOM_RENAME;
    if (uMsg == MMIOM_OPEN)
        opened_as = ((MMIOINFO *)(void *)lpmmioinfo)->fccIOProc;
    return 0;
}

/* Whether the program's own procedure gets a file of this name; it is closed again. */
static int is_ours(int form, const char *name, LPMMIOINFO asked, UINT *error)
{
    MMIOINFO info;
    HMMIO file;
    memset(&info, 0, sizeof info);
    if (asked != NULL)
        info = *asked;
    opens = 0;
    file = open_spelled(form, name, &info, MMIO_READ);
    if (error != NULL)
        *error = info.wErrorRet;
    if (file != NULL)
        CHECK_EQ(mmioClose(file, 0), 0);
    return opens == 1 && file != NULL;
}

static FOURCC code_in(int form, const char *text)
{
    char units[64];
    spell(form, text, units);
    if (form == BYTES)
        return mmioStringToFOURCCA(units, MMIO_TOUPPER);
    if (form == UTF16)
        return mmioStringToFOURCCW((MMSYSTEM_CHAR16 *)(void *)units, MMIO_TOUPPER);
    return mmioStringToFOURCCU32((MMSYSTEM_CHAR32 *)(void *)units, MMIO_TOUPPER);
}

/* The code that mmioStringToFOURCC makes of an extension is the one that is looked up, in each form. */
static void the_extension_is_its_first_four_characters(int form)
{
    static const char *const extensions[] = {"\xc3\xa4xy", "\xc3\xa4\xc3\xb6\xc3\xbcx", "abcde", "a", "\xe5\xa3\xb0\xe9\x9f\xb3",
                                             "\xf0\x9f\x98\x80z", "b\xf0\x9f\x98\x80z", "\xc3\xa4\xc3\xb6\xc3\xbcxy"};
    size_t i;
    for (i = 0; i < sizeof extensions / sizeof *extensions; i++) {
        char name[64];
        FOURCC code = code_in(form, extensions[i]);
        snprintf(name, sizeof name, "x.%s+y", extensions[i]);
        CHECK(!is_ours(form, name, NULL, NULL));
        INSTALL(code);
        CHECK(is_ours(form, name, NULL, NULL));
        CHECK_EQ(opened_as, code);
        REMOVE(code);
    }
}

/* The code of the file of this name, if it holds "hello". */
static FOURCC holds_hello(int form, const char *name)
{
    char bytes[8];
    MMIOINFO info;
    HMMIO file = open_spelled(form, name, NULL, MMIO_READ | MMIO_ALLOCBUF);
    CHECK_EQ(mmioRead(file, bytes, sizeof bytes), 5);
    CHECK_BYTES(bytes, "hello", 5);
    memset(&info, 0, sizeof info);
    CHECK_EQ(mmioGetInfo(file, &info, 0), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
    return info.fccIOProc;
}

/* The built-in procedures have no extension: the name of a disk file never becomes memory. */
static void a_disk_file_is_one_whatever_its_name(int form)
{
    static const char *const names[] = {"song.mem+1.wav", "song.MEM+", "song.dos+1.wav", ".mem+"};
    size_t i;
    for (i = 0; i < sizeof names / sizeof *names; i++) {
        HMMIO file;
        CHECK_EQ(error_of(form, names[i], MMIO_READ), MMIOERR_FILENOTFOUND);
        file = open_spelled(form, names[i], NULL, MMIO_CREATE);
        CHECK_EQ(mmioWrite(file, "hello", 5), 5);
        CHECK_EQ(mmioClose(file, 0), 0);
        CHECK_EQ(access(names[i], F_OK), 0);
        CHECK_EQ(holds_hello(form, names[i]), FOURCC_DOS);
        CHECK_EQ(rename_spelled(form, names[i], "renamed", NULL), 0);
        CHECK_EQ(rename_spelled(form, "renamed", names[i], NULL), 0);
        CHECK_EQ(error_of(form, names[i], MMIO_DELETE), 0);
        CHECK(access(names[i], F_OK) != 0);
    }
}

/* What a program has installed under those codes gets the files that ask for it. */
static void a_program_may_install_its_own_under_these_codes(int form)
{
    INSTALL(FOURCC_MEM);
    CHECK(is_ours(form, "song.mem+1.wav", NULL, NULL));
    CHECK_EQ(opened_as, FOURCC_MEM);
    REMOVE(FOURCC_MEM);
    INSTALL(FOURCC_DOS);
    CHECK(is_ours(form, "song.dos+1.wav", NULL, NULL));
    CHECK_EQ(opened_as, FOURCC_DOS);
    REMOVE(FOURCC_DOS);
}

/* win: where nobody has installed what a name asks for, it is the built-in disk procedure's. */
static void a_procedure_that_is_not_installed_is_not_the_programs_own_for_disks(int form)
{
    MMIOINFO asked;
    UINT error = 0;
    memset(&asked, 0, sizeof asked);
    asked.fccIOProc = FOURCC_DOS;
    INSTALL(FOURCC_DOS);
    CHECK(!is_ours(form, "file+name.xyz+one.two", NULL, &error));
    CHECK_EQ(opens, 0);
    CHECK_EQ(error, MMIOERR_FILENOTFOUND);
    CHECK(!is_ours(form, "song.mem+1.wav", NULL, &error));
    CHECK_EQ(error, MMIOERR_FILENOTFOUND);
    CHECK_EQ(error_of(form, "file.xyz+one", MMIO_DELETE), MMIOERR_FILENOTFOUND);
    CHECK_EQ(rename_spelled(form, "file.xyz+one", "other", NULL), MMIOERR_FILENOTFOUND);
    CHECK_EQ(opens + renames, 0);
    put_file("file.xyz+one", "hello", 5);
    CHECK_EQ(holds_hello(form, "file.xyz+one"), FOURCC_DOS);
    CHECK_EQ(opens, 0);
    CHECK_EQ(remove("file.xyz+one"), 0);

    /* What asks for none, or for that one. */
    CHECK(is_ours(form, "name.xyz", NULL, NULL));
    CHECK(is_ours(form, "one+two", NULL, NULL));
    CHECK(is_ours(form, "dir.xyz/one+two", NULL, NULL));
    CHECK(is_ours(form, "file+name.xyz+one.two", &asked, NULL));
    CHECK_EQ(rename_spelled(form, "name.xyz", "other", NULL), 0);
    CHECK_EQ(renames, 1);
    renames = 0;
    INSTALL(mmioFOURCC('X', 'Y', 'Z', ' '));
    CHECK(is_ours(form, "file+name.xyz+one.two", NULL, NULL));
    CHECK_EQ(opened_as, mmioFOURCC('X', 'Y', 'Z', ' '));
    REMOVE(mmioFOURCC('X', 'Y', 'Z', ' '));
    REMOVE(FOURCC_DOS);
}

int main(void)
{
    int form;
    for (form = BYTES; form < FORMS; form++) {
        the_extension_is_its_first_four_characters(form);
        a_disk_file_is_one_whatever_its_name(form);
        a_program_may_install_its_own_under_these_codes(form);
        a_procedure_that_is_not_installed_is_not_the_programs_own_for_disks(form);
    }
    return report();
}
