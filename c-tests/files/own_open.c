/* mmsys_path and mmsys_share, for a program that opens files itself and names them as on Windows.
 *
 * Shows docs/contract.md, 10. Functions beside mmio: "mmsys_path", "mmsys_share". */
#define _XOPEN_SOURCE 700
#include <mmsystem_ext.h>

#include "check.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* The name becomes this path. */
static void check_path(const char *name, DWORD flags, const char *expected)
{
    char path[4096];
    memset(path, 'x', sizeof path);
    CHECK_EQ(mmsys_path(name, flags, path, sizeof path), MMSYSERR_NOERROR);
    if (strcmp(path, expected) != 0) {
        printf("%s: %s, not %s\n", name, path, expected);
    }
    CHECK(strcmp(path, expected) == 0);
}

static void names_that_exist(void)
{
    static const DWORD both[] = {0, MMIO_CREATE};
    size_t i;
    for (i = 0; i < 2; i++) {
        check_path("Sounds/Click.wav", both[i], "Sounds/Click.wav");
        check_path("Sounds\\Click.wav", both[i], "Sounds/Click.wav");
        check_path("SOUNDS\\click.WAV", both[i], "Sounds/Click.wav");
        check_path("sounds", both[i], "Sounds");
        check_path("Z:\\", both[i], "/");
    }
}

static void names_that_do_not_exist(void)
{
    char path[64] = "as before";
    check_path("new.wav", MMIO_CREATE, "new.wav");
    check_path("sounds\\New.wav", MMIO_CREATE, "Sounds/New.wav");
    CHECK_EQ(mmsys_path("new.wav", 0, path, sizeof path), MMIOERR_FILENOTFOUND);
    CHECK_EQ(mmsys_path("sounds\\new.wav", 0, path, sizeof path), MMIOERR_FILENOTFOUND);
    CHECK_EQ(mmsys_path("", 0, path, sizeof path), MMIOERR_FILENOTFOUND);
    CHECK_EQ(mmsys_path("nowhere\\new.wav", 0, path, sizeof path), MMIOERR_PATHNOTFOUND);
    CHECK_EQ(mmsys_path("nowhere\\new.wav", MMIO_CREATE, path, sizeof path), MMIOERR_PATHNOTFOUND);
    CHECK_EQ(mmsys_path("Q:\\new.wav", MMIO_CREATE, path, sizeof path), MMIOERR_PATHNOTFOUND);
    /* A file next to the executable is not searched. */
    CHECK_EQ(mmsys_path("program", 0, path, sizeof path), MMIOERR_FILENOTFOUND);
    CHECK(strcmp(path, "as before") == 0);
}

static void a_path_that_does_not_fit_is_an_error(void)
{
    char path[32] = "as before";
    CHECK_EQ(mmsys_path("Sounds", 0, path, 6), MMIOERR_OUTOFMEMORY);
    CHECK_EQ(mmsys_path("Sounds", 0, path, 0), MMIOERR_OUTOFMEMORY);
    CHECK(strcmp(path, "as before") == 0);
    CHECK_EQ(mmsys_path("Sounds", 0, path, 7), MMSYSERR_NOERROR);
    CHECK_BYTES(path, "Sounds\0re", 10);
    CHECK_EQ(mmsys_path(NULL, 0, path, sizeof path), MMSYSERR_INVALPARAM);
    CHECK_EQ(mmsys_path("Sounds", 0, NULL, 0), MMSYSERR_INVALPARAM);
}

static MMRESULT error_of_open(DWORD flags)
{
    char name[] = "Sounds/Click.wav";
    MMIOINFO info;
    HMMIO file;
    memset(&info, 0, sizeof info);
    file = mmioOpenA(name, &info, flags);
    if (file != NULL) {
        CHECK_EQ(mmioClose(file, 0), 0);
    }
    return info.wErrorRet;
}

static void share_modes(void)
{
    char name[] = "Sounds/Click.wav";
    int fd = open(name, O_RDWR), other, ends[2];
    HMMIO file;
    CHECK_EQ(mmsys_share(fd, MMIO_DENYWRITE), MMSYSERR_NOERROR);
    CHECK_EQ(error_of_open(MMIO_READ), 0);
    CHECK_EQ(error_of_open(MMIO_WRITE), MMIOERR_SHARINGVIOLATION);
    CHECK_EQ(error_of_open(MMIO_READ | MMIO_DENYWRITE), MMIOERR_SHARINGVIOLATION);
    /* Two descriptors conflict too. One that is refused changes nothing. */
    other = open(name, O_WRONLY);
    CHECK_EQ(mmsys_share(other, MMIO_DENYNONE), MMIOERR_SHARINGVIOLATION);
    close(other);
    CHECK_EQ(error_of_open(MMIO_READ), 0);
    /* Until the last descriptor is closed. */
    close(fd);
    CHECK_EQ(error_of_open(MMIO_READWRITE | MMIO_EXCLUSIVE), 0);

    file = mmioOpenA(name, NULL, MMIO_READ | MMIO_DENYWRITE);
    CHECK(file != NULL);
    fd = open(name, O_WRONLY);
    CHECK_EQ(mmsys_share(fd, MMIO_DENYNONE), MMIOERR_SHARINGVIOLATION);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(mmsys_share(fd, MMIO_DENYNONE), MMSYSERR_NOERROR);
    close(fd);

    /* A pipe has no share mode, and a number that is no descriptor is an error. */
    CHECK_EQ(pipe(ends), 0);
    CHECK_EQ(mmsys_share(ends[0], MMIO_EXCLUSIVE), MMSYSERR_NOERROR);
    close(ends[0]);
    close(ends[1]);
    fd = open("Sounds", O_RDONLY);
    CHECK_EQ(mmsys_share(fd, MMIO_EXCLUSIVE), MMSYSERR_NOERROR);
    close(fd);
    CHECK_EQ(mmsys_share(fd, MMIO_EXCLUSIVE), MMSYSERR_INVALPARAM);
    CHECK_EQ(mmsys_share(-1, MMIO_EXCLUSIVE), MMSYSERR_INVALPARAM);
}

int main(void)
{
    /* Not in the directory of the executable. */
    CHECK(mkdir("here", 0777) == 0 && chdir("here") == 0);
    CHECK_EQ(mkdir("Sounds", 0777), 0);
    put_file("Sounds/Click.wav", "RIFF", 4);
    names_that_exist();
    names_that_do_not_exist();
    a_path_that_does_not_fit_is_an_error();
    share_modes();
    return report();
}
