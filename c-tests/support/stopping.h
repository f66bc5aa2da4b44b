/* stopping.h: intercepts each system call of a function. Before the call, the test can check files, make the call
 * fail, end the process, or do anything else. The function runs in a thread of a forked child, and its system calls
 * wait for the first thread of that child (seccomp(2)). */
#ifndef STOPPING_H
#define STOPPING_H

#include <stdio.h>

#ifdef __linux__
#include "check.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#endif

#if defined(__linux__) && defined(SECCOMP_USER_NOTIF_FLAG_CONTINUE) && defined(SYS_seccomp)
#define CAN_STOP 1

/* What to do at the system calls, which `run_stopped` counts from 1. */
struct stops {
    UINT (*run)(void);
    /* Called before each system call, to check what exists. NULL for nothing. */
    void (*check)(int nr);
    /* Returns the error that the call is to fail with, or 0. May end the process. */
    int (*before)(long count, int nr);
};

/* What the child reports. */
struct stopped {
    long calls, start, removal; /* Number of calls; the first that renames; the last that removes a name. */
    UINT returned;
    int done, failed;
};

static struct stops stops;
static struct stopped *stopped;
static sem_t stops_begin;
static int stops_listener;

/* System calls that a thread makes on its own account are not intercepted. */
static const int not_stopped[] = {
    SYS_exit, SYS_exit_group, SYS_munmap, SYS_mprotect, SYS_brk, SYS_madvise, SYS_rt_sigprocmask, SYS_sigaltstack,
    SYS_sched_yield, SYS_gettid,
#ifdef SYS_mmap
    SYS_mmap,
#endif
#ifdef SYS_mmap2
    SYS_mmap2,
#endif
#ifdef SYS_futex
    SYS_futex,
#endif
#ifdef SYS_futex_time64
    SYS_futex_time64,
#endif
};

enum { NOT_STOPPED = sizeof not_stopped / sizeof not_stopped[0] };

static struct sock_filter filter_line(int code, unsigned k, int no)
{
    struct sock_filter line;
    line.code = (unsigned short)code;
    line.jt = 0;
    line.jf = (unsigned char)no;
    line.k = k;
    return line;
}

/* Intercepts the system calls of this thread from now on. Returns the descriptor that reports them, or -1. */
static int wait_at_calls(void)
{
    struct sock_filter lines[2 * NOT_STOPPED + 2];
    struct sock_fprog program;
    int i, n = 0;
    lines[n++] = filter_line(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr), 0);
    for (i = 0; i < NOT_STOPPED; i++) {
        lines[n++] = filter_line(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)not_stopped[i], 1);
        lines[n++] = filter_line(BPF_RET | BPF_K, SECCOMP_RET_ALLOW, 0);
    }
    lines[n++] = filter_line(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF, 0);
    program.len = (unsigned short)n;
    program.filter = lines;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return -1;
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
}

static void *run_and_report(void *unused)
{
    (void)unused;
    stops_listener = wait_at_calls();
    sem_post(&stops_begin);
    if (stops_listener >= 0) {
        stopped->returned = stops.run();
        /* Reports the end of the function: stop_at_each returns at this call. */
        getppid();
    }
    return NULL;
}

/* A system call, because C libraries differ in the type of the request of ioctl. */
static int control(unsigned long request, void *argument)
{
    return (int)syscall(SYS_ioctl, stops_listener, request, argument);
}

static void stop_at_each(void)
{
    struct seccomp_notif call;
    struct seccomp_notif_resp response;
    for (;;) {
        memset(&call, 0, sizeof call);
        memset(&response, 0, sizeof response);
        if (control(SECCOMP_IOCTL_NOTIF_RECV, &call) != 0) {
            CHECK_EQ(errno, EINTR);
            continue;
        }
        if (stops.check != NULL)
            stops.check(call.data.nr);
        stopped->done = checks_done;
        stopped->failed = checks_failed;
        if (checks_failed > 0)
            fflush(stdout);
        if (call.data.nr == SYS_getppid)
            return;
        stopped->calls++;
        if (call.data.nr == SYS_renameat2 && stopped->start == 0)
            stopped->start = stopped->calls;
        if (call.data.nr == SYS_unlinkat)
            stopped->removal = stopped->calls;
        response.id = call.id;
        response.error = stops.before == NULL ? 0 : -stops.before(stopped->calls, call.data.nr);
        response.flags = response.error == 0 ? SECCOMP_USER_NOTIF_FLAG_CONTINUE : 0;
        control(SECCOMP_IOCTL_NOTIF_SEND, &response);
    }
}

/* Returns whether system calls can be intercepted on this system. */
static int can_stop(void)
{
    pid_t child;
    int status = 1;
    fflush(stdout);
    child = fork();
    if (child == 0)
        _exit(wait_at_calls() < 0);
    return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

/* Runs the function in a child. Returns what the child reported, and in `status` how it ended. */
static struct stopped run_stopped(struct stops with, int *status)
{
    pid_t child;
    pthread_t thread;
    if (stopped == NULL)
        stopped = (struct stopped *)mmap(NULL, sizeof *stopped, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    memset(stopped, 0, sizeof *stopped);
    stops = with;
    fflush(stdout);
    child = fork();
    if (child == 0) {
        checks_done = checks_failed = 0;
        if (sem_init(&stops_begin, 0, 0) != 0 || pthread_create(&thread, NULL, run_and_report, NULL) != 0)
            _exit(2);
        while (sem_wait(&stops_begin) != 0)
            ;
        if (stops_listener < 0)
            _exit(3);
        stop_at_each();
        _exit(0);
    }
    CHECK_EQ(waitpid(child, status, 0), child);
    checks_done += stopped->done;
    checks_failed += stopped->failed;
    return *stopped;
}

#endif
#endif /* STOPPING_H */
