#!/usr/bin/env python3
"""Runs the parity programs with this library and under Wine, and accounts for every difference.

`make parity` builds them and calls this.

The observations of this library must be those recorded in observed.txt, which has a line for each case. `parity.py --accept`
records them again: look at what has changed first.

A difference is an observation that only one side makes, or that is not the same on both. It must match an entry of
differences.txt, and each entry must match one. If a case ends in a crash on their side, that is the difference, and the
observations that are missing after it are not counted.
"""

import argparse
import collections
import hashlib
import pathlib
import re
import shutil
import subprocess
import sys

KINDS = ("theirs loses data", "theirs is unimplemented", "ours by decision", "doc")
HERE = pathlib.Path(__file__).parent
CORPUS = HERE.parent / "tests/corpus"


def run_here(command, folder):
    """Returns the lines of a program, which must end normally."""
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, timeout=120)
    lines = done.stdout.decode("latin-1").splitlines()
    if done.returncode != 0:
        sys.exit(f"{command[0]}: ended with {done.returncode}, after {lines[-1:]}")
    return lines


def run_there(command, folder):
    """Returns the lines of a program. If a case ends it, continues with the next case."""
    lines, start = [], 0
    while True:
        try:
            done = subprocess.run(
                [*command, str(start)], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=30
            )
            out, code = done.stdout, done.returncode
        except subprocess.TimeoutExpired as late:
            out, code = late.stdout or b"", -1
        lines += out.decode("latin-1").replace("\r", "").splitlines()
        cases = [line for line in lines if line.startswith("# case ")]
        if code == 0 or not cases:
            return lines
        last = int(cases[-1].split()[-1])
        if last < start:
            return lines
        start = last + 1


def observations(lines):
    """Returns the observed values, by what precedes the equals sign."""
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


def recorded(ours):
    """Yields a line for each case: the number of observations, and a digest."""
    cases = collections.defaultdict(list)
    for of, value in ours.items():
        cases[case_of(of)].append(f"{of} = {value}\n")
    for case, lines in cases.items():
        digest = hashlib.sha256("".join(lines).encode("latin-1")).hexdigest()
        yield f"{case} {len(lines)} {digest[:16]}"


def differences(ours, theirs):
    crashed = {case_of(of) for of, value in theirs.items() if of.endswith("/99 end") and value != "reached"}
    ended = {case_of(of) for of in theirs if of.endswith("/99 end")}
    for of in list(ours) + [of for of in theirs if of not in ours]:
        mine, other = ours.get(of, "nothing"), theirs.get(of, "nothing")
        gone = case_of(of) in crashed or case_of(of) not in ended
        if mine != other and not (other == "nothing" and gone and not of.endswith("/99 end")):
            yield of, mine, other


class Entry:
    """KIND | PATTERN | REASON: the pattern matches the whole of `OF = OURS <> THEIRS`."""

    def __init__(self, line):
        self.kind, pattern, self.reason = (part.strip() for part in line.split(" | "))
        if self.kind not in KINDS:
            sys.exit(f"unknown kind of difference: {line}")
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
    parser.add_argument("--accept", action="store_true", help="record the observations of this library")
    options = parser.parse_args()
    explained = entries()
    corpus = sorted(file.name for file in CORPUS.iterdir())
    total, equal, missed, unexplained, record = 0, 0, 0, [], []
    for source in sorted(HERE.glob("*.c")):
        sides = []
        for side in ("ours", "theirs"):
            folder = options.folder / side / source.stem
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(CORPUS, folder / "corpus")
            (folder / "corpus/names").write_text("".join(f"{name}\n" for name in corpus))
            program = options.folder.absolute() / source.stem
            lines = run_here([program], folder) if side == "ours" else run_there([options.wine, f"{program}.exe"], folder)
            (folder.parent / f"{source.stem}.txt").write_text("\n".join(lines) + "\n")
            sides.append(observations(lines))
        ours, theirs = sides
        if not ours or not theirs:
            sys.exit(f"{source.stem}: observes nothing")
        wrong = [of for of, value in ours.items() if of.endswith("/99 end") and value != "reached"]
        if wrong:
            sys.exit(f"not completed: {wrong}")
        record += recorded(ours)
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
    stale = [entry for entry in explained if entry.matches == 0]
    for entry in stale:
        print(f"explains nothing: {entry.kind} | {entry.pattern.pattern}")
    observed = HERE / "observed.txt"
    if options.accept:
        observed.write_text("\n".join(record) + "\n")
    changed = sorted(set(record) ^ set(observed.read_text().splitlines()))
    for case in changed:
        print(f"not as recorded: {case}")
    counts = collections.Counter()
    for entry in explained:
        counts[entry.kind] += entry.matches
    lost = total - equal - missed
    print(f"{total} observations: {equal} equal, {lost} not made because theirs ended the program before,")
    print(f"{len(unexplained)} differences unexplained; explained, including those that only theirs makes:")
    for kind in KINDS:
        print(f"    {counts[kind]:6} {kind}")
    sys.exit(bool(unexplained or stale or changed))


if __name__ == "__main__":
    main()
