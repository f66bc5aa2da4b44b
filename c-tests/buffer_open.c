/* What mmioGetInfo shows right after opening: positions, flags, and each row of the table of buffers. */
#include "state.h"

static char ours[MMIO_DEFAULTBUFFER];

struct row {
    int given;
    LONG asked;
    DWORD flag;
    /* What comes of it: whose memory, how much, and the flag. */
    enum { NOBODYS, THE_CALLERS, THE_LIBRARYS } whose;
    LONG size;
    DWORD flag_after;
};

static const struct row rows[] = {
    {1, 100, 0, row::THE_CALLERS, 100, 0},
};

int main(void) { return 0; }
