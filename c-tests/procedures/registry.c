/* Which procedure a file gets: what is installed, in which order, under which code, and for which name.
 *
 * Shows docs/contract.md, 5. I/O procedures and messages: "Installing", "MMIO_GLOBALPROC".
 * Shows docs/contract.md, 5. I/O procedures and messages: "REMOVE with code 0 removes by address".
 * Shows docs/contract.md, 2. Names and opening: "Selecting the I/O procedure", "registered extension without a +". */
#include "state.h"

#define CODE mmioFOURCC('X', 'Y', 'Z', ' ')
#define FIND(code) mmioInstallIOProc(code, NULL, MMIO_FINDPROC)
#define REMOVE(code) mmioInstallIOProc(code, NULL, MMIO_REMOVEPROC)
#define REMOVE_ADDRESS(proc) mmioInstallIOProc(0, proc, MMIO_REMOVEPROC)
#define INSTALL(code, proc) mmioInstallIOProc(code, proc, MMIO_INSTALLPROC)
#define INSTALL_GLOBAL(code, proc) mmioInstallIOProc(code, proc, MMIO_INSTALLPROC | MMIO_GLOBALPROC)

/* The parameters of the last message to any of the procedures below. */
static struct {
    char receiver;
    char name[64], new_name[64];
    FOURCC code;
    DWORD flags;
    LPMMIOPROC proc;
    int opens, closes, renames, others;
} last;

static LRESULT record(char receiver, MMIOINFO *info, UINT message, LPARAM first, LPARAM second)
{
    if (message == MMIOM_OPEN || message == MMIOM_RENAME) {
        last.receiver = receiver;
        last.code = info->fccIOProc;
        last.flags = info->dwFlags;
        last.proc = info->pIOProc;
        strcpy(last.name, first == 0 ? "(null)" : (const char *)first);
    }
    switch (message) {
    case MMIOM_OPEN:
        last.opens++;
        return 0;
    case MMIOM_RENAME:
        strcpy(last.new_name, (const char *)second);
        last.renames++;
        return 0;
    case MMIOM_CLOSE:
        last.closes++;
        return 0;
    case MMIOM_USER:
        return receiver;
    default:
        last.others++;
        return 0;
    }
}

static LRESULT CALLBACK proc_a(LPSTR info, UINT message, LPARAM first, LPARAM second)
{
    return record('a', (MMIOINFO *)(void *)info, message, first, second);
}

static LRESULT CALLBACK proc_b(LPSTR info, UINT message, LPARAM first, LPARAM second)
{
    return record('b', (MMIOINFO *)(void *)info, message, first, second);
}

static LRESULT CALLBACK proc_c(LPSTR info, UINT message, LPARAM first, LPARAM second)
{
    return record('c', (MMIOINFO *)(void *)info, message, first, second);
}

/* Opens by that name. Returns which procedure got it: a, b or c; '-' for none (and the error), 'd' for a built-in
 * one. */
static char opened_by(const char *name, MMIOINFO *info, MMRESULT *error)
{
    MMIOINFO none = with_code(0);
    HMMIO file;
    if (info == NULL) {
        info = &none;
    }
    memset(&last, 0, sizeof last);
    file = mmioOpen((LPSTR)name, info, MMIO_READ);
    if (error != NULL) {
        *error = info->wErrorRet;
    }
    if (file == NULL) {
        return '-';
    }
    CHECK_EQ(info->wErrorRet, 0);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(last.opens, last.closes);
    return last.receiver == 0 ? 'd' : last.receiver;
}

static void the_newest_install_is_used_and_removed_first(void)
{
    CHECK(FIND(CODE) == NULL && REMOVE(CODE) == NULL);
    CHECK(INSTALL(CODE, proc_a) == proc_a);
    CHECK(FIND(CODE) == proc_a);
    CHECK(INSTALL(CODE, proc_b) == proc_b);
    CHECK(INSTALL(CODE, proc_c) == proc_c);
    CHECK(FIND(CODE) == proc_c);
    CHECK_EQ(opened_by("x.xyz+", NULL, NULL), 'c');
    CHECK(REMOVE(CODE) == proc_c);
    CHECK_EQ(opened_by("x.xyz+", NULL, NULL), 'b');
    CHECK(REMOVE(CODE) == proc_b);
    CHECK(REMOVE(CODE) == proc_a);
    CHECK(REMOVE(CODE) == NULL && FIND(CODE) == NULL);
}

