/* CreateFile: what each disposition does, and the errors; and what ReadFile, WriteFile and SetFilePointer return.
 *
 * Shows docs/contract.md, 10. Functions beside mmio: "CreateFile", "Handles", "ReadFile", "WriteFile".
 * Shows docs/contract.md, 10. Functions beside mmio: "SetFilePointer", "GetFileSize", "GetTempPath".
 * Shows docs/contract.md, 10. Functions beside mmio: "GetModuleFileName".
 * Shows docs/differences.md, Functions beside mmio: "A share mode of CreateFile", "FILE_FLAG_DELETE_ON_CLOSE". */
#define _XOPEN_SOURCE 700
#include <windows.h>

#include "check.h"

#ifndef _WIN32
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>
#endif

#define BOTH (GENERIC_READ | GENERIC_WRITE)
#define ANY (FILE_SHARE_READ | FILE_SHARE_WRITE)

static HANDLE open_file(const TCHAR *name, DWORD access, DWORD share, DWORD disposition)
{
    SetLastError(0xdead);
    return CreateFile(name, access, share, NULL, disposition, FILE_ATTRIBUTE_NORMAL, NULL);
}

/* Opening fails with this error. */
#define CHECK_FAILS(opened, error)                                                                \
    do {                                                                                          \
        CHECK((opened) == INVALID_HANDLE_VALUE);                                                  \
        CHECK_EQ(GetLastError(), error);                                                          \
    } while (0)

static void put_text(const TCHAR *name, const char *text)
{
    DWORD done = 99;
    HANDLE file = open_file(name, GENERIC_WRITE, 0, CREATE_ALWAYS);
    CHECK(file != INVALID_HANDLE_VALUE && file != NULL);
    CHECK(WriteFile(file, text, (DWORD)strlen(text), &done, NULL));
    CHECK_EQ(done, strlen(text));
    CHECK(CloseHandle(file));
}

/* Checks that a file contains this text. */
static void check_text(const TCHAR *name, const char *text)
{
    char bytes[100];
    DWORD done = 99;
    HANDLE file = open_file(name, GENERIC_READ, FILE_SHARE_READ, OPEN_EXISTING);
    CHECK(file != INVALID_HANDLE_VALUE);
    CHECK(ReadFile(file, bytes, sizeof bytes, &done, NULL));
    CHECK_EQ(done, strlen(text));
    CHECK_BYTES(bytes, text, strlen(text));
    CHECK(ReadFile(file, bytes, sizeof bytes, &done, NULL));
    CHECK_EQ(done, 0);
    CHECK(CloseHandle(file));
}

static void each_disposition(void)
{
    HANDLE file;
    /* CREATE_NEW creates a file, and fails if it exists. */
    file = open_file(TEXT("new.bin"), GENERIC_WRITE, 0, CREATE_NEW);
    CHECK(file != INVALID_HANDLE_VALUE);
    CHECK(CloseHandle(file));
    CHECK_FAILS(open_file(TEXT("new.bin"), GENERIC_WRITE, 0, CREATE_NEW), ERROR_FILE_EXISTS);
    check_text(TEXT("new.bin"), "");

    /* CREATE_ALWAYS truncates an existing file, and reports that it existed. */
    put_text(TEXT("always.bin"), "some text");
    CHECK_EQ(GetLastError(), NO_ERROR);
    check_text(TEXT("always.bin"), "some text");
    file = open_file(TEXT("always.bin"), GENERIC_WRITE, 0, CREATE_ALWAYS);
    CHECK_EQ(GetLastError(), ERROR_ALREADY_EXISTS);
    CHECK(CloseHandle(file));
    check_text(TEXT("always.bin"), "");

    /* OPEN_EXISTING creates and changes nothing. */
    CHECK_FAILS(open_file(TEXT("none.bin"), GENERIC_READ, 0, OPEN_EXISTING), ERROR_FILE_NOT_FOUND);
    put_text(TEXT("there.bin"), "text");
    file = open_file(TEXT("there.bin"), BOTH, 0, OPEN_EXISTING);
    CHECK(file != INVALID_HANDLE_VALUE);
    CHECK_EQ(GetFileSize(file, NULL), 4);
    CHECK(CloseHandle(file));

    /* OPEN_ALWAYS creates a file, and does not change one that exists. */
    file = open_file(TEXT("there.bin"), GENERIC_READ, 0, OPEN_ALWAYS);
    CHECK_EQ(GetLastError(), ERROR_ALREADY_EXISTS);
    CHECK_EQ(GetFileSize(file, NULL), 4);
    CHECK(CloseHandle(file));
    file = open_file(TEXT("other.bin"), GENERIC_READ, 0, OPEN_ALWAYS);
    CHECK_EQ(GetLastError(), NO_ERROR);
    CHECK_EQ(GetFileSize(file, NULL), 0);
    CHECK(CloseHandle(file));

    /* TRUNCATE_EXISTING truncates, and requires GENERIC_WRITE. */
    CHECK_FAILS(open_file(TEXT("none.bin"), GENERIC_WRITE, 0, TRUNCATE_EXISTING), ERROR_FILE_NOT_FOUND);
    CHECK_FAILS(open_file(TEXT("there.bin"), GENERIC_READ, 0, TRUNCATE_EXISTING), ERROR_INVALID_PARAMETER);
    check_text(TEXT("there.bin"), "text");
    file = open_file(TEXT("there.bin"), GENERIC_WRITE, 0, TRUNCATE_EXISTING);
    CHECK(file != INVALID_HANDLE_VALUE);
    CHECK(CloseHandle(file));
    check_text(TEXT("there.bin"), "");

    CHECK_FAILS(open_file(TEXT("there.bin"), GENERIC_READ, 0, 0), ERROR_INVALID_PARAMETER);
    CHECK_FAILS(open_file(TEXT("there.bin"), GENERIC_READ, 0, 6), ERROR_INVALID_PARAMETER);
}

