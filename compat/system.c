/* system.c: errors, time, messages to the user, directories and locks. */
#include "library.h"

#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>
#ifdef __APPLE__
#include <mach-o/dyld.h>
#endif

/* The string functions for char. */
#define CHARACTER CHAR
#define LSTR(name) lstr##name##A
#define C_NAME(name) _str##name
#include "text.h"

static __thread DWORD last_error;

DWORD WINAPI GetLastError(void)
{
    return last_error;
}

void WINAPI SetLastError(DWORD error)
{
    last_error = error;
}

BOOL fail(DWORD error)
{
    last_error = error;
    return FALSE;
}

/* Time. */

void WINAPI Sleep(DWORD milliseconds)
{
    struct timespec left;
    if (milliseconds == 0) {
        sched_yield();
        return;
    }
    do {
        left.tv_sec = (time_t)(milliseconds / 1000);
        left.tv_nsec = (long)(milliseconds % 1000) * 1000000;
        while (nanosleep(&left, &left) != 0 && errno == EINTR) {
        }
    } while (milliseconds == INFINITE);
}

/* The time in nanoseconds, on the monotonic clock of timeGetTime. */
static uint64_t now(void)
{
    struct timespec time = {0, 0};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

DWORD WINAPI GetTickCount(void)
{
    return (DWORD)(GetTickCount64() & UINT32_MAX);
}

ULONGLONG WINAPI GetTickCount64(void)
{
    return now() / 1000000;
}

/* The frequency of Windows. With nanoseconds a program that multiplies by a million first would overflow within hours. */
BOOL WINAPI QueryPerformanceFrequency(LARGE_INTEGER *frequency)
{
    if (frequency == NULL) {
        return fail(ERROR_INVALID_PARAMETER);
    }
    frequency->QuadPart = 10000000;
    return TRUE;
}

BOOL WINAPI QueryPerformanceCounter(LARGE_INTEGER *count)
{
    if (count == NULL) {
        return fail(ERROR_INVALID_PARAMETER);
    }
    count->QuadPart = (LONGLONG)(now() / 100);
    return TRUE;
}

/* Messages to the user. */

/* The descriptor of standard error. The stream takes either char or wide text, as the program first used it. */
static int standard_error(void)
{
    fflush(stderr);
    return fileno(stderr);
}

void WINAPI OutputDebugStringA(LPCSTR text)
{
    size_t length = text == NULL ? 0 : strlen(text);
    if (length > 0) {
        dprintf(standard_error(), "%s%s", text, text[length - 1] == '\n' ? "" : "\n");
    }
}

int WINAPI MessageBoxA(HWND owner, LPCSTR text, LPCSTR caption, UINT type)
{
    (void)owner, (void)type;
    dprintf(standard_error(), "%s: %s\n", caption == NULL ? "Error" : caption, text == NULL ? "" : text);
    return IDOK;
}

int WINAPI MulDiv(int a, int b, int c)
{
    int64_t product = (int64_t)a * b, half = c < 0 ? -(int64_t)c / 2 : c / 2, result;
    if (c == 0) {
        return -1;
    }
    result = (product < 0 ? product - half : product + half) / c;
    return result < INT_MIN || result > INT_MAX ? -1 : (int)result;
}

/* Directories. */

/* Returns a copy with a `/` at its end. */
static char *with_slash(const char *folder)
{
    size_t length = strlen(folder);
    char *copy = malloc(length + 2);
    if (copy == NULL) {
        fail(ERROR_NOT_ENOUGH_MEMORY);
        return NULL;
    }
    memcpy(copy, folder, length + 1);
    if (length == 0 || copy[length - 1] != '/') {
        memcpy(copy + length, "/", 2);
    }
    return copy;
}

char *temporary_folder(void)
{
#ifdef __APPLE__
    char own[MAX_NAME_SIZE];
    const char *folder = issetugid() ? NULL : getenv("TMPDIR");
    if ((folder == NULL || *folder == 0) && confstr(_CS_DARWIN_USER_TEMP_DIR, own, sizeof own) - 1 < sizeof own - 1) {
        folder = own;
    }
#else
    /* With raised rights the environment is not trusted. */
    const char *folder = secure_getenv("TMPDIR");
#endif
    return with_slash(folder == NULL || *folder == 0 ? "/tmp" : folder);
}

char *program_file(void)
{
    size_t room;
    for (room = 256; room <= 1 << 20; room *= 2) {
        char *file = malloc(room);
        if (file == NULL) {
            fail(ERROR_NOT_ENOUGH_MEMORY);
            return NULL;
        }
#ifdef __APPLE__
        uint32_t size = (uint32_t)room;
        if (_NSGetExecutablePath(file, &size) == 0) {
            return file;
        }
#else
        ssize_t length = readlink("/proc/self/exe", file, room);
        if (length >= 0 && (size_t)length < room) {
            file[length] = 0;
            return file;
        }
        if (length < 0) {
            set_system_error(errno);
            free(file);
            return NULL;
        }
#endif
        free(file);
    }
    fail(ERROR_FILENAME_EXCED_RANGE);
    return NULL;
}

/* Locks. A CRITICAL_SECTION is too small for a lock of the system, and creating one must not allocate. So all share a few
 * mutexes, which guard their members, and conditions, which wake the threads that wait. */

#define GUARDS 64

static struct guard {
    pthread_mutex_t mutex;
    pthread_cond_t condition;
} guards[GUARDS];

static pthread_once_t guards_once = PTHREAD_ONCE_INIT;

/* Also called in a forked child: a thread of the parent may have held a mutex, or waited. */
static void free_guards(void)
{
    static const struct guard FREE = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER};
    size_t i;
    for (i = 0; i < GUARDS; i++) {
        guards[i] = FREE;
    }
}

