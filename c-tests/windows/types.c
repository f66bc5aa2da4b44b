/* The types, constants and conversions of windows.h.
 *
 * Shows docs/contract.md, 1. ABI: "LONG and DWORD are 32 bit on every platform".
 * Shows docs/differences.md, Headers: "__int64", "min and max".
 * Shows docs/differences.md, Handles: "HandleToLong". */
#include <windows.h>

/* As the header of libjpeg has it. */
#ifndef _BASETSD_H_
typedef long INT32;
#endif

#include "check.h"

static void integers_have_the_size_that_they_have_on_windows(void)
{
    CHECK_EQ(sizeof(CHAR), 1);
    CHECK_EQ(sizeof(UCHAR), 1);
    CHECK_EQ(sizeof(SHORT), 2);
    CHECK_EQ(sizeof(USHORT), 2);
    CHECK_EQ(sizeof(INT), 4);
    CHECK_EQ(sizeof(LONG), 4);
    CHECK_EQ(sizeof(ULONG), 4);
    CHECK_EQ(sizeof(BOOL), 4);
    CHECK_EQ(sizeof(FLOAT), 4);
    CHECK_EQ(sizeof(INT32), 4);
    CHECK_EQ(sizeof(UINT32), 4);
    CHECK_EQ(sizeof(INT64), 8);
    CHECK_EQ(sizeof(UINT64), 8);
    CHECK_EQ(sizeof(HRESULT), 4);
    CHECK((SHORT)-1 < 0 && (INT)-1 < 0 && (LONG)-1 < 0 && (INT32)-1 < 0 && (INT64)-1 < 0);
    CHECK((UCHAR)-1 > 0 && (USHORT)-1 > 0 && (ULONG)-1 > 0 && (UINT32)-1 > 0 && (UINT64)-1 > 0);
}

static void others_have_that_of_a_pointer(void)
{
    CHECK_EQ(sizeof(INT_PTR), sizeof(void *));
    CHECK_EQ(sizeof(UINT_PTR), sizeof(void *));
    CHECK_EQ(sizeof(LONG_PTR), sizeof(void *));
    CHECK_EQ(sizeof(ULONG_PTR), sizeof(void *));
    CHECK_EQ(sizeof(DWORD_PTR), sizeof(void *));
    CHECK_EQ(sizeof(SIZE_T), sizeof(void *));
    CHECK_EQ(sizeof(WPARAM), sizeof(void *));
    CHECK_EQ(sizeof(LPARAM), sizeof(void *));
    CHECK_EQ(sizeof(LRESULT), sizeof(void *));
    CHECK((INT_PTR)-1 < 0 && (LONG_PTR)-1 < 0 && (LPARAM)-1 < 0);
    CHECK((UINT_PTR)-1 > 0 && (ULONG_PTR)-1 > 0 && (DWORD_PTR)-1 > 0 && (WPARAM)-1 > 0 && (SIZE_T)-1 > 0);
}

static void int64_is_a_word_of_the_language(void)
{
    DWORD low = 0xffffffff;
    __extension__ unsigned __int64 large = (unsigned __int64)low + 1;
    CHECK_EQ(sizeof(__int64), 8);
    CHECK((__int64)-1 < 0);
    CHECK_EQ(large >> 32, 1);
    CHECK_EQ((__int64)low * 2, 0x1fffffffe);
    {
        INT64 same = 5;
        __extension__ __int64 *pointer = &same;
        CHECK_EQ(*pointer, 5);
    }
}

/* A structure of a file, in the words of Microsoft's compiler. */
typedef struct {
    unsigned __int32 rate;
    __int16 gain;
    unsigned __int8 __far *name;
    signed __int8 __near *loop;
} SAMPLE;

static void integers_of_each_size_are_words_of_the_language(void)
{
    SAMPLE sample;
    CHECK_EQ(sizeof(sample.rate), 4);
    CHECK_EQ(sizeof(sample.gain), 2);
    CHECK_EQ(sizeof(*sample.name), 1);
    CHECK_EQ(sizeof(*sample.loop), 1);
    CHECK((unsigned __int32)-1 > 0 && (__int32)-1 < 0 && (unsigned __int16)-1 == 0xffff);
}

static VOID PASCAL takes_all_words(IN CONST CHAR FAR *from, OUT CHAR NEAR *to)
{
    *to = *from;
}

static int APIENTRY returns_a_value(void)
{
    return 42;
}

static void pointers_point_to_what_they_name(void)
{
    char bytes[2] = "b";
    BYTE byte = 1;
    WORD word = 2;
    DWORD dword = 3;
    LONG number = 4;
    ULONG large = 5;
    INT integer = 6;
    BOOL truth = TRUE;
    WCHAR wide[2] = {'w', 0};
    PVOID any = bytes;
    LPVOID same = any;
    LPCVOID constant = same;
    PCHAR text = bytes;
    PSTR string = text;
    PCSTR fixed = string;
    LPTSTR generic = NULL;
    LPCTSTR literal = TEXT("text");
    TCHAR first = TEXT('t');
    PTCHAR at = &first;
    PBYTE a = &byte;
    LPBYTE b = a;
    PWORD c = &word;
    LPWORD d = c;
    PDWORD e = &dword;
    LPDWORD f = e;
    PLONG g = &number;
    LPLONG h = g;
    PULONG i = &large;
    PINT j = &integer;
    LPINT k = j;
    PBOOL l = &truth;
    LPBOOL m = l;
    PWSTR n = wide;
    PCWSTR o = n;
    CHECK(constant == bytes && fixed == bytes && generic == NULL && o == wide);
    CHECK(*b == 1 && *d == 2 && *f == 3 && *h == 4 && *i == 5 && *k == 6 && *m == 1);
    CHECK(literal[0] == *at && literal[4] == 0 && sizeof(TEXT("text")) == 5 * sizeof(TCHAR));
    takes_all_words("x", bytes);
    CHECK(bytes[0] == 'x');
    CHECK_EQ(returns_a_value(), 42);
}

