/* A failed allocation is an error, wherever it happens. The same calls are made repeatedly, each time with another
 * allocation failing, alone or with all that follow. The call returns the documented error and succeeds when it is
 * repeated with memory. Afterwards no byte and no block is lost. This is tested in one process, and in one process
 * for each allocation, so that allocations that are made once fail too, also with a trace. Under valgrind, whose
 * malloc comes first, nothing fails.
 *
 * Shows docs/contract.md, 2. Names and opening: "no memory OUTOFMEMORY".
 * Shows docs/contract.md, 3. The buffer: "cannot allocate: MMIOERR_OUTOFMEMORY".
 * Shows docs/contract.md, 4. Memory files: "A step for which there is not enough memory", "MMIOERR_CANNOTEXPAND". */
#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE /* setenv */
#endif
#include <stdio.h>

#if defined(__GLIBC__) && !defined(__cplusplus) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#include "forms.h"

#include <errno.h>
#include <mmsystem_ext.h>
#include <sys/wait.h>
#include <unistd.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
extern void __libc_free(void *block);

/* Above 0: allocations until one fails; whether all later ones fail too, and do now; and the number of blocks in
 * use. */
static long countdown, blocks;
static int all_fail, failing;

static int fails(void)
{
    if (!failing && !(countdown > 0 && --countdown == 0))
        return 0;
    failing = all_fail;
    errno = ENOMEM;
    return 1;
}

static void *counted(void *block)
{
    blocks += block != NULL;
    return block;
}

void *malloc(size_t size)
{
    return fails() ? NULL : counted(__libc_malloc(size));
}

void *calloc(size_t count, size_t size)
{
    return fails() ? NULL : counted(__libc_calloc(count, size));
}

void *realloc(void *block, size_t size)
{
    void *moved = fails() ? NULL : __libc_realloc(block, size);
    blocks += block == NULL && moved != NULL;
    return moved;
}

int posix_memalign(void **block, size_t alignment, size_t size)
{
    *block = fails() ? NULL : counted(__libc_memalign(alignment, size));
    return *block == NULL ? ENOMEM : 0;
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return fails() ? NULL : counted(__libc_memalign(alignment, size));
}

void free(void *block)
{
    blocks -= block != NULL;
    __libc_free(block);
}

/* If a call fails for lack of memory, repeats it with memory. It must then succeed. */
#define AGAIN_IF(call, error)                                                                                          \
    do {                                                                                                               \
        MMRESULT first_result = (call);                                                                                \
        if (first_result != 0) {                                                                                       \
            CHECK_EQ(first_result, error);                                                                             \
            failing = 0;                                                                                               \
            CHECK_EQ(call, 0);                                                                                         \
        }                                                                                                              \
    } while (0)
#define AGAIN(call) AGAIN_IF(call, MMIOERR_OUTOFMEMORY)

#define OWN mmioFOURCC('O', 'W', 'N', ' ')

/* Names in one of the three forms. */

static int form;

typedef union {
    char bytes[128];
    DWORD aligned[128];
} name_t;

static name_t spelled(const char *text)
{
    name_t name;
    memset(&name, 0, sizeof name);
    spell(form, text, &name);
    return name;
}

static HMMIO file;

/* Opens `file`. Returns the error. */
static MMRESULT open_file(const char *text, DWORD flags, LONG buffer)
{
    name_t name = spelled(text);
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    info.cchBuffer = buffer;
    file = open_in(form, &name, &info, flags);
    CHECK((file == NULL) == (info.wErrorRet != 0));
    return info.wErrorRet;
}

/* Makes a call that opens no file. If it fails, the name must be unchanged. */
static MMRESULT call_with(name_t *name, DWORD flags)
{
    name_t before = *name;
    MMIOINFO info;
    HMMIO result;
    memset(&info, 0, sizeof info);
    result = open_in(form, name, &info, flags);
    if (flags & MMIO_GETTEMP)
        CHECK((result == NULL) == (info.wErrorRet == 0));
    else
        CHECK((result == NULL) == (info.wErrorRet != 0));
    CHECK(info.wErrorRet == 0 || memcmp(name, &before, sizeof before) == 0);
    return info.wErrorRet;
}

static MMRESULT rename_form(const char *from, const char *to)
{
    return rename_spelled(form, from, to, NULL);
}

/* There is no such file, whether or not there is memory to search for it. */
static void check_not_found(const char *text)
{
    MMRESULT error = open_file(text, MMIO_READ, 0);
    if (error == MMIOERR_OUTOFMEMORY) {
        failing = 0;
        error = open_file(text, MMIO_READ, 0);
    }
    CHECK_EQ(error, MMIOERR_FILENOTFOUND);
}

