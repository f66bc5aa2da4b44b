/* mmsystem_ext.h: functions of this library that Windows does not have.
 *
 * Generated from the Rust source by cbindgen: change that, and run `make header`. */

#ifndef MMSYSTEM_EXT_H
#define MMSYSTEM_EXT_H

#if defined(MMSYSTEM_H) && !defined(MMSYSTEM_TYPES_H)
/* mmiscapi.h was included alone, and left the names of types to the project. */
#include "mmsystem_hide.h"
#else
#include "mmsystem.h"
#endif

/* The version of this header; mmsys_version() returns that of the library. */
#define MMSYSTEM_VERSION_MAJOR 1
#define MMSYSTEM_VERSION_MINOR 0
#define MMSYSTEM_VERSION_PATCH 0
#define MMSYSTEM_VERSION_STRING "1.0.0"
#define MMSYSTEM_VERSION 0x00010000 /* major << 16 | minor << 8 | patch */

/**
 * A chunk with a position and a size of 64 bits.
 *
 * A function reads only the members that its page names; the others need not be set.
 */
#ifndef _MMSYS_CKINFO64
struct _MMSYS_CKINFO64 {
  /**
   * The chunk's code.
   */
  FOURCC ckid;
  /**
   * The form type of a RIFF chunk, the list type of a LIST chunk.
   */
  FOURCC fccType;
  /**
   * MMIO_DIRTY, or 0.
   */
  DWORD dwFlags;
  /**
   * Set to 0, and not read.
   */
  DWORD reserved;
  /**
   * The size of the data in bytes. 2^63 or more is an unknown size: the data extends to the end of the file.
   */
  uint64_t cksize;
  /**
   * The position of the data, which begins with the form or list type if the chunk has one.
   */
  uint64_t dataOffset;
};
#endif

/**
 * See _MMSYS_CKINFO64.
 */
#ifndef MMSYS_CKINFO64
typedef struct _MMSYS_CKINFO64 MMSYS_CKINFO64;
#endif

/**
 * The functions that do the input and output of a file of mmsys_open_callbacks.
 *
 * Each is called with the context that was given to mmsys_open_callbacks, for one operation at a time, by the
 * thread that called the library. It may call any function of the library, also on the same file, and must
 * return. A callback that is not needed is NULL, but not both read and write.
 */
#ifndef _MMSYS_CALLBACKS
struct _MMSYS_CALLBACKS {
  /**
   * sizeof(MMSYS_CALLBACKS).
   */
  DWORD size;
  /**
   * Reads up to count bytes at the position. Returns their number, which may be less; 0 at the end of the
   * file; -1 on failure. NULL: the file cannot be read.
   */
  int64_t (*read)(void *context, void *data, size_t count);
  /**
   * Writes up to count bytes at the position. Returns their number, which may be less; -1 on failure, also
   * if none can be written. NULL: the file cannot be written.
   */
  int64_t (*write)(void *context, const void *data, size_t count);
  /**
   * Moves the position to offset (SEEK_SET), or to the end plus offset (SEEK_END), or returns it (SEEK_CUR
   * with 0). Returns the new position, or -1 on failure. NULL: the file is a stream.
   */
  int64_t (*seek)(void *context, int64_t offset, int whence);
  /**
   * Makes all bytes that were written reach their destination. Returns 0, or an error. NULL: nothing is
   * needed for that.
   */
  int (*flush)(void *context);
  /**
   * Frees the context, also if it returns an error. Returns 0, or an error for mmioClose to return. NULL:
   * there is nothing to free.
   */
  int (*close)(void *context);
};
#endif

#ifndef MMSYS_CALLBACKS
typedef struct _MMSYS_CALLBACKS MMSYS_CALLBACKS;
#endif

#ifndef MMSYS_RF64
#define MMSYS_RF64 0x00010000
#endif

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Returns the version of the library.
 *
 * A program can be run with a newer library than it was compiled with. MMSYSTEM_VERSION is the version of the
 * header.
 *
 * Returns the version in the form of MMSYSTEM_VERSION: major << 16 | minor << 8 | patch.
 */
