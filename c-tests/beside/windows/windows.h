/* windows.h: a project's own, as in ports of Windows programs: some of its types differ from the library's. */
#ifndef PROJECT_WINDOWS_H
#define PROJECT_WINDOWS_H

#include <stdint.h>

#define WINAPI __attribute__((__noinline__))
#define CALLBACK
#define FAR far_is_not_a_word_here

typedef unsigned char BYTE;
typedef unsigned short WORD;
typedef unsigned long DWORD;
typedef long LONG;
typedef unsigned long UINT;
typedef void *LPARAM, *LRESULT;
typedef struct {
    int handle;
} HTASK;
struct HTASK__ {
    HTASK task;
};
typedef unsigned short WCHAR;
typedef const unsigned char *LPSTR, *LPCSTR;
#define LPWSTR WCHAR *

#endif
