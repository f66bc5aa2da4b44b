/* Parity: names: codes of strings, PARSE, EXIST, DELETE, GETTEMP, renaming, and names with a plus. */
#include "observe.h"

static void strings(void)
{
    static const char *const strings[] = {"", "a", "ab", "abc", "abcd", "abcde", "a b", "\xe9t\xe9", "i1.-", "RIFF"};
    size_t i;
    for (i = 0; i < COUNT(strings); i++) {
        begin_step("mmioStringToFOURCC %d", (int)i);
        observe_code("as it is", mmioStringToFOURCCA(strings[i], 0));
        observe_code("MMIO_TOUPPER", mmioStringToFOURCCA(strings[i], MMIO_TOUPPER));
        observe_code("other flags", mmioStringToFOURCCA(strings[i], 0xffff & ~MMIO_TOUPPER));
    }
    begin_step("mmioStringToFOURCCW");
    observe_code("as it is", mmioStringToFOURCCW(L"wxy", 0));
    observe_code("MMIO_TOUPPER", mmioStringToFOURCCW(L"wxyzw", MMIO_TOUPPER));
}

/* The last component of a name, which both sides spell alike. */
static const char *last_of(const char *name)
{
    const char *last = name;
    for (; *name != 0; name++)
        if (*name == '\\' || *name == '/')
            last = name + 1;
    return last;
}

static void observe_open(const char *what, const char *name, DWORD flags)
{
    char buffer[600];
    MMIOINFO info;
    HMMIO result;
    memset(&info, 0, sizeof info);
    info.wErrorRet = 99;
    memset(buffer, 0, sizeof buffer);
    strcpy(buffer, name);
    begin_step("%s %s", what, strlen(name) < 40 ? name : "a long name");
    result = mmioOpenA(buffer, &info, flags);
    observe_result("", result);
    observe("wErrorRet of the caller's", info.wErrorRet);
    observe_text("the buffer", strcmp(buffer, name) == 0 ? "unchanged" : "changed");
    observe_text("its last element", last_of(buffer));
    observe("its length is below 128", strlen(buffer) < 128);
    if (result != NULL && result != (HMMIO)1)
        mmioClose(result, 0);
}

static void parse_and_exist(void)
{
    char lengthy[500];
    put_file("here.bin", LETTERS, 26);
    observe_open("PARSE", "here.bin", MMIO_PARSE);
    observe_open("PARSE", "missing.bin", MMIO_PARSE);
    observe_open("PARSE", ".\\here.bin", MMIO_PARSE);
    observe_open("PARSE", "a\\..\\here.bin", MMIO_PARSE);
    observe_open("EXIST", "here.bin", MMIO_EXIST);
    observe_open("EXIST", "HERE.BIN", MMIO_EXIST);
    observe_open("EXIST", "missing.bin", MMIO_EXIST);
    observe_open("EXIST", ".\\here.bin", MMIO_EXIST);
    observe_open("EXIST", "missing\\here.bin", MMIO_EXIST);
    memset(lengthy, 'l', sizeof lengthy);
    lengthy[140] = 0;
    observe_open("PARSE", lengthy, MMIO_PARSE);
    observe_open("EXIST", lengthy, MMIO_EXIST);
    remove("here.bin");
}

static void delete_names(void)
{
    put_file("here.bin", LETTERS, 26);
    observe_open("DELETE", "here.bin", MMIO_DELETE);
    observe_file("file", "here.bin");
    observe_open("DELETE again", "here.bin", MMIO_DELETE);
    observe_open("DELETE", "missing\\here.bin", MMIO_DELETE);
    remove("here.bin");
}

static void temporary_names(void)
{
    char buffer[300] = ".\\tmp";
    MMIOINFO info;
    HMMIO result;
    memset(&info, 0, sizeof info);
    begin_step("GETTEMP");
    result = mmioOpenA(buffer, &info, MMIO_GETTEMP);
    observe_result("", result);
    observe("wErrorRet of the caller's", info.wErrorRet);
    observe_text("the buffer", strcmp(buffer, ".\\tmp") == 0 ? "unchanged" : "changed");
    observe_file("file", buffer);
    remove(buffer);
    strcpy(buffer, "missing\\tmp");
    begin_step("GETTEMP in a missing directory");
    result = mmioOpenA(buffer, &info, MMIO_GETTEMP);
    observe_result("", result);
    observe_text("the buffer", strcmp(buffer, "missing\\tmp") == 0 ? "unchanged" : "changed");
}

