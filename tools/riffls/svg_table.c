/* svg_table.c: the table of the chunks, and the key. */
#include "drawing.h"

#include <string.h>

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
        PutText(drawing->out, MARGIN + 75, drawing->y, " class=\"e wrong\"", line);
        DrawSign(drawing->out, MARGIN + 152, drawing->y - 10);
        snprintf(line, sizeof(line), "%s: %s", fault->kind, fault->text);
        PutText(drawing->out, IndentOf(box->depth + 1), drawing->y, " class=\"wrong\"", line);
        drawing->y += ROW;
    }
}

static void DrawRow(Drawing *drawing, const Box *box)
{
    char text[160];
    const Box *child;
    double x;
    if (box->depth > 0) {
        snprintf(text, sizeof(text), "%lld", (long long)box->offset);
        PutText(drawing->out, MARGIN + 75, drawing->y, " class=\"e\"", text);
        snprintf(text, sizeof(text), "%lld", box->kind == BOX_CHUNK ? (long long)box->size : (long long)ShownSize(box));
        PutText(drawing->out, MARGIN + 160, drawing->y, " class=\"e\"", text);
        NameOf(box, text, sizeof(text));
        if (box->hidden_faults > 0)
            snprintf(text + strlen(text), sizeof(text) - strlen(text), "; faults in them: %lld",
                     (long long)box->hidden_faults);
        PutText(drawing->out, IndentOf(box->depth), drawing->y, " class=\"b\"", text);
        x = IndentOf(box->depth) + LETTER * (double)strlen(text) + 10;
        if (x < IndentOf(drawing->deepest) + 100)
            x = IndentOf(drawing->deepest) + 100;
        PutText(drawing->out, x, drawing->y, "", box->reading);
        drawing->y += ROW;
    }
    DrawFaults(drawing, box);
    for (child = box->first; child != NULL; child = child->next)
        DrawRow(drawing, child);
}

void DrawTable(Drawing *drawing, const Box *file)
{
    PutText(drawing->out, MARGIN + 75, drawing->y, " class=\"e h\"", "offset");
    PutText(drawing->out, MARGIN + 160, drawing->y, " class=\"e h\"", "size");
    PutText(drawing->out, MARGIN + 185, drawing->y, " class=\"h\"", "chunk");
    drawing->y += 5;
    fprintf(drawing->out, "<path class=\"line\" d=\"M%d %.1fH%.1f\"/>\n", MARGIN, drawing->y, MARGIN + drawing->width);
    drawing->y += ROW - 1;
    DrawRow(drawing, file);
}

void DrawKey(Drawing *drawing)
{
    double y = drawing->y + 14;
    if (drawing->has_narrow) {
        fprintf(drawing->out, "<rect class=\"leaf narrow\" x=\"%d\" y=\"%.1f\" width=\"24\" height=\"12\"/>\n", MARGIN,
                y - 10);
        PutText(drawing->out, MARGIN + 34, y, "", "too small for the scale: drawn wider than it is");
        y += KEY;
    }
    if (drawing->has_joined) {
        fprintf(drawing->out, "<rect class=\"joined\" x=\"%d\" y=\"%.1f\" width=\"24\" height=\"12\"/>\n", MARGIN,
                y - 10);
        PutText(drawing->out, MARGIN + 34, y, "", "several chunks, one after the other, each too small to be drawn");
        y += KEY;
    }
    if (drawing->has_faults) {
        DrawSign(drawing->out, MARGIN + 12, y - 10);
        PutText(drawing->out, MARGIN + 34, y, "", "something is wrong here");
    }
}
