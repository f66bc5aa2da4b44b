/* mmsystem.h: the Windows multimedia file I/O API.
 *
 * Generated from the Rust source by cbindgen: change that, and run `make header`. */

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
 * A handle to an open file. It is a number, not an address.
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
 * The type of an I/O procedure, which does the input and output of a kind of file.
 *
 * The library calls the procedure with a message for each operation on a file: mmioOpen sends MMIOM_OPEN,
 * mmioRead sends MMIOM_READ when the buffer is empty, and so on. Each message has a page of the manual, which
 * says when it is sent and what the procedure must do. A program installs its procedure with
 * mmioInstallIOProc, or passes it to mmioOpen in pIOProc.
 *
 * The procedure may call any function, also on the same file; messages about one file may be nested 64 deep.
 * Messages about different files come from any thread. While the procedure runs, its file is locked for other
 * threads: two procedures that each use the file of the other, in two threads, deadlock.
 * The procedure must return: after a longjmp, an exception or the end of the thread the file stays locked.
 *
 * A procedure may keep bytes in buffers of its own, and empty them when it receives MMIOM_WRITEFLUSH. When
 * mmioFlush, mmioSetBuffer or mmioClose has returned 0, that was the last write message.
 *
 * lpmmioinfo: the MMIOINFO of the file, at the same address as long as the file is open. The procedure keeps
 * its position in lDiskOffset, and may use adwInfo, dwReserved1 and dwReserved2. Changes of other members are
 * ignored.
 *
 * uMsg: MMIOM_OPEN, MMIOM_READ, MMIOM_WRITE, MMIOM_WRITEFLUSH, MMIOM_SEEK, MMIOM_CLOSE, MMIOM_RENAME, or a
 * number from MMIOM_USER up.
 *
 * lParam1, lParam2: depend on the message: a name and 0 (MMIOM_OPEN); memory and its size in bytes
 * (MMIOM_READ, MMIOM_WRITE, MMIOM_WRITEFLUSH); an offset and an origin (MMIOM_SEEK); flags and 0
 * (MMIOM_CLOSE); the old and the new name (MMIOM_RENAME); what the program agreed on with its procedure
 * (MMIOM_USER and above).
 *
 * Returns 0 or an error (MMIOM_OPEN, MMIOM_CLOSE, MMIOM_RENAME); a number of bytes, or -1 (MMIOM_READ,
 * MMIOM_WRITE, MMIOM_WRITEFLUSH); the new position, or -1 (MMIOM_SEEK); 0 for a message that it does not know.
 *
 * Example: A procedure whose files are streams of stdio, which have buffers. The page of each message has the
 * case for it.
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
 * A task of 16-bit Windows. The library does not use it.
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
 * The state of an open file, and the options for opening one.
 *
 * mmioOpen reads options from it, mmioGetInfo copies the state of a file into it, and each message to an I/O
 * procedure comes with that of its file. The three pointers into the buffer are for direct access: see
 * mmioAdvance.
 */
