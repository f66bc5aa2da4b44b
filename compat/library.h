/* library.h: declarations shared by the source of libmmsystem-windows: the functions of Windows that windows.h declares,
 * based on those of the system and of libmmsystem. */
#ifndef LIBRARY_H
#define LIBRARY_H

#define _FILE_OFFSET_BITS 64
#ifdef __APPLE__
#define _DARWIN_C_SOURCE
#else
#define _GNU_SOURCE
#endif

#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Only these functions are exported: all else is compiled as hidden. Their declarations also give them their symbols. */
#pragma GCC visibility push(default)
#include <windows.h>
#pragma GCC visibility pop

#include <mmsystem_ext.h>

/* The size of the longest file name that the system can open, with the NUL. */
#define MAX_NAME_SIZE 4096

/* Prefixed, as a program that links with the static library sees these names. */
#define fail mmsystem_fail
#define set_system_error mmsystem_set_system_error
#define temporary_folder mmsystem_temporary_folder
#define program_file mmsystem_program_file
#define part_that_fits mmsystem_part_that_fits

/* Sets the error for an errno. */
void set_system_error(int number);

/* Sets the error, and returns FALSE. */
BOOL fail(DWORD error);

/* Return the directory for temporary files, with a `/` at its end, and the name of the executable, in memory from malloc;
 * NULL with an error on failure. */
char *temporary_folder(void);
char *program_file(void);

/* Returns how many of `length` characters fit into `room` together with a NUL. */
DWORD part_that_fits(size_t length, DWORD room);

#endif /* LIBRARY_H */
