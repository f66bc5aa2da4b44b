/* progress.c: a progress bar on a terminal, if the work takes long. */
#include "riffls.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#define WAIT 0.5  /* seconds before the first display */
#define PAUSE 0.1 /* seconds between two displays */
#define WIDTH 40

static struct {
    bool is_on, is_shown, shares_terminal;
    double next;
    int64_t start, size;
} progress;

static double Now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

void BeginProgress(const Input *input)
{
    memset(&progress, 0, sizeof(progress));
    progress.is_on = isatty(STDERR_FILENO);
    progress.shares_terminal = isatty(STDOUT_FILENO);
    progress.next = Now() + WAIT;
    progress.start = input->start;
    progress.size = input->size;
}

static void Draw(int64_t position)
{
    static const char bar[] = "########################################";
    double done = (double)(position - progress.start), all = (double)(progress.size - progress.start);
    double part = all <= 0 ? 1 : done > all ? 1 : done / all;
    if (progress.size == NO_END)
        fprintf(stderr, "\r%.1f MB read ", done / 1e6);
    else
        fprintf(stderr, "\r[%-*.*s] %3d%% ", WIDTH, (int)(WIDTH * part), bar, (int)(100 * part));
    progress.is_shown = true;
}

void ShowProgress(int64_t position)
{
    double now = progress.is_on ? Now() : 0;
    if (!progress.is_on || now < progress.next)
        return;
    progress.next = now + PAUSE;
    fflush(stdout);
    Draw(position);
}

void HideProgress(void)
{
    if (progress.is_shown)
        fprintf(stderr, "\r%*s\r", WIDTH + 10, "");
    progress.is_shown = false;
}

void HideProgressForOutput(void)
{
    if (progress.shares_terminal)
        HideProgress();
}
