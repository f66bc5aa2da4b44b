/* Each error of opening a disk file, produced by a real cause.
 *
 * Shows docs/contract.md, 2. Names and opening: "DOS errors", "FILENOTFOUND", "PATHNOTFOUND", "ACCESSDENIED".
 * Shows docs/contract.md, 2. Names and opening: "TOOMANYOPENFILES". */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* unshare */
#endif

#include "forms.h"
#include "runner.h"

#include <fcntl.h>
#ifdef __linux__
#include <sched.h>
#include <sys/mount.h>
#endif
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

static void missing_files_and_directories_are_distinguished(void)
{
    CHECK_EQ(error_of(BYTES, "missing", MMIO_READ), MMIOERR_FILENOTFOUND);
    CHECK_EQ(error_of(BYTES, "./missing", MMIO_READ), MMIOERR_FILENOTFOUND);
    CHECK_EQ(error_of(BYTES, "missing/file", MMIO_READ), MMIOERR_PATHNOTFOUND);
    CHECK_EQ(error_of(BYTES, "missing/file", MMIO_CREATE), MMIOERR_PATHNOTFOUND);
    CHECK_EQ(error_of(BYTES, "missing/file", MMIO_DELETE), MMIOERR_PATHNOTFOUND);
    CHECK_EQ(error_of(BYTES, "missing", MMIO_DELETE), MMIOERR_FILENOTFOUND);
    put_file("file", "x", 1);
    CHECK_EQ(error_of(BYTES, "file/below", MMIO_READ), MMIOERR_PATHNOTFOUND);
    CHECK_EQ(error_of(BYTES, "Q:\\file", MMIO_READ), MMIOERR_PATHNOTFOUND);
    CHECK_EQ(mmioRenameA("missing", "new", NULL, 0), MMIOERR_FILENOTFOUND);
    CHECK_EQ(mmioRenameA("file", "missing/new", NULL, 0), MMIOERR_PATHNOTFOUND);
}

static void a_directory_is_no_file(void)
{
    CHECK_EQ(mkdir("folder", 0777), 0);
    CHECK_EQ(error_of(BYTES, "folder", MMIO_READ), MMIOERR_ACCESSDENIED);
    CHECK_EQ(error_of(BYTES, "folder", MMIO_READWRITE), MMIOERR_ACCESSDENIED);
    CHECK_EQ(error_of(BYTES, "folder", MMIO_CREATE), MMIOERR_ACCESSDENIED);
    CHECK_EQ(error_of(BYTES, "folder", MMIO_DELETE), MMIOERR_ACCESSDENIED);
}

static void a_name_that_exists_is_not_overwritten(void)
{
    char bytes[4];
    put_file("old", "old", 3);
    put_file("new", "new", 3);
    CHECK_EQ(mmioRenameA("old", "new", NULL, 0), MMIOERR_ACCESSDENIED);
    CHECK_EQ(get_file("new", bytes, sizeof bytes), 3);
    CHECK_BYTES(bytes, "new", 3);
    CHECK_EQ(mmioRenameA("old", "newer", NULL, 0), 0);
    CHECK_EQ(get_file("newer", bytes, sizeof bytes), 3);
    CHECK_BYTES(bytes, "old", 3);
}

/* Runs a check in a child, so that what it changes in the process ends with it. */
static void check_in_a_child(int (*check)(void))
{
    int status;
    pid_t child;
    fflush(stdout);
    child = fork();
    if (child == 0)
        _exit(check());
    CHECK_EQ(waitpid(child, &status, 0), child);
    CHECK(WIFEXITED(status));
    CHECK_EQ(WEXITSTATUS(status), 0);
}

