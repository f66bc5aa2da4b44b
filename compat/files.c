/* files.c: the file functions of Windows, based on those of the system. A handle is a descriptor. */
#include "library.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* The largest size of one read or write, which every system accepts. */
#define MAX_TRANSFER 0x40000000

/* The smallest handle. Smaller numbers are the standard streams, and 0 is not a handle. */
#define FIRST_HANDLE 3

#ifndef ERROR_FILE_TOO_LARGE
#define ERROR_FILE_TOO_LARGE 223
#endif
#ifndef ERROR_NOACCESS
#define ERROR_NOACCESS 998
#endif

void set_system_error(int number)
{
    static const struct {
        int number;
        DWORD error;
    } ERRORS[] = {
        {ENOENT, ERROR_FILE_NOT_FOUND},    {ENOTDIR, ERROR_PATH_NOT_FOUND},  {ELOOP, ERROR_PATH_NOT_FOUND},
        {EACCES, ERROR_ACCESS_DENIED},     {EPERM, ERROR_ACCESS_DENIED},     {EISDIR, ERROR_ACCESS_DENIED},
        {ETXTBSY, ERROR_SHARING_VIOLATION}, {EROFS, ERROR_WRITE_PROTECT},    {EMFILE, ERROR_TOO_MANY_OPEN_FILES},
        {ENFILE, ERROR_TOO_MANY_OPEN_FILES}, {EBADF, ERROR_INVALID_HANDLE},  {ENOMEM, ERROR_NOT_ENOUGH_MEMORY},
        {EINVAL, ERROR_INVALID_PARAMETER}, {EEXIST, ERROR_FILE_EXISTS},      {ENOSPC, ERROR_DISK_FULL},
        {EDQUOT, ERROR_DISK_FULL},         {EFBIG, ERROR_FILE_TOO_LARGE},    {ENAMETOOLONG, ERROR_FILENAME_EXCED_RANGE},
        {EPIPE, ERROR_BROKEN_PIPE},        {ESPIPE, ERROR_SEEK_ON_DEVICE},   {EBUSY, ERROR_BUSY},
        {EIO, ERROR_IO_DEVICE},            {EFAULT, ERROR_NOACCESS},
    };
    size_t i;
    for (i = 0; i < sizeof ERRORS / sizeof *ERRORS; i++) {
        if (ERRORS[i].number == number) {
            SetLastError(ERRORS[i].error);
            return;
        }
    }
    SetLastError(ERROR_GEN_FAILURE);
}

/* Sets the error for errno, and returns FALSE. */
static BOOL fail_as_system(void)
{
    set_system_error(errno);
    return FALSE;
}

/* Returns the descriptor of a handle; -1 with an error if it is not a handle. */
static int descriptor_of(HANDLE file)
{
    intptr_t number = (intptr_t)file;
    if (number <= 0 || number > INT_MAX) {
        fail(ERROR_INVALID_HANDLE);
        return -1;
    }
    return (int)number;
}

/* Gets the system's name of a file. Returns FALSE with an error on failure. */
static BOOL find_path(const char *name, DWORD flags, char *path)
{
    if (name == NULL || *name == 0) {
        return fail(ERROR_PATH_NOT_FOUND);
    }
    switch (mmsys_path(name, flags, path, MAX_NAME_SIZE)) {
    case 0:
        return TRUE;
    case MMIOERR_FILENOTFOUND:
        return fail(ERROR_FILE_NOT_FOUND);
    case MMIOERR_PATHNOTFOUND:
        return fail(ERROR_PATH_NOT_FOUND);
    case MMIOERR_ACCESSDENIED:
        return fail(ERROR_ACCESS_DENIED);
    case MMIOERR_TOOMANYOPENFILES:
        return fail(ERROR_TOO_MANY_OPEN_FILES);
    case MMIOERR_OUTOFMEMORY:
        return fail(strlen(name) >= MAX_NAME_SIZE ? ERROR_FILENAME_EXCED_RANGE : ERROR_NOT_ENOUGH_MEMORY);
    default:
        return fail(strlen(name) > NAME_MAX ? ERROR_FILENAME_EXCED_RANGE : ERROR_BAD_PATHNAME);
    }
}

static int open_retrying(const char *path, int flags, mode_t mode)
{
    int fd;
    do {
        fd = open(path, flags, mode);
    } while (fd < 0 && errno == EINTR);
    return fd;
}

