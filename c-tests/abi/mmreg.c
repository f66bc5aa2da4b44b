/* mmreg.h: every format tag, speaker and structure.
 *
 * Shows docs/contract.md, 1. ABI: "WAVEFORMATEX", "WAVEFORMATEXTENSIBLE 40". */
#include <mmreg.h>

#include "check.h"

struct number {
    unsigned is, should_be;
};

static const struct number tags[] = {
        {WAVE_FORMAT_PCM, 0x0001}, {WAVE_FORMAT_UNKNOWN, 0x0000}, {WAVE_FORMAT_ADPCM, 0x0002},
        {WAVE_FORMAT_IEEE_FLOAT, 0x0003}, {WAVE_FORMAT_VSELP, 0x0004},
        {WAVE_FORMAT_IBM_CVSD, 0x0005}, {WAVE_FORMAT_ALAW, 0x0006}, {WAVE_FORMAT_MULAW, 0x0007},
        {WAVE_FORMAT_DTS, 0x0008}, {WAVE_FORMAT_DRM, 0x0009}, {WAVE_FORMAT_WMAVOICE9, 0x000a},
        {WAVE_FORMAT_OKI_ADPCM, 0x0010}, {WAVE_FORMAT_DVI_ADPCM, 0x0011},
        {WAVE_FORMAT_IMA_ADPCM, 0x0011}, {WAVE_FORMAT_MEDIASPACE_ADPCM, 0x0012},
        {WAVE_FORMAT_SIERRA_ADPCM, 0x0013}, {WAVE_FORMAT_G723_ADPCM, 0x0014},
        {WAVE_FORMAT_DIGISTD, 0x0015}, {WAVE_FORMAT_DIGIFIX, 0x0016},
        {WAVE_FORMAT_DIALOGIC_OKI_ADPCM, 0x0017}, {WAVE_FORMAT_YAMAHA_ADPCM, 0x0020},
        {WAVE_FORMAT_SONARC, 0x0021}, {WAVE_FORMAT_DSPGROUP_TRUESPEECH, 0x0022},
        {WAVE_FORMAT_ECHOSC1, 0x0023}, {WAVE_FORMAT_APTX, 0x0025}, {WAVE_FORMAT_DOLBY_AC2, 0x0030},
        {WAVE_FORMAT_GSM610, 0x0031}, {WAVE_FORMAT_ANTEX_ADPCME, 0x0033},
        {WAVE_FORMAT_CONTROL_RES_VQLPC, 0x0034}, {WAVE_FORMAT_DIGIREAL, 0x0035},
        {WAVE_FORMAT_DIGIADPCM, 0x0036}, {WAVE_FORMAT_CONTROL_RES_CR10, 0x0037},
        {WAVE_FORMAT_NMS_VBXADPCM, 0x0038}, {WAVE_FORMAT_G721_ADPCM, 0x0040},
        {WAVE_FORMAT_G728_CELP, 0x0041}, {WAVE_FORMAT_MSG723, 0x0042}, {WAVE_FORMAT_MPEG, 0x0050},
        {WAVE_FORMAT_MPEGLAYER3, 0x0055}, {WAVE_FORMAT_G726_ADPCM, 0x0064},
        {WAVE_FORMAT_G722_ADPCM, 0x0065}, {WAVE_FORMAT_DOLBY_AC3_SPDIF, 0x0092},
        {WAVE_FORMAT_RAW_AAC1, 0x00ff}, {WAVE_FORMAT_MSAUDIO1, 0x0160},
        {WAVE_FORMAT_WMAUDIO2, 0x0161}, {WAVE_FORMAT_WMAUDIO3, 0x0162},
        {WAVE_FORMAT_WMAUDIO_LOSSLESS, 0x0163}, {WAVE_FORMAT_WMASPDIF, 0x0164},
        {WAVE_FORMAT_CREATIVE_ADPCM, 0x0200}, {WAVE_FORMAT_CREATIVE_FASTSPEECH8, 0x0202},
        {WAVE_FORMAT_CREATIVE_FASTSPEECH10, 0x0203}, {WAVE_FORMAT_MPEG_ADTS_AAC, 0x1600},
        {WAVE_FORMAT_MPEG_RAW_AAC, 0x1601}, {WAVE_FORMAT_EXTENSIBLE, 0xfffe}};

static const struct number speakers[] = {
        {SPEAKER_FRONT_LEFT, 0x00000001}, {SPEAKER_FRONT_RIGHT, 0x00000002},
        {SPEAKER_FRONT_CENTER, 0x00000004}, {SPEAKER_LOW_FREQUENCY, 0x00000008},
        {SPEAKER_BACK_LEFT, 0x00000010}, {SPEAKER_BACK_RIGHT, 0x00000020},
        {SPEAKER_FRONT_LEFT_OF_CENTER, 0x00000040}, {SPEAKER_FRONT_RIGHT_OF_CENTER, 0x00000080},
        {SPEAKER_BACK_CENTER, 0x00000100}, {SPEAKER_SIDE_LEFT, 0x00000200},
        {SPEAKER_SIDE_RIGHT, 0x00000400}, {SPEAKER_TOP_CENTER, 0x00000800},
        {SPEAKER_TOP_FRONT_LEFT, 0x00001000}, {SPEAKER_TOP_FRONT_CENTER, 0x00002000},
        {SPEAKER_TOP_FRONT_RIGHT, 0x00004000}, {SPEAKER_TOP_BACK_LEFT, 0x00008000},
        {SPEAKER_TOP_BACK_CENTER, 0x00010000}, {SPEAKER_TOP_BACK_RIGHT, 0x00020000},
        {SPEAKER_ALL, 0x80000000}};

static void check_all(const struct number *numbers, size_t count)
{
    for (; count > 0; count--, numbers++) {
        CHECK_EQ(numbers->is, numbers->should_be);
    }
}

static void an_extensible_format_is_packed(void)
{
    WAVEFORMATEXTENSIBLE format;
    PWAVEFORMATEXTENSIBLE pointer = &format;
    CHECK_EQ(sizeof(WAVEFORMATEXTENSIBLE), 40);
    CHECK_EQ(offsetof(WAVEFORMATEXTENSIBLE, Format), 0);
    CHECK_EQ(offsetof(WAVEFORMATEXTENSIBLE, Samples), 18);
    CHECK_EQ(offsetof(WAVEFORMATEXTENSIBLE, dwChannelMask), 20);
    CHECK_EQ(offsetof(WAVEFORMATEXTENSIBLE, SubFormat), 24);
    CHECK_EQ(sizeof(GUID), 16);
    CHECK_EQ(sizeof(WAVEFORMATEX), 18);
    pointer->Samples.wValidBitsPerSample = 20;
    CHECK_EQ(format.Samples.wSamplesPerBlock, 20);
    CHECK_EQ(format.Samples.wReserved, 20);
}

/* As stored in files: the tag, then bytes that are the same in all identifiers. */
static void a_tag_has_an_identifier(void)
{
    const GUID identifier = {DEFINE_WAVEFORMATEX_GUID(WAVE_FORMAT_IEEE_FLOAT)};
    CHECK_EQ(identifier.Data1, 3);
    CHECK_EQ(identifier.Data2, 0);
    CHECK_EQ(identifier.Data3, 0x10);
    CHECK_BYTES(identifier.Data4, "\x80\0\0\xaa\0\x38\x9b\x71", 8);
}

int main(void)
{
    check_all(tags, sizeof tags / sizeof tags[0]);
    check_all(speakers, sizeof speakers / sizeof speakers[0]);
    an_extensible_format_is_packed();
    a_tag_has_an_identifier();
    return report();
}
