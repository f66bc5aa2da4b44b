/* mmiscapi.h: the mmio functions alone.
 *
 * For projects that have their own windows.h and mmsystem.h, and include this one as <mmsystem/mmiscapi.h>. It defines
 * only the types of mmio itself: FOURCC, MMRESULT, HPSTR and HPCSTR, and not these either with MMSYSTEM_NO_TYPES. If the
 * types of mmsystem.h are already defined, mmio is declared with them. */
#ifndef MMSYSTEM_MMISCAPI_H
#define MMSYSTEM_MMISCAPI_H

#define MMSYSTEM_MMIO_ALONE
#ifndef MMSYSTEM_TYPES_H
#include "mmsystem_hide.h"
#endif
#include "mmsystem.h"
#ifdef MMSYSTEM_HIDDEN
#include "mmsystem_show.h"
#endif
#undef MMSYSTEM_MMIO_ALONE

#endif /* MMSYSTEM_MMISCAPI_H */
