/* mmsys_error_text: the name of each error, and a sentence that explains it.
 *
 * Shows docs/contract.md, 1. ABI: "0 to 21", "BASE 256".
 * Shows docs/tracing.md, How to read a trace: "mmsys_error_text explains each error". */
#include <mmsystem_ext.h>

#include "check.h"

#define EACH(X) \
    X(MMSYSERR_NOERROR) X(MMSYSERR_ERROR) X(MMSYSERR_BADDEVICEID) X(MMSYSERR_NOTENABLED) X(MMSYSERR_ALLOCATED) \
    X(MMSYSERR_INVALHANDLE) X(MMSYSERR_NODRIVER) X(MMSYSERR_NOMEM) X(MMSYSERR_NOTSUPPORTED) X(MMSYSERR_BADERRNUM) \
    X(MMSYSERR_INVALFLAG) X(MMSYSERR_INVALPARAM) X(MMSYSERR_HANDLEBUSY) X(MMSYSERR_INVALIDALIAS) \
    X(MMSYSERR_BADDB) X(MMSYSERR_KEYNOTFOUND) X(MMSYSERR_READERROR) X(MMSYSERR_WRITEERROR) \
    X(MMSYSERR_DELETEERROR) X(MMSYSERR_VALNOTFOUND) X(MMSYSERR_NODRIVERCB) X(MMSYSERR_MOREDATA) \
    X(TIMERR_NOCANDO) X(TIMERR_STRUCT) \
    X(MMIOERR_FILENOTFOUND) X(MMIOERR_OUTOFMEMORY) X(MMIOERR_CANNOTOPEN) X(MMIOERR_CANNOTCLOSE) \
    X(MMIOERR_CANNOTREAD) X(MMIOERR_CANNOTWRITE) X(MMIOERR_CANNOTSEEK) X(MMIOERR_CANNOTEXPAND) \
    X(MMIOERR_CHUNKNOTFOUND) X(MMIOERR_UNBUFFERED) X(MMIOERR_PATHNOTFOUND) X(MMIOERR_ACCESSDENIED) \
    X(MMIOERR_SHARINGVIOLATION) X(MMIOERR_NETWORKERROR) X(MMIOERR_TOOMANYOPENFILES) X(MMIOERR_INVALIDFILE)

static const struct {
    MMRESULT code;
    const char *name;
} ERRORS[] = {
#define NAMED(name) {name, #name},
    EACH(NAMED)
};

#define COUNT (sizeof ERRORS / sizeof *ERRORS)

static void each_error_has_its_name_and_one_sentence(void)
{
    size_t i, j;
    for (i = 0; i < COUNT; i++) {
        const char *text = mmsys_error_text(ERRORS[i].code);
        size_t length = strlen(ERRORS[i].name), whole = strlen(text);
        CHECK(strncmp(text, ERRORS[i].name, length) == 0 && strncmp(text + length, ": ", 2) == 0);
        CHECK(whole > length + 4 && text[whole - 1] == '.' && strchr(text, '\n') == NULL);
        CHECK(strchr(text, '.') == text + whole - 1);
        CHECK(text == mmsys_error_text(ERRORS[i].code));
        for (j = 0; j < i; j++)
            CHECK(strcmp(strchr(text, ':'), strchr(mmsys_error_text(ERRORS[j].code), ':')) != 0);
    }
}

/* Numbers between the two groups of errors, and after them. */
static void any_other_number_is_unknown(void)
{
    const char *none = mmsys_error_text(MMSYSERR_LASTERROR + 1);
    MMRESULT code, known = 0;
    CHECK(strncmp(none, "unknown: ", 9) == 0);
    for (code = 0; code < 1024; code++)
        known += mmsys_error_text(code) != none;
    CHECK_EQ(known, COUNT);
    CHECK(mmsys_error_text(MMIOERR_BASE) == none && mmsys_error_text((MMRESULT)-1) == none);
}

int main(void)
{
    each_error_has_its_name_and_one_sentence();
    any_other_number_is_unknown();
    return report();
}
