/* mmsystem_constants.h: the constants of windows.h, which includes it. A name that is already a macro is not defined. */
#ifndef MMSYSTEM_CONSTANTS_H
#define MMSYSTEM_CONSTANTS_H

/* Files: the constants of CreateFile, SetFilePointer and others. */
#ifndef INVALID_HANDLE_VALUE
#define INVALID_HANDLE_VALUE ((HANDLE)(LONG_PTR)-1)
#endif
#ifndef INVALID_FILE_SIZE
#define INVALID_FILE_SIZE 0xffffffff
#endif
#ifndef INVALID_SET_FILE_POINTER
#define INVALID_SET_FILE_POINTER 0xffffffff
#endif
#ifndef INVALID_FILE_ATTRIBUTES
#define INVALID_FILE_ATTRIBUTES 0xffffffff
#endif
#ifndef HFILE_ERROR
#define HFILE_ERROR ((HFILE)-1)
#endif
#ifndef GENERIC_READ
#define GENERIC_READ 0x80000000
#endif
#ifndef GENERIC_WRITE
#define GENERIC_WRITE 0x40000000
#endif
#ifndef GENERIC_EXECUTE
#define GENERIC_EXECUTE 0x20000000
#endif
#ifndef GENERIC_ALL
#define GENERIC_ALL 0x10000000
#endif
#ifndef FILE_SHARE_READ
#define FILE_SHARE_READ 0x00000001
#endif
#ifndef FILE_SHARE_WRITE
#define FILE_SHARE_WRITE 0x00000002
#endif
#ifndef FILE_SHARE_DELETE
#define FILE_SHARE_DELETE 0x00000004
#endif
#ifndef CREATE_NEW
#define CREATE_NEW 1
#endif
#ifndef CREATE_ALWAYS
#define CREATE_ALWAYS 2
#endif
#ifndef OPEN_EXISTING
#define OPEN_EXISTING 3
#endif
#ifndef OPEN_ALWAYS
#define OPEN_ALWAYS 4
#endif
#ifndef TRUNCATE_EXISTING
#define TRUNCATE_EXISTING 5
#endif
#ifndef FILE_ATTRIBUTE_READONLY
#define FILE_ATTRIBUTE_READONLY 0x00000001
#endif
#ifndef FILE_ATTRIBUTE_HIDDEN
#define FILE_ATTRIBUTE_HIDDEN 0x00000002
#endif
#ifndef FILE_ATTRIBUTE_SYSTEM
#define FILE_ATTRIBUTE_SYSTEM 0x00000004
#endif
#ifndef FILE_ATTRIBUTE_DIRECTORY
#define FILE_ATTRIBUTE_DIRECTORY 0x00000010
#endif
#ifndef FILE_ATTRIBUTE_ARCHIVE
#define FILE_ATTRIBUTE_ARCHIVE 0x00000020
#endif
#ifndef FILE_ATTRIBUTE_NORMAL
#define FILE_ATTRIBUTE_NORMAL 0x00000080
#endif
#ifndef FILE_ATTRIBUTE_TEMPORARY
#define FILE_ATTRIBUTE_TEMPORARY 0x00000100
#endif
#ifndef FILE_FLAG_DELETE_ON_CLOSE
#define FILE_FLAG_DELETE_ON_CLOSE 0x04000000
#endif
#ifndef FILE_FLAG_SEQUENTIAL_SCAN
#define FILE_FLAG_SEQUENTIAL_SCAN 0x08000000
#endif
#ifndef FILE_FLAG_RANDOM_ACCESS
#define FILE_FLAG_RANDOM_ACCESS 0x10000000
#endif
#ifndef FILE_FLAG_NO_BUFFERING
#define FILE_FLAG_NO_BUFFERING 0x20000000
#endif
#ifndef FILE_FLAG_OVERLAPPED
#define FILE_FLAG_OVERLAPPED 0x40000000
#endif
#ifndef FILE_FLAG_WRITE_THROUGH
#define FILE_FLAG_WRITE_THROUGH 0x80000000
#endif
#ifndef FILE_BEGIN
#define FILE_BEGIN 0
#endif
#ifndef FILE_CURRENT
#define FILE_CURRENT 1
#endif
#ifndef FILE_END
#define FILE_END 2
#endif