static void by_names(void)
{
    name_t name = spelled("NO_memory.two");
    AGAIN(open_file(".\\no_memory.one", MMIO_CREATE | MMIO_WRITE, 0));
    CHECK_EQ(mmioClose(file, 0), 0);
    AGAIN(rename_form("Q:\\no_memory.ONE", "no_memory.two"));
    AGAIN(open_file("q:NO_MEMORY.TWO", MMIO_READ, 10));
    CHECK_EQ(mmioClose(file, 0), 0);
    AGAIN(call_with(&name, MMIO_EXIST));
    AGAIN(call_with(&name, MMIO_PARSE));
    check_not_found("no_memory.one");
    check_not_found(".\\no_memory.one");
    name = spelled("no_memory.TWO");
    AGAIN(call_with(&name, MMIO_DELETE));
    name = spelled("./tmp");
    AGAIN(call_with(&name, MMIO_GETTEMP));
    AGAIN(call_with(&name, MMIO_DELETE));
}

/* With a trace there are fewer and larger pieces, because each is traced. */
static int is_traced;

#define WHOLE 20000
static char whole[WHOLE], back[WHOLE + 1];

/* Writes and reads through buffers of several sizes. */
static void use_file(void)
{
    LONG i, piece = is_traced ? 5000 : 100;
    for (i = 0; i < WHOLE; i += piece)
        CHECK_EQ(mmioWrite(file, whole + i, piece), piece);
    AGAIN(mmioSetBuffer(file, NULL, 3000, 0));
    AGAIN(mmsys_set_write_through(file, 1));
    AGAIN(mmsys_set_write_through(file, 0));
    CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
    CHECK_EQ(mmioRead(file, back, 1000), 1000);
    AGAIN(mmioSetBuffer(file, NULL, 7, 0));
    CHECK_EQ(mmioRead(file, back + 1000, WHOLE - 1000), WHOLE - 1000);
    CHECK_BYTES(back, whole, WHOLE);
    CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
    CHECK_EQ(mmioWrite(file, whole, 3), 3);
    AGAIN(mmioFlush(file, MMIO_EMPTYBUF));
    AGAIN(mmioAdvance(file, NULL, MMIO_READ));
    CHECK_EQ(mmioWrite(file, whole + 3, 3), 3);
    AGAIN(mmioClose(file, 0));
}

static void on_the_disk(void)
{
    AGAIN(open_file("no_memory.bin", MMIO_CREATE | MMIO_READWRITE | MMIO_ALLOCBUF, 0));
    use_file();
    failing = 0, countdown = countdown > 0 ? countdown + 1000 : 0;
    CHECK_EQ(get_file("no_memory.bin", back, sizeof back), WHOLE);
    CHECK_BYTES(back, whole, WHOLE);
    countdown = countdown > 0 ? countdown + 1000 : 0;
    remove("no_memory.bin");
}

static MMRESULT open_growing(LONG step)
{
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    info.fccIOProc = FOURCC_MEM;
    info.adwInfo[0] = (DWORD)step;
    file = mmioOpenA(NULL, &info, MMIO_CREATE | MMIO_READWRITE);
    return info.wErrorRet;
}

static void in_memory(void)
{
    MMCKINFO chunk;
    LONG i, done, piece = is_traced ? 5000 : 50;
    AGAIN(open_growing(16));
    for (i = 0; i < WHOLE; i += done) {
        LONG count = piece < WHOLE - i ? piece : WHOLE - i;
        done = mmioWrite(file, whole + i, count);
        if (done != count)
            failing = 0;
    }
    CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
    CHECK_EQ(mmioRead(file, back, WHOLE), WHOLE);
    CHECK_BYTES(back, whole, WHOLE);
    /* At its end the file grows by one step. */
    CHECK_EQ(mmioSeek(file, 0, SEEK_END), WHOLE);
    AGAIN_IF(mmioAdvance(file, NULL, MMIO_WRITE), MMIOERR_CANNOTEXPAND);
    AGAIN(mmioSetBuffer(file, NULL, 40, 0));
    memset(&chunk, 0, sizeof chunk);
    chunk.fccType = mmioFOURCC('W', 'A', 'V', 'E');
    AGAIN_IF(mmioCreateChunk(file, &chunk, MMIO_CREATERIFF), MMIOERR_CANNOTWRITE);
    for (i = 0; i < 100; i += done) {
        done = mmioWrite(file, whole + i, 100 - i);
        if (done != 100 - i)
            failing = 0;
    }
    AGAIN_IF(mmioAscend(file, &chunk, 0), MMIOERR_CANNOTWRITE);
    CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
    CHECK_EQ(mmioDescend(file, &chunk, NULL, MMIO_FINDRIFF), 0);
    CHECK_EQ(chunk.cksize, 104);
    AGAIN(mmioClose(file, 0));
}

