/* errors.c: messages. */
#include "riffls.h"

#include <stdarg.h>
#include <string.h>

void PrintError(const char *name, const char *format, ...)
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

void PrintOutputError(const char *out_name, const char *why)
{
    PrintError(strcmp(out_name, "-") == 0 ? "(standard output)" : out_name, "%s", why);
}
