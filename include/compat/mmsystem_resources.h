/* mmsystem_resources.h: the functions that find resources. Programs have no resources here, so they find nothing, and a
 * program that falls back to a file does so. Included by windows.h.
 *
 * MMSYSTEM_NO_FUNCTIONS leaves them to the project, and so does MMSYSTEM_NO_TYPES, which leaves it their types. */
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

/* Returns 0: there is no resource. */
#ifndef SizeofResource
static __inline__ DWORD SizeofResource(HMODULE module, HRSRC resource)
{
    (void)module, (void)resource;
    return 0;
}
#endif

/* Returns FALSE, as on 32-bit and 64-bit Windows: there is nothing to free. */
#ifndef FreeResource
static __inline__ BOOL FreeResource(HGLOBAL memory)
{
    (void)memory;
    return FALSE;
}
#endif

/* Returns NULL: neither the program nor a library has a module. */
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
