#include "bench.h"
const Workload contention[] = {{.name = NULL}};
