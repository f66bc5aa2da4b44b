/* check.h: shared by all C tests. A test is one program, which exits with status 0 if every check held. */
#ifndef CHECK_H
#define CHECK_H

#include <mmsystem.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What MMIO_PARSE, MMIO_EXIST and MMIO_DELETE return on success. */
#define TRUE_HANDLE ((HMMIO)1)

static int checks_done, checks_failed;

/* Records whether the condition holds. The test continues in either case. */
#define CHECK(condition) check_that((condition) ? 1 : 0, #condition, __FILE__, __LINE__)

/* Checks that two numbers are equal. */
#define CHECK_EQ(actual, expected)                                                                \
    check_equal((long long)(actual), (long long)(expected), #actual, __FILE__, __LINE__)

/* Checks that two blocks of memory are equal. */
#define CHECK_BYTES(actual, expected, count)                                                      \
    check_that(memcmp(actual, expected, count) == 0, #actual " == " #expected, __FILE__, __LINE__)

static inline void check_that(int held, const char *what, const char *file, int line)
{
    checks_done++;
    if (!held) {
        checks_failed++;
        printf("%s:%d: failed: %s\n", file, line, what);
    }
}

static inline void check_equal(long long actual, long long expected, const char *what, const char *file,
                               int line)
{
    checks_done++;
    if (actual != expected) {
        checks_failed++;
        printf("%s:%d: failed: %s is %lld, not %lld\n", file, line, what, actual, expected);
    }
}

/* Called last by every test. */
static int report(void)
{
    printf("%d checks, %d failed\n", checks_done, checks_failed);
    return checks_done > 0 && checks_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* Writes a whole file with stdio. */
static inline void put_file(const char *name, const void *bytes, size_t count)
{
    FILE *file = fopen(name, "wb");
    if (file == NULL || fwrite(bytes, 1, count, file) != count || fclose(file) != 0) {
        perror(name);
        exit(EXIT_FAILURE);
    }
}

/* Reads a whole file with stdio. Returns its size. */
static inline size_t get_file(const char *name, void *bytes, size_t room)
{
    FILE *file = fopen(name, "rb");
    size_t count;
    if (file == NULL) {
        perror(name);
        exit(EXIT_FAILURE);
    }
    count = fread(bytes, 1, room, file);
    fclose(file);
    return count;
}

/* Writes a number of 32 bits as it is in files: the lowest byte first. */
static inline void put_number(char *at, DWORD number)
{
    int i;
    for (i = 0; i < 4; i++) {
        at[i] = (char)(number >> 8 * i);
    }
}

#endif /* CHECK_H */
