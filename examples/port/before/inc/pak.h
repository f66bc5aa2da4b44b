/* PAK.H: a file with the sounds of a game. */

/* The sounds follow the header, one after the other. */
typedef struct {
    char id[4]; /* "PAK1" */
    unsigned long count;
} PAKHEADER;

typedef struct {
    char name[12];
    unsigned long offset;
    unsigned long length;
} PAKENTRY;