/* Opens or creates a file, and reports whether it existed. Returns the descriptor; -1 with errno on failure. */
static int open_or_create(const char *path, int flags, DWORD disposition, mode_t mode, BOOL *was_there)
{
    int fd = -1, tries;
    struct stat status;
    *was_there = TRUE;
    if (disposition == OPEN_EXISTING || disposition == TRUNCATE_EXISTING) {
        return open_retrying(path, flags, mode);
    }
    /* Retried if another process deletes and creates the file in between. */
    for (tries = 0; tries < 100; tries++) {
        fd = open_retrying(path, flags | O_CREAT | O_EXCL, mode);
        if (fd >= 0) {
            *was_there = FALSE;
        }
        if (fd >= 0 || errno != EEXIST || disposition == CREATE_NEW) {
            return fd;
        }
        fd = open_retrying(path, flags, mode);
        if (fd >= 0 || errno != ENOENT) {
            return fd;
        }
        /* A dangling link: its target is created. */
        if (lstat(path, &status) == 0 && S_ISLNK(status.st_mode)) {
            *was_there = FALSE;
            return open_retrying(path, flags | O_CREAT, mode);
        }
    }
    return fd;
}

/* Moves a descriptor to a number that can be a handle. */
static int as_handle(int fd, int flags)
{
    int moved = fd;
    if (fd < FIRST_HANDLE) {
        moved = fcntl(fd, flags & O_CLOEXEC ? F_DUPFD_CLOEXEC : F_DUPFD, FIRST_HANDLE);
        close(fd);
    }
    return moved;
}

/* The same share mode for mmioOpen. */
static DWORD share_mode(DWORD share)
{
    switch (share & (FILE_SHARE_READ | FILE_SHARE_WRITE)) {
    case 0:
        return MMIO_EXCLUSIVE;
    case FILE_SHARE_READ:
        return MMIO_DENYWRITE;
    case FILE_SHARE_WRITE:
        return MMIO_DENYREAD;
    default:
        return MMIO_DENYNONE;
    }
}

/* Applies the share mode to an open file, and then truncates it. Returns FALSE with an error on failure. */
static BOOL share_and_truncate(int fd, const char *path, DWORD access, DWORD share, BOOL truncates)
{
    struct stat status;
    MMRESULT shared;
    if (fstat(fd, &status) != 0) {
        return fail_as_system();
    }
    if (S_ISDIR(status.st_mode)) {
        return fail(ERROR_ACCESS_DENIED);
    }
    /* An opener without access conflicts with no share mode. */
    shared = access == 0 ? 0 : mmsys_share(fd, share_mode(share));
    if (shared != 0) {
        return fail(shared == MMIOERR_SHARINGVIOLATION ? ERROR_SHARING_VIOLATION : ERROR_GEN_FAILURE);
    }
    if (truncates && S_ISREG(status.st_mode)) {
        /* The file may be open without write access. */
        if ((access & GENERIC_WRITE ? ftruncate(fd, 0) : truncate(path, 0)) != 0) {
            return fail_as_system();
        }
    }
    return TRUE;
}

HANDLE WINAPI CreateFileA(LPCSTR name, DWORD access, DWORD share, LPSECURITY_ATTRIBUTES security, DWORD disposition,
                          DWORD flags, HANDLE pattern)
{
    char path[MAX_NAME_SIZE];
    BOOL creates = disposition != OPEN_EXISTING && disposition != TRUNCATE_EXISTING, was_there, truncates;
    int fd, mode = O_NOCTTY | O_CLOEXEC;
    (void)pattern;
    if (access & GENERIC_ALL) {
        access |= GENERIC_READ | GENERIC_WRITE;
    }
    access &= GENERIC_READ | GENERIC_WRITE;
    if (disposition < CREATE_NEW || disposition > TRUNCATE_EXISTING ||
        (disposition == TRUNCATE_EXISTING && !(access & GENERIC_WRITE))) {
        fail(ERROR_INVALID_PARAMETER);
        return INVALID_HANDLE_VALUE;
    }
    if (!find_path(name, creates ? MMIO_CREATE : 0, path)) {
        return INVALID_HANDLE_VALUE;
    }
    mode |= !(access & GENERIC_WRITE) ? O_RDONLY : access & GENERIC_READ ? O_RDWR : O_WRONLY;
    if (flags & FILE_FLAG_WRITE_THROUGH) {
        mode |= O_SYNC;
    }
    if (security != NULL && security->bInheritHandle) {
        mode &= ~O_CLOEXEC;
    }
    fd = open_or_create(path, mode, disposition, flags & FILE_ATTRIBUTE_READONLY ? 0444 : 0666, &was_there);
    fd = fd < 0 ? fd : as_handle(fd, mode);
    if (fd < 0) {
        fail_as_system();
        return INVALID_HANDLE_VALUE;
    }
    truncates = was_there && (disposition == CREATE_ALWAYS || disposition == TRUNCATE_EXISTING);
    if (!share_and_truncate(fd, path, access, share, truncates)) {
        close(fd);
        return INVALID_HANDLE_VALUE;
    }
    if (flags & FILE_FLAG_DELETE_ON_CLOSE) {
        unlink(path);
    }
    if (disposition == CREATE_ALWAYS || disposition == OPEN_ALWAYS) {
        SetLastError(was_there ? ERROR_ALREADY_EXISTS : NO_ERROR);
    }
    return (HANDLE)(intptr_t)fd;
}

