/* dxerr9.h: an older name of dxerr.h. */
#include "dxerr.h"
