/* In the source tree, makes <mmsystem/mmsystem_ext.h> work as in an installation. */
#include "../mmsystem_ext.h"
