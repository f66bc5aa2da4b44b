/* Opening disk files, and names that do not exist; and many open files. */
#include "bench.h"

#include <errno.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* Opening and closing. */

#define CYCLES 20000

static void make_small(void)
{
    make_file(64 * KIB);
}

static void cycles_ours(DWORD share)
{
    int i;
    for (i = 0; i < CYCLES; i++) {
        HMMIO file = mmioOpen((LPSTR)FILE_NAME, NULL, MMIO_READ | MMIO_ALLOCBUF | share);
        MUST(file != NULL);
        MUST(mmioClose(file, 0) == 0);
    }
}

static void cycles_theirs(void)
{
    int i;
    for (i = 0; i < CYCLES; i++) {
        FILE *file = fopen(FILE_NAME, "rb");
        MUST(file != NULL);
        MUST(fclose(file) == 0);
    }
}

static void compat_ours(void) { cycles_ours(MMIO_COMPAT); }
static void deny_write_ours(void) { cycles_ours(MMIO_DENYWRITE); }

/* A name that does not exist. */

#define FEW 4
#define MANY 2000
#define TRIES 1000

static void remove_names(const char *folder, int count)
{
    char name[64];
    int i;
    for (i = 0; i < count; i++) {
        sprintf(name, "%s/Sound%d.wav", folder, i);
        remove(name);
    }
    remove(folder);
}

static void make_names(const char *folder, int count)
{
    char name[64];
    int i;
    MUST(mkdir(folder, 0777) == 0 || errno == EEXIST);
    for (i = 0; i < count; i++) {
        FILE *file;
        sprintf(name, "%s/Sound%d.wav", folder, i);
        file = fopen(name, "wb");
        MUST(file != NULL && fclose(file) == 0);
    }
}

static void remove_folders(void)
{
    remove_names("few", FEW);
    remove_names("many", MANY);
}

/* Programs find their sounds in directories that have not changed for a while, and whose time stamps are reliable.
 * The time stamp of a directory that was just changed may stay the same through another change. */
static void make_folders(void)
{
    static int made;
    if (made)
        return;
    made = 1;
    MUST(atexit(remove_folders) == 0);
    make_names("few", FEW);
    make_names("many", MANY);
    sleep(4);
}

static void misses_ours(const char *name)
{
    int i;
    for (i = 0; i < TRIES; i++)
        MUST(mmioOpen((LPSTR)name, NULL, MMIO_READ) == NULL);
}

static void misses_theirs(const char *name)
{
    int i;
    for (i = 0; i < TRIES; i++)
        MUST(fopen(name, "rb") == NULL);
}

static void bare_ours(void) { misses_ours("missing.wav"); }
static void bare_theirs(void) { misses_theirs("missing.wav"); }
static void few_ours(void) { misses_ours("few/missing.wav"); }
static void few_theirs(void) { misses_theirs("few/missing.wav"); }
static void many_ours(void) { misses_ours("many/missing.wav"); }
static void many_theirs(void) { misses_theirs("many/missing.wav"); }

/* As many open files as the system allows a process, half of them for each side; several of each disk file. */

#define MOST_FILES 100000
#define RESERVED 50
#define DISK_FILES 16
#define SIZE MIB
#define BUFFER 512
#define READS 2000000

static HMMIO *handles;
static FILE **streams;
static char *buffers;

static long file_count(void)
{
    static long count;
    struct rlimit limit;
    if (count > 0)
        return count;
    MUST(getrlimit(RLIMIT_NOFILE, &limit) == 0);
    limit.rlim_cur = limit.rlim_max;
    MUST(setrlimit(RLIMIT_NOFILE, &limit) == 0);
    if (limit.rlim_cur >= 2 * MOST_FILES + RESERVED)
        count = MOST_FILES;
    else
        count = ((long)limit.rlim_cur - RESERVED) / 2;
    MUST(count > 0);
    return count;
}

