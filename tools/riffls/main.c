/* riffls: lists, checks, draws and extracts chunks of RIFF files (WAV, AVI, SF2, ...). */
#include "riffls.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

typedef enum Task { LIST, JSON, DRAW, EXTRACT, REPAIR } Task;

typedef struct Options {
    Task what;
    bool in_hex;
    bool wants_out; /* the next name is OUT of -x */
    int64_t offset;
    const char *out; /* OUT of -x, --repair and --svg */
    const char **names;
    int name_count;
} Options;

static const char usage[] =
    "usage: riffls [--hex | --json] FILE...\n"
    "       riffls --svg OUT FILE\n"
    "       riffls --repair OUT FILE\n"
    "       riffls -x OFFSET OUT FILE\n";

static const char help[] =
    "Lists the chunks of RIFF files (WAV, AVI, SF2, ...) and their faults.\n"
    "\n"
    "  -x, --extract OFFSET OUT  write the data of the chunk at OFFSET to OUT; a RIFF or LIST chunk is\n"
    "                            written with its header, as a file\n"
    "  -j, --json                print the same as one JSON document\n"
    "  -s, --svg OUT             draw the file to scale, and write the drawing to OUT\n"
    "  -R, --repair OUT          write the file to OUT with sizes that fit what is there, and print each change\n"
    "  -X, --hex                 print offsets and sizes in hexadecimal\n"
    "  -h, --help                print this text\n"
    "  -V, --version             print the version\n"
    "\n"
    "FILE - is standard input, OUT - is standard output. Exit status: 0 if no file has a fault, 1 if a\n"
    "file has one, 2 if something could not be read or written.\n";

/* `why` is "" if getopt has printed the reason. */
static int Usage(const char *why)
{
    if (why[0] != '\0')
        fprintf(stderr, "riffls: %s\n", why);
    fputs(usage, stderr);
    return FAILED;
}

/* A name on the command line is the OUT of -x, or a FILE. */
static void TakeName(Options *options, const char *name)
{
    if (options->wants_out)
        options->out = name;
    else
        options->names[options->name_count++] = name;
    options->wants_out = false;
}

static bool TakeOffset(Options *options, const char *text)
{
    char *end;
    bool is_hex = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
    unsigned long long offset;
    errno = 0;
    offset = strtoull(text, &end, is_hex ? 16 : 10);
    options->offset = (int64_t)offset;
    return text[0] >= '0' && text[0] <= '9' && *end == '\0' && errno == 0 && offset <= INT64_MAX;
}

/* Returns the error in the command line, or NULL. */
static const char *TakeOption(Options *options, int option)
{
    bool is_second = options->what != LIST && (options->what != JSON || option != 'j');
    switch (option) {
    case 'j':
        options->what = JSON;
        break;
    case 's':
        options->what = DRAW;
        options->out = optarg;
        break;
    case 'R':
        options->what = REPAIR;
        options->out = optarg;
        break;
    case 'x':
        options->what = EXTRACT;
        options->wants_out = true;
        if (!TakeOffset(options, optarg))
            return "OFFSET must be a decimal number, or hexadecimal with 0x";
        break;
    case 'X':
        options->in_hex = true;
        return NULL;
    default:
        return "";
    }
    return is_second ? "--json, --svg, --repair and -x cannot be combined" : NULL;
}

/* Options and names are read in order (the - of getopt_long): to getopt the second value of -x is a name. Returns the error,
 * or NULL. */
