/* mmsystem_guid.h: GUID, an identifier of 16 bytes. Included by mmreg.h and windows.h.
 *
 * As with the headers of Windows, GUID_DEFINED, or a macro GUID, leaves all of this to the project, and
 * _SYS_GUID_OPERATOR_EQ_ leaves it the operators of C++. */
#ifndef MMSYSTEM_GUID_H
#define MMSYSTEM_GUID_H

#include <stdint.h>
#include <string.h>

#include "mmsystem_assert.h"

#if !defined(GUID) && !defined(GUID_DEFINED)
#define GUID_DEFINED
/* For mmreg.h, which defines some GUIDs. */
#define MMSYSTEM_HAS_GUID
typedef struct _GUID {
    uint32_t Data1;
    uint16_t Data2;
    uint16_t Data3;
    uint8_t Data4[8];
} GUID;
MMSYSTEM_SIZE(GUID, 16);
MMSYSTEM_OFFSET(GUID, Data2, 4);
MMSYSTEM_OFFSET(GUID, Data3, 6);
MMSYSTEM_OFFSET(GUID, Data4, 8);

#ifndef LPGUID
typedef GUID *LPGUID;
#endif
#ifndef LPCGUID
typedef const GUID *LPCGUID;
#endif
#ifndef REFGUID
#ifdef __cplusplus
#define REFGUID const GUID &
#else
typedef const GUID *REFGUID;
#endif
#endif

/* IsEqualGUID(a, b): whether two GUIDs are equal. In C++ it takes references, in C pointers. */
#ifdef __cplusplus
/* A program may include this header inside extern "C". */
extern "C++" {
#ifndef IsEqualGUID
inline int IsEqualGUID(const GUID &a, const GUID &b)
{
    return memcmp(&a, &b, sizeof(GUID)) == 0;
}
#endif
#ifndef _SYS_GUID_OPERATOR_EQ_
#define _SYS_GUID_OPERATOR_EQ_
inline bool operator==(const GUID &a, const GUID &b)
{
    return memcmp(&a, &b, sizeof(GUID)) == 0;
}
inline bool operator!=(const GUID &a, const GUID &b)
{
    return !(a == b);
}
#endif
} /* extern "C++" */
#else
#ifndef IsEqualGUID
#define IsEqualGUID(a, b) (memcmp((a), (b), sizeof(GUID)) == 0)
#endif
#endif

#endif

#endif /* MMSYSTEM_GUID_H */
