/* PAK.H: a file that has the sounds of a game in it. */

/* All sounds are behind the header, one after the other. */
typedef struct {
    char id[4]; /* "PAK1" */
    unsigned long count;
} PAKHEADER;

typedef struct {
    char name[12];
    unsigned long offset;
    unsigned long length;
} PAKENTRY;
