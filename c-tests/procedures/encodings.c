/* A procedure gets names in the form in which it was installed, whichever form the caller used.
 *
 * Shows docs/contract.md, 2. Names and opening: "Encodings", "the library converts both ways", "32,767 units".
 * Shows docs/differences.md, Procedures: "A name that has no form in the encoding of a procedure". */
#include "state.h"

/* The exports under their own names: W is UTF-16 here. */
#undef mmioInstallIOProcW
#undef mmioOpenW
#undef mmioRenameW

#define ROOM 600
#define FORMS 3
#define BYTES 0
#define UTF16 1
#define UTF32 2

/* A name in its three forms. */
struct name {
    char bytes[ROOM];
    MMSYSTEM_CHAR16 utf16[ROOM];
    MMSYSTEM_CHAR32 utf32[ROOM];
};

static const struct name names[] = {
    {"a", {'a', 0}, {'a', 0}},
    {"sound file.wav", {'s', 'o', 'u', 'n', 'd', ' ', 'f', 'i', 'l', 'e', '.', 'w', 'a', 'v', 0},
     {'s', 'o', 'u', 'n', 'd', ' ', 'f', 'i', 'l', 'e', '.', 'w', 'a', 'v', 0}},
    {"\xc3\xa4\xc2\x80\xdf\xbf", {0xe4, 0x80, 0x7ff, 0}, {0xe4, 0x80, 0x7ff, 0}},
    {"\xe5\xa3\xb0/\xe0\xa0\x80", {0x58f0, '/', 0x800, 0}, {0x58f0, '/', 0x800, 0}},
    {"\xf0\x9f\x98\x80.wav", {0xd83d, 0xde00, '.', 'w', 'a', 'v', 0}, {0x1f600, '.', 'w', 'a', 'v', 0}},
    {"\xf0\x90\x80\x80\xf4\x8f\xbf\xbf", {0xd800, 0xdc00, 0xdbff, 0xdfff, 0}, {0x10000, 0x10ffff, 0}},
    {"\xed\x9f\xbf\xee\x80\x80", {0xd7ff, 0xe000, 0}, {0xd7ff, 0xe000, 0}},
    {"\xef\xbb\xbf\xef\xbf\xbf\xef\xbf\xbe", {0xfeff, 0xffff, 0xfffe, 0}, {0xfeff, 0xffff, 0xfffe, 0}},
    {"e\xcc\x81", {'e', 0x301, 0}, {'e', 0x301, 0}},
    {"", {0}, {0}}};
#define NAMES (sizeof names / sizeof names[0])

/* The names that the last MMIOM_OPEN or MMIOM_RENAME passed, as bytes of the procedure's form, with their NUL. */
static struct {
    int form, messages, no_name;
    char first[ROOM * 4], second[ROOM * 4];
} got;

static const size_t unit_sizes[FORMS] = {1, 2, 4};

static size_t size_of_text(const char *text, size_t unit)
{
    static const char nul[4] = {0};
    size_t size = 0;
    while (memcmp(text + size, nul, unit) != 0) {
        size += unit;
    }
    return size + unit;
}

static LRESULT record(int form, UINT message, LPARAM first, LPARAM second)
{
    if (message != MMIOM_OPEN && message != MMIOM_RENAME) {
        return 0;
    }
    memset(&got, 0x7f, sizeof got);
    got.form = form;
    got.messages = 1;
    got.no_name = first == 0;
    if (first != 0) {
        memcpy(got.first, (const char *)first, size_of_text((const char *)first, unit_sizes[form]));
    }
    if (message == MMIOM_RENAME) {
        memcpy(got.second, (const char *)second, size_of_text((const char *)second, unit_sizes[form]));
    }
    return 0;
}

static LRESULT CALLBACK bytes_proc(LPSTR info, UINT message, LPARAM first, LPARAM second)
{
    (void)info;
    return record(BYTES, message, first, second);
}

static LRESULT CALLBACK utf16_proc(LPSTR info, UINT message, LPARAM first, LPARAM second)
{
    (void)info;
    return record(UTF16, message, first, second);
}

