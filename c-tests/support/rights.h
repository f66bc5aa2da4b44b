/* rights.h: shared by the tests of programs with raised rights. */
#ifndef RIGHTS_H
#define RIGHTS_H

#include "check.h"

/* Copies this program, so that the copy can be given other rights. */
static inline void copy_program(const char *to)
{
    static char bytes[1 << 24];
    put_file(to, bytes, get_file("/proc/self/exe", bytes, sizeof bytes));
}

/* Reports that the rest is skipped. Checks that were made before it still count. */
static inline int skip_rest(const char *what, const char *why)
{
    int failed = report() != EXIT_SUCCESS;
    printf("skipped: %s, as %s\n", what, why);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#endif /* RIGHTS_H */
