/* others.c: identifies other formats than RIFF by their first bytes. */
#include "riffls.h"

#include <string.h>

typedef struct Magic {
    int offset;
    const char *bytes; /* . is any byte, after the first four */
    const char *name;
} Magic;

static const Magic magics[] = {
    {0, "riff\x2E\x91\xCF\x11", "a Sony Wave64 file, which has GUIDs for codes"},
    {0, "FORM....AIFF", "an AIFF file"},
    {0, "FORM....AIFC", "an AIFF-C file"},
    {0, "FORM", "an IFF file"},
    {0, "OggS", "an Ogg file"},
    {0, "fLaC", "a FLAC file"},
    {0, "ID3", "an MP3 file, or another with an ID3 tag"},
    {0, "\x1A\x45\xDF\xA3", "a Matroska or WebM file"},
    {4, "ftyp", "an MP4 or QuickTime file"},
    {4, "moov", "a QuickTime file"},
    {0, "caff", "a CAF file"},
    {0, ".snd", "an AU file"},
    {0, "dns.", "an AU file, little-endian"},
    {0, "MThd", "a MIDI file"},
    {0, "XFIR", "a Macromedia Director file"},
    {0, "FFIR", "a RIFF file of words whose bytes are swapped"},
    {0, "wvpk", "a WavPack file"},
    {0, "MAC ", "a Monkey's Audio file"},
    {0, "TTA1", "a True Audio file"},
    {0, "DSD ", "a DSF file"},
    {0, "FRM8", "a DSDIFF file"},
    {0, "#!AMR", "an AMR file"},
    {0, "\x30\x26\xB2\x75\x8E\x66\xCF\x11", "an ASF, WMA or WMV file"},
    {0, ".RMF", "a RealMedia file"},
    {0, "FLV\x01", "a Flash video"},
    {0, "Creative Voice File", "a Creative voice file"},
    {0, "\x89PNG", "a PNG picture"},
    {0, "GIF8", "a GIF picture"},
    {0, "\xFF\xD8\xFF", "a JPEG picture"},
    {0, "%PDF", "a PDF document"},
    {0, "PK\x03\x04", "a ZIP archive"},
    {0, "\x1F\x8B", "a gzip archive"},
    {0, "7z\xBC\xAF\x27\x1C", "a 7-Zip archive"},
    {0, "Rar!", "a RAR archive"},
};

/* A . in the first four characters of a magic number is a dot, as in ".snd". */
static bool Matches(const Magic *magic, const unsigned char *bytes, LONG count)
{
    LONG length = (LONG)strlen(magic->bytes), i;
    if (magic->offset + length > count)
        return false;
    for (i = 0; i < length; i++)
        if (bytes[magic->offset + i] != (unsigned char)magic->bytes[i] && !(magic->bytes[i] == '.' && i > 3))
            return false;
    return true;
}

/* A frame of MPEG audio: 11 bits set, a known version, layer, bit rate and sample rate. */
static bool IsMpegAudio(const unsigned char *bytes, LONG count)
{
    return count >= 4 && bytes[0] == 0xFF && (bytes[1] & 0xE0) == 0xE0 && (bytes[1] & 0x18) != 0x08 &&
           (bytes[1] & 0x06) != 0 && (bytes[2] & 0xF0) != 0xF0 && (bytes[2] & 0xF0) != 0 && (bytes[2] & 0x0C) != 0x0C;
}

bool IsWave64(const unsigned char *bytes, LONG count)
{
    return Matches(&magics[0], bytes, count);
}

/* Returns the offset of a RIFF after an ID3 tag; 0 if there is none. */
static int64_t FindAfterTag(Input *input, const unsigned char *bytes, LONG count)
{
    unsigned char first[HEADER + TYPE];
    int64_t size = 0, at;
    int i;
    if (count < 10 || memcmp(bytes, "ID3", 3) != 0)
        return 0;
    for (i = 6; i < 10; i++)
        size = size << 7 | (bytes[i] & 0x7F);
    at = Position(input) + 10 + size + ((bytes[5] & 0x10) != 0 ? 10 : 0); /* a footer */
    if (PeekAt(input, at, first, sizeof(first)) != (LONG)sizeof(first) || !IsForm(NumberAt(first, 4, false)))
        return 0;
    return at;
}

int64_t DescribeOther(Input *input, const unsigned char *bytes, LONG count, char *text, size_t size)
{
    int64_t riff = FindAfterTag(input, bytes, count);
    size_t i;
    if (riff > 0) {
        snprintf(text, size, "it begins with an ID3 tag; RIFF begins at %lld", (long long)riff);
        return riff;
    }
    for (i = 0; i < sizeof(magics) / sizeof(magics[0]); i++)
        if (Matches(&magics[i], bytes, count)) {
            snprintf(text, size, "it does not begin with RIFF: it is %s", magics[i].name);
            return input->start;
        }
    if (IsMpegAudio(bytes, count))
        snprintf(text, size, "it does not begin with RIFF: it is an MP3 file, or other MPEG audio");
    else
        snprintf(text, size, "it does not begin with RIFF");
    return input->start;
}
