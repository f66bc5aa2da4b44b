/* crtdbg.h: the debug functions of Microsoft's C library. With _DEBUG assertions are those of assert.h, without it they do
 * nothing; all else does nothing, as on Windows without _DEBUG. A name that is already a macro is not defined. */
#ifndef MMSYSTEM_CRTDBG_H
#define MMSYSTEM_CRTDBG_H

#ifdef _DEBUG
#include <assert.h>
#ifndef _ASSERT
#define _ASSERT(condition) assert(condition)
#endif
#ifndef _ASSERTE
#define _ASSERTE(condition) assert(condition)
#endif
#endif
#ifndef _ASSERT
#define _ASSERT(condition) ((void)0)
#endif
#ifndef _ASSERTE
#define _ASSERTE(condition) ((void)0)
#endif
#ifndef _RPT0
#define _RPT0(kind, format) ((void)0)
#endif
#ifndef _RPT1
#define _RPT1(kind, format, a) ((void)0)
#endif
#ifndef _RPT2
#define _RPT2(kind, format, a, b) ((void)0)
#endif
#ifndef _RPT3
#define _RPT3(kind, format, a, b, c) ((void)0)
#endif
#ifndef _RPT4
#define _RPT4(kind, format, a, b, c, d) ((void)0)
#endif
#ifndef _RPTF0
#define _RPTF0(kind, format) ((void)0)
#endif
#ifndef _RPTF1
#define _RPTF1(kind, format, a) ((void)0)
#endif
#ifndef _RPTF2
#define _RPTF2(kind, format, a, b) ((void)0)
#endif
#ifndef _RPTF3
#define _RPTF3(kind, format, a, b, c) ((void)0)
#endif
#ifndef _RPTF4
#define _RPTF4(kind, format, a, b, c, d) ((void)0)
#endif
#ifndef _CRT_WARN
#define _CRT_WARN 0
#endif
#ifndef _CRT_ERROR
#define _CRT_ERROR 1
#endif
#ifndef _CRT_ASSERT
#define _CRT_ASSERT 2
#endif
#ifndef _CRTDBG_MODE_FILE
#define _CRTDBG_MODE_FILE 0x1
#endif
#ifndef _CRTDBG_MODE_DEBUG
#define _CRTDBG_MODE_DEBUG 0x2
#endif
#ifndef _CRTDBG_MODE_WNDW
#define _CRTDBG_MODE_WNDW 0x4
#endif
#ifndef _CRTDBG_REPORT_FLAG
#define _CRTDBG_REPORT_FLAG -1
#endif
#ifndef _CRTDBG_ALLOC_MEM_DF
#define _CRTDBG_ALLOC_MEM_DF 0x01
#endif
#ifndef _CRTDBG_DELAY_FREE_MEM_DF
#define _CRTDBG_DELAY_FREE_MEM_DF 0x02
#endif
#ifndef _CRTDBG_CHECK_ALWAYS_DF
#define _CRTDBG_CHECK_ALWAYS_DF 0x04
#endif
#ifndef _CRTDBG_CHECK_CRT_DF
#define _CRTDBG_CHECK_CRT_DF 0x10
#endif
#ifndef _CRTDBG_LEAK_CHECK_DF
#define _CRTDBG_LEAK_CHECK_DF 0x20
#endif
/* (Functions, as their values may be left unused.) */
static __inline__ int mmsystem_debug_result(int result)
{
    return result;
}
static __inline__ long mmsystem_debug_number(void)
{
    return 0;
}
#ifndef _CrtSetDbgFlag
#define _CrtSetDbgFlag(flags) mmsystem_debug_result(0)
#endif
#ifndef _CrtSetBreakAlloc
#define _CrtSetBreakAlloc(number) mmsystem_debug_number()
#endif
#ifndef _CrtSetReportMode
#define _CrtSetReportMode(kind, mode) mmsystem_debug_result(0)
#endif
#ifndef _CrtCheckMemory
#define _CrtCheckMemory() mmsystem_debug_result(1)
#endif
#ifndef _CrtDumpMemoryLeaks
#define _CrtDumpMemoryLeaks() mmsystem_debug_result(0)
#endif

#endif /* MMSYSTEM_CRTDBG_H */
