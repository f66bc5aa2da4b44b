/* svg.c: draws a file: nested boxes to scale, a scale with offsets, and a table of what is drawn. */
#include "riffls.h"

#include <errno.h>
#include <string.h>

/* All lengths are in units of the drawing, which is as wide as a page. */
#define PAGE 1000
#define MARGIN 20
#define TOP 62         /* where the boxes begin */
#define STRIP 21       /* above them, for the name */
#define DEEPEST_BOX 62 /* the height of the innermost */
#define LETTER 6.7     /* the width of a letter of 11 */
#define ROW 16
#define TO_TABLE 82 /* from the boxes to its first row */
#define KEY 19      /* the height of a row of the key */

typedef struct Drawing {
    FILE *out;
    const Input *input;
    double width; /* of all boxes */
    int deepest;
    double y;     /* of the next row of the table */
    int rows;     /* of the table */
    bool has_narrow, has_joined, has_faults;
} Drawing;

/* ---- how much there is */

static double BottomOf(const Drawing *drawing)
{
    return TOP + DEEPEST_BOX + (STRIP + BOX_SIDE) * (drawing->deepest > 0 ? drawing->deepest - 1 : 0);
}

static bool IsFaulty(const Box *box)
{
    return box->fault_count > 0 || box->hidden_faults > 0;
}

/* What there is to be drawn, besides boxes. */
static void Count(Drawing *drawing, const Box *box)
{
    const Box *child;
    drawing->rows += (box->depth > 0) + box->fault_count;
    drawing->has_narrow |= box->depth > 0 && !box->is_to_scale;
    drawing->has_joined |= box->kind == BOX_JOINED;
    drawing->has_faults |= IsFaulty(box);
    for (child = box->first; child != NULL; child = child->next)
        Count(drawing, child);
}

/* Of what there is: a chunk's header is not counted, as in its size. */
static int64_t SizeOf(const Box *box)
{
    int64_t size = box->end - box->offset - (box->kind == BOX_CHUNK ? 8 : 0);
    return size > 0 ? size : 0;
}

/* ---- text */

/* Text in XML; it is safe already. */
static void PutText(FILE *out, const char *text)
{
    for (; *text != '\0'; text++)
        if (*text == '&')
            fputs("&amp;", out);
        else if (*text == '<')
            fputs("&lt;", out);
        else if (*text == '>')
            fputs("&gt;", out);
        else
            fputc(*text, out);
}

static void Text(FILE *out, double x, double y, const char *attributes, const char *text)
{
    fprintf(out, "<text x=\"%.1f\" y=\"%.1f\"%s>", x, y, attributes);
    PutText(out, text);
    fputs("</text>\n", out);
}

/* In the middle of a box, or as much of it as there is room for. */
static void TextIn(FILE *out, const Box *box, double y, const char *attributes, const char *text)
{
    char cut[200];
    int most = (int)((box->right - box->left - 4) / LETTER);
    SafeText(text, strlen(text), strlen(text) > (size_t)most && most > 3 ? (size_t)most - 3 : 100, cut, sizeof(cut));
    Text(out, (box->left + box->right) / 2, y, attributes, cut);
}

static void NameOf(const Box *box, char *name, size_t size)
{
    char id[SAFE_CODE], type[SAFE_CODE];
    SafeCode(box->id, id);
    SafeCode(box->type, type);
    if (box->kind == BOX_BYTES)
        snprintf(name, size, "(no chunk)");
    else if (box->kind == BOX_JOINED)
        snprintf(name, size, "%lld chunks, %s to %s", (long long)box->count, id, type);
    else if (box->has_type)
        snprintf(name, size, "%s '%s'", id, type);
    else
        snprintf(name, size, "%s", id);
}

/* ---- boxes */

/* An exclamation mark in a triangle, so that it is seen without colours. */
static void DrawSign(FILE *out, double x, double y)
{
    fprintf(out,
            "<path class=\"sign\" d=\"M%.1f %.1fl7 12h-14z\"/><text class=\"mark\" x=\"%.1f\" y=\"%.1f\">!</text>\n", x,
            y, x, y + 10.5);
}

