/* A library for LD_PRELOAD: a large write of zeros after the end of a file makes a hole, so that a recording of
 * gigabytes takes little space and time. */
#define _GNU_SOURCE

#include <dlfcn.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LEAST = 1 << 16 };

typedef ssize_t write_at(int, const void *, size_t, off64_t);

static ssize_t write_or_skip(int fd, const void *bytes, size_t count, off64_t at, const char *name)
{
    write_at *real;
    struct stat64 status;
    void *symbol = dlsym(RTLD_NEXT, name);
    memcpy(&real, &symbol, sizeof real);
    if (count >= LEAST && *(const char *)bytes == 0 && memcmp(bytes, (const char *)bytes + 1, count - 1) == 0 &&
        fstat64(fd, &status) == 0 && status.st_size <= at && ftruncate64(fd, at + (off64_t)count) == 0)
        return (ssize_t)count;
    return real(fd, bytes, count, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at)
{
    return write_or_skip(fd, bytes, count, at, "pwrite64");
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at)
{
    return write_or_skip(fd, bytes, count, at, "pwrite");
}
