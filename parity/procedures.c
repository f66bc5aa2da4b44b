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

static void say_procedure(const char *what, LPMMIOPROC found)
{
    say_text(what, found == NULL                ? "NULL"
                   : found == own_procedure     ? "own"
                   : found == second_procedure ? "second"
                                                : "another");
}

static void ask(const char *what, FOURCC code, LPMMIOPROC procedure, DWORD flags)
{
    begin_step("%s", what);
    say_procedure("", mmioInstallIOProcA(code, procedure, flags));
    say_procedure("found then", mmioInstallIOProcA(OWN_CODE, NULL, MMIO_FINDPROC));
}

static void registry(void)
{
    ask("find before", OWN_CODE, NULL, MMIO_FINDPROC);
    ask("remove before", OWN_CODE, NULL, MMIO_REMOVEPROC);
    ask("install", OWN_CODE, own_procedure, MMIO_INSTALLPROC);
    ask("install another", OWN_CODE, second_procedure, MMIO_INSTALLPROC);
    ask("remove", OWN_CODE, NULL, MMIO_REMOVEPROC);
    ask("install twice", OWN_CODE, own_procedure, MMIO_INSTALLPROC);
    ask("remove", OWN_CODE, NULL, MMIO_REMOVEPROC);
    ask("remove the last", OWN_CODE, NULL, MMIO_REMOVEPROC);
    ask("remove nothing", OWN_CODE, NULL, MMIO_REMOVEPROC);
    ask("install globally", OWN_CODE, own_procedure, MMIO_INSTALLPROC | MMIO_GLOBALPROC);
    ask("install locally", OWN_CODE, second_procedure, MMIO_INSTALLPROC);
    ask("remove", OWN_CODE, NULL, MMIO_REMOVEPROC);
    ask("remove", OWN_CODE, NULL, MMIO_REMOVEPROC);
    ask("install NULL", OWN_CODE, NULL, MMIO_INSTALLPROC);
    ask("no flag", OWN_CODE, own_procedure, 0);
    ask("two flags", OWN_CODE, own_procedure, MMIO_INSTALLPROC | MMIO_FINDPROC);
    ask("remove", OWN_CODE, NULL, MMIO_REMOVEPROC);
    ask("install for an address", OWN_CODE, own_procedure, MMIO_INSTALLPROC);
    ask("remove an address", 0, own_procedure, MMIO_REMOVEPROC);
    ask("remove", OWN_CODE, NULL, MMIO_REMOVEPROC);
}

static void built_in(void)
{
    begin_step("find");
    say_procedure("DOS", mmioInstallIOProcA(FOURCC_DOS, NULL, MMIO_FINDPROC));
    say_procedure("MEM", mmioInstallIOProcA(FOURCC_MEM, NULL, MMIO_FINDPROC));
    begin_step("override");
    say_procedure("", mmioInstallIOProcA(FOURCC_DOS, second_procedure, MMIO_INSTALLPROC));
    say_procedure("found", mmioInstallIOProcA(FOURCC_DOS, NULL, MMIO_FINDPROC));
    begin_step("open by the other");
    put_file("parity.bin", LETTERS, 26);
    say_handle("", mmioOpenA((LPSTR) "parity.bin", NULL, MMIO_READ));
    begin_step("remove");
    say_procedure("", mmioInstallIOProcA(FOURCC_DOS, NULL, MMIO_REMOVEPROC));
    say_procedure("found", mmioInstallIOProcA(FOURCC_DOS, NULL, MMIO_FINDPROC));
    begin_step("remove the built-in one");
    mmioInstallIOProcA(FOURCC_DOS, NULL, MMIO_REMOVEPROC);
    say_procedure("found", mmioInstallIOProcA(FOURCC_DOS, NULL, MMIO_FINDPROC));
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
    say_procedure("", mmioInstallIOProcA(OWN_CODE, NULL, MMIO_REMOVEPROC));
    do_read(file, 4);
    begin_step("mmioClose");
    say("", mmioClose(file, 0));
    say_messages();
}

static void by_hand(void)
{
    static char bytes[40];
    HMMIO file = open_bytes(kind, LETTERS, 26, buffer_size, MMIO_READWRITE);
    do_read(file, 2);
    begin_step("mmioSendMessage MMIOM_USER");
    say("", mmioSendMessage(file, MMIOM_USER, 3, 4));
    say_state(file);
    begin_step("mmioSendMessage MMIOM_USER + 1");
    say("", mmioSendMessage(file, MMIOM_USER + 1, 5, 6));
    say_messages();
    begin_step("mmioSendMessage 7");
    say("", mmioSendMessage(file, 7, 1, 2));
    say_messages();
    begin_step("mmioSendMessage MMIOM_SEEK");
    say("", mmioSendMessage(file, MMIOM_SEEK, 10, SEEK_SET));
    say_state(file);
    begin_step("mmioSendMessage MMIOM_READ");
    say("", mmioSendMessage(file, MMIOM_READ, (LPARAM)bytes, 4));
    say_bytes("bytes", bytes, 4);
    say_state(file);
    do_read(file, 2);
    begin_step("mmioSendMessage MMIOM_WRITE");
    say("", mmioSendMessage(file, MMIOM_WRITE, (LPARAM) "##", 2));
    say_state(file);
    do_write(file, "w", 1);
    begin_step("mmioSendMessage MMIOM_WRITEFLUSH");
    say("", mmioSendMessage(file, MMIOM_WRITEFLUSH, (LPARAM) "**", 2));
    say_state(file);
    do_close(file, kind);
}

/* The procedure returns wrong results. */
static UINT which;
static LRESULT answer;

static void answers(void)
{
    HMMIO file = open_bytes(OWN, LETTERS, 26, buffer_size, MMIO_READWRITE);
    do_read(file, 2);
    own.is_failing = 1;
    own.failing = which;
    own.answer = answer;
    do_read(file, 12);
    do_write(file, "XY", 2);
    do_flush(file, 0);
    do_seek(file, 20, SEEK_SET);
    do_read(file, 3);
    begin_step("mmioClose");
    say("", mmioClose(file, 0));
    say_messages();
    begin_step("mmioClose again");
    say("", mmioClose(file, 0));
    own.is_failing = 0;
    do_read(file, 3);
    begin_step("mmioClose once more");
    say("", mmioClose(file, 0));
    say_bytes("bytes", own.bytes, own.size);
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
    on_each_kind(by_hand, "by-hand");
    for (i = 0; i < COUNT(messages); i++)
        for (j = 0; j < COUNT(sizes); j++) {
            which = messages[i];
            buffer_size = sizes[j];
            answer = -1;
            run_case(answers, "fails-%s-%d", names[i], (int)buffer_size);
            answer = 0;
            run_case(answers, "does-nothing-%s-%d", names[i], (int)buffer_size);
        }
    for (j = 0; j < COUNT(sizes); j++) {
        buffer_size = sizes[j];
        run_case(short_transfers, "short-%d", (int)buffer_size);
    }
    return 0;
}
