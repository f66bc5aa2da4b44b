/* svg.c: the page of a drawing. svg_boxes.c, svg_scale.c and svg_table.c draw its parts. */
#include "drawing.h"

#include <errno.h>
#include <string.h>

/* ---- sizes */

double BottomOf(const Drawing *drawing)
{
    return TOP + DEEPEST_BOX + (STRIP + BOX_SIDE) * (drawing->deepest > 0 ? drawing->deepest - 1 : 0);
}

bool IsFaulty(const Box *box)
{
    return box->fault_count > 0 || box->hidden_faults > 0;
}

/* Counts the rows of the table, and finds the styles that the key must explain. */
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

int64_t ShownSize(const Box *box)
{
    int64_t size = box->end - box->offset - (box->kind == BOX_CHUNK ? 8 : 0);
    return size > 0 ? size : 0;
}

/* ---- text */

/* Escapes the markup of XML. All other characters are safe after SafeText. */
static void PutEscaped(FILE *out, const char *text)
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

void PutText(FILE *out, double x, double y, const char *attributes, const char *text)
{
    fprintf(out, "<text x=\"%.1f\" y=\"%.1f\"%s>", x, y, attributes);
    PutEscaped(out, text);
    fputs("</text>\n", out);
}

void NameOf(const Box *box, char *name, size_t size)
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

void DrawSign(FILE *out, double x, double y)
{
    fprintf(out,
            "<path class=\"sign\" d=\"M%.1f %.1fl7 12h-14z\"/><text class=\"mark\" x=\"%.1f\" y=\"%.1f\">!</text>\n", x,
            y, x, y + 10.5);
}

/* ---- the page */

static void DrawPage(Drawing *drawing, const Box *file)
{
    char text[200];
    const char *name = drawing->input->name;
    SafeText(name, strlen(name), 80, text, sizeof(text));
    fprintf(drawing->out, "<text class=\"b\" x=\"%d\" y=\"32\" font-size=\"16\">", MARGIN);
    PutEscaped(drawing->out, text);
    fputs("</text>\n", drawing->out);
    snprintf(text, sizeof(text), "%lld byte%s; the scale below the boxes has offsets in bytes",
             (long long)(file->end - file->offset), Plural(file->end - file->offset));
    PutText(drawing->out, MARGIN, 50, "", text);
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
    height = BottomOf(drawing) + TO_TABLE + ROW * drawing->rows + MARGIN +
             KEY * (drawing->has_narrow + drawing->has_joined + drawing->has_faults);
    /* As wide as the text of an A4 or Letter page, unless it would be taller than the page. */
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

int DrawFile(Input *input, const char *out_name, bool is_checked)
{
    bool is_standard = strcmp(out_name, "-") == 0;
    Drawing drawing;
    Box *file;
    int status;
    memset(&drawing, 0, sizeof(drawing));
    drawing.input = input;
    if (input->size == NO_END) {
        PrintError(input->name, "a drawing to scale needs the size in advance, which a pipe does not have");
        return FAILED;
    }
    if (!IsOtherFile(input, out_name))
        return FAILED;
    file = CollectBoxes(input, is_checked, &status);
    if (file == NULL) {
        PrintError(input->name, "%s", mmsys_error_text(MMIOERR_OUTOFMEMORY));
        return FAILED;
    }
    drawing.out = input->error != MMSYSERR_NOERROR ? NULL : is_standard ? stdout : fopen(out_name, "w");
    if (drawing.out != NULL)
        Draw(&drawing, file);
    FreeBox(file);
    if (input->error != MMSYSERR_NOERROR || (drawing.out != NULL && (is_standard || fclose(drawing.out) == 0)))
        return status;
    PrintOutputError(out_name, strerror(errno));
    return FAILED;
}
