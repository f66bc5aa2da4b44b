/* mmsystem_types.h: the basic Windows types that mmsystem.h uses.
 *
 * A project can keep its own types: MMSYSTEM_NO_TYPES leaves all of these to it, and a type whose name is already a macro
 * is not defined (`#define DWORD DWORD` after a typedef suffices). mmsystem.h asserts that the project's types have the
 * layout that the library was built with. */
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
