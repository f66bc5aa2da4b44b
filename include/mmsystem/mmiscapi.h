/* For <mmsystem/mmiscapi.h> in the source tree, as it is when it is installed. */
#include "../mmiscapi.h"