static void a_procedure_installed_twice_is_removed_twice(void)
{
    INSTALL(CODE, proc_a);
    INSTALL(CODE, proc_b);
    INSTALL(CODE, proc_a);
    CHECK(REMOVE(CODE) == proc_a);
    CHECK(FIND(CODE) == proc_b);
    CHECK(REMOVE(CODE) == proc_b);
    CHECK(REMOVE(CODE) == proc_a);
    CHECK(REMOVE(CODE) == NULL);
}

static void the_other_argument_of_find_and_remove_is_ignored(void)
{
    INSTALL(CODE, proc_a);
    CHECK(mmioInstallIOProc(CODE, proc_b, MMIO_FINDPROC) == proc_a);
    CHECK(mmioInstallIOProc(CODE, proc_b, MMIO_REMOVEPROC | MMIO_GLOBALPROC) == proc_a);
    CHECK(FIND(CODE) == NULL);
}

static void code_zero_removes_by_address(void)
{
    const FOURCC other = mmioFOURCC('O', 'T', 'H', 'R');
    INSTALL(CODE, proc_a);
    INSTALL(CODE, proc_b);
    INSTALL(other, proc_a);
    CHECK(REMOVE_ADDRESS(proc_c) == NULL);
    CHECK(REMOVE_ADDRESS(proc_a) == proc_a);
    CHECK(FIND(other) == NULL);
    CHECK(FIND(CODE) == proc_b);
    CHECK(REMOVE_ADDRESS(proc_a) == proc_a);
    CHECK(REMOVE_ADDRESS(proc_a) == NULL);
    CHECK(REMOVE_ADDRESS(proc_b) == proc_b);
    CHECK(FIND(CODE) == NULL);
}

static void local_procedures_come_before_global_ones(void)
{
    CHECK(INSTALL(CODE, proc_a) == proc_a);
    CHECK(INSTALL_GLOBAL(CODE, proc_b) == proc_b);
    CHECK(FIND(CODE) == proc_a);
    CHECK_EQ(opened_by("x.xyz+", NULL, NULL), 'a');
    CHECK(INSTALL_GLOBAL(CODE, proc_c) == proc_c);
    CHECK(REMOVE(CODE) == proc_a);
    CHECK(FIND(CODE) == proc_c);
    CHECK_EQ(opened_by("x.xyz+", NULL, NULL), 'c');
    CHECK(REMOVE(CODE) == proc_c);
    CHECK(REMOVE(CODE) == proc_b);
    CHECK(REMOVE(CODE) == NULL);
}

static void other_flags_do_nothing(void)
{
    static const DWORD wrong[] = {0,
                                  MMIO_GLOBALPROC,
                                  MMIO_UNICODEPROC,
                                  MMIO_GLOBALPROC | MMIO_UNICODEPROC,
                                  MMIO_INSTALLPROC | MMIO_REMOVEPROC,
                                  MMIO_INSTALLPROC | MMIO_FINDPROC,
                                  MMIO_REMOVEPROC | MMIO_FINDPROC,
                                  MMIO_INSTALLPROC | MMIO_REMOVEPROC | MMIO_FINDPROC,
                                  1};
    size_t number;
    INSTALL(CODE, proc_a);
    for (number = 0; number < sizeof wrong / sizeof wrong[0]; number++) {
        CHECK(mmioInstallIOProc(CODE, proc_b, wrong[number]) == NULL);
        CHECK(FIND(CODE) == proc_a);
    }
    CHECK(REMOVE(CODE) == proc_a);
    CHECK(REMOVE(CODE) == NULL);
}

static void codes_are_case_sensitive(void)
{
    INSTALL(mmioFOURCC('x', 'y', 'z', ' '), proc_a);
    CHECK(FIND(CODE) == NULL);
    CHECK_EQ(opened_by("x.xyz+", NULL, NULL), '-');
    CHECK(REMOVE(mmioFOURCC('x', 'y', 'z', ' ')) == proc_a);
}

static void built_in_procedures_are_found_but_not_removed(void)
{
    LPMMIOPROC dos = FIND(FOURCC_DOS), mem = FIND(FOURCC_MEM);
    CHECK(dos != NULL && mem != NULL && dos != mem);
    CHECK(REMOVE(FOURCC_DOS) == NULL && REMOVE(FOURCC_MEM) == NULL);
    CHECK(REMOVE_ADDRESS(dos) == NULL && REMOVE_ADDRESS(mem) == NULL);
    CHECK(FIND(FOURCC_DOS) == dos && FIND(FOURCC_MEM) == mem);
}

