/* mmsystem.h: the Windows multimedia file I/O API.
 *
 * Where its behaviour is from: "doc" is Microsoft's documentation, "win" was verified on Windows, "ours" was
 * decided here.
 *
 * Made of the Rust source by cbindgen: change that, and run `make header`. */

#ifndef MMSYSTEM_MMIO_ALONE
#include "mmsystem_types.h"

#include "mmsyscom.h"
#include "mmsystem_wave.h"

#ifndef MMNOTIMER
#include "timeapi.h"
#endif
#endif

#if !defined(MMNOMMIO) || defined(MMSYSTEM_MMIO_ALONE)

#ifndef MMSYSTEM_H
#define MMSYSTEM_H

#include "mmsystem_base.h"
#include "mmsystem_results.h"

#pragma pack(push, 1)
#define MMSYSTEM_PACKED

/**
 * An open file: a token, never an address.
 */
#ifndef HMMIO__
struct HMMIO__ {
  int unused;
};
#endif

#ifndef HMMIO
typedef struct HMMIO__ *HMMIO;
#endif

/**
 * An I/O procedure: receives every message about the files that are open with it.
 *
 * lpmmioinfo: the file's MMIOINFO, live, and at one address as long as the file is open. The procedure keeps
 * its position in lDiskOffset, and what it likes in adwInfo; all else is there to be read.
 *
 * uMsg: MMIOM_OPEN, MMIOM_READ, MMIOM_WRITE, MMIOM_WRITEFLUSH, MMIOM_SEEK, MMIOM_CLOSE, MMIOM_RENAME, or a
 * number from MMIOM_USER up. Each has a page of the manual, which says when it is sent and what is to be
 * done.
 *
 * lParam1, lParam2: by message: a name, 0 (MMIOM_OPEN); memory, count in bytes (MMIOM_READ, MMIOM_WRITE,
 * MMIOM_WRITEFLUSH); offset, origin (MMIOM_SEEK); flags, 0 (MMIOM_CLOSE); the old name, the new one
 * (MMIOM_RENAME); any (MMIOM_USER and above).
 *
 * Returns, by message: 0 or an error (MMIOM_OPEN, MMIOM_CLOSE, MMIOM_RENAME); how many bytes, or -1
 * (MMIOM_READ, MMIOM_WRITE, MMIOM_WRITEFLUSH); the new position, or -1 (MMIOM_SEEK); 0 to what it does not
 * know.
 *
 * It may call any function, on the same file too; messages about one file go no more than 64 deep. Messages
 * about different files come from any thread. While it runs its file is locked for other threads: two
 * procedures that each use the other's file from two threads wait for each other for ever. It must return:
 * a longjmp, an exception or the end of the thread out of it leaves the file locked.
 *
 * A procedure may keep bytes that it was given in buffers of its own, and empty them when MMIOM_WRITEFLUSH
 * comes. When mmioFlush, mmioSetBuffer or mmioClose has returned 0, that was the last write message.
 *
 * Example: A procedure whose files are streams of stdio, which buffer. The page of each message has the case
 * for it.
 * ```c
 * #include <mmsystem_ext.h>
 * #include <stdio.h>
 *
 * LRESULT CALLBACK IOProc(LPSTR lpmmioinfo, UINT uMsg,
 *                         LPARAM lParam1, LPARAM lParam2)
 * {
 *     LPMMIOINFO info = (LPMMIOINFO)lpmmioinfo;
 *     FILE *file = (FILE *)mmsys_context(info);
 *     switch (uMsg) {
 *     // A case for each message: see its page.
 *     }
 *     return 0;
 * }
 * ```
 */
#ifndef LPMMIOPROC
typedef LRESULT (*LPMMIOPROC)(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2);
#endif

/**
 * A task, as 16-bit Windows had them; carried along, not used.
 */
#ifndef HTASK__
struct HTASK__ {
  int unused;
};
#endif

#ifndef HTASK
typedef struct HTASK__ *HTASK;
#endif

/**
 * The state of an open file (mmioGetInfo), and what to open (mmioOpen).
 */
#ifndef _MMIOINFO
struct MMSYSTEM_PACKED _MMIOINFO {
  /**
   * MMIO_* open flags, and MMIO_DIRTY.
   */
  DWORD dwFlags;
  /**
   * The code of the I/O procedure.
   */
  FOURCC fccIOProc;
  /**
   * The I/O procedure.
   */
  LPMMIOPROC pIOProc;
  /**
   * The last error: MMSYSERR_* or MMIOERR_*.
   */
  UINT wErrorRet;
  /**
   * Not used.
   */
  HTASK htask;
  /**
   * The size of the I/O buffer, in bytes.
   */
  LONG cchBuffer;
  /**
   * The start of the I/O buffer; NULL when the file is unbuffered.
   */
  HPSTR pchBuffer;
  /**
   * The next byte to read or write.
   */
  HPSTR pchNext;
  /**
   * The end of what the buffer holds of the file.
   */
  HPSTR pchEndRead;
  /**
   * The end of the buffer.
   */
  HPSTR pchEndWrite;
  /**
   * The position in the file of the start of the buffer.
   */
  LONG lBufOffset;
  /**
   * The position of the I/O procedure in the file.
   */
  LONG lDiskOffset;
  /**
   * The I/O procedure's own.
   */
  DWORD adwInfo[3];
  /**
   * The caller's and the procedure's.
   */
  DWORD dwReserved1;
  /**
   * The caller's and the procedure's.
   */
  DWORD dwReserved2;
  /**
   * The file.
   */
  HMMIO hmmio;
};
#endif

#ifndef LPMMIOINFO
typedef struct _MMIOINFO *LPMMIOINFO;
#endif

#ifndef LPCMMIOINFO
typedef const struct _MMIOINFO *LPCMMIOINFO;
#endif

/**
 * A chunk of a RIFF file.
 */
#ifndef _MMCKINFO
struct MMSYSTEM_PACKED _MMCKINFO {
  /**
   * The chunk's code.
   */
  FOURCC ckid;
  /**
   * The size of its data in bytes, the form or list type included, the pad byte not.
   */
  DWORD cksize;
  /**
   * The form type of a RIFF chunk, the list type of a LIST chunk.
   */
  FOURCC fccType;
  /**
   * The position in the file of the data, in bytes.
   */
  DWORD dwDataOffset;
  /**
   * MMIO_DIRTY between mmioCreateChunk and mmioAscend.
   */
  DWORD dwFlags;
};
#endif

#ifndef LPMMCKINFO
typedef struct _MMCKINFO *LPMMCKINFO;
#endif

#ifndef LPCMMCKINFO
typedef const struct _MMCKINFO *LPCMMCKINFO;
#endif

#ifndef MMIOINFO
typedef struct _MMIOINFO MMIOINFO;
#endif

#ifndef PMMIOINFO
typedef struct _MMIOINFO *PMMIOINFO;
#endif

#ifndef NPMMIOINFO
typedef struct _MMIOINFO *NPMMIOINFO;
#endif

#ifndef MMCKINFO
typedef struct _MMCKINFO MMCKINFO;
#endif

#ifndef PMMCKINFO
typedef struct _MMCKINFO *PMMCKINFO;
#endif

#ifndef NPMMCKINFO
typedef struct _MMCKINFO *NPMMCKINFO;
#endif

#ifndef MMIO_READ
#define MMIO_READ 0x00000000
#endif

#ifndef MMIO_WRITE
#define MMIO_WRITE 0x00000001
#endif

#ifndef MMIO_READWRITE
#define MMIO_READWRITE 0x00000002
#endif

#ifndef MMIO_RWMODE
#define MMIO_RWMODE 0x00000003
#endif

#ifndef MMIO_COMPAT
#define MMIO_COMPAT 0x00000000
#endif

