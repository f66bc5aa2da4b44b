/* Parity: I/O procedures: installing, finding, removing; messages by mmioSendMessage; and the results of a
 * procedure. */
#include "observe.h"

static LRESULT CALLBACK second_procedure(LPSTR lpmmioinfo, UINT message, LPARAM first, LPARAM second)
{
    (void)lpmmioinfo;
    (void)first;
    (void)second;
    return message == MMIOM_OPEN ? MMIOERR_ACCESSDENIED : 0;
}

static void observe_procedure(const char *what, LPMMIOPROC found)
{
    observe_text(what, found == NULL                ? "NULL"
                   : found == own_procedure     ? "own"
                   : found == second_procedure ? "second"
                                                : "another");
}

static void observe_open(const char *what, FOURCC code, LPMMIOPROC procedure, DWORD flags)
{
    begin_step("%s", what);
    observe_procedure("", mmioInstallIOProcA(code, procedure, flags));
    observe_procedure("found then", mmioInstallIOProcA(OWN_CODE, NULL, MMIO_FINDPROC));
}

static void registry(void)
{
    observe_open("find before", OWN_CODE, NULL, MMIO_FINDPROC);
    observe_open("remove before", OWN_CODE, NULL, MMIO_REMOVEPROC);
    observe_open("install", OWN_CODE, own_procedure, MMIO_INSTALLPROC);
    observe_open("install another", OWN_CODE, second_procedure, MMIO_INSTALLPROC);
    observe_open("remove", OWN_CODE, NULL, MMIO_REMOVEPROC);
    observe_open("install twice", OWN_CODE, own_procedure, MMIO_INSTALLPROC);
    observe_open("remove", OWN_CODE, NULL, MMIO_REMOVEPROC);
    observe_open("remove the last", OWN_CODE, NULL, MMIO_REMOVEPROC);
    observe_open("remove nothing", OWN_CODE, NULL, MMIO_REMOVEPROC);
    observe_open("install globally", OWN_CODE, own_procedure, MMIO_INSTALLPROC | MMIO_GLOBALPROC);
    observe_open("install locally", OWN_CODE, second_procedure, MMIO_INSTALLPROC);
    observe_open("remove", OWN_CODE, NULL, MMIO_REMOVEPROC);
    observe_open("remove", OWN_CODE, NULL, MMIO_REMOVEPROC);
    observe_open("install NULL", OWN_CODE, NULL, MMIO_INSTALLPROC);
    observe_open("no flag", OWN_CODE, own_procedure, 0);
    observe_open("two flags", OWN_CODE, own_procedure, MMIO_INSTALLPROC | MMIO_FINDPROC);
    observe_open("remove", OWN_CODE, NULL, MMIO_REMOVEPROC);
    observe_open("install for an address", OWN_CODE, own_procedure, MMIO_INSTALLPROC);
    observe_open("remove an address", 0, own_procedure, MMIO_REMOVEPROC);
    observe_open("remove", OWN_CODE, NULL, MMIO_REMOVEPROC);
}

static void built_in(void)
{
    begin_step("find");
    observe_procedure("DOS", mmioInstallIOProcA(FOURCC_DOS, NULL, MMIO_FINDPROC));
    observe_procedure("MEM", mmioInstallIOProcA(FOURCC_MEM, NULL, MMIO_FINDPROC));
    begin_step("override");
    observe_procedure("", mmioInstallIOProcA(FOURCC_DOS, second_procedure, MMIO_INSTALLPROC));
    observe_procedure("found", mmioInstallIOProcA(FOURCC_DOS, NULL, MMIO_FINDPROC));
    begin_step("open by the other");
    put_file("parity.bin", LETTERS, 26);
    observe_handle("", mmioOpenA((LPSTR) "parity.bin", NULL, MMIO_READ));
    begin_step("remove");
    observe_procedure("", mmioInstallIOProcA(FOURCC_DOS, NULL, MMIO_REMOVEPROC));
    observe_procedure("found", mmioInstallIOProcA(FOURCC_DOS, NULL, MMIO_FINDPROC));
    begin_step("remove the built-in one");
    mmioInstallIOProcA(FOURCC_DOS, NULL, MMIO_REMOVEPROC);
    observe_procedure("found", mmioInstallIOProcA(FOURCC_DOS, NULL, MMIO_FINDPROC));
}

