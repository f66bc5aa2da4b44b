#!/usr/bin/env python3
"""make_corpus.py: makes the files of corpus/, small RIFF files, most of them by other software, and of damaged/, as broken
programs and interrupted recordings leave them. The committed files were made with it.

Needs sox, ffmpeg, sndfile-convert (sndfile-programs), fluidsynth, cwebp (webp) and ImageMagick's convert.
"""

import pathlib
import struct
import subprocess
import wave

FOLDER = pathlib.Path(__file__).parent / "corpus"
DAMAGED = pathlib.Path(__file__).parent / "damaged"


def run(*command):
    subprocess.run([str(part) for part in command], check=True, cwd=FOLDER, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)


def put(name, data):
    (FOLDER / name).write_bytes(data)


def chunk(code, data, size=None, pad=True):
    """Returns a chunk, optionally with a wrong size or without its pad byte."""
    size = len(data) if size is None else size
    return code + struct.pack("<I", size) + data + (b"\0" if pad and len(data) % 2 else b"")


def riff(form, *chunks, size=None, code=b"RIFF"):
    return chunk(code, form + b"".join(chunks), size)


def lst(form, *chunks, size=None):
    return riff(form, *chunks, size=size, code=b"LIST")


def fmt(tag=1, channels=1, bits=16, rate=8000, order="<"):
    """Returns a fmt chunk for samples of a fixed size."""
    block = channels * bits // 8
    data = struct.pack(order + "HHIIHH", tag, channels, rate, rate * block, block, bits)
    return b"fmt " + struct.pack(order + "I", len(data)) + data


FMT = fmt()
SAMPLES = chunk(b"data", bytes(range(40)))


def by_sox():
    tone = ["-n", "-r", "8000"], ["synth", "0.01", "sine", "440"]
    for name, options in {
        "sox-u8.wav": ["-b", "8", "-e", "unsigned-integer"],
        "sox-s16-stereo.wav": ["-b", "16", "-c", "2"],
        "sox-s24.wav": ["-b", "24"],
        "sox-s32.wav": ["-b", "32"],
        "sox-float32.wav": ["-b", "32", "-e", "floating-point"],
        "sox-mu-law.wav": ["-e", "mu-law"],
        "sox-a-law.wav": ["-e", "a-law"],
        "sox-ms-adpcm.wav": ["-e", "ms-adpcm"],
        "sox-ima-adpcm.wav": ["-e", "ima-adpcm"],
        "sox-gsm.wav": ["-e", "gsm-full-rate"],
        "sox-6-channels.wav": ["-b", "16", "-c", "6"],
        "sox-comment.wav": ["-b", "16", "--comment", "odd"],
    }.items():
        run("sox", *tone[0], *options, name, *tone[1])


def by_ffmpeg():
    tone = ["-f", "lavfi", "-i", "sine=frequency=440:sample_rate=8000:duration=0.02"]
    picture = ["-f", "lavfi", "-i", "testsrc=size=16x16:rate=5:duration=0.4"]
    run("ffmpeg", "-y", *tone, "-metadata", "title=Odd", "-metadata", "artist=Somebody", "ffmpeg-info.wav")
    run("ffmpeg", "-y", *tone, "-write_bext", "1", "-metadata", "description=bext", "ffmpeg-bext.wav")
    run("ffmpeg", "-y", *tone, "-c:a", "pcm_s24le", "ffmpeg-s24.wav")
    run("ffmpeg", "-y", *tone, "-c:a", "adpcm_ima_wav", "ffmpeg-ima.wav")
    run("ffmpeg", "-y", *tone, "-rf64", "always", "ffmpeg-rf64.wav")
    run("ffmpeg", "-y", *picture, "-c:v", "mjpeg", "ffmpeg-mjpeg.avi")
    run("ffmpeg", "-y", *picture, *tone, "-c:v", "mpeg4", "-c:a", "pcm_s16le", "ffmpeg-mpeg4-pcm.avi")
    run("ffmpeg", "-y", *picture, "-c:v", "rawvideo", "-pix_fmt", "gray", "-frames:v", "1", "ffmpeg-raw.avi")
    # To a pipe, so that the sizes are never corrected.
    piped = subprocess.run(["ffmpeg", *tone, "-f", "wav", "-"], check=True, capture_output=True).stdout
    put("ffmpeg-piped.wav", piped)


