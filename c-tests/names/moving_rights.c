/* mmioRename to another file system: the attributes of a file are kept where possible, and nobody gets additional
 * rights where they are not.
 *
 * Shows docs/differences.md, Names and opening: "owner, group, extended attributes", "set-user-ID".
 * Shows docs/differences.md, Names and opening: "access control list".
 * Shows docs/differences.md, Names and opening: "rename without overwriting", "the new name is an empty file".
 * Shows docs/differences.md, Names and opening: "forced to the disk". */
#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE
#endif
#include "moving.h"

#ifdef CAN_STOP
#include <sys/xattr.h>

/* The names of the system calls where user numbers have 32 bits. */
#ifdef SYS_fchown32
#define CALL_FCHOWN SYS_fchown32
#else
#define CALL_FCHOWN SYS_fchown
#endif
#ifdef SYS_utimensat_time64
#define CALL_UTIMENSAT SYS_utimensat_time64
#else
#define CALL_UTIMENSAT SYS_utimensat
#endif

/* The system calls that fail. */
static const int *refused;

static int refuse(long count, int nr)
{
    int i;
    (void)count;
    for (i = 0; refused[i] != 0; i++)
        if (nr == refused[i])
            return error;
    return 0;
}

static void times_are_kept(void)
{
    struct stat status;
    begin(MODE);
    CHECK_EQ(move(), 0);
    CHECK_EQ(lstat(fresh, &status), 0);
    CHECK_EQ(status.st_atim.tv_sec, TIME);
    CHECK_EQ(status.st_atim.tv_nsec, 111222333);
    has_attributes(MODE);
}

/* A file system without owners, permissions, times and attributes, or where they cannot be changed. */
static void without_attributes(int its_error)
{
    static const int calls[] = {SYS_fchmod, CALL_FCHOWN, CALL_UTIMENSAT, SYS_fsetxattr, SYS_fremovexattr, 0};
    int status;
    refused = calls, error = its_error;
    begin(0755);
    CHECK_EQ(run(refuse, check_names, &status).returned, 0);
    is_moved();
}

/* A file system that cannot rename without overwriting. */
static void by_a_link(void)
{
    static const int calls[] = {SYS_renameat2, 0};
    int status;
    error = EINVAL, refused = calls;
    begin(MODE);
    CHECK_EQ(run(refuse, check_names, &status).returned, 0);
    is_moved();
    has_attributes(MODE);
}

/* Another program replaces the link after it is made and before the name of the copy is removed. */
static int put_over_the_link(long count, int nr)
{
    static int removals;
    char spare[80];
    (void)count;
    if (nr == SYS_renameat2)
        return EINVAL;
    if (nr != SYS_unlinkat || removals++ > 0)
        return 0;
    snprintf(spare, sizeof spare, "%s/spare", elsewhere);
    put_file(spare, "other", 5);
    CHECK_EQ(rename(spare, fresh), 0);
    return EIO;
}

static void a_file_that_replaces_the_link_stays(void)
{
    int status;
    begin(MODE);
    CHECK(run(put_over_the_link, NULL, &status).returned != 0);
    CHECK_EQ(right_bytes(old_name), SIZE);
    CHECK_EQ(right_bytes(fresh), -2);
    CHECK_EQ(count_in(elsewhere), 1);
}

/* A file system that has no links either: the new name is an empty file first. */
#ifdef SYS_renameat
static void by_an_empty_file(void)
{
    static const int calls[] = {SYS_renameat2, SYS_linkat, 0}, all_calls[] = {SYS_renameat2, SYS_linkat, SYS_renameat, 0};
    int status;
    error = ENOSYS, refused = calls;
    begin(MODE);
    CHECK_EQ(run(refuse, NULL, &status).returned, 0);
    is_moved();
    has_attributes(MODE);
    begin(MODE);
    put_file(fresh, "there", 5);
    CHECK_EQ(run(refuse, NULL, &status).returned, MMIOERR_ACCESSDENIED);
    CHECK_EQ(get_file(fresh, room, sizeof room), 5);
    refused = all_calls;
    begin(MODE);
    CHECK(run(refuse, NULL, &status).returned != 0);
    is_as_before();
}
#else
static void by_an_empty_file(void)
{
}
#endif

/* A directory that may not be read, so that its names cannot be forced to the disk: all of its file system is
 * forced. */
static int has_syncfs, renames;

static int refuse_the_folder(long count, int nr)
{
    (void)count;
    if (nr == SYS_syncfs && !has_syncfs) {
        /* check_names counted the call as successful. */
        forced--;
        return ENOSYS;
    }
    renames += nr == SYS_renameat2;
    return nr == SYS_openat && renames == 2 ? EACCES : 0;
}

