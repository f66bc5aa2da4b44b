/* With MMSYSTEM_WCHAR_UTF16 a WCHAR has 16 bits, and the W names take UTF-16.
 *
 * Shows docs/contract.md, 1. ABI: "MMSYSTEM_WCHAR_UTF16", "UTF-16".
 * Shows docs/contract.md, 2. Names and opening: "Encodings", "An unpaired surrogate", "MMIOERR_INVALIDFILE". */
#define MMSYSTEM_WCHAR_UTF16
#define UNICODE
#include "check.h"

/* U+00E4, a CJK character and one outside the basic plane, which is a pair of surrogates. */
#define WIDE_NAME {0x00e4, '-', 0x58f0, '-', 0xd83d, 0xde00, '.', 'w', 'a', 'v', 0}
#define UTF8_NAME "\xc3\xa4-\xe5\xa3\xb0-\xf0\x9f\x98\x80.wav"
#define NAME_LENGTH 10

static WCHAR name[128] = WIDE_NAME;
static WCHAR second[128] = {0x00fc, '.', 'w', 'a', 'v', 0};

static void a_wide_character_is_one_unit_of_utf16(void)
{
    LPWSTR text = name;
    LPCWSTR constant = text;
    MMSYSTEM_CHAR16 *unit = text;
    CHECK_EQ(sizeof(WCHAR), 2);
    CHECK_EQ(sizeof(MMSYSTEM_CHAR16), 2);
    CHECK_EQ(sizeof(MMSYSTEM_CHAR32), 4);
    CHECK((WCHAR)-1 > 0);
    CHECK(constant == name && unit == name);
}

static void names_are_the_utf16_ones(void)
{
    WCHAR code[] = {'w', 'a', 'v', 0};
    MMSYSTEM_CHAR32 code32[] = {'w', 'a', 'v', 0};
    CHECK(mmioOpen == mmioOpenW);
    CHECK(mmioRename == mmioRenameW);
    CHECK(mmioInstallIOProc == mmioInstallIOProcW);
    CHECK_EQ(mmioStringToFOURCC(code, MMIO_TOUPPER), mmioFOURCC('W', 'A', 'V', ' '));
    CHECK_EQ(mmioStringToFOURCCW(code, 0), mmioFOURCC('w', 'a', 'v', ' '));
    CHECK_EQ(mmioStringToFOURCCU32(code32, 0), mmioFOURCC('w', 'a', 'v', ' '));
}

static void a_name_of_utf16_opens_a_file(void)
{
    char bytes[8];
    MMSYSTEM_CHAR32 name32[] = {0xe4, '-', 0x58f0, '-', 0x1f600, '.', 'w', 'a', 'v', 0};
    HMMIO file = mmioOpen(name, NULL, MMIO_CREATE | MMIO_READWRITE);
    CHECK(file != NULL);
    CHECK_EQ(mmioWrite(file, "hello", 5), 5);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
    CHECK_EQ(get_file(UTF8_NAME, bytes, sizeof bytes), 5);
    CHECK_BYTES(bytes, "hello", 5);
    file = mmioOpenU32(name32, NULL, MMIO_READ);
    CHECK_EQ(mmioRead(file, bytes, 8), 5);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
}

static void half_a_surrogate_pair_is_an_invalid_file(void)
{
    static WCHAR halves[][4] = {{0xd83d, 0}, {'a', 0xde00, 0}, {0xde00, 0xd83d, 0}, {0xd83d, 'a', 0}};
    MMIOINFO info;
    size_t number;
    for (number = 0; number < sizeof halves / sizeof halves[0]; number++) {
        memset(&info, 0, sizeof info);
        CHECK(mmioOpen(halves[number], &info, MMIO_CREATE) == NULL);
        CHECK_EQ(info.wErrorRet, MMIOERR_INVALIDFILE);
        CHECK_EQ(mmioRename(halves[number], second, NULL, 0), MMIOERR_INVALIDFILE);
        CHECK_EQ(mmioRename(name, halves[number], NULL, 0), MMIOERR_INVALIDFILE);
    }
}

static void a_name_is_written_back_in_utf16(void)
{
    WCHAR full[128] = WIDE_NAME;
    size_t length;
    CHECK(mmioOpen(full, NULL, MMIO_EXIST) == (HMMIO)1);
    for (length = 0; full[length] != 0; length++) {
    }
    CHECK(full[0] == '/' && length > NAME_LENGTH);
    CHECK_BYTES(full + length - NAME_LENGTH, name, NAME_LENGTH * sizeof(WCHAR));
}

static void a_file_is_renamed_and_deleted(void)
{
    CHECK_EQ(mmioRename(name, second, NULL, 0), MMSYSERR_NOERROR);
    CHECK_EQ(mmioRename(name, second, NULL, 0), MMIOERR_FILENOTFOUND);
    CHECK(mmioOpen(second, NULL, MMIO_DELETE) == (HMMIO)1);
    CHECK(mmioOpen(second, NULL, MMIO_DELETE) == NULL);
}

int main(void)
{
    a_wide_character_is_one_unit_of_utf16();
    names_are_the_utf16_ones();
    a_name_of_utf16_opens_a_file();
    half_a_surrogate_pair_is_an_invalid_file();
    a_name_is_written_back_in_utf16();
    a_file_is_renamed_and_deleted();
    return report();
}
