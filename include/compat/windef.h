/* windef.h: the types of windows.h, and its words. */
#include "mmsystem_windef.h"
#ifndef NOMINMAX
#include "mmsystem_minmax.h"
#endif
