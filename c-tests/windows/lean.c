/* What WIN32_LEAN_AND_MEAN and NOMINMAX leave out.
 *
 * Shows docs/differences.md, Headers: "NOMINMAX leaves both out". */
#define WIN32_LEAN_AND_MEAN
#define NOMINMAX
#include <windows.h>

#if defined(MMSYSTEM_H) || defined(FOURCC_RIFF)
#error mmsystem.h came with a lean windows.h
#endif
#if defined(min) || defined(max)
#error min and max came with NOMINMAX
#endif

static int min(int a, int b)
{
    return a < b ? a : b;
}

#include <mmsystem.h>

#include "check.h"

int main(void)
{
    CHECK_EQ(min(1, 2), 1);
    CHECK_EQ(mmioClose(NULL, 0), MMSYSERR_INVALHANDLE);
    return report();
}
