/* Links: a name that does not exist as given never leads to another file than the system itself would open. `..`
 * after a link is the parent of the directory that it leads to, a dangling link exists, and a name that cannot be
 * checked is not taken for one that does not exist.
 *
 * Shows docs/contract.md, 2. Names and opening: "A name is resolved by the system first", "A dangling link exists".
 * Shows docs/contract.md, 2. Names and opening: "Names from PARSE and EXIST", "Existence is checked", "MMSYSTEM_PATHS=posix".
 * Shows docs/differences.md, Names and opening: "The exact name is tried first".
 * Shows docs/differences.md, Names and opening: "A directory that cannot be read". */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif

#include "forms.h"

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static char here[1024];

static void make_link(const char *to, const char *name)
{
    CHECK_EQ(symlink(to, name), 0);
}

/* Returns whether a file has this content; NULL means that it does not exist. */
static int holds(const char *name, const char *text)
{
    char bytes[64];
    size_t count;
    if (access(name, R_OK) != 0)
        return text == NULL;
    count = get_file(name, bytes, sizeof bytes);
    return text != NULL && count == strlen(text) && memcmp(bytes, text, count) == 0;
}

/* Returns whether MMIO_PARSE or MMIO_EXIST writes this name; "-" means that it returns FALSE. */
static int returns_name(int form, const char *name, DWORD flags, const char *expected)
{
    char buffer[4 * 1024], full[2048];
    spell(form, name, buffer);
    if (open_in(form, buffer, NULL, flags) != TRUE_HANDLE)
        return strcmp(expected, "-") == 0;
    snprintf(full, sizeof full, "%s/%s", here, expected);
    if (is_spelled(form, buffer, full))
        return 1;
    printf("%s in form %d returns %s\n", name, form, form == BYTES ? buffer : "another name");
    return 0;
}

static void create(int form, const char *name)
{
    HMMIO file = open_spelled(form, name, NULL, MMIO_CREATE);
    CHECK_EQ(mmioWrite(file, "new", 3), 3);
    CHECK_EQ(mmioClose(file, 0), 0);
}

/* Creates a temporary file. Returns the error. */
static UINT temporary_error(int form, const char *name)
{
    char buffer[4 * 1024];
    MMIOINFO info;
    HMMIO result;
    memset(&info, 0, sizeof info);
    spell(form, name, buffer);
    result = open_in(form, buffer, &info, MMIO_GETTEMP);
    CHECK(result == (info.wErrorRet == 0 ? NULL : (HMMIO)MMIOERR_FILENOTFOUND));
    return info.wErrorRet;
}

static int count_of(const char *pattern)
{
    char command[256];
    int count = -1;
    FILE *pipe;
    snprintf(command, sizeof command, "ls -d %s 2>/dev/null | wc -l", pattern);
    pipe = popen(command, "r");
    if (pipe != NULL) {
        CHECK_EQ(fscanf(pipe, "%d", &count), 1);
        pclose(pipe);
    }
    return count;
}

/* link leads to a/b, so link/.. is a. */
static void two_dots_after_a_link(int form, const char *up)
{
    char name[256];
    put_file("x.wav", "precious", 8);
    put_file("X.WAV", "PRECIOUS", 8);

    snprintf(name, sizeof name, "%sx.wav", up);
    CHECK_EQ(error_of(form, name, MMIO_READ), MMIOERR_FILENOTFOUND);
    CHECK_EQ(error_of(form, name, MMIO_READWRITE), MMIOERR_FILENOTFOUND);
    CHECK_EQ(error_of(form, name, MMIO_DELETE), MMIOERR_FILENOTFOUND);
    CHECK(returns_name(form, name, MMIO_EXIST, "-"));
    CHECK_EQ(rename_spelled(form, name, "renamed", NULL), MMIOERR_FILENOTFOUND);
    CHECK(holds("x.wav", "precious") && holds("X.WAV", "PRECIOUS"));
    create(form, name);
    CHECK(holds("x.wav", "precious") && holds("X.WAV", "PRECIOUS") && holds("a/x.wav", "new"));

    CHECK_EQ(error_of(form, name, MMIO_READ), 0);
    CHECK_EQ(rename_spelled(form, "x.wav", name, NULL), MMIOERR_ACCESSDENIED);
    CHECK_EQ(rename_spelled(form, name, "moved.wav", NULL), 0);
    CHECK(holds("a/x.wav", NULL) && holds("moved.wav", "new"));
    /* a/x.wav does not exist now. That x.wav exists here does not matter. */
    CHECK_EQ(rename_spelled(form, "moved.wav", name, NULL), 0);
    CHECK(holds("a/x.wav", "new") && holds("x.wav", "precious"));
    /* In another case it exists. */
    snprintf(name, sizeof name, "%sX.wav", up);
    CHECK_EQ(rename_spelled(form, "x.wav", name, NULL), MMIOERR_ACCESSDENIED);
    CHECK_EQ(error_of(form, name, MMIO_READ), 0);
    CHECK_EQ(error_of(form, name, MMIO_DELETE), 0);
    CHECK(holds("a/x.wav", NULL) && holds("x.wav", "precious") && holds("X.WAV", "PRECIOUS"));

    snprintf(name, sizeof name, "%sF", up);
    CHECK_EQ(temporary_error(form, name), 0);
    CHECK_EQ(count_of("a/F*.tmp"), 1);
    CHECK_EQ(count_of("F*.tmp"), 0);
    CHECK_EQ(system("rm a/F*.tmp"), 0);
    CHECK_EQ(unlink("x.wav") + unlink("X.WAV"), 0);
}