MMSYSTEM_API
DWORD mmsys_version(void);

/**
 * Describes an error in one sentence that begins with its name: `MMIOERR_FILENOTFOUND: file not found.`
 *
 * It describes the results of mmioClose, mmioDescend and others, and wErrorRet of MMIOINFO.
 *
 * error: any number.
 *
 * Returns a string that is valid as long as the library is loaded, and must not be freed. For a number that is
 * not an error of this library the string says so.
 */
MMSYSTEM_API
LPCSTR mmsys_error_text(MMRESULT error);

/**
 * Moves the position of a file, with 64-bit offsets.
 *
 * It does what mmioSeek does, without the limit of a LONG, which is 2147483647.
 *
 * hmmio: the file.
 *
 * offset: the offset in bytes, as lOffset of mmioSeek. SEEK_END counts backwards.
 *
 * origin: SEEK_SET, SEEK_CUR or SEEK_END.
 *
 * Returns the new position, or -1 as mmioSeek does.
 */
MMSYSTEM_API int64_t mmsys_seek64(HMMIO hmmio, int64_t offset, int origin);

/**
 * Returns the position of a file, with 64 bits.
 *
 * mmioSeek with SEEK_CUR and 0 does the same for positions up to 2147483647.
 *
 * hmmio: the file.
 *
 * Returns the position of the next byte to read or write; -1 if hmmio is not an open file.
 */
MMSYSTEM_API int64_t mmsys_tell64(HMMIO hmmio);

/**
 * Closes a file without writing the bytes that are still in its buffer.
 *
 * It is for a file that mmioClose cannot close, since each flush fails with MMIOERR_CANNOTWRITE. The I/O
 * procedure is sent MMIOM_CLOSE, and no MMIOM_WRITEFLUSH before it. A procedure that has bytes in buffers of
 * its own may write or discard them.
 *
 * hmmio: the file.
 *
 * Returns 0, or on failure:
 * - MMSYSERR_INVALHANDLE: hmmio is not an open file.
 * - Any other number is the result of the I/O procedure for MMIOM_CLOSE, and the file is closed.
 */
MMSYSTEM_API
MMRESULT mmsys_discard(HMMIO hmmio);

/**
 * Switches write-through on or off.
 *
 * With write-through each mmioWrite sends its bytes as MMIOM_WRITEFLUSH, and nothing stays in the buffer. If a
 * procedure takes them as MMIOM_WRITE only, a MMIOM_WRITEFLUSH of 0 bytes follows. If that fails, mmioWrite
 * has accepted the bytes nevertheless: the error is in wErrorRet, and the next flush is retried. Switching it
 * on flushes the file, as mmioFlush does with MMIO_EMPTYBUF. It has no effect on a memory file.
 *
 * hmmio: the file.
 *
 * on: 0 for off, any other number for on.
 *
 * Returns 0, or on failure:
 * - MMIOERR_CANNOTWRITE: the flush failed, and nothing has changed.
 * - MMSYSERR_INVALHANDLE: hmmio is not an open file.
 */
MMSYSTEM_API
MMRESULT mmsys_set_write_through(HMMIO hmmio,
                                 int on);

/**
 * Switches durable flushes on or off.
 *
 * A durable flush, by mmioFlush, mmioSetBuffer, mmioClose or a MMIOM_WRITEFLUSH, returns when the bytes are on
 * the disk, and not only with the operating system. It forces all bytes of the file to the disk that were
 * written since the last time, also those written while it was off. If there are none, it does nothing.
 * MMSYSTEM_DURABLE=1 in the environment switches it on for every disk file.
 *
 * hmmio: the file.
 *
 * on: 0 for off, any other number for on. Neither forces bytes to the disk by itself.
 *
 * Returns 0, or on failure:
 * - MMSYSERR_NOTSUPPORTED: the file is a memory file, or is opened with a program's own procedure or callbacks,
 *   which can force their bytes to the disk in MMIOM_WRITEFLUSH and flush.
 * - MMSYSERR_INVALHANDLE: hmmio is not an open file.
 */
