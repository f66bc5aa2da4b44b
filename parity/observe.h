/* observe.h: shared by the parity programs. Each is built natively and for Windows, and prints a line for every
 * observation: CONCERN.CASE/STEP WHAT = VALUE. No pointer, handle or path is a value: pointers are printed as
 * distances from pchBuffer. parity.py compares the lines of both by what precedes the equals sign. */
#ifndef OBSERVE_H
#define OBSERVE_H

#include <windows.h>

#include <mmsystem.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LETTERS "abcdefghijklmnopqrstuvwxyz"
#define OWN_CODE mmioFOURCC('O', 'W', 'N', ' ')

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* The current case and step. Output is flushed at both ends of a case. */
static const char *concern;
static char case_name[64], step_name[96];
static int step_number;

static inline void begin_step(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsprintf(step_name, format, arguments);
    va_end(arguments);
    step_number++;
}

static inline void begin_line(const char *what)
{
    printf("%s.%s/%02d %s%s%s = ", concern, case_name, step_number, step_name, what[0] != 0 ? ": " : "", what);
}

static inline void observe(const char *what, long long value)
{
    begin_line(what);
    printf("%d\n", (int)value);
}

static inline void observe_text(const char *what, const char *value)
{
    begin_line(what);
    printf("%s\n", value);
}

static inline void observe_flags(const char *what, DWORD value)
{
    begin_line(what);
    printf("0x%x\n", (unsigned)value);
}

/* Prints bytes: letters, digits and signs as they are, the others in hexadecimal. */
static inline void observe_bytes(const char *what, const char *bytes, int count)
{
    int i;
    begin_line(what);
    for (i = 0; i < count; i++)
        printf(bytes[i] > ' ' && bytes[i] < 127 && bytes[i] != '\\' ? "%c" : "\\%02x", (unsigned char)bytes[i]);
    printf("\n");
}

static inline void observe_code(const char *what, FOURCC code)
{
    char bytes[4];
    int i;
    for (i = 0; i < 4; i++)
        bytes[i] = (char)(code >> 8 * i);
    observe_bytes(what, bytes, 4);
}

/* Handles may be small numbers, so TRUE and errors are printed by observe_result only. */
static inline void observe_handle(const char *what, HMMIO file)
{
    observe_text(what, file == NULL ? "NULL" : "a file");
}

static inline void observe_result(const char *what, HMMIO result)
{
    observe(what, (long long)(size_t)result);
}

/* Prints a file's size, and a checksum. */
static inline void observe_file(const char *what, const char *name)
{
    FILE *stream = fopen(name, "rb");
    unsigned sum = 2166136261u;
    int byte, size = 0;
    if (stream == NULL) {
        observe_text(what, "no file");
        return;
    }
    for (; (byte = getc(stream)) != EOF; size++)
        sum = (sum ^ (unsigned)byte) * 16777619u;
    fclose(stream);
    begin_line(what);
    printf("%d bytes, sum %08x\n", size, sum);
}

static inline void put_file(const char *name, const void *bytes, size_t count)
{
    FILE *stream = fopen(name, "wb");
    if (stream == NULL || fwrite(bytes, 1, count, stream) != count || fclose(stream) != 0) {
        perror(name);
        exit(EXIT_FAILURE);
    }
}

/* Cases. One that crashes an implementation ends the program; parity.py then continues with the next one. */

static int cases_done, first_case;

static inline void end_case(const char *outcome)
{
    step_number = 98;
    begin_step("end");
    observe_text("", outcome);
    fflush(stdout);
}

#ifdef _WIN32
static LONG CALLBACK on_crash(EXCEPTION_POINTERS *exception)
{
    DWORD code = exception->ExceptionRecord->ExceptionCode;
    if (code != EXCEPTION_ACCESS_VIOLATION && code != EXCEPTION_STACK_OVERFLOW)
        return EXCEPTION_CONTINUE_SEARCH;
    end_case("crashed");
    TerminateProcess(GetCurrentProcess(), 3);
    return EXCEPTION_CONTINUE_SEARCH;
}
#endif

/* The argument, if there is one, is the number of the first case to run. */
static inline void begin(const char *name, int argc, char **argv)
{
    concern = name;
    first_case = argc > 1 ? atoi(argv[1]) : 0;
#ifdef _WIN32
    AddVectoredExceptionHandler(1, on_crash);
#endif
}

