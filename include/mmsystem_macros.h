/* mmsystem_macros.h: what mmsystem.h has besides types, numbers and functions. Included by it. */
#ifndef MMSYSTEM_MACROS_H
#define MMSYSTEM_MACROS_H

/* An I/O procedure, to declare one. */
typedef LRESULT(CALLBACK MMIOPROC)(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2);

/* The separator between a file and an element in it. */
#ifndef CFSEPCHAR
#define CFSEPCHAR '+'
#endif

#ifndef SEEK_SET
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#endif

/* A four-character code: the first character is the first byte in the file. */
#ifndef MAKEFOURCC
#define MAKEFOURCC(ch0, ch1, ch2, ch3)                                                            \
    ((DWORD)(BYTE)(ch0) | ((DWORD)(BYTE)(ch1) << 8) | ((DWORD)(BYTE)(ch2) << 16) |                \
     ((DWORD)(BYTE)(ch3) << 24))
#endif
#ifndef mmioFOURCC
#define mmioFOURCC(ch0, ch1, ch2, ch3) MAKEFOURCC(ch0, ch1, ch2, ch3)
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

/* The W names take what WCHAR is. */
#if !MMSYSTEM_WCHAR_IS_UTF16
#define mmioStringToFOURCCW mmioStringToFOURCCU32
#define mmioInstallIOProcW mmioInstallIOProcU32
#define mmioOpenW mmioOpenU32
#define mmioRenameW mmioRenameU32
#endif

#ifdef UNICODE
#define mmioStringToFOURCC mmioStringToFOURCCW
#define mmioInstallIOProc mmioInstallIOProcW
#define mmioOpen mmioOpenW
#define mmioRename mmioRenameW
#else
#define mmioStringToFOURCC mmioStringToFOURCCA
#define mmioInstallIOProc mmioInstallIOProcA
#define mmioOpen mmioOpenA
#define mmioRename mmioRenameA
#endif

/* The layout that the library was built with: a project's own types must give the same. */
#define MMSYSTEM_ASSERT(name, condition) typedef char mmsystem_assert_##name[(condition) ? 1 : -1]
#define MMSYSTEM_OFFSET(type, member, at64, at32)                                                 \
    MMSYSTEM_ASSERT(type##_##member,                                                              \
                    offsetof(type, member) == (sizeof(void *) == 8 ? (at64) : (at32)))

MMSYSTEM_ASSERT(BYTE, sizeof(BYTE) == 1);
MMSYSTEM_ASSERT(WORD, sizeof(WORD) == 2);
MMSYSTEM_ASSERT(DWORD, sizeof(DWORD) == 4);
MMSYSTEM_ASSERT(LONG, sizeof(LONG) == 4);
MMSYSTEM_ASSERT(UINT, sizeof(UINT) == 4);
MMSYSTEM_ASSERT(FOURCC, sizeof(FOURCC) == 4);
MMSYSTEM_ASSERT(MMRESULT, sizeof(MMRESULT) == 4);
MMSYSTEM_ASSERT(LPARAM, sizeof(LPARAM) == sizeof(void *));
MMSYSTEM_ASSERT(LRESULT, sizeof(LRESULT) == sizeof(void *));
MMSYSTEM_ASSERT(MMSYSTEM_CHAR16, sizeof(MMSYSTEM_CHAR16) == 2);
MMSYSTEM_ASSERT(MMSYSTEM_CHAR32, sizeof(MMSYSTEM_CHAR32) == 4);
MMSYSTEM_ASSERT(MMIOINFO, sizeof(MMIOINFO) == (sizeof(void *) == 8 ? 100 : 72));
MMSYSTEM_OFFSET(MMIOINFO, dwFlags, 0, 0);
MMSYSTEM_OFFSET(MMIOINFO, fccIOProc, 4, 4);
MMSYSTEM_OFFSET(MMIOINFO, pIOProc, 8, 8);
MMSYSTEM_OFFSET(MMIOINFO, wErrorRet, 16, 12);
MMSYSTEM_OFFSET(MMIOINFO, htask, 20, 16);
MMSYSTEM_OFFSET(MMIOINFO, cchBuffer, 28, 20);
MMSYSTEM_OFFSET(MMIOINFO, pchBuffer, 32, 24);
MMSYSTEM_OFFSET(MMIOINFO, pchNext, 40, 28);
MMSYSTEM_OFFSET(MMIOINFO, pchEndRead, 48, 32);
MMSYSTEM_OFFSET(MMIOINFO, pchEndWrite, 56, 36);
MMSYSTEM_OFFSET(MMIOINFO, lBufOffset, 64, 40);
MMSYSTEM_OFFSET(MMIOINFO, lDiskOffset, 68, 44);
MMSYSTEM_OFFSET(MMIOINFO, adwInfo, 72, 48);
MMSYSTEM_OFFSET(MMIOINFO, dwReserved1, 84, 60);
MMSYSTEM_OFFSET(MMIOINFO, dwReserved2, 88, 64);
MMSYSTEM_OFFSET(MMIOINFO, hmmio, 92, 68);
MMSYSTEM_ASSERT(MMCKINFO, sizeof(MMCKINFO) == 20);
MMSYSTEM_OFFSET(MMCKINFO, ckid, 0, 0);
MMSYSTEM_OFFSET(MMCKINFO, cksize, 4, 4);
MMSYSTEM_OFFSET(MMCKINFO, fccType, 8, 8);
MMSYSTEM_OFFSET(MMCKINFO, dwDataOffset, 12, 12);
MMSYSTEM_OFFSET(MMCKINFO, dwFlags, 16, 16);
MMSYSTEM_ASSERT(WAVEFORMAT, sizeof(WAVEFORMAT) == 14);
MMSYSTEM_ASSERT(PCMWAVEFORMAT, sizeof(PCMWAVEFORMAT) == 16);
MMSYSTEM_ASSERT(WAVEFORMATEX, sizeof(WAVEFORMATEX) == 18);

#undef MMSYSTEM_OFFSET
#undef MMSYSTEM_ASSERT

#endif /* MMSYSTEM_MACROS_H */
