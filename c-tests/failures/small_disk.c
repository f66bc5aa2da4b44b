/* A disk of 1 MiB (a tmpfs of the test) that fills up while a RIFF file is written, patched and closed: each call
 * succeeds or returns an error, nothing is lost, and with free space the file is completed. Skipped if the system
 * does not allow mounts.
 *
 * Shows docs/contract.md, 3. The buffer: "Failures lose nothing", "free space and close again", "wErrorRet". */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef __linux__
#include <sched.h>
#include <sys/mount.h>
#endif

#define DISK "small-disk"
#define FILE_NAME DISK "/file.wav"
#define FILLER DISK "/filler"

/* More than one page: such a disk consists of pages. */
#define SAMPLES 20000

static char samples[SAMPLES], content[SAMPLES + 64], expected[SAMPLES + 64];
static size_t expected_size;

/* Returns 0, or the reason why there is none. Only this process sees the disk. */
static int mount_small_disk(void)
{
#ifdef __linux__
    if (mkdir(DISK, 0700) != 0)
        return errno;
    if (unshare(CLONE_NEWNS) != 0) {
        /* Users who may not mount may do so as root of a user namespace of their own. */
        char user[40], group[40];
        snprintf(user, sizeof user, "0 %d 1\n", (int)getuid());
        snprintf(group, sizeof group, "0 %d 1\n", (int)getgid());
        if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0)
            return errno;
        put_file("/proc/self/uid_map", user, strlen(user));
        put_file("/proc/self/setgroups", "deny", 4);
        put_file("/proc/self/gid_map", group, strlen(group));
    }
    if (mount("none", "/", "none", MS_REC | MS_PRIVATE, NULL) != 0)
        return errno;
    return mount("small", DISK, "tmpfs", 0, "size=1m") != 0 ? errno : 0;
#else
    return ENOSYS;
#endif
}

/* Fills the disk, except `room` bytes or a little more. */
static void fill(long room)
{
    static const char zeros[4096] = "";
    int fd = open(FILLER, O_CREAT | O_WRONLY | O_TRUNC, 0600);
    long size = 0;
    ssize_t count;
    while ((count = write(fd, zeros, sizeof zeros)) > 0)
        size += (long)count;
    CHECK(count == -1 && errno == ENOSPC);
    CHECK_EQ(ftruncate(fd, size > room ? size - room : 0), 0);
    CHECK_EQ(close(fd), 0);
}

static void make_room(void)
{
    CHECK_EQ(unlink(FILLER), 0);
}

/* How often a call was repeated. */
static int refused;

/* After a call that failed: checks that the file has the error, and frees space. */
static void was_refused(HMMIO file, int is_an_error)
{
    MMIOINFO info;
    if (is_an_error) {
        CHECK_EQ(mmioGetInfo(file, &info, 0), 0);
        CHECK_EQ(info.wErrorRet, MMIOERR_CANNOTWRITE);
    }
    if (refused++ == 0)
        make_room();
}

static void until_done(HMMIO file, MMRESULT (*call)(HMMIO, LPMMCKINFO, UINT), LPMMCKINFO chunk, UINT flags)
{
    MMRESULT error = call(file, chunk, flags);
    if (error != 0) {
        CHECK_EQ(error, MMIOERR_CANNOTWRITE);
        was_refused(file, 1);
        CHECK_EQ(call(file, chunk, flags), 0);
    }
}

/* It has no chunk. */
static MMRESULT close_file(HMMIO file, LPMMCKINFO chunk, UINT flags)
{
    (void)chunk;
    return mmioClose(file, flags);
}

/* Writes, patches and closes the file through a buffer. The disk has `room` bytes free until a call is refused. */
static void record(LONG buffer, long room, int fill_at_close)
{
    MMIOINFO info;
    MMCKINFO riff, data;
    LONG done = 0, count, piece;
    HMMIO file;
    memset(&info, 0, sizeof info);
    info.cchBuffer = buffer;
    file = mmioOpen((LPSTR)FILE_NAME, &info, MMIO_CREATE | MMIO_WRITE);
    CHECK(file != NULL);
    refused = 0;
    if (!fill_at_close)
        fill(room);
    memset(&riff, 0, sizeof riff);
    memset(&data, 0, sizeof data);
    riff.fccType = mmioFOURCC('W', 'A', 'V', 'E');
    data.ckid = mmioFOURCC('d', 'a', 't', 'a');
    until_done(file, mmioCreateChunk, &riff, MMIO_CREATERIFF);
    until_done(file, mmioCreateChunk, &data, 0);
    while (done < SAMPLES) {
        piece = SAMPLES - done < 1777 ? SAMPLES - done : 1777;
        count = mmioWrite(file, samples + done, piece);
        CHECK(count >= -1 && count <= piece);
        if (count < piece)
            was_refused(file, count == -1);
        done += count > 0 ? count : 0;
        if (refused > 20)
            break;
    }
    CHECK_EQ(done, SAMPLES);
    /* There is no space any more, or there was none before, for what is in the buffer. */
    if (fill_at_close)
        fill(0);
    until_done(file, mmioAscend, &data, 0);
    until_done(file, mmioAscend, &riff, 0);
    until_done(file, close_file, NULL, 0);
    CHECK_EQ(get_file(FILE_NAME, content, sizeof content), expected_size);
    CHECK_BYTES(content, expected, expected_size);
    if (refused == 0 && room >= 0)
        make_room();
    CHECK_EQ(unlink(FILE_NAME), 0);
}

static void make_expected(void)
{
    memcpy(expected, "RIFF....WAVEdata", 16);
    put_number(expected + 4, SAMPLES + 12);
    put_number(expected + 16, SAMPLES);
    memcpy(expected + 20, samples, SAMPLES);
    expected_size = SAMPLES + 20;
}

int main(void)
{
    static const LONG buffers[] = {0, 1, 100, 4096, 8192, 65536};
    int i, error = mount_small_disk(), runs = 0, times_refused = 0;
    long room;
    if (error != 0) {
        printf("skipped: a small disk, which cannot be mounted: %s\n", strerror(error));
        rmdir(DISK);
        return EXIT_SUCCESS;
    }
    for (i = 0; i < SAMPLES; i++)
        samples[i] = (char)(i * 7 + i / 256);
    make_expected();
    for (i = 0; i < 6; i++) {
        for (room = 0; room <= 32768; room += 4096) {
            record(buffers[i], room, 0);
            runs++;
            times_refused += refused > 0;
        }
        record(buffers[i], 0, 1);
        runs++;
        times_refused += refused > 0;
    }
    printf("%d runs, in %d of which the disk was full\n", runs, times_refused);
    CHECK(times_refused > 30);
#ifdef __linux__
    umount(DISK);
#endif
    rmdir(DISK);
    return report();
}
