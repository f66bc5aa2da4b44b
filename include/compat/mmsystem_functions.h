/* mmsystem_functions.h: functions of Windows that programs with mmio often use too. Included by windows.h. A program that
 * uses them links with -lwinmm (pkg-config: mmsystem-windows; CMake: mmsystem::windows).
 *
 * MMSYSTEM_NO_FUNCTIONS leaves them to the project, and so does MMSYSTEM_NO_TYPES, which leaves it their types. A name that
 * is already a macro is not defined. After a failure GetLastError returns the error. */
#ifndef MMSYSTEM_FUNCTIONS_H
#define MMSYSTEM_FUNCTIONS_H

#include "mmsystem_text.h"

#if !defined(MMSYSTEM_NO_FUNCTIONS) && !defined(MMSYSTEM_NO_TYPES)

#ifdef __cplusplus
extern "C" {
#endif

/* The error of the last function of this header that failed in this thread. Some functions also set it on success. */
#ifndef GetLastError
MMSYSTEM_API DWORD WINAPI GetLastError(void) MMSYSTEM_SYMBOL("GetLastError");
#endif
#ifndef SetLastError
MMSYSTEM_API void WINAPI SetLastError(DWORD error) MMSYSTEM_SYMBOL("SetLastError");
#endif

/* Time. */

/* Waits a number of milliseconds, or for ever (INFINITE). 0 lets another thread run. */
#ifndef Sleep
MMSYSTEM_API void WINAPI Sleep(DWORD milliseconds) MMSYSTEM_SYMBOL("Sleep");
#endif
/* The time of the clock of timeGetTime, in milliseconds. With 32 bits it starts again at 0 every 49.7 days. */
#ifndef GetTickCount
MMSYSTEM_API DWORD WINAPI GetTickCount(void) MMSYSTEM_SYMBOL("GetTickCount");
#endif
#ifndef GetTickCount64
MMSYSTEM_API ULONGLONG WINAPI GetTickCount64(void) MMSYSTEM_SYMBOL("GetTickCount64");
#endif
/* The same clock in units of 100 ns: the frequency is 10000000. They return TRUE. */
#ifndef QueryPerformanceCounter
MMSYSTEM_API BOOL WINAPI QueryPerformanceCounter(LARGE_INTEGER *count) MMSYSTEM_SYMBOL("QueryPerformanceCounter");
#endif
#ifndef QueryPerformanceFrequency
MMSYSTEM_API BOOL WINAPI QueryPerformanceFrequency(LARGE_INTEGER *frequency)
    MMSYSTEM_SYMBOL("QueryPerformanceFrequency");
#endif

/* Print a line to standard error. MessageBox does not wait, and returns IDOK for any buttons. */
#ifndef OutputDebugStringA
MMSYSTEM_API void WINAPI OutputDebugStringA(LPCSTR text) MMSYSTEM_SYMBOL("OutputDebugStringA");
#endif
#ifndef OutputDebugStringW
MMSYSTEM_API void WINAPI OutputDebugStringW(LPCWSTR text) MMSYSTEM_WIDE_SYMBOL("OutputDebugStringW");
#endif
#ifndef MessageBoxA
MMSYSTEM_API int WINAPI MessageBoxA(HWND owner, LPCSTR text, LPCSTR caption, UINT type)
    MMSYSTEM_SYMBOL("MessageBoxA");
#endif
#ifndef MessageBoxW
MMSYSTEM_API int WINAPI MessageBoxW(HWND owner, LPCWSTR text, LPCWSTR caption, UINT type)
    MMSYSTEM_WIDE_SYMBOL("MessageBoxW");
#endif

/* Returns a * b / c, computed in 64 bits and rounded to the nearest number, halves away from 0; -1 if c is 0 or the result
 * does not fit. */
#ifndef MulDiv
MMSYSTEM_API int WINAPI MulDiv(int a, int b, int c) MMSYSTEM_SYMBOL("MulDiv");
#endif

/* Strings. NULL has the length 0, and is less than any other string; copying or appending from NULL or to NULL returns
 * NULL. Characters are compared by their codes; lstrcmpi ignores the case of ASCII letters. lstrcpyn copies at most
 * count - 1 characters, and a NUL. */
#ifndef lstrlenA
MMSYSTEM_API int WINAPI lstrlenA(LPCSTR text) MMSYSTEM_SYMBOL("lstrlenA");
#endif
#ifndef lstrlenW
MMSYSTEM_API int WINAPI lstrlenW(LPCWSTR text) MMSYSTEM_WIDE_SYMBOL("lstrlenW");
#endif
#ifndef lstrcpyA
MMSYSTEM_API LPSTR WINAPI lstrcpyA(LPSTR to, LPCSTR text) MMSYSTEM_SYMBOL("lstrcpyA");
#endif
#ifndef lstrcpyW
MMSYSTEM_API LPWSTR WINAPI lstrcpyW(LPWSTR to, LPCWSTR text) MMSYSTEM_WIDE_SYMBOL("lstrcpyW");
#endif
#ifndef lstrcpynA
MMSYSTEM_API LPSTR WINAPI lstrcpynA(LPSTR to, LPCSTR text, int count) MMSYSTEM_SYMBOL("lstrcpynA");
#endif
#ifndef lstrcpynW
MMSYSTEM_API LPWSTR WINAPI lstrcpynW(LPWSTR to, LPCWSTR text, int count) MMSYSTEM_WIDE_SYMBOL("lstrcpynW");
#endif
#ifndef lstrcatA
MMSYSTEM_API LPSTR WINAPI lstrcatA(LPSTR to, LPCSTR text) MMSYSTEM_SYMBOL("lstrcatA");
#endif
#ifndef lstrcatW
MMSYSTEM_API LPWSTR WINAPI lstrcatW(LPWSTR to, LPCWSTR text) MMSYSTEM_WIDE_SYMBOL("lstrcatW");
#endif
#ifndef lstrcmpA
MMSYSTEM_API int WINAPI lstrcmpA(LPCSTR one, LPCSTR other) MMSYSTEM_SYMBOL("lstrcmpA");
#endif
#ifndef lstrcmpW
MMSYSTEM_API int WINAPI lstrcmpW(LPCWSTR one, LPCWSTR other) MMSYSTEM_WIDE_SYMBOL("lstrcmpW");
#endif
#ifndef lstrcmpiA
MMSYSTEM_API int WINAPI lstrcmpiA(LPCSTR one, LPCSTR other) MMSYSTEM_SYMBOL("lstrcmpiA");
#endif
#ifndef lstrcmpiW
MMSYSTEM_API int WINAPI lstrcmpiW(LPCWSTR one, LPCWSTR other) MMSYSTEM_WIDE_SYMBOL("lstrcmpiW");
#endif

/* Convert strings between WCHAR and UTF-8, which is the encoding of CP_UTF8 and also of CP_ACP and other code pages of the
 * system. A size of -1 stands for a string that ends with NUL, which is converted too. With an output size of 0 they return
 * the size that is needed. Invalid Unicode becomes U+FFFD, unless MB_ERR_INVALID_CHARS or WC_ERR_INVALID_CHARS is set.
 * Return the number of units written; 0 on failure: ERROR_INVALID_PARAMETER, ERROR_INVALID_FLAGS, ERROR_INSUFFICIENT_BUFFER
 * or ERROR_NO_UNICODE_TRANSLATION. */
#ifndef MultiByteToWideChar
MMSYSTEM_API int WINAPI MultiByteToWideChar(UINT page, DWORD flags, LPCSTR text, int size, LPWSTR to, int room)
    MMSYSTEM_WIDE_SYMBOL("MultiByteToWideChar");
#endif
#ifndef WideCharToMultiByte
MMSYSTEM_API int WINAPI WideCharToMultiByte(UINT page, DWORD flags, LPCWSTR text, int size, LPSTR to, int room,
                                            LPCSTR character, LPBOOL used)
    MMSYSTEM_WIDE_SYMBOL("WideCharToMultiByte");
#endif

/* Files. Names are resolved as by mmioOpen, but not searched for in the directory of the executable. A handle is a
 * descriptor, 3 or more, which mmioOpen can adopt in adwInfo[0]. */

/* Opens or creates a file. The share mode also applies to mmioOpen. After CREATE_ALWAYS and OPEN_ALWAYS GetLastError is
 * ERROR_ALREADY_EXISTS if the file existed. FILE_FLAG_WRITE_THROUGH and FILE_ATTRIBUTE_READONLY (of a new file) take effect,
 * FILE_FLAG_DELETE_ON_CLOSE deletes the name at once; other flags are ignored. Returns INVALID_HANDLE_VALUE on failure. */
#ifndef CreateFileA
MMSYSTEM_API HANDLE WINAPI CreateFileA(LPCSTR name, DWORD access, DWORD share, LPSECURITY_ATTRIBUTES security,
                                       DWORD disposition, DWORD flags, HANDLE pattern) MMSYSTEM_SYMBOL("CreateFileA");
#endif
#ifndef CreateFileW
MMSYSTEM_API HANDLE WINAPI CreateFileW(LPCWSTR name, DWORD access, DWORD share, LPSECURITY_ATTRIBUTES security,
                                       DWORD disposition, DWORD flags, HANDLE pattern)
    MMSYSTEM_WIDE_SYMBOL("CreateFileW");
#endif
/* Read and write at the position of the file. With an OVERLAPPED they fail with ERROR_NOT_SUPPORTED. At the end of a file
 * ReadFile reads 0 bytes and returns TRUE. */
#ifndef ReadFile
MMSYSTEM_API BOOL WINAPI ReadFile(HANDLE file, LPVOID to, DWORD count, LPDWORD done, LPOVERLAPPED overlapped)
    MMSYSTEM_SYMBOL("ReadFile");
#endif
#ifndef WriteFile
MMSYSTEM_API BOOL WINAPI WriteFile(HANDLE file, LPCVOID from, DWORD count, LPDWORD done, LPOVERLAPPED overlapped)
    MMSYSTEM_SYMBOL("WriteFile");
#endif
/* Moves the position, and returns its low 32 bits. INVALID_SET_FILE_POINTER is an error if GetLastError is not NO_ERROR. If
 * high is not NULL, it holds the high 32 bits of the distance, and receives those of the position. */
#ifndef SetFilePointer
MMSYSTEM_API DWORD WINAPI SetFilePointer(HANDLE file, LONG distance, PLONG high, DWORD origin)
    MMSYSTEM_SYMBOL("SetFilePointer");
#endif
#ifndef SetFilePointerEx
MMSYSTEM_API BOOL WINAPI SetFilePointerEx(HANDLE file, LARGE_INTEGER distance, PLARGE_INTEGER position, DWORD origin)
    MMSYSTEM_SYMBOL("SetFilePointerEx");
#endif
/* Truncates or extends the file to the position. */
#ifndef SetEndOfFile
MMSYSTEM_API BOOL WINAPI SetEndOfFile(HANDLE file) MMSYSTEM_SYMBOL("SetEndOfFile");
#endif
/* Returns the low 32 bits of the size of a file. INVALID_FILE_SIZE is an error if GetLastError is not NO_ERROR. */
#ifndef GetFileSize
MMSYSTEM_API DWORD WINAPI GetFileSize(HANDLE file, LPDWORD high) MMSYSTEM_SYMBOL("GetFileSize");
#endif
#ifndef GetFileSizeEx
MMSYSTEM_API BOOL WINAPI GetFileSizeEx(HANDLE file, PLARGE_INTEGER size) MMSYSTEM_SYMBOL("GetFileSizeEx");
#endif
#ifndef FlushFileBuffers
MMSYSTEM_API BOOL WINAPI FlushFileBuffers(HANDLE file) MMSYSTEM_SYMBOL("FlushFileBuffers");
#endif
#ifndef CloseHandle
MMSYSTEM_API BOOL WINAPI CloseHandle(HANDLE file) MMSYSTEM_SYMBOL("CloseHandle");
#endif
#ifndef DeleteFileA
MMSYSTEM_API BOOL WINAPI DeleteFileA(LPCSTR name) MMSYSTEM_SYMBOL("DeleteFileA");
#endif
#ifndef DeleteFileW
MMSYSTEM_API BOOL WINAPI DeleteFileW(LPCWSTR name) MMSYSTEM_WIDE_SYMBOL("DeleteFileW");
#endif
/* Gets the directory for temporary files (TMPDIR, or that of the system) with a `/` at its end. Returns its length, or the
 * size that is needed if the buffer is too small. */
#ifndef GetTempPathA
MMSYSTEM_API DWORD WINAPI GetTempPathA(DWORD room, LPSTR to) MMSYSTEM_SYMBOL("GetTempPathA");
#endif
#ifndef GetTempPathW
MMSYSTEM_API DWORD WINAPI GetTempPathW(DWORD room, LPWSTR to) MMSYSTEM_WIDE_SYMBOL("GetTempPathW");
#endif
/* Gets the name of the executable, with `/` between directories. The module must be NULL. Returns the length of the name. If
 * the buffer is too small, the name is truncated, the size of the buffer is returned, and GetLastError is
 * ERROR_INSUFFICIENT_BUFFER. */
#ifndef GetModuleFileNameA
MMSYSTEM_API DWORD WINAPI GetModuleFileNameA(HMODULE module, LPSTR to, DWORD room)
    MMSYSTEM_SYMBOL("GetModuleFileNameA");
#endif
#ifndef GetModuleFileNameW
MMSYSTEM_API DWORD WINAPI GetModuleFileNameW(HMODULE module, LPWSTR to, DWORD room)
    MMSYSTEM_WIDE_SYMBOL("GetModuleFileNameW");
#endif

/* A recursive lock. Leaving one that another thread holds has no effect. */
#ifndef InitializeCriticalSection
MMSYSTEM_API void WINAPI InitializeCriticalSection(LPCRITICAL_SECTION section)
    MMSYSTEM_SYMBOL("InitializeCriticalSection");
#endif
/* Return TRUE. The spin count is ignored. */
#ifndef InitializeCriticalSectionAndSpinCount
MMSYSTEM_API BOOL WINAPI InitializeCriticalSectionAndSpinCount(LPCRITICAL_SECTION section, DWORD spins)
    MMSYSTEM_SYMBOL("InitializeCriticalSectionAndSpinCount");
#endif
#ifndef EnterCriticalSection
MMSYSTEM_API void WINAPI EnterCriticalSection(LPCRITICAL_SECTION section) MMSYSTEM_SYMBOL("EnterCriticalSection");
#endif
/* Returns FALSE if another thread holds it. */
#ifndef TryEnterCriticalSection
MMSYSTEM_API BOOL WINAPI TryEnterCriticalSection(LPCRITICAL_SECTION section)
    MMSYSTEM_SYMBOL("TryEnterCriticalSection");
#endif
#ifndef LeaveCriticalSection
MMSYSTEM_API void WINAPI LeaveCriticalSection(LPCRITICAL_SECTION section) MMSYSTEM_SYMBOL("LeaveCriticalSection");
#endif
#ifndef DeleteCriticalSection
MMSYSTEM_API void WINAPI DeleteCriticalSection(LPCRITICAL_SECTION section) MMSYSTEM_SYMBOL("DeleteCriticalSection");
#endif

#ifdef __cplusplus
}
#endif