static void in_a_folder_that_may_not_be_read(void)
{
    int status;
    for (has_syncfs = 0; has_syncfs < 2; has_syncfs++) {
        begin(MODE);
        CHECK_EQ(run(refuse_the_folder, check_names, &status).returned, 0);
        is_moved();
        has_attributes(MODE);
    }
}

/* Where the owner cannot be kept, nobody else gets additional rights. Needs root, to give files away. */
static void owners(void)
{
    static const int calls[] = {CALL_FCHOWN, 0};
    static const struct {
        mode_t mode, kept;
    } modes[] = {{06755, 0755}, {0640, 0600}, {0664, 0644}, {0604, 0600}, {04700, 0700}};
    struct stat there;
    int i, status;
    if (geteuid() != 0) {
        printf("skipped: owners of moved files, which need root\n");
        return;
    }
    for (i = 0; i < 5; i++) {
        begin(MODE);
        CHECK_EQ(chown(old_name, 65534, 65533), 0);
        CHECK_EQ(chmod(old_name, modes[i].mode), 0);
        CHECK_EQ(run(NULL, check_names, &status).returned, 0);
        CHECK_EQ(stat(fresh, &there), 0);
        CHECK(there.st_uid == 65534 && there.st_gid == 65533);
        has_attributes(modes[i].mode);
        begin(MODE);
        CHECK_EQ(chown(old_name, 65534, 65533), 0);
        CHECK_EQ(chmod(old_name, modes[i].mode), 0);
        refused = calls, error = EPERM;
        CHECK_EQ(run(refuse, check_names, &status).returned, 0);
        CHECK_EQ(stat(fresh, &there), 0);
        CHECK(there.st_uid == geteuid());
        has_attributes(modes[i].kept);
    }
}

/* Extended attributes are kept. An access control list is kept, and without it nobody gets more rights than it gave.
 * The default list of a directory is not one of the file. */
static void attributes(void)
{
    static const int calls[] = {SYS_fsetxattr, 0};
    static const char list[] = "system.posix_acl_access", by_default[] = "system.posix_acl_default";
    /* The owner rw, the user 12345 rw, the group none, mask rw, others none. */
    static const unsigned char acl[] = {2, 0, 0, 0, 1, 0, 6, 0, 255, 255, 255, 255, 2, 0, 6, 0, 57, 48, 0, 0, 4, 0, 0, 0,
                                        255, 255, 255, 255, 16, 0, 6, 0, 255, 255, 255, 255, 32, 0, 0, 0, 255, 255, 255, 255};
    static const int no_room[] = {ENOSPC, EDQUOT, E2BIG, ERANGE};
    struct stat there;
    char value[100];
    int i, status;
    begin(MODE);
    if (setxattr(old_name, "user.note", "text", 4, 0) != 0 || setxattr(elsewhere, "user.note", "text", 4, 0) != 0) {
        printf("skipped: extended attributes, which one of the file systems does not support\n");
    } else {
        CHECK_EQ(move(), 0);
        CHECK_EQ(getxattr(fresh, "user.note", value, sizeof value), 4);
        CHECK_BYTES(value, "text", 4);
        /* None is lost because there is no space for it. */
        for (i = 0; i < 4; i++) {
            begin(MODE);
            CHECK_EQ(setxattr(old_name, "user.note", "text", 4, 0), 0);
            refused = calls, error = no_room[i];
            CHECK(run(refuse, check_names, &status).returned != 0);
            is_as_before();
        }
    }
    begin(MODE);
    if (setxattr(old_name, list, acl, sizeof acl, 0) != 0 || setxattr(elsewhere, by_default, acl, sizeof acl, 0) != 0) {
        printf("skipped: access control lists, which one of the file systems does not support\n");
        return;
    }
    CHECK_EQ(move(), 0);
    CHECK_EQ(getxattr(fresh, list, value, sizeof value), sizeof acl);
    CHECK_BYTES(value, acl, sizeof acl);
    has_attributes(0660);
    begin(0660);
    CHECK_EQ(setxattr(old_name, list, acl, sizeof acl, 0), 0);
    refused = calls, error = EOPNOTSUPP;
    CHECK_EQ(run(refuse, check_names, &status).returned, 0);
    CHECK_EQ(stat(fresh, &there), 0);
    has_attributes(0600);
    begin(0660);
    CHECK_EQ(move(), 0);
    CHECK(getxattr(fresh, list, value, sizeof value) < 0);
    has_attributes(0660);
    CHECK_EQ(removexattr(elsewhere, by_default), 0);
}

int main(void)
{
    if (!can_move())
        return 0;
    times_are_kept();
    without_attributes(EPERM);
    without_attributes(EOPNOTSUPP);
    by_a_link();
    a_file_that_replaces_the_link_stays();
    by_an_empty_file();
    in_a_folder_that_may_not_be_read();
    owners();
    attributes();
    return report_moves();
}

#else

int main(void)
{
    printf("skipped: moves to another file system, as system calls cannot be intercepted here\n");
    return 0;
}
#endif
