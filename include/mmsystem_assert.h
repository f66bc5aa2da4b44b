/* mmsystem_assert.h: assertions of sizes and offsets, for C89, C++98 and later. */
#ifndef MMSYSTEM_SIZE

#include <stddef.h>

/* C99 and C++98 have no _Static_assert. There is no helper macro either: it would expand a type that is a macro. */
#define MMSYSTEM_SIZE(type, size) typedef char mmsystem_size_of_##type[sizeof(type) == (size) ? 1 : -1]
#define MMSYSTEM_OFFSET(type, member, at)                                                         \
    typedef char mmsystem_offset_of_##type##_##member[offsetof(type, member) == (at) ? 1 : -1]

#endif /* MMSYSTEM_SIZE */