#ifndef MMIO_EXCLUSIVE
#define MMIO_EXCLUSIVE 0x00000010
#endif

#ifndef MMIO_DENYWRITE
#define MMIO_DENYWRITE 0x00000020
#endif

#ifndef MMIO_DENYREAD
#define MMIO_DENYREAD 0x00000030
#endif

#ifndef MMIO_DENYNONE
#define MMIO_DENYNONE 0x00000040
#endif

#ifndef MMIO_SHAREMODE
#define MMIO_SHAREMODE 0x00000070
#endif

#ifndef MMIO_PARSE
#define MMIO_PARSE 0x00000100
#endif

#ifndef MMIO_DELETE
#define MMIO_DELETE 0x00000200
#endif

#ifndef MMIO_CREATE
#define MMIO_CREATE 0x00001000
#endif

#ifndef MMIO_EXIST
#define MMIO_EXIST 0x00004000
#endif

#ifndef MMIO_ALLOCBUF
#define MMIO_ALLOCBUF 0x00010000
#endif

#ifndef MMIO_GETTEMP
#define MMIO_GETTEMP 0x00020000
#endif

#ifndef MMIO_DIRTY
#define MMIO_DIRTY 0x10000000
#endif

#ifndef MMIO_FHOPEN
#define MMIO_FHOPEN 0x00000010
#endif

#ifndef MMIO_EMPTYBUF
#define MMIO_EMPTYBUF 0x00000010
#endif

#ifndef MMIO_TOUPPER
#define MMIO_TOUPPER 0x00000010
#endif

#ifndef MMIO_INSTALLPROC
#define MMIO_INSTALLPROC 0x00010000
#endif

#ifndef MMIO_REMOVEPROC
#define MMIO_REMOVEPROC 0x00020000
#endif

#ifndef MMIO_FINDPROC
#define MMIO_FINDPROC 0x00040000
#endif

#ifndef MMIO_UNICODEPROC
#define MMIO_UNICODEPROC 0x01000000
#endif

#ifndef MMIO_GLOBALPROC
#define MMIO_GLOBALPROC 0x10000000
#endif

#ifndef MMIO_FINDCHUNK
#define MMIO_FINDCHUNK 0x00000010
#endif

#ifndef MMIO_FINDRIFF
#define MMIO_FINDRIFF 0x00000020
#endif

#ifndef MMIO_FINDLIST
#define MMIO_FINDLIST 0x00000040
#endif

#ifndef MMIO_CREATERIFF
#define MMIO_CREATERIFF 0x00000020
#endif

#ifndef MMIO_CREATELIST
#define MMIO_CREATELIST 0x00000040
#endif

#ifndef MMIO_DEFAULTBUFFER
#define MMIO_DEFAULTBUFFER 8192
#endif

#ifndef MMIOERR_BASE
#define MMIOERR_BASE 256
#endif

#ifndef MMIOERR_FILENOTFOUND
#define MMIOERR_FILENOTFOUND 257
#endif

#ifndef MMIOERR_OUTOFMEMORY
#define MMIOERR_OUTOFMEMORY 258
#endif

#ifndef MMIOERR_CANNOTOPEN
#define MMIOERR_CANNOTOPEN 259
#endif

#ifndef MMIOERR_CANNOTCLOSE
#define MMIOERR_CANNOTCLOSE 260
#endif

#ifndef MMIOERR_CANNOTREAD
#define MMIOERR_CANNOTREAD 261
#endif

#ifndef MMIOERR_CANNOTWRITE
#define MMIOERR_CANNOTWRITE 262
#endif

#ifndef MMIOERR_CANNOTSEEK
#define MMIOERR_CANNOTSEEK 263
#endif

#ifndef MMIOERR_CANNOTEXPAND
#define MMIOERR_CANNOTEXPAND 264
#endif

#ifndef MMIOERR_CHUNKNOTFOUND
#define MMIOERR_CHUNKNOTFOUND 265
#endif

#ifndef MMIOERR_UNBUFFERED
#define MMIOERR_UNBUFFERED 266
#endif

#ifndef MMIOERR_PATHNOTFOUND
#define MMIOERR_PATHNOTFOUND 267
#endif

#ifndef MMIOERR_ACCESSDENIED
#define MMIOERR_ACCESSDENIED 268
#endif

#ifndef MMIOERR_SHARINGVIOLATION
#define MMIOERR_SHARINGVIOLATION 269
#endif

#ifndef MMIOERR_NETWORKERROR
#define MMIOERR_NETWORKERROR 270
#endif

#ifndef MMIOERR_TOOMANYOPENFILES
#define MMIOERR_TOOMANYOPENFILES 271
#endif

#ifndef MMIOERR_INVALIDFILE
#define MMIOERR_INVALIDFILE 272
#endif

/**
 * Asks an I/O procedure to read bytes.
 *
 * mmioRead sends it with the program's memory where a request goes past the file's buffer: the file is
 * unbuffered, or the buffer is empty and no larger than the request. For a smaller request mmioRead fills
 * the buffer with it, and so do mmioAdvance and mmioDescend. mmioSendMessage sends it at the current
 * position.
 *
 * Before it, dirty bytes in the file's buffer are sent as MMIOM_WRITE. Then MMIOM_SEEK is sent, if
 * lDiskOffset is not where the first byte is wanted. A procedure that buffers also returns the bytes that
 * only its own buffers have.
 *
 * lpmmioinfo: the file's MMIOINFO. lDiskOffset is the position of the first byte. The procedure adds to
 * it how many bytes it read. If it leaves lDiskOffset alone, the library adds the result.
 *
 * lParam1: the memory that receives the bytes. It stays where it is until the procedure returns.
 *
 * lParam2: its size in bytes, 1 to 2147483647; from mmioSendMessage any number from 0. The procedure must
 * not write more.
 *
 * Returns how many bytes were read; 0 at the end of the file; -1 for an error. Fewer than lParam2 is no
 * error: the rest is asked for with another message, until one returns 0. A number above lParam2, or any
 * below 0, is an error as -1 is.
 *
 * Errors, for the program: MMIOERR_CANNOTREAD: the procedure returned an error. mmioAdvance returns this.
 * mmioRead and mmioSendMessage return -1 and have it in wErrorRet; but where mmioRead got some bytes
 * before, it returns how many, and the next call meets the error again.
 *
 * Source: doc; that a short result is continued, and what counts as an error: ours.
 *
 * Example: A case of the procedure in LPMMIOPROC, whose files are streams of stdio. The second fseek is
 * there as a write may follow.
 *
 * ```c
 * case MMIOM_READ: {
 *     size_t count;
 *     clearerr(file);
 *     if (fseek(file, info->lDiskOffset, SEEK_SET) != 0)
 *         return -1;
 *     count = fread((void *)lParam1, 1, (size_t)lParam2, file);
 *     if (ferror(file))
 *         return -1;
 *     info->lDiskOffset += (LONG)count;
 *     fseek(file, info->lDiskOffset, SEEK_SET);
 *     return (LRESULT)count;
 * }
 * ```
 */
#ifndef MMIOM_READ
#define MMIOM_READ 0x00000000
#endif

