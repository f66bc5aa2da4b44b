/* check_wave.c: the checks of WAV files. */
#include "check.h"

#include <mmreg.h>

/* ---- fmt */

/* A sample may have more bytes than it needs, if the number is the same for each channel. */
static void CheckBlock(Check *check, Chunk *chunk, const Context *context)
{
    DWORD bits = context->bits, needed = context->channels * ((bits + 7) / 8);
    bool is_wider = context->block > needed && context->block % context->channels == 0;
    if (bits == 0)
        Report(check, chunk, WRONG, "format", chunk->data + 14, "a sample has 0 bits");
    else if (context->block != needed)
        Report(check, chunk, is_wider ? DOUBTFUL : WRONG, "block", chunk->data + 12,
               "the block size is %u, but %u channel%s of %u bit%s have %u byte%s", (unsigned)context->block,
               (unsigned)context->channels, Plural(context->channels), (unsigned)bits, Plural(bits), (unsigned)needed,
               Plural(needed));
    if (context->format == WAVE_FORMAT_IEEE_FLOAT && bits != 32 && bits != 64 && bits != 0)
        Report(check, chunk, WRONG, "format", chunk->data + 14, "a float has 32 or 64 bits, and not %u",
               (unsigned)bits);
}

static void CheckFormat(Check *check, Chunk *chunk, const Reading *reading)
{
    const Context *context = reading->context;
    uint64_t bytes = (uint64_t)context->rate * context->block;
    int64_t extension = Number(reading, 16, 2);
    if (check->format_at != 0)
        Report(check, chunk, WRONG, "twice", chunk->offset, "a second fmt chunk, after that at %lld",
               (long long)check->format_at);
    else if (check->data_at != 0)
        Report(check, chunk, WRONG, "order", chunk->offset, "fmt comes after the data chunk at %lld",
               (long long)check->data_at);
    check->format_at = chunk->offset;
    if (reading->length < 14)
        return;
    if (context->channels == 0 || context->rate == 0)
        Report(check, chunk, WRONG, "format", chunk->data + 2, "there are no %s",
               context->channels == 0 ? "channels" : "samples in a second");
    else if (HasFixedSize(context->format) && reading->length >= 16)
        CheckBlock(check, chunk, context);
    if (HasFixedSize(context->format) && context->bytes_per_second != bytes)
        Report(check, chunk, WRONG, "rate", chunk->data + 8,
               "%u bytes per second, but %u blocks of %u byte%s per second are %llu",
               (unsigned)context->bytes_per_second, (unsigned)context->rate, (unsigned)context->block,
               Plural(context->block), (unsigned long long)bytes);
    /* PCM has no extension, and its size is ignored. */
    if (context->format != WAVE_FORMAT_PCM && reading->length >= 18 && 18 + extension > chunk->length)
        Report(check, chunk, WRONG, "count", chunk->data + 16, "the extension has %d bytes, but the chunk ends before",
               (int)extension);
}

/* ---- data */

static void CheckData(Check *check, Chunk *chunk, const Context *context)
{
    bool is_in_parts = IsIn(chunk, "wavl");
    if (check->data_at != 0 && !is_in_parts)
        Report(check, chunk, WRONG, "twice", chunk->offset, "a second data chunk, after that at %lld",
               (long long)check->data_at);
    check->data_at = chunk->offset;
    check->data_length = chunk->is_streamed || is_in_parts ? 0 : chunk->length;
    if (check->format_at == 0 || !HasFixedSize(context->format) || context->block == 0 || chunk->is_streamed)
        return;
    if (chunk->length % context->block != 0)
        Report(check, chunk, DOUBTFUL, "block", chunk->offset, "%lld byte%s are no multiple of the block size, %u",
               (long long)chunk->length, Plural(chunk->length), (unsigned)context->block);
}

/* ---- cue points, labels and loops */

void WatchPoint(Check *check, const Reading *item, int64_t number)
{
    const Context *context = item->context;
    bool is_loop = IsCode(check->kind, "smpl");
    int64_t position = is_loop ? Number(item, 12, 4) : Number(item, 20, 4);
    bool is_backwards = is_loop && Number(item, 8, 4) > Number(item, 12, 4);
    bool is_far = check->data_length > 0 && HasFixedSize(context->format) && context->block != 0 &&
                  position > check->data_length / context->block;
    if (!(is_far || is_backwards) || !(is_loop || IsCode(check->kind, "cue ")))
        return;
    if (check->far_records == 0)
        check->far_at = number;
    check->far_records++;
}

