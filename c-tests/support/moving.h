/* moving.h: shared by the tests of mmioRename to another file system. */
#ifndef MOVING_H
#define MOVING_H

#include "stopping.h"

#ifdef CAN_STOP
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

enum { SIZE = 150000, MODE = 0640, TIME = 1000000000 };

static char bytes[SIZE], room[SIZE + 2];
/* The file is in a directory of its own. `elsewhere` is a directory on another file system, `fresh` the new name in
 * it. */
static char elsewhere[64], fresh[80];
static const char old_folder[] = "here", old_name[] = "here/file";

static void remove_all(const char *folder)
{
    DIR *names = opendir(folder);
    struct dirent *entry;
    char name[400];
    while (names != NULL && (entry = readdir(names)) != NULL) {
        snprintf(name, sizeof name, "%s/%s", folder, entry->d_name);
        if (entry->d_name[0] != '.')
            unlink(name);
    }
    if (names != NULL)
        closedir(names);
}

static int count_in(const char *folder)
{
    DIR *names = opendir(folder);
    struct dirent *entry;
    int count = 0;
    while (names != NULL && (entry = readdir(names)) != NULL)
        count += entry->d_name[0] != '.';
    if (names != NULL)
        closedir(names);
    return count;
}

/* Makes the file with its old name the only file in both directories. */
static void begin(mode_t mode)
{
    struct timespec times[2] = {{TIME, 111222333}, {TIME + 1, 444555666}};
    remove_all(old_folder);
    remove_all(elsewhere);
    put_file(old_name, bytes, SIZE);
    CHECK_EQ(chmod(old_name, mode), 0);
    CHECK_EQ(utimensat(AT_FDCWD, old_name, times, 0), 0);
}

/* Returns the size of a file that begins with the right bytes, -1 if it does not exist, or -2 if it has other
 * contents. */
static long right_bytes(const char *name)
{
    struct stat status;
    long size;
    if (lstat(name, &status) != 0)
        return -1;
    if (!S_ISREG(status.st_mode))
        return -2;
    size = (long)get_file(name, room, sizeof room);
    return memcmp(room, bytes, size < SIZE ? (size_t)size : (size_t)SIZE) == 0 ? size : -2;
}

static UINT move(void)
{
    return mmioRenameA((LPSTR)old_name, fresh, NULL, 0);
}

/* At each system call: a file under the new name is complete, and got that name only after it was forced to the
 * disk; an incomplete copy is private. */
static int forced;

static void check_names(int nr)
{
    DIR *names = opendir(elsewhere);
    struct dirent *entry;
    struct stat status;
    char name[400];
    while (names != NULL && (entry = readdir(names)) != NULL) {
        snprintf(name, sizeof name, "%s/%s", elsewhere, entry->d_name);
        if (entry->d_name[0] == '.' || lstat(name, &status) != 0)
            continue;
        CHECK((status.st_mode & 07777) == 0600 || (status.st_size >= SIZE && forced >= 1));
        if (strcmp(name, fresh) == 0)
            CHECK(status.st_size >= SIZE && forced >= 2);
    }
    if (names != NULL)
        closedir(names);
    CHECK(right_bytes(old_name) >= SIZE || (right_bytes(fresh) == SIZE && forced >= 3));
    forced += nr == SYS_fsync || nr == SYS_fdatasync || nr == SYS_syncfs;
}

static void is_as_before(void)
{
    CHECK_EQ(right_bytes(old_name), SIZE);
    CHECK_EQ(count_in(old_folder), 1);
    CHECK_EQ(count_in(elsewhere), 0);
}

static void is_moved(void)
{
    CHECK_EQ(right_bytes(fresh), SIZE);
    CHECK_EQ(count_in(old_folder), 0);
    CHECK_EQ(count_in(elsewhere), 1);
}

/* The access time is not checked: reading the file changes it. */
static void has_attributes(mode_t mode)
{
    struct stat status;
    CHECK_EQ(lstat(fresh, &status), 0);
    CHECK_EQ(status.st_mode & 07777, mode);
    CHECK_EQ(status.st_mtim.tv_sec, TIME + 1);
    CHECK_EQ(status.st_mtim.tv_nsec, 444555666);
}

/* The error that a system call is made to fail with. */
static int error;

static struct stopped run(int (*before)(long count, int nr), void (*check)(int nr), int *status)
{
    struct stops with;
    with.run = move;
    with.check = check;
    with.before = before;
    forced = 0;
    return run_stopped(with, status);
}

/* Creates a directory on another file system than the current one. Returns 0 if there is none. */
static int find_elsewhere(void)
{
    static const char *const folders[] = {"/dev/shm", "/tmp", "/var/tmp", "/run"};
    struct stat here, there;
    int i;
    if (stat(".", &here) != 0)
        return 0;
    for (i = 0; i < 4; i++) {
        snprintf(elsewhere, sizeof elsewhere, "%s/mmsystem-XXXXXX", folders[i]);
        if (stat(folders[i], &there) == 0 && there.st_dev != here.st_dev && mkdtemp(elsewhere) != NULL)
            return 1;
    }
    elsewhere[0] = '\0';
    return 0;
}

static int report_moves(void)
{
    remove_all(elsewhere);
    CHECK_EQ(rmdir(elsewhere), 0);
    return report();
}

/* Returns whether there is another file system, and system calls can be intercepted. */
static int can_move(void)
{
    int i;
    if (!find_elsewhere() || !can_stop()) {
        printf("skipped: moves to another file system, as %s\n",
               elsewhere[0] == '\0' ? "there is no other" : "system calls cannot be intercepted here");
        if (elsewhere[0] != '\0')
            rmdir(elsewhere);
        return 0;
    }
    snprintf(fresh, sizeof fresh, "%s/fresh", elsewhere);
    for (i = 0; i < SIZE; i++)
        bytes[i] = (char)(i * 7 + i / 256);
    CHECK_EQ(mkdir(old_folder, 0700), 0);
    return 1;
}

#endif
#endif /* MOVING_H */