/**
 * Asks an I/O procedure to write bytes, which it may keep in buffers of its own.
 *
 * It is sent where the program asked for no flush. mmioWrite sends it when the file's buffer is full, and
 * where a request goes past the buffer: the file is unbuffered, or the buffer is empty and no larger than
 * the request. mmioSeek, mmioRead, mmioAdvance, mmioDescend, mmioAscend and mmioSendMessage send it for
 * dirty bytes in the buffer, before they move it. mmioSendMessage also sends it for the program, at the
 * current position. mmioFlush, mmioSetBuffer and mmioClose send MMIOM_WRITEFLUSH instead, and so does
 * mmioWrite after mmsys_set_write_through.
 *
 * Before it, MMIOM_SEEK is sent, if lDiskOffset is not where the first byte belongs. After it, the next
 * flush sends a MMIOM_WRITEFLUSH, if need be of 0 bytes.
 *
 * A procedure that knows only MMIOM_WRITEFLUSH returns 0 or -1 to this message. As long as it has taken
 * no byte of a MMIOM_WRITE, the same bytes are then sent once more, as MMIOM_WRITEFLUSH.
 *
 * lpmmioinfo: the file's MMIOINFO. lDiskOffset is the position of the first byte. The procedure adds to
 * it how many bytes it took. If it leaves lDiskOffset alone, the library adds the result. A procedure
 * that returns -1 leaves it alone: the same bytes will come again, for the same position.
 *
 * lParam1: the bytes, in the file's buffer or in memory of the program. The procedure must not change
 * them. They stay where they are until it returns: a procedure that keeps them makes a copy.
 *
 * lParam2: how many bytes, 1 to 2147483647; from mmioSendMessage any number from 0.
 *
 * Returns how many bytes were taken; -1 for an error. Fewer than lParam2 is no error: the rest is sent
 * with another message. 0 for a count above 0, a number above lParam2, or any below 0, is an error as -1
 * is. None of the bytes then counts as taken.
 *
 * Errors, for the program: MMIOERR_CANNOTWRITE: the procedure returned an error. mmioAdvance, mmioAscend
 * and others return this. mmioWrite returns how many bytes were accepted, or -1 if none was; mmioRead,
 * mmioSeek and mmioSendMessage return -1; the error is in wErrorRet. Bytes that were accepted stay in the
 * file's buffer, and the next call that must send them tries again.
 *
 * Source: doc; that a short result is continued, that nothing accepted is lost, and the second message:
 * ours.
 *
 * Example: A case of the procedure in LPMMIOPROC, whose files are streams of stdio. The bytes may stay in
 * the buffer of the stream.
 *
 * ```c
 * case MMIOM_WRITE: {
 *     size_t count;
 *     if (ftell(file) != info->lDiskOffset
 *         && fseek(file, info->lDiskOffset, SEEK_SET) != 0)
 *         return -1;
 *     count = fwrite((void *)lParam1, 1, (size_t)lParam2, file);
 *     info->lDiskOffset += (LONG)count;
 *     return count > 0 || lParam2 == 0 ? (LRESULT)count : -1;
 * }
 * ```
 */
#ifndef MMIOM_WRITE
#define MMIOM_WRITE 0x00000001
#endif

/**
 * Asks an I/O procedure to move to another position.
 *
 * It is sent with SEEK_SET before MMIOM_READ, MMIOM_WRITE and MMIOM_WRITEFLUSH, if lDiskOffset is not
 * where the first byte is, but never before a MMIOM_WRITEFLUSH of 0 bytes. mmioSeek, mmioDescend and
 * mmioAscend send it with SEEK_SET for a position that the file's buffer does not hold. mmioSeek with
 * SEEK_END sends it with SEEK_END and the offset that the program gave. Before these, dirty bytes in the
 * buffer are sent as MMIOM_WRITE. mmioSendMessage sends it with any origin: only then may it be SEEK_CUR.
 *
 * lpmmioinfo: the file's MMIOINFO. The procedure sets lDiskOffset to the new position. The library reads
 * lDiskOffset as 32 bits without a sign: positions up to 4294967294 work, and -1 is no position.
 *
 * lParam1: the offset in bytes. With SEEK_SET it is the new position, 0 or more (from mmioSendMessage any
 * number). With SEEK_CUR it is added to lDiskOffset. With SEEK_END its meaning is for the program and the
 * procedure to agree on; in the built-in procedures the new position is the end of the file minus the
 * offset.
 *
 * lParam2: the origin: SEEK_SET, SEEK_CUR or SEEK_END.
 *
 * Returns the new position; -1 for an error. No other number is an error, and the position is what
 * lDiskOffset says, not what is returned. But if the procedure leaves lDiskOffset alone, and returns the
 * position asked for with SEEK_SET or SEEK_CUR, the library takes it to be there.
 *
 * Errors, for the program: MMIOERR_CANNOTSEEK: the procedure returned -1 or set lDiskOffset to -1; or,
 * before MMIOM_READ, it is elsewhere than it was sent. mmioAscend returns this; mmioSeek, mmioRead and
 * mmioSendMessage return -1 and have it in wErrorRet; MMIOERR_CANNOTWRITE: the same, before MMIOM_WRITE
 * and MMIOM_WRITEFLUSH. The bytes stay in the file's buffer.
 *
 * Source: doc; that lDiskOffset is what counts, and that SEEK_END is passed on: ours.
 *
 * Example: A case of the procedure in LPMMIOPROC, whose files are streams of stdio. The other cases move
 * the stream.
 *
 * ```c
 * case MMIOM_SEEK: {
 *     LPARAM target = lParam1;
 *     if (lParam2 == SEEK_CUR)
 *         target += info->lDiskOffset;
 *     if (lParam2 == SEEK_END)
 *         target = fseek(file, 0, SEEK_END) == 0
 *             ? ftell(file) - target : -1;
 *     if (target < 0)
 *         return -1;
 *     return info->lDiskOffset = (LONG)target;
 * }
 * ```
 */
#ifndef MMIOM_SEEK
#define MMIOM_SEEK 0x00000002
#endif

/**
 * Asks an I/O procedure to open a file, or to delete one.
 *
 * mmioOpen sends it. It is the first message about a file, and the only one while the file is opened.
 * After the result 0 the file is open, and exactly one MMIOM_CLOSE will follow; after an error none does.
 * mmioSendMessage does not send it.
 *
 * If dwFlags has MMIO_DELETE, the procedure deletes the file of that name and opens nothing. hmmio is
 * NULL then, mmsys_set_context fails, and no MMIOM_CLOSE follows. For MMIO_PARSE, MMIO_EXIST and
 * MMIO_GETTEMP nothing is sent.
 *
 * lpmmioinfo: the file's MMIOINFO, at one address until the file is closed. dwFlags has the flags given
 * to mmioOpen, adwInfo what the program put there, and the buffer is in place. lDiskOffset is 0. The
 * procedure may set it to another position: the program's positions then begin there.
 *
 * lParam1: the name that was given to mmioOpen, with a `+` and what follows it; a string that ends with
 * NUL, or NULL if mmioOpen was given NULL. Its characters are bytes; for a procedure that was installed
 * with mmioInstallIOProcW they are WCHAR; for one that was given as pIOProc they are those of the
 * function that was called. It is valid until the procedure returns.
 *
 * lParam2: 0.
 *
 * Returns 0, or an error, which mmioOpen gives the program in wErrorRet. Any number above 0 is passed on;
 * one below 0 becomes MMIOERR_CANNOTOPEN.
 *
 * Errors, from the procedure: MMIOERR_FILENOTFOUND: there is no file of that name; MMIOERR_ACCESSDENIED:
 * it may not be opened with these flags; MMIOERR_OUTOFMEMORY: no memory; MMIOERR_INVALIDFILE: the name is
 * NULL or no name, or the file is of another kind; MMIOERR_CANNOTOPEN: any other reason.
 *
 * Source: doc; the structure, and that nothing else is sent: win; results below 0: ours.
 *
 * Example: A case of the procedure in LPMMIOPROC, whose files are streams of stdio.
 *
 * ```c
 * case MMIOM_OPEN: {
 *     const char *name = (const char *)lParam1;
 *     if (name == NULL)
 *         return MMIOERR_INVALIDFILE;
 *     if (info->dwFlags & MMIO_DELETE)
 *         return remove(name) == 0 ? 0 : MMIOERR_FILENOTFOUND;
 *     file = fopen(name,
 *         info->dwFlags & MMIO_CREATE ? "w+b" : "r+b");
 *     if (file == NULL)
 *         return MMIOERR_FILENOTFOUND;
 *     mmsys_set_context(info, file);
 *     return 0;
 * }
 * ```
 */
