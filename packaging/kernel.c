/*
 * kernel NUMBER [no-ofd] COMMAND...: runs a command as on a Linux that has no system call with a higher number: each fails with
 * ENOSYS. With no-ofd, the locks of open file descriptions, which Linux 3.15 brought, fail with EINVAL.
 *
 * On x86_64 the last call of Linux 3.2, the oldest that glibc 2.26 and later and Rust's standard library run on, is 311. The
 * library calls renameat2 (316), getrandom (318) and membarrier (324); Rust's standard library calls statx (332), and others
 * might call openat2 (437).
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define RETURN(what) BPF_STMT(BPF_RET | BPF_K, (what))

int main(int argc, char **argv)
{
    if (argc < 3)
        return fprintf(stderr, "kernel NUMBER [no-ofd] COMMAND...\n"), 2;
    unsigned last = (unsigned)strtoul(argv[1], NULL, 10);
    char **command = argv + 2;
    int no_ofd = strcmp(*command, "no-ofd") == 0;
    command += no_ofd;

    /* The numbers of the commands of fcntl follow each other. */
    unsigned first_ofd = no_ofd ? F_OFD_GETLK : ~0U, last_ofd = no_ofd ? F_OFD_SETLKW : 0;
    struct sock_filter filter[] = {
        LOAD(arch),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_X86_64, 1, 0),
        RETURN(SECCOMP_RET_KILL_PROCESS),
        LOAD(nr),
        BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, last, 0, 1),
        RETURN(SECCOMP_RET_ERRNO | ENOSYS),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_fcntl, 0, 4),
        LOAD(args[1]),
        BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, first_ofd, 0, 2),
        BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, last_ofd, 1, 0),
        RETURN(SECCOMP_RET_ERRNO | EINVAL),
        RETURN(SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof filter / sizeof *filter, filter};
    /* The first is a condition of the second. */
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
        return perror("seccomp"), 125;
    if (syscall(SYS_membarrier, 0, 0, 0) != -1 || errno != ENOSYS) {
        fprintf(stderr, "the filter has no effect\n");
        return 125;
    }
    execvp(*command, command);
    return perror(*command), 126;
}
