/* riffls.h: what the files of riffls share.
 *
 * walk.c goes through the chunks of an Input, and tells a Sink what it finds, in the order of the file: list.c, json.c,
 * boxes.c and extract.c are the four of them. Nothing keeps the tree: a file of any number of chunks takes the same
 * memory. */
#ifndef RIFFLS_H
#define RIFFLS_H

/* With -std=c99 the system's headers have what they are asked for; and sizes of files have 64 bits everywhere. */
#ifndef _FILE_OFFSET_BITS
#define _FILE_OFFSET_BITS 64
#endif
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#ifndef _DARWIN_C_SOURCE
#define _DARWIN_C_SOURCE
#endif

#include <mmsystem.h>
#include <mmsystem_ext.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#ifdef __GNUC__
#define LIKE_PRINTF(words, first) __attribute__((format(printf, words, first)))
#else
#define LIKE_PRINTF(words, first)
#endif

enum { ALL_WELL, IS_FAULTY, FAILED }; /* exit status; the larger counts */

/* ---- input.c: a file that is read, or a stream */

#define NO_END INT64_MAX /* the end is not known, or the size does not say */

typedef struct Input {
    const char *name;
    bool is_standard; /* standard input, and the name is only for messages */
    HMMIO hmmio;
    int descriptor; /* of a stream */
    int64_t start; /* where it begins: standard input may have been read from before */
    int64_t size;  /* where it ends; NO_END while that is not known */
    MMRESULT error; /* the first that there was; nothing is read after it */
    int reason;     /* the system's errno of it; 0: none */
} Input;

bool OpenInput(Input *input, const char *name, DWORD share);
void CloseInput(Input *input);
int64_t Position(const Input *input);
/* Goes there, or to the end of the file if that is before; answers where it is now. */
int64_t GoTo(Input *input, int64_t target);
/* Reads up to `count` bytes, fewer only at the end of the file; those of Peek are read again next. */
LONG ReadBytes(Input *input, void *bytes, LONG count);
LONG Peek(Input *input, void *bytes, LONG count);
/* What `error` is, in words. */
const char *WhyNot(const Input *input);
/* Whether that is what would be written, under the name of `out`, which may be - for standard output. */
bool IsSameFile(const Input *input, const char *out);

/* stream.c: the I/O procedure of streams (a pipe, a terminal): adwInfo[0] is the descriptor. */
LRESULT CALLBACK StreamProc(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2);

/* ---- progress.c: how far it is, on a terminal */

void BeginProgress(const Input *input);
void ShowProgress(int64_t position);
void HideProgress(void); /* before a message, and at the end */
void MakeWay(void);      /* before a line on standard output, which may be on the same terminal */

/* ---- walk.c: chunks, and what is wrong with them */

typedef struct Fault {
    const char *kind; /* one word, as in the manual page */
    int64_t offset;
    char text[160];
} Fault;

#define MOST_FAULTS 8

/* A chunk, or the file as a whole, of which the RIFF chunks are the children. */
typedef struct Chunk Chunk;
struct Chunk {
    const Chunk *parent; /* NULL: the file */
    int depth;           /* 0: the file */
    FOURCC id, type;
    bool has_type;
    bool is_streamed; /* it has no size; in a pipe, until it is left: so it seems, if the end is known */
    DWORD size;       /* as the file says */
    int64_t offset;   /* of the header */
    int64_t data;     /* of what the size counts */
    int64_t end;      /* of that; of the parent, if it says more; NO_END until it is left, if it does not say */
    int64_t past;     /* by so much it says more */
    Fault faults[MOST_FAULTS];
    int fault_count;
};

typedef struct Reading Reading;

/* Who is told of chunks. `self` is first in a larger structure of its own. */
typedef struct Sink Sink;
struct Sink {
    bool (*enter)(Sink *self, const Chunk *chunk, const Reading *reading); /* false: no more is wanted */
    void (*fault)(Sink *self, const Chunk *chunk, const Fault *fault);     /* or NULL: when it is left they are in it */
    void (*leave)(Sink *self, const Chunk *chunk);                         /* or NULL */
};

/* Answers how many faults there were. What could not be read is in input->error. */
int64_t Walk(Input *input, Sink *sink);

/* ---- reading.c: what a well-known chunk says */

#define PEEKED 1024 /* so much of a chunk is read at the most */
#define MOST_FIELDS 10

typedef enum FieldKind { FIELD_NUMBER, FIELD_REAL, FIELD_WORD, FIELD_TEXT } FieldKind;

typedef struct Field {
    const char *name;
    FieldKind kind;
    const char *unit; /* what is said after a number, before a text */
    int64_t number;
    double real;
    const unsigned char *text; /* FIELD_WORD: ours, FIELD_TEXT: the file's, any bytes */
    size_t length;
} Field;