def by_others():
    with wave.open(str(FOLDER / "python-stereo.wav"), "wb") as file:
        file.setparams((2, 2, 8000, 0, "NONE", ""))
        file.writeframes(bytes(range(80)))
    with wave.open(str(FOLDER / "python-odd.wav"), "wb") as file:
        file.setparams((1, 1, 8000, 0, "NONE", ""))
        file.writeframes(bytes(range(33)))
    run("sndfile-convert", "-float32", "sox-s16-stereo.wav", "sndfile-float.wav")
    run("sndfile-convert", "-pcm24", "sox-s16-stereo.wav", "sndfile-s24.wav")
    run("convert", "-size", "8x8", "xc:red", "source.png")
    run("convert", "source.png", "imagemagick.webp")
    run("cwebp", "-lossless", "source.png", "-o", "cwebp-lossless.webp")
    run("cwebp", "source.png", "-metadata", "all", "-o", "cwebp-lossy.webp")
    (FOLDER / "source.png").unlink()
    put("empty.mid", b"MThd\0\0\0\x06\0\0\0\x01\0\x60MTrk\0\0\0\x04\0\xff\x2f\0")
    put("one.sf2", sound_font())
    run("fluidsynth", "-n", "-i", "-q", "-F", "fluidsynth.wav", "-r", "8000", "one.sf2", "empty.mid")
    rendered = (FOLDER / "fluidsynth.wav").read_bytes()
    put("fluidsynth.wav", rendered[:400])
    (FOLDER / "empty.mid").unlink()


def sound_font():
    """Returns a SoundFont with one preset, one instrument and one sample."""
    name = b"One".ljust(20, b"\0")
    end = b"EOP".ljust(20, b"\0")
    info = lst(b"INFO", chunk(b"ifil", struct.pack("<HH", 2, 1)), chunk(b"isng", b"EMU8000\0"),
               chunk(b"INAM", b"One\0"))
    sdta = lst(b"sdta", chunk(b"smpl", bytes(2 * (64 + 46))))
    pdta = lst(
        b"pdta",
        chunk(b"phdr", name + struct.pack("<HHHIII", 0, 0, 0, 0, 0, 0) + end + struct.pack("<HHHIII", 0, 0, 1, 0, 0, 0)),
        chunk(b"pbag", struct.pack("<HHHH", 0, 0, 1, 0)),
        chunk(b"pmod", bytes(10)),
        chunk(b"pgen", struct.pack("<HHHH", 41, 0, 0, 0)),
        chunk(b"inst", name + struct.pack("<H", 0) + b"EOI".ljust(20, b"\0") + struct.pack("<H", 1)),
        chunk(b"ibag", struct.pack("<HHHH", 0, 0, 1, 0)),
        chunk(b"imod", bytes(10)),
        chunk(b"igen", struct.pack("<HHHH", 53, 0, 0, 0)),
        chunk(b"shdr", name + struct.pack("<IIIIIBbHH", 0, 64, 8, 56, 8000, 60, 0, 0, 1) + b"EOS".ljust(46, b"\0")),
    )
    return riff(b"sfbk", info, sdta, pdta)