MMSYSTEM_API
MMRESULT mmsys_set_durable(HMMIO hmmio,
                           int on);

/**
 * Stores a pointer of an I/O procedure with an open file.
 *
 * Each file has one such pointer, since adwInfo has only 32-bit words. mmsys_context returns it. The procedure
 * of LPMMIOPROC is an example.
 *
 * lpmmioinfo: the structure that the procedure was called with, for a file that is open or being opened.
 *
 * context: the pointer. The library does not use it.
 *
 * Returns 0, or on failure:
 * - MMSYSERR_INVALPARAM: lpmmioinfo is NULL.
 * - MMSYSERR_INVALHANDLE: the message is not about an open file (MMIOM_RENAME, or MMIOM_OPEN with MMIO_DELETE).
 */
MMSYSTEM_API
MMRESULT mmsys_set_context(LPCMMIOINFO lpmmioinfo,
                           void *context);

/**
 * Returns the pointer that an I/O procedure stored with mmsys_set_context.
 *
 * The procedure of LPMMIOPROC is an example.
 *
 * lpmmioinfo: the structure that the procedure was called with.
 *
 * Returns the pointer; NULL if none was stored, or if the message is not about an open file.
 */
MMSYSTEM_API void *mmsys_context(LPCMMIOINFO lpmmioinfo);

/**
 * Converts a Windows file name to a name of this system.
 *
 * It is for a program that opens files itself. `\` separates directories, drive letters stand for directories,
 * and a name that is not found is searched for again ignoring case. Unlike mmioOpen, it does not search in the
 * directory of the executable.
 *
 * pszFileName: the name, a string that ends with NUL.
 *
 * fdwOpen: 0 for a file or directory that exists. MMIO_CREATE for one that may have to be created: if it does
 * not exist, the result is a new name in an existing directory.
 *
 * pszPath: the memory that receives the name and a NUL, of at least cbPath bytes.
 *
 * cbPath: the size of pszPath in bytes. 4096 is enough for every name that Linux can open.
 *
 * Returns 0, or on failure:
 * - MMIOERR_FILENOTFOUND: there is no such file, and fdwOpen is 0.
 * - MMIOERR_PATHNOTFOUND: there is no such directory or drive.
 * - MMIOERR_ACCESSDENIED: a directory of the name cannot be searched.
 * - MMIOERR_OUTOFMEMORY: there is no memory, or the name is longer than cbPath allows, and nothing was
 *   written.
 * - MMIOERR_INVALIDFILE: the system reported another error.
 * - MMSYSERR_INVALPARAM: a pointer is NULL.
 */
MMSYSTEM_API
MMRESULT mmsys_path(LPCSTR pszFileName,
                    DWORD fdwOpen,
                    LPSTR pszPath,
                    DWORD cbPath);

/**
 * Applies a share mode of mmioOpen to a file that the program itself opened.
 *
 * The share mode holds until the descriptor and all its copies are closed (those of dup, and of a fork). It is
 * in force between all users of this library: programs that open the file with mmioOpen, or call mmsys_share.
 * Whether the descriptor can read and write decides which share modes of others it conflicts with.
 *
 * fd: the descriptor.
 *
 * fdwOpen: MMIO_EXCLUSIVE, MMIO_DENYWRITE, MMIO_DENYREAD or MMIO_DENYNONE.
 *
 * Returns 0, also if the file is not a regular file, or its file system has no locks; on failure:
 * - MMIOERR_SHARINGVIOLATION: this share mode, or that of another opener, denies it.
 * - MMSYSERR_INVALPARAM: the descriptor is not open.
 */
MMSYSTEM_API
MMRESULT mmsys_share(int fd,
                     DWORD fdwOpen);

