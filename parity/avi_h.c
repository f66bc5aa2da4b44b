/* Parity: the size of each structure of vfw.h and aviriff.h, the offset of each member, and the value of each code,
 * flag and conversion. */
#include "observe.h"

#include <aviriff.h>
#include <stddef.h>
#include <vfw.h>

/* For codes in single quotes. */
#pragma GCC diagnostic ignored "-Wmultichar"

#define SIZE_OF(type) observe("sizeof(" #type ")", (long long)sizeof(type))
#define PLACE(type, member) observe("offsetof(" #type ", " #member ")", (long long)offsetof(type, member))
#define VALUE(constant) observe_flags(#constant, (DWORD)(size_t)(constant))

static void types(void)
{
    begin_step("size");
    SIZE_OF(TWOCC);
    SIZE_OF(MainAVIHeader);
    SIZE_OF(AVIStreamHeader);
    SIZE_OF(AVIINDEXENTRY);
    SIZE_OF(RIFFCHUNK);
    SIZE_OF(LPRIFFCHUNK);
    SIZE_OF(RIFFLIST);
    SIZE_OF(LPRIFFLIST);
    SIZE_OF(AVIMAINHEADER);
    SIZE_OF(AVISTREAMHEADER);
    SIZE_OF(AVIOLDINDEX);
}

static void members(void)
{
    begin_step("place");
    PLACE(MainAVIHeader, dwFlags);
    PLACE(MainAVIHeader, dwTotalFrames);
    PLACE(MainAVIHeader, dwStreams);
    PLACE(MainAVIHeader, dwWidth);
    PLACE(MainAVIHeader, dwReserved);
    PLACE(AVIStreamHeader, wPriority);
    PLACE(AVIStreamHeader, dwInitialFrames);
    PLACE(AVIStreamHeader, dwLength);
    PLACE(AVIStreamHeader, rcFrame);
    PLACE(AVIINDEXENTRY, dwFlags);
    PLACE(AVIINDEXENTRY, dwChunkOffset);
    PLACE(AVIINDEXENTRY, dwChunkLength);
    PLACE(AVIMAINHEADER, dwFlags);
    PLACE(AVIMAINHEADER, dwWidth);
    PLACE(AVIMAINHEADER, dwReserved);
    PLACE(AVISTREAMHEADER, wPriority);
    PLACE(AVISTREAMHEADER, dwLength);
    PLACE(AVISTREAMHEADER, rcFrame);
    PLACE(AVIOLDINDEX, aIndex);
}

static void codes(void)
{
    begin_step("value");
    VALUE(formtypeAVI);
    VALUE(listtypeAVIHEADER);
    VALUE(ckidAVIMAINHDR);
    VALUE(listtypeSTREAMHEADER);
    VALUE(ckidSTREAMHEADER);
    VALUE(ckidSTREAMFORMAT);
    VALUE(ckidSTREAMHANDLERDATA);
    VALUE(ckidSTREAMNAME);
    VALUE(listtypeAVIMOVIE);
    VALUE(listtypeAVIRECORD);
    VALUE(ckidAVINEWINDEX);
    VALUE(ckidAVIPADDING);
    VALUE(streamtypeVIDEO);
    VALUE(streamtypeAUDIO);
    VALUE(streamtypeMIDI);
    VALUE(streamtypeTEXT);
    VALUE(cktypeDIBbits);
    VALUE(cktypeDIBcompressed);
    VALUE(cktypePALchange);
    VALUE(cktypeWAVEbytes);
    VALUE(AVIF_HASINDEX);
    VALUE(AVIF_MUSTUSEINDEX);
    VALUE(AVIF_ISINTERLEAVED);
    VALUE(AVIF_WASCAPTUREFILE);
    VALUE(AVIF_COPYRIGHTED);
    VALUE(AVISF_DISABLED);
    VALUE(AVISF_VIDEO_PALCHANGES);
    VALUE(AVIIF_LIST);
    VALUE(AVIIF_KEYFRAME);
    VALUE(AVIIF_NO_TIME);
    VALUE(AVIIF_TWOCC);
    VALUE(AVIIF_FIRSTPART);
    VALUE(AVIIF_LASTPART);
    VALUE(AVIIF_MIDPART);
    VALUE(AVIIF_NOTIME);
    VALUE(AVIIF_COMPUSE);
    VALUE(AVI_HEADERSIZE);
    VALUE(comptypeDIB);
    VALUE(ckidMAINAVIHEADER);
    VALUE(ckidAVIOLDINDEX);
    VALUE(ckidAVISUPERINDEX);
    VALUE(ckidODML);
    VALUE(ckidAVIEXTHEADER);
    VALUE(ckidSTREAMLIST);
    VALUE(AVIF_TRUSTCKTYPE);
    VALUE(AVIIF_COMPRESSOR);
}

static void conversions(void)
{
    begin_step("value");
    VALUE(aviTWOCC('d', 'b'));
    VALUE(MAKEAVICKID(cktypeWAVEbytes, 0x1b));
    VALUE(StreamFromFOURCC(mmioFOURCC('0', '1', 'w', 'b')));
    VALUE(TWOCCFromFOURCC(mmioFOURCC('0', '1', 'w', 'b')));
    VALUE(FromHex('B'));
    VALUE(ToHex(11));
    VALUE(RIFFROUND(15));
    VALUE(FCC('avih'));
}

int main(int argc, char **argv)
{
    begin("avi_h", argc, argv);
    run_case(types, "types");
    run_case(members, "members");
    run_case(codes, "codes");
    run_case(conversions, "conversions");
    return 0;
}
