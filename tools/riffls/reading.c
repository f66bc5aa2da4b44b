/* reading.c: reads the contents of well-known chunks into named fields. */
#include "riffls.h"

#include <string.h>

bool IsCode(FOURCC code, const char *wanted)
{
    return code == mmioFOURCC(wanted[0], wanted[1], wanted[2], wanted[3]);
}

bool IsIn(const Chunk *chunk, const char *type)
{
    return type[0] == '\0' || IsCode(chunk->parent->type, type);
}

static const Reader *FindReader(const Chunk *chunk)
{
    static const Reader *const subjects[] = {wave_readers, sound_readers, avi_readers, picture_readers,
                                             instrument_readers};
    const Reader *reader;
    size_t i;
    for (i = 0; i < sizeof(subjects) / sizeof(subjects[0]); i++)
        for (reader = subjects[i]; reader->read != NULL; reader++)
            if ((reader->id[0] == '\0' || IsCode(chunk->id, reader->id)) && IsIn(chunk, reader->in))
                return reader;
    return NULL;
}

/* Reads the first bytes of the chunk, and finds how many of its bytes the file has. */
static void Fill(Input *input, const Chunk *chunk, DWORD most, Reading *reading)
{
    int64_t end = EndInFile(input, chunk), space = end - chunk->data;
    if (end == NO_END || (chunk->is_streamed && input->size == NO_END))
        reading->available = NO_END;
    else
        reading->available = space > 0 ? space : 0;
    if (most > 0 && space > 0)
        reading->length = (DWORD)Peek(input, reading->bytes, space < most ? (LONG)space : (LONG)most);
}

static void Clear(Reading *reading, Input *input, Context *context)
{
    reading->count = 0;
    reading->words_used = 0;
    reading->length = 0;
    reading->records = NULL;
    reading->left = 0;
    reading->watch = NULL;
    reading->input = input;
    reading->context = context;
}

DWORD ReadChunk(Input *input, const Chunk *chunk, Context *context, Reading *reading)
{
    const Reader *reader;
    DWORD least, most;
    Clear(reading, input, context);
    reading->is_big_endian = chunk->is_big_endian;
    if (chunk->has_type || chunk->depth == 0)
        return 0;
    reader = FindReader(chunk);
    least = LeastOfRows(chunk);
    most = reader != NULL && reader->most > least ? reader->most : least;
    Fill(input, chunk, most, reading);
    ReadRows(reading, chunk);
    ReadTable(reading, chunk, context);
    if (reader == NULL)
        return reading->length < least ? least : 0;
    if (reading->length >= reader->least)
        reader->read(reading, chunk, context);
    least = reader->least > least ? reader->least : least;
    return reading->length < least ? least : 0;
}

/* ---- records */

void SetRecords(Reading *reading, const Chunk *chunk, const Records *records, DWORD offset, DWORD count)
{
    int64_t space = reading->available - offset;
    DWORD most = reading->available == NO_END ? UINT32_MAX : space > 0 ? (DWORD)(space / records->size) : 0;
    reading->records = records;
    reading->next = chunk->data + offset;
    reading->number = 0;
    reading->left = count < most ? count : most;
}

bool NextItem(Reading *reading, Reading *item)
{
    const Records *records = reading->records;
    if (reading->left == 0 || GoTo(reading->input, reading->next) != reading->next)
        return false;
    Clear(item, reading->input, reading->context);
    item->is_big_endian = reading->is_big_endian;
    item->available = records->size;
    item->number = reading->number;
    item->length = (DWORD)ReadBytes(reading->input, item->bytes, (LONG)records->size);
    if (item->length < records->size) {
        reading->left = 0;
        return false;
    }
    reading->left--;
    reading->next += records->size;
    reading->number++;
    records->read(item, reading->context);
    if (reading->watch != NULL)
        reading->watch(reading->watcher, item, item->number);
    return true;
}

void Summarise(Reading *reading)
{
    Reading item;
    if (reading->records == NULL || !reading->records->is_summary)
        return;
    while (NextItem(reading, &item)) {
    }
    AddNumber(reading, "keys", reading->context->index_keys, " key frames");
    AddNumber(reading, "bytes", reading->context->index_bytes, " bytes");
}
