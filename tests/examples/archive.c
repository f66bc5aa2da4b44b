/* The members of examples/archive.c, with sounds.tar. Its a/b.wav has 10,000 samples of 16 bits, each of them its index. */
#define main example_main
#include "../../examples/archive.c"
#undef main

#include "check.h"

#define SIZE_OF_MEMBER (44 + 2 * 10000)

static char member[] = "sounds.tar+a/b.wav";

static HMMIO open_member(DWORD flags)
{
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    return OpenMember(member, &info, flags);
}

/* The first byte after a seek; -1 at the end, -2 if the seek fails. */
static int byte_at(HMMIO file, LONG offset, int origin)
{
    BYTE byte;
    LONG count = mmioSeek(file, offset, origin) < 0 ? -2 : mmioRead(file, (HPSTR)&byte, 1);
    return count == 1 ? byte : count == 0 ? -1 : count;
}

static void positions_are_those_of_the_member(DWORD buffering)
{
    HMMIO file = open_member(MMIO_READ | buffering);
    CHECK_EQ(byte_at(file, 0, SEEK_SET), 'R');
    CHECK_EQ(byte_at(file, 44 + 2 * 0x1234, SEEK_SET), 0x34);
    CHECK_EQ(byte_at(file, 2 * 0x1000 - 1, SEEK_CUR), 0x34);
    CHECK_EQ(byte_at(file, -3, SEEK_CUR), 0x33);
    CHECK_EQ(byte_at(file, 2, SEEK_END), 9999 & 0xff);
    CHECK_EQ(byte_at(file, 0, SEEK_END), -1);
    CHECK_EQ(mmioSeek(file, 0, SEEK_CUR), SIZE_OF_MEMBER);
    CHECK_EQ(byte_at(file, 0x7fffffff, SEEK_SET), -1);
    CHECK_EQ(byte_at(file, -0x7fffffff, SEEK_END), -2);
    CHECK_EQ(byte_at(file, SIZE_OF_MEMBER + 1, SEEK_END), -2);
    CHECK_EQ(byte_at(file, SIZE_OF_MEMBER, SEEK_END), 'R');
    CHECK_EQ(mmioSendMessage(file, MMIOM_SEEK, 9, SEEK_SET), 9);
    CHECK_EQ(byte_at(file, 0, SEEK_CUR), 'A');
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void nothing_is_read_past_its_end(DWORD buffering)
{
    static char bytes[SIZE_OF_MEMBER + 100];
    HMMIO file = open_member(MMIO_READ | buffering);
    CHECK_EQ(mmioRead(file, bytes, sizeof bytes), SIZE_OF_MEMBER);
    CHECK_EQ(mmioRead(file, bytes, sizeof bytes), 0);
    CHECK_EQ(mmioSeek(file, SIZE_OF_MEMBER - 3, SEEK_SET), SIZE_OF_MEMBER - 3);
    CHECK_EQ(mmioRead(file, bytes, sizeof bytes), 3);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void chunks_are_found(DWORD buffering)
{
    MMCKINFO riff, data;
    HMMIO file = open_member(MMIO_READ | buffering);
    riff.fccType = mmioFOURCC('W', 'A', 'V', 'E');
    data.ckid = mmioFOURCC('d', 'a', 't', 'a');
    CHECK_EQ(mmioDescend(file, &riff, NULL, MMIO_FINDRIFF), 0);
    CHECK_EQ(mmioDescend(file, &data, &riff, MMIO_FINDCHUNK), 0);
    CHECK_EQ(data.cksize, 20000);
    CHECK_EQ(mmioAscend(file, &data, 0), 0);
    CHECK_EQ(mmioDescend(file, &data, &riff, 0), MMIOERR_CHUNKNOTFOUND);
    CHECK_EQ(mmioDescend(file, &data, NULL, 0), MMIOERR_CHUNKNOTFOUND);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static MMRESULT error_of(char *name, DWORD flags)
{
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    CHECK(OpenMember(name, &info, flags) == NULL);
    return info.wErrorRet;
}

static void nothing_is_written(void)
{
    static char other[] = "sounds.tar+b";
    HMMIO file = open_member(MMIO_READ | MMIO_ALLOCBUF);
    CHECK_EQ(mmioWrite(file, "x", 1), -1);
    CHECK_EQ(mmioSendMessage(file, MMIOM_WRITEFLUSH, (LPARAM) "x", 1), -1);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK_EQ(error_of(member, MMIO_WRITE), MMIOERR_ACCESSDENIED);
    CHECK_EQ(error_of(member, MMIO_READWRITE), MMIOERR_ACCESSDENIED);
    CHECK_EQ(error_of(member, MMIO_CREATE), MMIOERR_ACCESSDENIED);
    CHECK_EQ(error_of(member, MMIO_DELETE), MMIOERR_ACCESSDENIED);
    CHECK_EQ(error_of(other, MMIO_READ), MMIOERR_FILENOTFOUND);
}

/* The share mode applies to the tar file. */
static void others_may_be_kept_out(void)
{
    static char tar[] = "sounds.tar", missing[] = "sounds.tar+b";
    HMMIO writer, reader = open_member(MMIO_READ | MMIO_DENYWRITE);
    CHECK_EQ(error_of(missing, MMIO_READ | MMIO_DENYWRITE), MMIOERR_FILENOTFOUND);
    CHECK(mmioOpen(tar, NULL, MMIO_WRITE | MMIO_DENYNONE) == NULL);
    CHECK_EQ(mmioClose(reader, 0), 0);
    /* Neither call leaves it open. */
    writer = mmioOpen(tar, NULL, MMIO_WRITE | MMIO_DENYNONE);
    CHECK(writer != NULL);
    CHECK_EQ(mmioClose(writer, 0), 0);
}

int main(void)
{
    static const DWORD buffering[] = {0, MMIO_ALLOCBUF};
    int number;
    for (number = 0; number < 2; number++) {
        positions_are_those_of_the_member(buffering[number]);
        nothing_is_read_past_its_end(buffering[number]);
        chunks_are_found(buffering[number]);
    }
    nothing_is_written();
    others_may_be_kept_out();
    return report();
}
