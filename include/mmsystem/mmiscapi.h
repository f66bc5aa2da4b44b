/* In the source tree, makes <mmsystem/mmiscapi.h> work as in an installation. */
#include "../mmiscapi.h"