#ifndef MMIOM_OPEN
#define MMIOM_OPEN 0x00000003
#endif

/**
 * Asks an I/O procedure to close its file.
 *
 * It is the last message about a file, and is sent exactly once for each MMIOM_OPEN that returned 0.
 * mmioSendMessage does not send it.
 *
 * mmioClose flushes first: it sends dirty bytes as MMIOM_WRITEFLUSH, or a MMIOM_WRITEFLUSH of 0 bytes if
 * bytes were sent as MMIOM_WRITE since the last one. If that fails, mmioClose returns
 * MMIOERR_CANNOTWRITE, MMIOM_CLOSE is not sent, and the file stays open. mmsys_discard sends MMIOM_CLOSE
 * without a flush.
 *
 * After mmsys_discard, or where it does not know MMIOM_WRITEFLUSH, the procedure may still have bytes in
 * its own buffers. It may write them; if it does not succeed, it returns an error. Whatever it returns,
 * it must release all that it has for the file.
 *
 * lpmmioinfo: the file's MMIOINFO, valid until the procedure returns. lDiskOffset is as the last message
 * left it, and need not be set.
 *
 * lParam1: the flags given to mmioClose: 0, or MMIO_FHOPEN, to leave open a descriptor that the program
 * has lent. From mmsys_discard it is 0.
 *
 * lParam2: 0.
 *
 * Returns 0, or an error, which mmioClose or mmsys_discard returns. The file is closed in either case.
 * Any number above 0 is passed on; one below 0 becomes MMIOERR_CANNOTCLOSE.
 *
 * Errors, from the procedure: MMIOERR_CANNOTWRITE: bytes in its own buffers could not be written, and are
 * lost; MMIOERR_CANNOTCLOSE: any other reason.
 *
 * Source: doc; that there is exactly one, and the failed flush: ours.
 *
 * Example: A case of the procedure in LPMMIOPROC, whose files are streams of stdio.
 *
 * ```c
 * case MMIOM_CLOSE:
 *     return fclose(file) == 0 ? 0 : MMIOERR_CANNOTCLOSE;
 * ```
 */
#ifndef MMIOM_CLOSE
#define MMIOM_CLOSE 0x00000004
#endif

/**
 * Asks an I/O procedure to write bytes, and then to empty its own buffers.
 *
 * A procedure that keeps no bytes in buffers of its own treats it as MMIOM_WRITE: one case serves both. A
 * procedure that does takes the bytes as those of a MMIOM_WRITE, and then writes all that its buffers
 * hold to where it belongs, before it returns.
 *
 * When mmioFlush (with MMIO_EMPTYBUF or without), mmioSetBuffer or mmioClose has returned 0, every byte
 * that the library accepted has been given to the procedure, and the last write message was a
 * MMIOM_WRITEFLUSH.
 *
 * mmioFlush, mmioSetBuffer and mmioClose send it for dirty bytes in the file's buffer. Before it,
 * MMIOM_SEEK is sent, if lDiskOffset is not where the first byte belongs. After mmsys_set_write_through
 * mmioWrite sends it too, for each request. mmioSeek, mmioRead, mmioAdvance, mmioDescend and mmioAscend
 * send MMIOM_WRITE for dirty bytes. mmsys_discard sends neither.
 *
 * It may come with 0 bytes. mmioFlush, mmioSetBuffer and mmioClose send it so if nothing in the file's
 * buffer is dirty, but bytes were sent as MMIOM_WRITE since the last MMIOM_WRITEFLUSH: those of a buffer
 * that was full, of an unbuffered file, of a seek, or of mmioSendMessage. The procedure then empties its
 * own buffers, and no more. No MMIOM_SEEK is sent before it. If no bytes were sent as MMIOM_WRITE since
 * the last one, nothing is sent.
 *
 * mmioSendMessage sends it for the program: bytes at the current position, or 0 bytes wherever the
 * procedure is. Dirty bytes in the file's buffer are sent as MMIOM_WRITE before.
 *
 * A procedure may know only one of MMIOM_WRITE and MMIOM_WRITEFLUSH. A message of which the file's
 * procedure has never taken a byte, and to which it returns 0 or -1 for a count above 0, and moves
 * neither lDiskOffset nor the file, is sent once more as the other one, with the same bytes. That is not
 * remembered for good: at the next flush the procedure is asked again. Once it has taken a byte of a
 * message, 0 or -1 to that message is an error.
 *
 * The built-in procedure for disk files passes the bytes of both messages on to the operating system at
 * once. It is sent 0 bytes only for durability (mmsys_set_durable). The one for memory files has nothing
 * to empty, and is sent none.
 *
 * lpmmioinfo: the file's MMIOINFO. lDiskOffset is the position of the first byte. The procedure adds to
 * it how many bytes it took. If it leaves lDiskOffset alone, the library adds the result. With 0 bytes,
 * and if it returns -1, the procedure leaves it alone: after -1 the same bytes will come again, for the
 * same position.
 *
 * lParam1: the bytes, in the file's buffer or in memory of the program. The procedure must not change
 * them. With 0 bytes it is a valid pointer too, with nothing to read there; from mmioSendMessage it is
 * what the program gave.
 *
 * lParam2: how many bytes, 0 to 2147483647; from mmioSendMessage any number from 0.
 *
 * Returns how many bytes were taken, once the procedure's own buffers are empty; for 0 bytes that is 0,
 * which is success. -1 is an error: bytes of this message, or some that were in the procedure's buffers,
 * could not be written. None of this message then counts as taken, and those in the procedure's buffers
 * stay there. For 0 bytes the error is best MMIOERR_CANNOTWRITE (see ERRORS). Fewer than lParam2 is no
 * error: the rest is sent with another MMIOM_WRITEFLUSH. 0 for a count above 0, a number above lParam2,
 * or any below 0, is an error as -1 is.
 *
 * Errors, for the program: MMIOERR_CANNOTWRITE: the procedure returned an error. mmioFlush, mmioSetBuffer
 * and mmioClose return this, and mmioSendMessage returns -1. The bytes stay in the file's buffer, the
 * file stays open, and the next flush sends what this one could not. But -1 to 0 bytes, of a procedure
 * that has never taken a MMIOM_WRITEFLUSH (neither a byte of one, nor one of 0 bytes with the result 0),
 * is no error: it may not know the message. The flush then succeeds, and the next one asks again. A
 * procedure whose very first flush fails returns MMIOERR_CANNOTWRITE to 0 bytes: that is an error in any
 * case.
 *
 * Source: doc; that a flush reaches the procedure, 0 bytes, and the second message: ours.
 *
 * Example: A case of the procedure in LPMMIOPROC, whose files are streams of stdio. Each stream has a
 * buffer, which fflush empties. After a failure the same bytes come again: the stream is then beyond
 * lDiskOffset, and is put back.
 *
 * ```c
 * case MMIOM_WRITEFLUSH: {
 *     size_t count = (size_t)lParam2;
 *     if (count > 0 && ftell(file) != info->lDiskOffset
 *         && fseek(file, info->lDiskOffset, SEEK_SET) != 0)
 *         return -1;
 *     if (fwrite((void *)lParam1, 1, count, file) < count
 *         || fflush(file) != 0)
 *         return count > 0 ? -1 : MMIOERR_CANNOTWRITE;
 *     info->lDiskOffset += (LONG)count;
 *     return (LRESULT)count;
 * }
 * ```
 */
#ifndef MMIOM_WRITEFLUSH
#define MMIOM_WRITEFLUSH 0x00000005
#endif