static void names_of_files(void)
{
    HANDLE file;
    CHECK_FAILS(open_file(TEXT("no folder\\x.bin"), GENERIC_READ, 0, OPEN_EXISTING), ERROR_PATH_NOT_FOUND);
    CHECK_FAILS(open_file(TEXT("no folder\\x.bin"), GENERIC_WRITE, 0, CREATE_ALWAYS), ERROR_PATH_NOT_FOUND);
    CHECK_FAILS(open_file(TEXT(""), GENERIC_READ, 0, OPEN_EXISTING), ERROR_PATH_NOT_FOUND);
    CHECK_FAILS(open_file(TEXT("."), GENERIC_READ, 0, OPEN_EXISTING), ERROR_ACCESS_DENIED);

    /* Case is ignored, and `\` is a separator. */
    put_text(TEXT("Case.Bin"), "case");
    check_text(TEXT("cASE.bIN"), "case");
    check_text(TEXT(".\\CASE.BIN"), "case");
    CHECK_FAILS(open_file(TEXT("CASE.bin"), GENERIC_WRITE, 0, CREATE_NEW), ERROR_FILE_EXISTS);
    file = open_file(TEXT("CASE.BIN"), GENERIC_WRITE, 0, CREATE_ALWAYS);
    CHECK_EQ(GetLastError(), ERROR_ALREADY_EXISTS);
    CHECK(CloseHandle(file));
    check_text(TEXT("Case.Bin"), "");

    CHECK(DeleteFile(TEXT("case.bin")));
    SetLastError(0xdead);
    CHECK(!DeleteFile(TEXT("case.bin")));
    CHECK_EQ(GetLastError(), ERROR_FILE_NOT_FOUND);
    CHECK(!DeleteFile(TEXT("no folder\\case.bin")));
    CHECK_EQ(GetLastError(), ERROR_PATH_NOT_FOUND);
    CHECK(!DeleteFile(TEXT(".")));
    CHECK_EQ(GetLastError(), ERROR_ACCESS_DENIED);
}