/* A procedure whose file is in its own memory. In a message that fills the buffer it may give the file another
 * buffer. */
static char stored[WHOLE];
static int changes;

static LRESULT CALLBACK procedure(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    MMIOINFO *info = (MMIOINFO *)(void *)lpmmioinfo;
    LONG at = info->lDiskOffset, count = (LONG)lParam2;
    switch (uMsg) {
    case MMIOM_READ:
        if (changes > 0) {
            changes = 0;
            AGAIN(mmioSetBuffer(info->hmmio, NULL, 2000, 0));
        }
        count = count < WHOLE - at ? count : WHOLE - at;
        memcpy((char *)lParam1, stored + at, (size_t)count);
        break;
    case MMIOM_WRITE:
    case MMIOM_WRITEFLUSH:
        memcpy(stored + at, (char *)lParam1, (size_t)count);
        break;
    case MMIOM_SEEK:
        return info->lDiskOffset = (LONG)lParam1;
    default:
        return 0;
    }
    info->lDiskOffset += count;
    return count;
}

static MMRESULT install(FOURCC code)
{
    LPMMIOPROC installed = form == BYTES   ? mmioInstallIOProcA(code, procedure, MMIO_INSTALLPROC)
                           : form == UTF16 ? mmioInstallIOProcW(code, procedure, MMIO_INSTALLPROC)
                                           : mmioInstallIOProcU32(code, procedure, MMIO_INSTALLPROC | MMIO_GLOBALPROC);
    return installed == procedure ? 0 : MMIOERR_OUTOFMEMORY;
}

static void by_a_procedure(void)
{
    FOURCC code, end = OWN + (is_traced ? 5 : 40);
    /* More than fit in the initial table. */
    for (code = OWN; code < end; code++)
        AGAIN(install(code));
    form = (form + 1) % FORMS;
    AGAIN(open_file("name.own+", MMIO_READWRITE | MMIO_ALLOCBUF, 2000));
    use_file();
    AGAIN(rename_form("name.own+", "other.own+"));
    AGAIN(open_file("name.own+", MMIO_READWRITE, 1000));
    changes = 1;
    /* The procedure replaced the buffer during the message, if there was memory. The call then fails in any case. */
    CHECK(mmioRead(file, back, 1) >= -1);
    CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
    CHECK_EQ(mmioRead(file, back, 1), 1);
    AGAIN(mmioClose(file, 0));
    form = (form + FORMS - 1) % FORMS;
    for (code = OWN; code < end; code++)
        CHECK(mmioInstallIOProcA(code, NULL, MMIO_REMOVEPROC) == procedure);
}

/* Bytes that were read ahead of a pipe are moved to another buffer. */
static void on_a_pipe(void)
{
    MMIOINFO info;
    int ends[2];
    CHECK(pipe(ends) == 0 && write(ends[1], whole, 100) == 100 && close(ends[1]) == 0);
    memset(&info, 0, sizeof info);
    info.adwInfo[0] = (DWORD)ends[0];
    info.fccIOProc = FOURCC_DOS;
    info.cchBuffer = 200;
    file = mmioOpenA(NULL, &info, MMIO_READ);
    if (file == NULL) {
        CHECK_EQ(info.wErrorRet, MMIOERR_OUTOFMEMORY);
        failing = 0;
        file = mmioOpenA(NULL, &info, MMIO_READ);
    }
    CHECK_EQ(mmioRead(file, back, 30), 30);
    AGAIN(mmioSetBuffer(file, NULL, 300, 0));
    CHECK_EQ(mmioRead(file, back + 30, 100), 70);
    CHECK_BYTES(back, whole, 100);
    AGAIN(mmioClose(file, 0));
}

static int64_t read_whole(void *context, void *data, size_t count)
{
    long *at = (long *)context;
    memcpy(data, whole + *at, count);
    *at += (long)count;
    return (int64_t)count;
}

static int closed;

static int count_close(void *context)
{
    (void)context;
    closed++;
    return 0;
}

static MMRESULT open_callbacks(long *at)
{
    MMSYS_CALLBACKS callbacks = {sizeof(MMSYS_CALLBACKS), read_whole, NULL, NULL, NULL, count_close};
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    info.cchBuffer = 100;
    file = mmsys_open_callbacks(&callbacks, at, &info, MMIO_READ);
    CHECK((file == NULL) == (info.wErrorRet != 0));
    return info.wErrorRet;
}

static MMRESULT open_part(void)
{
    file = mmsys_open_part("part", 10, 50, MMIO_READ | MMIO_ALLOCBUF);
    return file == NULL ? MMIOERR_OUTOFMEMORY : 0;
}