/**
 * Enters a chunk, or finds one and enters it, with positions and sizes of 64 bits.
 *
 * It does what mmioDescend does. In a file that begins with RF64 or BW64 the sizes are those of its ds64 chunk.
 * Without a parent a search goes from one RIFF chunk of an OpenDML file to the next, wherever it begins.
 *
 * hmmio: the file.
 *
 * pmmcki: holds what to search for, or 0 for any chunk: a code in ckid with MMIO_FINDCHUNK, a type in fccType
 * with MMIO_FINDRIFF or MMIO_FINDLIST. Receives the chunk: ckid, which is RIFF for RF64 and BW64, cksize, fccType,
 * which is 0 unless it is a RIFF or LIST chunk, dataOffset, and 0 in dwFlags and reserved. A cksize of
 * 18446744073709551615 means that the size is unknown: the chunk extends to the end of the file.
 *
 * pmmckiParent: NULL, or the chunk to search in, from mmsys_descend64. The position must be inside it.
 *
 * uFlags: 0 to enter the chunk at the position; to search, one of MMIO_FINDCHUNK, MMIO_FINDRIFF and
 * MMIO_FINDLIST.
 *
 * Returns 0, or on failure, after which the position is where it was:
 * - MMIOERR_CHUNKNOTFOUND: there is no such chunk. pmmcki holds the last header that was read.
 * - MMIOERR_CANNOTREAD: a header could not be read, or the file is open for writing only.
 * - MMIOERR_CANNOTSEEK: the I/O procedure could not seek back after ds64 was read.
 * - MMIOERR_OUTOFMEMORY: there is no memory for the sizes of ds64.
 * - MMSYSERR_INVALPARAM: pmmcki is NULL, or uFlags has more than one flag.
 * - MMSYSERR_INVALHANDLE: hmmio is not an open file.
 */
MMSYSTEM_API
MMRESULT mmsys_descend64(HMMIO hmmio,
                         MMSYS_CKINFO64 *pmmcki,
                         const MMSYS_CKINFO64 *pmmckiParent,
                         UINT uFlags);

/**
 * Leaves a chunk, with positions and sizes of 64 bits.
 *
 * It does what mmioAscend does: the position moves to the end of the chunk, after the pad byte if the size is
 * odd. A chunk that mmsys_create_chunk64 created ends at the current position: the pad byte is written, and the
 * size is corrected in the file and in pmmcki if it differs. A size of 4294967295 or more, in a RIFF chunk
 * that was created with MMSYS_RF64 or with MMSYSTEM_RF64=auto in the environment, makes the file an RF64. A
 * size that was read from the ds64 chunk of an RF64 is corrected there.
 *
 * hmmio: the file.
 *
 * pmmcki: the chunk, from mmsys_descend64 or mmsys_create_chunk64. dwFlags is MMIO_DIRTY for one that was
 * created.
 *
 * uFlags: 0.
 *
 * Returns 0, or on failure:
 * - MMIOERR_CANNOTSEEK: the position cannot be moved to the end of the chunk.
 * - MMIOERR_CANNOTWRITE: the pad byte or the size could not be written; or the size does not fit into its field
 *   and the RIFF chunk has no space for ds64; or the table of ds64 is full. The call can be repeated.
 * - MMSYSERR_INVALPARAM: pmmcki is NULL.
 * - MMSYSERR_INVALHANDLE: hmmio is not an open file.
 */
MMSYSTEM_API
MMRESULT mmsys_ascend64(HMMIO hmmio,
                        MMSYS_CKINFO64 *pmmcki,
                        UINT uFlags);

