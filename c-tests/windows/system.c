/* Errors, time, MulDiv, text, locks and messages.
 *
 * Shows docs/contract.md, 10. Functions beside mmio: "GetLastError", "Time", "MulDiv", "Text", "Locks".
 * Shows docs/contract.md, 10. Functions beside mmio: "Messages", "MessageBox". */
#include <windows.h>

#include <tchar.h>

#include "check.h"
#include "runner.h"

#include <limits.h>
#include <pthread.h>
#include <wchar.h>
#ifndef _WIN32
#include <sys/wait.h>
#include <unistd.h>
#endif

static void *look_at_error(void *result)
{
    *(DWORD *)result = GetLastError();
    SetLastError(5);
    return NULL;
}

static void each_thread_has_its_own_error(void)
{
    DWORD seen = 99;
    pthread_t thread;
    SetLastError(4711);
    CHECK_EQ(pthread_create(&thread, NULL, look_at_error, &seen), 0);
    CHECK_EQ(pthread_join(thread, NULL), 0);
    CHECK_EQ(seen, 0);
    CHECK_EQ(GetLastError(), 4711);
    SetLastError(0xffffffff);
    CHECK_EQ(GetLastError(), 0xffffffff);
}

static void the_clocks_are_monotonic(void)
{
    LARGE_INTEGER frequency, before, after;
    DWORD ticks = GetTickCount(), passed;
    ULONGLONG long_ticks = GetTickCount64();
    CHECK(QueryPerformanceFrequency(&frequency));
    CHECK(frequency.QuadPart >= 1000000);
    CHECK(QueryPerformanceCounter(&before));
    Sleep(20);
    CHECK(QueryPerformanceCounter(&after));
    CHECK((after.QuadPart - before.QuadPart) * 1000 / frequency.QuadPart >= 19);
    passed = GetTickCount() - ticks;
    CHECK(passed >= 15 && passed < 100000);
    CHECK(GetTickCount64() - long_ticks >= 15);
    Sleep(0);
    /* The ticks of Windows are those of its clock. */
    CHECK(timeGetTime() - GetTickCount() + 100 < 200);
}

static void muldiv_rounds(void)
{
    CHECK_EQ(MulDiv(7, 5, 2), 18);
    CHECK_EQ(MulDiv(7, 5, 3), 12);
    CHECK_EQ(MulDiv(-7, 5, 2), -18);
    CHECK_EQ(MulDiv(7, -5, 2), -18);
    CHECK_EQ(MulDiv(7, 5, -2), -18);
    CHECK_EQ(MulDiv(-7, -5, 2), 18);
    CHECK_EQ(MulDiv(1, 1, 3), 0);
    CHECK_EQ(MulDiv(0, 5, 7), 0);
    CHECK_EQ(MulDiv(INT_MAX, INT_MAX, INT_MAX), INT_MAX);
    CHECK_EQ(MulDiv(INT_MAX, 44100, 48000), 1973000601);
    CHECK_EQ(MulDiv(INT_MAX, 2, 1), -1);
    CHECK_EQ(MulDiv(INT_MIN, 2, 1), -1);
    CHECK_EQ(MulDiv(1, 1, 0), -1);
    CHECK_EQ(MulDiv(INT_MIN, INT_MIN, INT_MAX), -1);
}

