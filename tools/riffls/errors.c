/* errors.c: messages. */
#include "riffls.h"

#include <stdarg.h>
#include <string.h>

void Complain(const char *name, const char *format, ...)
{
    char safe[1024];
    va_list arguments;
    SafeText(name, strlen(name), sizeof(safe), safe, sizeof(safe));
    HideProgress();
    fflush(stdout);
    fprintf(stderr, "riffls: %s: ", safe);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fprintf(stderr, "\n");
}

void ComplainOf(const char *name, MMRESULT error)
{
    Complain(name, "%s", mmsys_error_text(error));
}
