/* errors.c: messages. */
#include "riffls.h"

#include <stdarg.h>
#include <string.h>

/* Until mmsystem_ext.h has the function of this name. */
const char *mmsys_error_text(MMRESULT error)
{
    static char text[20];
    snprintf(text, sizeof(text), "error %u", (unsigned)error);
    return text;
}

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