struct Reading {
    Field fields[MOST_FIELDS];
    int count;
    unsigned char bytes[PEEKED]; /* the chunk's first */
    DWORD length;
    int64_t there;   /* how many bytes the chunk has, that are there; NO_END: not known */
    char words[256]; /* room for texts of ours */
    size_t words_used;
};

/* What a chunk says that another one needs. */
typedef struct Context {
    WORD format;                           /* of fmt */
    DWORD rate, bytes_per_second, samples; /* of fmt, fmt, fact; 0 if not known */
    FOURCC stream;                         /* of strh */
    int64_t data_size;                     /* of ds64; 0 if not known */
} Context;

/* Reads at the chunk's data. Answers how many bytes it should have at least to be read, 0 if it has them. */
DWORD ReadChunk(Input *input, const Chunk *chunk, Context *context, Reading *reading);
/* In one line, safe for a terminal. */
void FormatReading(const Reading *reading, char *line, size_t size);

DWORD LittleEndian(const unsigned char *bytes, int count);
/* A size of 64 bits; 0 if it cannot be true. */
int64_t LongSize(const unsigned char *bytes);
void AddNumber(Reading *reading, const char *name, int64_t number, const char *unit);
void AddReal(Reading *reading, const char *name, double number, const char *unit);
void AddWord(Reading *reading, const char *name, const char *before, const char *format, ...) LIKE_PRINTF(4, 5);
void AddText(Reading *reading, const char *name, const char *before, DWORD offset, DWORD most);

/* formats.c: the readings that take more than a row of a table */
void ReadFormat(Reading *reading, const Chunk *chunk, Context *context);
void ReadStreamFormat(Reading *reading, const Chunk *chunk, Context *context);

/* ---- text.c: bytes of a file as text */

/* The next character of UTF-8, and how many bytes it has; bytes that are none come one by one, as -1. */
int DecodeCharacter(const unsigned char *text, size_t length, size_t *bytes);
bool IsUtf8(const unsigned char *text, size_t length);
/* What a terminal and XML can be given: other bytes become \x1B; cut to so many characters, with "..." at the end. */
void SafeText(const void *text, size_t length, size_t most, char *safe, size_t size);
/* The same between quotes, which are then not in it. */
void QuotedText(const void *text, size_t length, size_t most, char *safe, size_t size);
/* The length without a character of UTF-8 of which the end is cut off. */
size_t WholeLength(const unsigned char *text, size_t length);
/* "s", but for one. */
const char *Plural(int64_t count);
/* A code as four characters. */
#define SAFE_CODE 17
void SafeCode(FOURCC code, char safe[SAFE_CODE]);
bool IsPrintableCode(FOURCC code);

/* ---- boxes.c: what svg.c draws, of which there are so few that they can be seen */

#define MOST_COLUMNS 40 /* boxes side by side */

typedef enum BoxKind { BOX_CHUNK, BOX_JOINED, BOX_BYTES } BoxKind;

typedef struct Box Box;
struct Box {
    BoxKind kind;           /* a chunk; a run of chunks that are too small; bytes that are no chunk */
    FOURCC id, type;        /* of BOX_JOINED: of the first and of the last one */
    bool has_type;
    int depth;              /* 0: the file */
    int64_t offset, end;    /* as much of it as there is */
    DWORD size;             /* as the file says */
    int64_t count;          /* of BOX_JOINED: how many */
    int64_t hidden_faults;  /* and in them */
    char reading[100];
    Fault faults[MOST_FAULTS];
    int fault_count;
    Box *parent, *first, *last, *previous, *next; /* children, siblings */
    double left, right;     /* place.c: where it is */
    bool is_to_scale;
};

/* The file, with everything in it; NULL: no memory. */
Box *CollectBoxes(Input *input);
void FreeBox(Box *box);
int ColumnsOf(const Box *box);
int DeepestOf(const Box *box);
bool IsLeaf(const Box *box);
/* place.c: puts them side by side; answers how wide they are together, at least `width`. */
double PlaceBoxes(Box *file, double left, double width);
/* Where an offset is; false: it is where nothing is to scale. */
bool FindX(const Box *box, int64_t offset, double *x);
#define BOX_SIDE 5 /* between a box and those in it */

/* ---- errors.c */

void Complain(const char *name, const char *format, ...) LIKE_PRINTF(2, 3);
/* What is wrong with what is written; - is standard output. */
void ComplainOfOutput(const char *out_name, const char *why);

/* ---- the sinks; each answers an exit status */

int ListFile(Input *input, FILE *out, bool in_hex);
int JsonFile(Input *input, FILE *out, bool is_first);
void JsonFailure(const Input *input, FILE *out, bool is_first);
int DrawFile(Input *input, const char *out_name);
int Extract(Input *input, int64_t offset, const char *out_name);

#endif
