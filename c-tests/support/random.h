/* random.h: random numbers that are the same in each run. */
#ifndef RANDOM_H
#define RANDOM_H

static unsigned seed;

/* Returns a number from 0 to limit - 1. */
static inline int below(int limit)
{
    seed = seed * 1103515245u + 12345u;
    return (int)(seed >> 16 & 0x7fff) % limit;
}

#endif /* RANDOM_H */
