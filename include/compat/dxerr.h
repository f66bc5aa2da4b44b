/* dxerr.h: the macros DXTRACE_* of DirectX. Each returns its error and prints nothing, as on Windows without _DEBUG.
 * A name that is already a macro is not defined. */
#ifndef MMSYSTEM_DXERR_H
#define MMSYSTEM_DXERR_H

#include "windows.h"

#ifndef DXTRACE_MSG
#define DXTRACE_MSG(text) (0)
#endif
#ifndef DXTRACE_ERR
#define DXTRACE_ERR(text, hr) (hr)
#endif
#ifndef DXTRACE_ERR_MSGBOX
#define DXTRACE_ERR_MSGBOX(text, hr) (hr)
#endif
#ifndef DXTRACE_ERR_NOMSGBOX
#define DXTRACE_ERR_NOMSGBOX(text, hr) (hr)
#endif

#endif /* MMSYSTEM_DXERR_H */
