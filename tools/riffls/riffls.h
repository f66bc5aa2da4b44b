/* riffls.h: the declarations that the files of riffls share.
 *
 * model.h has the rules of sizes, ends and pad bytes, reading.h the contents of chunks, and check.h the checks of
 * --check. walk.c passes each chunk and fault of an Input to a Sink, in the order of the file; each kind of output
 * has a Sink. No tree is kept, so memory does not depend on the number of chunks, except in plan.c and for the index
 * of an AVI file. */
#ifndef RIFFLS_H
#define RIFFLS_H

/* With -std=c99 the system's headers declare only what these macros request. File sizes have 64 bits. */
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

#include "model.h"
#include "reading.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Exit status; that of several files is the worst: FAILED, HAS_FAULTS, HAS_DOUBTS, NO_FAULTS. */
enum { NO_FAULTS = 0, HAS_FAULTS = 1, FAILED = 2, HAS_DOUBTS = 3 };

/* ---- input.c: the file or stream to read */

/* The last range that was searched for a chunk, so that no byte is searched twice. */
typedef struct Search {
    int depth; /* of the parent; 0 and a limit of 0: none */
    int64_t limit, from, to;
    int64_t found; /* the chunk at `to`, or -1 */
} Search;

typedef struct Input Input;
struct Input {
    const char *name;
    bool is_standard; /* standard input; the name is for messages only */
    HMMIO hmmio;
    int descriptor; /* of a stream */
    int64_t start; /* the first position: standard input may have been read before */
    int64_t size;  /* the end position, or NO_END */
    MMRESULT error; /* the first error; nothing is read after it */
    int reason;     /* its errno, or 0 */
    int budget;     /* headers that may still be read ahead; bounds the time for a damaged file */
    Search search;
    bool is_riff;   /* set by Walk: there is a RIFF chunk, or a LIST that is listed */
};

bool OpenInput(Input *input, const char *name, DWORD share);
void CloseInput(Input *input);
int64_t Position(const Input *input);
/* Seeks to `target`, or to the end of the file if that is before it. Returns the new position. */
int64_t GoTo(Input *input, int64_t target);
/* Reads up to `count` bytes, fewer only at the end of the file. Peek does not change the position. */
LONG ReadBytes(Input *input, void *bytes, LONG count);
LONG Peek(Input *input, void *bytes, LONG count);
#define LOOKAHEAD 49152 /* less than a stream keeps of the bytes that were read */
/* The same at another offset. Returns -1 for an offset of a stream that is too far from the position. */
LONG PeekAt(Input *input, int64_t offset, void *bytes, LONG count);
/* The text of `error`. */
const char *ErrorText(const Input *input);
/* Whether the output is another file than the input; if not, that is printed. - is standard output. */
bool IsOtherFile(const Input *input, const char *out);

/* stream.c: the I/O procedure of pipes, terminals and sockets. adwInfo[0] is the descriptor. */
LRESULT CALLBACK StreamProc(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2);

/* ---- progress.c: a progress bar, on a terminal */

void BeginProgress(const Input *input);
void ShowProgress(int64_t position);
void HideProgress(void);          /* before a message, and at the end */
void HideProgressForOutput(void); /* before a line on standard output, which may be the same terminal */

/* ---- walk.c: chunks and their faults */

/* Receives chunks. `self` is the first member of a larger structure. */
typedef struct Sink Sink;
struct Sink {
    bool (*enter)(Sink *self, Chunk *chunk, Reading *reading); /* false ends the walk */
    void (*fault)(Sink *self, const Chunk *chunk, const Fault *fault);     /* or NULL; `leave` gets them too */
    void (*leave)(Sink *self, Chunk *chunk);                         /* or NULL */
};

/* Returns the number of faults. A read error is in input->error. */
int64_t Walk(Input *input, Sink *sink);
/* Formats the text of a fault, and adds it to the chunk, or counts it if the chunk has MAX_FAULTS. */
void KeepFault(Chunk *chunk, Fault *fault, const char *format, va_list arguments);

