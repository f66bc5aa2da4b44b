/* mmsystem_resources.h: the functions that look for resources. A program has none here, so that each of them finds
 * nothing: code that falls back to a file takes that way. Included by windows.h.
 *
 * MMSYSTEM_NO_FUNCTIONS leaves them to the project, and so does MMSYSTEM_NO_TYPES, without which their types are
 * not there. */
#ifndef MMSYSTEM_RESOURCES_H
#define MMSYSTEM_RESOURCES_H

#ifndef IS_INTRESOURCE
#define IS_INTRESOURCE(name) ((ULONG_PTR)(name) >> 16 == 0)
#endif
#ifndef MAKEINTRESOURCEA
#define MAKEINTRESOURCEA(number) ((LPSTR)(ULONG_PTR)(WORD)(number))
#endif
#ifndef MAKEINTRESOURCEW
#define MAKEINTRESOURCEW(number) ((LPWSTR)(ULONG_PTR)(WORD)(number))
#endif
#ifndef MAKEINTRESOURCE
#ifdef UNICODE
#define MAKEINTRESOURCE MAKEINTRESOURCEW
#else
#define MAKEINTRESOURCE MAKEINTRESOURCEA
#endif
#endif
#ifndef RT_RCDATA
#define RT_RCDATA MAKEINTRESOURCE(10)
#endif

#if !defined(MMSYSTEM_NO_FUNCTIONS) && !defined(MMSYSTEM_NO_TYPES)

/* Returns NULL: there is no such resource. */
#ifndef FindResourceA
static __inline__ HRSRC FindResourceA(HMODULE module, LPCSTR name, LPCSTR type)
{
    (void)module, (void)name, (void)type;
    return NULL;
}
#endif
#ifndef FindResourceW
static __inline__ HRSRC FindResourceW(HMODULE module, LPCWSTR name, LPCWSTR type)
{
    (void)module, (void)name, (void)type;
    return NULL;
}
#endif
#ifndef FindResource
#ifdef UNICODE
#define FindResource FindResourceW
#else
#define FindResource FindResourceA
#endif
#endif

/* Returns NULL: there is nothing to load. */
#ifndef LoadResource
static __inline__ HGLOBAL LoadResource(HMODULE module, HRSRC resource)
{
    (void)module, (void)resource;
    return NULL;
}
#endif

/* Returns NULL: nothing was loaded. */
#ifndef LockResource
static __inline__ LPVOID LockResource(HGLOBAL memory)
{
    (void)memory;
    return NULL;
}
#endif

/* Returns 0, the size of what is not there. */
#ifndef SizeofResource
static __inline__ DWORD SizeofResource(HMODULE module, HRSRC resource)
{
    (void)module, (void)resource;
    return 0;
}
#endif

/* Returns FALSE, as on 32-bit and 64-bit Windows always: nothing is left to be freed. */
#ifndef FreeResource
static __inline__ BOOL FreeResource(HGLOBAL memory)
{
    (void)memory;
    return FALSE;
}
#endif

/* Returns NULL: no program or library has a module here, not even the one that asks. */
#ifndef GetModuleHandleA
static __inline__ HMODULE GetModuleHandleA(LPCSTR name)
{
    (void)name;
    return NULL;
}
#endif
#ifndef GetModuleHandleW
static __inline__ HMODULE GetModuleHandleW(LPCWSTR name)
{
    (void)name;
    return NULL;
}
#endif
#ifndef GetModuleHandle
#ifdef UNICODE
#define GetModuleHandle GetModuleHandleW
#else
#define GetModuleHandle GetModuleHandleA
#endif
#endif

#endif

#endif /* MMSYSTEM_RESOURCES_H */
