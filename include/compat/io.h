/* io.h: the descriptor functions of Microsoft's C library, as other names for those of unistd.h. File names are those of
 * the system: `/` separates directories, and case matters. A name that is already a macro is not defined. */
#ifndef MMSYSTEM_IO_H
#define MMSYSTEM_IO_H

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#ifndef MMSYSTEM_NO_FUNCTIONS

#ifndef _access
#define _access access
#endif
#ifndef _chmod
#define _chmod chmod
#endif
#ifndef _chsize
#define _chsize ftruncate
#endif
#ifndef _close
#define _close close
#endif
#ifndef _creat
#define _creat creat
#endif
#ifndef _dup
#define _dup dup
#endif
#ifndef _dup2
#define _dup2 dup2
#endif
#ifndef _isatty
#define _isatty isatty
#endif
#ifndef _lseek
#define _lseek lseek
#endif
#ifndef _open
#define _open open
#endif
#ifndef _read
#define _read read
#endif
#ifndef _unlink
#define _unlink unlink
#endif
#ifndef _write
#define _write write
#endif

#endif

/* There is no text mode: lines end in files as they do in memory. */
#ifndef O_BINARY
#define O_BINARY 0
#endif
#ifndef O_TEXT
#define O_TEXT 0
#endif
#ifndef _O_RDONLY
#define _O_RDONLY O_RDONLY
#endif
#ifndef _O_WRONLY
#define _O_WRONLY O_WRONLY
#endif
#ifndef _O_RDWR
#define _O_RDWR O_RDWR
#endif
#ifndef _O_APPEND
#define _O_APPEND O_APPEND
#endif
#ifndef _O_CREAT
#define _O_CREAT O_CREAT
#endif
#ifndef _O_EXCL
#define _O_EXCL O_EXCL
#endif
#ifndef _O_TRUNC
#define _O_TRUNC O_TRUNC
#endif
#ifndef _O_BINARY
#define _O_BINARY 0
#endif
#ifndef _O_TEXT
#define _O_TEXT 0
#endif
#ifndef _S_IREAD
#define _S_IREAD S_IRUSR
#endif
#ifndef _S_IWRITE
#define _S_IWRITE S_IWUSR
#endif

#ifndef MMSYSTEM_NO_FUNCTIONS

/* Returns the size of a file, or -1 on failure. */
#ifndef _filelength
static __inline__ long _filelength(int file)
{
    struct stat status;
    return fstat(file, &status) == 0 ? (long)status.st_size : -1;
}
#endif
#ifndef filelength
#define filelength _filelength
#endif

#endif

#endif /* MMSYSTEM_IO_H */