/* Each access with each share mode: the second open succeeds if neither denies the access of the other. */
static void share_modes(void)
{
    static const DWORD accesses[] = {GENERIC_READ, GENERIC_WRITE, BOTH};
    size_t one, other, share, other_share;
    put_text(TEXT("shared.bin"), "shared");
    for (one = 0; one < 3; one++) {
        for (share = 0; share < 4; share++) {
            HANDLE first = open_file(TEXT("shared.bin"), accesses[one], (DWORD)share, OPEN_EXISTING);
            CHECK(first != INVALID_HANDLE_VALUE);
            for (other = 0; other < 3; other++) {
                for (other_share = 0; other_share < 4; other_share++) {
                    DWORD first_access = accesses[one] >> 30, second_access = accesses[other] >> 30;
                    /* Of an access the higher bit is reading, of a share mode the lower. */
                    DWORD first_share = (DWORD)(share >> 1 | (share & 1) << 1);
                    DWORD second_share = (DWORD)(other_share >> 1 | (other_share & 1) << 1);
                    int fits = !(first_access & ~second_share) && !(second_access & ~first_share);
                    HANDLE second = open_file(TEXT("shared.bin"), accesses[other], (DWORD)other_share, OPEN_EXISTING);
                    CHECK_EQ(second != INVALID_HANDLE_VALUE, fits);
                    if (second == INVALID_HANDLE_VALUE) {
                        CHECK_EQ(GetLastError(), ERROR_SHARING_VIOLATION);
                    } else {
                        CHECK(CloseHandle(second));
                    }
                }
            }
            CHECK(CloseHandle(first));
        }
    }
    /* A refused open changes nothing. */
    {
        HANDLE first = open_file(TEXT("shared.bin"), GENERIC_READ, FILE_SHARE_READ, OPEN_EXISTING);
        CHECK_FAILS(open_file(TEXT("shared.bin"), GENERIC_WRITE, ANY, CREATE_ALWAYS), ERROR_SHARING_VIOLATION);
        CHECK_FAILS(open_file(TEXT("shared.bin"), GENERIC_WRITE, ANY, TRUNCATE_EXISTING), ERROR_SHARING_VIOLATION);
        CHECK(CloseHandle(first));
        check_text(TEXT("shared.bin"), "shared");
    }
}

/* mmioOpen and CreateFile respect each other's share modes. */
static void share_modes_of_mmio(void)
{
    TCHAR name[] = TEXT("shared.bin");
    HMMIO file = mmioOpen(name, NULL, MMIO_READ | MMIO_DENYWRITE);
    HANDLE other;
    CHECK(file != NULL);
    CHECK_FAILS(open_file(name, GENERIC_WRITE, ANY, OPEN_EXISTING), ERROR_SHARING_VIOLATION);
    other = open_file(name, GENERIC_READ, FILE_SHARE_READ, OPEN_EXISTING);
    CHECK(other != INVALID_HANDLE_VALUE);
    CHECK_EQ(mmioClose(file, 0), 0);
    CHECK(mmioOpen(name, NULL, MMIO_WRITE | MMIO_DENYNONE) == NULL);
    CHECK(CloseHandle(other));
    file = mmioOpen(name, NULL, MMIO_WRITE | MMIO_DENYNONE);
    CHECK(file != NULL);
    CHECK_EQ(mmioClose(file, 0), 0);
}

static void transfers_that_are_not_permitted(void)
{
    char bytes[4] = "abc";
    DWORD done = 99;
    HANDLE file = open_file(TEXT("shared.bin"), GENERIC_WRITE, 0, OPEN_EXISTING);
    SetLastError(0xdead);
    CHECK(!ReadFile(file, bytes, 3, &done, NULL));
    CHECK_EQ(GetLastError(), ERROR_ACCESS_DENIED);
    CHECK_EQ(done, 0);
    CHECK(CloseHandle(file));
    file = open_file(TEXT("shared.bin"), GENERIC_READ, 0, OPEN_EXISTING);
    done = 99;
    CHECK(!WriteFile(file, bytes, 3, &done, NULL));
    CHECK_EQ(GetLastError(), ERROR_ACCESS_DENIED);
    CHECK_EQ(done, 0);
    CHECK(!SetEndOfFile(file));
    CHECK_EQ(GetLastError(), ERROR_ACCESS_DENIED);
    CHECK(CloseHandle(file));

    /* Closed handles, and values that never were one. */
    CHECK(!ReadFile(file, bytes, 3, &done, NULL));
    CHECK_EQ(GetLastError(), ERROR_INVALID_HANDLE);
    CHECK(!WriteFile(file, bytes, 3, &done, NULL));
    CHECK_EQ(GetLastError(), ERROR_INVALID_HANDLE);
    CHECK(!CloseHandle(file));
    CHECK_EQ(GetLastError(), ERROR_INVALID_HANDLE);
    SetLastError(0xdead);
    CHECK_EQ(SetFilePointer(INVALID_HANDLE_VALUE, 0, NULL, FILE_BEGIN), INVALID_SET_FILE_POINTER);
    CHECK_EQ(GetLastError(), ERROR_INVALID_HANDLE);
    SetLastError(0xdead);
    CHECK_EQ(GetFileSize(INVALID_HANDLE_VALUE, NULL), INVALID_FILE_SIZE);
    CHECK_EQ(GetLastError(), ERROR_INVALID_HANDLE);
    CHECK(!ReadFile(NULL, bytes, 3, &done, NULL));
    CHECK_EQ(GetLastError(), ERROR_INVALID_HANDLE);
}