static void CheckPoints(Check *check, Chunk *chunk, int64_t before)
{
    const char *what = before == 4 ? "cue point" : "loop";
    const char *backwards = check->far_records == 1 ? ", or ends before it begins" : ", or end before they begin";
    if (check->far_records > 0)
        Report(check, chunk, DOUBTFUL, "position", chunk->data + before + 24 * check->far_at,
               "%lld %s%s %s behind the end of the data%s", (long long)check->far_records, what,
               Plural(check->far_records), check->far_records == 1 ? "lies" : "lie",
               before == 4 ? "" : backwards);
}

static void CheckSampler(Check *check, Chunk *chunk, const Reading *reading)
{
    int64_t extra = Number(reading, 32, 4), loops = Number(reading, 28, 4);
    if (reading->length < 36)
        return;
    CheckPoints(check, chunk, 36);
    if (!chunk->is_streamed && 36 + loops * 24 + extra != chunk->length)
        Report(check, chunk, 36 + loops * 24 > chunk->length ? WRONG : DOUBTFUL, "count", chunk->data + 28,
               "%lld loop%s and %lld byte%s after them need %lld bytes, but the chunk has %lld", (long long)loops,
               Plural(loops), (long long)extra, Plural(extra), (long long)(36 + loops * 24 + extra),
               (long long)chunk->length);
}

/* Labels are checked at the end, since their cue points may come later. */
static void RememberLabel(Check *check, const Chunk *chunk, const Reading *reading)
{
    if (check->labels == MAX_LABELLED || reading->length < 4)
        return;
    check->labelled[check->labels] = Number(reading, 0, 4);
    check->label_at[check->labels] = chunk->offset;
    check->labels++;
}

static void CheckList(Check *check, Chunk *chunk, const Reading *reading)
{
    if (!IsIn(chunk, "adtl"))
        return;
    RememberLabel(check, chunk, reading);
    if (IsCode(chunk->id, "ltxt") && chunk->length < 20)
        Report(check, chunk, WRONG, "count", chunk->offset, "ltxt has at least 20 bytes, and not %lld",
               (long long)chunk->length);
}

void CheckWave(Check *check, Chunk *chunk, const Reading *reading)
{
    const Context *context = check->context = reading->context;
    if (IsCode(chunk->id, "fmt ") && IsIn(chunk, "WAVE"))
        CheckFormat(check, chunk, reading);
    else if (IsCode(chunk->id, "data"))
        CheckData(check, chunk, context);
    else if (IsCode(chunk->id, "cue ") && reading->length >= 4) {
        check->points = Number(reading, 0, 4);
        CheckPoints(check, chunk, 4);
        CheckCount(check, chunk, "cue points", check->points, 4, 24);
    } else if (IsCode(chunk->id, "plst") && reading->length >= 4)
        CheckCount(check, chunk, "segments", Number(reading, 0, 4), 4, 12);
    else if (IsCode(chunk->id, "smpl"))
        CheckSampler(check, chunk, reading);
    else if (IsCode(chunk->id, "PEAK") && check->format_at != 0)
        CheckCount(check, chunk, "peaks", context->channels, 8, 8);
    else
        CheckList(check, chunk, reading);
}

static bool HasPoint(const Context *context, DWORD id)
{
    DWORD i;
    for (i = 0; i < context->point_count; i++)
        if (context->points[i].id == id)
            return true;
    return false;
}

void CheckWaveEnd(Check *check, Chunk *chunk)
{
    DWORD i;
    if (check->format_at == 0)
        Report(check, chunk, WRONG, "missing", check->riff_at, "there is no fmt chunk");
    if (check->data_at == 0)
        Report(check, chunk, WRONG, "missing", check->riff_at, "there is no data chunk");
    for (i = 0; i < check->labels && check->points <= MAX_POINTS; i++)
        if (!HasPoint(check->context, check->labelled[i])) {
            Report(check, chunk, DOUBTFUL, "label", check->label_at[i], "a label of cue point %u, which does not exist",
                   (unsigned)check->labelled[i]);
            return;
        }
}
