/* riffls: lists, checks, draws and extracts chunks of RIFF files (WAV, AVI, SF2, ...). */
#include "riffls.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

typedef enum Task { LIST, SUM_UP, JSON, JSON_LINES, DRAW, REPAIR, EXTRACT, DUMP } Task;

typedef struct Options {
    Task what;
    bool in_hex, is_checked, is_recursive;
    bool needs_out; /* the next name is OUT of -x */
    Selector selector;
    const char *out; /* OUT of -x, --repair and --svg */
    const char **names;
    int name_count;
} Options;

/* The state of the run, over all files. */
typedef struct Run {
    const Options *options;
    int headings, status;
} Run;

static const char usage[] =
    "usage: riffls [-cr] [-q | -j | -X] FILE...\n"
    "       riffls [-c] --svg OUT FILE\n"
    "       riffls --repair OUT FILE\n"
    "       riffls -x CHUNK OUT FILE\n"
    "       riffls --hex-dump CHUNK FILE\n";

static const char help[] =
    "Lists the chunks of RIFF files (WAV, AVI, SF2, ...) and their faults.\n"
    "\n"
    "  -c, --check               look for contents that contradict each other, too\n"
    "  -q, --quiet               print one line for each file\n"
    "  -r, --recursive           read the RIFF files in folders\n"
    "  -x, --extract CHUNK OUT   write the data of CHUNK to OUT; a RIFF or LIST chunk is written with its\n"
    "                            header, as a file\n"
    "      --repair OUT          write the file to OUT with sizes that fit what is there, and print the changes\n"
    "      --hex-dump CHUNK      print the bytes of CHUNK, or from an offset on, in hexadecimal\n"
    "  -j, --json                print the same as JSON; with several files or -r as --json-lines\n"
    "      --json-lines          print one JSON object a line, for each file\n"
    "  -s, --svg OUT             draw the file to scale, and write the drawing to OUT\n"
    "  -X, --hex                 print offsets and sizes in hexadecimal\n"
    "  -h, --help                print this text\n"
    "  -V, --version             print the version\n"
    "\n"
    "FILE - is standard input, OUT - is standard output. CHUNK is an offset, a code (data) or a path\n"
    "(WAVE/data, LIST/INFO/IART). Exit status: 0 if no file has a fault, 1 if a file has one, 2 if a file\n"
    "is no RIFF file or something could not be read or written, 3 if there are doubtful things only.\n";

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
    if (options->needs_out)
        options->out = name;
    else
        options->names[options->name_count++] = name;
    options->needs_out = false;
}

/* Returns the error in the command line, or NULL. */
static const char *TakeTask(Options *options, Task what)
{
    bool is_second = options->what != LIST && options->what != what;
    options->what = what;
    return is_second || (what >= DRAW && options->out != NULL)
               ? "only one of -q, --json, --svg, --repair, -x and --hex-dump can be given"
               : NULL;
}

static const char *TakeSelector(Options *options, Task what)
{
    const char *wrong = TakeTask(options, what);
    if (wrong == NULL && options->selector.text != NULL)
        return "one CHUNK can be given";
    if (!ParseSelector(optarg, &options->selector))
        return "CHUNK must be an offset, decimal or hexadecimal with 0x, a code, or a path of codes";
    return wrong;
}

static const char *TakeOption(Options *options, int option)
{
    const char *wrong;
    switch (option) {
    case 'j':
        return TakeTask(options, JSON);
    case 'L':
        return TakeTask(options, JSON_LINES);
    case 'q':
        return TakeTask(options, SUM_UP);
    case 's':
        wrong = TakeTask(options, DRAW);
        options->out = optarg;
        return wrong;
    case 'R':
        wrong = TakeTask(options, REPAIR);
        options->out = optarg;
        return wrong;
    case 'x':
        options->needs_out = true;
        return TakeSelector(options, EXTRACT);
    case 'D':
        return TakeSelector(options, DUMP);
    case 'X':
        options->in_hex = true;
        return NULL;
    case 'c':
        options->is_checked = true;
        return NULL;
    case 'r':
        options->is_recursive = true;
        return NULL;
    default:
        return "";
    }
}

/* Returns how the options contradict each other, or NULL. */
static const char *CheckOptions(const Options *options)
{
    bool is_one = options->what >= DRAW;
    if (options->needs_out)
        return "-x needs CHUNK and OUT";
    if (options->name_count == 0)
        return "FILE is missing";
    if (options->in_hex && options->what != LIST)
        return "--hex is for the list only";
    if (options->is_checked && options->what > DRAW)
        return "--check has nothing to report with --repair, -x and --hex-dump";
    if (is_one && (options->name_count > 1 || options->is_recursive))
        return "--svg, --repair, -x and --hex-dump take one FILE";
    return NULL;
}

