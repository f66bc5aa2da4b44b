/* Parity: mmioOpen: the buffer, the state and the errors. */
#include "observe.h"

/* The table of buffers: memory or none, a size or 0, with MMIO_ALLOCBUF or without. */
static int has_memory, size, allocates;

static void buffers(void)
{
    static char given[16384];
    MMIOINFO info;
    HMMIO file;
    fresh_own(LETTERS, 26);
    put_file("parity.bin", LETTERS, 26);
    memset(&info, 0, sizeof info);
    info.pchBuffer = has_memory ? given : NULL;
    info.cchBuffer = size;
    info.dwReserved1 = 11;
    info.dwReserved2 = 12;
    if (kind == OWN) {
        info.pIOProc = own_procedure;
        info.fccIOProc = OWN_CODE;
        info.adwInfo[1] = 5;
    } else if (kind == MEMORY) {
        info.fccIOProc = FOURCC_MEM;
    }
    begin_step("open");
    file = mmioOpenA(kind == MEMORY ? NULL : (LPSTR) "parity.bin", &info, MMIO_READ | (allocates ? MMIO_ALLOCBUF : 0));
    observe_handle("", file);
    observe("wErrorRet of the caller's", info.wErrorRet);
    observe("cchBuffer of the caller's", info.cchBuffer);
    observe_text("pchBuffer of the caller's", info.pchBuffer == NULL ? "NULL" : info.pchBuffer == given ? "given" : "another");
    observe_text("hmmio of the caller's", info.hmmio == NULL ? "NULL" : "not NULL");
    if (file == NULL)
        return;
    observe_state(file);
    mmioGetInfo(file, &info, 0);
    observe_text("whose buffer", info.pchBuffer == given ? "given" : info.pchBuffer == NULL ? "none" : "another");
    /* Memory that was never written has no defined contents to observe. */
    if (kind != MEMORY)
        do_read(file, 4);
    begin_step("mmioClose");
    observe("", mmioClose(file, 0));
    observe_messages();
}

static void table_of_buffers(void)
{
    static const Kind kinds[] = {DISK, OWN, MEMORY};
    static const int sizes[] = {0, 10, -1};
    size_t i, j;
    for (i = 0; i < COUNT(kinds); i++)
        for (has_memory = 0; has_memory < 2; has_memory++)
            for (j = 0; j < COUNT(sizes); j++)
                for (allocates = 0; allocates < 2; allocates++) {
                    kind = kinds[i];
                    size = sizes[j];
                    run_case(buffers, "%s-%s-%d-%s", kind_names[kind], has_memory ? "memory" : "NULL", size,
                             allocates ? "ALLOCBUF" : "0");
                }
}

/* Opens a name, and prints the result. */
static void open_name(const char *what, const char *name, MMIOINFO *info, DWORD flags)
{
    MMIOINFO none;
    HMMIO file;
    if (info == NULL) {
        memset(&none, 0, sizeof none);
        info = &none;
    }
    info->wErrorRet = 99;
    begin_step("%s", what);
    file = mmioOpenA((LPSTR)name, info, flags);
    observe_handle("", file);
    observe("wErrorRet of the caller's", info->wErrorRet);
    if (file == NULL) {
        observe_messages();
        return;
    }
    observe_state(file);
    observe("mmioClose", mmioClose(file, 0));
}

static void errors(void)
{
    MMIOINFO info;
    open_name("a missing file", "missing.bin", NULL, MMIO_READ);
    open_name("a missing file for writing", "missing.bin", NULL, MMIO_WRITE);
    open_name("in a missing directory", "missing\\missing.bin", NULL, MMIO_READ);
    open_name("made in a missing directory", "missing\\missing.bin", NULL, MMIO_CREATE | MMIO_WRITE);
    open_name("a directory", ".", NULL, MMIO_READ);
    open_name("an empty name", "", NULL, MMIO_READ);
    memset(&info, 0, sizeof info);
    info.fccIOProc = mmioFOURCC('N', 'O', 'N', 'E');
    open_name("a code that nobody installed", "parity.bin", &info, MMIO_READ);
    begin_step("no name, no structure");
    observe_handle("", mmioOpenA(NULL, NULL, MMIO_READ));
}

static void creating(void)
{
    remove("made.bin");
    open_name("made", "made.bin", NULL, MMIO_CREATE | MMIO_WRITE);
    observe_file("file", "made.bin");
    put_file("made.bin", LETTERS, 26);
    open_name("opened", "made.bin", NULL, MMIO_READWRITE);
    observe_file("file", "made.bin");
    open_name("made again", "made.bin", NULL, MMIO_CREATE | MMIO_READ);
    observe_file("file", "made.bin");
    remove("made.bin");
}

/* A procedure that refuses. */
static void refused(void)
{
    static const LRESULT results[] = {MMIOERR_CANNOTOPEN, MMIOERR_ACCESSDENIED, 7, -1};
    MMIOINFO info;
    size_t i;
    for (i = 0; i < COUNT(results); i++) {
        fresh_own("", 0);
        own.is_failing = 1;
        own.failing = MMIOM_OPEN;
        own.result = results[i];
        memset(&info, 0, sizeof info);
        info.pIOProc = own_procedure;
        open_name("refused", "name", &info, MMIO_READ);
    }
}

static int first_way, second_way;

static HMMIO open_way(int way, UINT *error)
{
    static const DWORD accesses[] = {MMIO_READ, MMIO_WRITE, MMIO_READWRITE};
    static const DWORD shares[] = {MMIO_COMPAT, MMIO_EXCLUSIVE, MMIO_DENYWRITE, MMIO_DENYREAD, MMIO_DENYNONE};
    MMIOINFO info;
    HMMIO file;
    memset(&info, 0, sizeof info);
    file = mmioOpenA((LPSTR) "shared.bin", &info, accesses[way / 5] | shares[way % 5]);
    *error = info.wErrorRet;
    return file;
}

static void sharing(void)
{
    UINT error;
    HMMIO first, second;
    put_file("shared.bin", LETTERS, 26);
    for (first_way = 0; first_way < 15; first_way++)
        for (second_way = 0; second_way < 15; second_way++) {
            begin_step("%d then %d", first_way, second_way);
            first = open_way(first_way, &error);
            second = open_way(second_way, &error);
            observe("", second == NULL ? (int)error : 0);
            mmioClose(second, 0);
            mmioClose(first, 0);
        }
    remove("shared.bin");
}

int main(int argc, char **argv)
{
    begin("opening", argc, argv);
    table_of_buffers();
    run_case(errors, "errors");
    run_case(creating, "creating");
    run_case(refused, "refused");
    run_case(sharing, "sharing");
    return 0;
}
