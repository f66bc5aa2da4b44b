/* bench.c: compares mmio with what a program would use instead, in one process, alternately. Prints medians of
 * several rounds.
 *
 *     bench [ROUNDS [WORD]]    ROUNDS: 9; WORD: only the workloads with this in their name
 *
 * First come the workloads that are measured while the process has one thread, then those that have a limit with a
 * second thread in the process, then threads that work together. The order matters: after the first pthread_create
 * the C library never returns to its single-threaded paths.
 *
 * Prints a table in Markdown, and its progress to standard error. Exits with status 1 if a limit was exceeded. */
#include "bench.h"

#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#define MOST_ROUNDS 99

volatile uint32_t result;

static int broken, rounds;
static const char *word;

void fail(const char *what, const char *file, int line)
{
    fprintf(stderr, "%s:%d: failed: %s\n", file, line, what);
    exit(2);
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

/* Returns the figure of one round. In every other round the other side is first. */
static double one_round(const Workload *load, int ours_first)
{
    double ours = 0, theirs;
    if (load->figure != NULL)
        return load->figure();
    if (ours_first)
        ours = seconds(load->ours);
    theirs = seconds(load->theirs);
    if (!ours_first)
        ours = seconds(load->ours);
    return load->units > 0 ? (ours - theirs) * 1e9 / load->units : ours / theirs;
}

static double measure(const Workload *load)
{
    double figures[MOST_ROUNDS];
    int round;
    if (load->prepare != NULL)
        load->prepare();
    /* Once to fill the caches. */
    if (load->figure == NULL) {
        load->theirs();
        load->ours();
    }
    for (round = 0; round < rounds; round++)
        figures[round] = one_round(load, round % 2 == 0);
    if (load->clean != NULL)
        load->clean();
    return median(figures, rounds);
}

static void print_row(const Workload *load, const char *name, double figure, double limit)
{
    printf("| %s | %s |", name, load->peer);
    if (load->units == 0)
        printf(" %.2f | %.2f", figure, limit);
    else if (limit < 10000)
        printf(" +%.1f ns | +%.0f ns", figure, limit);
    else
        printf(" +%.2f ms | +%.1f ms", figure / 1e6, limit / 1e6);
    puts(figure > limit ? ", **over** |" : " |");
    fflush(stdout);
    broken += figure > limit;
}

/* Measures a workload that has a limit, if its name contains the word that was requested. */
static void row(const Workload *load, const char *suffix, double limit)
{
    char whole[256];
    int length;
    if (limit <= 0)
        return;
    length = load->number != NULL ? snprintf(whole, sizeof whole, load->name, load->number())
                                  : snprintf(whole, sizeof whole, "%s", load->name);
    MUST(length > 0 && (size_t)length + strlen(suffix) < sizeof whole);
    strcat(whole, suffix);
    if (strstr(whole, word) == NULL)
        return;
    fprintf(stderr, "%s\n", whole);
    print_row(load, whole, measure(load), limit);
}

static void family(const Workload *load)
{
    for (; load->name != NULL; load++)
        row(load, "", load->limit);
}

static void family_beside(const Workload *load, const Companion *companion)
{
    for (; load->name != NULL; load++)
        row(load, companion->suffix, load->limit_beside);
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
    const Workload *const alone[] = {loading, transfers, chunks, memory, procedures, callbacks, disk};
    const size_t count = sizeof alone / sizeof alone[0];
    const Companion *companion;
    size_t i;
    rounds = argc > 1 ? atoi(argv[1]) : 9;
    word = argc > 2 ? argv[2] : "";
    MUST(rounds >= 1 && rounds <= MOST_ROUNDS);
    printf("Medians of %d rounds on ", rounds);
    machine();
    printf(":\n\n| workload | peer | ours / peer | limit |\n|---|---|---|---|\n");
    if (strstr("memory", word) != NULL)
        broken += measure_resident();
    for (i = 0; i < count; i++)
        family(alone[i]);
    for (companion = companions; companion->suffix != NULL; companion++) {
        companion->start();
        for (i = 0; i < count; i++)
            family_beside(alone[i], companion);
        companion->stop();
    }
    family(threads);
    family(contention);
    return broken > 0 ? 1 : 0;
}
