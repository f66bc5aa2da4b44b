/* With UNICODE the names without a suffix are the W forms, which take wide literals.
 *
 * Shows docs/contract.md, 1. ABI: "UTF-32", "U32", "wchar_t".
 * Shows docs/contract.md, 2. Names and opening: "Encodings", "losslessly". */
#define UNICODE
#include "check.h"

/* U+00E4, a CJK character and one outside the basic plane; and the same in UTF-8. */
#define WIDE_NAME L"\u00e4-\u58f0-\U0001f600.wav"
#define UTF8_NAME "\xc3\xa4-\xe5\xa3\xb0-\xf0\x9f\x98\x80.wav"
#define WIDE_SECOND L"\u00fc.wav"
#define UTF8_SECOND "\xc3\xbc.wav"

static WCHAR name[128] = WIDE_NAME;

static void names_are_the_wide_ones(void)
{
    CHECK(mmioOpen == mmioOpenW);
    CHECK(mmioRename == mmioRenameW);
    CHECK(mmioInstallIOProc == mmioInstallIOProcW);
    CHECK(mmioStringToFOURCC == mmioStringToFOURCCW);
    CHECK_EQ(mmioStringToFOURCC(L"wav", MMIO_TOUPPER), mmioFOURCC('W', 'A', 'V', ' '));
    CHECK_EQ(mmioStringToFOURCC(L"data", 0), mmioFOURCC('d', 'a', 't', 'a'));
}

static void a_literal_opens_a_file(void)
{
    char bytes[8];
    HMMIO file = mmioOpen((LPWSTR)WIDE_NAME, NULL, MMIO_CREATE | MMIO_READWRITE | MMIO_ALLOCBUF);
    CHECK(file != NULL);
    CHECK_EQ(mmioWrite(file, "hello", 5), 5);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
    CHECK_EQ(get_file(UTF8_NAME, bytes, sizeof bytes), 5);
    CHECK_BYTES(bytes, "hello", 5);
    file = mmioOpen(name, NULL, MMIO_READ);
    CHECK_EQ(mmioRead(file, bytes, 8), 5);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
    file = mmioOpenA((LPSTR)UTF8_NAME, NULL, MMIO_READ);
    CHECK(file != NULL);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
}

static void a_name_is_written_back_in_the_wide_form(void)
{
    size_t length, end = sizeof WIDE_NAME / sizeof(WCHAR) - 1;
    WCHAR full[128] = WIDE_NAME;
    CHECK(mmioOpen(full, NULL, MMIO_EXIST) == (HMMIO)1);
    for (length = 0; full[length] != 0; length++) {
    }
    CHECK(full[0] == L'/' && length > end);
    CHECK_BYTES(full + length - end, WIDE_NAME, end * sizeof(WCHAR));
}

static void a_file_is_renamed_and_deleted(void)
{
    char bytes[8];
    CHECK_EQ(mmioRename(WIDE_NAME, WIDE_SECOND, NULL, 0), MMSYSERR_NOERROR);
    CHECK_EQ(get_file(UTF8_SECOND, bytes, sizeof bytes), 5);
    CHECK_EQ(mmioRename(WIDE_NAME, WIDE_SECOND, NULL, 0), MMIOERR_FILENOTFOUND);
    CHECK(mmioOpen((LPWSTR)WIDE_SECOND, NULL, MMIO_DELETE) == (HMMIO)1);
    CHECK(mmioOpen((LPWSTR)WIDE_SECOND, NULL, MMIO_DELETE) == NULL);
    CHECK(fopen(UTF8_SECOND, "rb") == NULL);
}

int main(void)
{
    names_are_the_wide_ones();
    a_literal_opens_a_file();
    a_name_is_written_back_in_the_wide_form();
    a_file_is_renamed_and_deleted();
    return report();
}
