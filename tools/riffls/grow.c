/* grow.c: arrays that grow. */
#include "riffls.h"

#include <stdlib.h>

void *Grow(void *array, size_t count, size_t *capacity, size_t size)
{
    size_t larger = *capacity == 0 ? 64 : 2 * *capacity;
    void *grown;
    if (count < *capacity)
        return array;
    grown = realloc(array, larger * size);
    if (grown != NULL)
        *capacity = larger;
    return grown;
}
