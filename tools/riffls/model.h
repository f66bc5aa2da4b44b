/* model.h: what a file of chunks is to riffls: sizes, ends and pad bytes.
 *
 * The rules; model.c decides by them, walk.c only applies them:
 *
 *  1. A chunk is a code, a size, that many bytes, and a pad byte if the size is odd. RIFF, RIFX, RF64, BW64 and LIST have
 *     a type and chunks inside. In RIFX all numbers are big-endian.
 *  2. The size of RF64, of BW64 and of the chunks in them is that of ds64 if it is 0xFFFFFFFF in the header. A ds64 with
 *     the size of the file gives the size of `data` too, and 0 is empty then. One with no size is as if there were none.
 *  3. A placeholder is no size: 0xFFFFFFFF; for RIFF and `data` also about the largest number of 31 or 32 bits. Such a
 *     chunk extends to the end of its parent if that has no size either.
 *  4. A size that was never filled in is 0 in a RIFF with a type, and in its `data` if no chunk can follow. A RIFF that
 *     ends right behind the header of such a `data` was not filled in either.
 *  5. A chunk ends where its size says, but not beyond its parent. A RIFF that ends inside its last chunk is what is wrong
 *     if the file ends, or chunks follow, where that chunk says, and neither is so where the RIFF says.
 *  6. A pad byte is missing if a chunk begins in its place, and none, or one of a less known code, begins after it; or if
 *     the parent, or the file, ends.
 *  7. Bytes that are no chunk lie between two chunks if from some later place on codes and sizes make sense up to the end
 *     of the parent. Otherwise they reach to its end.
 *  8. A chunk behind the RIFF is outside of it. It is read as if it were inside.
 *
 * A pipe is seen only LOOKAHEAD bytes ahead; what lies beyond is taken to make sense. */
#ifndef MODEL_H
#define MODEL_H

#include <mmsystem.h>

#include <stdbool.h>
#include <stdint.h>

#define NO_END INT64_MAX /* the end is not known */

typedef struct Fault {
    const char *kind; /* one word; the manual page lists them */
    int64_t offset;
    char text[160];
    bool is_doubtful; /* not certainly wrong */
} Fault;

#define MAX_FAULTS 8

/* A chunk, or the whole file, whose children are the RIFF chunks. */
typedef struct Chunk Chunk;
struct Chunk {
    const Chunk *parent; /* NULL: the file */
    int depth;           /* 0: the file */
    FOURCC id, type;     /* the type of the file is that of the last RIFF in it: what is outside is read by it */
    bool has_type;
    bool is_big_endian;  /* in RIFX */
    bool is_outside;     /* behind the RIFF to which it belongs */
    bool is_streamed;    /* its size is, or seems to be, the placeholder of a writer to a pipe, or was never filled in */
    DWORD size;          /* in the header */
    int64_t length;      /* the size in the header or in ds64 */
    int64_t offset;      /* of the header */
    int64_t data;        /* of the first byte after the size field */
    int64_t end;         /* of the data, at most that of the parent; NO_END while it is not known */
    int64_t next;        /* where the walk goes on, after the pad byte; known when the chunk is left */
    int64_t excess;      /* by how much the size exceeds the parent */
    Fault faults[MAX_FAULTS];
    int fault_count;
};

/* A number of up to 4 bytes. */
DWORD NumberAt(const unsigned char *bytes, int count, bool is_big_endian);
/* A size of 64 bits, as in ds64; -1 if it is impossible. */
int64_t LongNumberAt(const unsigned char *bytes);

#endif