static char *disk_name(long i)
{
    static char name[32];
    sprintf(name, "bench%ld.dat", i % DISK_FILES);
    return name;
}

static void open_files(void)
{
    MMIOINFO info;
    long count = file_count(), i;
    for (i = 0; i < DISK_FILES; i++) {
        make_file(SIZE);
        MUST(rename(FILE_NAME, disk_name(i)) == 0);
    }
    handles = malloc((size_t)count * sizeof *handles);
    streams = malloc((size_t)count * sizeof *streams);
    buffers = malloc((size_t)count * BUFFER);
    MUST(handles != NULL && streams != NULL && buffers != NULL);
    memset(&info, 0, sizeof info);
    info.cchBuffer = BUFFER;
    for (i = 0; i < count; i++) {
        handles[i] = mmioOpen(disk_name(i), &info, MMIO_READ);
        streams[i] = fopen(disk_name(i), "rb");
        MUST(handles[i] != NULL && streams[i] != NULL);
        MUST(setvbuf(streams[i], buffers + i * BUFFER, _IOFBF, BUFFER) == 0);
    }
}

static void close_files(void)
{
    long count = file_count(), i;
    for (i = 0; i < count; i++) {
        mmioClose(handles[i], 0);
        fclose(streams[i]);
    }
    for (i = 0; i < DISK_FILES; i++)
        remove(disk_name(i));
    free(handles);
    free(streams);
    free(buffers);
}

/* Each file in turn, and from its beginning again after its end. */

static void spread_ours(void)
{
    uint32_t number, sum = 0;
    long count = file_count(), at = 0, i;
    for (i = 0; i < READS; i++) {
        if (mmioRead(handles[at], (HPSTR)&number, 4) != 4) {
            mmioSeek(handles[at], 0, SEEK_SET);
            MUST(mmioRead(handles[at], (HPSTR)&number, 4) == 4);
        }
        sum += number;
        at = at + 1 < count ? at + 1 : 0;
    }
    result += sum;
}

static void spread_theirs(void)
{
    uint32_t number, sum = 0;
    long count = file_count(), at = 0, i;
    for (i = 0; i < READS; i++) {
        if (fread(&number, 1, 4, streams[at]) != 4) {
            rewind(streams[at]);
            MUST(fread(&number, 1, 4, streams[at]) == 4);
        }
        sum += number;
        at = at + 1 < count ? at + 1 : 0;
    }
    result += sum;
}

/* Opening and closing exceeds its limit: docs/architecture.md explains why. */
const Workload disk[] = {
    {.name = "opening and closing a disk file, MMIO_COMPAT", .peer = "fopen, fclose", .limit = 2.0,
     .prepare = make_small, .ours = compat_ours, .theirs = cycles_theirs, .clean = remove_file},
    {.name = "opening and closing a disk file, MMIO_DENYWRITE", .peer = "fopen, fclose", .limit = 2.0,
     .prepare = make_small, .ours = deny_write_ours, .theirs = cycles_theirs, .clean = remove_file},
    {.name = "mmioOpen of a name that is not there, in a directory of 4 names", .peer = "fopen", .limit = 3.0,
     .prepare = make_folders, .ours = few_ours, .theirs = few_theirs},
    {.name = "mmioOpen of a name that is not there, in a directory of 2,000 names", .peer = "fopen", .limit = 3.0,
     .prepare = make_folders, .ours = many_ours, .theirs = many_theirs},
    {.name = "mmioOpen of a bare name that is not there", .peer = "fopen", .limit = 3.0, .prepare = make_folders,
     .ours = bare_ours, .theirs = bare_theirs},
    {.name = "4-byte reads spread over %ld open disk files, 512-byte buffers", .number = file_count,
     .peer = "fread on as many", .limit = 0.6, .prepare = open_files, .ours = spread_ours, .theirs = spread_theirs,
     .clean = close_files},
    {.name = NULL},
};
