/* Parity: memory files: whose memory it is, how it grows, where it ends. */
#include "observe.h"

static LONG step_size, first_size;
static int is_given, is_created;

static HMMIO open_it(char *given)
{
    MMIOINFO info;
    HMMIO file;
    memset(&info, 0, sizeof info);
    info.fccIOProc = FOURCC_MEM;
    info.pchBuffer = given;
    info.cchBuffer = first_size;
    info.adwInfo[0] = (DWORD)step_size;
    begin_step("open");
    file = mmioOpenA(NULL, &info, MMIO_READWRITE | (is_created ? MMIO_CREATE : 0));
    observe_handle("", file);
    observe("wErrorRet of the caller's", info.wErrorRet);
    own.log[0] = 0;
    return file;
}

static void use(void)
{
    char *given = is_given ? (char *)malloc((size_t)first_size + 1) : NULL;
    HMMIO file;
    if (given != NULL)
        memcpy(given, LETTERS, (size_t)first_size);
    file = open_it(given);
    observe_state(file);
    do_write(file, "0123", 4);
    do_write(file, "456789ABCDEF", 12);
    do_seek(file, 2, SEEK_SET);
    do_read(file, 6);
    do_seek(file, 0, SEEK_END);
    do_write(file, "G", 1);
    do_advance(file, NULL, MMIO_WRITE);
    do_seek(file, 100, SEEK_SET);
    do_seek(file, 0, SEEK_SET);
    do_read(file, 40);
    do_read(file, 1);
    do_flush(file, 0);
    observe_content(file);
    begin_step("mmioClose");
    observe("", mmioClose(file, 0));
}

static void directly(void)
{
    MMIOINFO info;
    HMMIO file = open_it(NULL);
    int i;
    mmioGetInfo(file, &info, 0);
    for (i = 0; i < 20 && info.pchBuffer != NULL; i++) {
        if (info.pchNext == info.pchEndWrite) {
            info.dwFlags |= MMIO_DIRTY;
            do_advance(file, &info, MMIO_WRITE);
            if (info.pchNext == info.pchEndWrite)
                break;
        }
        *info.pchNext++ = (char)('a' + i);
    }
    info.dwFlags |= MMIO_DIRTY;
    begin_step("mmioSetInfo");
    observe("", mmioSetInfo(file, &info, 0));
    observe_state(file);
    do_seek(file, 0, SEEK_SET);
    do_read(file, 20);
    begin_step("mmioClose");
    observe("", mmioClose(file, 0));
}

static void chunks_in_memory(void)
{
    MMCKINFO riff, data;
    HMMIO file = open_it(NULL);
    memset(&riff, 0, sizeof riff);
    memset(&data, 0, sizeof data);
    riff.fccType = mmioFOURCC('T', 'E', 'S', 'T');
    data.ckid = mmioFOURCC('d', 'a', 't', 'a');
    begin_step("mmioCreateChunk RIFF");
    observe("", mmioCreateChunk(file, &riff, MMIO_CREATERIFF));
    observe_chunk("riff", &riff);
    begin_step("mmioCreateChunk data");
    observe("", mmioCreateChunk(file, &data, 0));
    observe_chunk("data", &data);
    do_write(file, "abc", 3);
    begin_step("mmioAscend data");
    observe("", mmioAscend(file, &data, 0));
    observe_chunk("data", &data);
    begin_step("mmioAscend RIFF");
    observe("", mmioAscend(file, &riff, 0));
    observe_chunk("riff", &riff);
    observe_content(file);
    begin_step("mmioClose");
    observe("", mmioClose(file, 0));
}

static void buffers(void)
{
    static char other[30] = "other memory";
    HMMIO file = open_it(NULL);
    do_write(file, "abc", 3);
    do_set_buffer(file, other, sizeof other);
    do_read(file, 3);
    do_write(file, "XY", 2);
    do_set_buffer(file, NULL, 20);
    do_write(file, "Z", 1);
    observe_content(file);
    begin_step("mmioClose");
    observe("", mmioClose(file, 0));
}

int main(int argc, char **argv)
{
    static const LONG sizes[] = {16, 5, 0}, steps[] = {0, 1, 16};
    size_t i, j;
    begin("memory", argc, argv);
    for (i = 0; i < COUNT(sizes); i++)
        for (j = 0; j < COUNT(steps); j++) {
            first_size = sizes[i];
            step_size = steps[j];
            for (is_created = 0; is_created < 2; is_created++)
                for (is_given = 0; is_given < 2; is_given++)
                    run_case(use, "use-%d-step-%d%s%s", (int)first_size, (int)step_size, is_created ? "-CREATE" : "",
                             is_given ? "-given" : "");
            is_created = 1;
            run_case(directly, "by-hand-%d-step-%d", (int)first_size, (int)step_size);
            run_case(chunks_in_memory, "chunks-%d-step-%d", (int)first_size, (int)step_size);
            run_case(buffers, "buffers-%d-step-%d", (int)first_size, (int)step_size);
        }
    return 0;
}
