/* mmiscapi.h: the name under which the newer headers of Windows have the mmio functions. */
#include "mmsystem.h"
