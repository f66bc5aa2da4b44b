/* Which procedure a `+` in a name selects: one that a program has installed, else the built-in one for disk files.
 *
 * Shows docs/contract.md, 2. Names and opening: "mmioStringToFOURCC", "ASCII letters only", "Selecting the I/O procedure".
 * Shows docs/contract.md, 2. Names and opening: "the last + in the name".
 * Shows docs/contract.md, 2. Names and opening: "The built-in procedures have no extension". */
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

/* Returns whether the program's own procedure gets a file of this name. Closes the file. */
static int gets_own_procedure(int form, const char *name, LPMMIOINFO given, UINT *error)
{
    MMIOINFO info;
    HMMIO file;
    memset(&info, 0, sizeof info);
    if (given != NULL)
        info = *given;
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

/* The code that is looked up is what mmioStringToFOURCC makes of the extension, in each form. */
static void the_extension_is_its_first_four_characters(int form)
{
    static const char *const extensions[] = {"\xc3\xa4xy", "\xc3\xa4\xc3\xb6\xc3\xbcx", "abcde", "a", "\xe5\xa3\xb0\xe9\x9f\xb3",
                                             "\xf0\x9f\x98\x80z", "b\xf0\x9f\x98\x80z", "\xc3\xa4\xc3\xb6\xc3\xbcxy"};
    size_t i;
    for (i = 0; i < sizeof extensions / sizeof *extensions; i++) {
        char name[64];
        FOURCC code = code_in(form, extensions[i]);
        snprintf(name, sizeof name, "x.%s+y", extensions[i]);
        CHECK(!gets_own_procedure(form, name, NULL, NULL));
        INSTALL(code);
        CHECK(gets_own_procedure(form, name, NULL, NULL));
        CHECK_EQ(opened_as, code);
        REMOVE(code);
    }
}

/* Returns the code of the procedure of the file of this name, which contains "hello". */
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

/* The built-in procedures have no extension: the name of a disk file never opens a memory file. */
static void a_disk_file_is_no_memory_file_whatever_its_name(int form)
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

/* A procedure that a program has installed under these codes gets the files whose names select it. */
static void a_program_may_install_its_own_under_these_codes(int form)
{
    INSTALL(FOURCC_MEM);
    CHECK(gets_own_procedure(form, "song.mem+1.wav", NULL, NULL));
    CHECK_EQ(opened_as, FOURCC_MEM);
    REMOVE(FOURCC_MEM);
    INSTALL(FOURCC_DOS);
    CHECK(gets_own_procedure(form, "song.dos+1.wav", NULL, NULL));
    CHECK_EQ(opened_as, FOURCC_DOS);
    REMOVE(FOURCC_DOS);
}

/* win: if the procedure that a name selects is not installed, the built-in disk procedure gets the file. */
static void without_a_procedure_the_built_in_one_is_used(int form)
{
    MMIOINFO given;
    UINT error = 0;
    memset(&given, 0, sizeof given);
    given.fccIOProc = FOURCC_DOS;
    INSTALL(FOURCC_DOS);
    CHECK(!gets_own_procedure(form, "file+name.xyz+one.two", NULL, &error));
    CHECK_EQ(opens, 0);
    CHECK_EQ(error, MMIOERR_FILENOTFOUND);
    CHECK(!gets_own_procedure(form, "song.mem+1.wav", NULL, &error));
    CHECK_EQ(error, MMIOERR_FILENOTFOUND);
    CHECK_EQ(error_of(form, "file.xyz+one", MMIO_DELETE), MMIOERR_FILENOTFOUND);
    CHECK_EQ(rename_spelled(form, "file.xyz+one", "other", NULL), MMIOERR_FILENOTFOUND);
    CHECK_EQ(opens + renames, 0);
    put_file("file.xyz+one", "hello", 5);
    CHECK_EQ(holds_hello(form, "file.xyz+one"), FOURCC_DOS);
    CHECK_EQ(opens, 0);
    CHECK_EQ(remove("file.xyz+one"), 0);

    /* Names that select no procedure, or that one. */
    CHECK(gets_own_procedure(form, "name.xyz", NULL, NULL));
    CHECK(gets_own_procedure(form, "one+two", NULL, NULL));
    CHECK(gets_own_procedure(form, "dir.xyz/one+two", NULL, NULL));
    CHECK(gets_own_procedure(form, "file+name.xyz+one.two", &given, NULL));
    CHECK_EQ(rename_spelled(form, "name.xyz", "other", NULL), 0);
    CHECK_EQ(renames, 1);
    renames = 0;
    INSTALL(mmioFOURCC('X', 'Y', 'Z', ' '));
    CHECK(gets_own_procedure(form, "file+name.xyz+one.two", NULL, NULL));
    CHECK_EQ(opened_as, mmioFOURCC('X', 'Y', 'Z', ' '));
    REMOVE(mmioFOURCC('X', 'Y', 'Z', ' '));
    REMOVE(FOURCC_DOS);
}

int main(void)
{
    int form;
    for (form = BYTES; form < FORMS; form++) {
        the_extension_is_its_first_four_characters(form);
        a_disk_file_is_no_memory_file_whatever_its_name(form);
        a_program_may_install_its_own_under_these_codes(form);
        without_a_procedure_the_built_in_one_is_used(form);
    }
    return report();
}
