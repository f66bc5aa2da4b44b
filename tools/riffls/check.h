/* check.h: the checks of --check: whether the contents of chunks agree with each other.
 *
 * survey.c calls these functions for each chunk and each record in it. They add faults to the chunk. check.c has the
 * checks of all files, the other files those of one format. Memory does not depend on the size of the file, except
 * that the chunks to which the index of an AVI file can point take 16 bytes each. */
#ifndef RIFFLS_CHECK_H
#define RIFFLS_CHECK_H

#include "riffls.h"

#define WRONG false
#define DOUBTFUL true
#define MAX_LABELLED 256

/* A table of SF2, and the largest index into it in other tables. */
typedef struct FontTable {
    int64_t chunk, records; /* 0: there is none */
    DWORD largest;
} FontTable;

typedef enum FontTableId { PHDR, PBAG, PMOD, PGEN, INST, IBAG, IMOD, IGEN, SHDR, FONT_TABLES } FontTableId;

typedef struct Place {
    int64_t offset;
    FOURCC id;
    DWORD size;
} Place;

typedef struct Check {
    Sink *sink;
    Input *input;
    bool has_no_memory;
    FOURCC form;  /* the type of the RIFF */
    int64_t riff_at;
    FOURCC kind;  /* the code of the chunk whose records are read */
    int64_t lost; /* the multiple of 4 GiB that the size of the RIFF lost */

    /* WAVE: offsets, or 0 */
    const Context *context;
    int64_t format_at, data_at, data_length;
    int64_t far_records, far_at; /* the number of cue points or loops after the end of the data; the first of them */
    DWORD labelled[MAX_LABELLED];
    int64_t label_at[MAX_LABELLED];
    DWORD labels, points;

    /* AVI */
    int64_t header_at;
    DWORD frames, streams; /* in avih */
    DWORD lists, video_chunks;
    int video; /* the number of the first stream of pictures, or -1 */
    bool is_absolute, has_base;
    int64_t movi; /* of its type */
    Place *places; /* the chunks in movi */
    size_t place_count, place_capacity;
    /* Records of idx1 that point at no chunk, at one with another code, or have another size; the first of each. */
    int64_t dangling, dangling_at, misplaced, misplaced_at, resized, resized_at;

    /* SF2, DLS, ANI */
    FontTable tables[FONT_TABLES];
    DWORD instruments, collected, regions, counted_regions, pictures, icons;
    int64_t collection_at, instrument_at;
} Check;

/* survey.c: adds a fault to the chunk. */
void Report(Check *check, Chunk *chunk, bool is_doubtful, const char *kind, int64_t offset, const char *format, ...)
    LIKE_PRINTF(6, 7);

/* check.c: before the records of a chunk are read; each record; after them; at its end. */
void BeginChunk(Check *check, const Chunk *chunk);
void WatchRecord(Check *check, const Reading *item, int64_t number);
void CheckChunk(Check *check, Chunk *chunk, const Reading *reading);
void CheckEnd(Check *check, Chunk *chunk);
/* Reports that a count does not fit the size of its chunk. */
void CheckCount(Check *check, Chunk *chunk, const char *what, int64_t count, int64_t before, int64_t record);
/* Reports that a header, with its count at `offset`, does not count as many chunks as there are. */
void CheckNumber(Check *check, Chunk *chunk, int64_t offset, const char *header, const char *what, DWORD counted,
                 DWORD actual);

void CheckWave(Check *check, Chunk *chunk, const Reading *reading);
/* At the end of a RIFF, or of the file: its chunk gets the faults. */
void CheckWaveEnd(Check *check, Chunk *chunk);
void WatchPoint(Check *check, const Reading *item, int64_t number);

void CheckAvi(Check *check, Chunk *chunk, const Reading *reading);
void CheckAviEnd(Check *check, Chunk *riff);
void WatchIndex(Check *check, const Reading *item, int64_t number);

void CheckTables(Check *check, Chunk *chunk, const Reading *reading);
void CheckTablesEnd(Check *check, Chunk *list);
void WatchPreset(Check *check, const Reading *item);

#endif