/**
 * Creates a chunk at the current position and enters it, with positions and sizes of 64 bits.
 *
 * It does what mmioCreateChunk does. With MMSYS_RF64 a RIFF chunk is created with space for a ds64 chunk after
 * its form type. The file becomes an RF64 when that chunk, or one in it, reaches a size of 4294967295.
 *
 * hmmio: the file.
 *
 * pmmcki: holds ckid, cksize and, for a RIFF or LIST chunk, fccType. cksize may be an estimate, which
 * mmsys_ascend64 corrects; 2^63 or more means that it is unknown. Receives dataOffset, MMIO_DIRTY in dwFlags, and
 * 0 in reserved. A cksize of 4294967295 or more makes the file an RF64 at once, if its RIFF chunk has space for
 * ds64.
 *
 * uFlags: 0; MMIO_CREATERIFF, which sets ckid to RIFF; or MMIO_CREATELIST, which sets ckid to LIST. MMSYS_RF64 can
 * be added to MMIO_CREATERIFF for a chunk at the beginning of a file.
 *
 * Returns 0, or on failure, after which the position is where it was:
 * - MMIOERR_CANNOTWRITE: the header could not be written; or the size does not fit into its field and the RIFF
 *   chunk has no space for ds64; or the table of ds64 has no space for the size.
 * - MMIOERR_CANNOTSEEK: the I/O procedure could not seek to ds64 and back, to store a size given in advance; or
 *   the file is a stream, and its buffer does not have ds64 any more, or has no space for it.
 * - MMIOERR_OUTOFMEMORY: there is no memory for the sizes of ds64.
 * - MMSYSERR_INVALPARAM: pmmcki is NULL, or uFlags has both MMIO flags, or MMSYS_RF64 for another chunk.
 * - MMSYSERR_INVALHANDLE: hmmio is not an open file.
 */
MMSYSTEM_API
MMRESULT mmsys_create_chunk64(HMMIO hmmio,
                              MMSYS_CKINFO64 *pmmcki,
                              UINT uFlags);

/**
 * Opens a file whose bytes the program's callbacks supply.
 *
 * It is an I/O procedure in a simpler form, with positions of 64 bits. The buffer, direct access, chunks, short
 * transfers and failures are as for other files.
 *
 * The first callback is seek, which is asked for the position: that is the position of the file. If seek is NULL,
 * or fails then, the file is a stream, as a pipe is. Later seek is called only if the position is not the one
 * that is needed. mmioFlush, mmioSetBuffer and mmioClose call flush if something was written since the last
 * flush that succeeded; if it fails, they do. A result that is negative, or larger than the count, is a failure.
 *
 * mmioSeek with SEEK_END counts backwards from the end, as for disk files. mmioClose calls close once, after a
 * flush that succeeded. With MMIO_FHOPEN it does not call close, and leaves the callbacks at the position of the
 * file; it returns MMIOERR_CANNOTSEEK if they cannot seek to it. A stream stays after the bytes that were read
 * ahead. mmsys_discard calls close alone. The file has no I/O procedure: pIOProc of mmioGetInfo opens nothing.
 *
 * callbacks: the callbacks, which are copied. A size that is larger than that of this library is accepted if the
 * bytes that it does not know are 0.
 *
 * context: a pointer for the callbacks. The library does not use it. If the function fails, close is not
 * called, and the context is still the caller's.
 *
 * info: NULL, or options, with all other members 0: pchBuffer and cchBuffer give the file a buffer, as for
 * mmioOpen, and fccIOProc is returned by mmioGetInfo. Receives the error, or 0, in wErrorRet.
 *
 * flags: one of MMIO_READ, MMIO_WRITE and MMIO_READWRITE, and MMIO_ALLOCBUF for a buffer of MMIO_DEFAULTBUFFER
 * bytes if cchBuffer is 0. The callbacks alone decide what the file permits. Share modes and MMIO_CREATE have no
 * effect.
 *
 * Returns a handle for mmioClose, or NULL on failure.
 *
 * Errors, in wErrorRet of info:
 * - MMSYSERR_INVALPARAM: callbacks is NULL, its size is wrong, read and write are NULL, cchBuffer is negative,
 *   or flags has MMIO_PARSE, MMIO_EXIST, MMIO_DELETE or MMIO_GETTEMP.
 * - MMIOERR_OUTOFMEMORY: there is no memory.
 *
 * Example: Reads a file through a stream of stdio.
 * ```c
 * #include <mmsystem_ext.h>
 * #include <stdio.h>
 *
 * static int64_t read_bytes(void *context, void *data, size_t count)
 * {
 *     FILE *stream = (FILE *)context;
 *     size_t done = fread(data, 1, count, stream);
 *     return done == 0 && ferror(stream) ? -1 : (int64_t)done;
 * }
 *
 * static int64_t seek_to(void *context, int64_t offset, int whence)
 * {
 *     if (fseek((FILE *)context, (long)offset, whence) != 0)
 *         return -1;
 *     return ftell((FILE *)context);
 * }
 *
 * static int close_stream(void *context)
 * {
 *     return fclose((FILE *)context);
 * }
 *
 * HMMIO OpenStream(FILE *stream)
 * {
 *     MMSYS_CALLBACKS io = {sizeof(io), read_bytes, NULL, seek_to,
 *                           NULL, close_stream};
 *     return mmsys_open_callbacks(&io, stream, NULL,
 *                                 MMIO_READ | MMIO_ALLOCBUF);
 * }
 * ```
 */
