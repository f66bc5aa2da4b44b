/* svg_scale.c: the scale below the boxes, with offsets. */
#include "drawing.h"

/* Draws a solid line over the broken one where boxes are to scale. */
static void DrawLine(Drawing *drawing, const Box *box, double y)
{
    const Box *child;
    if (IsLeaf(box) && box->is_to_scale)
        fprintf(drawing->out, "<path class=\"line\" d=\"M%.1f %.1fH%.1f\"/>\n", box->left, y, box->right);
    for (child = box->first; child != NULL; child = child->next)
        DrawLine(drawing, child, y);
}

/* The distance of ticks: 1, 2 or 5 times a power of ten. */
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
        PutText(drawing->out, x, y + 18, attributes, number);
}

void DrawScale(Drawing *drawing, const Box *file)
{
    double y = BottomOf(drawing) + 12, x, last, distance;
    int64_t step = StepOf(file->end - file->offset), offset;
    char number[30];
    fprintf(drawing->out, "<path class=\"line broken\" d=\"M%.1f %.1fH%.1f\"/>\n", file->left, y, file->right);
    DrawLine(drawing, file, y);
    DrawTick(drawing, file->offset, file->left, y, "");
    distance = LETTER * snprintf(number, sizeof(number), "%lld", (long long)file->end) + 10;
    last = file->left;
    for (offset = (file->offset / step + 1) * step; offset < file->end; offset += step) {
        bool is_to_scale = FindX(file, offset, &x), is_far = x - last >= distance && file->right - x >= 1.5 * distance;
        if (is_to_scale)
            DrawTick(drawing, offset, x, y, is_far ? " class=\"c\"" : NULL);
        if (is_to_scale && is_far)
            last = x;
    }
    DrawTick(drawing, file->end, file->right, y, " class=\"e\"");
    drawing->y = BottomOf(drawing) + TO_TABLE - 20;
}
