/* chain.c: decides whether bytes are chunks, by their codes, their sizes, and the chunks that follow. */
#include "riffls.h"

#include <ctype.h>
#include <string.h>

#define CHAIN 16     /* so many chunks in a row are proof, whatever follows */
#define SEARCHED (64 << 20) /* bytes, about half a second: gigabytes of samples may lie behind a size that is wrong */
#define PIECE 4096   /* of the bytes that are searched */

DWORD NumberAt(const unsigned char *bytes, int count, bool is_big_endian)
{
    DWORD number = 0;
    int i;
    for (i = 0; i < count; i++)
        number = number << 8 | bytes[is_big_endian ? i : count - 1 - i];
    return number;
}

void PutNumber(unsigned char *bytes, int count, int64_t number, bool is_big_endian)
{
    int i;
    for (i = 0; i < count; i++)
        bytes[is_big_endian ? count - 1 - i : i] = (unsigned char)((uint64_t)number >> 8 * i);
}

int64_t LongNumberAt(const unsigned char *bytes)
{
    uint64_t high = NumberAt(bytes + 4, 4, false), size = high << 32 | NumberAt(bytes, 4, false);
    return size <= INT64_MAX / 2 ? (int64_t)size : -1;
}

bool IsLongForm(FOURCC id)
{
    return id == FOURCC_RF64 || id == FOURCC_BW64;
}

bool IsForm(FOURCC id)
{
    return id == FOURCC_RIFF || id == FOURCC_RIFX || IsLongForm(id);
}

bool IsList(FOURCC id)
{
    return IsForm(id) || id == FOURCC_LIST;
}

/* All bits set, or, for RIFF and data chunks, about the largest number of 31 or 32 bits, as sox and arecord write. */
bool IsPlaceholder(FOURCC id, DWORD size)
{
    if (!IsForm(id) && id != FOURCC_DATA)
        return size == STREAMED;
    return (size >= 0x7FFFF000u && size <= 0x80001000u) || size >= 0xFFFFF000u;
}

int64_t EndInFile(const Input *input, const Chunk *chunk)
{
    return chunk->end < input->size ? chunk->end : input->size;
}

int64_t LimitOf(const Input *input, const Chunk *parent)
{
    return parent->end == NO_END ? input->size : parent->end;
}

/* ---- one header */

/* Codes of sound, video, pictures and instruments, each followed by a blank. */
static const char known[] =
    "RIFF RIFX LIST JUNK junk PAD  FLLR DISP IDIT "
    "fmt  data fact cue  plst smpl inst bext cart iXML axml chna _PMX acid strc PEAK labl note ltxt ds64 levl umid "
    "id3  ID3  afsp minf elm1 regn r64m "
    "IARL IART ICMS ICMT ICOP ICRD IENG IGNR IKEY IMED INAM IPRD ISBJ ISFT ISRC ISRF ITCH ITRK IPRT "
    "avih strh strf strd strn indx ix00 ix01 idx1 dmlh vprp rec  odml 00dc 00db 01wb 00wb 01dc 01db "
    "VP8  VP8L VP8X ANIM ANMF ALPH ICCP EXIF XMP  anih seq  rate icon "
    "ifil isng iver irom phdr pbag pmod pgen ibag imod igen shdr sm24 "
    "colh vers insh rgnh wsmp wlnk art1 art2 dlid ptbl msyn ";

static Sense SenseOfCode(const unsigned char *code)
{
    const char *next;
    int i, unusual = 0;
    for (i = 0; i < 4; i++) {
        if (code[i] < 0x20 || code[i] >= 0x7F)
            return ODD_CODE;
        unusual += !isalnum(code[i]) && code[i] != ' ' && code[i] != '_' && code[i] != '-';
    }
    for (next = known; *next != '\0'; next += 5)
        if (memcmp(next, code, 4) == 0)
            return KNOWN_CODE;
    return unusual > 0 ? PRINTABLE_CODE : USUAL_CODE;
}

/* Whether a chunk of this size fits into its parent. A placeholder does if the size of the parent is unknown. */
static bool Fits(const Input *input, const Chunk *parent, int64_t offset, FOURCC id, DWORD size)
{
    bool is_open = parent->end == NO_END || parent->is_streamed;
    if (size <= LimitOf(input, parent) - offset - HEADER)
        return true;
    return (is_open && IsPlaceholder(id, size)) || ((is_open || IsLongForm(parent->id)) && size == STREAMED);
}

