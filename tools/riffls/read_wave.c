/* read_wave.c: the format, the samples and the sizes of WAV files; texts of any file. */
#include "riffls.h"

#include <mmreg.h>

#include <string.h>

/* The most samples that so many bytes can hold: of a codec with blocks as many as the blocks have; of others 48 in a
 * byte, as in MPEG audio of the lowest bit rate. */
static double MostSamples(int64_t bytes, const Context *context)
{
    int64_t block = context->block;
    if (context->block_samples != 0 && block != 0)
        return (double)((bytes + block - 1) / block) * context->block_samples;
    return (double)bytes * 48;
}

/* The length: from the bytes if samples have a fixed size; else from fact, as far as the bytes are there. */
static double SecondsOf(const Reading *reading, const Chunk *chunk, const Context *context)
{
    int64_t there = reading->available;
    double samples = context->samples, whole = chunk->size;
    bool is_cut = !chunk->is_streamed && (double)there < whole;
    if (there == NO_END || context->rate == 0)
        return 0;
    if (HasFixedSamples(context))
        return context->block == 0 ? 0 : (double)(there / context->block) / context->rate;
    if (is_cut)
        samples *= (double)there / whole;
    if (!chunk->is_streamed && context->samples != 0 && context->samples != UINT32_MAX &&
        samples <= MostSamples(there, context))
        return samples / context->rate;
    if (context->block_samples != 0 && context->block != 0)
        return MostSamples(there / context->block * context->block, context) / context->rate;
    return context->bytes_per_second == 0 ? 0 : (double)there / context->bytes_per_second;
}

/* A RIFF 'RMID' has a MIDI file in it, whose numbers are big-endian. */
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
    double seconds = SecondsOf(reading, chunk, context);
    if (IsIn(chunk, "RMID"))
        ReadMidi(reading);
    else if (seconds > 0)
        AddReal(reading, "seconds", seconds, " s");
}

static void ReadFact(Reading *reading, const Chunk *chunk, Context *context)
{
    (void)chunk;
    context->samples = Number(reading, 0, 4);
}

static void ReadSizes(Reading *reading, const Chunk *chunk, Context *context)
{
    (void)chunk;
    context->data_size = LongSize(reading->bytes + 8);
    if (context->data_size != 0)
        AddNumber(reading, "data_size", context->data_size, " data bytes");
}

static void ReadText(Reading *reading, const Chunk *chunk, Context *context)
{
    (void)chunk;
    (void)context;
    AddText(reading, "text", "", 0, PEEKED);
}

/* XML, of which the first line that is not blank is shown. */
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
    context->is_compressed_font = Number(reading, 0, 2) >= 3;
}

/* What `rows` reads is all. */
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
    if (memcmp(reading->bytes, "ID3", 3) == 0)
        AddWord(reading, "version", "", "ID3 2.%d.%d", reading->bytes[3], reading->bytes[4]);
}

const Reader wave_readers[] = {
    {"fmt ", "WAVE", 14, 40, ReadFormat}, {"fmt ", "wave", 14, 40, ReadFormat},
    {"fact", "", 4, 4, ReadFact},         {"data", "RMID", 0, 14, ReadData},
    {"data", "", 0, 0, ReadData},         {"ds64", "", 16, 16, ReadSizes},
    {"iXML", "", 0, PEEKED, ReadXml},     {"_PMX", "", 0, PEEKED, ReadXml},
    {"axml", "", 0, PEEKED, ReadXml},     {"XMP ", "WEBP", 0, PEEKED, ReadXml},
    {"id3 ", "", 0, 5, ReadId3},          {"ID3 ", "", 0, 5, ReadId3},
    {"ifil", "INFO", 4, 4, ReadFontVersion}, {"iver", "INFO", 4, 4, ReadNothing},
    {"strn", "", 0, PEEKED, ReadText},    {"", "INFO", 0, PEEKED, ReadText},
    {"", "", 0, 0, NULL},
};