static inline void run_case(void (*body)(void), const char *format, ...)
{
    va_list arguments;
    if (cases_done++ < first_case)
        return;
    va_start(arguments, format);
    vsprintf(case_name, format, arguments);
    va_end(arguments);
    printf("# case %d\n", cases_done - 1);
    fflush(stdout);
    step_number = 0;
    body();
    end_case("reached");
}

/* A procedure over bytes in memory. The messages since the last step are one observation. */

static struct {
    char bytes[4096];
    LONG size;
    const char *buffer; /* The memory that is printed as "buf", and its size. */
    LONG buffer_size;
    UINT failing; /* This message... */
    int is_failing;
    LRESULT result; /* ...returns this. */
    LONG most;      /* Maximum bytes per message; 0 for no limit. */
    char log[4096];
} own;

static inline LRESULT own_transfer(MMIOINFO *info, UINT message, char *memory, LONG count)
{
    LONG end = message == MMIOM_READ ? own.size : (LONG)sizeof own.bytes;
    count = count < end - info->lDiskOffset ? count : end - info->lDiskOffset;
    count = own.most > 0 && count > own.most ? own.most : count;
    if (count <= 0)
        return 0;
    if (message == MMIOM_READ)
        memcpy(memory, own.bytes + info->lDiskOffset, (size_t)count);
    else
        memcpy(own.bytes + info->lDiskOffset, memory, (size_t)count);
    info->lDiskOffset += count;
    own.size = own.size < info->lDiskOffset && message != MMIOM_READ ? info->lDiskOffset : own.size;
    return count;
}

static inline LRESULT own_result(MMIOINFO *info, UINT message, LPARAM first, LPARAM second)
{
    if (own.is_failing && message == own.failing)
        return own.result;
    switch (message) {
    case MMIOM_READ:
    case MMIOM_WRITE:
    case MMIOM_WRITEFLUSH:
        return own_transfer(info, message, (char *)first, (LONG)second);
    case MMIOM_SEEK:
        info->lDiskOffset = (LONG)first + (second == SEEK_END   ? own.size
                                           : second == SEEK_CUR ? info->lDiskOffset
                                                                : 0);
        return info->lDiskOffset;
    case MMIOM_OPEN:
    case MMIOM_CLOSE:
    case MMIOM_RENAME:
        return 0;
    default:
        return first * 10 + second;
    }
}

static LRESULT CALLBACK own_procedure(LPSTR lpmmioinfo, UINT message, LPARAM first, LPARAM second)
{
    static const char *const transfers[] = {"READ", "WRITE", "", "", "", "WRITEFLUSH"};
    MMIOINFO *info = (MMIOINFO *)(void *)lpmmioinfo;
    LONG before = info->lDiskOffset;
    LRESULT result = own_result(info, message, first, second);
    char *line = own.log + strlen(own.log);
    ptrdiff_t place = (const char *)first - own.buffer;
    if (own.log + sizeof own.log - line < 300)
        return result;
    switch (message) {
    case MMIOM_READ:
    case MMIOM_WRITE:
    case MMIOM_WRITEFLUSH:
        if (own.buffer != NULL && place >= 0 && place < own.buffer_size)
            sprintf(line, "%s buf+%d %d", transfers[message], (int)place, (int)second);
        else
            sprintf(line, "%s memory %d", transfers[message], (int)second);
        break;
    case MMIOM_SEEK:
        sprintf(line, "SEEK %d %s", (int)first, second == SEEK_SET ? "SET" : second == SEEK_END ? "END" : "CUR");
        break;
    case MMIOM_OPEN:
        sprintf(line, "OPEN \"%.40s\" %d", first != 0 ? (const char *)first : "(NULL)", (int)second);
        break;
    case MMIOM_RENAME:
        sprintf(line, "RENAME \"%.40s\" \"%.40s\"", (const char *)first, (const char *)second);
        break;
    case MMIOM_CLOSE:
        sprintf(line, "CLOSE %d %d", (int)first, (int)second);
        break;
    default:
        sprintf(line, "%d %d %d", (int)message, (int)first, (int)second);
        break;
    }
    sprintf(line + strlen(line), " @%d>%d = %d; ", (int)before, (int)info->lDiskOffset, (int)result);
    return result;
}

static inline void observe_messages(void)
{
    observe_text("messages", own.log[0] != 0 ? own.log : "none");
    own.log[0] = 0;
}