/**
 * Asks an I/O procedure to rename a file.
 *
 * mmioRename sends it to the procedure that would open the old name. No file is open: no other message
 * comes before or after. mmioSendMessage passes it on as it is, with whatever parameters, to the
 * procedure of an open file.
 *
 * lpmmioinfo: an MMIOINFO of no file: hmmio is NULL, lDiskOffset has no meaning and need not be set, and
 * mmsys_context returns NULL. adwInfo has what the program put there.
 *
 * lParam1: the old name, never NULL, in the form that MMIOM_OPEN has.
 *
 * lParam2: the new name, never NULL, in the same form.
 *
 * Returns 0, or an error, which mmioRename returns. Any number above 0 is passed on; one below 0 becomes
 * MMIOERR_ACCESSDENIED.
 *
 * Errors, from the procedure: MMIOERR_FILENOTFOUND: there is no file of the old name;
 * MMIOERR_ACCESSDENIED: there is one of the new name, or it may not be renamed; MMSYSERR_NOTSUPPORTED:
 * files of its kind have no names.
 *
 * Source: doc; results below 0: ours.
 *
 * Example: A case of the procedure in LPMMIOPROC, whose files are streams of stdio.
 *
 * ```c
 * case MMIOM_RENAME: {
 *     const char *from = (const char *)lParam1;
 *     const char *to = (const char *)lParam2;
 *     return rename(from, to) == 0 ? 0 : MMIOERR_FILENOTFOUND;
 * }
 * ```
 */
#ifndef MMIOM_RENAME
#define MMIOM_RENAME 0x00000006
#endif

/**
 * Is the first message number that is free for programs.
 *
 * A program and its I/O procedure may agree on any messages from MMIOM_USER up to 4294967295. The library
 * sends none of its own accord. mmioSendMessage passes them on as they are, and also numbers below
 * MMIOM_USER that are no message.
 *
 * Dirty bytes in the file's buffer are not sent before: call mmioFlush if the procedure is to have them.
 *
 * lpmmioinfo: the file's MMIOINFO. A procedure that moves to another position sets lDiskOffset. The
 * program's position does not change, and MMIOM_SEEK is sent before the next transfer.
 *
 * lParam1, lParam2: what the program and the procedure agreed on; the library does not look at them.
 *
 * Returns what they agreed on; mmioSendMessage returns the same. To a message that it does not know a
 * procedure returns 0.
 *
 * Source: doc; that the buffer is left alone: ours.
 *
 * Example: A case of the procedure in LPMMIOPROC, whose files are streams of stdio: it tells how long the
 * file is. And the call that asks for it.
 *
 * ```c
 * case MMIOM_USER:
 *     if (fseek(file, 0, SEEK_END) != 0)
 *         return -1;
 *     *(LONG *)lParam1 = (LONG)ftell(file);
 *     return 0;
 * ```
 *
 * ```c
 * LONG size;
 * if (mmioFlush(hmmio, 0) != MMSYSERR_NOERROR
 *     || mmioSendMessage(hmmio, MMIOM_USER, (LPARAM)&size, 0) != 0)
 *     return 1;
 * ```
 */
#ifndef MMIOM_USER
#define MMIOM_USER 0x00008000
#endif

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Gets the state of a file, for direct access to its buffer.
 *
 * hmmio: the file.
 *
 * pmmioinfo: receives the state. The program may then read at pchNext up to pchEndRead, write up to
 * pchEndWrite, move its pchNext on, set MMIO_DIRTY in dwFlags if it wrote, and give the structure to
 * mmioSetInfo or mmioAdvance before it calls any other function on the file.
 *
 * uFlags: 0.
 *
 * Returns 0; MMSYSERR_INVALPARAM: pmmioinfo is NULL; MMSYSERR_INVALHANDLE: hmmio is not an open file.
 *
 * Source: doc. lBufOffset and lDiskOffset are 2147483647 where a LONG cannot hold them (ours).
 *
 * # Safety
 * - hmmio: any value.
 * - pmmioinfo: NULL, or memory for an MMIOINFO.
 */
MMSYSTEM_API
MMRESULT mmioGetInfo(HMMIO hmmio,
                     LPMMIOINFO pmmioinfo,
                     UINT uFlags);

/**
 * Gives back the state of a file after direct access.
 *
 * hmmio: the file.
 *
 * pmmioinfo: what mmioGetInfo gave, with pchNext moved. Taken from it: pchNext, pchEndRead, MMIO_DIRTY (every
 * byte from pchBuffer to the larger of the two then counts as written) and, with a program's own procedure,
 * adwInfo. All else is ignored (ours: a stale copy must not move the buffer, nor drop bytes that wait to be
 * written).
 *
 * uFlags: 0.
 *
 * Returns 0; after an error nothing was taken; MMSYSERR_INVALPARAM: pmmioinfo is NULL, or one of its
 * pointers is outside the buffer, or in a memory file pchNext is behind pchEndRead and it is not dirty;
 * MMIOERR_CANNOTWRITE: it is dirty, and the file open for reading only, or nothing can be written there (on a
 * stream while bytes that were read ahead wait, in a file that only appends before its end);
 * MMIOERR_CANNOTSEEK: a stream cannot be there; MMSYSERR_HANDLEBUSY: the I/O procedure has the buffer on loan; MMSYSERR_INVALHANDLE: hmmio is not an open
 * file.
 *
 * Source: doc.
 *
 * # Safety
 * - hmmio: any value.
 * - pmmioinfo: NULL, or an MMIOINFO.
 */
MMSYSTEM_API
MMRESULT mmioSetInfo(HMMIO hmmio,
                     LPCMMIOINFO pmmioinfo,
                     UINT uFlags);

/**
 * Gives a file a buffer, another one, or none. The position stays; what was buffered is flushed first, as
 * mmioFlush does.
 *
 * hmmio: the file. For a memory file the buffer is the new, empty, file.
 *
 * pchBuffer: the buffer; NULL for one that the library allocates.
 *
 * cchBuffer: its size in bytes, 0 to 2147483647; (NULL, 0) makes the file unbuffered.
 *
 * uFlags: ignored (win).
 *
 * Returns 0; MMIOERR_CANNOTWRITE or MMIOERR_OUTOFMEMORY: the flush failed, or there is no memory, and the
 * old buffer with its bytes stays; MMIOERR_CANNOTSEEK: the buffer is too small for what was read ahead of a
 * stream; MMSYSERR_INVALPARAM: a negative size, or the library's own buffer given as the caller's;
 * MMSYSERR_INVALHANDLE: hmmio is not an open file.
 *
 * Source: doc.
 *
 * # Safety
 * - hmmio: any value.
 * - pchBuffer: NULL, or valid for cchBuffer bytes while the file is open or until its next buffer; for a
 *   memory file that may grow, from malloc.
 */
MMSYSTEM_API
MMRESULT mmioSetBuffer(HMMIO hmmio,
                       LPSTR pchBuffer,
                       LONG cchBuffer,
                       UINT uFlags);

/**
 * Writes what is buffered, and has the I/O procedure empty its own buffers.
 *
 * The bytes in the buffer go to the procedure as MMIOM_WRITEFLUSH. If there are none, but bytes went to a
 * program's own procedure as MMIOM_WRITE since the last MMIOM_WRITEFLUSH, it is sent a MMIOM_WRITEFLUSH of 0
 * bytes. Otherwise nothing is sent. When mmioFlush has returned 0, every byte that was accepted has been
 * given to the procedure, and the last write message was a MMIOM_WRITEFLUSH.
 *
 * A disk file's bytes are then with the operating system; mmsys_set_durable has them forced to the disk too.
 *
 * hmmio: the file. A memory file has nowhere to write to: nothing happens.
 *
 * uFlags: 0, or MMIO_EMPTYBUF to empty the buffer after that; else it keeps what it holds.
 *
 * Returns 0; MMIOERR_CANNOTWRITE: the procedure could not write, or not empty its own buffers: what was not
 * written is still in the buffer, and the next flush tries again; MMSYSERR_INVALHANDLE: hmmio is not an open
 * file.
 *
 * Source: doc; the flush of 0 bytes: ours.
 *
 * # Safety
 * - hmmio: any value.
 */
