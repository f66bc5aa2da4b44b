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

/**
 * A chunk with a position and a size of 64 bits.
 *
 * Members that are not named for a function need not be set. `reserved` becomes 0 and is not read.
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
   * 0.
   */
  DWORD reserved;
  /**
   * The size of the data; 2^63 or more: it extends to the end of the file.
   */
  uint64_t cksize;
  /**
   * The position of the data.
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

/**
 * Tells the system's own name of a file that is named as on Windows, for a program that opens it itself:
 * `\` separates, drives are directories, and a path that is not found is looked for once more ignoring
 * case. No directory but the one that is named, or the current one, is looked into.
 *
 * pszFileName: the name.
 *
 * fdwOpen: 0 for a file or a directory that is there; MMIO_CREATE for a file that may have to be made: if it is
 * not there, the name is that of a new file in the directory that is meant.
 *
 * pszPath: receives the name, and a NUL.
 *
 * cbPath: the room there, in bytes. 4096 are enough for every name that Linux opens.
 *
 * Returns 0; MMIOERR_FILENOTFOUND: there is no such file, and fdwOpen is 0; MMIOERR_PATHNOTFOUND: there is no
 * such directory or drive; MMIOERR_ACCESSDENIED: a directory on the way may not be looked into;
 * MMIOERR_OUTOFMEMORY: no memory, or the name is longer than cbPath allows, and nothing was written;
 * MMIOERR_INVALIDFILE: another error of the system; MMSYSERR_INVALPARAM: a pointer is NULL.
 *
 * # Safety
 * - pszFileName: NULL, or a string that ends with NUL.
 * - pszPath: NULL, or valid for writing cbPath bytes.
 */
MMSYSTEM_API
MMRESULT mmsys_path(LPCSTR pszFileName,
                    DWORD fdwOpen,
                    LPSTR pszPath,
                    DWORD cbPath);

/**
 * Has a file that the program itself opened take part in the share modes of mmioOpen, until its descriptor is closed:
 * others that open the file with mmioOpen, or are let in by this function, keep out of each other's way.
 *
 * fd: the descriptor. What it permits, reading or writing, is what it does to the file.
 *
 * fdwOpen: MMIO_EXCLUSIVE, MMIO_DENYWRITE, MMIO_DENYREAD or MMIO_DENYNONE.
 *
 * Returns 0, also for what is no regular file, or where the file system has no locks; MMIOERR_SHARINGVIOLATION: another
 * share mode, or this one, denies it; MMSYSERR_INVALPARAM: fd is no descriptor.
 */
MMSYSTEM_API
MMRESULT mmsys_share(int fd,
                     DWORD fdwOpen);

/**
 * Finds a chunk and enters it, as mmioDescend does, with positions and sizes of 64 bits.
 *
 * In a file that begins with RF64 or BW64 the sizes are those of its chunk ds64. Without a parent a search goes from one
 * RIFF of an OpenDML file to the next, wherever it begins.
 *
 * hmmio: the file, positioned at a chunk.
 *
 * pmmcki: holds ckid (MMIO_FINDCHUNK) or fccType (MMIO_FINDRIFF, MMIO_FINDLIST), 0 for any; receives the chunk: ckid
 * (RIFF for RF64 and BW64), cksize, fccType (0 unless it is RIFF or LIST), dataOffset, and 0 in dwFlags and reserved. A
 * cksize of 18446744073709551615 is not known: the chunk extends to the end of the file.
 *
 * pmmckiParent: NULL, or the chunk to search in: the position must be inside it. A search by name finds what
 * begins in it, though it ends outside. Without a parent the search goes to the end of the file.
 *
 * uFlags: 0 for the chunk at the position; or one of MMIO_FINDCHUNK, MMIO_FINDRIFF and MMIO_FINDLIST, to
 * search it and its siblings.
 *
 * Returns 0: the position is behind the form or list type of a RIFF or LIST chunk, else at the data;
 * MMIOERR_CHUNKNOTFOUND: pmmcki holds the last header read, and the position is where it was;
 * MMIOERR_CANNOTREAD: a header could not be read, or the file is open for writing only; MMIOERR_CANNOTSEEK: the
 * procedure could not go back behind ds64; MMIOERR_OUTOFMEMORY: no memory for what ds64 has; MMSYSERR_INVALPARAM:
 * pmmcki is NULL, or more than one flag is set; MMSYSERR_INVALHANDLE: hmmio is not an open file.
 *
 * # Safety
 * - hmmio: any value.
 * - pmmcki: NULL, or an MMSYS_CKINFO64.
 * - pmmckiParent: NULL, or an MMSYS_CKINFO64.
 */