DECLARE_HANDLE(HTHING);

static void handles_are_opaque(void)
{
    HANDLE handle = (HANDLE)(UINT_PTR)0x12345678;
    HGLOBAL global = handle;
    HLOCAL local = global;
    HWND window = NULL;
    HTHING thing = (struct HTHING__ *)NULL;
    CHECK(local == handle && window == NULL && thing == NULL);
    CHECK_EQ(HandleToLong(handle), 0x12345678);
    CHECK_EQ(sizeof(HandleToLong(handle)), 4);
    CHECK(LongToHandle(0x12345678) == handle);
    CHECK_EQ(HandleToLong(LongToHandle(-2)), -2);
    CHECK_EQ(MAKELONG(0x5678, 0x1234), 0x12345678);
    CHECK_EQ(MAKELONG(0xffff, 0xffff), -1);
    CHECK_EQ(MAKEWORD(0x34, 0x112), 0x1234);
    CHECK_EQ(LOWORD(0x12345678), 0x5678);
    CHECK_EQ(HIWORD(0x89abcdef), 0x89ab);
    CHECK_EQ(LOBYTE(0x1234), 0x34);
    CHECK_EQ(HIBYTE(0x1234), 0x12);
    CHECK_EQ(sizeof(MAKELONG(1, 2)) * 10 + sizeof(HIWORD(0)), 42);
}

/* Procedures keep the handle of another file in adwInfo, whose words have 32 bits. */
static void a_file_survives_a_conversion_to_long(void)
{
    char byte = 'x';
    MMIOINFO info;
    HMMIO file;
    LONG number;
    ZeroMemory(&info, sizeof info);
    info.fccIOProc = FOURCC_MEM;
    info.pchBuffer = &byte;
    info.cchBuffer = 1;
    file = mmioOpen(NULL, &info, MMIO_READ);
    number = HandleToLong(file);
    CHECK((HMMIO)LongToHandle(number) == file);
    CHECK((HMMIO)(UINT_PTR)(DWORD)number == file);
    CHECK_EQ(mmioClose((HMMIO)LongToHandle(number), 0), MMSYSERR_NOERROR);
}

static void results_are_those_of_windows(void)
{
    CHECK_EQ(S_OK, 0);
    CHECK_EQ(S_FALSE, 1);
    CHECK_EQ((DWORD)E_NOTIMPL, 0x80004001);
    CHECK_EQ((DWORD)E_POINTER, 0x80004003);
    CHECK_EQ((DWORD)E_FAIL, 0x80004005);
    CHECK_EQ((DWORD)E_UNEXPECTED, 0x8000ffff);
    CHECK_EQ((DWORD)E_ACCESSDENIED, 0x80070005);
    CHECK_EQ((DWORD)E_OUTOFMEMORY, 0x8007000e);
    CHECK_EQ((DWORD)E_INVALIDARG, 0x80070057);
    CHECK(SUCCEEDED(S_OK) && SUCCEEDED(S_FALSE) && !FAILED(S_FALSE));
    CHECK(FAILED(E_FAIL) && !SUCCEEDED(E_FAIL) && FAILED(0x80004005));
    CHECK_EQ((DWORD)HRESULT_FROM_WIN32(2), 0x80070002);
    CHECK_EQ(HRESULT_FROM_WIN32(0), S_OK);
    CHECK_EQ(HRESULT_FROM_WIN32(E_FAIL), E_FAIL);
    CHECK_EQ((DWORD)HRESULT_FROM_WIN32((DWORD)14), (DWORD)E_OUTOFMEMORY);
    CHECK_EQ(TRUE, 1);
    CHECK_EQ(FALSE, 0);
    CHECK_EQ(MAX_PATH, 260);
}

static void the_smaller_and_the_larger(void)
{
    WORD narrow = 200;
    int wide = 300;
    CHECK_EQ(min(3, 4), 3);
    CHECK_EQ(max(3, 4), 4);
    CHECK_EQ(min(-1, 1), -1);
    CHECK_EQ(max(narrow, wide), 300);
    CHECK(min(2.5, 3) > 2.4 && max(1, 1.5f) > 1.4);
}

static void memory_is_filled_and_copied(void)
{
    char bytes[8] = "abcdefg";
    CopyMemory(bytes, "xyz", 3);
    CHECK_BYTES(bytes, "xyzdefg", 8);
    MoveMemory(bytes + 1, bytes, 3);
    CHECK_BYTES(bytes, "xxyzefg", 8);
    FillMemory(bytes, 2, 'f');
    CHECK_BYTES(bytes, "ffyzefg", 8);
    ZeroMemory(bytes, 7);
    CHECK_BYTES(bytes, "\0\0\0\0\0\0\0", 8);
}

static void mmio_comes_with_it(void)
{
    CHECK_EQ(FOURCC_RIFF, 0x46464952);
    CHECK_EQ(mmioClose(NULL, 0), MMSYSERR_INVALHANDLE);
}

int main(void)
{
    integers_have_the_size_that_they_have_on_windows();
    others_have_that_of_a_pointer();
    int64_is_a_word_of_the_language();
    integers_of_each_size_are_words_of_the_language();
    pointers_point_to_what_they_name();
    handles_are_opaque();
    a_file_survives_a_conversion_to_long();
    results_are_those_of_windows();
    the_smaller_and_the_larger();
    memory_is_filled_and_copied();
    mmio_comes_with_it();
    return report();
}