MMSYSTEM_API
MMRESULT mmioFlush(HMMIO hmmio,
                   UINT uFlags);

/**
 * Moves a file's buffer on to the current position, and fills it for reading.
 *
 * hmmio: the file, buffered. A memory file grows if pchNext is at pchEndWrite (MMIO_WRITE).
 *
 * pmmioinfo: NULL, or the state as for mmioSetInfo; receives the new state.
 *
 * uFlags: MMIO_READ or MMIO_WRITE.
 *
 * Returns 0, at the end of the file too: then pchNext equals pchEndRead; MMIOERR_UNBUFFERED: the file has no
 * buffer; MMIOERR_CANNOTWRITE: the buffer could not be written, and nothing is lost, or the file is open for
 * reading only, or (MMIO_WRITE) bytes that were read ahead of a stream wait in the buffer;
 * MMIOERR_CANNOTREAD: the I/O procedure could not read, or the file is open for writing only;
 * MMIOERR_CANNOTEXPAND: a memory file that cannot grow is full; MMSYSERR_INVALPARAM: other flags, or a
 * pointer outside the buffer; what else mmioSetInfo returns for it; MMSYSERR_HANDLEBUSY: the I/O procedure has the buffer on loan;
 * MMSYSERR_INVALHANDLE: hmmio is not an open file.
 *
 * Source: doc; the end of the file: win.
 *
 * # Safety
 * - hmmio: any value.
 * - pmmioinfo: NULL, or an MMIOINFO.
 */
MMSYSTEM_API
MMRESULT mmioAdvance(HMMIO hmmio,
                     LPMMIOINFO pmmioinfo,
                     UINT uFlags);

/**
 * Opens, creates, deletes, names or looks for a file.
 *
 * pszFileName: the name; NULL for a memory file (FOURCC_MEM) or to adopt the open file descriptor in
 * adwInfo[0] (which may be 0 with FOURCC_DOS only; else that is MMIOERR_FILENOTFOUND). `NAME.EXT+ELEMENT` is opened by the I/O procedure installed under the code EXT and
 * a space. With MMIO_PARSE, MMIO_EXIST and MMIO_GETTEMP it is a buffer of 128 characters that receives a
 * name; otherwise it is not written to. An existing file that is named without a directory is looked for in
 * the current one, and then beside the program. A name that is not there as it is may be there in another case, or with
 * the separators and drives of Windows.
 *
 * pmmioinfo: NULL, or options: pIOProc or fccIOProc (the I/O procedure), pchBuffer and cchBuffer (the
 * buffer, in bytes, 0 to 2147483647), adwInfo (the procedure's; for a memory file adwInfo[0] is the step in
 * bytes by which it grows, 0 for one that does not). All else must be 0. Receives the error in wErrorRet.
 *
 * fdwOpen: one of MMIO_READ, MMIO_WRITE, MMIO_READWRITE; with MMIO_CREATE (makes or empties the file, always
 * for reading and writing), MMIO_ALLOCBUF (with a buffer of MMIO_DEFAULTBUFFER bytes), and a share mode:
 * MMIO_EXCLUSIVE (others may not open the file), MMIO_DENYWRITE, MMIO_DENYREAD (not for that), MMIO_DENYNONE, or
 * MMIO_COMPAT, which is 0, and denies nothing too; or MMIO_DELETE (deletes the file), MMIO_EXIST (whether it is there, and
 * its full name), MMIO_PARSE (its full name), MMIO_GETTEMP (makes a temporary file, and gives its name), which open nothing.
 *
 * Returns the handle, for mmioClose; NULL on failure. MMIO_DELETE, MMIO_EXIST and MMIO_PARSE return 1 or
 * NULL. MMIO_GETTEMP returns NULL on success and MMIOERR_FILENOTFOUND on failure.
 *
 * Errors, in wErrorRet of pmmioinfo: MMIOERR_FILENOTFOUND: there is no such file; MMIOERR_PATHNOTFOUND: there is no such
 * directory or drive; MMIOERR_ACCESSDENIED: no permission, or it is a directory; MMIOERR_SHARINGVIOLATION: a
 * share mode, of this open or an earlier one, denies it; MMIOERR_TOOMANYOPENFILES: the system has no
 * descriptor left; MMIOERR_NETWORKERROR: the file's network fails; MMIOERR_OUTOFMEMORY: no memory, or a name
 * longer than its buffer; MMIOERR_INVALIDFILE: a name of more than 32767 characters, any other error of the
 * system, or no procedure has the code fccIOProc; MMSYSERR_INVALPARAM: a name is missing, or a size
 * negative; what else the I/O procedure answers.
 *
 * Source: doc; the state after opening and the table of buffers are win.
 *
 * # Safety
 * - pszFileName: NULL, or a string that ends with NUL, with the room said above where it is written to.
 * - pmmioinfo: NULL, or a valid MMIOINFO whose pIOProc is NULL or an I/O procedure and whose pchBuffer is
 *   NULL or valid for cchBuffer bytes (MMIO_DEFAULTBUFFER if that is 0 and MMIO_ALLOCBUF set) while the
 *   file is open; for a memory file that may grow, from malloc.
 */
MMSYSTEM_API
HMMIO mmioOpenA(LPSTR pszFileName,
                LPMMIOINFO pmmioinfo,
                DWORD fdwOpen);

/**
 * mmioOpenA under the name that 16-bit Windows had for it.
 *
 * # Safety
 * - As for mmioOpenA.
 */
MMSYSTEM_API HMMIO mmioOpen(LPSTR pszFileName, LPMMIOINFO pmmioinfo, DWORD fdwOpen);

/**
 * mmioOpenA for a name in UTF-16. One that is not valid is MMIOERR_INVALIDFILE (ours).
 *
 * # Safety
 * - As for mmioOpenA.
 */
MMSYSTEM_API HMMIO mmioOpenW(MMSYSTEM_CHAR16 *pszFileName, LPMMIOINFO pmmioinfo, DWORD fdwOpen);

/**
 * mmioOpenA for a name in UTF-32, which wchar_t is (ours).
 *
 * # Safety
 * - As for mmioOpenA.
 */
MMSYSTEM_API HMMIO mmioOpenU32(MMSYSTEM_CHAR32 *pszFileName, LPMMIOINFO pmmioinfo, DWORD fdwOpen);

/**
 * Renames a file, through the I/O procedure that would open it. A disk file never overwrites another, and
 * may move to another file system.
 *
 * pszFileName: the file's name.
 *
 * pszNewFileName: its new name.
 *
 * pmmioinfo: NULL, or pIOProc or fccIOProc, as for mmioOpenA.
 *
 * fdwRename: 0.
 *
 * Returns 0; MMIOERR_FILENOTFOUND: there is no such file; MMIOERR_PATHNOTFOUND: there is no such directory
 * or drive; MMIOERR_ACCESSDENIED: no permission, or the new name exists; MMIOERR_SHARINGVIOLATION: the file
 * was changed or replaced while it moved to another file system; MMIOERR_INVALIDFILE: a name of more than
 * 32767 characters, another error of the system, or no procedure has the code fccIOProc;
 * MMSYSERR_INVALPARAM: a name is NULL; what else the I/O procedure answers.
 *
 * Source: doc; that it never overwrites: win.
 *
 * # Safety
 * - pszFileName, pszNewFileName: NULL, or strings that end with NUL.
 * - pmmioinfo: NULL, or a valid MMIOINFO whose pIOProc is NULL or an I/O procedure.
 */
