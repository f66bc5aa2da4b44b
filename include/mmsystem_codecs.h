/* mmsystem_codecs.h: the "fmt " chunks of compressed formats. Included by mmreg.h, but not if NONEWWAVE is defined. A name that
 * is already a macro is not defined. */
#ifndef MMSYSTEM_CODECS_H
#define MMSYSTEM_CODECS_H

#include "mmsystem_wave.h"

#pragma pack(push, 1)

/* WAVE_FORMAT_ADPCM: a pair of coefficients. The standard ones are seven. */
#ifndef ADPCMCOEFSET
typedef struct adpcmcoef_tag {
    short iCoef1;
    short iCoef2;
} ADPCMCOEFSET;
#endif
#ifndef PADPCMCOEFSET
typedef ADPCMCOEFSET *PADPCMCOEFSET;
#endif
#ifndef NPADPCMCOEFSET
typedef ADPCMCOEFSET *NPADPCMCOEFSET;
#endif
#ifndef LPADPCMCOEFSET
typedef ADPCMCOEFSET *LPADPCMCOEFSET;
#endif
/* (Flexible array members are standard in C99 only.) */
#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wc99-extensions"
#elif defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpedantic"
#endif
#ifndef ADPCMWAVEFORMAT
typedef struct adpcmwaveformat_tag {
    WAVEFORMATEX wfx; /* its cbSize is 4 + 4 * wNumCoef */
    WORD wSamplesPerBlock;
    WORD wNumCoef;
    ADPCMCOEFSET aCoef[]; /* wNumCoef */
} ADPCMWAVEFORMAT;
#endif
#if defined(__clang__)
#pragma clang diagnostic pop
#elif defined(__GNUC__)
#pragma GCC diagnostic pop
#endif
#ifndef PADPCMWAVEFORMAT
typedef ADPCMWAVEFORMAT *PADPCMWAVEFORMAT;
#endif
#ifndef NPADPCMWAVEFORMAT
typedef ADPCMWAVEFORMAT *NPADPCMWAVEFORMAT;
#endif
#ifndef LPADPCMWAVEFORMAT
typedef ADPCMWAVEFORMAT *LPADPCMWAVEFORMAT;
#endif

/* WAVE_FORMAT_DVI_ADPCM, which is also WAVE_FORMAT_IMA_ADPCM: two structures of the same form. */
#ifndef DVIADPCMWAVEFORMAT
typedef struct dvi_adpcmwaveformat_tag {
    WAVEFORMATEX wfx; /* its cbSize is 2 */
    WORD wSamplesPerBlock;
} DVIADPCMWAVEFORMAT;
#endif
#ifndef PDVIADPCMWAVEFORMAT
typedef DVIADPCMWAVEFORMAT *PDVIADPCMWAVEFORMAT;
#endif
#ifndef NPDVIADPCMWAVEFORMAT
typedef DVIADPCMWAVEFORMAT *NPDVIADPCMWAVEFORMAT;
#endif
#ifndef LPDVIADPCMWAVEFORMAT
typedef DVIADPCMWAVEFORMAT *LPDVIADPCMWAVEFORMAT;
#endif
#ifndef IMAADPCMWAVEFORMAT
typedef struct ima_adpcmwaveformat_tag {
    WAVEFORMATEX wfx; /* its cbSize is 2 */
    WORD wSamplesPerBlock;
} IMAADPCMWAVEFORMAT;
#endif
#ifndef PIMAADPCMWAVEFORMAT
typedef IMAADPCMWAVEFORMAT *PIMAADPCMWAVEFORMAT;
#endif
#ifndef NPIMAADPCMWAVEFORMAT
typedef IMAADPCMWAVEFORMAT *NPIMAADPCMWAVEFORMAT;
#endif
#ifndef LPIMAADPCMWAVEFORMAT
typedef IMAADPCMWAVEFORMAT *LPIMAADPCMWAVEFORMAT;
#endif

/* WAVE_FORMAT_GSM610. */
#ifndef GSM610WAVEFORMAT
typedef struct gsm610waveformat_tag {
    WAVEFORMATEX wfx; /* its cbSize is 2 */
    WORD wSamplesPerBlock;
} GSM610WAVEFORMAT;
#endif
#ifndef PGSM610WAVEFORMAT
typedef GSM610WAVEFORMAT *PGSM610WAVEFORMAT;
#endif
#ifndef NPGSM610WAVEFORMAT
typedef GSM610WAVEFORMAT *NPGSM610WAVEFORMAT;
#endif
#ifndef LPGSM610WAVEFORMAT
typedef GSM610WAVEFORMAT *LPGSM610WAVEFORMAT;
#endif

/* WAVE_FORMAT_MPEG: layers 1 and 2. */
#ifndef MPEG1WAVEFORMAT
typedef struct mpeg1waveformat_tag {
    WAVEFORMATEX wfx;    /* its cbSize is 22 */
    WORD fwHeadLayer;    /* ACM_MPEG_LAYER* */
    DWORD dwHeadBitrate; /* bits per second; 0 if it varies */
    WORD fwHeadMode;     /* ACM_MPEG_STEREO, ... */
    WORD fwHeadModeExt;
    WORD wHeadEmphasis;
    WORD fwHeadFlags; /* ACM_MPEG_PRIVATEBIT, ... */
    DWORD dwPTSLow;
    DWORD dwPTSHigh;
} MPEG1WAVEFORMAT;
#endif
#ifndef PMPEG1WAVEFORMAT
typedef MPEG1WAVEFORMAT *PMPEG1WAVEFORMAT;
#endif
#ifndef NPMPEG1WAVEFORMAT
typedef MPEG1WAVEFORMAT *NPMPEG1WAVEFORMAT;
#endif
#ifndef LPMPEG1WAVEFORMAT
typedef MPEG1WAVEFORMAT *LPMPEG1WAVEFORMAT;
#endif

