/* model.h: the model of a file of chunks: sizes, ends and pad bytes.
 *
 * The rules, by which model.c decides, and which walk.c applies:
 *
 *  1. A chunk is a code, a size, that many bytes, and a pad byte if the size is odd. RIFF, RIFX, RF64, BW64 and LIST
 *     have a type and chunks inside; a frame of WebP has 16 bytes and chunks inside. In RIFX all numbers are
 *     big-endian.
 *  2. The size of RF64, of BW64 and of the chunks in them is that of ds64 if it is 0xFFFFFFFF in the header. If ds64
 *     has the size of the file, a size of 0 for `data` is used, too. A ds64 without sizes is ignored.
 *  3. A placeholder stands for an unknown size: 0xFFFFFFFF; for RIFF and `data` also about the largest number of 31
 *     or 32 bits. Such a chunk extends to the end of its parent if the size of the parent is unknown, too.
 *  4. A size that was never filled in is 0 in a RIFF with a type, and in its `data` if no chunk can follow. A RIFF
 *     that ends right behind the header of such a `data`, or, because it counts its own header too, 8 bytes later, was
 *     not filled in either. The size of another `data` is 0 for the same reason if nothing in the rest of the RIFF is a
 *     chunk.
 *  5. A chunk has as many bytes as its size, but does not go beyond its parent. If the size goes beyond the RIFF, the
 *     size of the RIFF is considered wrong if the file ends, or chunks follow, at the end of the chunk, and no chunk
 *     begins at the end of the RIFF.
 *  6. A pad byte is missing if a chunk begins in its place, and none, or one of a less known code, begins after it;
 *     or if the parent, or the file, ends.
 *  7. Bytes that are not a chunk are skipped: their code is not printable, or their size does not fit, and a chain of
 *     chunks begins later. A chain reaches the end of the parent, or has at least two chunks of which the first is
 *     well known. If no chain begins within 64 MiB, a printable code with a size that does not fit is a chunk, and
 *     other bytes are trailing.
 *  8. A chunk behind the RIFF is outside of it. It is read as if it were inside.
 *
 * Of a pipe only the next LOOKAHEAD bytes are examined. Bytes beyond them are no evidence for or against a chunk. */
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
    FOURCC id, type;     /* the type of the file is that of its last RIFF, to which chunks outside belong */
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
    int64_t next;        /* the offset of the next chunk, after the pad byte; set when the chunk is left */
    int64_t excess;      /* by how much the size exceeds the parent */
    Fault faults[MAX_FAULTS];
    int fault_count;
    int64_t more_faults; /* the number of faults beyond MAX_FAULTS */
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
/* RF64 or BW64. */
bool IsLongForm(FOURCC id);
/* A form, or LIST. */
bool IsList(FOURCC id);
/* Whether a size is a placeholder in a chunk of this code: rule 3. */
bool IsPlaceholder(FOURCC id, DWORD size);

typedef enum Sense { NO_CHUNK, ODD_CODE, PRINTABLE_CODE, USUAL_CODE, KNOWN_CODE } Sense;

/* How much the bytes at an offset look like the header of a child that fits into `parent`. */
Sense SenseAt(struct Input *input, const Chunk *parent, int64_t offset);
/* Whether a chain of chunks begins at an offset: rule 7. */
bool IsChain(struct Input *input, const Chunk *parent, int64_t offset);
/* Returns the first offset of a range at which a chain begins; -1 if there is none. */
int64_t FindChain(struct Input *input, const Chunk *parent, int64_t from, int64_t to);
/* Returns the end of the data that the file has. */
int64_t EndInFile(const struct Input *input, const Chunk *chunk);
/* Returns the end of the parent, or of the file if that is unknown. */
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

/* Decides what begins at the position of the input. After stray bytes, the next chunk is at `next`. */
Verdict Judge(struct Input *input, const Chunk *parent, int64_t *next);
/* Reads the header at the position. The end of the chunk follows from rules 2 to 4. */
void TakeHeader(struct Input *input, Chunk *chunk, const Chunk *parent, LongSizes *sizes);
/* Returns the end of a RIFF in which a chunk begins at `offset`: riff->end, a later offset if the size of the RIFF is
 * too small, or NO_END if it was not filled in. */
int64_t TrueEnd(struct Input *input, const Chunk *riff, int64_t offset);
/* Whether the size of a chunk was never filled in: rule 4. */
bool IsUnfilled(const Chunk *chunk);
/* Returns why the pad byte at the position, after a chunk of odd length, is missing; NULL if it is there. */
const char *WhyNoPad(struct Input *input, const Chunk *chunk);

#endif
