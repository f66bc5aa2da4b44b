#!/usr/bin/env python3
"""wave.py: a WAV file, written and listed from Python, with nothing but the shared library.

    wave.py FILE

Where the system does not find the library, MMSYSTEM_LIBRARY says where it is."""
import contextlib
import ctypes
import ctypes.util
import os
import struct
import sys
from ctypes import POINTER, byref, c_char_p, c_int32, c_uint32, c_void_p

MMIO_READ, MMIO_WRITE, MMIO_CREATE, MMIO_ALLOCBUF, MMIO_CREATERIFF = 0, 1, 0x1000, 0x10000, 0x20
MMIOERR_CANNOTWRITE, MMIOERR_CHUNKNOTFOUND = 262, 265


# The structures are packed, as those of Windows.
class MMCKINFO(ctypes.Structure):
    _pack_, _layout_ = 1, "ms"
    _fields_ = [(name, c_uint32) for name in ("ckid", "cksize", "fccType", "dwDataOffset", "dwFlags")]


class MMIOINFO(ctypes.Structure):
    _pack_, _layout_ = 1, "ms"
    _fields_ = [
        ("dwFlags", c_uint32), ("fccIOProc", c_uint32), ("pIOProc", c_void_p), ("wErrorRet", c_uint32),
        ("htask", c_void_p), ("cchBuffer", c_int32), ("pchBuffer", c_void_p), ("pchNext", c_void_p),
        ("pchEndRead", c_void_p), ("pchEndWrite", c_void_p), ("lBufOffset", c_int32), ("lDiskOffset", c_int32),
        ("adwInfo", c_uint32 * 3), ("dwReserved1", c_uint32), ("dwReserved2", c_uint32), ("hmmio", c_void_p),
    ]


class MmioError(Exception):
    def __init__(self, error):
        super().__init__(f"error {error}")
        self.error = error


def check(error, *_):
    if error:
        raise MmioError(error)


def load():
    path = os.environ.get("MMSYSTEM_LIBRARY") or ctypes.util.find_library("mmsystem")
    if path is None:
        sys.exit("wave.py: libmmsystem is not found: say where it is in MMSYSTEM_LIBRARY")
    mmio = ctypes.CDLL(path)
    mmio.mmioOpenA.restype, mmio.mmioOpenA.argtypes = c_void_p, [c_char_p, POINTER(MMIOINFO), c_uint32]
    mmio.mmioWrite.restype, mmio.mmioWrite.argtypes = c_int32, [c_void_p, c_char_p, c_int32]
    mmio.mmioClose.argtypes = [c_void_p, c_uint32]
    mmio.mmioCreateChunk.argtypes = mmio.mmioAscend.argtypes = [c_void_p, POINTER(MMCKINFO), c_uint32]
    mmio.mmioDescend.argtypes = [c_void_p, POINTER(MMCKINFO), POINTER(MMCKINFO), c_uint32]
    for function in (mmio.mmioClose, mmio.mmioCreateChunk, mmio.mmioAscend, mmio.mmioDescend):
        function.restype, function.errcheck = c_uint32, check
    return mmio


@contextlib.contextmanager
def opened(mmio, name, flags):
    info = MMIOINFO()
    hmmio = mmio.mmioOpenA(os.fsencode(name), byref(info), flags)
    if not hmmio:
        raise MmioError(info.wErrorRet)
    try:
        yield hmmio
    finally:
        mmio.mmioClose(hmmio, 0)


@contextlib.contextmanager
def chunk(mmio, hmmio, code, form=b"\0\0\0\0"):
    """One chunk, or with a form type the RIFF chunk; its size is put right when it is left."""
    ck = MMCKINFO(ckid=int.from_bytes(code, "little"), fccType=int.from_bytes(form, "little"))
    mmio.mmioCreateChunk(hmmio, byref(ck), MMIO_CREATERIFF if code == b"RIFF" else 0)
    yield
    mmio.mmioAscend(hmmio, byref(ck), 0)


def write(mmio, hmmio, data):
    if mmio.mmioWrite(hmmio, data, len(data)) != len(data):
        raise MmioError(MMIOERR_CANNOTWRITE)


def write_beep(mmio, hmmio, rate=8000):
    with chunk(mmio, hmmio, b"RIFF", b"WAVE"):
        with chunk(mmio, hmmio, b"fmt "):
            write(mmio, hmmio, struct.pack("<HHIIHH", 1, 1, rate, 2 * rate, 2, 16))
        with chunk(mmio, hmmio, b"data"):
            for number in range(rate // 4):
                write(mmio, hmmio, struct.pack("<h", 8000 if number // 8 % 2 else -8000))


def list_chunks(mmio, hmmio, parent=None, depth=0):
    ck = MMCKINFO()
    while True:
        try:
            mmio.mmioDescend(hmmio, byref(ck), parent and byref(parent), 0)
        except MmioError as error:
            if error.error == MMIOERR_CHUNKNOTFOUND:
                return
            raise
        code, form = (number.to_bytes(4, "little").decode("latin-1") for number in (ck.ckid, ck.fccType))
        is_list = code in ("RIFF", "LIST")
        print(f"{ck.dwDataOffset - 8:10} {ck.cksize:10}  {'  ' * depth}{code}" + (f" '{form}'" if is_list else ""))
        if is_list:
            list_chunks(mmio, hmmio, ck, depth + 1)
        mmio.mmioAscend(hmmio, byref(ck), 0)


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: wave.py FILE")
    mmio = load()
    try:
        with opened(mmio, sys.argv[1], MMIO_CREATE | MMIO_WRITE | MMIO_ALLOCBUF) as hmmio:
            write_beep(mmio, hmmio)
        with opened(mmio, sys.argv[1], MMIO_READ | MMIO_ALLOCBUF) as hmmio:
            list_chunks(mmio, hmmio)
    except MmioError as error:
        sys.exit(f"wave.py: {sys.argv[1]}: {error}")


if __name__ == "__main__":
    main()
