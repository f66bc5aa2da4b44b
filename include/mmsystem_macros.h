/* mmsystem_macros.h: the macros of mmsystem.h, which includes it. */
#ifndef MMSYSTEM_MACROS_H
#define MMSYSTEM_MACROS_H

#include "mmsystem_assert.h"

/**
 * LPMMIOPROC without the pointer, for the declaration of a function.
 */
#ifndef MMIOPROC
typedef LRESULT(CALLBACK MMIOPROC)(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2);
#endif

/* The separator between the name of a file and an element in it. */
#ifndef CFSEPCHAR
#define CFSEPCHAR '+'
#endif

#ifndef SEEK_SET
#define SEEK_SET 0
#endif
#ifndef SEEK_CUR
#define SEEK_CUR 1
#endif
#ifndef SEEK_END
#define SEEK_END 2
#endif

/**
 * Makes a four-character code of four characters.
 *
 * Such codes name the kinds of chunks, and I/O procedures. The first character is the lowest byte of the code, and so
 * the first byte in a file. mmioStringToFOURCC makes a code of a string.
 *
 * ch0, ch1, ch2, ch3: the characters. A shorter code is padded with spaces.
 *
 * Returns the code, of type DWORD. It is a constant expression if the characters are.
 *
 * Source: Microsoft's documentation.
 */
#ifndef mmioFOURCC
#define mmioFOURCC(ch0, ch1, ch2, ch3) MAKEFOURCC(ch0, ch1, ch2, ch3)
#endif
#ifndef MAKEFOURCC
#define MAKEFOURCC(ch0, ch1, ch2, ch3)                                                            \
    ((uint32_t)(uint8_t)(ch0) | ((uint32_t)(uint8_t)(ch1) << 8) | ((uint32_t)(uint8_t)(ch2) << 16) | \
     ((uint32_t)(uint8_t)(ch3) << 24))
#endif

#ifndef FOURCC_RIFF
#define FOURCC_RIFF mmioFOURCC('R', 'I', 'F', 'F')
#endif
#ifndef FOURCC_LIST
#define FOURCC_LIST mmioFOURCC('L', 'I', 'S', 'T')
#endif
#ifndef FOURCC_DOS
#define FOURCC_DOS mmioFOURCC('D', 'O', 'S', ' ')
#endif
#ifndef FOURCC_MEM
#define FOURCC_MEM mmioFOURCC('M', 'E', 'M', ' ')
#endif

/* The W functions take WCHAR, which has 16 or 32 bits, and those without a suffix TCHAR. */
#if !MMSYSTEM_WCHAR_IS_UTF16
#ifndef mmioStringToFOURCCW
#define mmioStringToFOURCCW mmioStringToFOURCCU32
#endif
#ifndef mmioInstallIOProcW
#define mmioInstallIOProcW mmioInstallIOProcU32
#endif
#ifndef mmioOpenW
#define mmioOpenW mmioOpenU32
#endif
#ifndef mmioRenameW
#define mmioRenameW mmioRenameU32
#endif
#endif

#ifdef UNICODE
#ifndef mmioStringToFOURCC
#define mmioStringToFOURCC mmioStringToFOURCCW
#endif
#ifndef mmioInstallIOProc
#define mmioInstallIOProc mmioInstallIOProcW
#endif
#ifndef mmioOpen
#define mmioOpen mmioOpenW
#endif
#ifndef mmioRename
#define mmioRename mmioRenameW
#endif
#else
#ifndef mmioStringToFOURCC
#define mmioStringToFOURCC mmioStringToFOURCCA
#endif
#ifndef mmioInstallIOProc
#define mmioInstallIOProc mmioInstallIOProcA
#endif
#ifndef mmioOpen
#define mmioOpen mmioOpenA
#endif
#ifndef mmioRename
#define mmioRename mmioRenameA
#endif
#endif

/* The layout that the library was built with. If a project defines the types itself, they must have the same one. */

#ifndef MMSYSTEM_HIDDEN
MMSYSTEM_SIZE(BYTE, 1);
MMSYSTEM_SIZE(WORD, 2);
MMSYSTEM_SIZE(DWORD, 4);
MMSYSTEM_SIZE(LONG, 4);
MMSYSTEM_SIZE(UINT, 4);
MMSYSTEM_SIZE(LPARAM, sizeof(void *));
MMSYSTEM_SIZE(LRESULT, sizeof(void *));
#ifndef MMSYSTEM_NO_TYPES
MMSYSTEM_SIZE(WCHAR, MMSYSTEM_WCHAR_IS_UTF16 ? 2 : 4);
#endif
#endif
MMSYSTEM_SIZE(FOURCC, 4);
MMSYSTEM_SIZE(MMRESULT, 4);
MMSYSTEM_SIZE(MMSYSTEM_CHAR16, 2);
MMSYSTEM_SIZE(MMSYSTEM_CHAR32, 4);

#define MMSYSTEM_AT(member, at64, at32)                                                           \
    MMSYSTEM_OFFSET(MMIOINFO, member, sizeof(void *) == 8 ? (at64) : (at32))
MMSYSTEM_SIZE(MMIOINFO, sizeof(void *) == 8 ? 100 : 72);
MMSYSTEM_AT(dwFlags, 0, 0);
MMSYSTEM_AT(fccIOProc, 4, 4);
MMSYSTEM_AT(pIOProc, 8, 8);
MMSYSTEM_AT(wErrorRet, 16, 12);
MMSYSTEM_AT(htask, 20, 16);
MMSYSTEM_AT(cchBuffer, 28, 20);
MMSYSTEM_AT(pchBuffer, 32, 24);
MMSYSTEM_AT(pchNext, 40, 28);
MMSYSTEM_AT(pchEndRead, 48, 32);
MMSYSTEM_AT(pchEndWrite, 56, 36);
MMSYSTEM_AT(lBufOffset, 64, 40);
MMSYSTEM_AT(lDiskOffset, 68, 44);
MMSYSTEM_AT(adwInfo, 72, 48);
MMSYSTEM_AT(dwReserved1, 84, 60);
MMSYSTEM_AT(dwReserved2, 88, 64);
MMSYSTEM_AT(hmmio, 92, 68);
#undef MMSYSTEM_AT

MMSYSTEM_SIZE(MMCKINFO, 20);
MMSYSTEM_OFFSET(MMCKINFO, ckid, 0);
MMSYSTEM_OFFSET(MMCKINFO, cksize, 4);
MMSYSTEM_OFFSET(MMCKINFO, fccType, 8);
MMSYSTEM_OFFSET(MMCKINFO, dwDataOffset, 12);
MMSYSTEM_OFFSET(MMCKINFO, dwFlags, 16);

#endif /* MMSYSTEM_MACROS_H */
