/* SOUNDS.C: lists the sounds of SOUNDS.PAK, which it reads through an I/O procedure of its own. Windows 95, 1995. */

#include <windows.h>
#include <mmsystem.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "inc\pak.h"

#define FOURCC_PAK mmioFOURCC('P', 'A', 'K', ' ')

/* A sound that is open. */
typedef struct {
    FILE *fp;
    long start, length;
} SOUND, *PSOUND;

static int FindSound(PSOUND ps, char *name)
{
    PAKHEADER header;
    PAKENTRY entry;
    unsigned long i;

    ps->fp = fopen("sounds.pak", "rb");
    if (ps->fp == NULL || fread(&header, sizeof(header), 1, ps->fp) != 1)
        return FALSE;
    for (i = 0; i < header.count; i++) {
        if (fread(&entry, sizeof(entry), 1, ps->fp) != 1)
            return FALSE;
        if (strcmp(entry.name, name) == 0) {
            ps->start = entry.offset;
            ps->length = entry.length;
            return TRUE;
        }
    }
    return FALSE;
}

LRESULT CALLBACK PakIOProc(LPSTR lpmmioinfo, UINT uMsg, LONG lParam1, LONG lParam2)
{
    LPMMIOINFO lpInfo = (LPMMIOINFO)lpmmioinfo;
    PSOUND ps = (PSOUND)lpInfo->adwInfo[0];
    char *name;
    long count;

    switch (uMsg) {
    case MMIOM_OPEN:
        name = strchr((char *)lParam1, CFSEPCHAR);
        ps = (PSOUND)calloc(1, sizeof(SOUND));
        lpInfo->adwInfo[0] = (DWORD)ps;
        if (name == NULL || !FindSound(ps, name + 1)) {
            if (ps->fp != NULL)
                fclose(ps->fp);
            free(ps);
            return MMIOERR_CANNOTOPEN;
        }
        return 0;

    case MMIOM_READ:
        count = min(lParam2, ps->length - lpInfo->lDiskOffset);
        if (count <= 0)
            return 0;
        fseek(ps->fp, ps->start + lpInfo->lDiskOffset, SEEK_SET);
        count = fread((char *)lParam1, 1, count, ps->fp);
        lpInfo->lDiskOffset += count;
        return count;

    case MMIOM_SEEK:
        if (lParam2 == SEEK_CUR)
            lParam1 += lpInfo->lDiskOffset;
        else if (lParam2 == SEEK_END)
            lParam1 += ps->length;
        return lpInfo->lDiskOffset = lParam1;

    case MMIOM_CLOSE:
        fclose(ps->fp);
        free(ps);
        return 0;
    }
    return -1;
}

/* Writes a SOUNDS.PAK of two sounds. */
static void MakePak(void)
{
    static char sound[48] = "RIFF\050\0\0\0WAVEfmt \020\0\0\0................data\4\0\0\0\200\220\200";
    static char *names[2] = {"boing", "click"};
    PAKHEADER header;
    PAKENTRY entry;
    PCMWAVEFORMAT pcm;
    int i;
    FILE *fp = fopen("sounds.pak", "wb");

    memcpy(header.id, "PAK1", 4);
    header.count = 2;
    fwrite(&header, sizeof(header), 1, fp);
    for (i = 0; i < 2; i++) {
        memset(&entry, 0, sizeof(entry));
        strcpy(entry.name, names[i]);
        entry.offset = sizeof(PAKHEADER) + 2 * sizeof(PAKENTRY) + i * sizeof(sound);
        entry.length = sizeof(sound);
        fwrite(&entry, sizeof(entry), 1, fp);
    }
    for (i = 0; i < 2; i++) {
        pcm.wf.wFormatTag = WAVE_FORMAT_PCM;
        pcm.wf.nChannels = 1;
        pcm.wf.nSamplesPerSec = pcm.wf.nAvgBytesPerSec = 11025 * (i + 1);
        pcm.wf.nBlockAlign = 1;
        pcm.wBitsPerSample = 8;
        memcpy(sound + 20, &pcm, sizeof(pcm));
        fwrite(sound, sizeof(sound), 1, fp);
    }
    fclose(fp);
}

static void ListSound(char *name)
{
    HMMIO hmmio;
    MMCKINFO ckRiff, ck;
    PCMWAVEFORMAT pcm;

    hmmio = mmioOpen(name, NULL, MMIO_READ | MMIO_ALLOCBUF);
    if (hmmio == NULL) {
        printf("%s: not there\n", name);
        return;
    }
    ckRiff.fccType = mmioFOURCC('W', 'A', 'V', 'E');
    mmioDescend(hmmio, &ckRiff, NULL, MMIO_FINDRIFF);
    ck.ckid = mmioFOURCC('f', 'm', 't', ' ');
    mmioDescend(hmmio, &ck, &ckRiff, MMIO_FINDCHUNK);
    mmioRead(hmmio, (HPSTR)&pcm, sizeof(pcm));
    mmioAscend(hmmio, &ck, 0);
    ck.ckid = mmioFOURCC('d', 'a', 't', 'a');
    mmioDescend(hmmio, &ck, &ckRiff, MMIO_FINDCHUNK);
    printf("%s: %lu Hz, %lu bytes at %lu\n", name, pcm.wf.nSamplesPerSec, ck.cksize, ck.dwDataOffset);
    mmioClose(hmmio, 0);
}

int main(void)
{
    MakePak();
    mmioInstallIOProc(FOURCC_PAK, PakIOProc, MMIO_INSTALLPROC);
    ListSound("sounds.pak+boing");
    ListSound("sounds.pak+click");
    ListSound("sounds.pak+crash");
    mmioInstallIOProc(FOURCC_PAK, NULL, MMIO_REMOVEPROC);
    return 0;
}