static void text_by_lstr(void)
{
    TCHAR text[16] = TEXT("abc");
    CHECK_EQ(lstrlen(text), 3);
    CHECK_EQ(lstrlen(TEXT("")), 0);
    CHECK_EQ(lstrlen(NULL), 0);
    CHECK(lstrcpy(text, TEXT("Hello")) == text && lstrcmp(text, TEXT("Hello")) == 0);
    CHECK(lstrcat(text, TEXT(" you")) == text && lstrlen(text) == 9);
    CHECK(lstrcpyn(text, TEXT("Hello"), 4) == text && lstrcmp(text, TEXT("Hel")) == 0);
    CHECK(lstrcpyn(text, TEXT("Hi"), 16) == text && lstrcmp(text, TEXT("Hi")) == 0);
    CHECK(lstrcmp(TEXT("a"), TEXT("b")) < 0 && lstrcmp(TEXT("b"), TEXT("a")) > 0);
    CHECK(lstrcmp(TEXT("a"), TEXT("ab")) < 0 && lstrcmp(TEXT(""), TEXT("")) == 0);
    CHECK(lstrcmpi(TEXT("TEXT 1"), TEXT("text 1")) == 0 && lstrcmpi(TEXT("a"), TEXT("B")) < 0);
    CHECK(lstrcmp(TEXT("A"), TEXT("a")) != 0);
    CHECK(lstrcpy(NULL, text) == NULL && lstrcat(NULL, text) == NULL);
    CHECK(lstrcmp(NULL, NULL) == 0 && lstrcmp(NULL, TEXT("")) < 0 && lstrcmpi(TEXT(""), NULL) > 0);
}

static void text_of_the_c_library(void)
{
    TCHAR *copy = _tcsdup(TEXT("copy"));
    CHECK(copy != NULL && _tcsicmp(copy, TEXT("COPY")) == 0);
    free(copy);
    CHECK(_tcsicmp(TEXT("a"), TEXT("B")) < 0 && _tcsicmp(TEXT("B"), TEXT("a")) > 0);
    CHECK(_tcsicmp(TEXT("_"), TEXT("A")) < 0); /* Compared as lower-case letters. */
    CHECK(_tcsnicmp(TEXT("Wave file"), TEXT("WAVEform"), 4) == 0);
    CHECK(_tcsnicmp(TEXT("Wave file"), TEXT("WAVEform"), 5) != 0);
    CHECK(_tcsnicmp(TEXT("a"), TEXT("b"), 0) == 0);
    CHECK(_stricmp("x.WAV", "X.wav") == 0 && _strnicmp("RIFF....", "riffWAVE", 4) == 0);
    CHECK(_stricmp("\xe4", "\xc4") != 0); /* Only letters of ASCII. */
    {
        char *bytes = _strdup("bytes");
        WCHAR text[3] = {'h', 'i', 0}, other[3] = {'H', 'I', 0}, *wide = _wcsdup(text);
        CHECK(bytes != NULL && strcmp(bytes, "bytes") == 0);
        CHECK(wide != NULL && _wcsicmp(wide, other) == 0 && _wcsnicmp(wide, text, 2) == 0);
        free(bytes);
        free(wide);
    }
}

static CRITICAL_SECTION section;
static int entered, most_inside;

static void *enter_often(void *rounds)
{
    int i;
    for (i = 0; i < *(int *)rounds; i++) {
        EnterCriticalSection(&section);
        EnterCriticalSection(&section);
        entered++;
        most_inside = entered > most_inside ? entered : most_inside;
        entered--;
        LeaveCriticalSection(&section);
        LeaveCriticalSection(&section);
    }
    return NULL;
}

static void *try_it(void *result)
{
    *(BOOL *)result = TryEnterCriticalSection(&section);
    if (*(BOOL *)result) {
        LeaveCriticalSection(&section);
    }
    return NULL;
}

static BOOL another_thread_can_enter(void)
{
    BOOL entered_there = 99;
    pthread_t thread;
    CHECK_EQ(pthread_create(&thread, NULL, try_it, &entered_there), 0);
    CHECK_EQ(pthread_join(thread, NULL), 0);
    return entered_there;
}

static void locks(void)
{
    pthread_t threads[4];
    int rounds = 20000, i;
    FillMemory(&section, sizeof section, 0xee);
    InitializeCriticalSection(&section);
    for (i = 0; i < 4; i++) {
        CHECK_EQ(pthread_create(&threads[i], NULL, enter_often, &rounds), 0);
    }
    for (i = 0; i < 4; i++) {
        CHECK_EQ(pthread_join(threads[i], NULL), 0);
    }
    CHECK_EQ(most_inside, 1);
    CHECK(another_thread_can_enter());
    CHECK(TryEnterCriticalSection(&section));
    EnterCriticalSection(&section);
    CHECK(!another_thread_can_enter());
    LeaveCriticalSection(&section);
    CHECK(!another_thread_can_enter());
    LeaveCriticalSection(&section);
    CHECK(another_thread_can_enter());
    DeleteCriticalSection(&section);
    CHECK(InitializeCriticalSectionAndSpinCount(&section, 4000));
    CHECK(another_thread_can_enter());
    DeleteCriticalSection(&section);
}

