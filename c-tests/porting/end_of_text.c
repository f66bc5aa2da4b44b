/* says: silence */
/* Text of MS-DOS ends at ^Z there, where a file was opened as text; here the bytes behind it are text, too. */
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