static const char *TakeCommandLine(Options *options, int argc, char **argv)
{
    static const struct option names[] = {
        {"json", no_argument, NULL, 'j'},    {"svg", required_argument, NULL, 's'},
        {"hex", no_argument, NULL, 'X'},     {"extract", required_argument, NULL, 'x'},
        {"repair", required_argument, NULL, 'R'},
        {"help", no_argument, NULL, 'h'},    {"version", no_argument, NULL, 'V'},
        {NULL, 0, NULL, 0},
    };
    const char *wrong = NULL;
    while (wrong == NULL) {
        int option = getopt_long(argc, argv, "-js:x:R:XhV", names, NULL);
        /* Some implementations of getopt end the options at a lone -. */
        if (option == -1 && optind < argc && strcmp(argv[optind], "-") == 0 && strcmp(argv[optind - 1], "--") != 0)
            TakeName(options, argv[optind++]);
        else if (option == -1)
            break;
        else if (option == 1)
            TakeName(options, optarg);
        else if (option == 'h' || option == 'V') {
            if (option == 'h')
                printf("%s\n%s", usage, help);
            else
                printf("riffls %s\n", MMSYSTEM_VERSION_STRING);
            exit(fclose(stdout) == 0 ? NO_FAULTS : FAILED);
        } else
            wrong = TakeOption(options, option);
    }
    while (optind < argc)
        TakeName(options, argv[optind++]);
    if (wrong != NULL)
        return wrong;
    if (options->wants_out)
        return "-x needs OFFSET and OUT";
    if (options->name_count == 0)
        return "FILE is missing";
    if (options->in_hex && options->what != LIST)
        return "--hex is for the list only";
    return options->out != NULL && options->name_count > 1 ? "--svg, --repair and -x take one FILE" : NULL;
}

/* Prints a heading if there are several files. */
static void PrintHeading(const Options *options, int which)
{
    char safe[1024];
    const char *name = options->names[which];
    if (options->name_count == 1)
        return;
    SafeText(name, strlen(name), sizeof(safe), safe, sizeof(safe));
    printf("%s%s\n", which > 0 ? "\n" : "", safe);
}

static int DoFile(const Options *options, int which)
{
    Input input;
    int status = FAILED;
    /* MMIO_DENYWRITE: no user of the library, this program included, may write to the file during an extraction. */
    bool is_open = OpenInput(&input, options->names[which], options->what >= EXTRACT ? MMIO_DENYWRITE : 0);
    if (is_open && options->what == LIST) {
        PrintHeading(options, which);
        status = ListFile(&input, stdout, options->in_hex);
    } else if (is_open && options->what == DRAW) {
        status = DrawFile(&input, options->out);
    } else if (is_open && options->what == EXTRACT) {
        status = Extract(&input, options->offset, options->out);
    } else if (is_open && options->what == REPAIR) {
        status = Repair(&input, options->out);
    } else if (is_open) {
        status = JsonFile(&input, stdout, which == 0);
    } else if (options->what == JSON) {
        JsonFailure(&input, stdout, which == 0);
    }
    if (input.error != MMSYSERR_NOERROR)
        PrintError(input.name, "%s", ErrorText(&input));
    if (is_open)
        CloseInput(&input);
    return input.error != MMSYSERR_NOERROR ? FAILED : status;
}

int main(int argc, char **argv)
{
    Options options;
    const char *wrong;
    int i, status = NO_FAULTS;
    /* File names are those of the shell: a \ is an ordinary character. */
    setenv("MMSYSTEM_PATHS", "posix", 1);
    memset(&options, 0, sizeof(options));
    options.names = (const char **)calloc((size_t)argc + 1, sizeof(char *));
    if (options.names == NULL) {
        PrintError("memory", "%s", strerror(errno));
        return FAILED;
    }
    wrong = TakeCommandLine(&options, argc, argv);
    if (wrong != NULL) {
        free(options.names);
        return Usage(wrong);
    }
    fputs(options.what == JSON ? "[" : "", stdout);
    for (i = 0; i < options.name_count; i++) {
        int one = DoFile(&options, i);
        status = one > status ? one : status;
    }
    fputs(options.what == JSON ? "]\n" : "", stdout);
    free(options.names);
    if (ferror(stdout) || fclose(stdout) != 0) {
        PrintError("(standard output)", "%s", strerror(errno));
        return FAILED;
    }
    return status;
}
