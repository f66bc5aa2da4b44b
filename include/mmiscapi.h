/* mmiscapi.h: mmio alone.
 *
 * It defines no type but those of mmio itself (FOURCC, MMRESULT, HPSTR, HPCSTR; with MMSYSTEM_NO_TYPES not these
 * either), no calling convention and no format of sound, so that a project with a windows.h and an mmsystem.h of its
 * own can include it beside them, as <mmsystem/mmiscapi.h>. Where the types of mmsystem.h are there already,
 * mmio is declared with them. */
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