/* WAVE_FORMAT_MPEGLAYER3. */
#ifndef MPEGLAYER3WAVEFORMAT
typedef struct mpeglayer3waveformat_tag {
    WAVEFORMATEX wfx; /* its cbSize is MPEGLAYER3_WFX_EXTRA_BYTES */
    WORD wID;         /* MPEGLAYER3_ID_* */
    DWORD fdwFlags;   /* MPEGLAYER3_FLAG_* */
    WORD nBlockSize;  /* bytes */
    WORD nFramesPerBlock;
    WORD nCodecDelay; /* samples */
} MPEGLAYER3WAVEFORMAT;
#endif
#ifndef PMPEGLAYER3WAVEFORMAT
typedef MPEGLAYER3WAVEFORMAT *PMPEGLAYER3WAVEFORMAT;
#endif
#ifndef NPMPEGLAYER3WAVEFORMAT
typedef MPEGLAYER3WAVEFORMAT *NPMPEGLAYER3WAVEFORMAT;
#endif
#ifndef LPMPEGLAYER3WAVEFORMAT
typedef MPEGLAYER3WAVEFORMAT *LPMPEGLAYER3WAVEFORMAT;
#endif

#pragma pack(pop)

MMSYSTEM_SIZE(ADPCMCOEFSET, 4);
MMSYSTEM_OFFSET(ADPCMWAVEFORMAT, wSamplesPerBlock, 18);
MMSYSTEM_OFFSET(ADPCMWAVEFORMAT, aCoef, 22);
MMSYSTEM_SIZE(DVIADPCMWAVEFORMAT, 20);
MMSYSTEM_SIZE(IMAADPCMWAVEFORMAT, 20);
MMSYSTEM_SIZE(GSM610WAVEFORMAT, 20);
MMSYSTEM_SIZE(MPEG1WAVEFORMAT, 40);
MMSYSTEM_OFFSET(MPEG1WAVEFORMAT, dwPTSLow, 32);
MMSYSTEM_SIZE(MPEGLAYER3WAVEFORMAT, 30);
MMSYSTEM_OFFSET(MPEGLAYER3WAVEFORMAT, nBlockSize, 24);

#ifndef ACM_MPEG_LAYER1
#define ACM_MPEG_LAYER1 0x0001
#endif
#ifndef ACM_MPEG_LAYER2
#define ACM_MPEG_LAYER2 0x0002
#endif
#ifndef ACM_MPEG_LAYER3
#define ACM_MPEG_LAYER3 0x0004
#endif
#ifndef ACM_MPEG_STEREO
#define ACM_MPEG_STEREO 0x0001
#endif
#ifndef ACM_MPEG_JOINTSTEREO
#define ACM_MPEG_JOINTSTEREO 0x0002
#endif
#ifndef ACM_MPEG_DUALCHANNEL
#define ACM_MPEG_DUALCHANNEL 0x0004
#endif
#ifndef ACM_MPEG_SINGLECHANNEL
#define ACM_MPEG_SINGLECHANNEL 0x0008
#endif
#ifndef ACM_MPEG_PRIVATEBIT
#define ACM_MPEG_PRIVATEBIT 0x0001
#endif
#ifndef ACM_MPEG_COPYRIGHT
#define ACM_MPEG_COPYRIGHT 0x0002
#endif
#ifndef ACM_MPEG_ORIGINALHOME
#define ACM_MPEG_ORIGINALHOME 0x0004
#endif
#ifndef ACM_MPEG_PROTECTIONBIT
#define ACM_MPEG_PROTECTIONBIT 0x0008
#endif
#ifndef ACM_MPEG_ID_MPEG1
#define ACM_MPEG_ID_MPEG1 0x0010
#endif
#ifndef MPEGLAYER3_WFX_EXTRA_BYTES
#define MPEGLAYER3_WFX_EXTRA_BYTES 12
#endif
#ifndef MPEGLAYER3_ID_UNKNOWN
#define MPEGLAYER3_ID_UNKNOWN 0
#endif
#ifndef MPEGLAYER3_ID_MPEG
#define MPEGLAYER3_ID_MPEG 1
#endif
#ifndef MPEGLAYER3_ID_CONSTANTFRAMESIZE
#define MPEGLAYER3_ID_CONSTANTFRAMESIZE 2
#endif
#ifndef MPEGLAYER3_FLAG_PADDING_ISO
#define MPEGLAYER3_FLAG_PADDING_ISO 0x00000000
#endif
#ifndef MPEGLAYER3_FLAG_PADDING_ON
#define MPEGLAYER3_FLAG_PADDING_ON 0x00000001
#endif
#ifndef MPEGLAYER3_FLAG_PADDING_OFF
#define MPEGLAYER3_FLAG_PADDING_OFF 0x00000002
#endif

#endif /* MMSYSTEM_CODECS_H */
