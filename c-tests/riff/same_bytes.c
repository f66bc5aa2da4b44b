/* The same calls create the same RIFF file with every back end, byte for byte, and every byte is found in it again.
 *
 * Shows docs/contract.md, 6. RIFF: "CreateChunk", "Descend", "Ascend".
 * Shows docs/contract.md, 3. The buffer: "No mix of reads, writes, seeks". */
#include "back_ends.h"
#include "random.h"

enum { DEEPEST = 4, ROOM = SERVED_ROOM };

static FOURCC code_for(int n)
{
    return mmioFOURCC('a' + n % 26, 'a' + n / 26 % 26, 'c', 'k');
}

/* The tree as it was written, to compare with what is read. */
struct node {
    FOURCC code, type;
    DWORD size, data;
    int depth;
};

static struct node written[512];
static int nodes_written;

static void write_data(HMMIO file, LONG size)
{
    char data[64];
    MMIOINFO info;
    LONG i;
    for (i = 0; i < size; i++) {
        data[i] = (char)('0' + (i + size) % 60);
    }
    if (below(3) > 0) {
        CHECK_EQ(mmioWrite(file, data, size), size);
        return;
    }
    /* By direct access, if there is a buffer. An unbuffered file has no space in it. */
    info = info_of(file);
    for (i = 0; i < size; i++) {
        if (info.pchNext == info.pchEndWrite && mmioAdvance(file, &info, MMIO_WRITE) != 0) {
            break;
        }
        *info.pchNext++ = data[i];
        info.dwFlags |= MMIO_DIRTY;
    }
    CHECK_EQ(mmioSetInfo(file, &info, 0), 0);
    if (i < size) {
        CHECK_EQ(mmioWrite(file, data + i, size - i), size - i);
    }
}

static void write_tree(HMMIO file, int depth)
{
    int index = nodes_written++, children = below(4), i;
    int is_list = depth < DEEPEST && below(3) > 0;
    MMCKINFO chunk = chunk_of(code_for(index), (DWORD)below(40), is_list ? code_for(index + 300) : 0);
    UINT flags = depth == 0 ? MMIO_CREATERIFF : is_list ? MMIO_CREATELIST : 0;
    if (depth == 0) {
        chunk.fccType = CODE("TREE");
    }
    CHECK_EQ(mmioCreateChunk(file, &chunk, flags), 0);
    if (flags == 0) {
        write_data(file, below(60));
    } else {
        for (i = 0; i < children + (depth == 0 ? 3 : 0); i++) {
            write_tree(file, depth + 1);
        }
    }
    if (below(4) == 0) {
        CHECK_EQ(mmioFlush(file, below(2) ? MMIO_EMPTYBUF : 0), 0);
    }
    CHECK_EQ(mmioAscend(file, &chunk, 0), 0);
    written[index].code = chunk.ckid;
    written[index].type = chunk.fccType;
    written[index].size = chunk.cksize;
    written[index].data = chunk.dwDataOffset;
    written[index].depth = depth;
}

static int read_tree(HMMIO file, const MMCKINFO *parent, int depth, int next)
{
    MMCKINFO chunk;
    while (mmioDescend(file, &chunk, parent, 0) == 0) {
        const struct node *node = &written[next++];
        CHUNK_IS(chunk, node->code, node->size, node->type, node->data, 0);
        CHECK_EQ(depth, node->depth);
        if (next > nodes_written) {
            break;
        }
        if (chunk.fccType != 0) {
            next = read_tree(file, &chunk, depth + 1, next);
        }
        CHECK_EQ(mmioAscend(file, &chunk, 0), 0);
        CHECK_EQ(position_of(file), (LONG)(chunk.dwDataOffset + chunk.cksize + chunk.cksize % 2));
    }
    return next;
}

static void one_tree_is_the_same_everywhere(unsigned first_seed)
{
    static char first[ROOM], other[ROOM];
    LONG first_size = 0;
    int back_end;
    for (back_end = 0; back_end < BACK_ENDS; back_end++) {
        LONG size;
        HMMIO file = create_on(back_end);
        seed = first_seed;
        nodes_written = 0;
        write_tree(file, 0);
        CHECK_EQ(mmioSeek(file, 0, SEEK_SET), 0);
        CHECK_EQ(read_tree(file, NULL, 0, 0), nodes_written);
        size = take_on(back_end, file, back_end == 0 ? first : other, ROOM);
        if (back_end == 0) {
            first_size = size;
            CHECK(size > 12 && size < ROOM);
        } else {
            CHECK_EQ(size, first_size);
            CHECK_BYTES(first, other, (size_t)size);
        }
        file = open_on(back_end, first, first_size);
        CHECK_EQ(read_tree(file, NULL, 0, 0), nodes_written);
        TAKE_IS(back_end, file, first, first_size);
    }
}

int main(void)
{
    unsigned i;
    for (i = 1; i <= 40; i++) {
        one_tree_is_the_same_everywhere(i);
    }
    return report();
}
