/* mmiscapi.h before the project's own windows.h and mmsystem.h.
 *
 * Shows docs/differences.md, Headers: "mmiscapi.h alone". */
#include <mmsystem/mmiscapi.h>
#include <mmsystem/mmsystem_ext.h>

#include <mmsystem.h>
#include <windows.h>

#include "program.h"