/* Sets the error of a transfer that failed. EBADF also stands for a descriptor that does not permit it. */
static BOOL fail_to_transfer(int fd)
{
    int number = errno;
    if (number == EBADF && fcntl(fd, F_GETFL) >= 0) {
        return fail(ERROR_ACCESS_DENIED);
    }
    set_system_error(number);
    return FALSE;
}

/* Checks the arguments of a transfer. Returns the descriptor; -1 with an error if they are wrong. */
static int begin_transfer(HANDLE file, LPDWORD done, LPOVERLAPPED overlapped)
{
    int fd = descriptor_of(file);
    if (done != NULL) {
        *done = 0;
    }
    if (fd >= 0 && overlapped != NULL) {
        fail(ERROR_NOT_SUPPORTED);
        return -1;
    }
    if (fd >= 0 && done == NULL) {
        fail(ERROR_INVALID_PARAMETER);
        return -1;
    }
    return fd;
}

BOOL WINAPI ReadFile(HANDLE file, LPVOID to, DWORD count, LPDWORD done, LPOVERLAPPED overlapped)
{
    int fd = begin_transfer(file, done, overlapped);
    if (fd < 0) {
        return FALSE;
    }
    do {
        DWORD left = count - *done;
        ssize_t got;
        do {
            got = read(fd, (char *)to + *done, left < MAX_TRANSFER ? left : MAX_TRANSFER);
        } while (got < 0 && errno == EINTR);
        if (got < 0) {
            /* A short read is a success. */
            return *done > 0 ? TRUE : fail_to_transfer(fd);
        }
        if (got == 0) {
            break;
        }
        *done += (DWORD)got;
        /* Does not wait for a pipe or a terminal once some bytes were read. */
    } while (*done < count && lseek(fd, 0, SEEK_CUR) >= 0);
    return TRUE;
}

BOOL WINAPI WriteFile(HANDLE file, LPCVOID from, DWORD count, LPDWORD done, LPOVERLAPPED overlapped)
{
    int fd = begin_transfer(file, done, overlapped);
    if (fd < 0) {
        return FALSE;
    }
    do {
        DWORD left = count - *done;
        ssize_t put = write(fd, (const char *)from + *done, left < MAX_TRANSFER ? left : MAX_TRANSFER);
        if (put < 0 && errno != EINTR) {
            return fail_to_transfer(fd);
        }
        if (put == 0 && left > 0) {
            return fail(ERROR_WRITE_FAULT);
        }
        *done += put > 0 ? (DWORD)put : 0;
    } while (*done < count);
    return TRUE;
}

/* Returns the new position of a file; -1 with an error if it is not valid. */
static int64_t target_of(int fd, int64_t distance, DWORD origin)
{
    int64_t from = 0;
    struct stat status;
    if (origin > FILE_END) {
        fail(ERROR_INVALID_PARAMETER);
        return -1;
    }
    from = lseek(fd, 0, SEEK_CUR);
    if (from < 0 || (origin == FILE_END && fstat(fd, &status) != 0)) {
        fail_as_system();
        return -1;
    }
    from = origin == FILE_BEGIN ? 0 : origin == FILE_END ? (int64_t)status.st_size : from;
    if (distance > INT64_MAX - from) {
        fail(ERROR_INVALID_PARAMETER);
        return -1;
    }
    if (from + distance < 0) {
        fail(ERROR_NEGATIVE_SEEK);
        return -1;
    }
    return from + distance;
}

static BOOL move_to(int fd, int64_t target)
{
    return lseek(fd, target, SEEK_SET) == target ? TRUE : fail_as_system();
}

DWORD WINAPI SetFilePointer(HANDLE file, LONG distance, PLONG high, DWORD origin)
{
    int fd = descriptor_of(file);
    int64_t whole = distance, target;
    if (fd < 0) {
        return INVALID_SET_FILE_POINTER;
    }
    if (high != NULL) {
        whole = (int64_t)((uint64_t)(uint32_t)*high << 32 | (uint32_t)distance);
    }
    target = target_of(fd, whole, origin);
    if (target < 0) {
        return INVALID_SET_FILE_POINTER;
    }
    if (high == NULL && target > UINT32_MAX) {
        fail(ERROR_INVALID_PARAMETER);
        return INVALID_SET_FILE_POINTER;
    }
    if (!move_to(fd, target)) {
        return INVALID_SET_FILE_POINTER;
    }
    if (high != NULL) {
        *high = (LONG)(target >> 32);
    }
    SetLastError(NO_ERROR);
    return (DWORD)(target & UINT32_MAX);
}