/* A context stays the caller's if its file cannot be opened. */
static void without_a_procedure(void)
{
    long at = 0;
    closed = 0;
    AGAIN(open_callbacks(&at));
    CHECK_EQ(closed, 0);
    CHECK_EQ(mmioRead(file, back, 10), 10);
    CHECK_BYTES(back, whole, 10);
    AGAIN(mmioClose(file, 0));
    CHECK_EQ(closed, 1);
    AGAIN(open_part());
    CHECK_EQ(mmioRead(file, back, 100), 50);
    CHECK_BYTES(back, whole + 10, 50);
    AGAIN(mmioClose(file, 0));
}

/* A fork in between: the child can continue. */
static void in_a_fork(void)
{
    int status = 0;
    pid_t child;
    AGAIN(open_growing(100));
    child = fork();
    if (child == 0) {
        checks_failed = 0;
        CHECK_EQ(mmioSeek(file, 0, SEEK_END), 0);
        AGAIN(mmioClose(file, 0));
        AGAIN(open_growing(100));
        AGAIN(mmioClose(file, 0));
        _exit(checks_failed != 0);
    }
    CHECK(child > 0 && waitpid(child, &status, 0) == child && status == 0);
    AGAIN(mmioClose(file, 0));
}

/* More files than there are slots at first. */
static void many_files(void)
{
    static HMMIO files[1100];
    long left = countdown;
    int i;
    countdown = 0;
    for (i = 0; i < 1100; i++) {
        if (i == 1020)
            countdown = left;
        AGAIN(open_growing(0));
        files[i] = file;
    }
    for (i = 0; i < 1100; i++)
        CHECK_EQ(mmioClose(files[i], 0), 0);
}

/* Each allocation fails once, in a process that has already made the allocations that are made once. */
static void check_in_one_process(const char *name, void (*run)(void))
{
    long place, before;
    countdown = failing = 0;
    run(), run();
    before = blocks;
    for (place = 1; place < 100000; place++) {
        countdown = place;
        run();
        failing = 0;
        CHECK(blocks <= before);
        if (countdown > 0)
            break;
    }
    countdown = 0;
    CHECK(place < 100000);
    printf("%s, form %d: %ld allocations\n", name, form, place - 1);
}

/* The same in a process for each, which makes the first calls itself. */
static void check_in_processes(const char *name, void (*run)(void))
{
    long place;
    int status = 0;
    for (place = 1; place < 100000; place++) {
        pid_t child;
        fflush(stdout);
        child = fork();
        if (child == 0) {
            checks_failed = 0;
            countdown = place;
            run();
            status = countdown > 0 ? 7 : 0;
            countdown = failing = 0;
            fflush(stdout);
            _exit(checks_failed != 0 ? 1 : status);
        }
        if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
            break;
    }
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 7);
    printf("%s, form %d, a process for each: %ld allocations\n", name, form, place - 1);
}

static void check(const char *name, void (*run)(void), int in_one_process)
{
    (in_one_process ? check_in_one_process : check_in_processes)(name, run);
}

static void check_all(int in_one_process)
{
    for (all_fail = 0; all_fail < 2; all_fail++) {
        for (form = BYTES; form < (is_traced ? UTF16 : FORMS); form++) {
            check("by names", by_names, in_one_process);
            check("by a procedure", by_a_procedure, in_one_process);
        }
        form = BYTES;
        check("on the disk", on_the_disk, in_one_process);
        check("in memory", in_memory, in_one_process);
        check("on a pipe", on_a_pipe, in_one_process);
        check("without a procedure", without_a_procedure, in_one_process);
        check("in a fork", in_a_fork, in_one_process);
        if (!in_one_process && !is_traced)
            check("many files", many_files, in_one_process);
    }
}

int main(void)
{
    static char line[BUFSIZ];
    LONG i;
    if (getenv("MMSYSTEM_TRACE") != NULL) {
        printf("skipped: MMSYSTEM_TRACE is set, and the test sets it itself\n");
        return 0;
    }
    /* A buffer of the program's, so that stdio allocates nothing. */
    setvbuf(stdout, line, _IOLBF, sizeof line);
    printf("each allocation fails once\n");
    for (i = 0; i < WHOLE; i++)
        whole[i] = (char)(i * 7 + i / 256);
    setenv("MMSYSTEM_DRIVE_Q", ".", 1);
    put_file("part", whole, 100);
    check_all(0);
    setenv("MMSYSTEM_TRACE", "no_memory.trace", 1);
    is_traced = 1;
    check_all(0);
    unsetenv("MMSYSTEM_TRACE");
    is_traced = 0;
    check_all(1);
    return report();
}
#else
int main(void)
{
    printf("skipped: the allocations of the library cannot be made to fail here\n");
    return 0;
}
#endif
