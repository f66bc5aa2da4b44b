/* library.h: what the files of this folder share. They are the functions of Windows that compat/windows.h declares, on
 * the functions of the system and of libmmsystem: libmmsystem-windows. */
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

/* All else is hidden: the compiler is told so. Each function is defined after its declaration, and has from there the name
 * that the linker knows. */
#pragma GCC visibility push(default)
#include <windows.h>
#pragma GCC visibility pop

#include <mmsystem_ext.h>

/* The longest name of a file that the system opens, with its NUL. */
#define LONGEST 4096

/* (In the static library they are names that a program sees.) */
#define fail mmsystem_fail
#define set_system_error mmsystem_set_system_error
#define temporary_folder mmsystem_temporary_folder
#define program_file mmsystem_program_file
#define part_that_fits mmsystem_part_that_fits

/* Sets the error that stands for one of the system. */
void set_system_error(int number);

/* Sets the error, and returns FALSE. */
BOOL fail(DWORD error);

/* The directory for temporary files, with a `/` at its end, and the file of the program, in memory of malloc. NULL, and
 * the error is set: they are not known. */
char *temporary_folder(void);
char *program_file(void);

/* Which part of `length` characters and a NUL fits into `room`: how many characters are to be copied. */
DWORD part_that_fits(size_t length, DWORD room);

#endif /* LIBRARY_H */