/* The functions without a suffix take TCHAR. */
#ifdef UNICODE
#define MMSYSTEM_IN_FORM(name) name##W
#else
#define MMSYSTEM_IN_FORM(name) name##A
#endif
#ifndef OutputDebugString
#define OutputDebugString MMSYSTEM_IN_FORM(OutputDebugString)
#endif
#ifndef MessageBox
#define MessageBox MMSYSTEM_IN_FORM(MessageBox)
#endif
#ifndef lstrlen
#define lstrlen MMSYSTEM_IN_FORM(lstrlen)
#endif
#ifndef lstrcpy
#define lstrcpy MMSYSTEM_IN_FORM(lstrcpy)
#endif
#ifndef lstrcpyn
#define lstrcpyn MMSYSTEM_IN_FORM(lstrcpyn)
#endif
#ifndef lstrcat
#define lstrcat MMSYSTEM_IN_FORM(lstrcat)
#endif
#ifndef lstrcmp
#define lstrcmp MMSYSTEM_IN_FORM(lstrcmp)
#endif
#ifndef lstrcmpi
#define lstrcmpi MMSYSTEM_IN_FORM(lstrcmpi)
#endif
#ifndef CreateFile
#define CreateFile MMSYSTEM_IN_FORM(CreateFile)
#endif
#ifndef DeleteFile
#define DeleteFile MMSYSTEM_IN_FORM(DeleteFile)
#endif
#ifndef GetTempPath
#define GetTempPath MMSYSTEM_IN_FORM(GetTempPath)
#endif
#ifndef GetModuleFileName
#define GetModuleFileName MMSYSTEM_IN_FORM(GetModuleFileName)
#endif

#endif

#endif /* MMSYSTEM_FUNCTIONS_H */
