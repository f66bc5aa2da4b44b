/* drawing.h: the declarations that the files of the drawing share. */
#ifndef DRAWING_H
#define DRAWING_H

#include "riffls.h"

/* All lengths are in units of the drawing, which is as wide as a page. */
#define PAGE 1000
#define MARGIN 20
#define TOP 62         /* the top of the boxes */
#define STRIP 21       /* the height of a box's name */
#define DEEPEST_BOX 62 /* the height of the innermost box */
#define LETTER 6.7     /* the width of a letter, at 11px */
#define ROW 16
#define TO_TABLE 82 /* from the boxes to the first row of the table */
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

/* ---- svg.c */

double BottomOf(const Drawing *drawing); /* of the boxes */
bool IsFaulty(const Box *box);
/* The size of the part that the file has, without the header of a chunk. */
int64_t ShownSize(const Box *box);
void NameOf(const Box *box, char *name, size_t size);
void PutText(FILE *out, double x, double y, const char *attributes, const char *text);
/* A warning sign, which is visible without colours. */
void DrawSign(FILE *out, double x, double y);

/* ---- the parts of the page, from top to bottom */

void DrawBox(Drawing *drawing, const Box *box);
void DrawScale(Drawing *drawing, const Box *file);
void DrawTable(Drawing *drawing, const Box *file);
/* Explains the styles that the drawing uses. */
void DrawKey(Drawing *drawing);

#endif