MMSYSTEM_API
HMMIO mmsys_open_callbacks(const MMSYS_CALLBACKS *callbacks,
                           void *context,
                           LPMMIOINFO info,
                           DWORD flags);

/**
 * Opens a part of a file that the program has open as a file: a member that lies uncompressed in an archive.
 *
 * Position 0 is that of offset. Reads and seeks end at length, or where the file ends if that is less; mmioWrite
 * and direct access do not pass length, and a write that does not fit is short. The position of the descriptor
 * is neither used nor moved, so that several parts of one descriptor may be open.
 *
 * descriptor: an open file descriptor that can seek. It stays the caller's, also after mmioClose, and must be
 * open as long as the file is. Whether it can read and write decides what the file permits. With O_APPEND it
 * cannot write.
 *
 * offset: the position in the file where the part begins, in bytes.
 *
 * length: the length of the part in bytes. It may end after the end of the file, which a write then extends.
 *
 * flags: as for mmioOpen: one of MMIO_READ, MMIO_WRITE and MMIO_READWRITE, and MMIO_ALLOCBUF for a buffer. Share
 * modes have no effect: see mmsys_share.
 *
 * Returns a handle for mmioClose. Returns NULL if offset or length is negative or their sum too large, if the
 * descriptor is not open or cannot seek, if there is no memory, or if flags has MMIO_CREATE, MMIO_PARSE,
 * MMIO_EXIST, MMIO_DELETE or MMIO_GETTEMP.
 */
MMSYSTEM_API
HMMIO mmsys_open_range(int descriptor,
                       int64_t offset,
                       int64_t length,
                       DWORD flags);

/**
 * Opens a part of a named file as a file.
 *
 * It is mmsys_open_range for a file that is opened by its name, as mmioOpen opens it, and closed with the part.
 *
 * name: the name, a string that ends with NUL. It is read as by mmioOpen, but always as that of a disk file.
 *
 * offset: the position in the file where the part begins, in bytes.
 *
 * length: the length of the part in bytes. It may end after the end of the file, which a write then extends.
 *
 * flags: as for mmioOpen: one of MMIO_READ, MMIO_WRITE and MMIO_READWRITE, a share mode, which applies to the
 * whole file, and MMIO_ALLOCBUF for a buffer.
 *
 * Returns a handle for mmioClose. Returns NULL if mmioOpen would not open the file, and for the reasons of
 * mmsys_open_range.
 */
MMSYSTEM_API
HMMIO mmsys_open_part(LPCSTR name,
                      int64_t offset,
                      int64_t length,
                      DWORD flags);

#ifdef __cplusplus
}
#endif

#endif  /* MMSYSTEM_EXT_H */

#ifdef MMSYSTEM_HIDDEN
#include "mmsystem_show.h"
#endif
