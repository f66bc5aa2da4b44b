/* Wrong: a LONG overflows. See too_small.c. */
#include <mmsystem.h>

int main(int argc, char **argv)
{
    LONG position = 0x7fffffff;
    (void)argv;
    position += argc;
    return position == 0;
}