/* A program that gets the absolute name and opens that opens the same file. */
static void a_parsed_name_opens_the_same_file(int form)
{
    put_file("x.wav", "precious", 8);
    CHECK(returns_name(form, "link/../x.wav", MMIO_PARSE, "link/../x.wav"));
    CHECK(returns_name(form, "LINK\\.\\..\\x.wav", MMIO_PARSE, "LINK/../x.wav"));
    CHECK(returns_name(form, "link/../../x.wav", MMIO_PARSE, "link/../../x.wav"));
    CHECK(returns_name(form, "dangling/../x.wav", MMIO_PARSE, "dangling/../x.wav"));
    CHECK(returns_name(form, "a/../x.wav", MMIO_PARSE, "x.wav"));
    CHECK(returns_name(form, "none/../x.wav", MMIO_PARSE, "x.wav"));
    CHECK(returns_name(form, "x.wav/../x.wav", MMIO_PARSE, "x.wav"));

    CHECK(returns_name(form, "link/../x.wav", MMIO_EXIST, "-"));
    CHECK(returns_name(form, "link/../../x.wav", MMIO_EXIST, "link/../../x.wav"));
    CHECK(returns_name(form, "Link/../../X.wav", MMIO_EXIST, "link/../../x.wav"));
    CHECK(returns_name(form, "dangling/../x.wav", MMIO_EXIST, "-"));
    CHECK(returns_name(form, "a/../x.wav", MMIO_EXIST, "x.wav"));
    CHECK(returns_name(form, "A/../X.wav", MMIO_EXIST, "x.wav"));
    CHECK(returns_name(form, "none/../x.wav", MMIO_EXIST, "x.wav"));
    CHECK(returns_name(form, "x.wav/../X.wav", MMIO_EXIST, "x.wav"));
    CHECK_EQ(error_of(form, "none/../x.wav", MMIO_READ), 0);
    CHECK_EQ(error_of(form, "x.wav/../X.wav", MMIO_READ), 0);
    CHECK_EQ(error_of(form, "dangling/../x.wav", MMIO_READ), MMIOERR_PATHNOTFOUND);
    CHECK_EQ(error_of(form, "dangling/../x.wav", MMIO_CREATE), MMIOERR_PATHNOTFOUND);
    CHECK(holds("x.wav", "precious"));
    CHECK_EQ(unlink("x.wav"), 0);

    /* A `/` at the end is removed from the name of a directory. */
    CHECK(returns_name(form, "A/", MMIO_EXIST, "a"));
    CHECK(returns_name(form, "a\\B\\.", MMIO_EXIST, "a/b"));
    CHECK(returns_name(form, "link/..", MMIO_EXIST, "link/.."));
    put_file("file", "", 0);
    CHECK(returns_name(form, "file/", MMIO_EXIST, "-"));
    CHECK(returns_name(form, "FILE/", MMIO_EXIST, "-"));
    CHECK_EQ(unlink("file"), 0);
}

/* What is refused for a name is also refused for the name that MMIO_PARSE writes for it. */
static void is_refused_with_the_parsed_name_too(int form, const char *name, const char *expected, DWORD flags)
{
    char full[2048];
    CHECK(error_of(form, name, flags) != 0);
    CHECK(returns_name(form, name, MMIO_PARSE, expected));
    snprintf(full, sizeof full, "%s/%s", here, expected);
    CHECK(error_of(form, full, flags) != 0);
}