MMSYSTEM_API
MMRESULT mmioRenameA(LPCSTR pszFileName,
                     LPCSTR pszNewFileName,
                     LPCMMIOINFO pmmioinfo,
                     DWORD fdwRename);

/**
 * mmioRenameA under the name that 16-bit Windows had for it.
 *
 * # Safety
 * - As for mmioRenameA.
 */
MMSYSTEM_API
MMRESULT mmioRename(LPCSTR pszFileName,
                    LPCSTR pszNewFileName,
                    LPCMMIOINFO pmmioinfo,
                    DWORD fdwRename);

/**
 * mmioRenameA for names in UTF-16.
 *
 * # Safety
 * - As for mmioRenameA.
 */
MMSYSTEM_API
MMRESULT mmioRenameW(const MMSYSTEM_CHAR16 *pszFileName,
                     const MMSYSTEM_CHAR16 *pszNewFileName,
                     LPCMMIOINFO pmmioinfo,
                     DWORD fdwRename);

/**
 * mmioRenameA for names in UTF-32 (ours).
 *
 * # Safety
 * - As for mmioRenameA.
 */
MMSYSTEM_API
MMRESULT mmioRenameU32(const MMSYSTEM_CHAR32 *pszFileName,
                       const MMSYSTEM_CHAR32 *pszNewFileName,
                       LPCMMIOINFO pmmioinfo,
                       DWORD fdwRename);

/**
 * Makes a four-character code of a string.
 *
 * sz: up to four characters; a shorter string is padded with spaces, NULL is four of them.
 *
 * uFlags: 0, or MMIO_TOUPPER to fold the ASCII letters to capitals.
 *
 * Returns the code; there is no error.
 *
 * Source: doc; ASCII only: ours.
 *
 * # Safety
 * - sz: NULL, or a string that ends with NUL or has four characters.
 */
MMSYSTEM_API FOURCC mmioStringToFOURCCA(LPCSTR sz, UINT uFlags);

/**
 * mmioStringToFOURCCA under the name that 16-bit Windows had for it.
 *
 * # Safety
 * - As for mmioStringToFOURCCA.
 */
MMSYSTEM_API FOURCC mmioStringToFOURCC(LPCSTR sz, UINT uFlags);

/**
 * mmioStringToFOURCCA for a string in UTF-16; a character beyond a byte gives its low byte.
 *
 * # Safety
 * - As for mmioStringToFOURCCA.
 */
MMSYSTEM_API FOURCC mmioStringToFOURCCW(const MMSYSTEM_CHAR16 *sz, UINT uFlags);

/**
 * mmioStringToFOURCCA for a string in UTF-32 (ours); a character beyond a byte gives its low byte.
 *
 * # Safety
 * - As for mmioStringToFOURCCA.
 */
MMSYSTEM_API FOURCC mmioStringToFOURCCU32(const MMSYSTEM_CHAR32 *sz, UINT uFlags);

/**
 * Installs, removes or finds an I/O procedure.
 *
 * fccIOProc: the code: three letters of a file name's extension and a space, or any other. The built-in ones
 * are FOURCC_DOS and FOURCC_MEM: they can be overridden, and are there again after the removal.
 *
 * pIOProc: the procedure to install. With MMIO_REMOVEPROC and the code 0, the procedure to remove, whatever
 * its code. Else not used.
 *
 * dwFlags: one of MMIO_INSTALLPROC, MMIO_REMOVEPROC and MMIO_FINDPROC; with MMIO_INSTALLPROC also
 * MMIO_GLOBALPROC (found after all local ones) and MMIO_UNICODEPROC (gets names in UTF-16).
 *
 * Returns the procedure installed, removed or found: the newest install of a code comes first. NULL if there
 * is none, or the flags are not exactly one of the three. Files that are open with a procedure keep it.
 *
 * Source: doc; that open files keep it: ours.
 *
 * # Safety
 * - pIOProc: NULL, or an I/O procedure that can be called as long as it is installed or a file is open with
 *   it.
 */
MMSYSTEM_API
LPMMIOPROC mmioInstallIOProcA(FOURCC fccIOProc,
                              LPMMIOPROC pIOProc,
                              DWORD dwFlags);

/**
 * mmioInstallIOProcA under the name that 16-bit Windows had for it.
 *
 * # Safety
 * - As for mmioInstallIOProcA.
 */
MMSYSTEM_API LPMMIOPROC mmioInstallIOProc(FOURCC fccIOProc, LPMMIOPROC pIOProc, DWORD dwFlags);

/**
 * mmioInstallIOProcA for a procedure that gets names in UTF-16, whatever the callers use.
 *
 * # Safety
 * - As for mmioInstallIOProcA.
 */
MMSYSTEM_API LPMMIOPROC mmioInstallIOProcW(FOURCC fccIOProc, LPMMIOPROC pIOProc, DWORD dwFlags);

/**
 * mmioInstallIOProcA for a procedure that gets names in UTF-32, whatever the callers use (ours).
 *
 * # Safety
 * - As for mmioInstallIOProcA.
 */
MMSYSTEM_API LPMMIOPROC mmioInstallIOProcU32(FOURCC fccIOProc, LPMMIOPROC pIOProc, DWORD dwFlags);

/**
 * Finds a chunk and enters it.
 *
 * hmmio: the file, positioned at a chunk.
 *
 * pmmcki: holds ckid (MMIO_FINDCHUNK) or fccType (MMIO_FINDRIFF, MMIO_FINDLIST), 0 for any; receives the
 * chunk: ckid, cksize, fccType (0 unless it is RIFF or LIST), dwDataOffset, and dwFlags 0.
 *
 * pmmckiParent: NULL, or the chunk to search in: the position must be inside it. A search by name finds what
 * begins in it, though it ends outside (ours). Without a parent the search goes to the end of the file.
 *
 * uFlags: 0 for the chunk at the position; or one of MMIO_FINDCHUNK, MMIO_FINDRIFF and MMIO_FINDLIST, to
 * search it and its siblings.
 *
 * Returns 0: the position is behind the form or list type of a RIFF or LIST chunk, else at the data;
 * MMIOERR_CHUNKNOTFOUND: pmmcki holds the last header read (win), and the position is where it was (ours);
 * MMIOERR_CANNOTREAD: a header could not be read, or the file is open for writing only; MMSYSERR_INVALPARAM:
 * pmmcki is NULL, or more than one flag is set; MMSYSERR_INVALHANDLE: hmmio is not an open file.
 *
 * Source: doc. A parent of size 4294967295 was streamed, and reaches to the end of the file (ours). RF64 and BW64 at the
 * beginning of a file are read as RIFF, with the sizes of ds64; one that 32 bits do not hold is 4294967295 (ours).
 *
 * # Safety
 * - hmmio: any value.
 * - pmmcki: NULL, or an MMCKINFO.
 * - pmmckiParent: NULL, or an MMCKINFO.
 */
MMSYSTEM_API
MMRESULT mmioDescend(HMMIO hmmio,
                     LPMMCKINFO pmmcki,
                     LPCMMCKINFO pmmckiParent,
                     UINT uFlags);

/**
 * Leaves a chunk: goes to its end, the pad byte of an odd size included.
 *
 * hmmio: the file.
 *
 * pmmcki: the chunk, from mmioDescend or mmioCreateChunk. One that was created (MMIO_DIRTY in dwFlags) ends
 * at the current position: an odd size gets its pad byte, and a cksize that differs is corrected, in the
 * file and in the structure.
 *
 * uFlags: 0.
 *
 * Returns 0; MMIOERR_CANNOTSEEK: the file cannot be positioned at the end of the chunk; MMIOERR_CANNOTWRITE:
 * the pad byte or the size could not be written, and the call can be made again; MMSYSERR_INVALPARAM: pmmcki
 * is NULL; MMSYSERR_INVALHANDLE: hmmio is not an open file.
 *
 * Source: doc. A chunk of more than 4294967295 bytes cannot be written, unless MMSYSTEM_RF64=auto was set when its RIFF was
 * created: that becomes an RF64 (ours).
 *
 * # Safety
 * - hmmio: any value.
 * - pmmcki: NULL, or an MMCKINFO.
 */
