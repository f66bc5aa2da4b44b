/* mmsystem_types.h: the basic Windows types that mmsystem.h is written in.
 *
 * A project that has types of its own keeps them: MMSYSTEM_NO_TYPES leaves all of these to it, and a name that
 * is a macro already (`#define DWORD DWORD` after a typedef will do) is left alone. mmsystem.h asserts that
 * they have the layout that the library was built with. */
#ifndef MMSYSTEM_TYPES_H
#define MMSYSTEM_TYPES_H

#include "mmsystem_base.h"

#ifndef WINAPI
#define WINAPI
#endif
#ifndef CALLBACK
#define CALLBACK
#endif
#ifndef FAR
#define FAR
#endif

#ifndef MMSYSTEM_NO_TYPES

#ifndef BYTE
typedef uint8_t BYTE;
#endif
#ifndef WORD
typedef uint16_t WORD;
#endif
#ifndef DWORD
typedef uint32_t DWORD;
#endif
#ifndef LONG
typedef int32_t LONG;
#endif
#ifndef UINT
typedef unsigned int UINT;
#endif
#ifndef LONG_PTR
typedef intptr_t LONG_PTR;
#endif
#ifndef LPARAM
typedef intptr_t LPARAM;
#endif
#ifndef LRESULT
typedef intptr_t LRESULT;
#endif
#ifndef LPSTR
typedef char *LPSTR;
#endif
#ifndef LPCSTR
typedef const char *LPCSTR;
#endif

#ifndef WCHAR
#if MMSYSTEM_WCHAR_IS_UTF16
typedef MMSYSTEM_CHAR16 WCHAR;
#else
typedef MMSYSTEM_CHAR32 WCHAR;
#endif
#endif
#ifndef LPWSTR
typedef WCHAR *LPWSTR;
#endif
#ifndef LPCWSTR
typedef const WCHAR *LPCWSTR;
#endif

#endif /* MMSYSTEM_NO_TYPES */

#endif /* MMSYSTEM_TYPES_H */
