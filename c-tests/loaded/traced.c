/* Loads and unloads the library with a trace repeatedly: no descriptor remains open.
 *
 * Shows docs/differences.md, Threads and processes: "Unloading the library".
 * Shows docs/contract.md, 8. Tracing: "MMSYSTEM_TRACE=<file>". */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif
#include "check.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

#define TIMES 1100 /* Usually more than the system has thread-specific keys, and descriptors. */

int main(int argc, char **argv)
{
    int i, before, after;
    char byte;
    CHECK_EQ(argc, 2);
    setenv("MMSYSTEM_TRACE", "trace", 1);
    before = open("/dev/null", O_RDONLY);
    close(before);
    for (i = 0; i < TIMES; i++) {
        DWORD (*version)(void);
        void *library = dlopen(argv[1], RTLD_NOW);
        CHECK(library != NULL);
        if (library == NULL)
            break;
        *(void **)&version = dlsym(library, "mmsys_version");
        version();
        CHECK_EQ(dlclose(library), 0);
    }
    after = open("/dev/null", O_RDONLY);
    CHECK_EQ(after, before);
    CHECK(fcntl(200, F_GETFD) == -1);
    CHECK(get_file("trace", &byte, 1) == 1);
    return report();
}
