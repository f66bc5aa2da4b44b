/* ks.h: what there is of it is in mmreg.h. */
#include "../mmreg.h"
