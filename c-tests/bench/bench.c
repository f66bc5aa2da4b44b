/* bench.c: mmio against what people would write instead, in one process, by turns; medians of several rounds.
 *
 *   bench [ROUNDS [WORD]]    ROUNDS: 9; WORD: only the workloads with this in their name
 *
 * Prints a table in Markdown, and on the standard error output what it is doing; exits with 1 if a limit was not
 * kept. */
#include "bench.h"

#include <sys/stat.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#define MOST_ROUNDS 99

volatile uint32_t result;

static int broken;

void fail(const char *what, const char *file, int line)
{
    fprintf(stderr, "%s:%d: failed: %s\n", file, line, what);
    exit(2);
}

HMMIO open_file(DWORD flags, LONG buffer)
{
    MMIOINFO info;
    HMMIO file;
    memset(&info, 0, sizeof info);
    info.cchBuffer = buffer;
    file = mmioOpen((LPSTR)FILE_NAME, &info, flags);
    MUST(file != NULL);
    return file;
}

FILE *fopen_buffered(const char *mode, size_t buffer)
{
    FILE *file = fopen(FILE_NAME, mode);
    MUST(file != NULL);
    setvbuf(file, NULL, _IOFBF, buffer);
    return file;
}

HMMIO open_memory(void *bytes, LONG count)
{
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    info.fccIOProc = FOURCC_MEM;
    info.pchBuffer = bytes;
    info.cchBuffer = count;
    return mmioOpen(NULL, &info, MMIO_READ);
}

void make_file(size_t bytes)
{
    FILE *file = fopen(FILE_NAME, "wb");
    size_t i;
    MUST(file != NULL);
    setvbuf(file, NULL, _IOFBF, MIB);
    for (i = 0; i < bytes; i++)
        putc((int)(i * 31 % 251), file);
    MUST(fclose(file) == 0);
}

void remove_file(void)
{
    remove(FILE_NAME);
}

static double seconds(void (*work)(void))
{
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    work();
    clock_gettime(CLOCK_MONOTONIC, &to);
    return (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, compare);
    return values[count / 2];
}

static void measure(const Workload *load, int rounds)
{
    double figures[MOST_ROUNDS], ours = 0, theirs, figure;
    int round;
    fprintf(stderr, "%s\n", load->name);
    if (load->prepare != NULL)
        load->prepare();
    /* Once for the caches; then by turns, and every other time the other first. */
    load->theirs();
    load->ours();
    for (round = 0; round < rounds; round++) {
        if (round % 2 == 0)
            ours = seconds(load->ours);
        theirs = seconds(load->theirs);
        if (round % 2 != 0)
            ours = seconds(load->ours);
        figures[round] = load->units > 0 ? (ours - theirs) * 1e9 / load->units : ours / theirs;
    }
    if (load->clean != NULL)
        load->clean();
    figure = median(figures, rounds);
    if (figure > load->limit)
        broken++;
    printf("| %s | %s |", load->name, load->peer);
    if (load->units == 0)
        printf(" %.2f | %.2f |", figure, load->limit);
    else if (load->limit < 10000)
        printf(" +%.1f ns | +%.0f ns |", figure, load->limit);
    else
        printf(" +%.2f ms | +%.1f ms |", figure / 1e6, load->limit / 1e6);
    puts(figure > load->limit ? " **over**" : "");
    fflush(stdout);
}

/* Resident memory in bytes. */
static double resident(void)
{
    long pages = 0, all;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file == NULL || fscanf(file, "%ld %ld", &all, &pages) != 2)
        pages = 0;
    if (file != NULL)
        fclose(file);
    return (double)pages * (double)sysconf(_SC_PAGESIZE);
}

/* An open handle costs so much besides its buffer; opened and closed again and again, nothing. */
static void measure_memory(void)
{
    enum { COUNT = 100000, CYCLES = 1000000 };
    static HMMIO files[COUNT];
    static char bytes[16];
    double before, one, cycles;
    int i;
    before = resident();
    for (i = 0; i < COUNT; i++)
        MUST((files[i] = open_memory(bytes, 16)) != NULL);
    one = (resident() - before) / COUNT;
    for (i = 0; i < COUNT; i++)
        mmioClose(files[i], 0);
    before = resident();
    for (i = 0; i < CYCLES; i++)
        mmioClose(open_memory(bytes, 16), 0);
    cycles = (resident() - before) / CYCLES;
    printf("| memory of an open handle, besides its buffer | | %.0f bytes | 512 bytes |%s\n", one,
           one > 512 ? " **over**" : "");
    printf("| memory of a closed handle, over 1,000,000 of them | | %.2f bytes | 0 bytes |%s\n", cycles,
           cycles >= 0.5 ? " **over**" : "");
    broken += (one > 512) + (cycles >= 0.5);
}

static void machine(void)
{
    struct utsname system;
    char line[256] = "", *model = line;
    FILE *file = fopen("/proc/cpuinfo", "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL && strncmp(line, "model name", 10) != 0) {
    }
    if (file != NULL)
        fclose(file);
    if (strncmp(line, "model name", 10) == 0 && strchr(line, ':') != NULL)
        model = strchr(line, ':') + 2;
    model[strcspn(model, "\n")] = '\0';
    uname(&system);
    printf("%s, %ld processors, %s %s", model, sysconf(_SC_NPROCESSORS_ONLN), system.sysname, system.machine);
}

int main(int argc, char **argv)
{
    const Workload *families[] = {loading, transfers, chunks, memory, procedures, threads};
    int rounds = argc > 1 ? atoi(argv[1]) : 9;
    const char *word = argc > 2 ? argv[2] : "";
    size_t family;
    MUST(rounds >= 1 && rounds <= MOST_ROUNDS);
    printf("Medians of %d rounds on ", rounds);
    machine();
    printf(":\n\n| workload | peer | ours / peer | limit |\n|---|---|---|---|\n");
    if (*word == '\0' || strstr("memory", word) != NULL)
        measure_memory();
    for (family = 0; family < sizeof families / sizeof families[0]; family++) {
        const Workload *load;
        for (load = families[family]; load->name != NULL; load++)
            if (strstr(load->name, word) != NULL || *word == '\0')
                measure(load, rounds);
            else if (load->prepare != NULL)
                load->prepare();
    }
    return broken > 0 ? 1 : 0;
}