/* A child of the file is a RIFF with a type, or a chunk outside of the RIFF. */
static Sense SenseOf(const Input *input, const Chunk *parent, int64_t offset, const unsigned char *bytes, LONG count)
{
    FOURCC id = count >= HEADER ? NumberAt(bytes, 4, false) : 0;
    bool is_big_endian = id == FOURCC_RIFX || (parent->is_big_endian && !IsForm(id));
    if (count < HEADER || LimitOf(input, parent) - offset < HEADER)
        return NO_CHUNK;
    if (parent->depth == 0 && IsForm(id))
        return count >= HEADER + TYPE && IsPrintableCode(NumberAt(bytes + HEADER, 4, false)) ? KNOWN_CODE : NO_CHUNK;
    return Fits(input, parent, offset, id, NumberAt(bytes + 4, 4, is_big_endian)) ? SenseOfCode(bytes) : NO_CHUNK;
}

Sense SenseAt(Input *input, const Chunk *parent, int64_t offset)
{
    unsigned char bytes[HEADER + TYPE];
    return SenseOf(input, parent, offset, bytes, PeekAt(input, offset, bytes, sizeof(bytes)));
}

/* ---- what follows */

/* Returns the offset after a chunk and its pad byte, which may be missing. */
static int64_t Behind(Input *input, const Chunk *parent, int64_t end, bool is_odd)
{
    if (!is_odd || end >= LimitOf(input, parent))
        return end;
    return SenseAt(input, parent, end + 1) < USUAL_CODE && SenseAt(input, parent, end) >= USUAL_CODE ? end : end + 1;
}

/* Whether the parent or the file ends there. */
static bool IsAtEnd(const Input *input, const Chunk *parent, int64_t offset, LONG count)
{
    return offset == LimitOf(input, parent) || (count == 0 && offset >= input->size);
}

static bool FollowChain(Input *input, const Chunk *parent, int64_t offset)
{
    unsigned char bytes[HEADER + TYPE];
    Sense first = NO_CHUNK, sense;
    int i;
    for (i = 0; i < CHAIN && input->budget > 0; i++, input->budget--) {
        LONG count = PeekAt(input, offset, bytes, sizeof(bytes));
        DWORD size;
        if (i > 0 && IsAtEnd(input, parent, offset, count))
            /* Any size reaches the end of a file that was cut off. */
            return offset == LimitOf(input, parent) || i > 1 || first == KNOWN_CODE;
        if (count < 0)
            return i > 1 || first == KNOWN_CODE; /* a pipe */
        sense = SenseOf(input, parent, offset, bytes, count);
        if (sense < USUAL_CODE)
            return i > 1 && first == KNOWN_CODE;
        first = i == 0 ? sense : first;
        if (parent->depth == 0 && IsForm(NumberAt(bytes, 4, false)))
            return true;
        size = NumberAt(bytes + 4, 4, parent->is_big_endian);
        if (IsPlaceholder(NumberAt(bytes, 4, false), size))
            return first == KNOWN_CODE;
        offset = Behind(input, parent, offset + HEADER + size, (size & 1) != 0);
    }
    return i == CHAIN;
}

bool IsChain(Input *input, const Chunk *parent, int64_t offset)
{
    int budget = input->budget;
    bool is_chain = FollowChain(input, parent, offset);
    /* Only what leads nowhere counts: after a chain the walk goes on, and its cost is in proportion to the file. */
    if (is_chain)
        input->budget = budget;
    return is_chain;
}

/* Goes on with a search up to `to`. Of a pipe the rest may not be seen yet. */
static void SearchOn(Input *input, const Chunk *parent, Search *search, int64_t to)
{
    static unsigned char piece[PIECE + HEADER + TYPE];
    for (; search->to <= to; search->to += PIECE) {
        LONG count = PeekAt(input, search->to, piece, sizeof(piece)), i;
        for (i = 0; i < PIECE && i + HEADER <= count && search->to + i <= to; i++)
            if (SenseOf(input, parent, search->to + i, piece + i, count - i) >= USUAL_CODE &&
                IsChain(input, parent, search->to + i)) {
                search->to += i;
                search->found = search->to;
                return;
            }
        if (count < 0)
            return;
        if (count < (LONG)sizeof(piece))
            break;
        ShowProgress(search->to);
    }
    search->to = to + 1;
}

int64_t FindChain(Input *input, const Chunk *parent, int64_t from, int64_t to)
{
    Search *last = &input->search;
    int64_t limit = LimitOf(input, parent);
    to = to > limit - HEADER ? limit - HEADER : to;
    to = to - from > SEARCHED ? from + SEARCHED : to;
    if (last->depth != parent->depth || last->limit != limit || from < last->from || from > last->to) {
        last->depth = parent->depth;
        last->limit = limit;
        last->from = last->to = from;
        last->found = -1;
    }
    if (last->found < 0 && last->to <= to)
        SearchOn(input, parent, last, to);
    return last->found <= to ? last->found : -1;
}
