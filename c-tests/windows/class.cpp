/* Classes of C++ as a procedure and as callbacks.
 *
 * Shows docs/procedures.md, Pointers in a procedure: "A class of C++ is a procedure", "the object is the context". */
#include <windows.h>

#include <mmsystem_ext.h>

#include "check.h"

#include <cstring>

class Procedure {
public:
    virtual ~Procedure() {}
    virtual LRESULT Message(MMIOINFO *info, UINT uMsg, LPARAM lParam1, LPARAM lParam2) = 0;
    static LRESULT CALLBACK Entry(LPSTR lpmmioinfo, UINT uMsg, LPARAM lParam1, LPARAM lParam2)
    {
        MMIOINFO *info = reinterpret_cast<MMIOINFO *>(lpmmioinfo);
        Procedure *object;
        std::memcpy(&object, info->adwInfo, sizeof(object));
        return object->Message(info, uMsg, lParam1, lParam2);
    }
};

class Counting : public Procedure {
public:
    Counting() : messages(0) {}
    virtual LRESULT Message(MMIOINFO *, UINT, LPARAM, LPARAM)
    {
        messages++;
        return 0;
    }
    int messages;
};

class Source {
public:
    virtual ~Source() {}
    virtual int64_t Read(void *data, size_t count) = 0;
};

class Letters : public Source {
public:
    virtual int64_t Read(void *data, size_t count)
    {
        std::memset(data, 'a', count);
        return static_cast<int64_t>(count);
    }
};

static int64_t ReadSource(void *source, void *data, size_t count)
{
    return static_cast<Source *>(source)->Read(data, count);
}

static int CloseSource(void *source)
{
    delete static_cast<Source *>(source);
    return 0;
}

static void a_class_is_a_procedure()
{
    Counting counting;
    Procedure *object = &counting;
    char name[] = "x";
    MMIOINFO info;
    std::memset(&info, 0, sizeof info);
    info.pIOProc = Procedure::Entry;
    std::memcpy(info.adwInfo, &object, sizeof(object));
    HMMIO file = mmioOpenA(name, &info, MMIO_READ);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
    CHECK_EQ(counting.messages, 2);
}

static void an_object_is_a_context()
{
    char bytes[3];
    MMSYS_CALLBACKS callbacks = {sizeof callbacks, ReadSource, NULL, NULL, NULL, CloseSource};
    HMMIO file = mmsys_open_callbacks(&callbacks, static_cast<Source *>(new Letters), NULL, MMIO_READ);
    CHECK_EQ(mmioRead(file, bytes, 3), 3);
    CHECK_BYTES(bytes, "aaa", 3);
    CHECK_EQ(mmioClose(file, 0), MMSYSERR_NOERROR);
}

int main()
{
    a_class_is_a_procedure();
    an_object_is_a_context();
    return report();
}