/* A name with `/` at its end that is no directory names nothing. For a link it is the directory that the link leads
 * to. */
static void a_separator_at_the_end_means_a_directory(int form)
{
    put_file("victim", "precious", 8);
    is_refused_with_the_parsed_name_too(form, "victim/", "victim/", MMIO_DELETE);
    is_refused_with_the_parsed_name_too(form, "a/..\\victim\\.\\", "victim/", MMIO_DELETE);
    is_refused_with_the_parsed_name_too(form, "victim//", "victim/", MMIO_READWRITE);
    is_refused_with_the_parsed_name_too(form, "victim/.", "victim/", MMIO_CREATE);
    is_refused_with_the_parsed_name_too(form, "VICTIM\\", "VICTIM/", MMIO_DELETE);
    CHECK(holds("victim", "precious"));
    is_refused_with_the_parsed_name_too(form, "link/", "link/", MMIO_DELETE);
    is_refused_with_the_parsed_name_too(form, "link/.", "link/", MMIO_DELETE);
    is_refused_with_the_parsed_name_too(form, "link/c/..", "link/", MMIO_DELETE);
    is_refused_with_the_parsed_name_too(form, "dangling/", "dangling/", MMIO_DELETE);
    CHECK_EQ(count_of("link dangling"), 2);
    CHECK(returns_name(form, "link/", MMIO_EXIST, "link/"));
    CHECK(returns_name(form, "LINK\\.", MMIO_EXIST, "link/"));
    CHECK(returns_name(form, "link", MMIO_EXIST, "link"));
    /* The `/` is removed from the name of a directory, and from one that does not exist. */
    CHECK(returns_name(form, "a/b/", MMIO_PARSE, "a/b"));
    CHECK(returns_name(form, "a/b/..", MMIO_PARSE, "a"));
    CHECK(returns_name(form, "link/./", MMIO_EXIST, "link/"));
    CHECK(returns_name(form, "A\\.", MMIO_PARSE, "A"));
    CHECK(returns_name(form, "none/", MMIO_PARSE, "none"));

    create(form, "A\\\\.\\new");
    CHECK(holds("a/new", "new"));
    create(form, "none\\..\\\\a/new");
    CHECK_EQ(rename_spelled(form, "a/new", "A//.//more", NULL), 0);
    CHECK_EQ(unlink("a/more"), 0);

    CHECK_EQ(rename_spelled(form, "VICTIM/", "moved", NULL), MMIOERR_PATHNOTFOUND);
    CHECK_EQ(unlink("victim") + mkdir("real", 0777), 0);
    CHECK_EQ(rename_spelled(form, "REAL/", "moved", NULL), 0);
    CHECK_EQ(rename_spelled(form, "a\\..\\MOVED\\", "again\\", NULL), 0);
    CHECK_EQ(rename_spelled(form, "none/", "more", NULL), MMIOERR_FILENOTFOUND);
    CHECK_EQ(rmdir("again"), 0);
}

/* With MMSYSTEM_PATHS=posix a `..` removes nothing but a directory. */
static void two_dots_after_a_name_that_is_no_directory(int form)
{
    put_file("v2", "precious", 8);
    CHECK_EQ(setenv("MMSYSTEM_PATHS", "posix", 1), 0);
    is_refused_with_the_parsed_name_too(form, "none/../v2", "none/../v2", MMIO_CREATE);
    is_refused_with_the_parsed_name_too(form, "v2/../v2", "v2/../v2", MMIO_CREATE);
    is_refused_with_the_parsed_name_too(form, "A/../v2", "A/../v2", MMIO_DELETE);
    is_refused_with_the_parsed_name_too(form, "none/more/./../../v2", "none/more/../../v2", MMIO_DELETE);
    is_refused_with_the_parsed_name_too(form, "dangling/../v2", "dangling/../v2", MMIO_DELETE);
    is_refused_with_the_parsed_name_too(form, "v2/", "v2/", MMIO_DELETE);
    CHECK(returns_name(form, "none/../v2", MMIO_EXIST, "-"));
    CHECK(returns_name(form, "a/b/.././../v2", MMIO_EXIST, "v2"));
    CHECK(returns_name(form, "link/../../v2", MMIO_EXIST, "link/../../v2"));
    CHECK(holds("v2", "precious"));
    CHECK_EQ(unsetenv("MMSYSTEM_PATHS") + unlink("v2"), 0);
}