static inline void fresh_own(const char *bytes, LONG count)
{
    memset(&own, 0, sizeof own);
    memcpy(own.bytes, bytes, (size_t)count);
    own.size = count;
}

/* The members that mmioGetInfo returns. */

static inline void observe_distance(const char *what, const MMIOINFO *info, const char *pointer)
{
    if (pointer == NULL || info->pchBuffer == NULL)
        observe_text(what, pointer == NULL ? "NULL" : "not NULL");
    else
        observe(what, pointer - (const char *)info->pchBuffer);
}

static inline void observe_info(const MMIOINFO *info, HMMIO file)
{
    observe_flags("dwFlags", info->dwFlags);
    observe_code("fccIOProc", info->fccIOProc);
    observe_text("pIOProc", info->pIOProc == NULL ? "NULL" : info->pIOProc == own_procedure ? "own" : "another");
    observe("wErrorRet", info->wErrorRet);
    observe_text("htask", info->htask == NULL ? "NULL" : "not NULL");
    observe("cchBuffer", info->cchBuffer);
    observe_text("pchBuffer", info->pchBuffer == NULL ? "NULL" : "not NULL");
    observe_distance("pchNext", info, (const char *)info->pchNext);
    observe_distance("pchEndRead", info, (const char *)info->pchEndRead);
    observe_distance("pchEndWrite", info, (const char *)info->pchEndWrite);
    observe("lBufOffset", info->lBufOffset);
    observe("lDiskOffset", info->lDiskOffset);
    if (info->fccIOProc == OWN_CODE) {
        observe("adwInfo[0]", info->adwInfo[0]);
        observe("adwInfo[1]", info->adwInfo[1]);
        observe("adwInfo[2]", info->adwInfo[2]);
    }
    observe("dwReserved1", info->dwReserved1);
    observe("dwReserved2", info->dwReserved2);
    observe_text("hmmio", info->hmmio == file ? "the file's" : info->hmmio == NULL ? "NULL" : "another");
}

static inline void observe_state(HMMIO file)
{
    MMIOINFO info;
    memset(&info, 0x55, sizeof info);
    observe("mmioGetInfo", mmioGetInfo(file, &info, 0));
    own.buffer = (const char *)info.pchBuffer;
    own.buffer_size = info.cchBuffer;
    observe_info(&info, file);
    observe_messages();
}

typedef enum Kind { DISK, OWN, MEMORY, GROWING, KINDS } Kind;

static const char *const kind_names[] = {"disk", "own", "memory", "growing"};

static char memory[4096];

/* Opens a file of these bytes, with a buffer of the library's. Of a memory file the memory is the buffer. */
static inline HMMIO open_bytes(Kind kind, const char *bytes, LONG count, LONG buffer, DWORD flags)
{
    MMIOINFO info;
    HMMIO file;
    memset(&info, 0, sizeof info);
    fresh_own(bytes, count);
    info.cchBuffer = buffer;
    switch (kind) {
    case DISK:
        put_file("parity.bin", bytes, (size_t)count);
        file = mmioOpenA((LPSTR) "parity.bin", &info, flags);
        break;
    case OWN:
        info.pIOProc = own_procedure;
        info.fccIOProc = OWN_CODE;
        info.adwInfo[0] = 7;
        file = mmioOpenA((LPSTR) "name", &info, flags);
        break;
    default:
        info.fccIOProc = FOURCC_MEM;
        info.adwInfo[0] = kind == GROWING ? 16 : 0;
        if (kind == GROWING) {
            /* It is empty at first, and gets its bytes by mmioWrite. */
            info.cchBuffer = 8;
            file = mmioOpenA(NULL, &info, flags | MMIO_CREATE);
            mmioWrite(file, bytes, count);
            mmioSeek(file, 0, SEEK_SET);
        } else {
            memset(memory, 0, sizeof memory);
            memcpy(memory, bytes, (size_t)count);
            info.pchBuffer = memory;
            info.cchBuffer = count;
            file = mmioOpenA(NULL, &info, flags);
        }
        break;
    }
    begin_step("open");
    observe_handle("", file);
    observe("wErrorRet of the caller's", info.wErrorRet);
    return file;
}

/* Calls, each with its result and the state after it. */