/* The flags of OpenFile, which have the same values as those of mmioOpen. */
#ifndef OF_READ
#define OF_READ 0x00000000
#endif
#ifndef OF_WRITE
#define OF_WRITE 0x00000001
#endif
#ifndef OF_READWRITE
#define OF_READWRITE 0x00000002
#endif
#ifndef OF_SHARE_COMPAT
#define OF_SHARE_COMPAT 0x00000000
#endif
#ifndef OF_SHARE_EXCLUSIVE
#define OF_SHARE_EXCLUSIVE 0x00000010
#endif
#ifndef OF_SHARE_DENY_WRITE
#define OF_SHARE_DENY_WRITE 0x00000020
#endif
#ifndef OF_SHARE_DENY_READ
#define OF_SHARE_DENY_READ 0x00000030
#endif
#ifndef OF_SHARE_DENY_NONE
#define OF_SHARE_DENY_NONE 0x00000040
#endif
#ifndef OF_PARSE
#define OF_PARSE 0x00000100
#endif
#ifndef OF_DELETE
#define OF_DELETE 0x00000200
#endif
#ifndef OF_CREATE
#define OF_CREATE 0x00001000
#endif
#ifndef OF_EXIST
#define OF_EXIST 0x00004000
#endif

/* Time. */
#ifndef INFINITE
#define INFINITE 0xffffffff
#endif

/* MessageBox. */
#ifndef MB_OK
#define MB_OK 0x00000000
#endif
#ifndef MB_OKCANCEL
#define MB_OKCANCEL 0x00000001
#endif
#ifndef MB_ABORTRETRYIGNORE
#define MB_ABORTRETRYIGNORE 0x00000002
#endif
#ifndef MB_YESNOCANCEL
#define MB_YESNOCANCEL 0x00000003
#endif
#ifndef MB_YESNO
#define MB_YESNO 0x00000004
#endif
#ifndef MB_RETRYCANCEL
#define MB_RETRYCANCEL 0x00000005
#endif
#ifndef MB_ICONHAND
#define MB_ICONHAND 0x00000010
#endif
#ifndef MB_ICONSTOP
#define MB_ICONSTOP 0x00000010
#endif
#ifndef MB_ICONERROR
#define MB_ICONERROR 0x00000010
#endif
#ifndef MB_ICONQUESTION
#define MB_ICONQUESTION 0x00000020
#endif
#ifndef MB_ICONEXCLAMATION
#define MB_ICONEXCLAMATION 0x00000030
#endif
#ifndef MB_ICONWARNING
#define MB_ICONWARNING 0x00000030
#endif
#ifndef MB_ICONASTERISK
#define MB_ICONASTERISK 0x00000040
#endif
#ifndef MB_ICONINFORMATION
#define MB_ICONINFORMATION 0x00000040
#endif
#ifndef MB_DEFBUTTON1
#define MB_DEFBUTTON1 0x00000000
#endif
#ifndef MB_DEFBUTTON2
#define MB_DEFBUTTON2 0x00000100
#endif
#ifndef MB_DEFBUTTON3
#define MB_DEFBUTTON3 0x00000200
#endif
#ifndef MB_APPLMODAL
#define MB_APPLMODAL 0x00000000
#endif
#ifndef MB_SYSTEMMODAL
#define MB_SYSTEMMODAL 0x00001000
#endif
#ifndef MB_TASKMODAL
#define MB_TASKMODAL 0x00002000
#endif
#ifndef MB_SETFOREGROUND
#define MB_SETFOREGROUND 0x00010000
#endif
#ifndef MB_TOPMOST
#define MB_TOPMOST 0x00040000
#endif
#ifndef IDOK
#define IDOK 1
#endif
#ifndef IDCANCEL
#define IDCANCEL 2
#endif
#ifndef IDABORT
#define IDABORT 3
#endif
#ifndef IDRETRY
#define IDRETRY 4
#endif
#ifndef IDIGNORE
#define IDIGNORE 5
#endif
#ifndef IDYES
#define IDYES 6
#endif
#ifndef IDNO
#define IDNO 7
#endif

/* Code pages, and the flags of conversions. */
#ifndef CP_ACP
#define CP_ACP 0
#endif
#ifndef CP_OEMCP
#define CP_OEMCP 1
#endif
#ifndef CP_MACCP
#define CP_MACCP 2
#endif
#ifndef CP_THREAD_ACP
#define CP_THREAD_ACP 3
#endif
#ifndef CP_UTF7
#define CP_UTF7 65000
#endif
#ifndef CP_UTF8
#define CP_UTF8 65001
#endif
#ifndef MB_PRECOMPOSED
#define MB_PRECOMPOSED 0x00000001
#endif
#ifndef MB_COMPOSITE
#define MB_COMPOSITE 0x00000002
#endif
#ifndef MB_USEGLYPHCHARS
#define MB_USEGLYPHCHARS 0x00000004
#endif
#ifndef MB_ERR_INVALID_CHARS
#define MB_ERR_INVALID_CHARS 0x00000008
#endif
#ifndef WC_ERR_INVALID_CHARS
#define WC_ERR_INVALID_CHARS 0x00000080
#endif
#ifndef WC_COMPOSITECHECK
#define WC_COMPOSITECHECK 0x00000200
#endif
#ifndef WC_NO_BEST_FIT_CHARS
#define WC_NO_BEST_FIT_CHARS 0x00000400
#endif

#include "mmsystem_errors.h"

#endif /* MMSYSTEM_CONSTANTS_H */
