/* The version in the header is the one that mmsys_version returns.
 *
 * Shows docs/install.md, Versions: "mmsys_version". */
#include <mmsystem_ext.h>

#include "check.h"

int main(void)
{
    char text[32];
    CHECK_EQ(mmsys_version(), MMSYSTEM_VERSION);
    CHECK_EQ(MMSYSTEM_VERSION, MMSYSTEM_VERSION_MAJOR << 16 | MMSYSTEM_VERSION_MINOR << 8 | MMSYSTEM_VERSION_PATCH);
    CHECK(MMSYSTEM_VERSION_MAJOR >= 1 && MMSYSTEM_VERSION_MINOR < 256 && MMSYSTEM_VERSION_PATCH < 256);
    sprintf(text, "%d.%d.%d", MMSYSTEM_VERSION_MAJOR, MMSYSTEM_VERSION_MINOR, MMSYSTEM_VERSION_PATCH);
    CHECK(strcmp(text, MMSYSTEM_VERSION_STRING) == 0);
    return report();
}
