/* mmioRename to another file system: whichever of its system calls fails, at whichever the process is killed, and
 * whatever another program puts in place of the file meanwhile, one of the two names has the whole file, the
 * incomplete copy is private, and nothing is left over.
 *
 * Shows docs/contract.md, 5. I/O procedures and messages: "To another file system it moves regular files only".
 * Shows docs/contract.md, 5. I/O procedures and messages: "SIGKILL".
 * Shows docs/differences.md, Names and opening: "A move to another file system", "MMIOERR_SHARINGVIOLATION". */
#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE
#endif
#include "moving.h"

#ifdef CAN_STOP

static int is_there(const char *name)
{
    struct stat status;
    return lstat(name, &status) == 0;
}

/* The number of the system call at which it happens, and what happens. */
static long at;
static int from_then_on;
static void (*attack)(void);

static int fail(long count, int nr)
{
    (void)nr;
    return count == at || (from_then_on && count > at) ? error : 0;
}

static int end(long count, int nr)
{
    (void)nr;
    if (count == at)
        kill(getpid(), SIGKILL);
    return 0;
}

static int put_something_else(long count, int nr)
{
    (void)nr;
    if (count == at)
        attack();
    return 0;
}

/* Without a fault. */
static struct stopped it_moves(void)
{
    struct stopped all;
    int status;
    begin(MODE);
    all = run(NULL, check_names, &status);
    CHECK_EQ(status, 0);
    CHECK_EQ(all.returned, 0);
    CHECK(all.start > 0 && all.removal > all.start);
    is_moved();
    has_attributes(MODE);
    printf("%ld system calls\n", all.calls - all.start + 1);
    return all;
}

static void each_call_fails(struct stopped all)
{
    static const int errors[] = {EIO, EINTR, EINVAL};
    struct stopped result;
    int i, status;
    for (i = 0; i < 3; i++) {
        error = errors[i];
        for (at = all.start; at <= all.calls; at++) {
            begin(MODE);
            result = run(fail, check_names, &status);
            CHECK_EQ(status, 0);
            if (result.returned == 0)
                is_moved();
            else
                is_as_before();
        }
    }
    /* The same with all later calls failing too. The copy may then remain. */
    error = EIO, from_then_on = 1;
    for (at = all.start; at <= all.calls; at++) {
        begin(MODE);
        result = run(fail, check_names, &status);
        CHECK_EQ(status, 0);
        CHECK_EQ(right_bytes(result.returned == 0 ? fresh : old_name), SIZE);
    }
    from_then_on = 0;
}

static void it_is_killed_at_each_call(struct stopped all)
{
    int status;
    for (at = all.start; at <= all.calls; at++) {
        begin(MODE);
        run(end, check_names, &status);
        CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
        CHECK(right_bytes(old_name) == SIZE || right_bytes(fresh) == SIZE);
        CHECK(!is_there(fresh) || right_bytes(fresh) == SIZE);
    }
}

static void put_a_link(void)
{
    CHECK_EQ(symlink("../secret", "link"), 0);
    CHECK_EQ(rename("link", old_name), 0);
}

static void put_a_pipe(void)
{
    CHECK_EQ(mkfifo("pipe", 0600), 0);
    CHECK_EQ(rename("pipe", old_name), 0);
}

static void put_a_file(void)
{
    put_file("other", "other", 5);
    CHECK_EQ(rename("other", old_name), 0);
}

static void write_more(void)
{
    FILE *file = fopen(old_name, "ab");
    CHECK(file != NULL && fwrite("+", 1, 1, file) == 1 && fclose(file) == 0);
}

static void remove_it(void)
{
    unlink(old_name);
}

/* The move fails and the other file stays, or the move was already over: it ends with the call that removes the old
 * name. */
static void a_replaced_file_is_not_lost(void (*put)(void), struct stopped all, mode_t type, long size)
{
    struct stat status_there;
    struct stopped result;
    int status;
    attack = put;
    for (at = all.start; at <= all.removal; at++) {
        begin(MODE);
        result = run(put_something_else, NULL, &status);
        CHECK_EQ(status, 0);
        if (result.returned == 0 && at < all.removal)
            /* The other file was there before the move began. */
            CHECK(put == put_a_file ? right_bytes(fresh) == -2 : put == write_more && right_bytes(fresh) == SIZE + 1);
        else if (result.returned == 0)
            CHECK_EQ(right_bytes(fresh), SIZE);
        else {
            CHECK(!is_there(fresh));
            CHECK_EQ(is_there(old_name), type != 0);
            if (lstat(old_name, &status_there) == 0) {
                CHECK_EQ(status_there.st_mode & S_IFMT, type);
                CHECK(size < 0 || status_there.st_size == size);
            }
        }
        CHECK_EQ(count_in(elsewhere), result.returned == 0);
    }
}

/* Finds the incomplete copy: a file in `elsewhere` that does not have the new name. Returns 0 if there is none. */
static int find_copy(char *name, size_t size)
{
    DIR *names = opendir(elsewhere);
    struct dirent *entry;
    int found = 0;
    while (names != NULL && (entry = readdir(names)) != NULL)
        if (strncmp(entry->d_name, "mm", 2) == 0) {
            snprintf(name, size, "%s/%s", elsewhere, entry->d_name);
            found = 1;
        }
    if (names != NULL)
        closedir(names);
    return found;
}