static void DrawLabel(Drawing *drawing, const Box *box, double top, double bottom)
{
    char name[80], size[40];
    double middle = (top + bottom) / 2 + 4;
    NameOf(box, name, sizeof(name));
    if (!IsLeaf(box) && box->right - box->left < LETTER * (double)strlen(name) + 4)
        SafeCode(box->type, name);
    if (!IsLeaf(box)) {
        Text(drawing->out, box->left + BOX_SIDE, top + 15, " class=\"b\"", name);
        return;
    }
    if (box->kind == BOX_JOINED) {
        snprintf(size, sizeof(size), "%lld", (long long)box->count);
        TextIn(drawing->out, box, middle - 6, " class=\"c\"", size);
        TextIn(drawing->out, box, middle + 8, " class=\"c\"", "chunks");
        return;
    }
    if (box->kind == BOX_BYTES)
        strcpy(name, "?");
    snprintf(size, sizeof(size), "%lld bytes", (long long)SizeOf(box));
    if (box->right - box->left < LETTER * (double)strlen(size) + 8) {
        TextIn(drawing->out, box, middle, " class=\"b c\"", name);
    } else {
        TextIn(drawing->out, box, middle - 6, " class=\"b c\"", name);
        TextIn(drawing->out, box, middle + 9, " class=\"c\"", size);
    }
}

static void DrawBox(Drawing *drawing, const Box *box)
{
    static const char *const kinds[] = {"leaf", "joined", "bytes"};
    double top = TOP + (box->depth - 1) * STRIP, bottom = BottomOf(drawing) - (box->depth - 1) * BOX_SIDE;
    bool is_faulty = IsFaulty(box);
    const Box *child;
    if (box->depth > 0) {
        fprintf(drawing->out, "<rect class=\"%s%s%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>\n",
                IsLeaf(box) ? kinds[box->kind] : box->depth & 1 ? "odd" : "even", box->is_to_scale ? "" : " narrow",
                is_faulty ? " wrong" : "", box->left, top, box->right - box->left, bottom - top);
        DrawLabel(drawing, box, top, bottom);
        if (is_faulty)
            DrawSign(drawing->out, box->right - 9, top + 3);
    }
    for (child = box->first; child != NULL; child = child->next)
        DrawBox(drawing, child);
}

/* ---- the scale */

/* The line is whole where it is to scale, over one that is broken. */
static void DrawLine(Drawing *drawing, const Box *box, double y)
{
    const Box *child;
    if (IsLeaf(box) && box->is_to_scale)
        fprintf(drawing->out, "<path class=\"line\" d=\"M%.1f %.1fH%.1f\"/>\n", box->left, y, box->right);
    for (child = box->first; child != NULL; child = child->next)
        DrawLine(drawing, child, y);
}

/* 1, 2 or 5 with zeros behind it. */
static int64_t StepOf(int64_t all)
{
    static const int digits[] = {1, 2, 5};
    int64_t ten;
    int i;
    for (ten = 1;; ten *= 10)
        for (i = 0; i < 3; i++)
            if (all / (ten * digits[i]) <= 8)
                return ten * digits[i];
}

static void DrawTick(Drawing *drawing, int64_t offset, double x, double y, const char *attributes)
{
    char number[30];
    snprintf(number, sizeof(number), "%lld", (long long)offset);
    fprintf(drawing->out, "<path class=\"line\" d=\"M%.1f %.1fv6\"/>\n", x, y);
    if (attributes != NULL)
        Text(drawing->out, x, y + 18, attributes, number);
}

static void DrawScale(Drawing *drawing, const Box *file)
{
    double y = BottomOf(drawing) + 12, x, last, room;
    int64_t step = StepOf(file->end - file->offset), offset;
    char number[30];
    fprintf(drawing->out, "<path class=\"line broken\" d=\"M%.1f %.1fH%.1f\"/>\n", file->left, y, file->right);
    DrawLine(drawing, file, y);
    DrawTick(drawing, file->offset, file->left, y, "");
    room = LETTER * snprintf(number, sizeof(number), "%lld", (long long)file->end) + 10;
    last = file->left;
    for (offset = (file->offset / step + 1) * step; offset < file->end; offset += step) {
        bool is_to_scale = FindX(file, offset, &x), has_room = x - last >= room && file->right - x >= 1.5 * room;
        if (is_to_scale)
            DrawTick(drawing, offset, x, y, has_room ? " class=\"c\"" : NULL);
        if (is_to_scale && has_room)
            last = x;
    }
    DrawTick(drawing, file->end, file->right, y, " class=\"e\"");
    drawing->y = BottomOf(drawing) + TO_TABLE - 20;
}