/* name is a dangling link, next to a file NAME. */
static void a_dangling_link_exists(int form)
{
    CHECK_EQ(mkdir("dl", 0777), 0);
    put_file("dl/NAME", "precious", 8);
    make_link("target", "dl/name");
    CHECK_EQ(error_of(form, "dl/name", MMIO_READ), MMIOERR_FILENOTFOUND);
    CHECK_EQ(error_of(form, "dl\\name", MMIO_READWRITE), MMIOERR_FILENOTFOUND);
    CHECK_EQ(error_of(form, "DL/name", MMIO_WRITE), MMIOERR_FILENOTFOUND);
    CHECK(returns_name(form, "dl/name", MMIO_EXIST, "-"));
    CHECK(returns_name(form, "dl/Name", MMIO_EXIST, "dl/NAME"));
    CHECK_EQ(rename_spelled(form, "dl/NAME", "dl/name", NULL), MMIOERR_ACCESSDENIED);
    CHECK_EQ(rename_spelled(form, "dl/NAME", "dl\\name", NULL), MMIOERR_ACCESSDENIED);
    create(form, "dl/name");
    CHECK(holds("dl/NAME", "precious") && holds("dl/target", "new"));
    CHECK_EQ(unlink("dl/target"), 0);
    create(form, "DL\\name");
    CHECK(holds("dl/NAME", "precious") && holds("dl/target", "new"));
    CHECK_EQ(unlink("dl/target"), 0);

    /* The link itself is renamed, and not to a name that exists in another case. */
    put_file("dl/Other", "", 0);
    CHECK_EQ(rename_spelled(form, "dl/name", "dl/OTHER", NULL), MMIOERR_ACCESSDENIED);
    CHECK_EQ(rename_spelled(form, "dl/name", "dl/moved", NULL), 0);
    CHECK_EQ(rename_spelled(form, "dl/Other", "dl/MOVED", NULL), MMIOERR_ACCESSDENIED);
    CHECK_EQ(rename_spelled(form, "dl/moved", "dl/Moved", NULL), 0);
    CHECK_EQ(rename_spelled(form, "dl/Moved", "dl/nAme", NULL), MMIOERR_ACCESSDENIED);
    CHECK_EQ(unlink("dl/Moved"), 0);
    make_link("target", "dl/name");

    CHECK_EQ(error_of(form, "dl/name", MMIO_DELETE), 0);
    CHECK(holds("dl/NAME", "precious"));
    CHECK_EQ(count_of("dl/name"), 0);

    /* A file in a directory that does not exist cannot be created. */
    make_link("none/target", "dl/name");
    CHECK_EQ(error_of(form, "dl/name", MMIO_CREATE), MMIOERR_PATHNOTFOUND);
    CHECK_EQ(unlink("dl/name"), 0);
    /* Nor through a link that leads to itself. */
    make_link("name", "dl/name");
    CHECK_EQ(error_of(form, "dl/name", MMIO_CREATE), MMIOERR_INVALIDFILE);
    CHECK_EQ(error_of(form, "dl/name", MMIO_READ), MMIOERR_INVALIDFILE);
    CHECK(returns_name(form, "dl/name", MMIO_EXIST, "-"));
    CHECK(holds("dl/NAME", "precious"));
    CHECK_EQ(unlink("dl/name") + unlink("dl/NAME") + unlink("dl/Other"), 0);
    CHECK_EQ(rmdir("dl"), 0);
}

/* The same for the directory of a name. */
static void a_directory_that_is_a_dangling_link(int form)
{
    CHECK_EQ(mkdir("DIR", 0777), 0);
    put_file("DIR/x.wav", "precious", 8);
    put_file("new.wav", "x", 1);
    make_link("none", "dir");
    CHECK_EQ(error_of(form, "dir/x.wav", MMIO_READ), MMIOERR_PATHNOTFOUND);
    CHECK_EQ(error_of(form, "dir/x.wav", MMIO_CREATE), MMIOERR_PATHNOTFOUND);
    CHECK_EQ(error_of(form, "dir/x.wav", MMIO_DELETE), MMIOERR_PATHNOTFOUND);
    CHECK(returns_name(form, "dir/x.wav", MMIO_EXIST, "-"));
    CHECK_EQ(rename_spelled(form, "dir/x.wav", "y.wav", NULL), MMIOERR_PATHNOTFOUND);
    CHECK_EQ(rename_spelled(form, "new.wav", "dir/y.wav", NULL), MMIOERR_PATHNOTFOUND);
    CHECK_EQ(temporary_error(form, "dir/F"), MMIOERR_PATHNOTFOUND);
    CHECK(holds("DIR/x.wav", "precious"));
    CHECK_EQ(count_of("DIR/*"), 1);
    CHECK_EQ(error_of(form, "Dir/x.wav", MMIO_READ), 0);
    CHECK_EQ(unlink("dir") + unlink("DIR/x.wav") + unlink("new.wav") + rmdir("DIR"), 0);
}