static void put_over(const char *name)
{
    char spare[80];
    snprintf(spare, sizeof spare, "%s/spare", elsewhere);
    put_file(spare, "other", 5);
    CHECK_EQ(rename(spare, name), 0);
    put_file("put", "", 0);
}

static void put_over_the_copy(void)
{
    char name[400];
    if (find_copy(name, sizeof name))
        put_over(name);
}

static void put_over_the_new_name(void)
{
    if (is_there(fresh))
        put_over(fresh);
}

static int put_and_fail(long count, int nr)
{
    put_something_else(count, nr);
    return count == at + 1 ? EIO : 0;
}

/* The move fails, the old name still has the file, and the other file stays, whether or not the next system call
 * fails too. The last check of the new name precedes two of the old one. */
static void a_replaced_copy_is_a_sharing_violation(void (*put)(void), struct stopped all)
{
    char name[400];
    struct stopped result;
    int fails, status, times = 0;
    attack = put;
    for (fails = 0; fails < 2; fails++)
        for (at = all.start; at <= all.removal - 3; at++) {
            unlink("put");
            begin(MODE);
            result = run(fails ? put_and_fail : put_something_else, NULL, &status);
            CHECK_EQ(status, 0);
            if (is_there("put")) {
                times++;
                CHECK(fails ? result.returned != 0 : result.returned == MMIOERR_SHARINGVIOLATION);
                CHECK_EQ(right_bytes(old_name), SIZE);
                CHECK_EQ(count_in(elsewhere), 1);
                CHECK_EQ(right_bytes(find_copy(name, sizeof name) ? name : fresh), -2);
            } else if (result.returned == 0)
                is_moved();
            else
                is_as_before();
        }
    CHECK(times > 1);
}

static char second[80];
static pthread_barrier_t both;

static void *move_to_the_second(void *returned)
{
    pthread_barrier_wait(&both);
    *(UINT *)returned = mmioRenameA((LPSTR)old_name, second, NULL, 0);
    return NULL;
}

/* Of two threads that move the same file at the same time, one succeeds. */
static void two_at_once(void)
{
    pthread_t thread;
    UINT one, other;
    int round, first = 0;
    CHECK_EQ(pthread_barrier_init(&both, NULL, 2), 0);
    for (round = 0; round < 30; round++) {
        begin(MODE);
        CHECK_EQ(pthread_create(&thread, NULL, move_to_the_second, &other), 0);
        pthread_barrier_wait(&both);
        one = move();
        CHECK_EQ(pthread_join(thread, NULL), 0);
        CHECK((one == 0) != (other == 0));
        CHECK_EQ(right_bytes(one == 0 ? fresh : second), SIZE);
        CHECK_EQ(count_in(old_folder), 0);
        CHECK_EQ(count_in(elsewhere), 1);
        first += one == 0;
    }
    printf("%d moved by the first of two threads, %d by the second\n", first, round - first);
}

/* Nothing is overwritten, and a new name that exists is detected before anything is copied. */
static void an_existing_file_stays(void)
{
    begin(MODE);
    put_file(fresh, "there", 5);
    CHECK_EQ(move(), MMIOERR_ACCESSDENIED);
    CHECK_EQ(get_file(fresh, room, sizeof room), 5);
    CHECK_EQ(right_bytes(old_name), SIZE);
    CHECK_EQ(unlink(fresh), 0);
    CHECK_EQ(symlink("nothing", fresh), 0);
    CHECK_EQ(move(), MMIOERR_ACCESSDENIED);
    CHECK_EQ(unlink(fresh), 0);
    CHECK_EQ(mkdir(fresh, 0700), 0);
    CHECK_EQ(move(), MMIOERR_ACCESSDENIED);
    CHECK_EQ(rmdir(fresh), 0);
    is_as_before();
}

int main(void)
{
    struct stopped all;
    if (!can_move())
        return 0;
    snprintf(second, sizeof second, "%s/second", elsewhere);
    put_file("secret", "secret", 6);
    an_existing_file_stays();
    two_at_once();
    all = it_moves();
    each_call_fails(all);
    it_is_killed_at_each_call(all);
    a_replaced_file_is_not_lost(put_a_link, all, S_IFLNK, -1);
    a_replaced_file_is_not_lost(put_a_pipe, all, S_IFIFO, -1);
    a_replaced_file_is_not_lost(put_a_file, all, S_IFREG, 5);
    a_replaced_file_is_not_lost(write_more, all, S_IFREG, SIZE + 1);
    a_replaced_file_is_not_lost(remove_it, all, 0, -1);
    a_replaced_copy_is_a_sharing_violation(put_over_the_copy, all);
    a_replaced_copy_is_a_sharing_violation(put_over_the_new_name, all);
    return report_moves();
}

#else

int main(void)
{
    printf("skipped: moves to another file system, as system calls cannot be intercepted here\n");
    return 0;
}
#endif