#ifndef _WIN32
static void *enter_once(void *unused)
{
    EnterCriticalSection(&section);
    LeaveCriticalSection(&section);
    return unused;
}

/* A thread that is cancelled while it waits, or that does not exist in a forked child, blocks no other thread. */
static void threads_that_wait_and_end(void)
{
    pthread_t thread;
    pid_t child;
    int status;
    InitializeCriticalSection(&section);
    EnterCriticalSection(&section);
    CHECK_EQ(pthread_create(&thread, NULL, enter_once, NULL), 0);
    Sleep(50);
    if (!children_have_threads()) {
        printf("skipped: critical sections in a forked child, which cannot start a thread in this emulator\n");
    } else {
        child = fork();
        if (child == 0) {
            alarm(20);
            LeaveCriticalSection(&section);
            enter_once(NULL);
            EnterCriticalSection(&section);
            execl("/bin/sh", "sh", "-c", another_thread_can_enter() ? "exit 1" : "exit 7", (char *)NULL);
        }
        CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 7);
    }
    CHECK_EQ(pthread_cancel(thread), 0);
    Sleep(50);
    alarm(20);
    LeaveCriticalSection(&section);
    CHECK_EQ(pthread_join(thread, NULL), 0);
    enter_once(NULL);
    alarm(0);
    DeleteCriticalSection(&section);
}

/* Returns what is written to standard error while `print` runs. */
static size_t written_by(void (*print)(void), char *text, size_t room)
{
    size_t count;
    fflush(stderr);
    if (freopen("error.txt", "w", stderr) == NULL) {
        return 0;
    }
    print();
    fflush(stderr);
    count = get_file("error.txt", text, room - 1);
    text[count] = 0;
    return count;
}

static void print_words(void)
{
    static const WCHAR wide[] = {'w', 0xe4, '!', 0};
    OutputDebugString(TEXT("words"));
    OutputDebugString(TEXT("a line\n"));
    OutputDebugString(TEXT(""));
    OutputDebugStringW(wide);
    CHECK_EQ(MessageBox(NULL, TEXT("It failed."), TEXT("Program"), MB_OK | MB_ICONERROR), IDOK);
    CHECK_EQ(MessageBox(NULL, TEXT("Is it?"), NULL, MB_YESNO), IDOK);
}

/* A stream takes either char or wide text, and the program may have chosen. */
static void print_to_a_wide_stream(void)
{
    CHECK(fwide(stderr, 0) == 0);
    OutputDebugString(TEXT("before"));
    CHECK(fwide(stderr, 0) == 0);
    CHECK(fwide(stderr, 1) > 0);
    OutputDebugString(TEXT("after"));
    MessageBox(NULL, TEXT("a box"), TEXT("Program"), MB_OK);
}

static void words(void)
{
    char text[200];
    written_by(print_to_a_wide_stream, text, sizeof text);
    CHECK(strcmp(text, "before\nafter\nProgram: a box\n") == 0);
    written_by(print_words, text, sizeof text);
    CHECK(strcmp(text, "words\na line\nw\xc3\xa4!\nProgram: It failed.\nError: Is it?\n") == 0);
}
#else
static void threads_that_wait_and_end(void)
{
}

static void words(void)
{
}
#endif

int main(void)
{
    each_thread_has_its_own_error();
    the_clocks_are_monotonic();
    muldiv_rounds();
    text_by_lstr();
    text_of_the_c_library();
    locks();
    threads_that_wait_and_end();
    words();
    return report();
}