MMSYSTEM_API
MMRESULT mmsys_descend64(HMMIO hmmio,
                         MMSYS_CKINFO64 *pmmcki,
                         const MMSYS_CKINFO64 *pmmckiParent,
                         UINT uFlags);

/**
 * Leaves a chunk, as mmioAscend does, with positions and sizes of 64 bits: goes to its end, the pad byte of an odd size
 * included.
 *
 * hmmio: the file.
 *
 * pmmcki: the chunk, from mmsys_descend64 or mmsys_create_chunk64. One that was created (MMIO_DIRTY in dwFlags) ends at
 * the current position: an odd size gets its pad byte, and a cksize that differs is corrected, in the file and in the
 * structure. A chunk of 4 GiB - 1 or more, in a RIFF that was created for that (MMSYS_RF64, or MMSYSTEM_RF64=auto in the
 * environment), makes an RF64 of it.
 *
 * uFlags: 0.
 *
 * Returns 0; MMIOERR_CANNOTSEEK: the file cannot be positioned at the end of the chunk; MMIOERR_CANNOTWRITE: the pad byte
 * or the size could not be written, or the size does not fit into its field and the RIFF is not one that can become an
 * RF64, or the table of ds64 is full; the call can be made again; MMSYSERR_INVALPARAM: pmmcki is NULL;
 * MMSYSERR_INVALHANDLE: hmmio is not an open file.
 *
 * # Safety
 * - hmmio: any value.
 * - pmmcki: NULL, or an MMSYS_CKINFO64.
 */
MMSYSTEM_API
MMRESULT mmsys_ascend64(HMMIO hmmio,
                        MMSYS_CKINFO64 *pmmcki,
                        UINT uFlags);

/**
 * Creates a chunk at the current position, as mmioCreateChunk does, with a position and a size of 64 bits, and enters it.
 *
 * hmmio: the file.
 *
 * pmmcki: holds ckid, cksize (a guess; mmsys_ascend64 corrects it; 2^63 or more if it is not known) and, for a RIFF or LIST
 * chunk, fccType; receives dataOffset, MMIO_DIRTY in dwFlags, and 0 in reserved. A cksize of 4294967295 or more makes an
 * RF64 at once, where the RIFF is one that can become one.
 *
 * uFlags: 0, MMIO_CREATERIFF (ckid becomes RIFF) or MMIO_CREATELIST (ckid becomes LIST). For a RIFF at the beginning of a
 * file also MMSYS_RF64: it is created with room for a chunk ds64 behind its form type, and becomes an RF64 when a chunk in
 * it, or the RIFF itself, reaches 4 GiB - 1.
 *
 * Returns 0: the position is behind the header, form or list type and what is reserved for ds64 included;
 * MMIOERR_CANNOTWRITE: the header could not be written, or the size does not fit into its field, and the position is where
 * it was; MMIOERR_OUTOFMEMORY: no memory; MMSYSERR_INVALPARAM: pmmcki is NULL, or both flags are set, or MMSYS_RF64 for
 * another chunk; MMSYSERR_INVALHANDLE: hmmio is not an open file.
 *
 * # Safety
 * - hmmio: any value.
 * - pmmcki: NULL, or an MMSYS_CKINFO64.
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
