/* place.c: places boxes side by side: to scale, except those that would be too small to be seen. */
#include "riffls.h"

#define MIN_WIDTH 36         /* of a box: space for a code */
#define MIN_SCALED_WIDTH 100 /* of the boxes that are to scale, together */

bool IsLeaf(const Box *box)
{
    return box->first == NULL;
}

int DeepestOf(const Box *box)
{
    const Box *child;
    int deepest = box->depth;
    for (child = box->first; child != NULL; child = child->next) {
        int depth = DeepestOf(child);
        deepest = depth > deepest ? depth : deepest;
    }
    return deepest;
}

/* Places a box at `left`. Returns its right edge. */
static double Place(Box *box, double left, double scale)
{
    double width = (double)(box->end - box->offset) * scale, x = left;
    double narrowest = box->kind == BOX_JOINED ? MIN_WIDTH + 10 : MIN_WIDTH;
    Box *child;
    box->left = left;
    box->is_to_scale = !IsLeaf(box) || width >= narrowest;
    if (IsLeaf(box))
        return box->right = left + (width < narrowest ? narrowest : width);
    x += box->depth > 0 ? BOX_SIDE : 0;
    for (child = box->first; child != NULL; child = child->next)
        x = Place(child, x, scale);
    return box->right = x + (box->depth > 0 ? BOX_SIDE : 0);
}

double PlaceBoxes(Box *file, double left, double width)
{
    double low = 0, high = width, narrowest = Place(file, left, 0) - left;
    int i;
    if (width < narrowest + MIN_SCALED_WIDTH)
        width = narrowest + MIN_SCALED_WIDTH;
    for (i = 0; i < 100; i++) {
        double scale = (low + high) / 2;
        if (Place(file, left, scale) - left > width)
            high = scale;
        else
            low = scale;
    }
    return width;
}

bool FindX(const Box *box, int64_t offset, double *x)
{
    const Box *child;
    for (child = box->first; child != NULL; child = child->next)
        if (offset < child->end)
            return FindX(child, offset, x);
    if (!IsLeaf(box)) {
        *x = box->right;
        return false;
    }
    *x = box->left;
    if (offset > box->offset && box->end > box->offset)
        *x += (box->right - box->left) * (double)(offset - box->offset) / (double)(box->end - box->offset);
    return box->is_to_scale;
}