static void renames(void)
{
    MMIOINFO info;
    put_file("from.bin", LETTERS, 26);
    remove("to.bin");
    begin_step("mmioRename");
    observe("", mmioRenameA("from.bin", "to.bin", NULL, 0));
    observe_file("from", "from.bin");
    observe_file("to", "to.bin");
    begin_step("mmioRename, no such file");
    observe("", mmioRenameA("from.bin", "other.bin", NULL, 0));
    begin_step("mmioRename to one that exists");
    put_file("from.bin", "other", 5);
    observe("", mmioRenameA("from.bin", "to.bin", NULL, 0));
    observe_file("from", "from.bin");
    observe_file("to", "to.bin");
    begin_step("mmioRename to a missing directory");
    observe("", mmioRenameA("from.bin", "missing\\to.bin", NULL, 0));
    begin_step("mmioRename by a procedure");
    fresh_own("", 0);
    memset(&info, 0, sizeof info);
    info.pIOProc = own_procedure;
    info.fccIOProc = OWN_CODE;
    observe("", mmioRenameA("from", "to", &info, 0));
    observe_messages();
    begin_step("mmioRename, refused");
    own.is_failing = 1;
    own.failing = MMIOM_RENAME;
    own.result = MMIOERR_ACCESSDENIED;
    observe("", mmioRenameA("from", "to", &info, 0));
    observe_messages();
    begin_step("mmioRename by an installed procedure");
    own.is_failing = 0;
    mmioInstallIOProcA(OWN_CODE, own_procedure, MMIO_INSTALLPROC);
    observe("", mmioRenameA("from.own+one", "to.own+one", NULL, 0));
    observe_messages();
    memset(&info, 0, sizeof info);
    info.fccIOProc = OWN_CODE;
    begin_step("mmioRename by a code");
    observe("", mmioRenameA("from", "to", &info, 0));
    observe_messages();
    info.fccIOProc = mmioFOURCC('N', 'O', 'N', 'E');
    observe("by a code that nobody installed", mmioRenameA("from", "to", &info, 0));
    mmioInstallIOProcA(OWN_CODE, NULL, MMIO_REMOVEPROC);
    remove("from.bin");
    remove("to.bin");
}

static void behind_a_plus(void)
{
    static const char *const names[] = {"file.own+",     "file.own+element", "file.OWN+a.b",     "file.own",
                                        "x.own+y.zzz",   "x.zzz+y.own",      "x.own+y.zzz+z",    "x.zzz+y.own+z",
                                        "a.own+b\\c.wav", "a.ow+b",          "a.owner+b",        "own+b",
                                        ".own+b",        "a.own\\b+c",       "a b.own+c d",      "+"};
    MMIOINFO info;
    HMMIO file;
    size_t i;
    mmioInstallIOProcA(OWN_CODE, own_procedure, MMIO_INSTALLPROC);
    for (i = 0; i < COUNT(names); i++) {
        begin_step("mmioOpen %s", names[i]);
        fresh_own(LETTERS, 26);
        memset(&info, 0, sizeof info);
        file = mmioOpenA((LPSTR)names[i], &info, MMIO_READ);
        observe_handle("", file);
        observe("wErrorRet of the caller's", info.wErrorRet);
        observe_messages();
        if (file != NULL) {
            memset(&info, 0, sizeof info);
            mmioGetInfo(file, &info, 0);
            observe_code("fccIOProc", info.fccIOProc);
            mmioClose(file, 0);
        }
    }
    mmioInstallIOProcA(OWN_CODE, NULL, MMIO_REMOVEPROC);
}

static void wide_names(void)
{
    MMIOINFO info;
    HMMIO file;
    put_file("wide.bin", LETTERS, 26);
    memset(&info, 0, sizeof info);
    begin_step("mmioOpenW");
    file = mmioOpenW((LPWSTR)L"wide.bin", &info, MMIO_READ | MMIO_ALLOCBUF);
    observe_handle("", file);
    do_read(file, 5);
    begin_step("mmioClose");
    observe("", mmioClose(file, 0));
    begin_step("mmioRenameW");
    observe("", mmioRenameW(L"wide.bin", L"wider.bin", NULL, 0));
    observe_file("file", "wider.bin");
    begin_step("mmioOpenW of a missing file");
    observe_handle("", mmioOpenW((LPWSTR)L"wide.bin", &info, MMIO_READ));
    observe("wErrorRet of the caller's", info.wErrorRet);
    begin_step("mmioOpenW, with a procedure that was installed for bytes");
    fresh_own(LETTERS, 26);
    mmioInstallIOProcA(OWN_CODE, own_procedure, MMIO_INSTALLPROC);
    file = mmioOpenW((LPWSTR)L"x.own+wide", &info, MMIO_READ);
    observe_handle("", file);
    observe_messages();
    mmioClose(file, 0);
    mmioInstallIOProcA(OWN_CODE, NULL, MMIO_REMOVEPROC);
    /* Of a wide name, read as bytes, the first letter is printed. */
    begin_step("mmioOpenA, with a procedure that was installed for wide names");
    observe_text("install", mmioInstallIOProcW(OWN_CODE, own_procedure, MMIO_INSTALLPROC) == own_procedure ? "own" : "?");
    observe_text("find", mmioInstallIOProcW(OWN_CODE, NULL, MMIO_FINDPROC) == own_procedure ? "own" : "?");
    file = mmioOpenA((LPSTR) "x.own+bytes", &info, MMIO_READ);
    observe_handle("", file);
    observe_messages();
    mmioClose(file, 0);
    observe_text("remove", mmioInstallIOProcW(OWN_CODE, NULL, MMIO_REMOVEPROC) == own_procedure ? "own" : "?");
    remove("wider.bin");
}

int main(int argc, char **argv)
{
    begin("names", argc, argv);
    run_case(strings, "strings");
    run_case(parse_and_exist, "parse-and-exist");
    run_case(delete_names, "delete");
    run_case(temporary_names, "temporary");
    run_case(renames, "rename");
    run_case(behind_a_plus, "plus");
    run_case(wide_names, "wide");
    return 0;
}
