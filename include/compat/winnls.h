/* winnls.h: its contents are in windows.h. */
#include "windows.h"
