/* callbacks.h: callbacks whose file is in memory, which record what they are asked for, and fail as they are told. */
#ifndef CALLBACKS_H
#define CALLBACKS_H

#include <mmsystem_ext.h>

#include "check.h"

enum { CALL_READ, CALL_WRITE, CALL_SEEK, CALL_FLUSH, CALL_CLOSE, CALLS };

#define CALLED_ROOM 4096

typedef struct {
    char bytes[CALLED_ROOM];
    int64_t size, at;
    int calls[CALLS];
    /* From this call of each callback on, 1 for the first, it fails; 0 for never. */
    int fails_from[CALLS];
    /* The result of a callback that fails. */
    int64_t failure;
    /* A transfer takes at most this; 0 for no limit. */
    size_t most;
    /* Called in this callback, once, before the transfer. */
    void (*nested)(void);
    int nested_in;
    /* Where the last seek went. */
    int64_t sought;
    int whence;
} Called;

static Called called;

static int call_fails(Called *file, int call)
{
    void (*nested)(void) = file->nested;
    file->calls[call]++;
    if (nested != NULL && file->nested_in == call) {
        file->nested = NULL;
        nested();
    }
    return file->fails_from[call] != 0 && file->calls[call] >= file->fails_from[call];
}

static size_t call_takes(const Called *file, size_t count)
{
    return file->most != 0 && count > file->most ? file->most : count;
}

static int64_t called_read(void *context, void *data, size_t count)
{
    Called *file = (Called *)context;
    size_t left;
    if (call_fails(file, CALL_READ)) {
        /* Some bytes may have been read before the failure. */
        file->at += file->at < file->size;
        return file->failure;
    }
    left = file->at < file->size ? (size_t)(file->size - file->at) : 0;
    count = call_takes(file, count < left ? count : left);
    if (count > 0) {
        memcpy(data, file->bytes + file->at, count);
        file->at += (int64_t)count;
    }
    return (int64_t)count;
}

static int64_t called_write(void *context, const void *data, size_t count)
{
    Called *file = (Called *)context;
    size_t left;
    if (call_fails(file, CALL_WRITE)) {
        file->at++;
        return file->failure;
    }
    left = file->at < CALLED_ROOM ? (size_t)(CALLED_ROOM - file->at) : 0;
    count = call_takes(file, count < left ? count : left);
    if (count == 0) {
        return 0;
    }
    if (file->at > file->size) {
        memset(file->bytes + file->size, 0, (size_t)(file->at - file->size));
    }
    memcpy(file->bytes + file->at, data, count);
    file->at += (int64_t)count;
    file->size = file->size < file->at ? file->at : file->size;
    return (int64_t)count;
}

static int64_t called_seek(void *context, int64_t offset, int whence)
{
    Called *file = (Called *)context;
    int64_t from = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? file->at : file->size;
    file->sought = offset;
    file->whence = whence;
    if (call_fails(file, CALL_SEEK) || from + offset < 0) {
        return file->failure;
    }
    return file->at = from + offset;
}

static int called_flush(void *context)
{
    Called *file = (Called *)context;
    return call_fails(file, CALL_FLUSH) ? (int)file->failure : 0;
}

static int called_close(void *context)
{
    Called *file = (Called *)context;
    return call_fails(file, CALL_CLOSE) ? (int)file->failure : 0;
}

static const MMSYS_CALLBACKS all_callbacks = {sizeof(MMSYS_CALLBACKS), called_read, called_write, called_seek,
                                              called_flush, called_close};

/* Gives the callbacks a file. */
static inline void call_for(const char *bytes, size_t count)
{
    memset(&called, 0, sizeof called);
    called.failure = -1;
    called.size = (int64_t)count;
    memcpy(called.bytes, bytes, count);
}

static inline HMMIO open_called(const MMSYS_CALLBACKS *callbacks, LONG buffer)
{
    MMIOINFO info;
    HMMIO file;
    memset(&info, 0, sizeof info);
    info.cchBuffer = buffer;
    file = mmsys_open_callbacks(callbacks, &called, &info, MMIO_READWRITE);
    CHECK(file != NULL);
    CHECK_EQ(info.wErrorRet, MMSYSERR_NOERROR);
    return file;
}

#endif /* CALLBACKS_H */
