/* A project with functions of its own under the names of Windows, and with other types: MMSYSTEM_NO_FUNCTIONS and
 * MMNOTIMER leave the names to it.
 *
 * Shows docs/contract.md, 10. Functions beside mmio: "MMSYSTEM_NO_FUNCTIONS".
 * Shows docs/contract.md, 9. Time: "MMNOTIMER". */
#define MMSYSTEM_NO_FUNCTIONS
#define MMNOTIMER
#include <windows.h>

#include <io.h>
#include <tchar.h>

#include "check.h"

static int Sleep(long milliseconds)
{
    return (int)milliseconds;
}

static long GetLastError(void)
{
    return -3;
}

static const char *CreateFileA(const char *name)
{
    return name;
}

static unsigned long long timeGetTime(void)
{
    return 12;
}

static int _stricmp(const char *one, const char *other, int flag)
{
    return one[0] == other[0] ? flag : -flag;
}

static double MulDiv(double a, double b, double c)
{
    return a * b / c;
}

static int _access(const char *name)
{
    return name[0];
}

int main(void)
{
    char name[] = "own.bin";
    HMMIO file;
    CHECK_EQ(Sleep(3), 3);
    CHECK_EQ(GetLastError(), -3);
    CHECK(strcmp(CreateFileA("name"), "name") == 0);
    CHECK_EQ(timeGetTime(), 12);
    CHECK_EQ(_stricmp("a", "b", 2), -2);
    CHECK(MulDiv(1, 1, 2) == 0.5);
    CHECK_EQ(_access("name"), 'n');
#if defined(CreateFile) || defined(_tcsicmp) || defined(TIME_PERIODIC) || defined(TIMERR_NOCANDO)
    CHECK(!"a function is declared");
#endif
    /* mmio is declared. */
    file = mmioOpenA(name, NULL, MMIO_CREATE | MMIO_WRITE);
    CHECK(file != NULL);
    CHECK_EQ(mmioWrite(file, name, 3), 3);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
    return report();
}