MMSYSTEM_API
MMRESULT mmioAscend(HMMIO hmmio,
                    LPMMCKINFO pmmcki,
                    UINT uFlags);

/**
 * Creates a chunk at the current position, and enters it.
 *
 * hmmio: the file.
 *
 * pmmcki: holds ckid, cksize (a guess; mmioAscend corrects it) and, for a RIFF or LIST chunk, fccType;
 * receives dwDataOffset and MMIO_DIRTY in dwFlags.
 *
 * uFlags: 0, MMIO_CREATERIFF (ckid becomes RIFF) or MMIO_CREATELIST (ckid becomes LIST).
 *
 * Returns 0: the position is behind the header, form or list type included; MMIOERR_CANNOTWRITE: the header
 * could not be written, and the position is where it was; MMSYSERR_INVALPARAM: pmmcki is NULL, or both flags
 * are set; MMSYSERR_INVALHANDLE: hmmio is not an open file.
 *
 * Source: doc. With MMSYSTEM_RF64=auto in the environment, a RIFF of the form WAVE at the beginning of a disk file is followed
 * by a chunk JUNK of 28 bytes, for the sizes of an RF64 (ours).
 *
 * # Safety
 * - hmmio: any value.
 * - pmmcki: NULL, or an MMCKINFO.
 */
MMSYSTEM_API
MMRESULT mmioCreateChunk(HMMIO hmmio,
                         LPMMCKINFO pmmcki,
                         UINT uFlags);

/**
 * Closes a file, after writing what is buffered.
 *
 * It flushes as mmioFlush does, with MMIOM_WRITEFLUSH, and only then sends MMIOM_CLOSE.
 *
 * hmmio: the file.
 *
 * uFlags: 0, or MMIO_FHOPEN to leave open the descriptor that was adopted, at the current position.
 *
 * Returns 0; MMIOERR_CANNOTWRITE: the flush failed: the buffer could not be written, or the I/O procedure
 * could not empty its own, and the file is still open, its bytes not lost (ours): close again when the cause
 * is gone, or give them up with mmsys_discard; MMSYSERR_INVALHANDLE: hmmio is not an open file; what else
 * the I/O procedure returns to MMIOM_CLOSE: then the file is closed.
 *
 * Source: doc; the flush of 0 bytes: ours.
 *
 * # Safety
 * - hmmio: any value.
 */
MMSYSTEM_API
MMRESULT mmioClose(HMMIO hmmio,
                   UINT uFlags);

/**
 * Reads from a file.
 *
 * hmmio: the file.
 *
 * pch: receives the bytes.
 *
 * cch: how many, 0 to 2147483647.
 *
 * Returns how many were read, less than cch at the end of the file or where an error came between (the next
 * call meets it again); 0 at the end; -1 for an error, a bad handle, pch NULL or a negative cch.
 *
 * Errors, in wErrorRet of mmioGetInfo: MMIOERR_CANNOTREAD: the I/O procedure could not read, or the file is
 * open for writing only; MMIOERR_CANNOTWRITE: the buffer had to be written first, and could not.
 *
 * Source: doc; the straight way for requests of at least the buffer's size: win.
 *
 * # Safety
 * - hmmio: any value.
 * - pch: valid for writing cch bytes; NULL is an error unless cch is 0.
 */
MMSYSTEM_API
LONG mmioRead(HMMIO hmmio,
              HPSTR pch,
              LONG cch);

/**
 * Writes to a file.
 *
 * hmmio: the file.
 *
 * pch: the bytes.
 *
 * cch: how many, 0 to 2147483647.
 *
 * Returns how many were accepted: written, or kept in the buffer to be written. Less than cch if the
 * procedure refused the rest, or a memory file that cannot grow is full (then also 0). -1 if none was
 * accepted because of an error, for a bad handle, pch NULL or a negative cch.
 *
 * Errors, in wErrorRet of mmioGetInfo: MMIOERR_CANNOTWRITE: the I/O procedure could not write, or the file
 * is open for reading only.
 *
 * Source: doc; that nothing accepted is lost: ours.
 *
 * # Safety
 * - hmmio: any value.
 * - pch: valid for reading cch bytes; NULL is an error unless cch is 0.
 */
MMSYSTEM_API
LONG mmioWrite(HMMIO hmmio,
               HPCSTR pch,
               LONG cch);

/**
 * Moves the position in a file.
 *
 * hmmio: the file.
 *
 * lOffset: in bytes: the position itself (SEEK_SET), how far from the current one (SEEK_CUR), or how far
 * before the end (SEEK_END: the new position is end - lOffset; a program's own procedure gets the two
 * numbers as they are).
 *
 * iOrigin: SEEK_SET, SEEK_CUR or SEEK_END, as in stdio.h.
 *
 * Returns the new position; -1 if it would be negative, past the end of a memory file, or more than a LONG
 * holds, if the procedure refused, if the buffer had to be written first and could not, or for a bad handle.
 * The position is then what it was; that of a stream (a pipe, a socket) which ends before the new position is
 * its end. A disk file may be positioned past its end: a write fills the gap with zeros.
 *
 * Source: doc; that SEEK_END counts backwards, and that inside the buffer nothing is sent: win.
 *
 * # Safety
 * - hmmio: any value.
 */
MMSYSTEM_API
LONG mmioSeek(HMMIO hmmio,
              LONG lOffset,
              int iOrigin);

/**
 * Sends a message to a file's I/O procedure.
 *
 * MMIOM_READ, MMIOM_WRITE, MMIOM_WRITEFLUSH and MMIOM_SEEK act at the current position, after what was
 * written into the buffer was sent as MMIOM_WRITE and the buffer was emptied. Afterwards the position is
 * what lDiskOffset says, unless a MMIOM_SEEK returned -1; a procedure that returns the position asked for to a MMIOM_SEEK, and leaves
 * lDiskOffset alone, is taken to be there. A MMIOM_WRITEFLUSH of 0 bytes is sent too: it has the procedure
 * empty its own buffers, and if it succeeds a flush after it sends nothing.
 *
 * hmmio: the file.
 *
 * uMsg: MMIOM_READ, MMIOM_WRITE, MMIOM_WRITEFLUSH or MMIOM_SEEK. MMIOM_RENAME, MMIOM_USER and above, and any
 * number that is not known, are passed on as they are.
 *
 * lParam1, lParam2: by message: memory and count in bytes; position and origin; any.
 *
 * Returns the procedure's result: for transfers the count, for a seek the position, -1 for an error.
 * MMSYSERR_INVALHANDLE for a bad handle, MMSYSERR_INVALPARAM for MMIOM_OPEN and MMIOM_CLOSE, which only the
 * library sends.
 *
 * Source: doc; the position, and what is refused: ours.
 *
 * # Safety
 * - hmmio: any value.
 * - lParam1: valid for lParam2 bytes where the message transfers; else what the procedure expects.
 */
MMSYSTEM_API
LRESULT mmioSendMessage(HMMIO hmmio,
                        UINT uMsg,
                        LPARAM lParam1,
                        LPARAM lParam2);

#ifdef __cplusplus
}
#endif

#endif  /* MMSYSTEM_H */

#ifdef MMSYSTEM_PACKED
#undef MMSYSTEM_PACKED
#pragma pack(pop)
#include "mmsystem_macros.h"
#endif

#endif /* MMNOMMIO */