static void make_guards(void)
{
    free_guards();
    pthread_atfork(NULL, NULL, free_guards);
}

static struct guard *lock_guard(LPCRITICAL_SECTION section)
{
    uintptr_t address = (uintptr_t)section;
    struct guard *guard = &guards[(address >> 4 ^ address >> 10 ^ address >> 16) % GUARDS];
    pthread_once(&guards_once, make_guards);
    pthread_mutex_lock(&guard->mutex);
    return guard;
}

static HANDLE this_thread(void)
{
    return (HANDLE)(uintptr_t)pthread_self();
}

void WINAPI InitializeCriticalSection(LPCRITICAL_SECTION section)
{
    memset(section, 0, sizeof *section);
    section->LockCount = -1;
}

BOOL WINAPI InitializeCriticalSectionAndSpinCount(LPCRITICAL_SECTION section, DWORD spins)
{
    (void)spins;
    InitializeCriticalSection(section);
    return TRUE;
}

/* Enters the lock if it is free or held by this thread. The guard is held. */
static BOOL enter(LPCRITICAL_SECTION section)
{
    if (section->RecursionCount > 0 && section->OwningThread != this_thread()) {
        return FALSE;
    }
    section->OwningThread = this_thread();
    section->RecursionCount++;
    return TRUE;
}

void WINAPI EnterCriticalSection(LPCRITICAL_SECTION section)
{
    struct guard *guard;
    int before;
    /* A thread that is cancelled while it waits would keep the guard. */
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &before);
    guard = lock_guard(section);
    while (!enter(section)) {
        pthread_cond_wait(&guard->condition, &guard->mutex);
    }
    pthread_mutex_unlock(&guard->mutex);
    pthread_setcancelstate(before, NULL);
}

BOOL WINAPI TryEnterCriticalSection(LPCRITICAL_SECTION section)
{
    struct guard *guard = lock_guard(section);
    BOOL entered = enter(section);
    pthread_mutex_unlock(&guard->mutex);
    return entered;
}

void WINAPI LeaveCriticalSection(LPCRITICAL_SECTION section)
{
    struct guard *guard = lock_guard(section);
    if (section->RecursionCount > 0 && section->OwningThread == this_thread() && --section->RecursionCount == 0) {
        section->OwningThread = NULL;
        pthread_cond_broadcast(&guard->condition);
    }
    pthread_mutex_unlock(&guard->mutex);
}

void WINAPI DeleteCriticalSection(LPCRITICAL_SECTION section)
{
    InitializeCriticalSection(section);
}
