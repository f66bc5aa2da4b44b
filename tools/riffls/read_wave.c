/* read_wave.c: the format, the samples and the sizes of WAV files; texts of any file. */
#include "riffls.h"

#include <string.h>

/* The data of a RIFF 'RMID' is a MIDI file, whose numbers are big-endian. */
static void ReadMidi(Reading *reading)
{
    const unsigned char *bytes = reading->bytes;
    int division = (bytes[12] & 0x7F) << 8 | bytes[13];
    if (reading->length < 14 || memcmp(bytes, "MThd", 4) != 0)
        return;
    AddNumber(reading, "midi_format", bytes[8] << 8 | bytes[9], "MIDI format ");
    AddNumber(reading, "tracks", bytes[10] << 8 | bytes[11], " tracks");
    if ((bytes[12] & 0x80) == 0)
        AddNumber(reading, "division", division, " ticks per quarter note");
    else
        AddNumber(reading, "frames_per_second", 256 - bytes[12], " frames per second");
}

static void ReadData(Reading *reading, const Chunk *chunk, Context *context)
{
    double seconds = SecondsOf(context, chunk, reading->available);
    if (IsIn(chunk, "RMID"))
        ReadMidi(reading);
    else if (seconds > 0)
        AddReal(reading, "seconds", seconds, " s");
}

static void ReadFact(Reading *reading, const Chunk *chunk, Context *context)
{
    DWORD samples = Number(reading, 0, 4);
    (void)chunk;
    if (samples != UINT32_MAX) /* in RF64 the number is in ds64 */
        context->samples = samples;
}

/* The size of the file is 0 if the writer was interrupted; nothing is shown then. */
static void ReadSizes(Reading *reading, const Chunk *chunk, Context *context)
{
    (void)chunk;
    if (LongNumberAt(reading->bytes) <= 0 || LongNumberAt(reading->bytes + 8) < 0)
        return;
    AddNumber(reading, "data_size", LongNumberAt(reading->bytes + 8), " data bytes");
    context->samples = reading->length >= 24 ? LongNumberAt(reading->bytes + 16) : 0;
}

static void ReadText(Reading *reading, const Chunk *chunk, Context *context)
{
    (void)chunk;
    (void)context;
    AddText(reading, "text", "", 0, PEEKED);
}

/* The first line of XML that is not blank. */
static void ReadXml(Reading *reading, const Chunk *chunk, Context *context)
{
    DWORD start = 0, end;
    (void)chunk;
    (void)context;
    if (reading->length >= 3 && memcmp(reading->bytes, "\xEF\xBB\xBF", 3) == 0)
        start = 3;
    while (start < reading->length && strchr(" \t\r\n", reading->bytes[start]) != NULL && reading->bytes[start] != 0)
        start++;
    for (end = start; end < reading->length && reading->bytes[end] != '\n' && reading->bytes[end] != '\r'; end++) {
    }
    AddText(reading, "text", "", start, end - start);
}

/* The version of SoundFont: samples of version 3 are compressed. */
static void ReadFontVersion(Reading *reading, const Chunk *chunk, Context *context)
{
    (void)chunk;
    context->sound_font = Number(reading, 0, 2);
}

/* rows.c reads all fields of the chunk. */
static void ReadNothing(Reading *reading, const Chunk *chunk, Context *context)
{
    (void)reading;
    (void)chunk;
    (void)context;
}

static void ReadId3(Reading *reading, const Chunk *chunk, Context *context)
{
    (void)chunk;
    (void)context;
    if (reading->length == 5 && memcmp(reading->bytes, "ID3", 3) == 0)
        AddWord(reading, "version", "", "ID3 2.%d.%d", reading->bytes[3], reading->bytes[4]);
}

const Reader wave_readers[] = {
    {"fmt ", "WAVE", 14, 40, ReadFormat}, {"fmt ", "wave", 14, 40, ReadFormat},
    {"fact", "", 4, 4, ReadFact},         {"data", "RMID", 0, 14, ReadData},
    {"data", "", 0, 0, ReadData},         {"ds64", "", 16, 24, ReadSizes},
    {"iXML", "", 0, PEEKED, ReadXml},     {"_PMX", "", 0, PEEKED, ReadXml},
    {"axml", "", 0, PEEKED, ReadXml},     {"XMP ", "WEBP", 0, PEEKED, ReadXml},
    {"id3 ", "", 0, 5, ReadId3},          {"ID3 ", "", 0, 5, ReadId3},
    {"ifil", "INFO", 4, 4, ReadFontVersion}, {"iver", "INFO", 4, 4, ReadNothing},
    {"strn", "", 0, PEEKED, ReadText},    {"", "INFO", 0, PEEKED, ReadText},
    {"", "", 0, 0, NULL},
};
