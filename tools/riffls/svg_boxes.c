/* svg_boxes.c: the boxes of a drawing, with their names. */
#include "drawing.h"

#include <string.h>

/* Centres a text in a box, cut to its width. */
static void TextIn(FILE *out, const Box *box, double y, const char *attributes, const char *text)
{
    char cut[200];
    int most = (int)((box->right - box->left - 4) / LETTER);
    SafeText(text, strlen(text), strlen(text) > (size_t)most && most > 3 ? (size_t)most - 3 : 100, cut, sizeof(cut));
    PutText(out, (box->left + box->right) / 2, y, attributes, cut);
}

static void DrawLabel(Drawing *drawing, const Box *box, double top, double bottom)
{
    char name[80], size[40];
    double middle = (top + bottom) / 2 + 4;
    NameOf(box, name, sizeof(name));
    if (!IsLeaf(box) && box->right - box->left < LETTER * (double)strlen(name) + 4)
        SafeCode(box->type, name);
    if (!IsLeaf(box)) {
        PutText(drawing->out, box->left + BOX_SIDE, top + 15, " class=\"b\"", name);
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
    snprintf(size, sizeof(size), "%lld byte%s", (long long)ShownSize(box), Plural(ShownSize(box)));
    if (box->right - box->left < LETTER * (double)strlen(size) + 8) {
        TextIn(drawing->out, box, middle, " class=\"b c\"", name);
    } else {
        TextIn(drawing->out, box, middle - 6, " class=\"b c\"", name);
        TextIn(drawing->out, box, middle + 9, " class=\"c\"", size);
    }
}

void DrawBox(Drawing *drawing, const Box *box)
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
