/* says: silence */
/* A structure of a file with `long`: no compiler warns, and the file is read wrongly.
 *
 * Shows docs/porting.md, What changes size: "structure_of_long.c". */
#include <windows.h>

typedef struct {
#ifdef PORTED
    DWORD count;
#else
    unsigned long count;
#endif
    char name[4];
} HEADER;

int main(void)
{
    static const BYTE file[8] = {1, 0, 0, 0, 'a', 'b', 'c', 0};
    HEADER header;
    ZeroMemory(&header, sizeof(header));
    CopyMemory(&header, file, sizeof(file));
    return sizeof(HEADER) != 8 || header.name[0] != 'a';
}
