/* reading.h: the contents of well-known chunks, as named fields.
 *
 * ReadChunk reads the first bytes of a chunk. A chunk that is an array of records, as cue points are, passes them one
 * by one through NextItem, so that memory does not depend on their number. */
#ifndef RIFFLS_READING_H
#define RIFFLS_READING_H

#include "model.h"

#include <stddef.h>

#ifdef __GNUC__
#define LIKE_PRINTF(words, first) __attribute__((format(printf, words, first)))
#else
#define LIKE_PRINTF(words, first)
#endif

#define PEEKED 4096 /* the most bytes of a chunk that are read at once */
#define MAX_FIELDS 20
#define MAX_POINTS 1024 /* the cue points whose positions are remembered for labels */
#define MAX_LABELS 128  /* the labels that are remembered for cue points behind them */
#define LABEL_BYTES 64

typedef enum FieldKind { FIELD_NUMBER, FIELD_REAL, FIELD_WORD, FIELD_TEXT } FieldKind;

typedef struct Field {
    const char *name;
    FieldKind kind;
    const char *unit; /* printed after a number, before a text; with a blank at its end, before a number */
    int64_t number;
    double real;
    const unsigned char *text; /* FIELD_WORD: from the program; FIELD_TEXT: from the file, any bytes */
    size_t length;
} Field;

typedef struct Context Context;
typedef struct Reading Reading;

/* An array of records in a chunk. */
typedef struct Records {
    DWORD size;
    void (*read)(Reading *item, Context *context);
    bool is_summary; /* `read` adds to the fields of the chunk; there is no item to show */
} Records;

struct Reading {
    Field fields[MAX_FIELDS];
    int count;
    unsigned char bytes[PEEKED]; /* the first bytes of the chunk, or a record */
    DWORD length;
    bool is_big_endian;
    int64_t available; /* bytes of the chunk that the file has, or NO_END */
    char words[512];   /* the texts of FIELD_WORD */
    size_t words_used;
    /* The records that NextItem has not read yet. */
    const Records *records;
    Context *context;
    struct Input *input;
    int64_t next, number; /* the offset of the next record, and how many came before it */
    DWORD left;
    /* Receives each record; or NULL. */
    void (*watch)(void *watcher, const Reading *item, int64_t number);
    void *watcher;
};

/* Values of one chunk that another one needs. */
struct Context {
    WORD format;                           /* of fmt */
    DWORD rate, bytes_per_second;          /* of fmt; 0 if not known */
    DWORD channels, bits;                  /* of fmt */
    DWORD block, block_samples;            /* of fmt: the bytes of a block, and the samples of a compressed one */
    int64_t samples;                       /* of fact or ds64; 0 if not known */
    FOURCC stream;                         /* of strh */
    DWORD sound_font;                      /* of ifil: the major version */
    DWORD index_keys;                      /* of idx1 */
    int64_t index_bytes;
    DWORD point_count, label_count;
    struct {
        DWORD id, position;
    } points[MAX_POINTS];
    struct {
        DWORD id;
        unsigned char text[LABEL_BYTES];
        size_t length;
    } labels[MAX_LABELS];
};

/* ---- reading.c */

/* Reads the beginning of the chunk's data. Returns the minimal size of such a chunk if this one is smaller, else 0. */
DWORD ReadChunk(struct Input *input, const Chunk *chunk, Context *context, Reading *reading);
/* Reads the next record of the chunk into the fields of `item`. Returns false after the last one. Changes the
 * position. */
bool NextItem(Reading *reading, Reading *item);
/* Reads all records of a chunk that is shown as their sum, and adds the fields of the sum. */
void Summarise(Reading *reading);

/* ---- fields.c */

/* A code, or a number that is little-endian everywhere. */
DWORD LittleEndian(const unsigned char *bytes, int count);
/* A number of the chunk, in the byte order of the file; 0 if it is not among the bytes read. */
DWORD Number(const Reading *reading, DWORD offset, int width);
int SignedNumber(const Reading *reading, DWORD offset, int width);
double RealNumber(const Reading *reading, DWORD offset);
void AddNumber(Reading *reading, const char *name, int64_t number, const char *unit);
void AddReal(Reading *reading, const char *name, double number, const char *unit);
void AddWord(Reading *reading, const char *name, const char *before, const char *format, ...) LIKE_PRINTF(4, 5);
/* The text ends at a NUL, or after `most` bytes. */
void AddText(Reading *reading, const char *name, const char *before, DWORD offset, DWORD most);
/* Formats the fields as one line, safe for a terminal. */
void FormatReading(const Reading *reading, char *line, size_t size);

/* ---- readers, with a file for each subject */

typedef struct Reader {
    char id[5], in[5]; /* the code, and the type of the parent; "": any */
    DWORD least, most; /* the bytes that it needs, and the most that it uses */
    void (*read)(Reading *reading, const Chunk *chunk, Context *context);
} Reader;

bool IsCode(FOURCC code, const char *wanted);
/* Whether the parent has this type; "" is any. */
bool IsIn(const Chunk *chunk, const char *type);
/* The records of the chunk begin at `offset`; there are `count` of them, or as many as fit. */
void SetRecords(Reading *reading, const Chunk *chunk, const Records *records, DWORD offset, DWORD count);

/* Each ends with a reader whose `read` is NULL. */
extern const Reader wave_readers[], sound_readers[], avi_readers[], picture_readers[], instrument_readers[];

/* rows.c: chunks that are shown as a few numbers, and tables that are shown as their number of records. */
DWORD LeastOfRows(const Chunk *chunk);
void ReadRows(Reading *reading, const Chunk *chunk);
void ReadTable(Reading *reading, const Chunk *chunk, const Context *context);

/* formats.c */
void ReadFormat(Reading *reading, const Chunk *chunk, Context *context);
void ReadStreamFormat(Reading *reading, const Chunk *chunk, Context *context);

/* seconds.c: the duration of a data chunk. */
/* Whether all samples of the format have the same size. */
bool HasFixedSize(DWORD format);
/* Returns the seconds of a data chunk; 0 if they are not known. */
double SecondsOf(const Context *context, const Chunk *chunk, int64_t available);

#endif
