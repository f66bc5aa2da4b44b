/* dxerr9.h: the older name of dxerr.h. */
#include "dxerr.h"
