/* winnt.h: the types and numbers of windows.h. */
#include "mmsystem_windef.h"

#include "mmsystem_constants.h"
