/* windows.h: what programs that use mmio take from the header of that name, and no more.
 *
 * It is in a directory of its own, for projects that have none. One that has types or macros of its own keeps
 * them: MMSYSTEM_NO_TYPES leaves all types to it, MMSYSTEM_NO_FUNCTIONS all functions, and any name that is a macro
 * already is left alone. As on Windows it brings mmsystem.h, unless WIN32_LEAN_AND_MEAN is defined; min and max,
 * unless NOMINMAX is; pictures and palettes, unless NOGDI is; and TCHAR is WCHAR with UNICODE, else char. */
#ifndef MMSYSTEM_WINDOWS_H
#define MMSYSTEM_WINDOWS_H

#include "mmsystem_windef.h"

#include "mmsystem_constants.h"

#include "mmsystem_resources.h"

#ifndef NOGDI
#include "wingdi.h"
#endif

#include <stdarg.h>
#include <string.h>

/* Memory. */

#ifndef ZeroMemory
#define ZeroMemory(destination, length) memset((destination), 0, (length))
#endif
#ifndef FillMemory
#define FillMemory(destination, length, fill) memset((destination), (fill), (length))
#endif
#ifndef CopyMemory
#define CopyMemory(destination, source, length) memcpy((destination), (source), (length))
#endif
#ifndef MoveMemory
#define MoveMemory(destination, source, length) memmove((destination), (source), (length))
#endif

#include "mmsystem_global.h"

#ifndef NOMINMAX
#include "mmsystem_minmax.h"
#endif

#ifndef WIN32_LEAN_AND_MEAN
#include "../mmsystem.h"
#endif

#include "mmsystem_functions.h"

#endif /* MMSYSTEM_WINDOWS_H */
