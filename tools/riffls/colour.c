/* colour.c: colours on a terminal. */
#include "riffls.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool is_coloured;

void SetColour(void)
{
    const char *no_color = getenv("NO_COLOR"), *terminal = getenv("TERM");
    is_coloured = isatty(STDOUT_FILENO) && (no_color == NULL || no_color[0] == '\0') && terminal != NULL &&
                  strcmp(terminal, "dumb") != 0;
}

const char *Colour(ColourOf what)
{
    static const char *const codes[] = {"\x1B[2m", "\x1B[1m", "\x1B[31m", "\x1B[33m", "\x1B[0m"};
    return is_coloured ? codes[what] : "";
}