static LRESULT CALLBACK utf32_proc(LPSTR info, UINT message, LPARAM first, LPARAM second)
{
    (void)info;
    return record(UTF32, message, first, second);
}

static const FOURCC codes[FORMS] = {mmioFOURCC('B', 'Y', 'T', 'E'), mmioFOURCC('U', '1', '6', ' '),
                                    mmioFOURCC('U', '3', '2', ' ')};

static MMIOINFO fresh_with_code(FOURCC code)
{
    got.messages = 0;
    return with_code(code);
}

static HMMIO open_as(int form, const struct name *name, MMIOINFO *info, DWORD flags)
{
    switch (form) {
    case BYTES:
        return mmioOpenA((LPSTR)name->bytes, info, flags);
    case UTF16:
        return mmioOpenW((MMSYSTEM_CHAR16 *)name->utf16, info, flags);
    default:
        return mmioOpenU32((MMSYSTEM_CHAR32 *)name->utf32, info, flags);
    }
}

static MMRESULT rename_as(int form, const struct name *old, const struct name *fresh, const MMIOINFO *info)
{
    switch (form) {
    case BYTES:
        return mmioRenameA(old->bytes, fresh->bytes, info, 0);
    case UTF16:
        return mmioRenameW(old->utf16, fresh->utf16, info, 0);
    default:
        return mmioRenameU32(old->utf32, fresh->utf32, info, 0);
    }
}

/* Checks that the text is the name in that form, with its NUL. */
static void is_name(const char *text, int form, const struct name *name)
{
    const char *expected = form == BYTES   ? name->bytes
                           : form == UTF16 ? (const char *)name->utf16
                                           : (const char *)name->utf32;
    CHECK_BYTES(text, expected, size_of_text(expected, unit_sizes[form]));
}

static void each_procedure_gets_its_form(int caller, int procedure)
{
    size_t number;
    for (number = 0; number < NAMES; number++) {
        const struct name *name = &names[number], *other = &names[(number + 3) % NAMES];
        MMIOINFO info = fresh_with_code(codes[procedure]);
        HMMIO file = open_as(caller, name, &info, MMIO_READ);
        CHECK(file != NULL && info.wErrorRet == 0);
        CHECK_EQ(got.form, procedure);
        is_name(got.first, procedure, name);
        CHECK_EQ(mmioClose(file, 0), 0);
        info = fresh_with_code(codes[procedure]);
        CHECK(open_as(caller, name, &info, MMIO_DELETE) == (HMMIO)1);
        is_name(got.first, procedure, name);
        info = fresh_with_code(codes[procedure]);
        CHECK_EQ(rename_as(caller, name, other, &info), 0);
        CHECK_EQ(got.form, procedure);
        is_name(got.first, procedure, name);
        is_name(got.second, procedure, other);
    }
}

static void refused(int caller, int procedure, const struct name *name)
{
    MMIOINFO info = fresh_with_code(codes[procedure]);
    CHECK(open_as(caller, name, &info, MMIO_READ) == NULL);
    CHECK_EQ(info.wErrorRet, MMIOERR_INVALIDFILE);
    CHECK(open_as(caller, name, &info, MMIO_DELETE) == NULL);
    CHECK_EQ(info.wErrorRet, MMIOERR_INVALIDFILE);
    CHECK_EQ(rename_as(caller, name, &names[0], &info), MMIOERR_INVALIDFILE);
    CHECK_EQ(rename_as(caller, &names[0], name, &info), MMIOERR_INVALIDFILE);
    CHECK_EQ(got.messages, 0);
}

