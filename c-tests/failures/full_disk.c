/* Full disks: /dev/full where it exists, and a limit on the size of files, which is then removed.
 *
 * Shows docs/contract.md, 3. The buffer: "Failures lose nothing", "free space and close again". */
#define _XOPEN_SOURCE 700
#include "state.h"

#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

static char content[2048], read_into[2048];

static void limit_files_to(rlim_t size)
{
    struct rlimit limit;
    CHECK_EQ(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = size < limit.rlim_max ? size : limit.rlim_max;
    CHECK_EQ(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void a_full_device_keeps_the_file_open(void)
{
    HMMIO file;
    file = mmioOpen((LPSTR) "/dev/full", NULL, MMIO_WRITE | MMIO_ALLOCBUF);
    CHECK(file != NULL);
    CHECK_EQ(mmioWrite(file, "abc", 3), 3);
    CHECK_EQ(mmioFlush(file, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmioSetBuffer(file, NULL, 0, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmioAdvance(file, NULL, MMIO_WRITE), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmioSeek(file, 100, SEEK_SET), -1);
    CHECK_EQ(mmioClose(file, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(last_error(file), MMIOERR_CANNOTWRITE);
    CHECK(is_dirty(file));
    CHECK_EQ(position_of(file), 3);
    CHECK_EQ(info_of(file).cchBuffer, MMIO_DEFAULTBUFFER);
}

static void an_unbuffered_full_device_takes_nothing(void)
{
    HMMIO file;
    file = mmioOpen((LPSTR) "/dev/full", NULL, MMIO_WRITE);
    CHECK_EQ(mmioWrite(file, "abc", 3), -1);
    CHECK_EQ(last_error(file), MMIOERR_CANNOTWRITE);
    CHECK_EQ(position_of(file), 0);
    CHECK_EQ(mmioClose(file, 0), 0);
}

/* Writes in pieces until the file takes no more. Returns how many bytes it took. */
static int write_until_it_fails(HMMIO file, int piece)
{
    int done = 0;
    while (done < 2048) {
        int wanted = done + piece > 2048 ? 2048 - done : piece;
        LONG count = mmioWrite(file, content + done, wanted);
        done += count > 0 ? (int)count : 0;
        CHECK_EQ(position_of(file), done);
        if (count < wanted) {
            CHECK_EQ(last_error(file), MMIOERR_CANNOTWRITE);
            break;
        }
    }
    return done;
}

static void a_disk_that_was_full_gets_every_byte(void)
{
    static const LONG buffers[] = {0, 1, 7, 512, 1000, 1024, 8192};
    static const int pieces[] = {1, 13, 512, 2048};
    int buffer, piece;
    for (buffer = 0; buffer < 7; buffer++) {
        for (piece = 0; piece < 4; piece++) {
            int done;
            HMMIO file = open_with("full", MMIO_CREATE, NULL, buffers[buffer]);
            limit_files_to(1000);
            done = write_until_it_fails(file, pieces[piece]);
            CHECK(done >= 1000 && done <= 1000 + (buffers[buffer] > 1048 ? 1048 : buffers[buffer]));
            if (done > 1000) {
                CHECK_EQ(mmioClose(file, 0), MMIOERR_CANNOTWRITE);
                CHECK_EQ(position_of(file), done);
            }
            limit_files_to(RLIM_INFINITY);
            CHECK_EQ(mmioWrite(file, content + done, 2048 - done), 2048 - done);
            CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
            CHECK_EQ(mmioRead(file, read_into, 2048), 2048);
            CHECK_BYTES(read_into, content, 2048);
            CHECK_EQ(mmioClose(file, 0), 0);
            FILE_IS("full", content, 2048);
        }
    }
}

static void a_chunk_is_completed_when_there_is_space_again(void)
{
    static const LONG buffers[] = {0, 1, 7, 512, 8192};
    int buffer;
    for (buffer = 0; buffer < 5; buffer++) {
        MMCKINFO chunk;
        HMMIO file = open_with("chunk", MMIO_CREATE, NULL, buffers[buffer]);
        memset(&chunk, 0, sizeof chunk);
        chunk.ckid = mmioFOURCC('d', 'a', 't', 'a');
        CHECK_EQ(mmioCreateChunk(file, &chunk, 0), 0);
        CHECK_EQ(mmioWrite(file, content, 993), 993);
        CHECK_EQ(mmioFlush(file, 0), 0);
        limit_files_to(1001);
        /* There is no space for the pad byte on the disk, although there may be in the buffer. */
        CHECK(mmioAscend(file, &chunk, 0) != 0 || mmioClose(file, 0) != 0);
        limit_files_to(RLIM_INFINITY);
        CHECK_EQ(mmioAscend(file, &chunk, 0), 0);
        CHECK_EQ(chunk.cksize, 993);
        CHECK_EQ(mmioClose(file, 0), 0);
        CHECK_EQ(get_file("chunk", read_into, sizeof read_into), 1002);
        CHECK_BYTES(read_into, "data\xe1\3\0\0", 8);
        CHECK_BYTES(read_into + 8, content, 993);
        CHECK_EQ(read_into[1001], 0);
    }
}

int main(void)
{
    int i;
    for (i = 0; i < 2048; i++) {
        content[i] = (char)(i * 7 + i / 256);
    }
    signal(SIGXFSZ, SIG_IGN);
    if (access("/dev/full", W_OK) == 0) {
        a_full_device_keeps_the_file_open();
        an_unbuffered_full_device_takes_nothing();
    } else {
        printf("skipped: a full device, as there is no /dev/full\n");
    }
    a_disk_that_was_full_gets_every_byte();
    a_chunk_is_completed_when_there_is_space_again();
    return report();
}
