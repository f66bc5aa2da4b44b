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
   * The position of the data, after the form or list type.
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
 * - MMSYSERR_NOTSUPPORTED: the file is a memory file, or is opened with a program's own procedure, which can
 *   force its bytes to the disk when it receives MMIOM_WRITEFLUSH.
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
 * in force between all users of this library: programs that open the file with mmioOpen, or call mmsys_share. Whether the descriptor can read and write
 * decides which share modes of others it conflicts with.
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
 * - MMIOERR_CANNOTSEEK: the I/O procedure could not seek to ds64 and back, to store a size given in advance.
 * - MMIOERR_OUTOFMEMORY: there is no memory for the sizes of ds64.
 * - MMSYSERR_INVALPARAM: pmmcki is NULL, or uFlags has both MMIO flags, or MMSYS_RF64 for another chunk.
 * - MMSYSERR_INVALHANDLE: hmmio is not an open file.
 */
MMSYSTEM_API
MMRESULT mmsys_create_chunk64(HMMIO hmmio,
                              MMSYS_CKINFO64 *pmmcki,
                              UINT uFlags);

#ifdef __cplusplus
}
#endif

#endif  /* MMSYSTEM_EXT_H */

#ifdef MMSYSTEM_HIDDEN
#include "mmsystem_show.h"
#endif