static void built_in_procedures_are_overridden_and_come_back(void)
{
    LPMMIOPROC dos = FIND(FOURCC_DOS), mem = FIND(FOURCC_MEM);
    MMIOINFO info = with_code(FOURCC_MEM);
    put_file("plain", "data", 4);
    INSTALL(FOURCC_DOS, proc_a);
    INSTALL(FOURCC_MEM, proc_b);
    CHECK(FIND(FOURCC_DOS) == proc_a && FIND(FOURCC_MEM) == proc_b);
    CHECK_EQ(opened_by("plain", NULL, NULL), 'a');
    CHECK_EQ(last.code, FOURCC_DOS);
    CHECK(strcmp(last.name, "plain") == 0);
    CHECK_EQ(opened_by(NULL, &info, NULL), 'b');
    CHECK(strcmp(last.name, "(null)") == 0);
    INSTALL(FOURCC_DOS, dos);
    CHECK(FIND(FOURCC_DOS) == dos);
    CHECK_EQ(opened_by("plain", NULL, NULL), 'd');
    CHECK(REMOVE(FOURCC_DOS) == dos);
    CHECK_EQ(opened_by("plain", NULL, NULL), 'a');
    CHECK(REMOVE(FOURCC_DOS) == proc_a && REMOVE(FOURCC_MEM) == proc_b);
    CHECK(FIND(FOURCC_DOS) == dos && FIND(FOURCC_MEM) == mem);
    CHECK_EQ(opened_by("plain", NULL, NULL), 'd');
    info.cchBuffer = 4;
    CHECK_EQ(opened_by(NULL, &info, NULL), 'd');
}

static void a_built_in_procedure_works_under_another_code(void)
{
    char bytes[8];
    MMIOINFO info = with_code(CODE);
    HMMIO file;
    INSTALL(CODE, FIND(FOURCC_DOS));
    put_file("a.xyz+b", "data", 4);
    file = mmioOpen((LPSTR) "a.xyz+b", &info, MMIO_READ | MMIO_ALLOCBUF);
    CHECK_EQ(mmioRead(file, bytes, 8), 4);
    CHECK_EQ(mmioSeek(file, 1, SEEK_END), 3);
    CHECK_EQ(mmioGetInfo(file, &info, 0), 0);
    CHECK_EQ(info.fccIOProc, CODE);
    CHECK(info.pIOProc == FIND(FOURCC_DOS));
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK(REMOVE(CODE) == FIND(FOURCC_DOS));
}

static void a_requested_procedure_or_code_comes_before_the_name(void)
{
    MMIOINFO info = with_code(CODE);
    MMRESULT error;
    CHECK_EQ(opened_by("x.abc+", &info, &error), '-');
    CHECK_EQ(error, MMIOERR_INVALIDFILE);
    INSTALL(CODE, proc_a);
    INSTALL(mmioFOURCC('A', 'B', 'C', ' '), proc_b);
    CHECK_EQ(opened_by("x.abc+", NULL, NULL), 'b');
    CHECK_EQ(opened_by("x.abc+", &info, NULL), 'a');
    CHECK_EQ(last.code, CODE);
    info.pIOProc = proc_c;
    CHECK_EQ(opened_by("x.abc+", &info, NULL), 'c');
    CHECK(last.proc == proc_c);
    info = with_code(mmioFOURCC('N', 'O', 'N', 'E'));
    info.pIOProc = proc_c;
    CHECK_EQ(opened_by("x.abc+", &info, NULL), 'c');
    CHECK_EQ(last.code, mmioFOURCC('N', 'O', 'N', 'E'));
    REMOVE(CODE);
    REMOVE(mmioFOURCC('A', 'B', 'C', ' '));
}

static void the_extension_before_the_plus_chooses(void)
{
    static const char *const ours[] = {"x.xyz+",      "x.XYZ+el",         "x.XyZ+a.b",      "file+name.xyz+one.two",
                                       ".xyz+e",      "dir/x.xyz+a/b.wav", "a.b.xyz+e",     "x.xyz+a\\b.wav",
                                       "dir.q/x.xyz+", "d.xyz/x.xyz+e"};
    size_t number;
    INSTALL(CODE, proc_a);
    for (number = 0; number < sizeof ours / sizeof ours[0]; number++) {
        CHECK_EQ(opened_by(ours[number], NULL, NULL), 'a');
        CHECK(strcmp(last.name, ours[number]) == 0);
        CHECK_EQ(last.code, CODE);
        CHECK(last.proc == proc_a);
        CHECK_EQ(last.others, 0);
    }
    CHECK(REMOVE(CODE) == proc_a);
}

