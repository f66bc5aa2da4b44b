/* read_picture.c: WebP pictures, and animated cursors. */
#include "riffls.h"

static void AddSize(Reading *reading, DWORD width, DWORD height)
{
    AddNumber(reading, "width", width, "x");
    AddNumber(reading, "height", height, "");
}

/* ---- WebP, whose numbers are little-endian */

static void ReadExtended(Reading *reading, const Chunk *chunk, Context *context)
{
    int flags = reading->bytes[0];
    (void)chunk;
    (void)context;
    AddSize(reading, LittleEndian(reading->bytes + 4, 3) + 1, LittleEndian(reading->bytes + 7, 3) + 1);
    if ((flags & 0x10) != 0)
        AddWord(reading, "alpha", "", "alpha");
    if ((flags & 0x02) != 0)
        AddWord(reading, "animation", "", "animated");
}

/* A frame of VP8: its size follows a start code, in 14 bits each. */
static void ReadLossy(Reading *reading, const Chunk *chunk, Context *context)
{
    (void)chunk;
    (void)context;
    if (LittleEndian(reading->bytes + 3, 3) != 0x2A019D)
        return;
    AddSize(reading, LittleEndian(reading->bytes + 6, 2) & 0x3FFF, LittleEndian(reading->bytes + 8, 2) & 0x3FFF);
    AddWord(reading, "compression", "", "lossy");
}

static void ReadLossless(Reading *reading, const Chunk *chunk, Context *context)
{
    DWORD bits = LittleEndian(reading->bytes + 1, 4);
    (void)chunk;
    (void)context;
    if (reading->bytes[0] != 0x2F)
        return;
    AddSize(reading, (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1);
    AddWord(reading, "compression", "", "lossless");
}

static void ReadAnimation(Reading *reading, const Chunk *chunk, Context *context)
{
    DWORD loops = LittleEndian(reading->bytes + 4, 2);
    (void)chunk;
    (void)context;
    if (loops == 0)
        AddWord(reading, "repeated", "", "repeated for ever");
    else
        AddNumber(reading, "times", loops, " times");
}

static void ReadFrame(Reading *reading, const Chunk *chunk, Context *context)
{
    const unsigned char *bytes = reading->bytes;
    (void)chunk;
    (void)context;
    AddSize(reading, LittleEndian(bytes + 6, 3) + 1, LittleEndian(bytes + 9, 3) + 1);
    AddWord(reading, "place", "at ", "%u,%u", 2 * (unsigned)LittleEndian(bytes, 3),
            2 * (unsigned)LittleEndian(bytes + 3, 3));
    AddNumber(reading, "milliseconds", LittleEndian(bytes + 12, 3), " ms");
}

/* ---- ANI */

/* Times are in sixtieths of a second. */
static void ReadAniHeader(Reading *reading, const Chunk *chunk, Context *context)
{
    DWORD steps = Number(reading, 8, 4), rate = Number(reading, 28, 4);
    (void)chunk;
    (void)context;
    AddNumber(reading, "frames", Number(reading, 4, 4), " frames");
    AddNumber(reading, "steps", steps, " steps");
    if (reading->length < 36)
        return;
    if ((Number(reading, 32, 4) & 1) == 0 && Number(reading, 12, 4) != 0)
        AddSize(reading, Number(reading, 12, 4), Number(reading, 16, 4));
    if (rate != 0)
        AddWord(reading, "step_time", "", "%u/60 s each", (unsigned)rate);
}

/* The sum of the times of the steps, if all were read. */
static void ReadRates(Reading *reading, const Chunk *chunk, Context *context)
{
    double sum = 0;
    DWORD at;
    (void)context;
    if (reading->length < chunk->size)
        return;
    for (at = 0; at + 4 <= reading->length; at += 4)
        sum += Number(reading, at, 4);
    AddReal(reading, "seconds", sum / 60, " s");
}

/* The size of the first picture of an icon or cursor file, where 0 stands for 256. */
static void ReadIcon(Reading *reading, const Chunk *chunk, Context *context)
{
    const unsigned char *bytes = reading->bytes;
    DWORD kind = Number(reading, 2, 2);
    (void)chunk;
    (void)context;
    if (reading->length < 14 || LittleEndian(bytes, 2) != 0 || kind < 1 || kind > 2)
        return;
    AddWord(reading, "kind", "", kind == 1 ? "icon" : "cursor");
    AddSize(reading, bytes[6] == 0 ? 256 : bytes[6], bytes[7] == 0 ? 256 : bytes[7]);
    if (kind == 2)
        AddWord(reading, "hot_spot", "hot spot ", "%u,%u", (unsigned)LittleEndian(bytes + 10, 2),
                (unsigned)LittleEndian(bytes + 12, 2));
}

const Reader picture_readers[] = {
    {"VP8X", "WEBP", 10, 10, ReadExtended}, {"VP8 ", "", 10, 10, ReadLossy},
    {"VP8L", "", 5, 5, ReadLossless},       {"ANIM", "WEBP", 6, 6, ReadAnimation},
    {"ANMF", "WEBP", 16, 16, ReadFrame},    {"anih", "ACON", 12, 36, ReadAniHeader},
    {"rate", "ACON", 0, PEEKED, ReadRates}, {"icon", "fram", 0, 14, ReadIcon},
    {"", "", 0, 0, NULL},
};
