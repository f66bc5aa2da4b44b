/* Adopted descriptors, pipes, FIFOs and devices.
 *
 * Shows docs/contract.md, 2. Names and opening: "an open file descriptor to adopt", "Descriptor 0", "O_APPEND".
 * Shows docs/contract.md, 2. Names and opening: "Access".
 * Shows docs/contract.md, 3. The buffer: "Streams", "Reading ahead", "O_APPEND".
 * Shows docs/contract.md, 5. I/O procedures and messages: "Close", "MMIO_FHOPEN".
 * Shows docs/differences.md, Names and opening: "Bytes that were read ahead of a stream", "adopted descriptor". */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif

#include "state.h"

#include <fcntl.h>
#include <mmsystem_ext.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static char file_name[] = "adopted";

static int is_open(int fd)
{
    return fcntl(fd, F_GETFD) != -1;
}

static void the_descriptors_position_is_inherited(LONG buffer)
{
    MMIOINFO info;
    char byte;
    int fd = open(file_name, O_RDONLY);
    HMMIO file;
    CHECK_EQ(lseek(fd, 4, SEEK_SET), 4);
    file = adopt(fd, MMIO_READ, buffer);
    CHECK_EQ(mmioGetInfo(file, &info, 0), 0);
    CHECK_EQ(info.lDiskOffset, 4);
    CHECK_EQ(info.lBufOffset, 4);
    CHECK_EQ(mmioSeek(file, 0, SEEK_CUR), 4);
    CHECK_EQ(mmioRead(file, &byte, 1), 1);
    CHECK_EQ(byte, '4');
    CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
    CHECK_EQ(mmioRead(file, &byte, 1), 1);
    CHECK_EQ(byte, '0');
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK(!is_open(fd));
}

static void fhopen_leaves_it_open_at_the_current_position(LONG buffer)
{
    char bytes[4];
    int fd = open(file_name, O_RDWR);
    HMMIO file = adopt(fd, MMIO_READ, buffer);
    CHECK_EQ(mmioRead(file, bytes, 3), 3);
    CHECK_EQ(mmioClose(file, MMIO_FHOPEN), 0);
    CHECK_EQ(lseek(fd, 0, SEEK_CUR), 3);
    CHECK_EQ(read(fd, bytes, 1), 1);
    CHECK_EQ(bytes[0], '3');
    CHECK_EQ(close(fd), 0);
}

static void fhopen_closes_what_was_opened_by_name(void)
{
    MMIOINFO info;
    HMMIO file = mmioOpen(file_name, NULL, MMIO_READ);
    CHECK_EQ(mmioGetInfo(file, &info, 0), 0);
    CHECK(is_open((int)info.adwInfo[0]));
    CHECK_EQ(mmioClose(file, MMIO_FHOPEN), 0);
    CHECK(!is_open((int)info.adwInfo[0]));
}

