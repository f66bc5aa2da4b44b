/* wingdi.h: the structures of bitmaps and palettes in files; there is nothing that draws. Included by windows.h unless NOGDI
 * is defined. A name that is already a macro is not defined, and with MMSYSTEM_NO_TYPES no structure is. */
#ifndef MMSYSTEM_WINGDI_H
#define MMSYSTEM_WINGDI_H

#include "mmsystem_windef.h"

/* Compression of the pixels. */
#ifndef BI_RGB
#define BI_RGB 0
#endif
#ifndef BI_RLE8
#define BI_RLE8 1
#endif
#ifndef BI_RLE4
#define BI_RLE4 2
#endif
#ifndef BI_BITFIELDS
#define BI_BITFIELDS 3
#endif
#ifndef BI_JPEG
#define BI_JPEG 4
#endif
#ifndef BI_PNG
#define BI_PNG 5
#endif

/* Colours: 0x00bbggrr. */
#ifndef RGB
#define RGB(r, g, b) ((COLORREF)((BYTE)(r) | (WORD)(BYTE)(g) << 8 | (DWORD)(BYTE)(b) << 16))
#endif
#ifndef GetRValue
#define GetRValue(rgb) ((BYTE)(rgb))
#endif
#ifndef GetGValue
#define GetGValue(rgb) ((BYTE)((DWORD)(rgb) >> 8))
#endif
#ifndef GetBValue
#define GetBValue(rgb) ((BYTE)((DWORD)(rgb) >> 16))
#endif

#ifndef MMSYSTEM_NO_TYPES

#ifndef COLORREF
typedef DWORD COLORREF;
#endif
#ifndef RGBQUAD
typedef struct tagRGBQUAD {
    BYTE rgbBlue;
    BYTE rgbGreen;
    BYTE rgbRed;
    BYTE rgbReserved;
} RGBQUAD;
MMSYSTEM_SIZE(RGBQUAD, 4);
#endif
#ifndef RGBTRIPLE
typedef struct tagRGBTRIPLE {
    BYTE rgbtBlue;
    BYTE rgbtGreen;
    BYTE rgbtRed;
} RGBTRIPLE;
MMSYSTEM_SIZE(RGBTRIPLE, 3);
#endif

/* A colour of a palette. The "data" chunk of a RIFF file of the form "PAL " is a LOGPALETTE. */
#ifndef PALETTEENTRY
typedef struct tagPALETTEENTRY {
    BYTE peRed;
    BYTE peGreen;
    BYTE peBlue;
    BYTE peFlags;
} PALETTEENTRY;
MMSYSTEM_SIZE(PALETTEENTRY, 4);
#endif
#ifndef PPALETTEENTRY
typedef PALETTEENTRY *PPALETTEENTRY;
#endif
#ifndef LPPALETTEENTRY
typedef PALETTEENTRY *LPPALETTEENTRY;
#endif
#ifndef LOGPALETTE
typedef struct tagLOGPALETTE {
    WORD palVersion; /* 0x0300 */
    WORD palNumEntries;
    PALETTEENTRY palPalEntry[1]; /* variable length */
} LOGPALETTE;
MMSYSTEM_SIZE(LOGPALETTE, 8);
MMSYSTEM_OFFSET(LOGPALETTE, palNumEntries, 2);
MMSYSTEM_OFFSET(LOGPALETTE, palPalEntry, 4);
#endif
#ifndef PLOGPALETTE
typedef LOGPALETTE *PLOGPALETTE;
#endif
#ifndef LPLOGPALETTE
typedef LOGPALETTE *LPLOGPALETTE;
#endif

/* The header of a bitmap; also the "strf" chunk of a video stream in an AVI file. */
#ifndef BITMAPINFOHEADER
typedef struct tagBITMAPINFOHEADER {
    DWORD biSize; /* 40 */
    LONG biWidth;
    LONG biHeight; /* negative if the first row is the top one */
    WORD biPlanes; /* 1 */
    WORD biBitCount;
    DWORD biCompression; /* BI_*, or the code of a codec */
    DWORD biSizeImage;
    LONG biXPelsPerMeter;
    LONG biYPelsPerMeter;
    DWORD biClrUsed;
    DWORD biClrImportant;
} BITMAPINFOHEADER;
MMSYSTEM_SIZE(BITMAPINFOHEADER, 40);
MMSYSTEM_OFFSET(BITMAPINFOHEADER, biWidth, 4);
MMSYSTEM_OFFSET(BITMAPINFOHEADER, biHeight, 8);
MMSYSTEM_OFFSET(BITMAPINFOHEADER, biPlanes, 12);
MMSYSTEM_OFFSET(BITMAPINFOHEADER, biBitCount, 14);
MMSYSTEM_OFFSET(BITMAPINFOHEADER, biCompression, 16);
MMSYSTEM_OFFSET(BITMAPINFOHEADER, biSizeImage, 20);
MMSYSTEM_OFFSET(BITMAPINFOHEADER, biXPelsPerMeter, 24);
MMSYSTEM_OFFSET(BITMAPINFOHEADER, biYPelsPerMeter, 28);
MMSYSTEM_OFFSET(BITMAPINFOHEADER, biClrUsed, 32);
MMSYSTEM_OFFSET(BITMAPINFOHEADER, biClrImportant, 36);
#endif
#ifndef PBITMAPINFOHEADER
typedef BITMAPINFOHEADER *PBITMAPINFOHEADER;
#endif
#ifndef LPBITMAPINFOHEADER
typedef BITMAPINFOHEADER *LPBITMAPINFOHEADER;
#endif
#ifndef BITMAPINFO
typedef struct tagBITMAPINFO {
    BITMAPINFOHEADER bmiHeader;
    RGBQUAD bmiColors[1]; /* variable length */
} BITMAPINFO;
MMSYSTEM_SIZE(BITMAPINFO, 44);
MMSYSTEM_OFFSET(BITMAPINFO, bmiColors, 40);
#endif
#ifndef PBITMAPINFO
typedef BITMAPINFO *PBITMAPINFO;
#endif
#ifndef LPBITMAPINFO
typedef BITMAPINFO *LPBITMAPINFO;
#endif

/* The header of a BMP file. */
#pragma pack(push, 2)
#ifndef BITMAPFILEHEADER
typedef struct tagBITMAPFILEHEADER {
    WORD bfType; /* "BM" */
    DWORD bfSize;
    WORD bfReserved1;
    WORD bfReserved2;
    DWORD bfOffBits;
} BITMAPFILEHEADER;
MMSYSTEM_SIZE(BITMAPFILEHEADER, 14);
MMSYSTEM_OFFSET(BITMAPFILEHEADER, bfSize, 2);
MMSYSTEM_OFFSET(BITMAPFILEHEADER, bfReserved1, 6);
MMSYSTEM_OFFSET(BITMAPFILEHEADER, bfReserved2, 8);
MMSYSTEM_OFFSET(BITMAPFILEHEADER, bfOffBits, 10);
#endif
#pragma pack(pop)
#ifndef PBITMAPFILEHEADER
typedef BITMAPFILEHEADER *PBITMAPFILEHEADER;
#endif
#ifndef LPBITMAPFILEHEADER
typedef BITMAPFILEHEADER *LPBITMAPFILEHEADER;
#endif

#endif /* MMSYSTEM_NO_TYPES */

#endif /* MMSYSTEM_WINGDI_H */
