/* A project that defines all basic types itself: MMSYSTEM_NO_TYPES.
 *
 * Shows docs/porting.md, Compiler messages: "MMSYSTEM_NO_TYPES".
 * Shows docs/contract.md, 1. ABI: "LONG and DWORD are 32 bit on every platform". */
#define MMSYSTEM_NO_TYPES
#include <stdint.h>

typedef unsigned char BYTE;
typedef unsigned short WORD;
#define DWORD unsigned int
typedef int LONG;
typedef unsigned int UINT;
typedef long LPARAM;
#define LRESULT intptr_t
typedef DWORD FOURCC;
typedef DWORD MMRESULT;
typedef char *LPSTR, *HPSTR;
typedef const char *LPCSTR, *HPCSTR;
#define GUID_DEFINED
struct _GUID {
    unsigned char bytes[16];
};
typedef struct _GUID GUID;

#include <mmreg.h>
#include <mmsystem.h>
#include <mmsystem_ext.h>

#include "check.h"

int main(void)
{
    char text[] = "RIFF\4\0\0\0WAVE";
    MMIOINFO info;
    MMCKINFO riff;
    HMMIO file;
    memset(&info, 0, sizeof info);
    memset(&riff, 0, sizeof riff);
    info.fccIOProc = FOURCC_MEM;
    info.pchBuffer = (HPSTR)text;
    info.cchBuffer = sizeof text - 1;
    file = mmioOpen(NULL, &info, MMIO_READ);
    CHECK_EQ(mmioDescend(file, &riff, NULL, MMIO_FINDRIFF), MMSYSERR_NOERROR);
    CHECK_EQ(riff.fccType, mmioFOURCC('W', 'A', 'V', 'E'));
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
    return report();
}
