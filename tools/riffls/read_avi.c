/* read_avi.c: the headers and indexes of AVI files. */
#include "riffls.h"

static void ReadAviHeader(Reading *reading, const Chunk *chunk, Context *context)
{
    DWORD period = Number(reading, 0, 4);
    (void)chunk;
    (void)context;
    AddNumber(reading, "width", Number(reading, 32, 4), "x");
    AddNumber(reading, "height", Number(reading, 36, 4), "");
    if (period != 0)
        AddReal(reading, "frames_per_second", 1e6 / period, " frames per second");
    AddNumber(reading, "frames", Number(reading, 16, 4), " frames");
    AddNumber(reading, "streams", Number(reading, 24, 4), " streams");
}

static void ReadStreamHeader(Reading *reading, const Chunk *chunk, Context *context)
{
    DWORD scale = Number(reading, 20, 4), rate = Number(reading, 24, 4), length = Number(reading, 32, 4);
    (void)chunk;
    context->stream = LittleEndian(reading->bytes, 4);
    AddText(reading, "type", "", 0, 4);
    if (LittleEndian(reading->bytes + 4, 4) > 0xFFFF)
        AddText(reading, "handler", "handler ", 4, 4);
    if (scale != 0)
        AddReal(reading, "rate", (double)rate / scale, " per second");
    AddNumber(reading, "length", length, " in all");
    if (rate != 0 && scale != 0)
        AddReal(reading, "seconds", (double)length * scale / rate, " s");
}

/* ---- indexes */

#define KEY_FRAME 0x10

static void ReadIndexRecord(Reading *item, Context *context)
{
    context->index_keys += (Number(item, 4, 4) & KEY_FRAME) != 0;
    context->index_bytes += Number(item, 12, 4);
}

static void ReadIndex(Reading *reading, const Chunk *chunk, Context *context)
{
    static const Records records = {16, ReadIndexRecord, true};
    context->index_keys = 0;
    context->index_bytes = 0;
    SetRecords(reading, chunk, &records, 0, UINT32_MAX);
}

/* OpenDML: the index of indexes in strl. */
static void ReadSuperIndex(Reading *reading, const Chunk *chunk, Context *context)
{
    DWORD kind = Number(reading, 3, 1);
    (void)chunk;
    (void)context;
    AddText(reading, "stream", "", 8, 4);
    AddWord(reading, "kind", "", kind == 0 ? "index of indexes" : kind == 1 ? "index of chunks" : "other index");
    AddNumber(reading, "records", Number(reading, 4, 4), " records");
}

const Reader avi_readers[] = {
    {"avih", "", 40, 40, ReadAviHeader},
    {"strh", "", 36, 36, ReadStreamHeader},
    {"strf", "", 0, 40, ReadStreamFormat},
    {"idx1", "AVI ", 0, 0, ReadIndex},
    {"indx", "strl", 12, 12, ReadSuperIndex},
    {"", "", 0, 0, NULL},
};
