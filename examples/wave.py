#!/usr/bin/env python3
"""wave.py: writes a WAV file and lists it, from Python with only the shared library.

    wave.py FILE

If the system does not find the library, set MMSYSTEM_LIBRARY to its path."""
import contextlib
import ctypes.util
import os
import struct
import sys
from ctypes import byref, c_char_p, c_int32, c_uint32, c_void_p

MMIO_READ, MMIO_WRITE, MMIO_CREATE, MMIO_ALLOCBUF, MMIO_CREATERIFF = 0, 1, 0x1000, 0x10000, 0x20
MMIOERR_CANNOTWRITE, MMIOERR_CHUNKNOTFOUND = 262, 265


# Structures are packed, as on Windows.
class MMCKINFO(ctypes.Structure):
    _pack_, _layout_ = 1, "ms"
    _fields_ = [(name, c_uint32) for name in ("ckid", "cksize", "fccType", "dwDataOffset", "dwFlags")]


class MMIOINFO(ctypes.Structure):
    _pack_, _layout_ = 1, "ms"
    _fields_ = [
        ("dwFlags", c_uint32), ("fccIOProc", c_uint32), ("pIOProc", c_void_p), ("wErrorRet", c_uint32),
        ("htask", c_void_p), ("cchBuffer", c_int32), ("pchBuffer", c_void_p), ("pchNext", c_void_p),
        ("pchEndRead", c_void_p), ("pchEndWrite", c_void_p), ("lBufOffset", c_int32),
        ("lDiskOffset", c_int32), ("adwInfo", c_uint32 * 3), ("dwReserved1", c_uint32),
        ("dwReserved2", c_uint32), ("hmmio", c_void_p),
    ]


path = os.environ.get("MMSYSTEM_LIBRARY") or ctypes.util.find_library("mmsystem")
mmio = ctypes.CDLL(path or sys.exit("wave.py: libmmsystem is not found: set MMSYSTEM_LIBRARY to its path"))
mmio.mmioOpenA.restype = c_void_p
mmio.mmsys_error_text.restype = c_char_p


def check(error):
    if error:
        raise OSError(mmio.mmsys_error_text(error).decode())


@contextlib.contextmanager
def opened(name, flags):
    info = MMIOINFO()
    hmmio = c_void_p(mmio.mmioOpenA(os.fsencode(name), byref(info), flags))
    check(0 if hmmio else info.wErrorRet)
    try:
        yield hmmio
    finally:
        error = mmio.mmioClose(hmmio, 0)
    check(error)


@contextlib.contextmanager
def chunk(hmmio, code, form=b""):
    """Writes a chunk, or with a form type a RIFF chunk; the size is corrected at the end."""
    ck = MMCKINFO(ckid=int.from_bytes(code, "little"), fccType=int.from_bytes(form, "little"))
    check(mmio.mmioCreateChunk(hmmio, byref(ck), MMIO_CREATERIFF if form else 0))
    yield
    check(mmio.mmioAscend(hmmio, byref(ck), 0))


def write(hmmio, data):
    check(mmio.mmioWrite(hmmio, data, len(data)) != len(data) and MMIOERR_CANNOTWRITE)


def write_beep(hmmio, rate=8000):
    with chunk(hmmio, b"RIFF", b"WAVE"):
        with chunk(hmmio, b"fmt "):
            write(hmmio, struct.pack("<HHIIHH", 1, 1, rate, 2 * rate, 2, 16))
        with chunk(hmmio, b"data"):
            for number in range(rate // 4):
                write(hmmio, struct.pack("<h", 8000 if number // 8 % 2 else -8000))


def list_chunks(hmmio, parent=None, pad=""):
    ck = MMCKINFO()
    while not (error := mmio.mmioDescend(hmmio, byref(ck), parent and byref(parent), 0)):
        code, form = (number.to_bytes(4, "little").decode("latin-1") for number in (ck.ckid, ck.fccType))
        print(f"{ck.dwDataOffset - 8:10} {ck.cksize:10}  {pad}{code}" + (f" '{form}'" if ck.fccType else ""))
        if ck.fccType:
            list_chunks(hmmio, ck, pad + "  ")
        check(mmio.mmioAscend(hmmio, byref(ck), 0))
    check(error if error != MMIOERR_CHUNKNOTFOUND else 0)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: wave.py FILE")
    try:
        with opened(sys.argv[1], MMIO_CREATE | MMIO_WRITE | MMIO_ALLOCBUF) as file:
            write_beep(file)
        with opened(sys.argv[1], MMIO_READ | MMIO_ALLOCBUF) as file:
            list_chunks(file)
    except OSError as failure:
        sys.exit(f"wave.py: {sys.argv[1]}: {failure}")
