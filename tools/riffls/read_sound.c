/* read_sound.c: the chunks of WAV files that describe the samples: cue points, loops, peaks, and their origin. */
#include "riffls.h"

#include <string.h>

/* ---- cue points, and the labels of LIST 'adtl' */

static void AddPosition(Reading *reading, const Context *context, const char *name, DWORD position,
                        const char *before)
{
    AddNumber(reading, name, position, before);
    if (context->rate != 0)
        AddReal(reading, "seconds", (double)position / context->rate, " s");
}

/* Labels come before their cue points or after them. The one that comes second shows the contents of both. */
static void RememberPoint(Context *context, DWORD id, DWORD position)
{
    if (context->point_count == MAX_POINTS)
        return;
    context->points[context->point_count].id = id;
    context->points[context->point_count].position = position;
    context->point_count++;
}

static void RememberLabel(Context *context, const Reading *reading)
{
    const Field *text = &reading->fields[reading->count - 1];
    size_t length = text->length < LABEL_BYTES ? text->length : LABEL_BYTES;
    if (context->label_count == MAX_LABELS)
        return;
    memcpy(context->labels[context->label_count].text, text->text, length);
    context->labels[context->label_count].length = WholeLength(text->text, length);
    context->labels[context->label_count].id = Number(reading, 0, 4);
    context->label_count++;
}

static void ReadPoint(Reading *item, Context *context)
{
    DWORD id = Number(item, 0, 4), position = Number(item, 20, 4), i;
    RememberPoint(context, id, position);
    AddNumber(item, "point", id, "cue point ");
    AddPosition(item, context, "position", position, "at sample ");
    for (i = 0; i < context->label_count; i++)
        if (context->labels[i].id == id) {
            /* Copied behind the bytes of the record, so that the text lives as long as the record. */
            memcpy(item->bytes + item->length, context->labels[i].text, context->labels[i].length);
            AddText(item, "text", "", item->length, 0);
            item->fields[item->count - 1].length = context->labels[i].length;
            return;
        }
}

static void ReadCue(Reading *reading, const Chunk *chunk, Context *context)
{
    static const Records points = {24, ReadPoint, false};
    (void)context;
    SetRecords(reading, chunk, &points, 4, Number(reading, 0, 4));
}

static void ReadLabel(Reading *reading, const Chunk *chunk, Context *context)
{
    DWORD id = Number(reading, 0, 4), i;
    for (i = 0; i < context->point_count; i++)
        if (context->points[i].id == id) {
            AddPosition(reading, context, "position", context->points[i].position, "at sample ");
            break;
        }
    if (IsCode(chunk->id, "ltxt")) {
        if (Number(reading, 8, 4) != 0)
            AddText(reading, "purpose", "", 8, 4);
        AddText(reading, "text", "", 20, PEEKED);
        return;
    }
    AddText(reading, "text", "", 4, PEEKED);
    if (IsCode(chunk->id, "labl"))
        RememberLabel(context, reading);
}

/* ---- instruments */

static void ReadLoop(Reading *item, Context *context)
{
    static const char *const kinds[] = {"forward", "alternating", "backward"};
    DWORD kind = Number(item, 4, 4), times = Number(item, 20, 4);
    if (kind < 3)
        AddWord(item, "direction", "loop ", "%s", kinds[kind]);
    else
        AddNumber(item, "kind", kind, "loop of kind ");
    AddPosition(item, context, "start", Number(item, 8, 4), "from sample ");
    AddNumber(item, "end", Number(item, 12, 4), "to sample ");
    if (times != 0)
        AddNumber(item, "times", times, " times");
}

static void ReadSampler(Reading *reading, const Chunk *chunk, Context *context)
{
    static const Records loops = {24, ReadLoop, false};
    (void)context;
    SetRecords(reading, chunk, &loops, 36, Number(reading, 28, 4));
}

static void ReadInstrument(Reading *reading, const Chunk *chunk, Context *context)
{
    int tune = SignedNumber(reading, 1, 1), gain = SignedNumber(reading, 2, 1);
    (void)chunk;
    (void)context;
    AddNumber(reading, "note", Number(reading, 0, 1), "unity note ");
    if (reading->length < 7)
        return;
    if (tune != 0)
        AddNumber(reading, "tune", tune, " cents");
    if (gain != 0)
        AddNumber(reading, "gain", gain, " dB");
    AddWord(reading, "notes", "notes ", "%u to %u", (unsigned)Number(reading, 3, 1), (unsigned)Number(reading, 4, 1));
    AddWord(reading, "velocities", "velocities ", "%u to %u", (unsigned)Number(reading, 5, 1),
            (unsigned)Number(reading, 6, 1));
}

