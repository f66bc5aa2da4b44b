/* A project that defines the types it needs itself: MMSYSTEM_NO_TYPES. The functions that would need other types are
 * left to it, too.
 *
 * Shows docs/contract.md, 10. Functions beside mmio: "MMSYSTEM_NO_TYPES". */
#define MMSYSTEM_NO_TYPES
#include <stdint.h>

typedef unsigned char BYTE;
typedef unsigned short WORD;
typedef unsigned int DWORD;
typedef int LONG, BOOL;
typedef unsigned int UINT;
typedef intptr_t LPARAM;
typedef intptr_t LRESULT;
typedef DWORD FOURCC;
typedef UINT MMRESULT;
typedef char *LPSTR, *HPSTR;
typedef const char *LPCSTR, *HPCSTR;
typedef void *HGLOBAL;
typedef LONG HRESULT;

#include <windows.h>
#include <windowsx.h>

#include <aviriff.h>
#include <dxerr.h>
#include <strsafe.h>
#include <vfw.h>

#include "check.h"

/* The project's own, under names that windows.h otherwise defines. */
typedef struct {
    int left, right;
} RECT;
typedef char CRITICAL_SECTION;

static const char *FindResourceA(int number)
{
    return number == 1 ? "one" : "none";
}

static HRESULT StringCchCopyA(char *to, const char *from)
{
    strcpy(to, from);
    return S_OK;
}

int main(void)
{
    char text[8];
    RECT rc = {1, 2};
    HGLOBAL memory = GlobalAlloc(GPTR, 4);
    CHECK(memory != NULL);
    CHECK_EQ(GlobalFreePtr(memory), FALSE);
    CHECK_EQ(rc.right + (int)sizeof(CRITICAL_SECTION), 3);
    CHECK_EQ(StringCchCopyA(text, FindResourceA(1)), DXTRACE_ERR("", S_OK));
    CHECK_BYTES(text, "one", 4);
    CHECK_EQ(FILE_SHARE_READ | MB_OK | ERROR_SUCCESS, 1);
    CHECK_EQ(AVIF_HASINDEX, 0x10);
    return report();
}