/* ---- others.c: files that are not RIFF */

#define FIRST_BYTES 32
/* Describes the format of a file by its first bytes. Returns the offset of a RIFF after an ID3 tag, else that of the
 * beginning of the file. */
int64_t DescribeOther(Input *input, const unsigned char *bytes, LONG count, char *text, size_t size);
bool IsWave64(const unsigned char *bytes, LONG count);

/* ---- text.c: bytes of a file as printable text */

/* Returns the next UTF-8 character and its length in bytes; -1 and 1 for an invalid byte. */
int DecodeCharacter(const unsigned char *text, size_t length, size_t *bytes);
bool IsUtf8(const unsigned char *text, size_t length);
/* Returns the character of a byte of Windows-1252. */
int Windows1252(unsigned char byte);
/* Encodes a character as UTF-8. Returns its length. */
size_t EncodeCharacter(int code, unsigned char bytes[4]);
/* Text that is safe for a terminal and XML: other bytes become \x1B. After `most` characters it ends with "...". */
void SafeText(const void *text, size_t length, size_t most, char *safe, size_t size);
/* The same in quotation marks; those in the text are escaped. Text that is not UTF-8 is read as Windows-1252. */
#define MOST_QUOTED 100 /* the largest `most` of such text */
void QuotedText(const void *text, size_t length, size_t most, char *safe, size_t size);
/* Returns the length without an incomplete UTF-8 character at the end. */
size_t WholeLength(const unsigned char *text, size_t length);
/* "", or "s" unless count is 1. */
const char *Plural(int64_t count);
/* Formats a code as four characters; other bytes than printable ASCII become \x1B. */
#define SAFE_CODE 17
void SafeCode(FOURCC code, char safe[SAFE_CODE]);
bool IsPrintableCode(FOURCC code);

/* ---- grow.c */

/* Makes space for another element of `size` bytes in an array of `count`. Returns the array, which may have moved;
 * NULL if there is no memory, and the array is unchanged then. */
void *Grow(void *array, size_t count, size_t *capacity, size_t size);

/* ---- boxes.c: the boxes of a drawing, whose number is limited */

#define MAX_COLUMNS 40 /* boxes side by side */

typedef enum BoxKind { BOX_CHUNK, BOX_JOINED, BOX_BYTES } BoxKind;

typedef struct Box Box;
struct Box {
    BoxKind kind;           /* a chunk; a run of small chunks; bytes outside any chunk */
    FOURCC id, type;        /* of BOX_JOINED: the codes of its first and last chunk */
    bool has_type;
    int depth;              /* 0: the file */
    int64_t offset, end;    /* the part that the file has */
    DWORD size;             /* in the header */
    int64_t count;          /* of BOX_JOINED: the number of chunks */
    int64_t hidden_faults;  /* of BOX_JOINED: the faults of these chunks */
    char reading[100];
    Fault faults[MAX_FAULTS];
    int fault_count;
    Box *parent, *first, *last, *previous, *next; /* children, siblings */
    double left, right;     /* horizontal position, from place.c */
    bool is_to_scale;
};

/* Returns the file, with all boxes in it; NULL if there is no memory. */
Box *CollectBoxes(Input *input, bool is_checked, int *status);
void FreeBox(Box *box);
int ColumnsOf(const Box *box);
int DeepestOf(const Box *box);
bool IsLeaf(const Box *box);
/* place.c: places the boxes side by side. Returns their total width, at least `width`. */
double PlaceBoxes(Box *file, double left, double width);
/* Finds the horizontal position of an offset. Returns false if the box there is not to scale. */
bool FindX(const Box *box, int64_t offset, double *x);
#define BOX_SIDE 5 /* the space between a box and its children */

/* ---- plan.c: the changes that correct a copy of a file */

typedef struct Edit {
    int64_t offset;
    int64_t removed; /* bytes at the offset that are left out */
    unsigned char bytes[8];
    int count; /* bytes that take their place */
    char text[100];
} Edit;

