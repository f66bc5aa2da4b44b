/* mmsystem_assert.h: layouts, asserted in every C and C++ that the headers are for. Included by those that do. */
#ifndef MMSYSTEM_SIZE

#include <stddef.h>

/* Not _Static_assert, which C99 and C++98 do not have; and nothing in between, which would expand a type that
 * is a macro. */
#define MMSYSTEM_SIZE(type, size) typedef char mmsystem_size_of_##type[sizeof(type) == (size) ? 1 : -1]
#define MMSYSTEM_OFFSET(type, member, at)                                                         \
    typedef char mmsystem_offset_of_##type##_##member[offsetof(type, member) == (at) ? 1 : -1]

#endif /* MMSYSTEM_SIZE */
