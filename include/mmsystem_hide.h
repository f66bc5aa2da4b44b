/* mmsystem_hide.h: makes the names of the basic types macros, until mmsystem_show.h. The functions are then declared
 * without the project's types of these names, which may be defined before or after. Included by mmiscapi.h. */
#define MMSYSTEM_HIDDEN

#pragma push_macro("BYTE")
#undef BYTE
#define BYTE uint8_t
#pragma push_macro("WORD")
#undef WORD
#define WORD uint16_t
#pragma push_macro("DWORD")
#undef DWORD
#define DWORD uint32_t
#pragma push_macro("LONG")
#undef LONG
#define LONG int32_t
#pragma push_macro("UINT")
#undef UINT
#define UINT unsigned int
#pragma push_macro("LPARAM")
#undef LPARAM
#define LPARAM intptr_t
#pragma push_macro("LRESULT")
#undef LRESULT
#define LRESULT intptr_t
#pragma push_macro("LPSTR")
#undef LPSTR
#define LPSTR char *
#pragma push_macro("LPCSTR")
#undef LPCSTR
#define LPCSTR const char *
#pragma push_macro("HTASK")
#undef HTASK
#define HTASK void *
#pragma push_macro("HTASK__")
#undef HTASK__
#define HTASK__ HTASK__
#pragma push_macro("CALLBACK")
#undef CALLBACK
#define CALLBACK
