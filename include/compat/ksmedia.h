/* ksmedia.h: its contents are in mmreg.h. */
#include "../mmreg.h"
