/* Memory of open handles. */
#include "bench.h"

#include <unistd.h>

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

/* Measures the memory of an open handle besides its buffer, and of handles that are opened and closed repeatedly,
 * which must be 0. */
int measure_resident(void)
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
    printf("| memory of an open handle, besides its buffer | | %.0f bytes | 512 bytes%s |\n", one,
           one > 512 ? ", **over**" : "");
    printf("| memory of a closed handle, over 1,000,000 of them | | %.2f bytes | 0 bytes%s |\n", cycles,
           cycles >= 0.5 ? ", **over**" : "");
    return (one > 512) + (cycles >= 0.5);
}
