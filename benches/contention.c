/* Several threads that read records from one handle until the end of the file, compared with as many on one FILE;
 * and how long one of them may have to wait. */
#include "bench.h"

#ifdef __linux__
#include <pthread.h>
#include <sys/resource.h>
#include <time.h>

#define RECORDS 2000000
#define BUFFER (64 * KIB)
#define MOST_THREADS 8

typedef struct {
    uint32_t number, rest[14], number_again;
} Record;

/* The waits of a thread: the longest, the sum and the number. */
typedef struct {
    uint64_t longest, all, count;
} Waits;

typedef struct {
    int (*next)(Record *record);
    uint64_t count, sum;
    Waits waits;
    char apart[64];
    uint32_t taken; /* How many records had been taken when this thread took its last one. */
    char from_the_next[64];
} Reader;

static Reader readers[MOST_THREADS];
static int reader_count;
static pthread_barrier_t all_there;
static HMMIO handle;
static FILE *stream;

static void make_records(void)
{
    FILE *file = fopen(FILE_NAME, "wb");
    Record record;
    MUST(file != NULL);
    memset(&record, 0, sizeof record);
    for (record.number = 0; record.number < RECORDS; record.number++) {
        record.number_again = record.number;
        MUST(fwrite(&record, sizeof record, 1, file) == 1);
    }
    MUST(fclose(file) == 0);
}

static int next_ours(Record *record)
{
    return mmioRead(handle, (HPSTR)record, sizeof *record) == sizeof *record;
}

static int next_theirs(Record *record)
{
    return fread(record, sizeof *record, 1, stream) == 1;
}

static void took(Reader *reader, const Record *record)
{
    MUST(record->number == record->number_again);
    reader->count++;
    reader->sum += record->number;
}

static void *read_records(void *argument)
{
    Reader *reader = argument;
    Record record;
    pthread_barrier_wait(&all_there);
    while (reader->next(&record))
        took(reader, &record);
    return NULL;
}

/* Each record is read by exactly one of the threads. */
static void share_records(int count, void *(*work)(void *), int (*next)(Record *))
{
    const uint64_t records = RECORDS;
    pthread_t threads[MOST_THREADS];
    uint64_t total = 0, sum = 0;
    int i;
    memset(readers, 0, sizeof readers);
    reader_count = count;
    MUST(pthread_barrier_init(&all_there, NULL, (unsigned)count) == 0);
    for (i = 0; i < count; i++) {
        readers[i].next = next;
        MUST(pthread_create(&threads[i], NULL, work, &readers[i]) == 0);
    }
    for (i = 0; i < count; i++) {
        MUST(pthread_join(threads[i], NULL) == 0);
        total += readers[i].count;
        sum += readers[i].sum;
    }
    pthread_barrier_destroy(&all_there);
    MUST(total == records && sum == records * (records - 1) / 2);
}

static void share_ours(int count, void *(*work)(void *))
{
    handle = open_file(MMIO_READ, BUFFER);
    share_records(count, work, next_ours);
    mmioClose(handle, 0);
}

static void share_theirs(int count, void *(*work)(void *))
{
    stream = fopen_buffered("rb", BUFFER);
    share_records(count, work, next_theirs);
    fclose(stream);
}

static void two_ours(void) { share_ours(2, read_records); }
static void two_theirs(void) { share_theirs(2, read_records); }
static void four_ours(void) { share_ours(4, read_records); }
static void four_theirs(void) { share_theirs(4, read_records); }
static void eight_ours(void) { share_ours(8, read_records); }
static void eight_theirs(void) { share_theirs(8, read_records); }

/* Waiting.
 *
 * A wait is a call in which the thread slept; here the only reason is that another thread had the file. (A thread
 * that got the file soon, but not at once, did not sleep.) The length of a wait is the number of records that the
 * others took meanwhile, which the numbers in the records show: how often the thread was passed over.
 *
 * Time would measure the scheduler more than the lock. With more threads than processors, a thread that is preempted
 * while it has the file makes all others wait for milliseconds, whatever the lock; but no thread takes a record
 * then, and nothing is counted. Nor is a thread counted that is preempted while it does not wait. A thread that is
 * not admitted when it is its turn, or is woken when another already has the file again, is passed over by as many
 * records as that lasts, on a fast machine as on a slow one.
 *
 * The longest wait is compared with the mean; and, because a thread that is never admitted has few waits and a long
 * mean, with half of the file: the figure is over 100 if one wait was longer than 100 times the mean, or than half
 * of the file. */

