/* Names of more than 32,767 units are an error before they are copied. Allocations are measured where malloc can be
 * replaced.
 *
 * Shows docs/contract.md, 2. Names and opening: "a name of more than 32,767 units", "before it is copied". */
#include "forms.h"

#if defined(__GLIBC__) && !defined(__cplusplus) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
extern void *__libc_malloc(size_t size);
extern void *__libc_realloc(void *block, size_t size);

static size_t largest;

static void note_size(size_t size)
{
    largest = size > largest ? size : largest;
}

void *malloc(size_t size)
{
    note_size(size);
    return __libc_malloc(size);
}

void *realloc(void *block, size_t size)
{
    note_size(size);
    return __libc_realloc(block, size);
}
#else
static size_t largest;
#endif

#define LONGEST 32767
#define LENGTH 3000000

static int messages;

static LRESULT CALLBACK procedure(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
{
    (void)lpmmioinfo, (void)lParam1, (void)lParam2;
    messages += uMsg == MMIOM_OPEN || uMsg == MMIOM_RENAME;
    return 0;
}

/* A name that repeats a piece of text. */
static void *name_of(int form, const char *piece, size_t length)
{
    void *name = malloc((length + 1) * unit(form));
    size_t i, size = strlen(piece);
    for (i = 0; i < length; i++)
        put_unit(form, name, i, (unsigned char)piece[i % size]);
    put_unit(form, name, length, 0);
    return name;
}

static UINT error_with_code(int form, void *name, FOURCC code, DWORD flags)
{
    MMIOINFO info;
    HMMIO file;
    memset(&info, 0, sizeof info);
    info.fccIOProc = code;
    file = open_in(form, name, &info, flags);
    if (flags == MMIO_GETTEMP)
        CHECK(file == (info.wErrorRet == 0 ? NULL : (HMMIO)MMIOERR_FILENOTFOUND));
    else
        CHECK_EQ(file == NULL, info.wErrorRet != 0);
    if (file != NULL && flags == 0)
        CHECK_EQ(mmioClose(file, 0), 0);
    return info.wErrorRet;
}

static MMRESULT rename_error(int form, void *old, void *to)
{
    if (form == BYTES)
        return mmioRenameA((char *)old, (char *)to, NULL, 0);
    if (form == UTF16)
        return mmioRenameW((MMSYSTEM_CHAR16 *)old, (MMSYSTEM_CHAR16 *)to, NULL, 0);
    return mmioRenameU32((MMSYSTEM_CHAR32 *)old, (MMSYSTEM_CHAR32 *)to, NULL, 0);
}

static const char *const pieces[] = {"a", "a/", "a\\", "../", "a/../", "+", "x.own+", "C:", ".", "/"};

static void a_name_that_is_too_long_is_an_error(int form)
{
    static const DWORD flags[] = {MMIO_READ, MMIO_CREATE, MMIO_DELETE, MMIO_PARSE, MMIO_EXIST, MMIO_GETTEMP};
    char other[64];
    size_t piece, flag;
    spell(form, "other", other);
    for (piece = 0; piece < sizeof pieces / sizeof *pieces; piece++) {
        /* Not all pieces at this length: that would take long. */
        void *name = name_of(form, pieces[piece], piece == 0 ? LENGTH : LONGEST + 1);
        largest = 0;
        for (flag = 0; flag < sizeof flags / sizeof *flags; flag++)
            CHECK_EQ(error_with_code(form, name, 0, flags[flag]), MMIOERR_INVALIDFILE);
        CHECK_EQ(error_with_code(form, name, mmioFOURCC('O', 'W', 'N', ' '), 0), MMIOERR_INVALIDFILE);
        CHECK_EQ(rename_error(form, name, other), MMIOERR_INVALIDFILE);
        CHECK_EQ(rename_error(form, other, name), MMIOERR_INVALIDFILE);
        CHECK(largest < 1 << 20);
        free(name);
    }
    CHECK_EQ(messages, 0);
}

/* A procedure may get a name of that length. No disk file has one. */
static void a_long_name_may_be_a_procedures(int form)
{
    size_t piece;
    for (piece = 0; piece < sizeof pieces / sizeof *pieces; piece++) {
        void *name = name_of(form, pieces[piece], LONGEST);
        UINT error;
        messages = 0;
        CHECK_EQ(error_with_code(form, name, mmioFOURCC('O', 'W', 'N', ' '), 0), 0);
        CHECK_EQ(messages, 1);
        error = error_with_code(form, name, FOURCC_DOS, MMIO_READ);
        CHECK(error == (strcmp(pieces[piece], "C:") == 0 ? MMIOERR_PATHNOTFOUND : MMIOERR_INVALIDFILE));
        messages = 0;
        free(name);
    }
}

/* The built-in procedure, called by a program. */
static void the_disk_procedure_refuses_it_too(void)
{
    LPMMIOPROC disk = mmioInstallIOProcA(FOURCC_DOS, NULL, MMIO_FINDPROC);
    char *name = (char *)name_of(BYTES, "a", LENGTH);
    MMIOINFO info;
    memset(&info, 0, sizeof info);
    largest = 0;
    CHECK_EQ(disk((LPSTR)&info, MMIOM_OPEN, (LPARAM)name, 0), MMIOERR_INVALIDFILE);
    CHECK_EQ(disk((LPSTR)&info, MMIOM_RENAME, (LPARAM)name, (LPARAM) "other"), MMIOERR_INVALIDFILE);
    CHECK_EQ(disk((LPSTR)&info, MMIOM_RENAME, (LPARAM) "other", (LPARAM)name), MMIOERR_INVALIDFILE);
    CHECK(largest < 1 << 20);
    free(name);
}

int main(void)
{
    int form;
    CHECK(mmioInstallIOProcA(mmioFOURCC('O', 'W', 'N', ' '), procedure, MMIO_INSTALLPROC) == procedure);
    for (form = BYTES; form < FORMS; form++) {
        a_name_that_is_too_long_is_an_error(form);
        a_long_name_may_be_a_procedures(form);
    }
    the_disk_procedure_refuses_it_too();
    return report();
}
