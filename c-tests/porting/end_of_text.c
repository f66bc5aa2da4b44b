/* says: silence */
/* On Windows an MS-DOS text ends at ^Z in a file that is opened as text; here the bytes after it are text, too.
 *
 * Shows docs/porting.md, Surprises at run time: "end_of_text.c". */
#include <windows.h>

#include <stdio.h>

int main(void)
{
    char text[16] = "", *end;
    FILE *stream = fopen("list.txt", "wb");
    fputs("a.wav\x1arest", stream);
    fclose(stream);
    stream = fopen("list.txt", "r");
    if (fgets(text, sizeof(text), stream) == NULL)
        return 2;
    fclose(stream);
#ifdef PORTED
    end = strchr(text, 0x1a);
    if (end != NULL)
        *end = 0;
#else
    end = text;
#endif
    return end == NULL || strcmp(text, "a.wav") != 0;
}
