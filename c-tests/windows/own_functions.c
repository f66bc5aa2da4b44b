/* A project that defines some of the functions as macros, as many do: those are left alone.
 *
 * Shows docs/contract.md, 10. Functions beside mmio: "a macro of the same name leaves one out". */
#include <stddef.h>

#define timeGetTime() 4711u
#define Sleep(milliseconds) own_sleep(milliseconds)
#define GetLastError own_last_error
#define CreateFile own_create_file
#define lstrcpyA(to, text) own_copy(to, text)
#define _stricmp own_compare
#define _tcsicmp own_compare
#define OutputDebugString(text) ((void)(text))
#define EnterCriticalSection(section) ((void)(section))

#include <windows.h>

#include <tchar.h>

#include "check.h"

static unsigned slept;

static void own_sleep(unsigned milliseconds)
{
    slept += milliseconds;
}

static unsigned own_last_error(void)
{
    return 815;
}

static int own_create_file(void)
{
    return 7;
}

static const char *own_copy(char *to, const char *text)
{
    to[0] = text[0];
    return "own";
}

static int own_compare(const char *one, const char *other)
{
    return one == other ? 5 : 6;
}

int main(void)
{
    char text[4] = "abc";
    CRITICAL_SECTION section;
    CHECK_EQ(timeGetTime(), 4711);
    Sleep(3);
    Sleep(4);
    CHECK_EQ(slept, 7);
    SetLastError(5);
    CHECK_EQ(GetLastError(), 815);
    CHECK_EQ(CreateFile(), 7);
    CHECK(strcmp(lstrcpyA(text, "xyz"), "own") == 0 && strcmp(text, "xbc") == 0);
    CHECK_EQ(_stricmp(text, text), 5);
    CHECK_EQ(_tcsicmp(text, "x"), 6);
    OutputDebugString(text);
    EnterCriticalSection(&section);
    /* The others are declared. */
    CHECK_EQ(lstrlenA(text), 3);
    CHECK_EQ(timeBeginPeriod(1), TIMERR_NOERROR);
    CHECK(GetTickCount64() > 0);
    return report();
}
