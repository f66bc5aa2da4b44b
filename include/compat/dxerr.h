/* dxerr.h: the macros DXTRACE_* of DirectX. Each returns its error and prints nothing, as on Windows without _DEBUG.
 * A name that is already a macro is not defined. */
#ifndef MMSYSTEM_DXERR_H
#define MMSYSTEM_DXERR_H

#include "windows.h"

/* (A function, as its value may be left unused.) */
#ifndef MMSYSTEM_NO_TYPES
static __inline__ HRESULT mmsystem_traced(HRESULT error)
{
    return error;
}
#define MMSYSTEM_TRACED(hr) mmsystem_traced(hr)
#else
#define MMSYSTEM_TRACED(hr) (hr)
#endif
#ifndef DXTRACE_MSG
#define DXTRACE_MSG(text) MMSYSTEM_TRACED(0)
#endif
#ifndef DXTRACE_ERR
#define DXTRACE_ERR(text, hr) MMSYSTEM_TRACED(hr)
#endif
#ifndef DXTRACE_ERR_MSGBOX
#define DXTRACE_ERR_MSGBOX(text, hr) MMSYSTEM_TRACED(hr)
#endif
#ifndef DXTRACE_ERR_NOMSGBOX
#define DXTRACE_ERR_NOMSGBOX(text, hr) MMSYSTEM_TRACED(hr)
#endif

#endif /* MMSYSTEM_DXERR_H */