BOOL WINAPI SetFilePointerEx(HANDLE file, LARGE_INTEGER distance, PLARGE_INTEGER position, DWORD origin)
{
    int fd = descriptor_of(file);
    int64_t target = fd < 0 ? -1 : target_of(fd, distance.QuadPart, origin);
    if (target < 0 || !move_to(fd, target)) {
        return FALSE;
    }
    if (position != NULL) {
        position->QuadPart = target;
    }
    return TRUE;
}

BOOL WINAPI SetEndOfFile(HANDLE file)
{
    int fd = descriptor_of(file);
    int64_t position = fd < 0 ? -1 : lseek(fd, 0, SEEK_CUR);
    if (fd < 0) {
        return FALSE;
    }
    /* ftruncate would fail with EINVAL. */
    if (position >= 0 && (fcntl(fd, F_GETFL) & O_ACCMODE) == O_RDONLY) {
        return fail(ERROR_ACCESS_DENIED);
    }
    return position >= 0 && ftruncate(fd, position) == 0 ? TRUE : fail_as_system();
}

BOOL WINAPI GetFileSizeEx(HANDLE file, PLARGE_INTEGER size)
{
    int fd = descriptor_of(file);
    struct stat status;
    if (fd < 0) {
        return FALSE;
    }
    if (size == NULL) {
        return fail(ERROR_INVALID_PARAMETER);
    }
    if (fstat(fd, &status) != 0) {
        return fail_as_system();
    }
    size->QuadPart = status.st_size;
    return TRUE;
}

DWORD WINAPI GetFileSize(HANDLE file, LPDWORD high)
{
    LARGE_INTEGER size;
    if (!GetFileSizeEx(file, &size)) {
        return INVALID_FILE_SIZE;
    }
    if (high != NULL) {
        *high = (DWORD)(size.QuadPart >> 32);
    }
    SetLastError(NO_ERROR);
    return (DWORD)(size.QuadPart & UINT32_MAX);
}

BOOL WINAPI FlushFileBuffers(HANDLE file)
{
    int fd = descriptor_of(file), result;
    if (fd < 0) {
        return FALSE;
    }
    do {
        result = fsync(fd);
    } while (result != 0 && errno == EINTR);
    return result == 0 ? TRUE : fail_as_system();
}

BOOL WINAPI CloseHandle(HANDLE file)
{
    int fd = descriptor_of(file);
    if (fd < 0) {
        return FALSE;
    }
    /* After EINTR the descriptor is closed too. */
    return close(fd) == 0 || errno == EINTR ? TRUE : fail_as_system();
}

BOOL WINAPI DeleteFileA(LPCSTR name)
{
    char path[MAX_NAME_SIZE];
    struct stat status;
    if (!find_path(name, 0, path)) {
        return FALSE;
    }
    if (lstat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
        return fail(ERROR_ACCESS_DENIED);
    }
    return unlink(path) == 0 ? TRUE : fail_as_system();
}

DWORD part_that_fits(size_t length, DWORD room)
{
    return length < room ? (DWORD)length : room > 0 ? room - 1 : 0;
}

DWORD WINAPI GetTempPathA(DWORD room, LPSTR to)
{
    char *folder = temporary_folder();
    size_t length;
    if (folder == NULL) {
        return 0;
    }
    length = strlen(folder);
    if (length < room && to != NULL) {
        memcpy(to, folder, length + 1);
    } else {
        length++;
    }
    free(folder);
    return (DWORD)length;
}

DWORD WINAPI GetModuleFileNameA(HMODULE module, LPSTR to, DWORD room)
{
    char *file;
    size_t length;
    DWORD part;
    if (module != NULL) {
        fail(ERROR_MOD_NOT_FOUND);
        return 0;
    }
    if (to == NULL || room == 0) {
        fail(ERROR_INSUFFICIENT_BUFFER);
        return 0;
    }
    file = program_file();
    if (file == NULL) {
        return 0;
    }
    length = strlen(file);
    part = part_that_fits(length, room);
    memcpy(to, file, part);
    to[part] = 0;
    free(file);
    SetLastError(part < length ? ERROR_INSUFFICIENT_BUFFER : NO_ERROR);
    return part < length ? room : part;
}
