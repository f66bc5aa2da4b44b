/* model.c: decides sizes, ends and pad bytes by the rules of model.h. */
#include "model.h"

DWORD NumberAt(const unsigned char *bytes, int count, bool is_big_endian)
{
    DWORD number = 0;
    int i;
    for (i = 0; i < count; i++)
        number = number << 8 | bytes[is_big_endian ? i : count - 1 - i];
    return number;
}

int64_t LongNumberAt(const unsigned char *bytes)
{
    uint64_t high = NumberAt(bytes + 4, 4, false), size = high << 32 | NumberAt(bytes, 4, false);
    return size <= INT64_MAX / 2 ? (int64_t)size : -1;
}
