/* Share modes: every access and mode of a first opener against every one of a second, in one process, in two, and
 * after the first was killed. Prints the table of docs/sharing.md: rows are the first opener, columns the second, X
 * is refused.
 *
 * Shows docs/contract.md, 2. Names and opening: "Sharing", "EXCLUSIVE", "DENYWRITE", "COMPAT denies nothing".
 * Shows docs/sharing.md, Share modes: "MMIOERR_SHARINGVIOLATION".
 * Shows docs/sharing.md, After a fork: "ends at once, even if children are still running".
 * Shows docs/differences.md, Names and opening: "The program's own locks on a file", "is not truncated". */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 600
#endif

#include "check.h"
#include "ways.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

static char name[] = "shared";
static const char *const access_names[] = {"R ", "W ", "RW"};
static const char *const mode_names[] = {"compat", "exclusive", "denywrite", "denyread", "denynone"};
static const char *const short_names[] = {"com", "exc", "dwr", "drd", "non"};

/* Opens as the second, and returns whether it was refused. */
static int second_is_refused(int way)
{
    UINT error;
    HMMIO file = open_way(name, way, &error);
    if (file == NULL) {
        CHECK_EQ(error, MMIOERR_SHARINGVIOLATION);
        return 1;
    }
    CHECK_EQ(mmioClose(file, 0), 0);
    return 0;
}

static void print_head(void)
{
    int i;
    printf("%-14s", "");
    for (i = 0; i < WAYS; i++)
        printf(" %s %s", access_names[i / 5], short_names[i % 5]);
    printf("\n");
}

static void in_one_process_the_matrix_holds(void)
{
    int first, second;
    print_head();
    for (first = 0; first < WAYS; first++) {
        UINT error;
        HMMIO file = open_way(name, first, &error);
        CHECK(file != NULL);
        printf("%s %-11s", access_names[first / 5], mode_names[first % 5]);
        for (second = 0; second < WAYS; second++) {
            int refused = second_is_refused(second);
            printf(" %6s", refused ? "X" : ".");
            CHECK_EQ(refused, conflict(first, second));
        }
        printf("\n");
        CHECK_EQ(mmioClose(file, 0), 0);
        for (second = 0; second < WAYS; second++)
            CHECK_EQ(second_is_refused(second), 0);
    }
}

/* Forks a process that holds the file open until it is killed. */
static pid_t hold_in_a_child(int way)
{
    int ready[2];
    char byte = 0;
    pid_t child;
    CHECK_EQ(pipe(ready), 0);
    fflush(stdout);
    child = fork();
    if (child == 0) {
        UINT error;
        byte = open_way(name, way, &error) != NULL;
        if (write(ready[1], &byte, 1) == 1)
            for (;;)
                pause();
        _exit(1);
    }
    CHECK(child > 0);
    CHECK_EQ(read(ready[0], &byte, 1), 1);
    CHECK_EQ(byte, 1);
    close(ready[0]);
    close(ready[1]);
    return child;
}

static void across_processes_the_matrix_holds_until_the_first_is_killed(void)
{
    int first, second;
    for (first = 0; first < WAYS; first++) {
        int status;
        pid_t child = hold_in_a_child(first);
        for (second = 0; second < WAYS; second++)
            CHECK_EQ(second_is_refused(second), conflict(first, second));
        CHECK_EQ(kill(child, SIGKILL), 0);
        CHECK_EQ(waitpid(child, &status, 0), child);
        for (second = 0; second < WAYS; second++)
            CHECK_EQ(second_is_refused(second), 0);
    }
}

/* Compatible openers always succeed, however many open at the same time, and openers that are refused meanwhile do
 * not disturb them. */
static void compatible_openers_never_refuse_each_other(void)
{
    pid_t children[8];
    UINT error;
    HMMIO writer = open_way(name, 5 + 4, &error); /* Writes, denies nothing. */
    int i, status;
    CHECK(writer != NULL);
    fflush(stdout);
    for (i = 0; i < 8; i++) {
        children[i] = fork();
        if (children[i] == 0) {
            /* Half of them must fail, because they deny writing. The others must not. */
            int round, wrong = 0;
            for (round = 0; round < 200; round++) {
                HMMIO file = open_way(name, i % 2 ? 2 : 4, &error);
                wrong += (file == NULL) != (i % 2);
                if (file != NULL)
                    mmioClose(file, 0);
            }
            _exit(wrong > 100 ? 100 : wrong);
        }
    }
    for (i = 0; i < 8; i++) {
        CHECK_EQ(waitpid(children[i], &status, 0), children[i]);
        CHECK(WIFEXITED(status));
        CHECK_EQ(WEXITSTATUS(status), 0);
    }
    CHECK_EQ(mmioClose(writer, 0), 0);
}

