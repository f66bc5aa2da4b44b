/* model.h: what a file of chunks is to riffls: sizes, ends and pad bytes.
 *
 * The rules; model.c decides by them, walk.c only applies them:
 *
 *  1. A chunk is a code, a size, that many bytes, and a pad byte if the size is odd. RIFF, RIFX, RF64, BW64 and
 *     LIST have a type and chunks inside; a frame of WebP has 16 bytes and chunks inside. In RIFX all numbers are
 *     big-endian.
 *  2. The size of RF64, of BW64 and of the chunks in them is that of ds64 if it is 0xFFFFFFFF in the header. A ds64
 *     with the size of the file gives the size of `data` too, and 0 is empty then. One with no size is as if there
 *     were none.
 *  3. A placeholder is no size: 0xFFFFFFFF; for RIFF and `data` also about the largest number of 31 or 32 bits.
 *     Such a chunk extends to the end of its parent if that has no size either.
 *  4. A size that was never filled in is 0 in a RIFF with a type, and in its `data` if no chunk can follow. A RIFF
 *     that ends right behind the header of such a `data` was not filled in either. The size of another `data` is 0
 *     for the same reason if nothing in the rest of the RIFF is a chunk.
 *  5. A chunk ends where its size says, but not beyond its parent. If it does go beyond its RIFF, the size of the
 *     RIFF is what is wrong if the file ends, or chunks follow, where the chunk says, and no chunk begins where the
 *     RIFF says.
 *  6. A pad byte is missing if a chunk begins in its place, and none, or one of a less known code, begins after it;
 *     or if the parent, or the file, ends.
 *  7. Bytes are skipped that are not a chunk: their code is not printable, or their size does not fit, and from a
 *     later place on codes and sizes make sense up to the end of the parent, or at least for two chunks of which
 *     the first is well known. If there is no such place within 64 MiB, a printable code with a size that does not
 *     fit is a chunk, and other bytes are trailing.
 *  8. A chunk behind the RIFF is outside of it. It is read as if it were inside.
 *
 * A pipe is seen only LOOKAHEAD bytes ahead. What lies beyond is no evidence, either way. */
#ifndef MODEL_H
#define MODEL_H

#include <mmsystem.h>

#include <stdbool.h>
#include <stdint.h>

#define NO_END INT64_MAX /* the end is not known */

typedef struct Fault {
    const char *kind; /* one word; the manual page lists them */
    int64_t offset;
    int64_t bytes; /* of `skipped` and `trailing`: how many */
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
    bool is_streamed;    /* its size is, or seems to be, a placeholder, or was never filled in */
    DWORD size;          /* in the header */
    int64_t length;      /* the size in the header or in ds64 */
    int64_t offset;      /* of the header */
    int64_t data;        /* of the first byte after the size field */
    int inner;           /* the bytes of the data before the chunks in it: the type of a list; 0: there are none */
    int64_t end;         /* of the data, at most that of the parent; NO_END while it is not known */
    int64_t next;        /* where the walk goes on, after the pad byte; known when the chunk is left */
    int64_t excess;      /* by how much the size exceeds the parent */
    Fault faults[MAX_FAULTS];
    int fault_count;
    int64_t more_faults; /* those that have no room in `faults` */
};

#define HEADER 8 /* the code and the size */
#define TYPE 4
#define MAX_DEPTH 64 /* deeper chunks are not read */
#define FRAME 16 /* the numbers of a frame in WebP */
#define STREAMED 0xFFFFFFFFu
#define FOURCC_RIFX mmioFOURCC('R', 'I', 'F', 'X')
#define FOURCC_RF64 mmioFOURCC('R', 'F', '6', '4')
#define FOURCC_BW64 mmioFOURCC('B', 'W', '6', '4')
#define FOURCC_DS64 mmioFOURCC('d', 's', '6', '4')
#define FOURCC_DATA mmioFOURCC('d', 'a', 't', 'a')

struct Input;

/* ---- chain.c: whether bytes are a chunk */

/* A number of up to 4 bytes. */
DWORD NumberAt(const unsigned char *bytes, int count, bool is_big_endian);
void PutNumber(unsigned char *bytes, int count, int64_t number, bool is_big_endian);
/* A size of 64 bits, as in ds64; -1 if it is impossible. */
int64_t LongNumberAt(const unsigned char *bytes);
/* RIFF, RIFX, RF64 or BW64. */
bool IsForm(FOURCC id);
/* One of these, or LIST. */
bool IsList(FOURCC id);
/* Whether a size stands for none in a chunk of this code. */
bool IsPlaceholder(FOURCC id, DWORD size);

typedef enum Sense { NO_CHUNK, ODD_CODE, PRINTABLE_CODE, USUAL_CODE, KNOWN_CODE } Sense;

/* How much the bytes at an offset look like a child of `parent`, which fits into it. */
Sense SenseAt(struct Input *input, const Chunk *parent, int64_t offset);
/* Whether codes and sizes make sense from there on, as in rule 7. */
bool IsChain(struct Input *input, const Chunk *parent, int64_t offset);
/* The first place of this range from which they do; -1 if there is none. */
int64_t FindChain(struct Input *input, const Chunk *parent, int64_t from, int64_t to);
/* Where the parent, or the file, ends. */
int64_t LimitOf(const struct Input *input, const Chunk *parent);

/* ---- model.c: sizes, ends and pad bytes */

/* The sizes in ds64. */
typedef struct LongSizes {
    int64_t file, data; /* 0: not filled in; -1: impossible */
    int count;
    struct {
        FOURCC id;
        int64_t size;
    } others[16];
} LongSizes;

typedef enum Verdict { AT_CHUNK, AT_STRAY_BYTES, AT_REST } Verdict;

/* What begins at the position of the input. Behind stray bytes, the next chunk is at `next`. */
Verdict Judge(struct Input *input, const Chunk *parent, int64_t *next);
/* The chunk at the position. Its end is that of rules 2 to 4. */
void TakeHeader(struct Input *input, Chunk *chunk, const Chunk *parent, LongSizes *sizes);
/* Where a RIFF ends that has a chunk at `offset`: at its end, at a later one if its size is too small, or NO_END if the
 * size was not filled in. */
int64_t TrueEnd(struct Input *input, const Chunk *riff, int64_t offset);
/* Whether it has no size, although there is one: rule 4. */
bool IsUnfilled(const Chunk *chunk);
/* Whether the pad byte at the position, the end of a chunk of odd length, is missing; why, or NULL. */
const char *WhyNoPad(struct Input *input, const Chunk *chunk);

#endif
