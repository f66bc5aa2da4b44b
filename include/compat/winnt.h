/* winnt.h: the types and constants of windows.h. */
#include "mmsystem_windef.h"

#include "mmsystem_constants.h"
