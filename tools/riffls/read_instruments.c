/* read_instruments.c: the presets of SoundFont files, and the instruments of DLS files. */
#include "riffls.h"

/* ---- SoundFont */

static void ReadPreset(Reading *item, Context *context)
{
    (void)context;
    AddNumber(item, "bank", Number(item, 22, 2), "bank ");
    AddNumber(item, "preset", Number(item, 20, 2), "preset ");
    AddText(item, "name", "", 0, 20);
}

/* The last record only marks the end. */
static void ReadPresets(Reading *reading, const Chunk *chunk, Context *context)
{
    static const Records presets = {38, ReadPreset, false};
    (void)context;
    SetRecords(reading, chunk, &presets, 0, chunk->size / 38 - 1);
}

/* ---- DLS */

#define DRUMS 0x80000000u

static void ReadInstrumentHeader(Reading *reading, const Chunk *chunk, Context *context)
{
    DWORD bank = Number(reading, 4, 4);
    (void)chunk;
    (void)context;
    AddNumber(reading, "bank", (int64_t)(bank >> 8 & 0x7F) * 128 + (bank & 0x7F), "bank ");
    AddNumber(reading, "preset", Number(reading, 8, 4), "preset ");
    if ((bank & DRUMS) != 0)
        AddWord(reading, "drums", "", "drums");
    AddNumber(reading, "regions", Number(reading, 0, 4), " regions");
}

static void ReadRegion(Reading *reading, const Chunk *chunk, Context *context)
{
    (void)chunk;
    (void)context;
    AddWord(reading, "notes", "notes ", "%u to %u", (unsigned)Number(reading, 0, 2), (unsigned)Number(reading, 2, 2));
    AddWord(reading, "velocities", "velocities ", "%u to %u", (unsigned)Number(reading, 4, 2),
            (unsigned)Number(reading, 6, 2));
}

static void ReadWaveSample(Reading *reading, const Chunk *chunk, Context *context)
{
    (void)chunk;
    (void)context;
    AddNumber(reading, "note", Number(reading, 4, 2), "unity note ");
    AddNumber(reading, "loops", Number(reading, 16, 4), " loops");
}

static void ReadVersion(Reading *reading, const Chunk *chunk, Context *context)
{
    (void)chunk;
    (void)context;
    AddWord(reading, "version", "version ", "%u.%u.%u.%u", (unsigned)Number(reading, 2, 2),
            (unsigned)Number(reading, 0, 2), (unsigned)Number(reading, 6, 2), (unsigned)Number(reading, 4, 2));
}

const Reader instrument_readers[] = {
    {"phdr", "pdta", 38, 38, ReadPresets},
    {"insh", "ins ", 12, 12, ReadInstrumentHeader},
    {"rgnh", "", 8, 8, ReadRegion},
    {"wsmp", "", 20, 20, ReadWaveSample},
    {"vers", "DLS ", 8, 8, ReadVersion},
    {"", "", 0, 0, NULL},
};
