/* mmiscapi.h, behind the project's own windows.h and mmsystem.h. */
#include <mmsystem.h>
#include <windows.h>

#include <mmsystem/mmiscapi.h>
#include <mmsystem/mmsystem_ext.h>

#include "program.h"