static void any_other_name_is_a_plain_file(void)
{
    static const char *const plain[] = {"x.xyz", "x+y.xyz", "xyz+", "x.xyzz+", "d.xyz/x+e", "x.xy+z", "x.xyz.+", "+", ".xyz"};
    size_t number;
    MMRESULT error;
    INSTALL(CODE, proc_a);
    for (number = 0; number < sizeof plain / sizeof plain[0]; number++) {
        CHECK_EQ(opened_by(plain[number], NULL, &error), '-');
        CHECK_EQ(error, number == 4 ? MMIOERR_PATHNOTFOUND : MMIOERR_FILENOTFOUND);
        CHECK_EQ(last.opens, 0);
    }
    put_file("x.qqq+el", "1", 1);
    CHECK_EQ(opened_by("x.qqq+el", NULL, NULL), 'd');
    put_file("y.xyz", "1", 1);
    CHECK_EQ(opened_by("y.xyz", NULL, NULL), 'd');
    CHECK(REMOVE(CODE) == proc_a);
}

static void four_characters_of_the_extension_count(void)
{
    INSTALL(mmioFOURCC('N', 'E', 'B', '2'), proc_a);
    CHECK_EQ(opened_by("X.NEB2+path", NULL, NULL), 'a');
    CHECK_EQ(opened_by("X.neb2longer+path", NULL, NULL), 'a');
    CHECK_EQ(opened_by("X.neb+path", NULL, NULL), '-');
    CHECK(REMOVE(mmioFOURCC('N', 'E', 'B', '2')) == proc_a);
    INSTALL(mmioFOURCC('A', ' ', ' ', ' '), proc_b);
    CHECK_EQ(opened_by("X.a+path", NULL, NULL), 'b');
    CHECK(REMOVE(mmioFOURCC('A', ' ', ' ', ' ')) == proc_b);
}

static void delete_and_rename_choose_as_open_does(void)
{
    MMIOINFO info = with_code(0);
    INSTALL(CODE, proc_a);
    memset(&last, 0, sizeof last);
    CHECK(mmioOpen((LPSTR) "a.xyz+e", NULL, MMIO_DELETE) == (HMMIO)1);
    CHECK_EQ(last.receiver, 'a');
    CHECK((last.flags & MMIO_DELETE) != 0);
    CHECK_EQ(last.opens, 1);
    CHECK_EQ(last.closes, 0);
    CHECK_EQ(mmioRename("a.xyz+e", "b.abc+f", NULL, 0), 0);
    CHECK_EQ(last.renames, 1);
    CHECK(strcmp(last.name, "a.xyz+e") == 0 && strcmp(last.new_name, "b.abc+f") == 0);
    CHECK_EQ(mmioRename("b.abc+f", "a.xyz+e", NULL, 0), MMIOERR_FILENOTFOUND);
    info.pIOProc = proc_b;
    CHECK_EQ(mmioRename("b.abc+f", "a", &info, 0), 0);
    CHECK_EQ(last.receiver, 'b');
    info = with_code(CODE);
    CHECK_EQ(mmioRename("b", "a", &info, 0), 0);
    CHECK_EQ(last.receiver, 'a');
    CHECK(REMOVE(CODE) == proc_a);
    CHECK_EQ(mmioRename("b", "a", &info, 0), MMIOERR_INVALIDFILE);
}

static void a_removed_procedure_stays_with_its_open_files(void)
{
    HMMIO file;
    MMIOINFO info = with_code(0);
    INSTALL(CODE, proc_a);
    file = mmioOpen((LPSTR) "x.xyz+", NULL, MMIO_READ);
    CHECK(REMOVE(CODE) == proc_a);
    INSTALL(CODE, proc_b);
    CHECK_EQ(mmioSendMessage(file, MMIOM_USER, 0, 0), 'a');
    CHECK_EQ(mmioGetInfo(file, &info, 0), 0);
    CHECK(info.pIOProc == proc_a);
    CHECK_EQ(info.fccIOProc, CODE);
    memset(&last, 0, sizeof last);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(last.closes, 1);
    CHECK(REMOVE(CODE) == proc_b);
}

int main(void)
{
    the_newest_install_is_used_and_removed_first();
    a_procedure_installed_twice_is_removed_twice();
    the_other_argument_of_find_and_remove_is_ignored();
    code_zero_removes_by_address();
    local_procedures_come_before_global_ones();
    other_flags_do_nothing();
    codes_are_case_sensitive();
    built_in_procedures_are_found_but_not_removed();
    built_in_procedures_are_overridden_and_come_back();
    a_built_in_procedure_works_under_another_code();
    a_requested_procedure_or_code_comes_before_the_name();
    the_extension_before_the_plus_chooses();
    any_other_name_is_a_plain_file();
    four_characters_of_the_extension_count();
    delete_and_rename_choose_as_open_does();
    a_removed_procedure_stays_with_its_open_files();
    return report();
}