/* The open flags do not restrict access: programs adopt a descriptor with flags 0 and write to it. */
static void access_is_that_of_the_descriptor(LONG buffer)
{
    char byte;
    MMIOINFO info;
    int fd = open(file_name, O_RDWR);
    HMMIO file = adopt(fd, 0, buffer);
    CHECK_EQ(mmioWrite(file, "A", 1), 1);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(get_file(file_name, &byte, 1), 1);
    CHECK_EQ(byte, 'A');

    fd = open(file_name, O_RDONLY);
    file = adopt(fd, MMIO_READWRITE, buffer);
    CHECK_EQ(mmioWrite(file, "B", 1), -1);
    CHECK_EQ(mmioGetInfo(file, &info, 0), 0);
    CHECK_EQ(info.wErrorRet, MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmioRead(file, &byte, 1), 1);
    CHECK_EQ(mmioClose(file, 0), 0);

    fd = open(file_name, O_WRONLY);
    file = adopt(fd, MMIO_READ, buffer);
    CHECK_EQ(mmioRead(file, &byte, 1), -1);
    CHECK_EQ(mmioWrite(file, "0", 1), 1);
    CHECK_EQ(mmioRead(file, &byte, 1), -1);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void a_number_that_is_no_descriptor_is_an_invalid_file(void)
{
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    info.adwInfo[0] = 12345;
    CHECK(mmioOpen(NULL, &info, MMIO_READ) == NULL);
    CHECK_EQ(info.wErrorRet, MMIOERR_INVALIDFILE);
    info.adwInfo[0] = (DWORD)-1;
    CHECK(mmioOpen(NULL, &info, MMIO_READ) == NULL);
    CHECK(mmioOpen(NULL, NULL, MMIO_READ) == NULL);
}

static const char riff[] = "RIFF\x2e\0\0\0TESTskip\x05\0\0\0"
                           "12345\0LIST\x12\0\0\0more"
                           "data\x06\0\0\0sample";

/* Forks a child that writes a RIFF file into a pipe in small pieces, slowly enough to cause short reads. */
static pid_t feed(int fd)
{
    pid_t child;
    fflush(stdout);
    child = fork();
    if (child == 0) {
        struct timespec pause;
        size_t at;
        pause.tv_sec = 0;
        pause.tv_nsec = 200000;
        for (at = 0; at < sizeof riff - 1; at += 3) {
            size_t left = sizeof riff - 1 - at;
            if (write(fd, riff + at, left < 3 ? left : 3) < 0)
                _exit(1);
            nanosleep(&pause, NULL);
        }
        _exit(0);
    }
    return child;
}

static void walk_forward(HMMIO file)
{
    MMCKINFO form, list, data;
    char bytes[8];
    memset(&form, 0, sizeof form);
    CHECK_EQ(mmioDescend(file, &form, NULL, MMIO_FINDRIFF), 0);
    list.fccType = mmioFOURCC('m', 'o', 'r', 'e');
    CHECK_EQ(mmioDescend(file, &list, &form, MMIO_FINDLIST), 0);
    data.ckid = mmioFOURCC('d', 'a', 't', 'a');
    CHECK_EQ(mmioDescend(file, &data, &list, MMIO_FINDCHUNK), 0);
    CHECK_EQ(mmioRead(file, bytes, 6), 6);
    CHECK_BYTES(bytes, "sample", 6);
    CHECK_EQ(mmioSeek(file, 0, SEEK_CUR), (LONG)sizeof riff - 1);
    CHECK_EQ(mmioRead(file, bytes, 6), 0);
}

static void a_pipe_is_walked_forward(LONG buffer)
{
    int ends[2], status;
    pid_t child;
    HMMIO file;
    CHECK_EQ(pipe(ends), 0);
    child = feed(ends[1]);
    CHECK_EQ(close(ends[1]), 0);
    file = adopt(ends[0], MMIO_READ, buffer);
    walk_forward(file);
    CHECK_EQ(mmioSeek(file, 0, SEEK_END), -1);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(waitpid(child, &status, 0), child);
    CHECK_EQ(status, 0);
}

/* Bytes that were read ahead of a pipe exist only in the buffer. Whatever is done to the buffer, they are read next. */
static void bytes_read_ahead_of_a_pipe_are_not_lost(int action)
{
    char bytes[32], text[] = "0123456789abcdefghijklmnopqrstuvwxyz";
    MMIOINFO info;
    int ends[2];
    HMMIO file;
    CHECK_EQ(pipe(ends), 0);
    CHECK_EQ(write(ends[1], text, 36), 36);
    file = adopt(ends[0], MMIO_READ, 16);
    CHECK_EQ(mmioRead(file, bytes, 5), 5);
    switch (action) {
    case 0:
        CHECK_EQ(mmioFlush(file, MMIO_EMPTYBUF), 0);
        break;
    case 1:
        CHECK_EQ(mmioSetBuffer(file, NULL, 12, 0), 0);
        break;
    case 2:
        CHECK_EQ(mmioSetBuffer(file, NULL, 4, 0), MMIOERR_CANNOTSEEK);
        CHECK_EQ(mmioSetBuffer(file, NULL, 0, 0), MMIOERR_CANNOTSEEK);
        break;
    case 3:
        CHECK_EQ(mmsys_set_write_through(file, 1), 0);
        break;
    case 4:
        CHECK_EQ(mmioGetInfo(file, &info, 0), 0);
        CHECK_EQ(mmioAdvance(file, &info, MMIO_READ), 0);
        CHECK_EQ(info.lBufOffset, 5);
        CHECK_BYTES(info.pchNext, text + 5, 11);
        break;
    default:
        CHECK_EQ(mmioSendMessage(file, MMIOM_READ, (LPARAM)bytes, 5), 5);
        CHECK_BYTES(bytes, text + 5, 5);
        CHECK_EQ(mmioSeek(file, 0, SEEK_CUR), 10);
        CHECK_EQ(mmioSeek(file, 5, SEEK_SET), 5);
    }
    CHECK_EQ(mmioSeek(file, 0, SEEK_CUR), 5);
    CHECK_EQ(mmioRead(file, bytes, 31), 31);
    CHECK_BYTES(bytes, text + 5, 31);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(close(ends[1]), 0);
}

/* The system puts every write to such a descriptor at the end: a write anywhere else is refused. */
static void a_descriptor_that_appends_is_not_corrupted(LONG buffer)
{
    MMCKINFO chunk;
    char bytes[32];
    int fd;
    HMMIO file;
    put_file("log", "old ", 4);
    fd = open("log", O_RDWR | O_APPEND);
    file = adopt(fd, MMIO_READWRITE, buffer);
    CHECK_EQ(mmioSeek(file, 0, SEEK_END), 4);
    CHECK_EQ(mmioWrite(file, "new ", 4), 4);
    memset(&chunk, 0, sizeof chunk);
    chunk.ckid = mmioFOURCC('d', 'a', 't', 'a');
    CHECK_EQ(mmioCreateChunk(file, &chunk, 0), 0);
    CHECK_EQ(mmioWrite(file, "1234", 4), 4);
    CHECK_EQ(mmioFlush(file, MMIO_EMPTYBUF), 0);
    CHECK_EQ(mmioAscend(file, &chunk, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(get_file("log", bytes, sizeof bytes), 20);
    CHECK_BYTES(bytes, "old new data\0\0\0\0" "1234", 20);
}

/* A write that the system will put where it belongs is buffered as usual. Any other fails at once, not at the flush. */
static void a_descriptor_that_appends_writes_at_the_end_only(LONG buffer)
{
    char bytes[64];
    MMIOINFO info;
    int fd, other;
    HMMIO file;
    put_file("log", "0123456789", 10);
    fd = open("log", O_RDWR | O_APPEND);
    file = adopt(fd, MMIO_READWRITE, buffer);
    CHECK_EQ(mmioWrite(file, "abcde", 5), -1);
    CHECK_EQ(mmioGetInfo(file, &info, 0), 0);
    CHECK_EQ(info.wErrorRet, MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmioSeek(file, 20, SEEK_SET), 20);
    CHECK_EQ(mmioWrite(file, "abcde", 5), -1);
    CHECK_EQ(mmioSeek(file, 7, SEEK_SET), 7);
    CHECK_EQ(mmioRead(file, bytes, 10), 3);
    CHECK_EQ(mmioWrite(file, "ab", 2), 2);
    CHECK_EQ(mmioWrite(file, "c", 1), 1);
    /* Over bytes that are not flushed yet, and over bytes that were read. */
    CHECK_EQ(mmioSeek(file, -1, SEEK_CUR), 12);
    CHECK_EQ(mmioWrite(file, "C", 1), -1);
    CHECK_EQ(mmioSeek(file, 8, SEEK_SET), 8);
    CHECK_EQ(mmioWrite(file, "8", 1), -1);
    CHECK_EQ(mmioSeek(file, 0, SEEK_END), 13);
    CHECK_EQ(mmioWrite(file, "defgh", 5), 5);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(get_file("log", bytes, sizeof bytes), 18);
    CHECK_BYTES(bytes, "0123456789abcdefgh", 18);
    /* Direct access: what pchNext was moved over is written. */
    CHECK_EQ(mmioGetInfo(file, &info, 0), 0);
    if (info.pchEndWrite - info.pchNext > 2) {
        memcpy(info.pchNext, "ij", 2);
        info.pchNext += 2;
        info.dwFlags |= MMIO_DIRTY;
        CHECK_EQ(mmioSetInfo(file, &info, 0), 0);
    } else {
        CHECK_EQ(mmioWrite(file, "ij", 2), 2);
    }
    CHECK_EQ(mmioFlush(file, 0), 0);
    /* Another program appends. */
    other = open("log", O_WRONLY | O_APPEND);
    CHECK_EQ(write(other, "other", 5), 5);
    CHECK_EQ(mmioWrite(file, "k", 1), -1);
    CHECK_EQ(mmioSeek(file, 0, SEEK_END), 25);
    CHECK_EQ(mmioWrite(file, "k", 1), 1);
    if (buffer > 1) {
        /* Another program appends between a write and its flush: the flush fails, and nothing is lost. */
        CHECK_EQ(write(other, "more", 4), 4);
        CHECK_EQ(mmioFlush(file, 0), MMIOERR_CANNOTWRITE);
        CHECK_EQ(mmioClose(file, 0), MMIOERR_CANNOTWRITE);
        CHECK_EQ(ftruncate(other, 25), 0);
        CHECK_EQ(mmioWrite(file, "l", 1), 1);
    } else {
        CHECK_EQ(mmioWrite(file, "l", 1), 1);
    }
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(close(other), 0);
    CHECK_EQ(get_file("log", bytes, sizeof bytes), 27);
    CHECK_BYTES(bytes, "0123456789abcdefghijotherkl", 27);
}

/* A size that is already in the file cannot be corrected there: that fails at once, and discards nothing else. */
static void a_descriptor_that_appends_corrects_no_size(LONG buffer)
{
    MMCKINFO form, chunk;
    MMIOINFO info;
    char bytes[64];
    HMMIO file;
    put_file("log", "RIFF\4\0\0\0WAVE", 12);
    file = adopt(open("log", O_RDWR | O_APPEND), MMIO_READWRITE, buffer);
    memset(&form, 0, sizeof form);
    memset(&chunk, 0, sizeof chunk);
    CHECK_EQ(mmioDescend(file, &form, NULL, MMIO_FINDRIFF), 0);
    CHECK_EQ(mmioSeek(file, 0, SEEK_END), 12);
    chunk.ckid = mmioFOURCC('d', 'a', 't', 'a');
    chunk.cksize = 4;
    CHECK_EQ(mmioCreateChunk(file, &chunk, 0), 0);
    CHECK_EQ(mmioWrite(file, "1234", 4), 4);
    CHECK_EQ(mmioAscend(file, &chunk, 0), 0);
    form.dwFlags = MMIO_DIRTY;
    CHECK_EQ(mmioAscend(file, &form, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(form.cksize, 4);
    CHECK_EQ(mmioSeek(file, 0, SEEK_CUR), 24);
    /* Nor by direct access, over bytes that were read. */
    CHECK_EQ(mmioSeek(file, 2, SEEK_SET), 2);
    CHECK_EQ(mmioGetInfo(file, &info, 0), 0);
    if (buffer >= 4096) {
        info.pchNext += 2;
        info.dwFlags |= MMIO_DIRTY;
        CHECK_EQ(mmioSetInfo(file, &info, 0), MMIOERR_CANNOTWRITE);
        CHECK_EQ(mmioAdvance(file, &info, MMIO_WRITE), MMIOERR_CANNOTWRITE);
    }
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITE, (LPARAM) "x", 1), -1);
    CHECK_EQ(mmioCreateChunk(file, &chunk, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmioSeek(file, 0, SEEK_END), 24);
    CHECK_EQ(mmioWrite(file, "more", 4), 4);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(get_file("log", bytes, sizeof bytes), 28);
    CHECK_BYTES(bytes, "RIFF\4\0\0\0WAVEdata\4\0\0\0" "1234more", 28);
}

/* A size that is still in the buffer can be corrected. */
static void a_descriptor_that_appends_corrects_what_it_has_not_written(void)
{
    MMCKINFO chunk;
    char bytes[64];
    HMMIO file;
    put_file("log", "old ", 4);
    file = adopt(open("log", O_RDWR | O_APPEND), MMIO_READWRITE, 64);
    memset(&chunk, 0, sizeof chunk);
    CHECK_EQ(mmioSeek(file, 0, SEEK_END), 4);
    chunk.ckid = mmioFOURCC('d', 'a', 't', 'a');
    CHECK_EQ(mmioCreateChunk(file, &chunk, 0), 0);
    CHECK_EQ(mmioWrite(file, "1234", 4), 4);
    CHECK_EQ(mmioAscend(file, &chunk, 0), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(get_file("log", bytes, sizeof bytes), 16);
    CHECK_BYTES(bytes, "old data\4\0\0\0" "1234", 16);
}

/* A device such as /dev/null (`>>/dev/null`) has no end, so writes are not limited to it. */
static void a_device_is_written_anywhere(LONG buffer)
{
    HMMIO file = adopt(open("/dev/null", O_WRONLY | O_APPEND), MMIO_WRITE, buffer);
    CHECK_EQ(mmioWrite(file, "one", 3), 3);
    CHECK_EQ(mmioWrite(file, "two", 3), 3);
    CHECK_EQ(mmioClose(file, 0), 0);
}

/* An empty structure does not mean the standard input, descriptor 0. */
static void an_empty_structure_does_not_adopt_the_standard_input(void)
{
    MMIOINFO info;
    char byte;
    int kept = dup(0), fd = open(file_name, O_RDONLY);
    HMMIO file;
    CHECK_EQ(dup2(fd, 0), 0);
    memset(&info, 0, sizeof info);
    CHECK(mmioOpen(NULL, &info, 0) == NULL);
    CHECK_EQ(info.wErrorRet, MMIOERR_FILENOTFOUND);
    CHECK(mmioOpenW(NULL, &info, MMIO_READ | MMIO_ALLOCBUF) == NULL);
    CHECK_EQ(info.wErrorRet, MMIOERR_FILENOTFOUND);
    info.pIOProc = mmioInstallIOProc(FOURCC_DOS, NULL, MMIO_FINDPROC);
    CHECK(mmioOpen(NULL, &info, 0) == NULL);
    CHECK_EQ(info.wErrorRet, MMIOERR_FILENOTFOUND);
    CHECK(is_open(0));
    /* FOURCC_DOS adopts it explicitly. */
    info.pIOProc = NULL;
    info.fccIOProc = FOURCC_DOS;
    file = mmioOpen(NULL, &info, MMIO_READ);
    CHECK(file != NULL);
    CHECK_EQ(mmioRead(file, &byte, 1), 1);
    CHECK_EQ(mmioClose(file, MMIO_FHOPEN), 0);
    CHECK_EQ(dup2(kept, 0), 0);
    CHECK_EQ(close(kept), 0);
    CHECK_EQ(close(fd), 0);
}

static void a_fifo_opens_by_name(void)
{
    char name[] = "fifo", byte;
    pid_t child;
    int status;
    HMMIO file;
    CHECK_EQ(mkfifo(name, 0600), 0);
    fflush(stdout);
    child = fork();
    if (child == 0) {
        int fd = open(name, O_WRONLY);
        _exit(write(fd, riff, sizeof riff - 1) != (ssize_t)sizeof riff - 1);
    }
    file = mmioOpen(name, NULL, MMIO_READ);
    CHECK(file != NULL);
    CHECK_EQ(mmioRead(file, &byte, 1), 1);
    CHECK_EQ(byte, 'R');
    CHECK_EQ(mmioSeek(file, 0, SEEK_SET), -1);
    CHECK_EQ(mmioSeek(file, 0, SEEK_CUR), 1);
    CHECK_EQ(mmioSeek(file, 11, SEEK_CUR), 12);
    CHECK_EQ(mmioRead(file, &byte, 1), 1);
    CHECK_EQ(byte, 's');
    CHECK_EQ(mmioSeek(file, 1000, SEEK_SET), -1);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(waitpid(child, &status, 0), child);
    CHECK_EQ(status, 0);
}

static void a_pipe_is_written_in_order(LONG buffer)
{
    char bytes[16];
    int ends[2];
    HMMIO file;
    CHECK_EQ(pipe(ends), 0);
    file = adopt(ends[1], MMIO_WRITE, buffer);
    CHECK_EQ(mmioWrite(file, "one ", 4), 4);
    CHECK_EQ(mmioWrite(file, "two", 3), 3);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(read(ends[0], bytes, sizeof bytes), 7);
    CHECK_BYTES(bytes, "one two", 7);
    CHECK_EQ(close(ends[0]), 0);
}

int main(void)
{
    static const LONG buffers[] = {0, 3, 64, 8192};
    unsigned i;
    for (i = 0; i < sizeof buffers / sizeof *buffers; i++) {
        put_file(file_name, "0123456789", 10);
        the_descriptors_position_is_inherited(buffers[i]);
        fhopen_leaves_it_open_at_the_current_position(buffers[i]);
        access_is_that_of_the_descriptor(buffers[i]);
        a_pipe_is_walked_forward(buffers[i]);
        a_pipe_is_written_in_order(buffers[i] < 7 ? 0 : buffers[i]);
    }
    for (i = 0; i < 6; i++)
        bytes_read_ahead_of_a_pipe_are_not_lost((int)i);
    a_descriptor_that_appends_is_not_corrupted(0);
    a_descriptor_that_appends_is_not_corrupted(8);
    for (i = 0; i < sizeof buffers / sizeof *buffers; i++) {
        a_descriptor_that_appends_writes_at_the_end_only(buffers[i] == 3 ? 1 : buffers[i]);
        a_descriptor_that_appends_corrects_no_size(buffers[i]);
        a_device_is_written_anywhere(buffers[i]);
    }
    a_descriptor_that_appends_corrects_no_size(4096);
    a_descriptor_that_appends_corrects_what_it_has_not_written();
    an_empty_structure_does_not_adopt_the_standard_input();
    fhopen_closes_what_was_opened_by_name();
    a_number_that_is_no_descriptor_is_an_invalid_file();
    a_fifo_opens_by_name();
    return report();
}