static void positions(void)
{
    HANDLE file = open_file(TEXT("position.bin"), BOTH, 0, CREATE_ALWAYS);
    LARGE_INTEGER distance, position;
    char bytes[8];
    DWORD done, high = 99;
    LONG upper;
    CHECK(WriteFile(file, "0123456789", 10, &done, NULL));
    CHECK_EQ(SetFilePointer(file, 0, NULL, FILE_CURRENT), 10);
    CHECK_EQ(SetFilePointer(file, 4, NULL, FILE_BEGIN), 4);
    CHECK_EQ(GetLastError(), NO_ERROR);
    CHECK(ReadFile(file, bytes, 2, &done, NULL));
    CHECK_BYTES(bytes, "45", 2);
    CHECK_EQ(SetFilePointer(file, -3, NULL, FILE_CURRENT), 3);
    CHECK_EQ(SetFilePointer(file, -1, NULL, FILE_END), 9);
    CHECK(ReadFile(file, bytes, 8, &done, NULL));
    CHECK_EQ(done, 1);

    /* A position before the beginning is an error, and the position does not change. */
    CHECK_EQ(SetFilePointer(file, 5, NULL, FILE_BEGIN), 5);
    CHECK_EQ(SetFilePointer(file, -6, NULL, FILE_CURRENT), INVALID_SET_FILE_POINTER);
    CHECK_EQ(GetLastError(), ERROR_NEGATIVE_SEEK);
    CHECK_EQ(SetFilePointer(file, -1, NULL, FILE_BEGIN), INVALID_SET_FILE_POINTER);
    CHECK_EQ(GetLastError(), ERROR_NEGATIVE_SEEK);
    CHECK_EQ(SetFilePointer(file, 0, NULL, 3), INVALID_SET_FILE_POINTER);
    CHECK_EQ(GetLastError(), ERROR_INVALID_PARAMETER);
    CHECK_EQ(SetFilePointer(file, 0, NULL, FILE_CURRENT), 5);

    /* With the high part, the low part of a valid position may equal the error value. */
    upper = 1;
    CHECK_EQ(SetFilePointer(file, -1, &upper, FILE_BEGIN), 0xffffffff);
    CHECK_EQ(GetLastError(), NO_ERROR);
    CHECK_EQ(upper, 1);
    upper = 99;
    CHECK_EQ(SetFilePointer(file, 2, NULL, FILE_CURRENT), INVALID_SET_FILE_POINTER);
    CHECK_EQ(GetLastError(), ERROR_INVALID_PARAMETER);
    upper = -1;
    CHECK_EQ(SetFilePointer(file, -2, &upper, FILE_CURRENT), 0xfffffffd);
    CHECK_EQ(upper, 1);
    upper = -1;
    CHECK_EQ(SetFilePointer(file, -1, &upper, FILE_BEGIN), INVALID_SET_FILE_POINTER);
    CHECK_EQ(GetLastError(), ERROR_NEGATIVE_SEEK);

    distance.QuadPart = -4;
    position.QuadPart = 99;
    CHECK(SetFilePointerEx(file, distance, &position, FILE_END));
    CHECK_EQ(position.QuadPart, 6);
    distance.QuadPart = (LONGLONG)5 << 32;
    CHECK(SetFilePointerEx(file, distance, NULL, FILE_BEGIN));
    distance.QuadPart = 0;
    CHECK(SetFilePointerEx(file, distance, &position, FILE_CURRENT));
    CHECK_EQ(position.QuadPart, (LONGLONG)5 << 32);
    distance.QuadPart = -7;
    CHECK(!SetFilePointerEx(file, distance, &position, FILE_BEGIN));
    CHECK_EQ(GetLastError(), ERROR_NEGATIVE_SEEK);

    /* SetEndOfFile truncates or extends the file, and a gap is zeros. */
    CHECK_EQ(SetFilePointer(file, 4, NULL, FILE_BEGIN), 4);
    CHECK(SetEndOfFile(file));
    CHECK_EQ(GetFileSize(file, &high), 4);
    CHECK_EQ(high, 0);
    CHECK_EQ(SetFilePointer(file, 6, NULL, FILE_BEGIN), 6);
    CHECK(WriteFile(file, "x", 1, &done, NULL));
    CHECK_EQ(SetFilePointer(file, 0, NULL, FILE_BEGIN), 0);
    CHECK(ReadFile(file, bytes, 8, &done, NULL));
    CHECK_EQ(done, 7);
    CHECK_BYTES(bytes, "0123\0\0x", 7);
    CHECK(GetFileSizeEx(file, &position));
    CHECK_EQ(position.QuadPart, 7);
    CHECK(FlushFileBuffers(file));
    CHECK(WriteFile(file, "", 0, &done, NULL));
    CHECK_EQ(done, 0);
    CHECK(ReadFile(file, bytes, 0, &done, NULL));
    CHECK(CloseHandle(file));
}