static inline LONG do_read(HMMIO file, LONG count)
{
    char bytes[4096];
    LONG done;
    memset(bytes, '-', sizeof bytes);
    begin_step("mmioRead %d", (int)count);
    done = mmioRead(file, bytes, count);
    observe("", done);
    observe_bytes("bytes", bytes, done > 0 ? done : 0);
    observe_state(file);
    return done;
}

static inline LONG do_write(HMMIO file, const char *bytes, LONG count)
{
    LONG done;
    begin_step("mmioWrite %d", (int)count);
    done = mmioWrite(file, bytes, count);
    observe("", done);
    observe_state(file);
    return done;
}

static inline LONG do_seek(HMMIO file, LONG offset, int origin)
{
    LONG done;
    begin_step("mmioSeek %d %s", (int)offset,
               origin == SEEK_SET   ? "SEEK_SET"
               : origin == SEEK_CUR ? "SEEK_CUR"
               : origin == SEEK_END ? "SEEK_END"
                                    : "?");
    done = mmioSeek(file, offset, origin);
    observe("", done);
    observe_state(file);
    return done;
}

static inline void do_flush(HMMIO file, UINT flags)
{
    begin_step("mmioFlush 0x%x", (unsigned)flags);
    observe("", mmioFlush(file, flags));
    observe_state(file);
}

static inline void do_set_buffer(HMMIO file, char *buffer, LONG size)
{
    begin_step("mmioSetBuffer %s %d", buffer == NULL ? "NULL" : "memory", (int)size);
    observe("", mmioSetBuffer(file, buffer, size, 0));
    observe_state(file);
}

static inline void do_advance(HMMIO file, MMIOINFO *info, UINT flags)
{
    begin_step("mmioAdvance %s 0x%x", info == NULL ? "NULL" : "info", (unsigned)flags);
    observe("", mmioAdvance(file, info, flags));
    observe_state(file);
}

/* Closes a file, and prints its contents. */
static inline void do_close(HMMIO file, Kind kind)
{
    begin_step("mmioClose");
    observe("", mmioClose(file, 0));
    observe_messages();
    if (kind == DISK)
        observe_file("file", "parity.bin");
    else if (kind == OWN)
        observe_bytes("bytes", own.bytes, own.size);
    else if (kind == MEMORY)
        observe_bytes("bytes", memory, 40);
}

/* Prints the bytes of a memory file that grows, before it is closed. */
static inline void observe_content(HMMIO file)
{
    MMIOINFO info;
    begin_step("content");
    memset(&info, 0, sizeof info);
    if (mmioGetInfo(file, &info, 0) == 0 && info.pchBuffer != NULL)
        observe_bytes("", (const char *)info.pchBuffer, (int)((const char *)info.pchEndRead - (const char *)info.pchBuffer));
}

static inline void observe_chunk(const char *what, const MMCKINFO *chunk)
{
    char line[80];
    sprintf(line, "%s.ckid", what);
    observe_code(line, chunk->ckid);
    sprintf(line, "%s.cksize", what);
    observe(line, chunk->cksize);
    sprintf(line, "%s.fccType", what);
    observe_code(line, chunk->fccType);
    sprintf(line, "%s.dwDataOffset", what);
    observe(line, chunk->dwDataOffset);
    sprintf(line, "%s.dwFlags", what);
    observe_flags(line, chunk->dwFlags);
}

/* Runs a body for each kind of file, those with a buffer with several sizes, in `kind` and `buffer_size`. */
static Kind kind;
static LONG buffer_size;

static inline void on_kind(void (*body)(void), const char *name)
{
    if (kind <= OWN)
        run_case(body, "%s-%s-%d", name, kind_names[kind], (int)buffer_size);
    else
        run_case(body, "%s-%s", name, kind_names[kind]);
}

static inline void on_each_kind(void (*body)(void), const char *name)
{
    static const LONG sizes[] = {0, 8, 100};
    int i;
    for (kind = DISK; kind < KINDS; kind = (Kind)(kind + 1))
        for (i = 0; i < (kind <= OWN ? 3 : 1); i++) {
            buffer_size = sizes[i];
            on_kind(body, name);
        }
}

/* For calls that some kinds crash in, or never return from. */
static inline void on_two_kinds(void (*body)(void), const char *name)
{
    kind = OWN;
    buffer_size = 0;
    on_kind(body, name);
    kind = DISK;
    buffer_size = 8;
    on_kind(body, name);
}

#endif /* OBSERVE_H */