static void removed_while_open(void)
{
    MMIOINFO info;
    HMMIO file;
    fresh_own(LETTERS, 26);
    mmioInstallIOProcA(OWN_CODE, own_procedure, MMIO_INSTALLPROC);
    memset(&info, 0, sizeof info);
    info.fccIOProc = OWN_CODE;
    file = mmioOpenA((LPSTR) "x", &info, MMIO_READ);
    begin_step("remove");
    observe_procedure("", mmioInstallIOProcA(OWN_CODE, NULL, MMIO_REMOVEPROC));
    do_read(file, 4);
    begin_step("mmioClose");
    observe("", mmioClose(file, 0));
    observe_messages();
}

static void sent_by_the_program(void)
{
    static char bytes[40];
    HMMIO file = open_bytes(kind, LETTERS, 26, buffer_size, MMIO_READWRITE);
    do_read(file, 2);
    begin_step("mmioSendMessage MMIOM_USER");
    observe("", mmioSendMessage(file, MMIOM_USER, 3, 4));
    observe_state(file);
    begin_step("mmioSendMessage MMIOM_USER + 1");
    observe("", mmioSendMessage(file, MMIOM_USER + 1, 5, 6));
    observe_messages();
    begin_step("mmioSendMessage 7");
    observe("", mmioSendMessage(file, 7, 1, 2));
    observe_messages();
    begin_step("mmioSendMessage MMIOM_SEEK");
    observe("", mmioSendMessage(file, MMIOM_SEEK, 10, SEEK_SET));
    observe_state(file);
    begin_step("mmioSendMessage MMIOM_READ");
    observe("", mmioSendMessage(file, MMIOM_READ, (LPARAM)bytes, 4));
    observe_bytes("bytes", bytes, 4);
    observe_state(file);
    do_read(file, 2);
    begin_step("mmioSendMessage MMIOM_WRITE");
    observe("", mmioSendMessage(file, MMIOM_WRITE, (LPARAM) "##", 2));
    observe_state(file);
    do_write(file, "w", 1);
    begin_step("mmioSendMessage MMIOM_WRITEFLUSH");
    observe("", mmioSendMessage(file, MMIOM_WRITEFLUSH, (LPARAM) "**", 2));
    observe_state(file);
    do_close(file, kind);
}

/* The procedure returns wrong results. */
static UINT which;
static LRESULT result;

static void results(void)
{
    HMMIO file = open_bytes(OWN, LETTERS, 26, buffer_size, MMIO_READWRITE);
    do_read(file, 2);
    own.is_failing = 1;
    own.failing = which;
    own.result = result;
    do_read(file, 12);
    do_write(file, "XY", 2);
    do_flush(file, 0);
    do_seek(file, 20, SEEK_SET);
    do_read(file, 3);
    begin_step("mmioClose");
    observe("", mmioClose(file, 0));
    observe_messages();
    begin_step("mmioClose again");
    observe("", mmioClose(file, 0));
    own.is_failing = 0;
    do_read(file, 3);
    begin_step("mmioClose once more");
    observe("", mmioClose(file, 0));
    observe_bytes("bytes", own.bytes, own.size);
}

static void short_transfers(void)
{
    HMMIO file = open_bytes(OWN, LETTERS, 26, buffer_size, MMIO_READWRITE);
    own.most = 3;
    do_read(file, 5);
    do_read(file, 10);
    do_write(file, "0123456789", 10);
    do_flush(file, 0);
    do_seek(file, 0, SEEK_SET);
    do_advance(file, NULL, MMIO_READ);
    do_read(file, 8);
    do_close(file, OWN);
}

int main(int argc, char **argv)
{
    static const UINT messages[] = {MMIOM_READ, MMIOM_WRITE, MMIOM_WRITEFLUSH, MMIOM_SEEK, MMIOM_CLOSE};
    static const char *const names[] = {"READ", "WRITE", "WRITEFLUSH", "SEEK", "CLOSE"};
    static const LONG sizes[] = {0, 8, 100};
    size_t i, j;
    begin("procedures", argc, argv);
    run_case(registry, "registry");
    run_case(built_in, "built-in");
    run_case(removed_while_open, "removed-while-open");
    on_each_kind(sent_by_the_program, "by-hand");
    for (i = 0; i < COUNT(messages); i++)
        for (j = 0; j < COUNT(sizes); j++) {
            which = messages[i];
            buffer_size = sizes[j];
            result = -1;
            run_case(results, "fails-%s-%d", names[i], (int)buffer_size);
            result = 0;
            run_case(results, "does-nothing-%s-%d", names[i], (int)buffer_size);
        }
    for (j = 0; j < COUNT(sizes); j++) {
        buffer_size = sizes[j];
        run_case(short_transfers, "short-%d", (int)buffer_size);
    }
    return 0;
}
