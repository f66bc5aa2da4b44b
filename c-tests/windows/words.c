/* The keywords of Microsoft's compiler, as programs write them.
 *
 * Shows docs/differences.md, Headers: "Calling conventions", "__declspec(x)", "_ASSERTE". */
#include <windows.h>
#include <windowsx.h>
#include <crtdbg.h>
#include <dxerr.h>

#include "check.h"

/* Each where programs have it, even if C89 does not allow that. */
typedef int(__stdcall *STDCALL_PROC)(int);
typedef int(__cdecl *CDECL_PROC)(int);

static int __stdcall DoubleStd(int n)
{
    return n * 2;
}

static int _cdecl DoubleOld(int n)
{
    return n * 2;
}

static int __fastcall DoubleFast(int n)
{
    return n * 2;
}

static __forceinline int DoubleInline(int n)
{
    return n * 2;
}

__declspec(dllexport) int WINAPI DoubleExported(int n);

__declspec(dllexport) int WINAPI DoubleExported(int n)
{
    return n * 2;
}

__declspec(noinline) static int DoubleNoinline(int n)
{
    return n * 2;
}

static __declspec(align(64)) char aligned[64];
static __declspec(thread) int of_this_thread = 3;

struct __declspec(align(32)) Aligned {
    char c;
};

static BOOL CALLBACK Callback(LPVOID lpContext, DWORD dw)
{
    *(DWORD UNALIGNED *)lpContext = dw;
    return TRUE;
}

static void functions_have_one_calling_convention(void)
{
    STDCALL_PROC standard = DoubleStd;
    CDECL_PROC old = DoubleOld;
    standard = DoubleFast;
    old = standard;
    CHECK_EQ(old(1) + DoubleOld(2) + DoubleStd(3) + DoubleInline(4) + DoubleExported(5) + DoubleNoinline(6), 42);
}

static void declarations_have_their_meaning(void)
{
    DWORD words[2] = {1, 2};
    CHECK_EQ((size_t)aligned % 64, 0);
    CHECK_EQ(sizeof(struct Aligned), 32);
    CHECK_EQ(of_this_thread, 3);
    CHECK(Callback(words + 1, 3));
    CHECK(words[0] == 1 && words[1] == 3);
}

static void pointers_of_16_bits_are_pointers(void)
{
    char text[] = "text";
    char __huge *hp = text;
    char _huge *old = hp;
    char FAR *lp = old;
    char NEAR *np = lp;
    char __based(void) *based = np;
    CHECK(based == text);
}

static void arrays_have_a_count(void)
{
    TCHAR szName[_MAX_FNAME + _MAX_EXT];
    char szDrive[_MAX_DRIVE], szDir[_MAX_DIR], szPath[_MAX_PATH];
    CHECK_EQ(ARRAYSIZE(szName), 512);
    CHECK_EQ(_countof(szDir), 256);
    CHECK_EQ(sizeof szDrive, 3);
    CHECK_EQ(sizeof szPath, MAX_PATH);
    CHECK_EQ(sizeof(_off_t), 4);
    UNREFERENCED_PARAMETER(szName);
}

static void assertions_are_for_debugging(void)
{
    int evaluated = 0;
    _ASSERTE(++evaluated);
    _ASSERT(++evaluated);
    _RPT1(_CRT_WARN, "%d", evaluated);
    CHECK_EQ(_CrtCheckMemory(), 1);
    CHECK_EQ(_CrtDumpMemoryLeaks(), 0);
#ifdef _DEBUG
    CHECK_EQ(evaluated, 2);
#else
    CHECK_EQ(evaluated, 0);
#endif
}

static void a_traced_error_is_the_error(void)
{
    HRESULT hr = DXTRACE_ERR(TEXT("opening"), E_FAIL);
    CHECK_EQ(hr, E_FAIL);
    CHECK_EQ(DXTRACE_ERR_MSGBOX(TEXT("reading"), E_OUTOFMEMORY), E_OUTOFMEMORY);
    CHECK_EQ(DXTRACE_ERR_NOMSGBOX(TEXT("closing"), CO_E_NOTINITIALIZED), CO_E_NOTINITIALIZED);
    CHECK_EQ(DXTRACE_MSG(TEXT("text")), 0);
}

/* Each may stand alone, without a warning. */
static void values_may_be_left_unused(void)
{
    HRESULT hr = E_FAIL;
    void *memory = GlobalAllocPtr(GHND, 1);
    DXTRACE_MSG(TEXT("text"));
    DXTRACE_ERR(TEXT("opening"), hr);
    DXTRACE_ERR_MSGBOX(TEXT("reading"), hr);
    DXTRACE_ERR_NOMSGBOX(TEXT("closing"), hr);
    _CrtSetDbgFlag(_CrtSetDbgFlag(_CRTDBG_REPORT_FLAG) | _CRTDBG_LEAK_CHECK_DF);
    _CrtSetBreakAlloc(18);
    _CrtSetReportMode(_CRT_WARN, _CRTDBG_MODE_DEBUG);
    _CrtCheckMemory();
    _CrtDumpMemoryLeaks();
    GlobalLockPtr(memory);
    GlobalUnlockPtr(memory);
    GlobalFreePtr(memory);
}

int main(void)
{
    values_may_be_left_unused();
    a_traced_error_is_the_error();
    functions_have_one_calling_convention();
    declarations_have_their_meaning();
    pointers_of_16_bits_are_pointers();
    arrays_have_a_count();
    assertions_are_for_debugging();
    return report();
}