/* ---- the table */

static double IndentOf(int depth)
{
    return MARGIN + 185 + 14 * (depth < 15 ? depth - 1 : 14);
}

static void DrawFaults(Drawing *drawing, const Box *box)
{
    char line[300];
    int i;
    for (i = 0; i < box->fault_count; i++) {
        const Fault *fault = &box->faults[i];
        snprintf(line, sizeof(line), "%lld", (long long)fault->offset);
        Text(drawing->out, MARGIN + 75, drawing->y, " class=\"e wrong\"", line);
        DrawSign(drawing->out, MARGIN + 152, drawing->y - 10);
        snprintf(line, sizeof(line), "%s: %s", fault->kind, fault->text);
        Text(drawing->out, IndentOf(box->depth + 1), drawing->y, " class=\"wrong\"", line);
        drawing->y += ROW;
    }
}

static void DrawRow(Drawing *drawing, const Box *box)
{
    char text[160];
    const Box *child;
    double behind;
    if (box->depth > 0) {
        snprintf(text, sizeof(text), "%lld", (long long)box->offset);
        Text(drawing->out, MARGIN + 75, drawing->y, " class=\"e\"", text);
        snprintf(text, sizeof(text), "%lld", box->kind == BOX_CHUNK ? (long long)box->size : (long long)SizeOf(box));
        Text(drawing->out, MARGIN + 160, drawing->y, " class=\"e\"", text);
        NameOf(box, text, sizeof(text));
        if (box->hidden_faults > 0)
            snprintf(text + strlen(text), sizeof(text) - strlen(text), "; faults in them: %lld",
                     (long long)box->hidden_faults);
        Text(drawing->out, IndentOf(box->depth), drawing->y, " class=\"b\"", text);
        behind = IndentOf(box->depth) + LETTER * (double)strlen(text) + 10;
        if (behind < IndentOf(drawing->deepest) + 100)
            behind = IndentOf(drawing->deepest) + 100;
        Text(drawing->out, behind, drawing->y, "", box->reading);
        drawing->y += ROW;
    }
    DrawFaults(drawing, box);
    for (child = box->first; child != NULL; child = child->next)
        DrawRow(drawing, child);
}

static void DrawTable(Drawing *drawing, const Box *file)
{
    Text(drawing->out, MARGIN + 75, drawing->y, " class=\"e h\"", "offset");
    Text(drawing->out, MARGIN + 160, drawing->y, " class=\"e h\"", "size");
    Text(drawing->out, MARGIN + 185, drawing->y, " class=\"h\"", "chunk");
    drawing->y += 5;
    fprintf(drawing->out, "<path class=\"line\" d=\"M%d %.1fH%.1f\"/>\n", MARGIN, drawing->y, MARGIN + drawing->width);
    drawing->y += ROW - 1;
    DrawRow(drawing, file);
}

/* What the ways of drawing mean, of those that there are. */
static void DrawKey(Drawing *drawing)
{
    double y = drawing->y + 14;
    if (drawing->has_narrow) {
        fprintf(drawing->out, "<rect class=\"leaf narrow\" x=\"%d\" y=\"%.1f\" width=\"24\" height=\"12\"/>\n", MARGIN,
                y - 10);
        Text(drawing->out, MARGIN + 34, y, "", "too small for the scale: drawn wider than it is");
        y += KEY;
    }
    if (drawing->has_joined) {
        fprintf(drawing->out, "<rect class=\"joined\" x=\"%d\" y=\"%.1f\" width=\"24\" height=\"12\"/>\n", MARGIN, y - 10);
        Text(drawing->out, MARGIN + 34, y, "", "several chunks, one after the other, each too small to be drawn");
        y += KEY;
    }
    if (drawing->has_faults) {
        DrawSign(drawing->out, MARGIN + 12, y - 10);
        Text(drawing->out, MARGIN + 34, y, "", "something is wrong here");
    }
}

/* ---- the page */