static void a_name_that_is_not_unicode_is_an_invalid_file(int procedure)
{
    static const struct name wrong16[] = {{"", {0xd800, 0}, {0}},
                                          {"", {'a', 0xdfff, 0}, {0}},
                                          {"", {0xdc00, 0xd800, 0}, {0}},
                                          {"", {0xd800, 0xd800, 0xdc00, 0}, {0}},
                                          {"", {'a', 0xdbff, 'b', 0}, {0}}};
    static const struct name wrong32[] = {{"", {0}, {0xd800, 0}},
                                          {"", {0}, {'a', 0xdfff, 0}},
                                          {"", {0}, {0x110000, 0}},
                                          {"", {0}, {'a', 0x7fffffff, 0}},
                                          {"", {0}, {0xd83d, 0xde00, 0}},
                                          {"", {0}, {(MMSYSTEM_CHAR32)-1, 0}}};
    size_t number;
    for (number = 0; number < sizeof wrong16 / sizeof wrong16[0]; number++) {
        refused(UTF16, procedure, &wrong16[number]);
    }
    for (number = 0; number < sizeof wrong32 / sizeof wrong32[0]; number++) {
        refused(UTF32, procedure, &wrong32[number]);
    }
}

/* Bytes that are not UTF-8 have no wide form. A procedure of bytes gets them unchanged. */
static void only_a_procedure_of_bytes_gets_any_bytes(void)
{
    static const char *const texts[] = {"\xff",         "a\x80.wav",        "\xe4.wav",
                                        "\xc3",         "\xe5\xa3",         "\xed\xa0\x80",
                                        "\xc0\xaf",     "\xf4\x90\x80\x80", "\xf0\x9f\x98",
                                        "\x01\x7f\xfe", "\xed\xb0\x80",     "\xf8\x88\x80\x80\x80"};
    size_t number;
    for (number = 0; number < sizeof texts / sizeof texts[0]; number++) {
        struct name name;
        MMIOINFO info = fresh_with_code(codes[BYTES]);
        HMMIO file;
        memset(&name, 0, sizeof name);
        strcpy(name.bytes, texts[number]);
        file = open_as(BYTES, &name, &info, MMIO_READ);
        CHECK(file != NULL);
        is_name(got.first, BYTES, &name);
        CHECK_EQ(mmioClose(file, 0), 0);
        CHECK_EQ(rename_as(BYTES, &name, &name, &info), 0);
        is_name(got.second, BYTES, &name);
        refused(BYTES, UTF16, &name);
        refused(BYTES, UTF32, &name);
    }
}

