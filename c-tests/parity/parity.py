#!/usr/bin/env python3
"""Runs the parity programs here and under Wine, and accounts for every difference.

`make parity` builds them and calls this.

A difference is an observation that only one of the two makes, or makes otherwise. It must match an entry of
differences.txt, and each entry must match one. When a case ends in a crash on their side, that is the difference, and
what would have come after it is not counted.
"""

import argparse
import collections
import pathlib
import re
import shutil
import subprocess
import sys

KINDS = ("theirs loses data", "theirs is unimplemented", "ours by decision", "doc")
HERE = pathlib.Path(__file__).parent


def run(command, folder, start=0):
    """The lines of a program; and whether it came to its end. After a crash it goes on with the next case."""
    lines = []
    while True:
        try:
            done = subprocess.run([*command, str(start)], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=30)
            out, code = done.stdout, done.returncode
        except subprocess.TimeoutExpired as late:
            out, code = late.stdout or b"", -1
        lines += out.decode("latin-1").replace("\r", "").splitlines()
        cases = [line for line in lines if line.startswith("# case ")]
        if code == 0 or not cases:
            return lines, code == 0
        last = int(cases[-1].split()[-1])
        if last < start:
            return lines, False
        start = last + 1


def observations(lines):
    """What was observed, by what it was observed of."""
    found = {}
    for line in lines:
        if line.startswith("# "):
            continue
        of, equals, value = line.partition(" = ")
        if not equals:
            of, value = line.removesuffix(" ="), ""
        if of in found:
            sys.exit(f"observed twice: {of}")
        found[of] = value
    return found


def case_of(of):
    return of.partition("/")[0]


def differences(ours, theirs):
    crashed = {case_of(of) for of, value in theirs.items() if of.endswith("/99 end") and value != "reached"}
    ended = {case_of(of) for of in theirs if of.endswith("/99 end")}
    for of in list(ours) + [of for of in theirs if of not in ours]:
        mine, other = ours.get(of, "nothing"), theirs.get(of, "nothing")
        gone = case_of(of) in crashed or case_of(of) not in ended
        if mine != other and not (other == "nothing" and gone and not of.endswith("/99 end")):
            yield of, mine, other


class Entry:
    """KIND | PATTERN | REASON: the pattern is for the whole of `OF = OURS <> THEIRS`."""

    def __init__(self, line):
        self.kind, pattern, self.reason = (part.strip() for part in line.split(" | "))
        if self.kind not in KINDS:
            sys.exit(f"no kind of difference: {line}")
        self.pattern, self.matches = re.compile(pattern), 0

    def explains(self, text):
        return self.pattern.fullmatch(text) is not None


def entries():
    lines = (HERE / "differences.txt").read_text().splitlines()
    return [Entry(line) for line in lines if line and not line.startswith("#")]


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=pathlib.Path, help="where the programs are, as NAME and NAME.exe")
    parser.add_argument("wine", help="the program that runs a program for Windows")
    parser.add_argument("--unexplained", action="store_true", help="show only those, and be content")
    options = parser.parse_args()
    explained = entries()
    corpus = sorted(file.name for file in (HERE / "corpus").iterdir())
    total, equal, missed, unexplained = 0, 0, 0, []
    for source in sorted(HERE.glob("*.c")):
        sides = []
        for side, command in (
            ("ours", [options.folder.absolute() / source.stem]),
            ("theirs", [options.wine, options.folder.absolute() / f"{source.stem}.exe"]),
        ):
            folder = options.folder / side / source.stem
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(HERE / "corpus", folder / "corpus")
            (folder / "corpus/names").write_text("".join(f"{name}\n" for name in corpus))
            lines, ended = run(command, folder)
            (folder.parent / f"{source.stem}.txt").write_text("\n".join(lines) + "\n")
            if side == "ours" and not ended:
                sys.exit(f"{source.stem}: did not come to its end here")
            sides.append(observations(lines))
        ours, theirs = sides
        if not ours or not theirs:
            sys.exit(f"{source.stem}: observes nothing")
        total += len(ours)
        found = list(differences(ours, theirs))
        equal += sum(theirs.get(of) == value for of, value in ours.items())
        missed += sum(of in ours for of, _, _ in found)
        for of, mine, other in found:
            text = f"{of} = {mine} <> {other}"
            entry = next((entry for entry in explained if entry.explains(text)), None)
            if source.stem == "layout" or entry is None:
                unexplained.append(text)
            else:
                entry.matches += 1
    for text in unexplained:
        print(f"unexplained: {text}")
    stale = [] if options.unexplained else [entry for entry in explained if entry.matches == 0]
    for entry in stale:
        print(f"explains nothing: {entry.kind} | {entry.pattern.pattern}")
    counts = collections.Counter()
    for entry in explained:
        counts[entry.kind] += entry.matches
    lost = total - equal - missed
    print(f"{total} observations: {equal} equal, {lost} lost where theirs ended the program before,")
    print(f"{len(unexplained)} differences unexplained; explained, with what only theirs observes:")
    for kind in KINDS:
        print(f"    {counts[kind]:6} {kind}")
    sys.exit(bool(unexplained or stale))


if __name__ == "__main__":
    main()