/* Reads options and names in order, as the - in the option string requests: to getopt the second value of -x is a name.
 * Returns the error, or NULL. */
static const char *TakeCommandLine(Options *options, int argc, char **argv)
{
    static const struct option names[] = {
        {"check", no_argument, NULL, 'c'},     {"quiet", no_argument, NULL, 'q'},
        {"recursive", no_argument, NULL, 'r'}, {"extract", required_argument, NULL, 'x'},
        {"json", no_argument, NULL, 'j'},      {"json-lines", no_argument, NULL, 'L'},
        {"svg", required_argument, NULL, 's'}, {"hex-dump", required_argument, NULL, 'D'},
        {"repair", required_argument, NULL, 'R'},
        {"hex", no_argument, NULL, 'X'},       {"help", no_argument, NULL, 'h'},
        {"version", no_argument, NULL, 'V'},   {NULL, 0, NULL, 0},
    };
    const char *wrong = NULL;
    while (wrong == NULL) {
        int option = getopt_long(argc, argv, "-cqrjs:x:XhV", names, NULL);
        /* Some implementations of getopt stop at a lone -. */
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
    return wrong != NULL ? wrong : CheckOptions(options);
}

/* Prints a heading if there are several files. */
static void PrintHeading(Run *run, const char *name)
{
    char safe[1024];
    if (run->options->name_count == 1 && !run->options->is_recursive)
        return;
    SafeText(name, strlen(name), sizeof(safe), safe, sizeof(safe));
    printf("%s%s\n", run->headings > 0 ? "\n" : "", safe);
    run->headings++;
}

static bool InLines(const Options *options)
{
    return options->what == JSON_LINES || options->name_count > 1 || options->is_recursive;
}

/* Does what the command line asks for. Returns the exit status. */
static int DoInput(Run *run, Input *input)
{
    const Options *options = run->options;
    switch (options->what) {
    case SUM_UP:
        return SumUpFile(input, stdout, options->is_checked);
    case JSON:
    case JSON_LINES:
        return JsonFile(input, stdout, InLines(options), options->is_checked);
    case DRAW:
        return DrawFile(input, options->out, options->is_checked);
    case REPAIR:
        return Repair(input, options->out);
    case EXTRACT:
        return Extract(input, &options->selector, options->out);
    case DUMP:
        return DumpChunk(input, &options->selector, stdout);
    case LIST:
        break;
    }
    PrintHeading(run, input->name);
    return ListFile(input, stdout, options->in_hex, options->is_checked);
}

static int Worse(int one, int other)
{
    static const int order[] = {0, 2, 3, 1}; /* of NO_FAULTS, HAS_FAULTS, FAILED, HAS_DOUBTS */
    return order[one] > order[other] ? one : other;
}

static void DoFile(void *context, const char *name)
{
    Run *run = (Run *)context;
    const Options *options = run->options;
    Input input;
    int status = FAILED;
    /* MMIO_DENYWRITE: no user of the library, this program included, may write to the file during an extraction. */
    bool is_open = OpenInput(&input, name, options->what == EXTRACT || options->what == REPAIR ? MMIO_DENYWRITE : 0);
    if (is_open)
        status = DoInput(run, &input);
    else if (options->what == JSON || options->what == JSON_LINES)
        JsonFailure(&input, stdout, InLines(options));
    if (input.error != MMSYSERR_NOERROR)
        PrintError(input.name, "%s", ErrorText(&input));
    if (is_open)
        CloseInput(&input);
    run->status = Worse(run->status, input.error != MMSYSERR_NOERROR ? FAILED : status);
}

static void DoName(Run *run, const char *name)
{
    if (!run->options->is_recursive || strcmp(name, "-") == 0 || !IsFolder(name))
        DoFile(run, name);
    else if (!ForEachFile(name, DoFile, run))
        run->status = FAILED;
}

int main(int argc, char **argv)
{
    Options options;
    Run run;
    const char *wrong;
    int i;
    /* File names are those of the shell: a \ is an ordinary character. */
    setenv("MMSYSTEM_PATHS", "posix", 1);
    memset(&options, 0, sizeof(options));
    memset(&run, 0, sizeof(run));
    run.options = &options;
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
    SetColour();
    for (i = 0; i < options.name_count; i++)
        DoName(&run, options.names[i]);
    free(options.names);
    if (ferror(stdout) || fclose(stdout) != 0) {
        PrintError("(standard output)", "%s", strerror(errno));
        return FAILED;
    }
    return run.status;
}
