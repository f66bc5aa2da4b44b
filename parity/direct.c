/* Parity: direct access to the buffer: mmioGetInfo, mmioSetInfo, mmioAdvance. */
#include "observe.h"

static void reads_by_advance(void)
{
    MMIOINFO info;
    int i;
    HMMIO file = open_bytes(kind, LETTERS, 26, buffer_size, MMIO_READ);
    begin_step("mmioGetInfo");
    observe("", mmioGetInfo(file, &info, 0));
    for (i = 0; i < 5; i++) {
        info.pchNext = info.pchEndRead;
        do_advance(file, &info, MMIO_READ);
        begin_step("the structure");
        observe_info(&info, file);
        if (info.pchBuffer != NULL)
            observe_bytes("bytes", (const char *)info.pchNext,
                      (int)((const char *)info.pchEndRead - (const char *)info.pchNext));
    }
    begin_step("mmioSetInfo");
    observe("", mmioSetInfo(file, &info, 0));
    observe_state(file);
    do_close(file, kind);
}

static void reads_in_the_middle(void)
{
    MMIOINFO info;
    HMMIO file = open_bytes(kind, LETTERS, 26, buffer_size, MMIO_READ);
    do_read(file, 3);
    mmioGetInfo(file, &info, 0);
    if (info.pchBuffer != NULL && info.pchNext < info.pchEndRead)
        info.pchNext++;
    begin_step("mmioSetInfo");
    observe("", mmioSetInfo(file, &info, 0));
    observe_state(file);
    do_read(file, 3);
    do_advance(file, NULL, MMIO_READ);
    do_read(file, 3);
    do_close(file, kind);
}

static void writes_directly(void)
{
    MMIOINFO info;
    HMMIO file = open_bytes(kind, LETTERS, 26, buffer_size, MMIO_READWRITE);
    int count;
    mmioGetInfo(file, &info, 0);
    count = (int)((const char *)info.pchEndWrite - (const char *)info.pchNext);
    count = info.pchBuffer == NULL ? 0 : count < 5 ? count : 5;
    if (count > 0)
        memset(info.pchNext, '#', (size_t)count);
    info.pchNext += count;
    info.dwFlags |= MMIO_DIRTY;
    do_advance(file, &info, MMIO_WRITE);
    begin_step("the structure");
    observe_info(&info, file);
    if (info.pchBuffer != NULL && info.pchNext + 2 <= info.pchEndWrite) {
        memset(info.pchNext, '*', 2);
        info.pchNext += 2;
        info.dwFlags |= MMIO_DIRTY;
    }
    begin_step("mmioSetInfo");
    observe("", mmioSetInfo(file, &info, 0));
    observe_state(file);
    do_flush(file, 0);
    do_close(file, kind);
}

static void writes_and_advances(void)
{
    HMMIO file = open_bytes(kind, LETTERS, 26, buffer_size, MMIO_READWRITE);
    do_write(file, "12345", 5);
    do_advance(file, NULL, MMIO_WRITE);
    do_write(file, "67", 2);
    do_advance(file, NULL, MMIO_READ);
    do_read(file, 4);
    do_close(file, kind);
}

static void wrong_calls(void)
{
    MMIOINFO info;
    HMMIO file = open_bytes(kind, LETTERS, 26, buffer_size, MMIO_READWRITE);
    do_read(file, 2);
    do_advance(file, NULL, 0);
    do_advance(file, NULL, MMIO_READWRITE);
    do_advance(file, NULL, 0x40);
    mmioGetInfo(file, &info, 0);
    info.pchNext = info.pchEndWrite + 1;
    begin_step("mmioSetInfo, pchNext behind the buffer");
    observe("", mmioSetInfo(file, &info, 0));
    observe_state(file);
    mmioGetInfo(file, &info, 0);
    info.lBufOffset = 1000;
    info.lDiskOffset = 1000;
    info.cchBuffer = 3;
    info.wErrorRet = 44;
    info.dwFlags |= MMIO_CREATE;
    begin_step("mmioSetInfo of what it does not take");
    observe("", mmioSetInfo(file, &info, 0));
    observe_state(file);
    do_read(file, 2);
    do_close(file, kind);
}

/* The example of the contract: 8 bytes at 28, and 8 by direct access. */
static void at_44(void)
{
    MMIOINFO info;
    HMMIO file = open_bytes(kind, LETTERS LETTERS LETTERS, 78, buffer_size, MMIO_READWRITE);
    do_seek(file, 28, SEEK_SET);
    do_write(file, "12345678", 8);
    mmioGetInfo(file, &info, 0);
    if (info.pchBuffer != NULL && info.pchNext + 8 <= info.pchEndWrite) {
        memset(info.pchNext, '#', 8);
        info.pchNext += 8;
    }
    info.dwFlags |= MMIO_DIRTY;
    do_advance(file, &info, MMIO_WRITE);
    do_close(file, kind);
}

int main(int argc, char **argv)
{
    begin("direct", argc, argv);
    on_each_kind(reads_by_advance, "reads-by-advance");
    on_each_kind(reads_in_the_middle, "reads-in-the-middle");
    on_each_kind(writes_directly, "writes-by-hand");
    on_each_kind(writes_and_advances, "writes-and-advances");
    on_each_kind(wrong_calls, "wrong-calls");
    on_each_kind(at_44, "at-44");
    return 0;
}