def by_hand():
    good = riff(b"WAVE", FMT, SAMPLES)
    put("hand-plain.wav", good)
    put("hand-dls.dls", riff(b"DLS ", chunk(b"colh", struct.pack("<I", 1)),
                             lst(b"lins", lst(b"ins ", chunk(b"insh", bytes(12)), lst(b"lrgn"))),
                             chunk(b"ptbl", struct.pack("<III", 8, 1, 0)),
                             lst(b"wvpl", lst(b"wave", FMT, SAMPLES)), lst(b"INFO", chunk(b"INAM", b"One\0"))))
    put("hand-cdxa.dat", riff(b"CDXA", chunk(b"fmt ", bytes(16)), chunk(b"data", bytes(2352))))
    put("hand-rmi.rmi", riff(b"RMID", chunk(b"data", b"MThd\0\0\0\x06\0\0\0\x01\0\x60MTrk\0\0\0\x04\0\xff\x2f\0")))
    put("hand-palette.pal", riff(b"PAL ", chunk(b"data", struct.pack("<HH", 0x300, 2) + bytes(8))))
    put("hand-cursor.ani", riff(b"ACON", chunk(b"anih", struct.pack("<9I", 36, 1, 1, 0, 0, 0, 0, 6, 1)),
                                lst(b"fram", chunk(b"icon", bytes(22)))))
    put("hand-akp.akp", riff(b"APRG", chunk(b"prg ", bytes(6)), chunk(b"out ", bytes(8)), size=0))
    put("hand-cue-adtl.wav", riff(b"WAVE", FMT, SAMPLES, chunk(b"cue ", struct.pack("<I", 1) + bytes(24)),
                                  lst(b"adtl", chunk(b"labl", b"\1\0\0\0odd"), chunk(b"note", b"\1\0\0\0even"))))
    put("hand-rifx.wav", b"RIFX" + struct.pack(">I", 4) + b"WAVE")
    put("hand-no-pad.wav", riff(b"WAVE", FMT, chunk(b"odd ", b"abc", pad=False), SAMPLES))
    put("hand-no-pad-at-the-end.wav", riff(b"WAVE", FMT, chunk(b"data", b"abc", pad=False)))
    put("hand-riff-size-0.wav", riff(b"WAVE", FMT, SAMPLES, size=0))
    put("hand-riff-size-ffffffff.wav", riff(b"WAVE", FMT, SAMPLES, size=0xFFFFFFFF))
    put("hand-data-size-0.wav", riff(b"WAVE", FMT, chunk(b"data", bytes(40), size=0)))
    put("hand-data-size-ffffffff.wav", riff(b"WAVE", FMT, chunk(b"data", bytes(40), size=0xFFFFFFFF)))
    put("hand-data-past-the-end.wav", riff(b"WAVE", FMT, chunk(b"data", bytes(40), size=4000)))
    put("hand-truncated-in-data.wav", good[:60])
    put("hand-truncated-in-a-header.wav", good[:40])
    put("hand-truncated-in-the-form.wav", good[:10])
    put("hand-trailing-bytes.wav", good + b"trailing bytes")
    put("hand-two-riffs.avi", good + riff(b"AVIX", chunk(b"junk", b"1234")))
    put("hand-empty-list.wav", riff(b"WAVE", FMT, lst(b"INFO"), SAMPLES))
    put("hand-list-without-a-form.wav", riff(b"WAVE", FMT, chunk(b"LIST", b""), SAMPLES))
    put("hand-deep.riff", riff(b"DEEP", lst(b"one ", lst(b"two ", lst(b"thre", lst(b"four", chunk(b"leaf", b"x")))))))
    put("hand-list-at-the-top.bin", lst(b"INFO", chunk(b"INAM", b"One\0")))
    put("hand-no-riff.bin", b"This is no RIFF file at all, but text.\n")
    put("hand-child-past-its-list.wav", riff(b"WAVE", FMT, lst(b"INFO", chunk(b"INAM", b"four", size=40)), SAMPLES))


def rf64(ds64, *chunks):
    """Returns an RF64 file with the sizes of the file and of its data, and the number of samples."""
    return riff(b"WAVE", chunk(b"ds64", struct.pack("<QQQI", *ds64, 0)), *chunks, size=0xFFFFFFFF, code=b"RF64")


