/* Parity: invalid handles, and NULL where a pointer is required. */
#include "observe.h"

static HMMIO handle;

static void bad_handle(void)
{
    char bytes[8];
    MMIOINFO info;
    MMCKINFO chunk;
    memset(&info, 0, sizeof info);
    memset(&chunk, 0, sizeof chunk);
    begin_step("calls");
    observe("mmioRead", mmioRead(handle, bytes, 4));
    observe("mmioRead of 0", mmioRead(handle, bytes, 0));
    observe("mmioWrite", mmioWrite(handle, bytes, 4));
    observe("mmioSeek", mmioSeek(handle, 0, SEEK_SET));
    observe("mmioGetInfo", mmioGetInfo(handle, &info, 0));
    observe("mmioSetInfo", mmioSetInfo(handle, &info, 0));
    observe("mmioSetBuffer", mmioSetBuffer(handle, NULL, 0, 0));
    observe("mmioFlush", mmioFlush(handle, 0));
    observe("mmioAdvance", mmioAdvance(handle, NULL, MMIO_READ));
    observe("mmioDescend", mmioDescend(handle, &chunk, NULL, 0));
    observe("mmioAscend", mmioAscend(handle, &chunk, 0));
    observe("mmioCreateChunk", mmioCreateChunk(handle, &chunk, 0));
    observe("mmioSendMessage", mmioSendMessage(handle, MMIOM_USER, 0, 0));
    observe("mmioClose", mmioClose(handle, 0));
}

/* Each call with NULL is a case of its own. */
static int call;

static void null_pointer(void)
{
    HMMIO file = open_bytes(DISK, LETTERS, 26, 8, MMIO_READWRITE);
    static const char *const names[] = {"mmioRead",       "mmioWrite",   "mmioGetInfo", "mmioSetInfo",
                                        "mmioDescend", "mmioAscend", "mmioCreateChunk"};
    begin_step("%s", names[call]);
    switch (call) {
    case 0:
        observe("", mmioRead(file, NULL, 4));
        break;
    case 1:
        observe("", mmioWrite(file, NULL, 4));
        break;
    case 2:
        observe("", mmioGetInfo(file, NULL, 0));
        break;
    case 3:
        observe("", mmioSetInfo(file, NULL, 0));
        break;
    case 4:
        observe("", mmioDescend(file, NULL, NULL, 0));
        break;
    case 5:
        observe("", mmioAscend(file, NULL, 0));
        break;
    default:
        observe("", mmioCreateChunk(file, NULL, 0));
        break;
    }
    do_close(file, DISK);
}

int main(int argc, char **argv)
{
    begin("handles", argc, argv);
    handle = NULL;
    run_case(bad_handle, "NULL");
    handle = (HMMIO)(size_t)0x7ffffff0;
    run_case(bad_handle, "forged");
    put_file("parity.bin", LETTERS, 26);
    handle = mmioOpenA((LPSTR) "parity.bin", NULL, MMIO_READ);
    mmioClose(handle, 0);
    run_case(bad_handle, "closed");
    for (call = 0; call < 7; call++)
        run_case(null_pointer, "null-%d", call);
    return 0;
}