/* Root is not bound by permissions, so the check changes to another user. */
static int permissions_are_access_denied(void)
{
    if (chmod("sealed", 0555) != 0 || chmod("sealed/file", 0400) != 0 || chmod(".", 0755) != 0)
        return 1;
    if (getuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
        return 2;
    if (error_of(BYTES, "sealed/new", MMIO_CREATE) != MMIOERR_ACCESSDENIED)
        return 3;
    if (error_of(BYTES, "sealed/file", MMIO_WRITE) != MMIOERR_ACCESSDENIED)
        return 4;
    if (error_of(BYTES, "sealed/file", MMIO_DELETE) != MMIOERR_ACCESSDENIED)
        return 5;
    if (mmioRenameA("sealed/file", "sealed/other", NULL, 0) != MMIOERR_ACCESSDENIED)
        return 6;
    return checks_failed;
}

static int no_descriptor_left_is_too_many_open_files(void)
{
    struct rlimit limit;
    int last = dup(0);
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 1;
    limit.rlim_cur = (rlim_t)last;
    close(last);
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 2;
    return error_of(BYTES, "file", MMIO_READ) == MMIOERR_TOOMANYOPENFILES ? checks_failed : 3;
}

#if defined(__SANITIZE_ADDRESS__)
#define ADDRESS_SPACE_IS_TAKEN 1 /* AddressSanitizer uses all of it. */
#else
#define ADDRESS_SPACE_IS_TAKEN 0
#endif

static int no_memory_is_out_of_memory(void)
{
    struct rlimit limit;
    MMIOINFO info;
    char name[] = "file";
    HMMIO file;
    limit.rlim_cur = limit.rlim_max = (rlim_t)1 << 30;
    if (setrlimit(RLIMIT_AS, &limit) != 0)
        return 1;
    memset(&info, 0, sizeof info);
    info.cchBuffer = 0x7fffffff;
    if (mmioOpen(name, &info, MMIO_READ) != NULL || info.wErrorRet != MMIOERR_OUTOFMEMORY)
        return 2;
    info.cchBuffer = 16;
    file = mmioOpen(name, &info, MMIO_READWRITE);
    if (file == NULL || mmioWrite(file, "kept", 4) != 4)
        return 3;
    /* The old buffer stays, with its contents. */
    if (mmioSetBuffer(file, NULL, 0x7fffffff, 0) != MMIOERR_OUTOFMEMORY || mmioClose(file, 0) != 0)
        return 4;
    if (get_file(name, &info, sizeof info) != 4 || memcmp(&info, "kept", 4) != 0)
        return 5;
    /* There is no memory for a whole step, but for the bytes. */
    memset(&info, 0, sizeof info);
    info.fccIOProc = FOURCC_MEM;
    info.cchBuffer = 4;
    info.adwInfo[0] = 0x7fffffff;
    file = mmioOpen(NULL, &info, MMIO_CREATE | MMIO_READWRITE);
    if (file == NULL || mmioWrite(file, "0123456789", 10) != 10 || mmioWrite(file, "abc", 3) != 3)
        return 6;
    if (mmioSeek(file, 8, SEEK_SET) != 8 || mmioRead(file, name, 5) != 5 || memcmp(name, "89abc", 5) != 0)
        return 7;
    return mmioAdvance(file, NULL, MMIO_WRITE) == 0 && mmioClose(file, 0) == 0 ? 0 : 8;
}

static void memory_that_cannot_be_allocated(void)
{
    if (ADDRESS_SPACE_IS_TAKEN || has_runner())
        printf("skipped: a lack of memory, which a memory checker or an emulator does not limit\n");
    else
        check_in_a_child(no_memory_is_out_of_memory);
}

#ifdef __linux__
/* Mounts a read-only file system over a directory. Returns 77 if the system does not allow it. */
static int a_read_only_file_system_is_access_denied(void)
{
    if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", "", MS_REC | MS_PRIVATE, "") != 0)
        return 77;
    if (mount("none", "mounted", "tmpfs", MS_RDONLY, "") != 0)
        return 77;
    return error_of(BYTES, "mounted/new", MMIO_CREATE) == MMIOERR_ACCESSDENIED ? checks_failed : 1;
}
#endif

static void a_file_system_that_is_read_only(void)
{
#ifdef __linux__
    int status;
    pid_t child;
    if (has_runner()) {
        printf("skipped: a read-only file system, as an emulator mounts none\n");
        return;
    }
    CHECK_EQ(mkdir("mounted", 0777), 0);
    fflush(stdout);
    child = fork();
    if (child == 0)
        _exit(a_read_only_file_system_is_access_denied());
    CHECK_EQ(waitpid(child, &status, 0), child);
    if (WEXITSTATUS(status) == 77)
        printf("skipped: a read-only file system, which the user may not mount\n");
    else
        CHECK_EQ(status, 0);
#endif
}

static void strange_flags_and_names_are_refused(void)
{
    CHECK_EQ(error_of(BYTES, "file", MMIO_RWMODE), MMSYSERR_INVALPARAM);
    CHECK_EQ(error_of(BYTES, "", MMIO_READ), MMIOERR_FILENOTFOUND);
}

int main(void)
{
    missing_files_and_directories_are_distinguished();
    a_directory_is_no_file();
    a_name_that_exists_is_not_overwritten();
    CHECK_EQ(mkdir("sealed", 0777), 0);
    put_file("sealed/file", "x", 1);
    check_in_a_child(permissions_are_access_denied);
    check_in_a_child(no_descriptor_left_is_too_many_open_files);
    memory_that_cannot_be_allocated();
    a_file_system_that_is_read_only();
    strange_flags_and_names_are_refused();
    return report();
}
