/* windowsx.h: the memory macros of the Windows header. */
#ifndef MMSYSTEM_WINDOWSX_H
#define MMSYSTEM_WINDOWSX_H

#include "windows.h"

#ifndef GlobalPtrHandle
#define GlobalPtrHandle(lp) GlobalHandle(lp)
#endif
#if defined(MMSYSTEM_NO_FUNCTIONS) && !defined(GlobalLockPtr)
#define GlobalLockPtr(lp) ((BOOL)(GlobalLock(GlobalPtrHandle(lp)) != NULL))
#endif
#ifndef GlobalLockPtr
static __inline__ BOOL GlobalLockPtr(const void *lp)
{
    return GlobalLock(GlobalPtrHandle(lp)) != NULL;
}
#endif
#ifndef GlobalUnlockPtr
#define GlobalUnlockPtr(lp) GlobalUnlock(GlobalPtrHandle(lp))
#endif
#ifndef GlobalAllocPtr
#define GlobalAllocPtr(flags, cb) GlobalLock(GlobalAlloc((flags), (cb)))
#endif
#ifndef GlobalReAllocPtr
#define GlobalReAllocPtr(lp, cbNew, flags)                                                        \
    GlobalLock(GlobalReAlloc(GlobalPtrHandle(lp), (cbNew), (flags)))
#endif
/* Frees memory. Returns FALSE. */
#if defined(MMSYSTEM_NO_FUNCTIONS) && !defined(GlobalFreePtr)
#define GlobalFreePtr(lp) GlobalFree(GlobalPtrHandle(lp))
#endif
#ifndef GlobalFreePtr
static __inline__ BOOL GlobalFreePtr(const void *lp)
{
    return GlobalFree(GlobalPtrHandle(lp)) != NULL;
}
#endif

#endif /* MMSYSTEM_WINDOWSX_H */