#ifndef _MMIOINFO
struct MMSYSTEM_PACKED _MMIOINFO {
  /**
   * The flags given to mmioOpen, and MMIO_DIRTY.
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
   * The last error: 0, MMSYSERR_* or MMIOERR_*.
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
   * The start of the I/O buffer; NULL if the file is unbuffered.
   */
  HPSTR pchBuffer;
  /**
   * The next byte to read or write.
   */
  HPSTR pchNext;
  /**
   * The end of the bytes of the file in the buffer.
   */
  HPSTR pchEndRead;
  /**
   * The end of the buffer.
   */
  HPSTR pchEndWrite;
  /**
   * The position in the file of the start of the buffer, in bytes.
   */
  LONG lBufOffset;
  /**
   * The position of the I/O procedure in the file, in bytes.
   */
  LONG lDiskOffset;
  /**
   * For the I/O procedure.
   */
  DWORD adwInfo[3];
  /**
   * For the program and the I/O procedure.
   */
  DWORD dwReserved1;
  /**
   * For the program and the I/O procedure.
   */
  DWORD dwReserved2;
  /**
   * The handle of the file.
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
 *
 * mmioDescend and mmioCreateChunk fill it in; mmioAscend uses it to find the end of the chunk.
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
 * mmioRead sends it with memory of the program if the file is unbuffered, or if the buffer is empty and not
 * larger than the request. Otherwise mmioRead sends it to fill the buffer, and so do mmioAdvance and
 * mmioDescend. mmioSendMessage sends it at the current position.
 *
 * Dirty bytes in the buffer of the file are sent as MMIOM_WRITE before. Then MMIOM_SEEK is sent if lDiskOffset
 * is not the position of the first byte. A procedure with buffers of its own also returns the bytes that only
 * they have.
 *
 * lpmmioinfo: the MMIOINFO of the file. lDiskOffset is the position of the first byte. The procedure adds the
 * number of bytes read to it. If it does not change lDiskOffset, the library adds the result.
 *
 * lParam1: the memory that receives the bytes. It is valid until the procedure returns.
 *
 * lParam2: its size in bytes, 1 to 2147483647; from mmioSendMessage any number from 0. The procedure must not
 * write more.
 *
 * Returns the number of bytes read; 0 at the end of the file; -1 for an error. Fewer than lParam2 is not an
 * error: the library asks for the rest with another message, until one returns 0. A number above lParam2, or
 * any below 0, is an error like -1.
 *
 * Errors, for the program:
 * - MMIOERR_CANNOTREAD: the procedure returned an error. mmioAdvance returns this. mmioRead and
 *   mmioSendMessage return -1 and set wErrorRet; but if mmioRead has read some bytes before, it returns their
 *   number, and the next call reports the error.
 *
 * Source: Microsoft's documentation. That a short result is continued, and which numbers are errors, are rules
 * of this library.
 *
 * Example: A case of the procedure in LPMMIOPROC, whose files are streams of stdio. The second fseek is needed
 * because a write may follow.
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
 * It is sent if the program has not asked for a flush. mmioWrite sends it when the buffer of the file is full,
 * if the file is unbuffered, and if the buffer is empty and not larger than the request. mmioSeek, mmioRead,
 * mmioAdvance, mmioDescend, mmioAscend and mmioSendMessage send it for dirty bytes, before they move the
 * buffer. mmioSendMessage also sends it for the program, at the current position. mmioFlush, mmioSetBuffer and
 * mmioClose send MMIOM_WRITEFLUSH instead, and so does mmioWrite after mmsys_set_write_through.
 *
 * MMIOM_SEEK is sent before, if lDiskOffset is not the position of the first byte. The next flush sends a
 * MMIOM_WRITEFLUSH, of 0 bytes if there is nothing else to send.
 *
 * A procedure that knows only MMIOM_WRITEFLUSH returns 0 or -1 for this message. As long as it has taken no
 * byte of a MMIOM_WRITE, the same bytes are then sent again as MMIOM_WRITEFLUSH.
 *
 * lpmmioinfo: the MMIOINFO of the file. lDiskOffset is the position of the first byte. The procedure adds the
 * number of bytes that it took to it. If it does not change lDiskOffset, the library adds the result. A
 * procedure that returns -1 must not change it: the same bytes will come again, for the same position.
 *
 * lParam1: the bytes, in the buffer of the file or in memory of the program. They are valid until the
 * procedure returns, which must not change them.
 *
 * lParam2: the number of bytes, 1 to 2147483647; from mmioSendMessage any number from 0.
 *
 * Returns the number of bytes that it took; -1 for an error. Fewer than lParam2 is not an error: the rest is
 * sent with another message. 0 for a count above 0, a number above lParam2, or any below 0, is an error like
 * -1. Then none of the bytes counts as taken.
 *
 * Errors, for the program:
 * - MMIOERR_CANNOTWRITE: the procedure returned an error. mmioAdvance, mmioAscend and others return this.
 *   mmioWrite returns the number of bytes accepted, or -1 if none was; mmioRead, mmioSeek and mmioSendMessage
 *   return -1; the error is in wErrorRet. Bytes that were accepted stay in the buffer of the file, and the
 *   next call that must send them tries again.
 *
 * Source: Microsoft's documentation. That a short result is continued, that no accepted byte is lost, and the
 * second message are rules of this library.
 *
 * Example: A case of the procedure in LPMMIOPROC, whose files are streams of stdio. The bytes may stay in the
 * buffer of the stream.
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
 * It is sent with SEEK_SET before MMIOM_READ, MMIOM_WRITE and MMIOM_WRITEFLUSH if lDiskOffset is not the
 * position of the first byte, but never before a MMIOM_WRITEFLUSH of 0 bytes. mmioSeek, mmioDescend and
 * mmioAscend send it with SEEK_SET for a position that the buffer of the file does not hold. mmioSeek with
 * SEEK_END sends it with SEEK_END and the offset of the program. Dirty bytes in the buffer are sent as
 * MMIOM_WRITE before. mmioSendMessage sends it with any origin; only then can it be SEEK_CUR.
 *
 * lpmmioinfo: the MMIOINFO of the file. The procedure sets lDiskOffset to the new position. The library reads
 * lDiskOffset as an unsigned number of 32 bits: positions up to 4294967294 work, and -1 is not a position.
 *
 * lParam1: the offset in bytes. With SEEK_SET it is the new position, 0 or more (from mmioSendMessage any
 * number). With SEEK_CUR it is added to lDiskOffset. With SEEK_END its meaning is for the program and the
 * procedure to agree on; for the built-in procedures the new position is the end of the file minus the offset.
 *
 * lParam2: the origin: SEEK_SET, SEEK_CUR or SEEK_END.
 *
 * Returns the new position; -1 for an error. No other number is an error, and the position is what lDiskOffset
 * says, not the result. But if the procedure does not change lDiskOffset, and returns the requested position
 * for SEEK_SET or SEEK_CUR, the library takes it to be there.
 *
 * Errors, for the program:
 * - MMIOERR_CANNOTSEEK: the procedure returned -1, or set lDiskOffset to -1, or, before MMIOM_READ, to another
 *   position. mmioAscend returns this; mmioSeek, mmioRead and mmioSendMessage return -1 and set wErrorRet.
 * - MMIOERR_CANNOTWRITE: the same, before MMIOM_WRITE and MMIOM_WRITEFLUSH. The bytes stay in the buffer of
 *   the file.
 *
 * Source: Microsoft's documentation. That lDiskOffset counts, and that SEEK_END is passed on, are rules of
 * this library: some procedures return 0 for every seek, and several have a wrong SEEK_END.
 *
 * Example: A case of the procedure in LPMMIOPROC, whose files are streams of stdio. The other cases move the
 * stream.
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
 * mmioOpen sends it. It is the first message about a file, and no other is sent while the file is opened. If
 * the result is 0, the file is open, and exactly one MMIOM_CLOSE will follow; after an error none does.
 * mmioSendMessage does not send it.
 *
 * If dwFlags has MMIO_DELETE, the procedure deletes the file of that name and opens nothing. hmmio is NULL
 * then, mmsys_set_context fails, and no MMIOM_CLOSE follows. For MMIO_PARSE, MMIO_EXIST and MMIO_GETTEMP
 * nothing is sent.
 *
 * lpmmioinfo: the MMIOINFO of the file, at the same address until the file is closed. dwFlags has the flags
 * given to mmioOpen, adwInfo what the program put there, and the buffer is set. lDiskOffset is 0. The
 * procedure may set it to another position, which is then the first position of the program.
 *
 * lParam1: the name that was given to mmioOpen, with a `+` and what follows it; a string that ends with NUL,
 * or NULL if mmioOpen was given NULL. It is in bytes, or in WCHAR for a procedure that was installed with
 * mmioInstallIOProcW; for one that was given as pIOProc it is in the encoding of the function that was called.
 * It is valid until the procedure returns.
 *
 * lParam2: 0.
 *
 * Returns 0 or an error, which mmioOpen stores in wErrorRet. Any number above 0 is passed on; one below 0
 * becomes MMIOERR_CANNOTOPEN.
 *
 * Errors, from the procedure:
 * - MMIOERR_FILENOTFOUND: there is no file of that name.
 * - MMIOERR_ACCESSDENIED: it cannot be opened with these flags.
 * - MMIOERR_OUTOFMEMORY: there is no memory.
 * - MMIOERR_INVALIDFILE: the name is NULL or not valid, or the file is of another kind.
 * - MMIOERR_CANNOTOPEN: any other reason.
 *
 * Source: Microsoft's documentation. The contents of the structure, and that nothing else is sent, were
 * verified on Windows. What becomes of results below 0 is a rule of this library.
 *
 * Example: A case of the procedure in LPMMIOPROC, whose files are streams of stdio.
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
 * mmioClose flushes first: it sends dirty bytes as MMIOM_WRITEFLUSH, or a MMIOM_WRITEFLUSH of 0 bytes if bytes
 * were sent as MMIOM_WRITE since the last one. If that fails, mmioClose returns MMIOERR_CANNOTWRITE,
 * MMIOM_CLOSE is not sent, and the file stays open. mmsys_discard sends MMIOM_CLOSE without a flush.
 *
 * After mmsys_discard, or if it does not know MMIOM_WRITEFLUSH, the procedure may still have bytes in buffers
 * of its own. It may write them, and returns an error if that fails. It must in any case release all that it
 * has for the file.
 *
 * lpmmioinfo: the MMIOINFO of the file, valid until the procedure returns. lDiskOffset is as the last message
 * left it, and need not be set.
 *
 * lParam1: the flags given to mmioClose: 0, or MMIO_FHOPEN to leave a descriptor open that belongs to the
 * program. From mmsys_discard it is 0.
 *
 * lParam2: 0.
 *
 * Returns 0 or an error, which mmioClose or mmsys_discard returns. The file is closed in either case. Any
 * number above 0 is passed on; one below 0 becomes MMIOERR_CANNOTCLOSE.
 *
 * Errors, from the procedure:
 * - MMIOERR_CANNOTWRITE: bytes in buffers of its own could not be written, and are lost.
 * - MMIOERR_CANNOTCLOSE: any other reason.
 *
 * Source: Microsoft's documentation. That there is exactly one, and that none is sent after a failed flush,
 * are rules of this library.
 *
 * Example: A case of the procedure in LPMMIOPROC, whose files are streams of stdio.
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
 * A procedure without buffers of its own handles it as MMIOM_WRITE: one case serves both. A procedure with
 * buffers takes the bytes as those of a MMIOM_WRITE, and then writes all that its buffers hold before it
 * returns.
 *
 * When mmioFlush (with MMIO_EMPTYBUF or without), mmioSetBuffer or mmioClose has returned 0, the procedure has
 * been given every byte that the library accepted, and the last write message was a MMIOM_WRITEFLUSH.
 *
 * mmioFlush, mmioSetBuffer and mmioClose send it for dirty bytes in the buffer of the file. MMIOM_SEEK is sent
 * before, if lDiskOffset is not the position of the first byte. After mmsys_set_write_through mmioWrite sends
 * it too, for each request. mmioSeek, mmioRead, mmioAdvance, mmioDescend and mmioAscend send MMIOM_WRITE for
 * dirty bytes. mmsys_discard sends neither.
 *
 * It may have 0 bytes. mmioFlush, mmioSetBuffer and mmioClose send it so if nothing in the buffer of the file
 * is dirty, but bytes were sent as MMIOM_WRITE since the last MMIOM_WRITEFLUSH: those of a full buffer, of an
 * unbuffered file, of a seek, or of mmioSendMessage. The procedure then only empties its own buffers. No
 * MMIOM_SEEK is sent before. If no bytes were sent as MMIOM_WRITE since the last one, nothing is sent.
 *
 * mmioSendMessage sends it for the program: bytes at the current position, or 0 bytes wherever the procedure
 * is. Dirty bytes in the buffer of the file are sent as MMIOM_WRITE before.
 *
 * A procedure may know only one of MMIOM_WRITE and MMIOM_WRITEFLUSH. If it has never taken a byte of a
 * message, returns 0 or -1 to it for a count above 0, and moves neither lDiskOffset nor the file, the same
 * bytes are sent again as the other message. This is not permanent: from the next flush on the procedure is
 * sent the refused message again. Once it has taken a byte of a message, 0 or -1 to that message is an error.
 *
 * The built-in procedure for disk files passes the bytes of both messages to the operating system at once. It
 * is sent 0 bytes only for durability (see mmsys_set_durable). The one for memory files has nothing to empty,
 * and is never sent 0 bytes.
 *
 * lpmmioinfo: the MMIOINFO of the file. lDiskOffset is the position of the first byte. The procedure adds the
 * number of bytes that it took to it. If it does not change lDiskOffset, the library adds the result. With 0
 * bytes, and if it returns -1, the procedure must not change it: after -1 the same bytes will come again, for
 * the same position.
 *
 * lParam1: the bytes, in the buffer of the file or in memory of the program. They are valid until the
 * procedure returns, which must not change them. With 0 bytes it is a valid pointer too, with nothing to read
 * there; from mmioSendMessage it is what the program gave.
 *
 * lParam2: the number of bytes, 0 to 2147483647; from mmioSendMessage any number from 0.
 *
 * Returns the number of bytes that it took, when its own buffers are empty; for 0 bytes that is 0, which is
 * success. -1 is an error: bytes of this message, or of the procedure's buffers, could not be written. Then
 * none of this message counts as taken, and those in the buffers stay there. For 0 bytes the best error is
 * MMIOERR_CANNOTWRITE (see ERRORS). Fewer than lParam2 is not an error: the rest is sent with another
 * MMIOM_WRITEFLUSH. 0 for a count above 0, a number above lParam2, or any below 0, is an error like -1.
 *
 * Errors, for the program:
 * - MMIOERR_CANNOTWRITE: the procedure returned an error. mmioFlush, mmioSetBuffer and mmioClose return this,
 *   and mmioSendMessage returns -1. The bytes stay in the buffer of the file, the file stays open, and the
 *   next flush sends what this one could not. But -1 for 0 bytes, from a procedure that has never taken a
 *   MMIOM_WRITEFLUSH (neither a byte of one, nor one of 0 bytes with the result 0), is not an error: it may
 *   not know the message. The flush then succeeds, and the next one tries again. A procedure whose very first
 *   flush fails returns MMIOERR_CANNOTWRITE for 0 bytes, which is always an error.
 *
 * Source: Microsoft's documentation. It does not say when a flush reaches the procedure: 0 bytes, and the
 * second message, are rules of this library.
 *
 * Example: A case of the procedure in LPMMIOPROC, whose files are streams of stdio. Each stream has a buffer,
 * which fflush empties. After a failure the same bytes come again: the stream is then past lDiskOffset, and is
 * moved back.
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
 * mmioRename sends it to the procedure that would open the old name. No file is open: no other message comes
 * before or after. mmioSendMessage passes it on unchanged, with any parameters, to the procedure of an open
 * file.
 *
 * lpmmioinfo: an MMIOINFO without a file: hmmio is NULL, lDiskOffset has no meaning and need not be set, and
 * mmsys_context returns NULL. adwInfo has what the program put there.
 *
 * lParam1: the old name, never NULL, in the form that MMIOM_OPEN has.
 *
 * lParam2: the new name, never NULL, in the same form.
 *
 * Returns 0 or an error, which mmioRename returns. Any number above 0 is passed on; one below 0 becomes
 * MMIOERR_ACCESSDENIED.
 *
 * Errors, from the procedure:
 * - MMIOERR_FILENOTFOUND: there is no file of the old name.
 * - MMIOERR_ACCESSDENIED: there is a file of the new name, or permission is denied.
 * - MMSYSERR_NOTSUPPORTED: files of its kind have no names.
 *
 * Source: Microsoft's documentation. What becomes of results below 0 is a rule of this library.
 *
 * Example: A case of the procedure in LPMMIOPROC, whose files are streams of stdio.
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
 * sends none of its own accord. mmioSendMessage passes them on unchanged, and also numbers below MMIOM_USER
 * that are not messages.
 *
 * Dirty bytes in the buffer of the file are not sent before: call mmioFlush if the procedure needs them.
 *
 * lpmmioinfo: the MMIOINFO of the file. A procedure that moves to another position sets lDiskOffset. The
 * position of the program does not change, and MMIOM_SEEK is sent before the next transfer.
 *
 * lParam1, lParam2: what the program and the procedure agreed on. The library does not use them.
 *
 * Returns what they agreed on, which mmioSendMessage returns. For a message that it does not know a procedure
 * returns 0.
 *
 * Source: Microsoft's documentation. That the buffer does not change is a rule of this library.
 *
 * Example: A case of the procedure in LPMMIOPROC, whose files are streams of stdio: it returns the length of
 * the file. The second piece of code is the call.
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
 * Copies the state of a file, for direct access to its buffer.
 *
 * The program can read the bytes from pchNext to pchEndRead in the buffer itself, and write from pchNext to
 * pchEndWrite. It moves pchNext of its copy past them, adds MMIO_DIRTY to dwFlags if it wrote, and passes the
 * copy to mmioSetInfo or mmioAdvance before it calls another function on the file. The page of mmioAdvance has
 * an example.
 *
 * wErrorRet is the last error of the file. lBufOffset and lDiskOffset are 2147483647 if a LONG cannot hold the
 * offset; mmsys_tell64 has no such limit.
 *
 * hmmio: the file.
 *
 * pmmioinfo: receives the state.
 *
 * uFlags: 0.
 *
 * Returns 0, or on failure:
 * - MMSYSERR_INVALPARAM: pmmioinfo is NULL.
 * - MMSYSERR_INVALHANDLE: hmmio is not an open file.
 *
 * Source: Microsoft's documentation, which has no rule for large offsets.
 */
MMSYSTEM_API
MMRESULT mmioGetInfo(HMMIO hmmio,
                     LPMMIOINFO pmmioinfo,
                     UINT uFlags);

/**
 * Updates the state of a file after direct access to its buffer.
 *
 * The library takes over pchNext, pchEndRead, the flag MMIO_DIRTY and, if the I/O procedure is a program's
 * own, adwInfo. It ignores all else, so that an old copy can neither move the buffer nor discard bytes that
 * are not yet written. With MMIO_DIRTY every byte from pchBuffer to pchNext or pchEndRead, whichever is
 * larger, counts as written. After a failure nothing is taken over.
 *
 * hmmio: the file.
 *
 * pmmioinfo: the state that mmioGetInfo returned, with pchNext moved.
 *
 * uFlags: 0.
 *
 * Returns 0, or on failure:
 * - MMSYSERR_INVALPARAM: pmmioinfo is NULL, or one of its pointers is outside the buffer; or, in a memory file
 *   without MMIO_DIRTY, pchNext is after pchEndRead.
 * - MMIOERR_CANNOTWRITE: MMIO_DIRTY is set, and the file is open for reading only, or cannot be written at
 *   this position: a stream while the buffer holds bytes that were read ahead, a file opened with O_APPEND
 *   before its end.
 * - MMIOERR_CANNOTSEEK: a stream cannot move to this position.
 * - MMSYSERR_HANDLEBUSY: the I/O procedure made the call, during a message with bytes of the buffer.
 * - MMSYSERR_INVALHANDLE: hmmio is not an open file.
 *
 * Source: Microsoft's documentation.
 */
MMSYSTEM_API
MMRESULT mmioSetInfo(HMMIO hmmio,
                     LPCMMIOINFO pmmioinfo,
                     UINT uFlags);

/**
 * Gives a file another buffer, or none.
 *
 * The file is flushed first, as mmioFlush does. The position does not change. The larger the buffer, the fewer
 * messages are sent to the I/O procedure. The buffer of a memory file is the file itself: mmioSetBuffer makes
 * it a new, empty file.
 *
 * hmmio: the file.
 *
 * pchBuffer: the buffer, or NULL for one that the library allocates. It must stay valid until the file is
 * closed or gets another buffer. That of a memory file that may grow must come from malloc.
 *
 * cchBuffer: the size of the buffer in bytes, 0 to 2147483647. NULL and 0 make the file unbuffered.
 *
 * uFlags: ignored.
 *
 * Returns 0, or on failure:
 * - MMIOERR_CANNOTWRITE: the flush failed. The file keeps its old buffer.
 * - MMIOERR_OUTOFMEMORY: there is no memory. The file keeps its old buffer.
 * - MMIOERR_CANNOTSEEK: the buffer is too small for the bytes that were read ahead from a stream.
 * - MMSYSERR_INVALPARAM: cchBuffer is negative, or pchBuffer is in a buffer that the library allocated.
 * - MMSYSERR_INVALHANDLE: hmmio is not an open file.
 *
 * Source: Microsoft's documentation. That uFlags is ignored was verified on Windows.
 *
 * Example: Reads a file through a buffer of 64 KiB.
 * ```c
 * #include <mmsystem.h>
 * #include <stdio.h>
 *
 * static char buffer[65536];
 *
 * int main(void)
 * {
 *     char name[] = "sound.wav", bytes[10];
 *     LONG count, size = 0;
 *     HMMIO file = mmioOpen(name, NULL, MMIO_READ);
 *     if (mmioSetBuffer(file, buffer, sizeof(buffer), 0) != 0)
 *         return 1;
 *     while ((count = mmioRead(file, bytes, sizeof(bytes))) > 0)
 *         size += count;
 *     printf("%s has %d bytes\n", name, (int)size);
 *     return mmioClose(file, 0) == MMSYSERR_NOERROR ? 0 : 1;
 * }
 * ```
 */
MMSYSTEM_API
MMRESULT mmioSetBuffer(HMMIO hmmio,
                       LPSTR pchBuffer,
                       LONG cchBuffer,
                       UINT uFlags);

/**
 * Writes the buffered bytes of a file.
 *
 * Dirty bytes in the buffer are sent to the I/O procedure as MMIOM_WRITEFLUSH. If there are none, but bytes
 * were sent to a program's own procedure as MMIOM_WRITE since the last MMIOM_WRITEFLUSH, it is sent a
 * MMIOM_WRITEFLUSH of 0 bytes. Otherwise nothing is sent. When mmioFlush has returned 0, the procedure has
 * been given every byte that was accepted, and the last write message was a MMIOM_WRITEFLUSH, for which a
 * procedure also empties buffers of its own.
 *
 * The bytes of a disk file are then with the operating system; mmsys_set_durable also forces them to the disk.
 * A memory file has nothing to flush.
 *
 * hmmio: the file.
 *
 * uFlags: 0 to keep the contents of the buffer, or MMIO_EMPTYBUF to empty it after the flush.
 *
 * Returns 0, or on failure:
 * - MMIOERR_CANNOTWRITE: the procedure could not write, or could not empty its own buffers. The bytes stay in
 *   the buffer, and the next flush sends them again.
 * - MMSYSERR_INVALHANDLE: hmmio is not an open file.
 *
 * Source: Microsoft's documentation. It does not say how a flush reaches a procedure that has already been
 * sent the bytes: the MMIOM_WRITEFLUSH of 0 bytes is a rule of this library.
 */
MMSYSTEM_API
MMRESULT mmioFlush(HMMIO hmmio,
                   UINT uFlags);

/**
 * Moves the buffer of a file to the current position, and fills it for reading.
 *
 * A program that uses the buffer itself (see mmioGetInfo) calls mmioAdvance when it has read all bytes of the
 * buffer, or filled it. The file is first updated as mmioSetInfo does, and dirty bytes are written. At the end
 * of the file mmioAdvance succeeds, and pchNext equals pchEndRead. With MMIO_WRITE a memory file grows if
 * pchNext is at pchEndWrite.
 *
 * hmmio: the file.
 *
 * pmmioinfo: NULL, or the state as for mmioSetInfo; receives the new state.
 *
 * uFlags: MMIO_READ to fill the buffer, or MMIO_WRITE.
 *
 * Returns 0, or on failure:
 * - MMIOERR_UNBUFFERED: the file has no buffer.
 * - MMIOERR_CANNOTWRITE: dirty bytes could not be written, and stay in the buffer; or the file is open for
 *   reading only; or, with MMIO_WRITE, the buffer of a stream holds bytes that were read ahead.
 * - MMIOERR_CANNOTREAD: the I/O procedure could not read, or the file is open for writing only.
 * - MMIOERR_CANNOTEXPAND: a memory file is full and cannot grow.
 * - MMIOERR_CANNOTSEEK: a stream cannot move to the position of pchNext.
 * - MMSYSERR_INVALPARAM: uFlags is another number, or mmioSetInfo would return this for pmmioinfo.
 * - MMSYSERR_HANDLEBUSY: the I/O procedure made the call, during a message with bytes of the buffer.
 * - MMSYSERR_INVALHANDLE: hmmio is not an open file.
 *
 * Source: Microsoft's documentation. The result at the end of the file was verified on Windows.
 *
 * Example: Adds up the bytes of a file without copying them.
 * ```c
 * #include <mmsystem.h>
 * #include <stdio.h>
 *
 * int main(void)
 * {
 *     char name[] = "sound.wav";
 *     HMMIO file = mmioOpen(name, NULL, MMIO_READ | MMIO_ALLOCBUF);
 *     MMIOINFO info;
 *     unsigned long sum = 0;
 *     if (mmioGetInfo(file, &info, 0) != 0)
 *         return 1;
 *     do {
 *         while (info.pchNext < info.pchEndRead)
 *             sum += (BYTE)*info.pchNext++;
 *         if (mmioAdvance(file, &info, MMIO_READ) != 0)
 *             return 1;
 *     } while (info.pchNext < info.pchEndRead);
 *     printf("the sum is %lu\n", sum);
 *     return mmioClose(file, 0) == MMSYSERR_NOERROR ? 0 : 1;
 * }
 * ```
 */
MMSYSTEM_API
MMRESULT mmioAdvance(HMMIO hmmio,
                     LPMMIOINFO pmmioinfo,
                     UINT uFlags);

/**
 * Opens or creates a file, or deletes, finds or names one.
 *
 * The I/O procedure for the file is pIOProc of pmmioinfo, or else the one installed under the code fccIOProc.
 * If both are 0, the name decides: `NAME.EXT+ELEMENT` is opened by the procedure that a program has installed
 * under the code EXT, padded with spaces (see mmioInstallIOProc), every other name by the built-in procedure
 * for disk files. The procedure is given the whole name.
 *
 * A disk file that exists and is named without a directory is searched for in the current directory, and then
 * in the directory of the executable. If there is no file of that name, the name is read as on Windows: `\`
 * separates directories, drive letters stand for directories, and case is ignored.
 *
 * pszFileName: the name, a string that ends with NUL. NULL opens a memory file (FOURCC_MEM), or adopts the
 * open file descriptor in adwInfo[0]; descriptor 0 is adopted only if fccIOProc is FOURCC_DOS. With
 * MMIO_PARSE, MMIO_EXIST and MMIO_GETTEMP the string is in a buffer of 128 characters, which receives a name.
 * Otherwise it is not written to.
 *
 * pmmioinfo: NULL, or options, with all other members 0. pIOProc or fccIOProc selects the I/O procedure.
 * pchBuffer and cchBuffer (0 to 2147483647 bytes) give the file a buffer: memory that stays valid while the
 * file is open, or NULL and the size of a buffer that the library allocates. adwInfo is passed to the I/O
 * procedure; for a memory file adwInfo[0] is the number of bytes by which it grows, or 0 if it cannot grow.
 * Memory that may grow must come from malloc. Receives the error, or 0, in wErrorRet.
 *
 * fdwOpen: one of MMIO_READ, MMIO_WRITE and MMIO_READWRITE. MMIO_CREATE creates the file, or truncates it,
 * always for reading and writing. MMIO_ALLOCBUF gives the file a buffer of MMIO_DEFAULTBUFFER bytes if
 * cchBuffer is 0. A share mode holds until the file is closed: MMIO_EXCLUSIVE denies the file to others,
 * MMIO_DENYWRITE denies writing, MMIO_DENYREAD denies reading, MMIO_DENYNONE and MMIO_COMPAT (which is 0) deny
 * nothing. The following open no file: MMIO_DELETE deletes the file, MMIO_PARSE writes its absolute name to
 * pszFileName, MMIO_EXIST does so if the file exists, and MMIO_GETTEMP creates an empty file whose name begins
 * with the given one and writes its name to pszFileName.
 *
 * Returns a handle for mmioClose, or NULL on failure. MMIO_DELETE, MMIO_EXIST and MMIO_PARSE return 1, or NULL
 * on failure. MMIO_GETTEMP returns NULL, or MMIOERR_FILENOTFOUND on failure.
 *
 * Errors, in wErrorRet of pmmioinfo:
 * - MMIOERR_FILENOTFOUND: there is no such file.
 * - MMIOERR_PATHNOTFOUND: there is no such directory or drive.
 * - MMIOERR_ACCESSDENIED: permission is denied, or the name is that of a directory.
 * - MMIOERR_SHARINGVIOLATION: the share mode of this open or of an earlier one denies it.
 * - MMIOERR_TOOMANYOPENFILES: the process or the system has no descriptor left.
 * - MMIOERR_NETWORKERROR: the network that the file is on failed.
 * - MMIOERR_OUTOFMEMORY: there is no memory, or the resulting name is longer than its buffer.
 * - MMIOERR_INVALIDFILE: the name has more than 32767 characters, no procedure is installed under fccIOProc,
 *   or the system reported another error.
 * - MMSYSERR_INVALPARAM: a name is missing, or cchBuffer is negative.
 * - Any other number is the result of the I/O procedure for MMIOM_OPEN.
 *
 * Source: Microsoft's documentation. The choice of the buffer and the state of a new file were verified on
 * Windows.
 *
 * Example: Reads the first bytes of a file.
 * ```c
 * #include <mmsystem.h>
 * #include <stdio.h>
 * #include <string.h>
 *
 * int main(void)
 * {
 *     char name[] = "sound.wav", bytes[12];
 *     MMIOINFO info;
 *     HMMIO file;
 *     memset(&info, 0, sizeof(info));
 *     file = mmioOpen(name, &info, MMIO_READ | MMIO_ALLOCBUF);
 *     if (file == NULL) {
 *         printf("%s: error %u\n", name, (unsigned)info.wErrorRet);
 *         return 1;
 *     }
 *     if (mmioRead(file, bytes, sizeof(bytes)) == 12)
 *         printf("%.4s, %.4s\n", bytes, bytes + 8);
 *     return mmioClose(file, 0) == MMSYSERR_NOERROR ? 0 : 1;
 * }
 * ```
 */
MMSYSTEM_API
HMMIO mmioOpenA(LPSTR pszFileName,
                LPMMIOINFO pmmioinfo,
                DWORD fdwOpen);

/**
 * mmioOpenA under its name in 16-bit Windows, for programs that load functions by name.
 */
MMSYSTEM_API HMMIO mmioOpen(LPSTR pszFileName, LPMMIOINFO pmmioinfo, DWORD fdwOpen);

/**
 * mmioOpenA for a name in UTF-16. A name that is not valid UTF-16 fails with MMIOERR_INVALIDFILE.
 */
MMSYSTEM_API HMMIO mmioOpenW(MMSYSTEM_CHAR16 *pszFileName, LPMMIOINFO pmmioinfo, DWORD fdwOpen);

/**
 * mmioOpenA for a name in UTF-32, the encoding of wchar_t on Linux and macOS. Windows has no such function.
 */
MMSYSTEM_API
HMMIO mmioOpenU32(MMSYSTEM_CHAR32 *pszFileName,
                  LPMMIOINFO pmmioinfo,
                  DWORD fdwOpen);

/**
 * Renames a file.
 *
 * The file is renamed by the I/O procedure that would open it (see mmioOpen). The built-in procedure for disk
 * files never overwrites a file. It moves a regular file to another file system by copying it; if that fails,
 * the file keeps its old name.
 *
 * pszFileName: the name of the file, a string that ends with NUL.
 *
 * pszNewFileName: the new name, a string that ends with NUL.
 *
 * pmmioinfo: NULL, or a structure whose pIOProc or fccIOProc selects the I/O procedure, as for mmioOpen.
 *
 * fdwRename: 0.
 *
 * Returns 0, or on failure:
 * - MMIOERR_FILENOTFOUND: there is no such file.
 * - MMIOERR_PATHNOTFOUND: there is no such directory or drive.
 * - MMIOERR_ACCESSDENIED: permission is denied, or the new name exists.
 * - MMIOERR_SHARINGVIOLATION: another program changed or replaced the file while it was moved to another file
 *   system.
 * - MMIOERR_OUTOFMEMORY: there is no memory.
 * - MMIOERR_INVALIDFILE: a name has more than 32767 characters, no procedure is installed under fccIOProc, or
 *   the system reported another error.
 * - MMSYSERR_INVALPARAM: a name is NULL.
 * - Any other number is the result of the I/O procedure for MMIOM_RENAME.
 *
 * Source: Microsoft's documentation. That no file is overwritten was verified on Windows.
 */
MMSYSTEM_API
MMRESULT mmioRenameA(LPCSTR pszFileName,
                     LPCSTR pszNewFileName,
                     LPCMMIOINFO pmmioinfo,
                     DWORD fdwRename);

/**
 * mmioRenameA under its name in 16-bit Windows, for programs that load functions by name.
 */
MMSYSTEM_API
MMRESULT mmioRename(LPCSTR pszFileName,
                    LPCSTR pszNewFileName,
                    LPCMMIOINFO pmmioinfo,
                    DWORD fdwRename);

/**
 * mmioRenameA for names in UTF-16.
 */
MMSYSTEM_API
MMRESULT mmioRenameW(const MMSYSTEM_CHAR16 *pszFileName,
                     const MMSYSTEM_CHAR16 *pszNewFileName,
                     LPCMMIOINFO pmmioinfo,
                     DWORD fdwRename);

/**
 * mmioRenameA for names in UTF-32, the encoding of wchar_t on Linux and macOS. Windows has no such function.
 */
MMSYSTEM_API
MMRESULT mmioRenameU32(const MMSYSTEM_CHAR32 *pszFileName,
                       const MMSYSTEM_CHAR32 *pszNewFileName,
                       LPCMMIOINFO pmmioinfo,
                       DWORD fdwRename);

/**
 * Converts a string to a four-character code.
 *
 * Four-character codes name the kinds of chunks, and I/O procedures (see mmioInstallIOProc). The first
 * character is the lowest byte of the code, and so the first byte in a file. mmioFOURCC makes a code of
 * characters that are known when the program is compiled.
 *
 * sz: up to four characters; NUL ends a shorter string, which is padded with spaces. NULL is the empty string.
 *
 * uFlags: 0, or MMIO_TOUPPER to convert letters to upper case.
 *
 * Returns the code. There are no errors.
 *
 * Source: Microsoft's documentation. MMIO_TOUPPER converts ASCII letters only, so that the code of a file does
 * not depend on the locale.
 */
MMSYSTEM_API
FOURCC mmioStringToFOURCCA(LPCSTR sz,
                           UINT uFlags);

/**
 * mmioStringToFOURCCA under its name in 16-bit Windows, for programs that load functions by name.
 */
MMSYSTEM_API FOURCC mmioStringToFOURCC(LPCSTR sz, UINT uFlags);

/**
 * mmioStringToFOURCCA for a string in UTF-16. Of a character above 255 only the lowest byte is used.
 */
MMSYSTEM_API
FOURCC mmioStringToFOURCCW(const MMSYSTEM_CHAR16 *sz,
                           UINT uFlags);

/**
 * mmioStringToFOURCCA for a string in UTF-32, the encoding of wchar_t on Linux and macOS. Windows has no such
 * function. Of a character above 255 only the lowest byte is used.
 */
MMSYSTEM_API
FOURCC mmioStringToFOURCCU32(const MMSYSTEM_CHAR32 *sz,
                             UINT uFlags);

/**
 * Installs, removes or finds an I/O procedure.
 *
 * An I/O procedure does the input and output of a kind of file, in place of the operating system: see
 * LPMMIOPROC. mmioOpen uses the procedure installed under the code EXT for names of the form
 * `NAME.EXT+ELEMENT`; it also takes a code or a procedure in a structure.
 *
 * If several procedures have the same code, the one installed last is used, and is removed first. A procedure
 * that was installed twice must be removed twice. The built-in procedures, FOURCC_DOS for disk files and
 * FOURCC_MEM for memory files, can be overridden but not removed. Files that are open with a procedure keep it
 * when it is removed.
 *
 * fccIOProc: the code, for instance a file name extension in upper case, padded with spaces.
 *
 * pIOProc: with MMIO_INSTALLPROC the procedure; it must be callable as long as it is installed or a file is
 * open with it. With MMIO_REMOVEPROC and the code 0 the procedure to remove, whatever its code. Otherwise it
 * is ignored.
 *
 * dwFlags: one of MMIO_INSTALLPROC, MMIO_REMOVEPROC and MMIO_FINDPROC. With MMIO_INSTALLPROC also
 * MMIO_GLOBALPROC (it is searched after all procedures that were installed without) and MMIO_UNICODEPROC (it
 * receives names in UTF-16).
 *
 * Returns the procedure that was installed, removed or found. Returns NULL if there is none, if fccIOProc or
 * pIOProc is 0 where one is needed, if there is no memory, or if dwFlags has not exactly one of the three
 * flags.
 *
 * Source: Microsoft's documentation, which does not say that open files keep a procedure.
 *
 * Example: A procedure whose files all contain the same text.
 * ```c
 * #include <mmsystem.h>
 * #include <stdio.h>
 * #include <string.h>
 *
 * static const char text[] = "Hello from an I/O procedure.\n";
 *
 * static LRESULT CALLBACK IOProc(LPSTR lpmmioinfo, UINT uMsg,
 *                                LPARAM lParam1, LPARAM lParam2)
 * {
 *     LPMMIOINFO info = (LPMMIOINFO)lpmmioinfo;
 *     LONG size = (LONG)strlen(text), count;
 *     switch (uMsg) {
 *     case MMIOM_READ:
 *         count = size - info->lDiskOffset;
 *         if (count > lParam2)
 *             count = (LONG)lParam2;
 *         memcpy((void *)lParam1, text + info->lDiskOffset,
 *                (size_t)count);
 *         info->lDiskOffset += count;
 *         return count;
 *     case MMIOM_SEEK:
 *         if (lParam2 != SEEK_SET || lParam1 < 0 || lParam1 > size)
 *             return -1;
 *         return info->lDiskOffset = (LONG)lParam1;
 *     case MMIOM_WRITE:
 *     case MMIOM_WRITEFLUSH:
 *         return -1;
 *     }
 *     return 0;
 * }
 *
 * int main(void)
 * {
 *     FOURCC code = mmioFOURCC('H', 'E', 'Y', ' ');
 *     char name[] = "any.hey+", bytes[100];
 *     LONG count;
 *     HMMIO file;
 *     if (mmioInstallIOProc(code, IOProc, MMIO_INSTALLPROC) == NULL)
 *         return 1;
 *     file = mmioOpen(name, NULL, MMIO_READ);
 *     count = mmioRead(file, bytes, sizeof(bytes));
 *     if (count > 0)
 *         fwrite(bytes, 1, (size_t)count, stdout);
 *     mmioClose(file, 0);
 *     mmioInstallIOProc(code, NULL, MMIO_REMOVEPROC);
 *     return count > 0 ? 0 : 1;
 * }
 * ```
 */
MMSYSTEM_API
LPMMIOPROC mmioInstallIOProcA(FOURCC fccIOProc,
                              LPMMIOPROC pIOProc,
                              DWORD dwFlags);

/**
 * mmioInstallIOProcA under its name in 16-bit Windows, for programs that load functions by name.
 */
MMSYSTEM_API LPMMIOPROC mmioInstallIOProc(FOURCC fccIOProc, LPMMIOPROC pIOProc, DWORD dwFlags);

/**
 * mmioInstallIOProcA for a procedure that receives names in UTF-16, whatever encoding the caller of mmioOpen
 * uses.
 */
MMSYSTEM_API
LPMMIOPROC mmioInstallIOProcW(FOURCC fccIOProc,
                              LPMMIOPROC pIOProc,
                              DWORD dwFlags);

/**
 * mmioInstallIOProcA for a procedure that receives names in UTF-32, the encoding of wchar_t on Linux and
 * macOS. Windows has no such function.
 */
MMSYSTEM_API
LPMMIOPROC mmioInstallIOProcU32(FOURCC fccIOProc,
                                LPMMIOPROC pIOProc,
                                DWORD dwFlags);

/**
 * Enters a chunk of a RIFF file, or finds one and enters it.
 *
 * A chunk is a code of four characters, the size of its data in 32 bits, and the data. The data of a RIFF or
 * LIST chunk is a form or list type of four characters, and further chunks. mmioDescend reads the header of a
 * chunk into pmmcki and moves the position to its data: after the form or list type, if it has one. mmioAscend
 * then moves the position past the chunk.
 *
 * A search begins with the chunk at the position and continues with its siblings; it does not look into them.
 * With a parent it ends at the end of the parent, but a search for a code or a type also finds a chunk that
 * begins inside the parent and ends outside. Without a parent, or if the size of the parent is 4294967295, as
 * programs write it to streams, it ends at the end of the file. If nothing is found, the position does not
 * change.
 *
 * A file that begins with RF64 or BW64 is read as a RIFF file, with the sizes of its ds64 chunk. A size that 32
 * bits do not hold is 4294967295 in cksize, and mmioAscend uses the true one. mmsys_descend64 returns it.
 *
 * hmmio: the file.
 *
 * pmmcki: holds what to search for, or 0 for any chunk: a code in ckid with MMIO_FINDCHUNK, a type in fccType
 * with MMIO_FINDRIFF or MMIO_FINDLIST. Receives the chunk: ckid, cksize, fccType (0 unless it is a RIFF or
 * LIST chunk), dwDataOffset, and 0 in dwFlags.
 *
 * pmmckiParent: NULL, or the chunk to search in, from mmioDescend. The position must be inside it.
 *
 * uFlags: 0 to enter the chunk at the position; to search, one of MMIO_FINDCHUNK, MMIO_FINDRIFF and
 * MMIO_FINDLIST.
 *
 * Returns 0, or on failure:
 * - MMIOERR_CHUNKNOTFOUND: there is no such chunk. pmmcki holds the last header that was read.
 * - MMIOERR_CANNOTREAD: a header could not be read, or the file is open for writing only.
 * - MMIOERR_CANNOTSEEK: the I/O procedure could not seek back after ds64 was read.
 * - MMIOERR_OUTOFMEMORY: there is no memory for the sizes of ds64.
 * - MMSYSERR_INVALPARAM: pmmcki is NULL, or uFlags has more than one flag.
 * - MMSYSERR_INVALHANDLE: hmmio is not an open file.
 *
 * Source: Microsoft's documentation. What pmmcki holds if nothing is found was verified on Windows. The
 * documentation does not say where the position is then. Chunks that end outside the parent are found because
 * there are many files whose RIFF size is a few bytes too small.
 *
 * Example: Finds the samples of a WAV file.
 * ```c
 * #include <mmsystem.h>
 * #include <stdio.h>
 *
 * int main(void)
 * {
 *     char name[] = "sound.wav";
 *     HMMIO file = mmioOpen(name, NULL, MMIO_READ | MMIO_ALLOCBUF);
 *     MMCKINFO riff, data;
 *     riff.fccType = mmioFOURCC('W', 'A', 'V', 'E');
 *     data.ckid = mmioFOURCC('d', 'a', 't', 'a');
 *     if (mmioDescend(file, &riff, NULL, MMIO_FINDRIFF) != 0
 *         || mmioDescend(file, &data, &riff, MMIO_FINDCHUNK) != 0) {
 *         printf("%s: no samples found\n", name);
 *         return 1;
 *     }
 *     printf("%u bytes of samples at offset %u\n",
 *            (unsigned)data.cksize, (unsigned)data.dwDataOffset);
 *     return mmioClose(file, 0) == MMSYSERR_NOERROR ? 0 : 1;
 * }
 * ```
 */
MMSYSTEM_API
MMRESULT mmioDescend(HMMIO hmmio,
                     LPMMCKINFO pmmcki,
                     LPCMMCKINFO pmmckiParent,
                     UINT uFlags);

/**
 * Leaves a chunk of a RIFF file.
 *
 * The position moves to the end of the chunk, after the pad byte if the size is odd. A chunk that
 * mmioCreateChunk created ends at the current position: mmioAscend writes the pad byte, corrects the size in
 * the file and in pmmcki if it differs, and clears MMIO_DIRTY. A chunk of more than 4294967295 bytes is an
 * error, unless MMSYSTEM_RF64=auto was set in the environment when its RIFF chunk was created: then the file
 * becomes an RF64. A size that was read from the ds64 chunk of an RF64 is corrected there, and may be larger.
 *
 * hmmio: the file.
 *
 * pmmcki: the chunk, from mmioDescend or mmioCreateChunk. dwFlags is MMIO_DIRTY for one that was created.
 *
 * uFlags: 0.
 *
 * Returns 0, or on failure:
 * - MMIOERR_CANNOTSEEK: the position cannot be moved to the end of the chunk.
 * - MMIOERR_CANNOTWRITE: the pad byte or the size could not be written, or the size does not fit into its field
 *   and the file cannot become an RF64. The call can be repeated.
 * - MMSYSERR_INVALPARAM: pmmcki is NULL.
 * - MMSYSERR_INVALHANDLE: hmmio is not an open file.
 *
 * Source: Microsoft's documentation.
 */
MMSYSTEM_API
MMRESULT mmioAscend(HMMIO hmmio,
                    LPMMCKINFO pmmcki,
                    UINT uFlags);

/**
 * Creates a chunk at the current position and enters it.
 *
 * mmioCreateChunk writes the header of the chunk: its code, its size, and the form or list type of a RIFF or
 * LIST chunk. The program then writes the data, or creates chunks inside the chunk, and ends it with
 * mmioAscend. After a failure the position is where it was.
 *
 * With MMSYSTEM_RF64=auto in the environment a RIFF chunk of the form WAVE, at the beginning of a new file, is
 * followed by a JUNK chunk of 28 bytes, which holds the sizes if the file becomes an RF64.
 *
 * hmmio: the file.
 *
 * pmmcki: holds ckid, cksize (it may be a guess, which mmioAscend corrects) and, for a RIFF or LIST chunk,
 * fccType. Receives dwDataOffset, and MMIO_DIRTY in dwFlags.
 *
 * uFlags: 0, MMIO_CREATERIFF (ckid becomes RIFF) or MMIO_CREATELIST (ckid becomes LIST).
 *
 * Returns 0, or on failure:
 * - MMIOERR_CANNOTWRITE: the header could not be written, or dwDataOffset cannot hold the position of the data.
 * - MMIOERR_OUTOFMEMORY: there is no memory for the sizes of ds64, with MMSYSTEM_RF64=auto.
 * - MMSYSERR_INVALPARAM: pmmcki is NULL, or uFlags has both flags.
 * - MMSYSERR_INVALHANDLE: hmmio is not an open file.
 *
 * Source: Microsoft's documentation.
 *
 * Example: Writes a WAV file of four samples.
 * ```c
 * #include <mmsystem.h>
 * #include <stdio.h>
 *
 * static MMRESULT WriteChunk(HMMIO file, FOURCC code,
 *                            const void *data, LONG size)
 * {
 *     MMCKINFO chunk = {code, 0, 0, 0, 0};
 *     MMRESULT error = mmioCreateChunk(file, &chunk, 0);
 *     if (error != MMSYSERR_NOERROR)
 *         return error;
 *     if (mmioWrite(file, (HPCSTR)data, size) != size)
 *         return MMIOERR_CANNOTWRITE;
 *     return mmioAscend(file, &chunk, 0);
 * }
 *
 * int main(void)
 * {
 *     PCMWAVEFORMAT pcm = {{WAVE_FORMAT_PCM, 1, 8000, 8000, 1}, 8};
 *     static const BYTE samples[] = {96, 160, 96, 160};
 *     char name[] = "new.wav";
 *     HMMIO file = mmioOpen(name, NULL, MMIO_CREATE | MMIO_ALLOCBUF);
 *     MMCKINFO riff = {0, 0, mmioFOURCC('W', 'A', 'V', 'E'), 0, 0};
 *     if (mmioCreateChunk(file, &riff, MMIO_CREATERIFF) != 0
 *         || WriteChunk(file, mmioFOURCC('f', 'm', 't', ' '),
 *                       &pcm, sizeof(pcm)) != 0
 *         || WriteChunk(file, mmioFOURCC('d', 'a', 't', 'a'),
 *                       samples, sizeof(samples)) != 0
 *         || mmioAscend(file, &riff, 0) != 0)
 *         return 1;
 *     printf("%s has %u bytes\n", name, (unsigned)riff.cksize + 8);
 *     return mmioClose(file, 0) == MMSYSERR_NOERROR ? 0 : 1;
 * }
 * ```
 */
MMSYSTEM_API
MMRESULT mmioCreateChunk(HMMIO hmmio,
                         LPMMCKINFO pmmcki,
                         UINT uFlags);

/**
 * Flushes a file and closes it.
 *
 * The file is flushed as mmioFlush does, and only then the I/O procedure is sent MMIOM_CLOSE. If the flush
 * fails, the file stays open and no byte is lost: the program can close it again when the cause is removed, or
 * discard the bytes with mmsys_discard.
 *
 * hmmio: the file.
 *
 * uFlags: 0, or MMIO_FHOPEN to leave a descriptor open that mmioOpen adopted. It is then at the current
 * position.
 *
 * Returns 0, or on failure:
 * - MMIOERR_CANNOTWRITE: the flush failed, and the file is still open.
 * - MMSYSERR_INVALHANDLE: hmmio is not an open file.
 * - Any other number is the result of the I/O procedure for MMIOM_CLOSE, and the file is closed.
 *
 * Source: Microsoft's documentation. That the file stays open after a failed flush is a rule of this library,
 * since a late failure would otherwise lose data.
 */
MMSYSTEM_API
MMRESULT mmioClose(HMMIO hmmio,
                   UINT uFlags);

/**
 * Reads bytes from a file.
 *
 * The bytes come from the buffer, which is filled when it is empty. A request that is not smaller than the
 * buffer is read directly into the memory of the program if the buffer is empty. The position moves past the
 * bytes.
 *
 * hmmio: the file.
 *
 * pch: the memory that receives the bytes, of at least cch bytes. NULL is an error unless cch is 0.
 *
 * cch: the number of bytes to read, 0 to 2147483647.
 *
 * Returns the number of bytes read. It is less than cch at the end of the file, or if an error occurred after
 * some bytes; the next call then reports the error. Returns 0 at the end of the file; -1 for an error, a
 * handle that is not open, pch NULL or a negative cch.
 *
 * Errors, in wErrorRet (see mmioGetInfo):
 * - MMIOERR_CANNOTREAD: the I/O procedure could not read, or the file is open for writing only.
 * - MMIOERR_CANNOTWRITE: dirty bytes in the buffer had to be written first, and could not.
 *
 * Source: Microsoft's documentation. That large requests bypass the buffer was verified on Windows.
 */
MMSYSTEM_API
LONG mmioRead(HMMIO hmmio,
              HPSTR pch,
              LONG cch);

/**
 * Writes bytes to a file.
 *
 * The bytes are kept in the buffer, which is sent to the I/O procedure when it is full, and by a flush (see
 * mmioFlush). A request that is not smaller than the buffer is sent directly if the buffer is empty. The
 * position moves past the bytes. A byte that was accepted is not lost: if it cannot be written later, it stays
 * in the buffer, and the call that had to write it returns an error.
 *
 * hmmio: the file.
 *
 * pch: the bytes. NULL is an error unless cch is 0.
 *
 * cch: the number of bytes to write, 0 to 2147483647.
 *
 * Returns the number of bytes accepted. It is less than cch if the I/O procedure refused the rest, or if a
 * memory file that cannot grow is full; it may then be 0. Returns -1 if no byte was accepted because of an
 * error, or for a handle that is not open, pch NULL or a negative cch.
 *
 * Errors, in wErrorRet (see mmioGetInfo):
 * - MMIOERR_CANNOTWRITE: the I/O procedure could not write, or the file is open for reading only.
 *
 * Source: Microsoft's documentation. That no accepted byte is lost is a rule of this library.
 */
MMSYSTEM_API
LONG mmioWrite(HMMIO hmmio,
               HPCSTR pch,
               LONG cch);

/**
 * Moves the position of a file.
 *
 * If the buffer holds the new position, nothing is sent to the I/O procedure. Otherwise dirty bytes are
 * written, MMIOM_SEEK is sent, and the buffer is emptied. A disk file may be positioned past its end: a write
 * there fills the gap with zeros. On a stream, such as a pipe or a socket, a seek forward reads the bytes
 * between.
 *
 * hmmio: the file.
 *
 * lOffset: the offset in bytes. The new position is lOffset (SEEK_SET), the current position plus lOffset
 * (SEEK_CUR), or the end of the file minus lOffset (SEEK_END). A program's own procedure is passed both
 * numbers of a SEEK_END unchanged.
 *
 * iOrigin: SEEK_SET, SEEK_CUR or SEEK_END, as in stdio.h.
 *
 * Returns the new position. Returns -1 if it would be negative, past the end of a memory file, or more than a
 * LONG can hold; if the I/O procedure failed, or dirty bytes could not be written; and for a handle that is
 * not open. The position is then what it was, except that a stream which ends before the new position is at
 * its end.
 *
 * Source: Microsoft's documentation. That SEEK_END counts backwards, and that a seek inside the buffer sends
 * nothing, was verified on Windows.
 */
MMSYSTEM_API
LONG mmioSeek(HMMIO hmmio,
              LONG lOffset,
              int iOrigin);

/**
 * Sends a message to the I/O procedure of a file.
 *
 * A message with a number from MMIOM_USER up means what the program and its procedure agree on. It is passed
 * on as it is, and so are MMIOM_RENAME and unknown numbers. Dirty bytes stay in the buffer.
 *
 * MMIOM_READ, MMIOM_WRITE, MMIOM_WRITEFLUSH and MMIOM_SEEK act at the current position: dirty bytes are sent
 * first, as MMIOM_WRITE, and the buffer is emptied. Afterwards the position is what lDiskOffset says, unless a
 * MMIOM_SEEK returned -1. If the procedure leaves lDiskOffset alone and returns the requested position, the
 * file is there. A MMIOM_WRITEFLUSH of 0 bytes asks the procedure to empty buffers of its own.
 *
 * hmmio: the file.
 *
 * uMsg: the message. MMIOM_OPEN and MMIOM_CLOSE are refused, as they would leave the handle inconsistent.
 *
 * lParam1, lParam2: depend on the message. MMIOM_READ, MMIOM_WRITE and MMIOM_WRITEFLUSH take memory and its
 * size in bytes, MMIOM_SEEK an offset and an origin.
 *
 * Returns the result of the procedure: a number of bytes, a position, or -1 for an error of these messages.
 * Returns MMSYSERR_INVALHANDLE if hmmio is not an open file, and MMSYSERR_INVALPARAM for MMIOM_OPEN and
 * MMIOM_CLOSE.
 *
 * Source: Microsoft's documentation, which does not say what happens to the buffer and the position.
 *
 * Example: A procedure that counts what is written, and is asked for the count.
 * ```c
 * #include <mmsystem.h>
 * #include <stdio.h>
 * #include <string.h>
 *
 * static LRESULT CALLBACK IOProc(LPSTR lpmmioinfo, UINT uMsg,
 *                                LPARAM lParam1, LPARAM lParam2)
 * {
 *     LPMMIOINFO info = (LPMMIOINFO)lpmmioinfo;
 *     switch (uMsg) {
 *     case MMIOM_WRITE:
 *     case MMIOM_WRITEFLUSH:
 *         info->lDiskOffset += (LONG)lParam2;
 *         return lParam2;
 *     case MMIOM_READ:
 *     case MMIOM_SEEK:
 *         return -1;
 *     case MMIOM_USER:
 *         *(LONG *)lParam1 = info->lDiskOffset;
 *         return 0;
 *     }
 *     return 0;
 * }
 *
 * int main(void)
 * {
 *     MMIOINFO info;
 *     LONG size = 0;
 *     HMMIO file;
 *     memset(&info, 0, sizeof(info));
 *     info.pIOProc = IOProc;
 *     file = mmioOpen(NULL, &info, MMIO_WRITE);
 *     if (mmioWrite(file, "hello", 5) != 5)
 *         return 1;
 *     if (mmioSendMessage(file, MMIOM_USER, (LPARAM)&size, 0) != 0)
 *         return 1;
 *     printf("%d bytes were written\n", (int)size);
 *     return mmioClose(file, 0) == MMSYSERR_NOERROR ? 0 : 1;
 * }
 * ```
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
