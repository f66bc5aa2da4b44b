/* mmsystem_show.h: undoes mmsystem_hide.h. */
#undef MMSYSTEM_HIDDEN

#pragma pop_macro("BYTE")
#pragma pop_macro("WORD")
#pragma pop_macro("DWORD")
#pragma pop_macro("LONG")
#pragma pop_macro("UINT")
#pragma pop_macro("LPARAM")
#pragma pop_macro("LRESULT")
#pragma pop_macro("LPSTR")
#pragma pop_macro("LPCSTR")
#pragma pop_macro("HTASK")
#pragma pop_macro("HTASK__")
#pragma pop_macro("CALLBACK")
