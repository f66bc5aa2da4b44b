/* windows.h: the part of the Windows header that programs with mmio use.
 *
 * It is in a directory of its own, since some projects have a windows.h. MMSYSTEM_NO_TYPES leaves all types to the project,
 * MMSYSTEM_NO_FUNCTIONS all functions, and a name that is already a macro is not defined. As on Windows, it includes
 * mmsystem.h unless WIN32_LEAN_AND_MEAN is defined; it defines min and max unless NOMINMAX is, and bitmaps and palettes
 * unless NOGDI is; TCHAR is WCHAR with UNICODE, and otherwise char. */
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
