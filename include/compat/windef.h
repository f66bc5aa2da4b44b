/* windef.h: the types, keywords and macros of windows.h. */
#include "mmsystem_windef.h"
#ifndef NOMINMAX
#include "mmsystem_minmax.h"
#endif