typedef struct Edits {
    Edit *all; /* by offset; freed by the caller */
    size_t count, capacity;
    int64_t end;     /* of the chunk at an offset, as the walk has found it */
    bool has_chunks;
    bool has_failed; /* there is no memory */
} Edits;

#define WHOLE_FILE -1
/* Plans the changes that correct the sizes of the whole file, or of the chunk at an offset. In a chunk only unknown
 * sizes are filled in, and its own size is corrected. Returns the number of sizes that do not fit into their
 * fields. */
int64_t PlanEdits(Input *input, int64_t offset, Edits *edits);

/* ---- output.c: a file that is written */

typedef struct Output {
    const char *name; /* - is standard output */
    HMMIO hmmio;
    MMRESULT error; /* the first error */
} Output;

bool OpenOutput(Output *output, const char *name);
/* Writes bytes, unless an error has occurred before. */
void WriteBytes(Output *output, const void *bytes, LONG count);
/* Copies the bytes from the position up to `end`, or to the end of the file, and makes the edits in this range.
 * Returns the number of bytes that the file does not have. */
int64_t CopyBytes(Output *output, Input *input, int64_t end, const Edits *edits);
/* Closes the output, and prints its error. Returns whether all bytes were written. */
bool CloseOutput(Output *output);

/* ---- errors.c */

void PrintError(const char *name, const char *format, ...) LIKE_PRINTF(2, 3);
/* An error of the output; - is standard output. */
void PrintOutputError(const char *out_name, const char *why);

/* ---- colour.c: escape sequences; "" unless standard output is a terminal that may have colours */

typedef enum ColourOf { COLOUR_HEAD, COLOUR_CODE, COLOUR_FAULT, COLOUR_DOUBT, COLOUR_OFF } ColourOf;

void SetColour(void);
const char *Colour(ColourOf what);

/* ---- survey.c: a walk that counts the faults, with those of --check */

typedef struct Finding {
    int status;
    int64_t wrong, doubtful;
} Finding;

Finding Survey(Input *input, Sink *sink, bool is_checked);

/* ---- select.c: a chunk that the command line names */

typedef struct Selector {
    const char *text;
    bool is_offset;
    int64_t offset;
} Selector;

/* An offset, a code (data), or a path of codes and types (WAVE/data, LIST/INFO/IART). Returns false for none of
 * these. */
bool ParseSelector(const char *text, Selector *selector);
bool IsSelected(const Selector *selector, const Chunk *chunk);
/* Whether the selected offset is before this chunk. */
bool IsPassed(const Selector *selector, const Chunk *chunk);
/* Prints that there is no such chunk. */
void PrintMissing(const Input *input, const Selector *selector);

/* ---- folder.c: the files in a folder and those below, in the order of their names */

/* Calls `each` with the path of each file that begins as RIFF files do, or has a name like one. Prints which
 * folders cannot be read, and then returns false. */
bool ForEachFile(const char *folder, void (*each)(void *context, const char *path), void *context);
bool IsFolder(const char *path);

/* ---- the sinks; each returns an exit status */

#define LINE 4096 /* the buffer of a line of fields */

int ListFile(Input *input, FILE *out, bool in_hex, bool is_checked);
/* One line: the path, the form, the duration, and the first fault. */
int SumUpFile(Input *input, FILE *out, bool is_checked);
/* One object, on a line of its own or in an array. */
int JsonFile(Input *input, FILE *out, bool in_lines, bool is_checked);
void JsonFailure(const Input *input, FILE *out, bool in_lines);
int DrawFile(Input *input, const char *out_name, bool is_checked);
int Extract(Input *input, const Selector *selector, const char *out_name);
/* The chunk, with its header, or the bytes from an offset on, in hexadecimal. */
int DumpChunk(Input *input, const Selector *selector, FILE *out);
int Repair(Input *input, const char *out_name);

#endif