/* mmio adopts a handle at its position, and leaves it open with MMIO_FHOPEN. */
static void adoption(void)
{
    HANDLE file = open_file(TEXT("adopted.bin"), BOTH, FILE_SHARE_READ, CREATE_ALWAYS);
    MMIOINFO info;
    HMMIO adopted;
    DWORD done;
    CHECK(WriteFile(file, "head", 4, &done, NULL));
    ZeroMemory(&info, sizeof info);
    info.adwInfo[0] = (DWORD)(DWORD_PTR)file;
    adopted = mmioOpen(NULL, &info, MMIO_READWRITE | MMIO_ALLOCBUF);
    CHECK(adopted != NULL);
    CHECK_EQ(mmioSeek(adopted, 0, SEEK_CUR), 4);
    CHECK_EQ(mmioWrite(adopted, (HPSTR) "body", 4), 4);
    CHECK_EQ(mmioClose(adopted, MMIO_FHOPEN), 0);
    CHECK(WriteFile(file, "tail", 4, &done, NULL));
    CHECK(CloseHandle(file));
    check_text(TEXT("adopted.bin"), "headbodytail");

    /* Without MMIO_FHOPEN the handle is closed with the file. */
    file = open_file(TEXT("adopted.bin"), GENERIC_READ, FILE_SHARE_READ, OPEN_EXISTING);
    ZeroMemory(&info, sizeof info);
    info.adwInfo[0] = (DWORD)(DWORD_PTR)file;
    adopted = mmioOpen(NULL, &info, MMIO_READ);
    CHECK(adopted != NULL);
    CHECK_EQ(mmioClose(adopted, 0), 0);
    CHECK(!CloseHandle(file));
    CHECK_EQ(GetLastError(), ERROR_INVALID_HANDLE);
}

static void directories_of_the_system(void)
{
    TCHAR path[512], cut[4];
    DWORD length = GetTempPath(512, path), needed;
    CHECK(length > 1 && length < 512 && (DWORD)lstrlen(path) == length);
    CHECK(path[length - 1] == TEXT('/') || path[length - 1] == TEXT('\\'));
    needed = GetTempPath(1, path);
    CHECK_EQ(needed, length + 1);
    CHECK_EQ(GetTempPath(length, path), length + 1);
    CHECK_EQ(GetTempPath(length + 1, path), length);
    CHECK_EQ(GetTempPath(0, NULL), length + 1);

    length = GetModuleFileName(NULL, path, 512);
    CHECK(length > 4 && length < 512 && (DWORD)lstrlen(path) == length);
    CHECK(open_file(path, GENERIC_READ, ANY, OPEN_EXISTING) != INVALID_HANDLE_VALUE);
    SetLastError(0xdead);
    CHECK_EQ(GetModuleFileName(NULL, cut, 4), 4);
    CHECK_EQ(GetLastError(), ERROR_INSUFFICIENT_BUFFER);
    CHECK(cut[0] == path[0] && cut[2] == path[2] && cut[3] == 0);
    CHECK_EQ(GetModuleFileName(NULL, path, length), length);
    CHECK_EQ(GetLastError(), ERROR_INSUFFICIENT_BUFFER);
    CHECK_EQ(GetModuleFileName(NULL, path, length + 1), length);
    CHECK_EQ(GetModuleFileName(NULL, path, 0), 0);
    CHECK_EQ(GetLastError(), ERROR_INSUFFICIENT_BUFFER);
}

