/* A C program that is linked with two Rust static libraries. */
#include "mmsystem.h"

#include <stddef.h>
#include <stdio.h>

size_t other_length(int number);
int other_catches(void);

int main(void)
{
    char name[] = "program.bin";
    HMMIO file = mmioOpenA(name, NULL, MMIO_CREATE | MMIO_WRITE);
    if (file == NULL || mmioWrite(file, "bytes", 5) != 5 || mmioClose(file, 0) != 0 || other_length(7) != 9)
        return 1;
#ifdef UNWINDS
    if (other_catches() != 1)
        return 2;
#endif
    puts("done");
    return 0;
}
