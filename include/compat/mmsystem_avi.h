/* mmsystem_avi.h: the codes and flags of AVI files. Included by vfw.h and aviriff.h. A name that is already a macro is not
 * defined. */
#ifndef MMSYSTEM_AVI_H
#define MMSYSTEM_AVI_H

#include "windows.h"

/* Not included by windows.h with WIN32_LEAN_AND_MEAN. */
#include "../mmsystem.h"

/* The codes of streams, forms, lists and chunks. */
#ifndef formtypeAVI
#define formtypeAVI mmioFOURCC('A', 'V', 'I', ' ')
#endif
#ifndef listtypeAVIHEADER
#define listtypeAVIHEADER mmioFOURCC('h', 'd', 'r', 'l')
#endif
#ifndef ckidAVIMAINHDR
#define ckidAVIMAINHDR mmioFOURCC('a', 'v', 'i', 'h')
#endif
#ifndef listtypeSTREAMHEADER
#define listtypeSTREAMHEADER mmioFOURCC('s', 't', 'r', 'l')
#endif
#ifndef ckidSTREAMHEADER
#define ckidSTREAMHEADER mmioFOURCC('s', 't', 'r', 'h')
#endif
#ifndef ckidSTREAMFORMAT
#define ckidSTREAMFORMAT mmioFOURCC('s', 't', 'r', 'f')
#endif
#ifndef ckidSTREAMHANDLERDATA
#define ckidSTREAMHANDLERDATA mmioFOURCC('s', 't', 'r', 'd')
#endif
#ifndef ckidSTREAMNAME
#define ckidSTREAMNAME mmioFOURCC('s', 't', 'r', 'n')
#endif
#ifndef listtypeAVIMOVIE
#define listtypeAVIMOVIE mmioFOURCC('m', 'o', 'v', 'i')
#endif
#ifndef listtypeAVIRECORD
#define listtypeAVIRECORD mmioFOURCC('r', 'e', 'c', ' ')
#endif
#ifndef ckidAVINEWINDEX
#define ckidAVINEWINDEX mmioFOURCC('i', 'd', 'x', '1')
#endif
#ifndef ckidAVIPADDING
#define ckidAVIPADDING mmioFOURCC('J', 'U', 'N', 'K')
#endif
#ifndef streamtypeVIDEO
#define streamtypeVIDEO mmioFOURCC('v', 'i', 'd', 's')
#endif
#ifndef streamtypeAUDIO
#define streamtypeAUDIO mmioFOURCC('a', 'u', 'd', 's')
#endif
#ifndef streamtypeMIDI
#define streamtypeMIDI mmioFOURCC('m', 'i', 'd', 's')
#endif
#ifndef streamtypeTEXT
#define streamtypeTEXT mmioFOURCC('t', 'x', 't', 's')
#endif

/* The codes of the chunks of a stream: its number in two digits, and two letters. */
#ifndef MMSYSTEM_NO_TYPES
#ifndef TWOCC
typedef WORD TWOCC;
#endif
#endif
#ifndef aviTWOCC
#define aviTWOCC(ch0, ch1) ((WORD)((WORD)(BYTE)(ch0) | (WORD)(BYTE)(ch1) << 8))
#endif
#ifndef cktypeDIBbits
#define cktypeDIBbits aviTWOCC('d', 'b')
#endif
#ifndef cktypeDIBcompressed
#define cktypeDIBcompressed aviTWOCC('d', 'c')
#endif
#ifndef cktypePALchange
#define cktypePALchange aviTWOCC('p', 'c')
#endif
#ifndef cktypeWAVEbytes
#define cktypeWAVEbytes aviTWOCC('w', 'b')
#endif
#ifndef FromHex
#define FromHex(n) ((n) >= 'A' ? (n) + 10 - 'A' : (n) - '0')
#endif
#ifndef ToHex
#define ToHex(n) ((BYTE)((n) > 9 ? (n) - 10 + 'A' : (n) + '0'))
#endif
#ifndef StreamFromFOURCC
#define StreamFromFOURCC(fcc)                                                                     \
    ((WORD)((FromHex(LOBYTE(LOWORD(fcc))) << 4) + FromHex(HIBYTE(LOWORD(fcc)))))
#endif
#ifndef TWOCCFromFOURCC
#define TWOCCFromFOURCC(fcc) HIWORD(fcc)
#endif
#ifndef MAKEAVICKID
#define MAKEAVICKID(tcc, stream)                                                                  \
    ((DWORD)MAKELONG(ToHex((stream) >> 4 & 0x0f) | ToHex((stream) & 0x0f) << 8, tcc))
#endif

/* The flags of a file, of a stream, and of an entry of the index. */
#ifndef AVIF_HASINDEX
#define AVIF_HASINDEX 0x00000010
#endif
#ifndef AVIF_MUSTUSEINDEX
#define AVIF_MUSTUSEINDEX 0x00000020
#endif
#ifndef AVIF_ISINTERLEAVED
#define AVIF_ISINTERLEAVED 0x00000100
#endif
#ifndef AVIF_WASCAPTUREFILE
#define AVIF_WASCAPTUREFILE 0x00010000
#endif
#ifndef AVIF_COPYRIGHTED
#define AVIF_COPYRIGHTED 0x00020000
#endif
#ifndef AVISF_DISABLED
#define AVISF_DISABLED 0x00000001
#endif
#ifndef AVISF_VIDEO_PALCHANGES
#define AVISF_VIDEO_PALCHANGES 0x00010000
#endif
#ifndef AVIIF_LIST
#define AVIIF_LIST 0x00000001
#endif
#ifndef AVIIF_KEYFRAME
#define AVIIF_KEYFRAME 0x00000010
#endif
#ifndef AVIIF_NO_TIME
#define AVIIF_NO_TIME 0x00000100
#endif

#endif /* MMSYSTEM_AVI_H */