#ifndef _WIN32
static int ends[2];
static pthread_t reader;

static void handle(int number)
{
    (void)number;
}

static void *interrupt_and_write(void *unused)
{
    int i;
    for (i = 0; i < 10; i++) {
        Sleep(10);
        pthread_kill(reader, SIGUSR1);
    }
    return write(ends[1], "text", 4) == 4 ? unused : ends;
}

/* A signal that is handled while ReadFile waits is not the end of a pipe. */
static void a_read_that_is_interrupted_goes_on(void)
{
    char bytes[8];
    DWORD done = 99;
    pthread_t thread;
    void *wrong = NULL;
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handle;
    CHECK_EQ(sigaction(SIGUSR1, &action, NULL), 0);
    reader = pthread_self();
    CHECK_EQ(pipe(ends), 0);
    CHECK_EQ(pthread_create(&thread, NULL, interrupt_and_write, NULL), 0);
    CHECK(ReadFile((HANDLE)(DWORD_PTR)ends[0], bytes, 8, &done, NULL));
    CHECK_EQ(done, 4);
    CHECK(pthread_join(thread, &wrong) == 0 && wrong == NULL);
    CHECK(CloseHandle((HANDLE)(DWORD_PTR)ends[1]));
    CHECK(ReadFile((HANDLE)(DWORD_PTR)ends[0], bytes, 8, &done, NULL));
    CHECK_EQ(done, 0);
    CHECK(CloseHandle((HANDLE)(DWORD_PTR)ends[0]));
}

/* Through a link to a file that is not there one is made, as mmioOpen makes it; but CREATE_NEW follows no link. */
static void links_to_nothing(void)
{
    static const DWORD dispositions[] = {CREATE_ALWAYS, OPEN_ALWAYS};
    size_t i;
    CHECK_EQ(symlink("target.bin", "link.bin"), 0);
    CHECK_FAILS(open_file(TEXT("link.bin"), GENERIC_WRITE, 0, OPEN_EXISTING), ERROR_FILE_NOT_FOUND);
    CHECK_FAILS(open_file(TEXT("link.bin"), GENERIC_WRITE, 0, CREATE_NEW), ERROR_FILE_EXISTS);
    for (i = 0; i < 2; i++) {
        HANDLE file = open_file(TEXT("link.bin"), GENERIC_WRITE, 0, dispositions[i]);
        CHECK(file != INVALID_HANDLE_VALUE);
        CHECK_EQ(GetLastError(), NO_ERROR);
        CHECK(CloseHandle(file));
        CHECK_EQ(unlink("target.bin"), 0);
    }
    CHECK_EQ(unlink("link.bin"), 0);
}

static void no_descriptor_is_left(void)
{
    struct rlimit before, none;
    int next = open(".", O_RDONLY);
    CHECK(next >= 0 && close(next) == 0);
    CHECK_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
    none = before;
    none.rlim_cur = (rlim_t)next;
    CHECK_EQ(setrlimit(RLIMIT_NOFILE, &none), 0);
    CHECK_FAILS(open_file(TEXT("position.bin"), GENERIC_READ, 0, OPEN_EXISTING), ERROR_TOO_MANY_OPEN_FILES);
    CHECK_FAILS(open_file(TEXT("one more.bin"), GENERIC_WRITE, 0, CREATE_ALWAYS), ERROR_TOO_MANY_OPEN_FILES);
    CHECK_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
    CHECK_FAILS(open_file(TEXT("one more.bin"), GENERIC_READ, 0, OPEN_EXISTING), ERROR_FILE_NOT_FOUND);
}

static void signals_links_and_limits(void)
{
    a_read_that_is_interrupted_goes_on();
    links_to_nothing();
    no_descriptor_is_left();
}
#else
static void signals_links_and_limits(void)
{
}
#endif

int main(void)
{
    each_disposition();
    names_of_files();
    share_modes();
    share_modes_of_mmio();
    transfers_that_are_not_permitted();
    positions();
    adoption();
    directories_of_the_system();
    signals_links_and_limits();
    return report();
}