/* A link may have a name with a separator or a drive in it. */
static void a_link_may_have_that_literal_name(int form)
{
    make_link("a/target", "a\\y");
    create(form, "a\\y");
    CHECK(holds("a/target", "new") && holds("a/y", NULL));
    CHECK_EQ(unlink("a\\y") + unlink("a/target"), 0);
    make_link("target", "Z:y");
    create(form, "Z:y");
    CHECK(holds("target", "new"));
    CHECK_EQ(unlink("Z:y") + unlink("target"), 0);
    /* No file has a name that is too long. */
    {
        char name[600] = "a\\";
        int i;
        for (i = 0; i < 100; i++)
            strcat(name, ".\\.\\");
        strcat(name, "y");
        create(form, name);
        CHECK(holds("a/y", "new"));
        CHECK_EQ(unlink("a/y"), 0);
    }
}

/* A bare name that exists is not searched next to the executable. */
static void a_bare_name_that_exists_is_not_searched(int form)
{
    put_file("beside.wav", "precious", 8);
    CHECK_EQ(chdir("a"), 0);
    CHECK_EQ(error_of(form, "beside.wav", MMIO_READ), 0);
    make_link("target", "beside.wav");
    CHECK_EQ(error_of(form, "beside.wav", MMIO_READ), MMIOERR_FILENOTFOUND);
    CHECK_EQ(setenv("MMSYSTEM_PATHS", "posix", 1), 0);
    CHECK_EQ(error_of(form, "beside.wav", MMIO_READ), MMIOERR_FILENOTFOUND);
    CHECK_EQ(unlink("beside.wav"), 0);
    CHECK_EQ(error_of(form, "beside.wav", MMIO_READ), 0);
    CHECK_EQ(unsetenv("MMSYSTEM_PATHS"), 0);
    CHECK_EQ(chdir(".."), 0);
    CHECK_EQ(unlink("beside.wav"), 0);
}

/* If a directory cannot be read, it is not known whether it has the name in another case. */
static void without_descriptors(int form)
{
    struct rlimit before, none;
    int next = dup(0);
    CHECK_EQ(mkdir("full", 0777), 0);
    put_file("full/NAME", "precious", 8);
    put_file("full/other", "other", 5);
    CHECK_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
    CHECK_EQ(close(next), 0);
    none = before;
    none.rlim_cur = (rlim_t)next;
    CHECK_EQ(setrlimit(RLIMIT_NOFILE, &none), 0);
    CHECK_EQ(rename_spelled(form, "full/other", "full/name", NULL), MMIOERR_TOOMANYOPENFILES);
    CHECK_EQ(error_of(form, "full/name", MMIO_DELETE), MMIOERR_TOOMANYOPENFILES);
    CHECK_EQ(error_of(form, "full/name", MMIO_CREATE), MMIOERR_TOOMANYOPENFILES);
    CHECK_EQ(error_of(form, "full/name", MMIO_READ), MMIOERR_TOOMANYOPENFILES);
    CHECK_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
    CHECK(holds("full/NAME", "precious") && holds("full/other", "other"));
    CHECK_EQ(unlink("full/NAME") + unlink("full/other") + rmdir("full"), 0);
}

int main(void)
{
    int form;
    CHECK(getcwd(here, sizeof here) != NULL);
    CHECK_EQ(mkdir("a", 0777) + mkdir("a/b", 0777) + mkdir("a/b/c", 0777), 0);
    make_link("a/b", "link");
    make_link("none", "dangling");
    for (form = BYTES; form < FORMS; form++) {
        two_dots_after_a_link(form, "link/../");
        two_dots_after_a_link(form, "LINK\\..\\");
        two_dots_after_a_link(form, "link\\..\\..\\Link\\.\\..\\");
        two_dots_after_a_link(form, "none/../link/../");
        a_parsed_name_opens_the_same_file(form);
        a_separator_at_the_end_means_a_directory(form);
        two_dots_after_a_name_that_is_no_directory(form);
        a_dangling_link_exists(form);
        a_directory_that_is_a_dangling_link(form);
        a_link_may_have_that_literal_name(form);
        a_bare_name_that_exists_is_not_searched(form);
        without_descriptors(form);
    }
    return report();
}
