/* A program that uses the procedure of the manual, procedure.h, and the call for MMIOM_USER, call.h. tests/man.rs makes
 * both files from the examples in the comments of the headers. */
#include <mmsystem.h>
#include <mmsystem_ext.h>

#include <stdio.h>
#include <string.h>

#include "procedure.h"

#define CHECK(condition)                                                                          \
    do {                                                                                          \
        if (!(condition))                                                                         \
            return fprintf(stderr, "line %d: %s\n", __LINE__, #condition), 1;                     \
    } while (0)

static char bytes[10000], back[sizeof(bytes)];

/* How much of the file others see, without the bytes in buffers. */
static LONG Stored(const char *name)
{
    FILE *file = fopen(name, "rb");
    LONG size = -1;
    if (file != NULL && fseek(file, 0, SEEK_END) == 0)
        size = (LONG)ftell(file);
    if (file != NULL)
        fclose(file);
    return size;
}

static HMMIO Open(const char *name, DWORD flags)
{
    char copy[16];
    MMIOINFO info;
    memset(&info, 0, sizeof(info));
    info.pIOProc = IOProc;
    return mmioOpen(strcpy(copy, name), &info, flags);
}

/* The call, in a function as in a program. */
static int Call(HMMIO hmmio, LONG *result)
{
#include "call.h"
    *result = size;
    return 0;
}

int main(void)
{
    const LONG all = (LONG)sizeof(bytes);
    MMIOINFO info;
    LONG size = 0, i;
    HMMIO hmmio;
    for (i = 0; i < all; i++)
        bytes[i] = (char)(i * 7);
    CHECK(Open("missing", MMIO_READ) == NULL);

    hmmio = Open("one", MMIO_CREATE | MMIO_READWRITE | MMIO_ALLOCBUF);
    CHECK(hmmio != NULL);
    CHECK(mmioWrite(hmmio, bytes, 5000) == 5000);
    CHECK(mmioWrite(hmmio, bytes + 5000, all - 5000) == all - 5000);
    CHECK(mmioFlush(hmmio, 0) == MMSYSERR_NOERROR && Stored("one") == all);
    CHECK(Call(hmmio, &size) == 0 && size == all);

    /* Back and forth, with no buffer except that of the stream. */
    CHECK(mmioSetBuffer(hmmio, NULL, 0, 0) == MMSYSERR_NOERROR);
    CHECK(mmioSeek(hmmio, 100, SEEK_SET) == 100);
    CHECK(mmioRead(hmmio, back, 50) == 50 && memcmp(back, bytes + 100, 50) == 0);
    CHECK(mmioWrite(hmmio, "here", 4) == 4);
    CHECK(mmioRead(hmmio, back, 50) == 50 && memcmp(back, bytes + 154, 50) == 0);
    CHECK(mmioSendMessage(hmmio, MMIOM_SEEK, -54, SEEK_CUR) == 150);
    CHECK(mmioRead(hmmio, back, 4) == 4 && memcmp(back, "here", 4) == 0);
    CHECK(mmioSeek(hmmio, -1, SEEK_SET) == -1 && mmioSendMessage(hmmio, MMIOM_SEEK, -1, SEEK_SET) == -1);
    CHECK(mmioSeek(hmmio, 10, SEEK_END) == all - 10);
    CHECK(mmioRead(hmmio, back, 50) == 10 && mmioRead(hmmio, back, 50) == 0);

    /* Bytes sent as MMIOM_WRITE stay in the stream until a flush of 0 bytes. */
    CHECK(mmioWrite(hmmio, "more", 4) == 4 && Stored("one") == all);
    CHECK(mmioFlush(hmmio, 0) == MMSYSERR_NOERROR && Stored("one") == all + 4);
    CHECK(mmioWrite(hmmio, "more", 4) == 4 && Stored("one") == all + 4);
    CHECK(mmioSendMessage(hmmio, MMIOM_WRITEFLUSH, (LPARAM) "!", 0) == 0 && Stored("one") == all + 8);
    CHECK(mmioSendMessage(hmmio, MMIOM_WRITEFLUSH, (LPARAM) "!", 1) == 1 && Stored("one") == all + 9);
    CHECK(mmioGetInfo(hmmio, &info, 0) == MMSYSERR_NOERROR && info.lDiskOffset == all + 9);
    CHECK(mmioWrite(hmmio, "!", 1) == 1 && mmioClose(hmmio, 0) == MMSYSERR_NOERROR && Stored("one") == all + 10);

    memset(&info, 0, sizeof(info));
    info.pIOProc = IOProc;
    CHECK(mmioRename("one", "two", &info, 0) == MMSYSERR_NOERROR && Stored("one") == -1);
    hmmio = Open("two", MMIO_READ | MMIO_ALLOCBUF);
    CHECK(hmmio != NULL && mmioRead(hmmio, back, all) == all);
    memcpy(bytes + 150, "here", 4);
    CHECK(memcmp(back, bytes, sizeof(bytes)) == 0 && mmioClose(hmmio, 0) == MMSYSERR_NOERROR);
    CHECK(Open("two", MMIO_DELETE) != NULL && Stored("two") == -1);
    return 0;
}
