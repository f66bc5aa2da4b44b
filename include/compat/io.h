/* io.h: files by number, under the names of Microsoft's C library, which are those of unistd.h here. Names of files
 * are the system's: `/` between directories, and case counts. A name that is a macro already is left alone. */
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

/* Bytes are bytes: there is no text that has other ends of lines in a file than in memory. */
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

/* Returns the size of a file; -1 for what has none. */
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