static void a_refused_create_does_not_truncate(void)
{
    char bytes[8];
    UINT error;
    MMIOINFO info;
    HMMIO reader = open_way(name, 2, &error);
    memset(&info, 0, sizeof info);
    CHECK(mmioOpen(name, &info, MMIO_CREATE) == NULL);
    CHECK_EQ(info.wErrorRet, MMIOERR_SHARINGVIOLATION);
    CHECK_EQ(mmioClose(reader, 0), 0);
    CHECK_EQ(get_file(name, bytes, sizeof bytes), 5);
    CHECK_BYTES(bytes, "bytes", 5);
}

/* Returns whether another process sees a lock on the first bytes. */
static int is_locked_for_others(void)
{
    int status;
    pid_t child;
    fflush(stdout);
    child = fork();
    if (child == 0) {
        struct flock lock;
        int fd = open(name, O_RDWR);
        memset(&lock, 0, sizeof lock);
        lock.l_type = F_WRLCK;
        lock.l_whence = SEEK_SET;
        lock.l_len = 5;
        _exit(fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK ? 7 : 0);
    }
    CHECK_EQ(waitpid(child, &status, 0), child);
    return WEXITSTATUS(status) == 7;
}

/* A closed file has no share mode, although a child that was forked meanwhile still has the descriptor. */
static void a_forked_child_does_not_keep_the_share_mode_of_a_closed_file(void)
{
    UINT error;
    HMMIO file = open_way(name, 10 + 1, &error); /* Reads and writes, denies both. */
    pid_t child;
    int status;
    CHECK(file != NULL);
    fflush(stdout);
    child = fork();
    if (child == 0)
        for (;;)
            pause();
    CHECK_EQ(second_is_refused(0), 1);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(second_is_refused(11), 0);
    CHECK_EQ(kill(child, SIGKILL), 0);
    CHECK_EQ(waitpid(child, &status, 0), child);
}

/* If a child closes its copy, the parent keeps the share mode. */
static void a_forked_child_does_not_end_the_share_mode_of_its_parent(void)
{
    UINT error;
    HMMIO file = open_way(name, 10 + 1, &error);
    pid_t child;
    int status;
    fflush(stdout);
    child = fork();
    if (child == 0)
        _exit(mmioClose(file, 0) != 0);
    CHECK_EQ(waitpid(child, &status, 0), child);
    CHECK_EQ(status, 0);
    CHECK_EQ(second_is_refused(0), 1);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(second_is_refused(0), 0);
}

/* The program's own locks are of another kind, and on other bytes. */
static void the_programs_own_locks_are_not_disturbed(void)
{
    struct flock lock;
    UINT error;
    int fd = open(name, O_RDWR);
    HMMIO file = open_way(name, 5 + 5 + 1, &error); /* Reads and writes, denies both. */
    CHECK(file != NULL);
    memset(&lock, 0, sizeof lock);
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    lock.l_len = 1 << 20;
    CHECK_EQ(fcntl(fd, F_SETLK, &lock), 0);
    CHECK_EQ(mmioWrite(file, "BYTES", 5), 5);
    CHECK_EQ(mmioFlush(file, 0), 0);
    CHECK(is_locked_for_others());
    /* POSIX: closing any descriptor of the file releases the locks of the process. The library cannot prevent it. */
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(close(fd), 0);
}

int main(void)
{
    put_file(name, "bytes", 5);
    in_one_process_the_matrix_holds();
    across_processes_the_matrix_holds_until_the_first_is_killed();
    compatible_openers_never_refuse_each_other();
    a_refused_create_does_not_truncate();
    the_programs_own_locks_are_not_disturbed();
    a_forked_child_does_not_keep_the_share_mode_of_a_closed_file();
    a_forked_child_does_not_end_the_share_mode_of_its_parent();
    return report();
}