/* A loop for programs like ACID. */
static void ReadAcid(Reading *reading, const Chunk *chunk, Context *context)
{
    DWORD flags = Number(reading, 0, 4);
    (void)chunk;
    (void)context;
    AddWord(reading, "kind", "", (flags & 1) != 0 ? "one shot" : "loop");
    if ((flags & 2) != 0)
        AddNumber(reading, "note", Number(reading, 4, 2), "root note ");
    AddNumber(reading, "beats", Number(reading, 12, 4), " beats");
    AddNumber(reading, "meter_numerator", Number(reading, 18, 2), "/");
    AddNumber(reading, "meter_denominator", Number(reading, 16, 2), "");
    AddReal(reading, "tempo", RealNumber(reading, 20), " per minute");
}

/* ---- peaks */

static void ReadPeak(Reading *item, Context *context)
{
    AddNumber(item, "channel", item->number + 1, "channel ");
    AddReal(item, "peak", RealNumber(item, 0), "peak ");
    AddPosition(item, context, "position", Number(item, 4, 4), "at sample ");
}

static void ReadPeaks(Reading *reading, const Chunk *chunk, Context *context)
{
    static const Records peaks = {8, ReadPeak, false};
    (void)context;
    AddNumber(reading, "version", Number(reading, 0, 4), "version ");
    SetRecords(reading, chunk, &peaks, 8, UINT32_MAX);
}

/* ---- broadcast WAV: EBU Tech 3285, version 2 */

/* In hundredths; 0x7FFF stands for none. */
static void AddLoudness(Reading *reading, const char *name, const char *unit, DWORD offset)
{
    int value = SignedNumber(reading, offset, 2);
    if (value != 0x7FFF)
        AddReal(reading, name, value / 100.0, unit);
}

/* The SMPTE UMID, unless it is all zeros: 32 bytes, or 64 with its second half. */
static void AddUmid(Reading *reading, DWORD offset)
{
    static const char digits[] = "0123456789ABCDEF";
    char text[2 * 64 + 1];
    const unsigned char *bytes = reading->bytes + offset;
    int length = 64, i;
    while (length > 0 && bytes[length - 1] == 0)
        length--;
    if (length == 0)
        return;
    length = length > 32 ? 64 : 32;
    for (i = 0; i < length; i++) {
        text[2 * i] = digits[bytes[i] >> 4];
        text[2 * i + 1] = digits[bytes[i] & 15];
    }
    text[2 * length] = '\0';
    AddWord(reading, "umid", "UMID ", "%s", text);
}

static void ReadBroadcast(Reading *reading, const Chunk *chunk, Context *context)
{
    DWORD version = Number(reading, 346, 2);
    uint64_t reference = (uint64_t)Number(reading, 342, 4) << 32 | Number(reading, 338, 4);
    (void)chunk;
    AddText(reading, "description", "", 0, 256);
    AddText(reading, "originator", "by ", 256, 32);
    AddText(reading, "originator_reference", "reference ", 288, 32);
    AddText(reading, "date", "on ", 320, 10);
    AddText(reading, "time", "at ", 330, 8);
    AddNumber(reading, "time_reference", reference <= INT64_MAX ? (int64_t)reference : 0, "first sample ");
    if (context->rate != 0 && reference != 0 && reference <= INT64_MAX)
        AddReal(reading, "seconds", (double)reference / context->rate, " s");
    if (reading->length < 602)
        return;
    AddNumber(reading, "version", version, "version ");
    if (version >= 1)
        AddUmid(reading, 348);
    if (version >= 2) {
        AddLoudness(reading, "loudness", " LUFS", 412);
        AddLoudness(reading, "loudness_range", " LU of range", 414);
        AddLoudness(reading, "true_peak", " dBTP", 416);
        AddLoudness(reading, "momentary_loudness", " LUFS momentary", 418);
        AddLoudness(reading, "short_term_loudness", " LUFS short-term", 420);
    }
    AddText(reading, "coding_history", "history ", 602, PEEKED);
}

/* AES46: cuts of radio stations. */
static void ReadCart(Reading *reading, const Chunk *chunk, Context *context)
{
    (void)chunk;
    (void)context;
    AddText(reading, "title", "", 4, 64);
    AddText(reading, "artist", "by ", 68, 64);
    AddText(reading, "cut", "cut ", 132, 64);
}

const Reader sound_readers[] = {
    {"cue ", "", 4, 4, ReadCue},
    {"labl", "adtl", 4, PEEKED, ReadLabel},
    {"note", "adtl", 4, PEEKED, ReadLabel},
    {"ltxt", "adtl", 8, PEEKED, ReadLabel},
    {"smpl", "WAVE", 32, 36, ReadSampler},
    {"inst", "WAVE", 1, 7, ReadInstrument},
    {"acid", "WAVE", 24, 24, ReadAcid},
    {"PEAK", "WAVE", 8, 8, ReadPeaks},
    {"bext", "WAVE", 346, PEEKED, ReadBroadcast},
    {"cart", "WAVE", 196, 196, ReadCart},
    {"", "", 0, 0, NULL},
};
