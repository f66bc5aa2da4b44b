/* pause.h: a pause of a thread. Needs _POSIX_C_SOURCE. */
#ifndef PAUSE_H
#define PAUSE_H

#include <time.h>

static inline void pause_for(int milliseconds)
{
    struct timespec time;
    time.tv_sec = 0;
    time.tv_nsec = milliseconds * 1000000L;
    nanosleep(&time, NULL);
}

#endif /* PAUSE_H */
