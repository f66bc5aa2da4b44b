/* mmsystem_ext.h: what this library has beyond Windows.
 *
 * Made of the Rust source by cbindgen: change that, and run `make header`. */

#ifndef MMSYSTEM_EXT_H
#define MMSYSTEM_EXT_H

#if defined(MMSYSTEM_H) && !defined(MMSYSTEM_TYPES_H)
/* mmiscapi.h was alone, and left the names of types to the project. */
#include "mmsystem_hide.h"
#else
#include "mmsystem.h"
#endif

/* The version of this header; mmsys_version() tells that of the library. */
#define MMSYSTEM_VERSION_MAJOR 1
#define MMSYSTEM_VERSION_MINOR 0
#define MMSYSTEM_VERSION_PATCH 0
#define MMSYSTEM_VERSION_STRING "1.0.0"
#define MMSYSTEM_VERSION 0x00010000 /* major << 16 | minor << 8 | patch */

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Tells the version of the library. At run time it may be newer than the header that a program was
 * compiled with.
 *
 * Returns it in the form of MMSYSTEM_VERSION: major << 16 | minor << 8 | patch.
 */
MMSYSTEM_API DWORD mmsys_version(void);

/**
 * Names an error, and says what it is in one sentence: `MMIOERR_FILENOTFOUND: there is no file of that name.`
 *
 * error: any number; what mmioClose and the others return, or wErrorRet of an MMIOINFO.
 *
 * Returns a string that stays; for a number that is none of this library's it says so.
 */
MMSYSTEM_API
LPCSTR mmsys_error_text(MMRESULT error);

/**
 * Moves the position in a file, without the limit of mmioSeek.
 *
 * hmmio: the file.
 *
 * offset: in bytes, as lOffset of mmioSeek, in 64 bits: SEEK_END counts backwards.
 *
 * origin: SEEK_SET, SEEK_CUR or SEEK_END.
 *
 * Returns the new position, or -1 as mmioSeek does; the position is then what it was.
 *
 * # Safety
 * - hmmio: any value.
 */
MMSYSTEM_API int64_t mmsys_seek64(HMMIO hmmio, int64_t offset, int origin);

/**
 * Tells the position in a file, without the limit of mmioSeek.
 *
 * hmmio: the file.
 *
 * Returns the position of the next byte to be read or written; -1 for a bad handle.
 *
 * # Safety
 * - hmmio: any value.
 */
MMSYSTEM_API int64_t mmsys_tell64(HMMIO hmmio);

/**
 * Closes a file without writing what is still in its buffer: the way out where mmioClose goes on returning
 * MMIOERR_CANNOTWRITE.
 *
 * The I/O procedure is sent MMIOM_CLOSE, and no MMIOM_WRITEFLUSH before it: what is still in its own buffers
 * is for the procedure to write or to give up.
 *
 * hmmio: the file.
 *
 * Returns 0; MMSYSERR_INVALHANDLE: hmmio is not an open file; what else the I/O procedure returns to
 * MMIOM_CLOSE: the file is closed then.
 *
 * # Safety
 * - hmmio: any value.
 */
MMSYSTEM_API
MMRESULT mmsys_discard(HMMIO hmmio);

/**
 * Switches write-through: each mmioWrite is then sent as MMIOM_WRITEFLUSH, and nothing stays in the file's
 * buffer.
 *
 * Where a procedure takes the bytes as MMIOM_WRITE only, a MMIOM_WRITEFLUSH of 0 bytes follows. If that
 * fails, mmioWrite has accepted the bytes all the same, the error is in wErrorRet, and the next flush tries
 * again. Switching it on flushes, as mmioFlush does with MMIO_EMPTYBUF.
 *
 * hmmio: the file. A memory file has nothing to write through to: nothing changes.
 *
 * on: 0 for off, any other number for on.
 *
 * Returns 0; MMIOERR_CANNOTWRITE: the flush failed, and nothing has changed; MMSYSERR_INVALHANDLE: hmmio is
 * not an open file.
 *
 * # Safety
 * - hmmio: any value.
 */
MMSYSTEM_API
MMRESULT mmsys_set_write_through(HMMIO hmmio,
                                 int on);

/**
 * Switches durability: what mmioFlush, mmioSetBuffer, mmioClose or a MMIOM_WRITEFLUSH wrote is then on the
 * disk when the call returns, and not only with the operating system. MMSYSTEM_DURABLE=1 in the environment
 * switches it on for every disk file.
 *
 * A flush forces all bytes of the file to the disk that went to the operating system since they were last
 * forced, whatever message carried them, and whether or not durability was on then. If there are none, it does
 * nothing.
 *
 * hmmio: the file.
 *
 * on: 0 for off, any other number for on. Switching it on forces nothing yet.
 *
 * Returns 0; MMSYSERR_NOTSUPPORTED: a memory file, or a program's own procedure, which is to see to it
 * itself when MMIOM_WRITEFLUSH comes; MMSYSERR_INVALHANDLE: hmmio is not an open file.
 *
 * # Safety
 * - hmmio: any value.
 */
MMSYSTEM_API
MMRESULT mmsys_set_durable(HMMIO hmmio,
                           int on);

/**
 * Keeps a pointer for an I/O procedure, one for each open file: one word of adwInfo is too small for one.
 *
 * lpmmioinfo: the structure that the procedure was called with, for a file that is open or being opened.
 *
 * context: the pointer; the library does nothing with it.
 *
 * Returns 0; MMSYSERR_INVALPARAM: lpmmioinfo is NULL; MMSYSERR_INVALHANDLE: the message is about no open
 * file (MMIOM_RENAME, or MMIOM_OPEN with MMIO_DELETE).
 *
 * # Safety
 * - lpmmioinfo: NULL, or an MMIOINFO.
 */
MMSYSTEM_API
MMRESULT mmsys_set_context(LPCMMIOINFO lpmmioinfo,
                           void *context);

/**
 * Gives an I/O procedure back the pointer that it kept with mmsys_set_context.
 *
 * lpmmioinfo: the structure that the procedure was called with.
 *
 * Returns the pointer; NULL where none was kept, or the message is about no open file.
 *
 * # Safety
 * - lpmmioinfo: NULL, or an MMIOINFO.
 */
MMSYSTEM_API void *mmsys_context(LPCMMIOINFO lpmmioinfo);

#ifdef __cplusplus
}
#endif

#endif  /* MMSYSTEM_EXT_H */

#ifdef MMSYSTEM_HIDDEN
#include "mmsystem_show.h"
#endif