def damaged():
    """Makes files that are wrong, or look so. tests/riffls/damaged.rs has the expected report on each."""
    ones = b"\1" * 1600
    title = lst(b"INFO", chunk(b"INAM", b"Name\0"))
    whole = riff(b"WAVE", fmt(), chunk(b"data", ones))
    unknown = 0xFFFFFFFF
    files = {
        "rf64-odd.wav": rf64((74, 1, 1), fmt(bits=8), chunk(b"data", b"\x80", unknown)),
        "rf64-odd-list.wav": rf64((100, 1, 1), fmt(bits=8), chunk(b"data", b"\x80", unknown), title),
        "rf64-empty.wav": rf64((72, 0, 0), fmt(bits=8), chunk(b"data", b"", unknown)),
        "rf64-unfilled.wav": rf64((0, 0, 0), fmt(bits=8), chunk(b"data", b"\x80" * 8, unknown)),
        "rf64-fact.wav": rf64((88, 4, 1), fmt(3, 1, 32), chunk(b"fact", struct.pack("<I", unknown)),
                              chunk(b"data", bytes(4), unknown)),
        "float-cut.wav": riff(b"WAVE", fmt(3, 1, 32), chunk(b"fact", struct.pack("<I", 8000)),
                              chunk(b"data", bytes(32000)))[:-28800],
        "fact-of-all-channels.wav": riff(b"WAVE", fmt(6, 2, 8), chunk(b"fact", struct.pack("<I", 1600)),
                                         chunk(b"data", bytes(1600))),
        "list-outside.wav": riff(b"WAVE", fmt(), chunk(b"data", bytes(16))) + lst(b"INFO", chunk(b"ISFT", b"SCOMPX\0")),
        "riff-short.wav": riff(b"WAVE", fmt(), chunk(b"data", ones), size=28 + 1600),
        "riff-short-odd.wav": riff(b"WAVE", fmt(bits=8), chunk(b"data", ones[1:]), size=36) + title,
        "riff-at-the-data.wav": riff(b"WAVE", fmt(), chunk(b"data", ones, 0), size=36),
        "data-0-in-riff.wav": riff(b"WAVE", fmt(), chunk(b"data", ones, 0)),
        "streamed.wav": riff(b"WAVE", fmt(), chunk(b"data", ones, unknown), size=unknown),
        "unfilled.wav": riff(b"WAVE", fmt(), chunk(b"data", ones, 0), size=0),
        "code-0.wav": riff(b"WAVE", fmt(), chunk(b"data", bytes(16)), chunk(b"\0\0\0\0", struct.pack("<I", 1) + bytes(24)),
                           title),
        "compressed.sf3": riff(b"sfbk", lst(b"INFO", chunk(b"ifil", struct.pack("<HH", 3, 1))),
                               lst(b"sdta", chunk(b"smpl", b"OggS" + bytes(8)))),
        "no-pad-either-side.wav": riff(b"WAVE", fmt(), chunk(b"inst", bytes(7), pad=False), chunk(b"data", bytes(0x1F20))),
        "zeros-between.avi": riff(b"AVI ", lst(b"hdrl", chunk(b"JUNK", bytes(8))), bytes(4),
                                  lst(b"movi", chunk(b"00wb", b"\1" * 6)),
                                  chunk(b"idx1", b"00wb" + struct.pack("<III", 16, 4, 6))),
        "text-between.avi": riff(b"AVI ", lst(b"hdrl", chunk(b"JUNK", bytes(8))), b"some text that is stray",
                                 lst(b"movi", chunk(b"00wb", b"\1" * 6))),
        "pad-before.wav": riff(b"WAVE", fmt(), lst(b"INFO", b"\0", chunk(b"INAM", b"Name\0"), chunk(b"IART", b"Me\0", pad=False)),
                               chunk(b"data", bytes(16))),
        "zeros-between-riffs.avi": riff(b"AVI ", chunk(b"junk", b"1234")) + bytes(36) + riff(b"AVIX", chunk(b"junk", b"5678")),
        "big-endian.wav": b"RIFX" + struct.pack(">I", 52) + b"WAVE" + fmt(order=">") +
                          b"data" + struct.pack(">I", 16) + bytes(16),
        "big-endian-cut.wav": b"RIFX" + struct.pack(">I", 52) + b"WAVE" + fmt(order=">") +
                              b"data" + struct.pack(">I", 16) + bytes(8),
        "behind-a-tag.wav": b"ID3\3\0\0\0\0\0\x0A" + bytes(10) + whole,
    }
    for name, data in files.items():
        (DAMAGED / name).write_bytes(data)


def main():
    for folder in FOLDER, DAMAGED:
        folder.mkdir(exist_ok=True)
    damaged()
    for old in FOLDER.iterdir():
        old.unlink()
    by_sox()
    by_ffmpeg()
    by_others()
    by_hand()
    files = sorted(FOLDER.iterdir())
    print(f"{len(files)} files, {sum(file.stat().st_size for file in files)} bytes")


if __name__ == "__main__":
    main()
