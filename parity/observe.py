#!/usr/bin/env python3
"""observe.py FOLDER OUT [RUNNER...]: runs the parity programs FOLDER/NAME.exe, on Windows, or with a program that runs programs for
Windows. OUT/NAME.txt is what each prints, and OUT/observed.txt has a line for each case, as observed.txt has for this library."""

import pathlib
import shutil
import sys

from parity import CORPUS, HERE, observations, recorded, run_there


def main():
    folder, out, runner = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3:]
    corpus = sorted(file.name for file in CORPUS.iterdir())
    record = []
    for source in sorted(HERE.glob("*.c")):
        run = out / "run" / source.stem
        shutil.rmtree(run, ignore_errors=True)
        shutil.copytree(CORPUS, run / "corpus")
        (run / "corpus/names").write_text("".join(f"{name}\n" for name in corpus), newline="\n")
        lines = run_there([*runner, str((folder / f"{source.stem}.exe").absolute())], run)
        found = observations(lines)
        if not found:
            sys.exit(f"{source.stem}: observes nothing")
        (out / f"{source.stem}.txt").write_text("\n".join(lines) + "\n", encoding="latin-1", newline="\n")
        record += recorded(found)
    shutil.rmtree(out / "run")
    (out / "observed.txt").write_text("\n".join(record) + "\n", encoding="latin-1", newline="\n")
    print(f"{len(record)} cases of {len(list(HERE.glob('*.c')))} programs observed")


if __name__ == "__main__":
    main()
