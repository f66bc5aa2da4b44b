/* Makes one kind of call many times, for valgrind to count the instructions:
 *
 *     instructions read|write|structure|seek|descend|custom|callback THREADS COUNT
 *
 * The process has one thread, or a second one that only sleeps. */
#define _DEFAULT_SOURCE
#include <mmsystem_ext.h>

#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Calls per round: chunks without data, or structures; and the size of the buffer. */
#define CALLS 1024
#define STRUCTURE 12
#define ROOM (CALLS * STRUCTURE + 64)

static sem_t started;

static void *sleep_on(void *unused)
{
    sem_post(&started);
    for (;;)
        pause();
    return unused;
}

static int start_second_thread(void)
{
    pthread_t thread;
    return sem_init(&started, 0, 0) == 0 && pthread_create(&thread, NULL, sleep_on, NULL) == 0 &&
           sem_wait(&started) == 0;
}

static LRESULT CALLBACK procedure(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    MMIOINFO *info = (MMIOINFO *)(void *)lpmmioinfo;
    switch (uMsg) {
    case MMIOM_READ:
        *(char *)lParam1 = 'a';
        info->lDiskOffset += (LONG)lParam2;
        return lParam2;
    case MMIOM_SEEK:
        return info->lDiskOffset = (LONG)lParam1;
    default:
        return 0;
    }
}

static int64_t read_bytes(void *context, void *data, size_t count)
{
    *(char *)data = *(char *)context;
    return (int64_t)count;
}

static int64_t seek_to(void *context, int64_t offset, int whence)
{
    (void)context, (void)whence;
    return offset;
}

enum kind { READ, WRITE, STRUCTURES, SEEK, DESCEND, CUSTOM, CALLED, KINDS };

static const char *const names[] = {"read", "write", "structure", "seek", "descend", "custom", "callback"};

static int kind_of(const char *name)
{
    int kind = 0;
    while (kind < KINDS && strcmp(names[kind], name) != 0)
        kind++;
    return kind;
}

static HMMIO open_file(int kind, char *program)
{
    static char bytes[ROOM];
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    if (kind == CUSTOM) {
        info.pIOProc = procedure;
        return mmioOpen((LPSTR) "custom", &info, MMIO_READ);
    }
    if (kind == CALLED) {
        static const MMSYS_CALLBACKS callbacks = {sizeof(MMSYS_CALLBACKS), read_bytes, NULL, seek_to, NULL, NULL};
        return mmsys_open_callbacks(&callbacks, bytes, NULL, MMIO_READ);
    }
    if (kind == SEEK) {
        /* A disk file: this program. */
        info.cchBuffer = CALLS * 4;
        return mmioOpen(program, &info, MMIO_READ);
    }
    info.fccIOProc = FOURCC_MEM;
    info.pchBuffer = bytes;
    info.cchBuffer = ROOM;
    return mmioOpen(NULL, &info, MMIO_READWRITE);
}

/* The buffer serves every call except the first of a round. The rounds are the same for every COUNT. */
int main(int argc, char **argv)
{
    int kind = argc > 3 ? kind_of(argv[1]) : KINDS;
    long count = argc > 3 ? atol(argv[3]) : 0, done;
    char bytes[STRUCTURE] = "abc";
    MMCKINFO chunk;
    HMMIO file;
    int held;
    if (kind == KINDS || (strcmp(argv[2], "1") != 0 && !start_second_thread()))
        return 2;
    file = open_file(kind, argv[0]);
    held = kind != SEEK || mmioRead(file, bytes, 4) == 4;
    for (done = 0; done < count && held; done++) {
        LONG place = (LONG)(done % CALLS);
        if (place == 0)
            mmioSeek(file, 0, SEEK_SET);
        switch (kind) {
        case READ:
        case CUSTOM:
        case CALLED:
            held = mmioRead(file, bytes, 4) == 4;
            break;
        case WRITE:
            held = mmioWrite(file, bytes, 4) == 4;
            break;
        case STRUCTURES:
            held = mmioRead(file, bytes, STRUCTURE) == STRUCTURE;
            break;
        case SEEK:
            held = mmioSeek(file, place * 4, SEEK_SET) == place * 4;
            break;
        default:
            held = mmioDescend(file, &chunk, NULL, 0) == MMSYSERR_NOERROR;
            break;
        }
    }
    if (!held)
        return 1;
    return mmioClose(file, 0) == MMSYSERR_NOERROR ? 0 : 1;
}