static void DrawPage(Drawing *drawing, const Box *file)
{
    char text[200];
    const char *name = drawing->input->name;
    SafeText(name, strlen(name), 80, text, sizeof(text));
    fprintf(drawing->out, "<text class=\"b\" x=\"%d\" y=\"32\" font-size=\"16\">", MARGIN);
    PutText(drawing->out, text);
    fputs("</text>\n", drawing->out);
    snprintf(text, sizeof(text), "%lld bytes; the scale below the boxes has offsets in bytes",
             (long long)(file->end - file->offset));
    Text(drawing->out, MARGIN, 50, "", text);
    DrawBox(drawing, file);
    DrawScale(drawing, file);
    DrawTable(drawing, file);
    DrawKey(drawing);
}

static const char style[] =
    "<style>\n"
    "text{font-family:monospace;font-size:11px;fill:#000;white-space:pre}\n"
    ".b{font-weight:bold}.c{text-anchor:middle}.e{text-anchor:end}.h{fill:#555}\n"
    "rect{stroke:#333;stroke-width:1}.leaf{fill:#d6e6f4}.odd{fill:#fff}.even{fill:#f2f2f2}\n"
    ".joined{fill:url(#lines)}.bytes{fill:url(#cross)}.narrow{stroke-dasharray:3 2}\n"
    "rect.wrong{stroke:#c00000;stroke-width:2.5}text.wrong{fill:#c00000;font-weight:bold}\n"
    ".sign{fill:#fff;stroke:#c00000;stroke-width:1.5}.mark{font-weight:bold;font-size:10px;text-anchor:middle}\n"
    ".line{stroke:#333;stroke-width:1.5;fill:none}.broken{stroke-width:1;stroke-dasharray:2 3}\n"
    "</style>\n"
    "<defs>\n"
    "<pattern id=\"lines\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">"
    "<path d=\"M0 0H6V6H0z\" fill=\"#fff\"/><path d=\"M0 6L6 0\" stroke=\"#bcd\"/></pattern>\n"
    "<pattern id=\"cross\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">"
    "<path d=\"M0 0H6V6H0z\" fill=\"#fff\"/><path d=\"M0 6L6 0M0 0L6 6\" stroke=\"#dbb\"/></pattern>\n"
    "</defs>\n";

static void Draw(Drawing *drawing, Box *file)
{
    double width, height, millimetres;
    drawing->width = PlaceBoxes(file, MARGIN, PAGE - 2 * MARGIN);
    drawing->deepest = DeepestOf(file);
    Count(drawing, file);
    width = drawing->width + 2 * MARGIN;
    height = BottomOf(drawing) + TO_TABLE + ROW * drawing->rows + KEY * (drawing->has_narrow + drawing->has_joined + drawing->has_faults) +
             MARGIN;
    /* As wide as a page of A4 or Letter has room, unless it would be taller. */
    millimetres = height / width > 1.4 ? 250 * width / height : 180;
    fprintf(drawing->out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.1fmm\" height=\"%.1fmm\" viewBox=\"0 0 %.0f %.0f\">\n",
            millimetres, millimetres * height / width, width, height);
    fputs(style, drawing->out);
    fputs("<rect width=\"100%\" height=\"100%\" style=\"fill:#fff;stroke:none\"/>\n", drawing->out);
    DrawPage(drawing, file);
    fputs("</svg>\n", drawing->out);
}

int DrawFile(Input *input, const char *out_name)
{
    bool is_standard = strcmp(out_name, "-") == 0;
    Drawing drawing;
    Box *file;
    int status;
    memset(&drawing, 0, sizeof(drawing));
    drawing.input = input;
    if (input->size == NO_END) {
        Complain(input->name, "a drawing to scale needs the size beforehand, which a pipe does not tell");
        return FAILED;
    }
    if (IsSameFile(input, out_name)) {
        ComplainOfOutput(out_name, "is the file that is read");
        return FAILED;
    }
    file = CollectBoxes(input);
    if (file == NULL) {
        Complain(input->name, "%s", mmsys_error_text(MMIOERR_OUTOFMEMORY));
        return FAILED;
    }
    drawing.out = input->error != MMSYSERR_NOERROR ? NULL : is_standard ? stdout : fopen(out_name, "w");
    if (drawing.out != NULL)
        Draw(&drawing, file);
    FreeBox(file);
    status = drawing.has_faults ? IS_FAULTY : ALL_WELL;
    if (input->error != MMSYSERR_NOERROR || (drawing.out != NULL && (is_standard || fclose(drawing.out) == 0)))
        return status;
    ComplainOfOutput(out_name, strerror(errno));
    return FAILED;
}
