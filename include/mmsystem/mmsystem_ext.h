/* For <mmsystem/mmsystem_ext.h> in the source tree, as it is when it is installed. */
#include "../mmsystem_ext.h"
