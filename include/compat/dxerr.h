/* dxerr.h: DXTRACE_*, with which the programs of DirectX pass errors on. Each returns its error and says nothing, as
 * there without _DEBUG. A name that is a macro already is left alone. */
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