static void long_names_are_whole(int caller, int procedure)
{
    struct name name;
    MMIOINFO info = fresh_with_code(codes[procedure]);
    HMMIO file;
    int number;
    memset(&name, 0, sizeof name);
    for (number = 0; number < ROOM / 4 - 1; number++) {
        memcpy(name.bytes + number * 4, "\xf0\x9f\x98\x80", 4);
        name.utf16[number * 2] = 0xd83d;
        name.utf16[number * 2 + 1] = 0xde00;
        name.utf32[number] = 0x1f600;
    }
    file = open_as(caller, &name, &info, MMIO_READ);
    CHECK(file != NULL);
    is_name(got.first, procedure, &name);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void a_null_name_is_null_in_every_form(int procedure)
{
    MMIOINFO info = fresh_with_code(codes[procedure]);
    HMMIO files[FORMS];
    int number;
    files[0] = mmioOpenA(NULL, &info, MMIO_READ);
    files[1] = mmioOpenW(NULL, &info, MMIO_READ);
    files[2] = mmioOpenU32(NULL, &info, MMIO_READ);
    for (number = 0; number < FORMS; number++) {
        CHECK(files[number] != NULL);
        CHECK_EQ(mmioClose(files[number], 0), 0);
    }
    CHECK_EQ(got.no_name, 1);
}

static void the_extension_is_found_in_every_form(int caller, int procedure)
{
    static const struct name with_extension[FORMS] = {
        {"\xe5\xa3\xb0.byte+\xc3\xa4", {0x58f0, '.', 'b', 'y', 't', 'e', '+', 0xe4, 0},
         {0x58f0, '.', 'b', 'y', 't', 'e', '+', 0xe4, 0}},
        {"\xe5\xa3\xb0.u16+\xc3\xa4", {0x58f0, '.', 'u', '1', '6', '+', 0xe4, 0}, {0x58f0, '.', 'u', '1', '6', '+', 0xe4, 0}},
        {"\xe5\xa3\xb0.u32+\xc3\xa4", {0x58f0, '.', 'u', '3', '2', '+', 0xe4, 0}, {0x58f0, '.', 'u', '3', '2', '+', 0xe4, 0}}};
    HMMIO file = open_as(caller, &with_extension[procedure], NULL, MMIO_READ);
    CHECK(file != NULL);
    CHECK_EQ(got.form, procedure);
    is_name(got.first, procedure, &with_extension[procedure]);
    CHECK_EQ(mmioClose(file, 0), 0);
}

/* MMIO_UNICODEPROC makes the A form install a procedure of UTF-16, and has no effect on the wide forms. */
static void the_flag_for_unicode_is_utf16(void)
{
    const FOURCC code = mmioFOURCC('F', 'L', 'A', 'G');
    MMIOINFO info = fresh_with_code(code);
    CHECK(mmioInstallIOProcA(code, utf16_proc, MMIO_INSTALLPROC | MMIO_UNICODEPROC) == utf16_proc);
    CHECK(mmioOpenA((LPSTR) "x", &info, MMIO_DELETE) != NULL);
    CHECK_EQ(((const MMSYSTEM_CHAR16 *)(const void *)got.first)[0], 'x');
    CHECK_EQ(((const MMSYSTEM_CHAR16 *)(const void *)got.first)[1], 0);
    CHECK(mmioInstallIOProcU32(code, utf32_proc, MMIO_INSTALLPROC | MMIO_UNICODEPROC) == utf32_proc);
    CHECK(mmioOpenA((LPSTR) "x", &info, MMIO_DELETE) != NULL);
    CHECK_EQ(((const MMSYSTEM_CHAR32 *)(const void *)got.first)[0], 'x');
    CHECK_EQ(((const MMSYSTEM_CHAR32 *)(const void *)got.first)[1], 0);
    CHECK(mmioInstallIOProcA(code, NULL, MMIO_REMOVEPROC) == utf32_proc);
    CHECK(mmioInstallIOProcW(code, NULL, MMIO_FINDPROC) == utf16_proc);
    CHECK(mmioInstallIOProcU32(code, NULL, MMIO_REMOVEPROC) == utf16_proc);
}

static void a_wide_procedure_over_the_disk_gets_wide_names(void)
{
    CHECK(mmioInstallIOProcW(FOURCC_DOS, utf16_proc, MMIO_INSTALLPROC) == utf16_proc);
    got.messages = 0;
    CHECK(mmioOpenA((LPSTR)names[4].bytes, NULL, MMIO_DELETE) == (HMMIO)1);
    is_name(got.first, UTF16, &names[4]);
    CHECK(mmioInstallIOProcW(0, utf16_proc, MMIO_REMOVEPROC) == utf16_proc);
    CHECK_EQ(mmioRenameA("none", "new", NULL, 0), MMIOERR_FILENOTFOUND);
}

int main(void)
{
    int caller, procedure;
    CHECK(mmioInstallIOProcA(codes[BYTES], bytes_proc, MMIO_INSTALLPROC) == bytes_proc);
    CHECK(mmioInstallIOProcW(codes[UTF16], utf16_proc, MMIO_INSTALLPROC) == utf16_proc);
    CHECK(mmioInstallIOProcU32(codes[UTF32], utf32_proc, MMIO_INSTALLPROC) == utf32_proc);
    for (procedure = 0; procedure < FORMS; procedure++) {
        for (caller = 0; caller < FORMS; caller++) {
            each_procedure_gets_its_form(caller, procedure);
            long_names_are_whole(caller, procedure);
            the_extension_is_found_in_every_form(caller, procedure);
        }
        a_name_that_is_not_unicode_is_an_invalid_file(procedure);
        a_null_name_is_null_in_every_form(procedure);
    }
    only_a_procedure_of_bytes_gets_any_bytes();
    the_flag_for_unicode_is_utf16();
    a_wide_procedure_over_the_disk_gets_wide_names();
    return report();
}
