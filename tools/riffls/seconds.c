/* seconds.c: the duration of a data chunk.
 *
 * Samples of a fixed size are counted. The number in fact is used for other formats only, and only if the bytes can
 * hold as many samples: some writers leave it at 0 or -1, count the samples of all channels, or were interrupted. */
#include "riffls.h"

#include <mmreg.h>

#define UNSURE 1.5 /* the largest ratio of the duration by fact to that by the average rate, for unknown blocks */

bool HasFixedSize(DWORD format)
{
    return format == WAVE_FORMAT_PCM || format == WAVE_FORMAT_IEEE_FLOAT || format == WAVE_FORMAT_ALAW ||
           format == WAVE_FORMAT_MULAW;
}

/* Whether each block has `block_samples` samples. */
static bool HasBlocks(const Context *context)
{
    return (context->format == WAVE_FORMAT_ADPCM || context->format == WAVE_FORMAT_IMA_ADPCM ||
            context->format == WAVE_FORMAT_GSM610) &&
           context->block != 0 && context->block_samples != 0;
}

/* The bytes of a sample of all channels. If the header has no block size, it follows from the bits. */
static DWORD SampleSize(const Context *context)
{
    return context->block != 0 ? context->block : context->channels * ((context->bits + 7) / 8);
}

/* The duration of the bytes by the format alone. */
static double SecondsOfBytes(const Context *context, double bytes)
{
    if (HasFixedSize(context->format) && SampleSize(context) != 0)
        return bytes / SampleSize(context) / context->rate;
    if (HasBlocks(context))
        return bytes / context->block * context->block_samples / context->rate;
    return context->bytes_per_second != 0 ? bytes / context->bytes_per_second : 0;
}

/* The longest duration that the bytes can have. The last block may be incomplete. */
static double MostOfBytes(const Context *context, int64_t bytes)
{
    int64_t blocks;
    DWORD bits = context->channels * context->bits;
    double by_rate = SecondsOfBytes(context, (double)bytes) * UNSURE, by_bits;
    if (!HasBlocks(context)) {
        /* The average rate may be wrong, as it is in G.722 by ffmpeg. */
        by_bits = bits != 0 ? (double)bytes * 8 / bits / context->rate : 0;
        return by_bits > by_rate ? by_bits : by_rate;
    }
    blocks = (bytes + context->block - 1) / context->block;
    return (double)(blocks * context->block_samples) / context->rate;
}

double SecondsOf(const Context *context, const Chunk *chunk, int64_t available)
{
    double by_bytes, by_samples;
    if (available == NO_END || available <= 0 || context->rate == 0)
        return 0;
    by_bytes = SecondsOfBytes(context, (double)available);
    if (HasFixedSize(context->format) || context->samples <= 0 || chunk->is_streamed)
        return by_bytes;
    by_samples = (double)context->samples / context->rate;
    if (by_bytes > 0 && by_samples > MostOfBytes(context, chunk->length))
        return by_bytes;
    return chunk->length > available ? by_samples * (double)available / (double)chunk->length : by_samples;
}
