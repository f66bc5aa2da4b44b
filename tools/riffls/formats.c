/* formats.c: audio and picture formats. */
#include "riffls.h"

#include <mmreg.h>

#include <string.h>

typedef struct Name {
    DWORD number;
    const char *name;
} Name;

static const Name formats[] = {
    {WAVE_FORMAT_PCM, "PCM"},
    {WAVE_FORMAT_ADPCM, "Microsoft ADPCM"},
    {WAVE_FORMAT_IEEE_FLOAT, "IEEE float"},
    {WAVE_FORMAT_ALAW, "A-law"},
    {WAVE_FORMAT_MULAW, "mu-law"},
    {WAVE_FORMAT_DTS, "DTS"},
    {WAVE_FORMAT_OKI_ADPCM, "OKI ADPCM"},
    {WAVE_FORMAT_IMA_ADPCM, "IMA ADPCM"},
    {WAVE_FORMAT_YAMAHA_ADPCM, "Yamaha ADPCM"},
    {WAVE_FORMAT_DSPGROUP_TRUESPEECH, "TrueSpeech"},
    {WAVE_FORMAT_GSM610, "GSM 6.10"},
    {WAVE_FORMAT_MSG723, "Microsoft G.723"},
    {WAVE_FORMAT_MPEG, "MPEG"},
    {WAVE_FORMAT_MPEGLAYER3, "MPEG Layer 3"},
    {WAVE_FORMAT_G726_ADPCM, "G.726 ADPCM"},
    {WAVE_FORMAT_G722_ADPCM, "G.722 ADPCM"},
    {WAVE_FORMAT_DOLBY_AC3_SPDIF, "Dolby AC-3 over S/PDIF"},
    {WAVE_FORMAT_RAW_AAC1, "AAC"},
    {WAVE_FORMAT_MSAUDIO1, "Windows Media Audio 1"},
    {WAVE_FORMAT_WMAUDIO2, "Windows Media Audio 2"},
    {WAVE_FORMAT_WMAUDIO3, "Windows Media Audio 9 Professional"},
    {WAVE_FORMAT_WMAUDIO_LOSSLESS, "Windows Media Audio 9 Lossless"},
    {0x2000, "Dolby AC-3"},
    {0x2001, "DTS"},
    {WAVE_FORMAT_EXTENSIBLE, "extensible"},
};

static const Name speakers[] = {
    {SPEAKER_FRONT_LEFT, "FL"},
    {SPEAKER_FRONT_RIGHT, "FR"},
    {SPEAKER_FRONT_CENTER, "FC"},
    {SPEAKER_LOW_FREQUENCY, "LFE"},
    {SPEAKER_BACK_LEFT, "BL"},
    {SPEAKER_BACK_RIGHT, "BR"},
    {SPEAKER_FRONT_LEFT_OF_CENTER, "FLC"},
    {SPEAKER_FRONT_RIGHT_OF_CENTER, "FRC"},
    {SPEAKER_BACK_CENTER, "BC"},
    {SPEAKER_SIDE_LEFT, "SL"},
    {SPEAKER_SIDE_RIGHT, "SR"},
    {SPEAKER_TOP_CENTER, "TC"},
    {SPEAKER_TOP_FRONT_LEFT, "TFL"},
    {SPEAKER_TOP_FRONT_CENTER, "TFC"},
    {SPEAKER_TOP_FRONT_RIGHT, "TFR"},
    {SPEAKER_TOP_BACK_LEFT, "TBL"},
    {SPEAKER_TOP_BACK_CENTER, "TBC"},
    {SPEAKER_TOP_BACK_RIGHT, "TBR"},
};

#define COUNT(names) (sizeof(names) / sizeof(names[0]))

static void AddFormat(Reading *reading, DWORD format)
{
    size_t i;
    for (i = 0; i < COUNT(formats); i++)
        if (formats[i].number == format) {
            AddWord(reading, "format", "", "%s", formats[i].name);
            return;
        }
    AddWord(reading, "format", "", "format 0x%04X", (unsigned)format);
}

static void AddSpeakers(Reading *reading, DWORD mask)
{
    char names[120];
    size_t used = 0, i;
    for (i = 0; i < COUNT(speakers); i++)
        if ((mask & speakers[i].number) != 0)
            used += (size_t)snprintf(names + used, sizeof(names) - used, "%s%s", used > 0 ? " " : "",
                                     speakers[i].name);
    if (used > 0)
        AddWord(reading, "speakers", "", "%s", names);
}

/* A GUID that stands for no format tag. */
static void AddIdentifier(Reading *reading, const unsigned char *id)
{
    AddWord(reading, "format", "", "{%08X-%04X-%04X-%02X%02X-%02X%02X%02X%02X%02X%02X}",
            (unsigned)LittleEndian(id, 4), (unsigned)LittleEndian(id + 4, 2), (unsigned)LittleEndian(id + 6, 2), id[8],
            id[9], id[10], id[11], id[12], id[13], id[14], id[15]);
}

void ReadFormat(Reading *reading, const Chunk *chunk, Context *context)
{
    /* The rest of a GUID that begins with a format tag. */
    static const unsigned char tail[] = {0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71};
    const unsigned char *bytes = reading->bytes;
    DWORD bits = Number(reading, 14, 2), valid;
    bool is_extensible;
    (void)chunk;
    context->format = (WORD)Number(reading, 0, 2);
    context->rate = Number(reading, 4, 4);
    context->bytes_per_second = Number(reading, 8, 4);
    context->channels = Number(reading, 2, 2);
    context->block = Number(reading, 12, 2);
    context->bits = bits;
    context->block_samples = Number(reading, 18, 2);
    is_extensible = context->format == WAVE_FORMAT_EXTENSIBLE && reading->length >= 40;
    if (is_extensible && memcmp(bytes + 26, tail, sizeof(tail)) != 0)
        AddIdentifier(reading, bytes + 24);
    else
        AddFormat(reading, is_extensible ? Number(reading, 24, 2) : context->format);
    AddNumber(reading, "channels", context->channels, " channels");
    AddNumber(reading, "rate", context->rate, " Hz");
    if (bits != 0)
        AddNumber(reading, "bits", bits, " bits");
    if (!is_extensible)
        return;
    context->format = (WORD)Number(reading, 24, 2);
    AddWord(reading, "tag", "", "extensible");
    valid = Number(reading, 18, 2);
    if (valid != bits && valid != 0)
        AddNumber(reading, "valid_bits", valid, " of them valid");
    AddSpeakers(reading, Number(reading, 20, 4));
}

/* A BITMAPINFOHEADER. The height of a top-down picture is negative. */
static void ReadBitmap(Reading *reading)
{
    DWORD compression = Number(reading, 16, 4);
    AddNumber(reading, "width", (LONG)Number(reading, 4, 4), "x");
    AddNumber(reading, "height", (LONG)Number(reading, 8, 4), "");
    AddNumber(reading, "bits", Number(reading, 14, 2), " bits");
    if (compression > 0xFFFF)
        AddText(reading, "compression", "", 16, 4);
    else
        AddWord(reading, "compression", "", compression == 0 ? "uncompressed" : "compression %u",
                (unsigned)compression);
}

void ReadStreamFormat(Reading *reading, const Chunk *chunk, Context *context)
{
    if (context->stream == mmioFOURCC('v', 'i', 'd', 's') && reading->length >= 20)
        ReadBitmap(reading);
    if (context->stream == mmioFOURCC('a', 'u', 'd', 's') && reading->length >= 14)
        ReadFormat(reading, chunk, context);
}