#define TOO_LONG 100

static double microseconds(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

/* Returns how often this thread has slept. */
static long sleeps(void)
{
    struct rusage usage;
    MUST(getrusage(RUSAGE_THREAD, &usage) == 0);
    return usage.ru_nvcsw;
}

static uint32_t taken_by_all(void)
{
    uint32_t most = 0;
    int i;
    for (i = 0; i < reader_count; i++) {
        uint32_t taken = __atomic_load_n(&readers[i].taken, __ATOMIC_RELAXED);
        most = taken > most ? taken : most;
    }
    return most;
}

static void *read_and_count_waits(void *argument)
{
    Reader *reader = argument;
    Waits waits = {0, 0, 0};
    Record record;
    double from, to;
    long slept;
    pthread_barrier_wait(&all_there);
    slept = sleeps();
    from = microseconds();
    for (;;) {
        uint32_t before = taken_by_all();
        if (!reader->next(&record))
            break;
        took(reader, &record);
        __atomic_store_n(&reader->taken, record.number + 1, __ATOMIC_RELAXED);
        /* No thread sleeps for less, and the query takes time. */
        to = microseconds();
        if (to - from > 2) {
            long now = sleeps();
            if (now != slept) {
                uint64_t length = record.number > before ? record.number - before : 0;
                waits.longest = length > waits.longest ? length : waits.longest;
                waits.all += length;
                waits.count++;
            }
            slept = now;
            to = microseconds();
        }
        from = to;
    }
    reader->waits = waits;
    return NULL;
}

static double longest_wait(const char *lock)
{
    Waits waits = {0, 0, 0};
    double mean, most = RECORDS / 2 / TOO_LONG;
    int i;
    for (i = 0; i < reader_count; i++) {
        waits.longest = readers[i].waits.longest > waits.longest ? readers[i].waits.longest : waits.longest;
        waits.all += readers[i].waits.all;
        waits.count += readers[i].waits.count;
    }
    mean = waits.count > 0 ? (double)waits.all / (double)waits.count : 0;
    fprintf(stderr, "  %s: %ld waits, mean %.0f records, longest %ld\n", lock, (long)waits.count, mean,
            (long)waits.longest);
    if (waits.longest == 0)
        return 0;
    return (double)waits.longest / (mean < most ? mean : most);
}

/* The one of stdio is only for comparison, on standard error. */
static double longest_of(int count)
{
    share_theirs(count, read_and_count_waits);
    longest_wait("stdio");
    share_ours(count, read_and_count_waits);
    return longest_wait("mmio");
}

static double longest_of_two(void) { return longest_of(2); }
static double longest_of_four(void) { return longest_of(4); }
static double longest_of_eight(void) { return longest_of(8); }

const Workload contention[] = {
    {.name = "2 threads read 64-byte records from one handle", .peer = "as many, from one FILE", .limit = 1.0,
     .prepare = make_records, .ours = two_ours, .theirs = two_theirs, .clean = remove_file},
    {.name = "4 threads read 64-byte records from one handle", .peer = "as many, from one FILE", .limit = 1.0,
     .prepare = make_records, .ours = four_ours, .theirs = four_theirs, .clean = remove_file},
    {.name = "8 threads read 64-byte records from one handle", .peer = "as many, from one FILE", .limit = 1.0,
     .prepare = make_records, .ours = eight_ours, .theirs = eight_theirs, .clean = remove_file},
    {.name = "the longest wait of 2 threads for one handle", .peer = "the mean wait", .limit = TOO_LONG,
     .prepare = make_records, .clean = remove_file, .figure = longest_of_two},
    {.name = "the longest wait of 4 threads for one handle", .peer = "the mean wait", .limit = TOO_LONG,
     .prepare = make_records, .clean = remove_file, .figure = longest_of_four},
    {.name = "the longest wait of 8 threads for one handle", .peer = "the mean wait", .limit = TOO_LONG,
     .prepare = make_records, .clean = remove_file, .figure = longest_of_eight},
    {.name = NULL},
};

#else

/* macOS has neither barriers nor the figures of a single thread. */
const Workload contention[] = {{.name = NULL}};

#endif
