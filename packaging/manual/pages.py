"""Writes the sections of the pages."""

import re

from .headers import EXTENSIONS
from .mdoc import Page

CONSTANT = re.compile(r"NULL|[A-Z][A-Z0-9]*_[A-Z0-9_]*[A-Z0-9*]")
VARIABLE = re.compile(r"MMSYSTEM_[A-Z]+=\S*")


class Manual:
    def __init__(self, root, items):
        self.items = items
        self.filed = {name: item.names[0] for item in items for name in item.names}
        # The parameters of the extensions are English words, and cannot be recognised in a text.
        self.variables = {name for item in items if item.header != EXTENSIONS for _, name in item.parameters}
        # So are their members in small letters.
        self.members = {name for item in items for _, name, _ in item.members
                        if item.header != EXTENSIONS or not name.islower()}
        self.versions = dict(line.split() for line in (root / "symbols.txt").read_text().splitlines())
        overview = (root / "man/man7/mmsystem.7").read_text()
        self.date = re.search(r"^\.Dd .*", overview, re.M)[0]
        self.groups = [re.findall(r"^\.It Xr (\w+) 3", group, re.M) for group in overview.split("\n.Ss ")]

    def page(self, item):
        page = Page(lambda name: self.macro_of(name, item))
        page.add('.\\" Generated from the headers by packaging/man: change src/ and run `make header man`.')
        page.add(self.date, f".Dt {item.names[0].upper()} 3", ".Os mmsystem")
        page.section("NAME")
        page.add(*(f".Nm {name} ," for name in item.names[:-1]), f".Nm {item.names[-1]}", f".Nd {brief(item)}")
        synopsis(page, item)
        description(page, item)
        results(page, item)
        examples(page, item)
        errors(page, item)
        self.see_also(page, item.names[0])
        self.standards(page, item)
        return "\n".join(page.lines) + "\n"

    def macro_of(self, name, item):
        if name in self.variables and name in (parameter for _, parameter in item.parameters):
            return ".Fa"
        if name in self.members:
            return ".Va"
        if VARIABLE.fullmatch(name):
            return ".Ev"
        if CONSTANT.fullmatch(name):
            return ".Dv"
        if name in self.filed and name.isupper():
            return ".Vt"
        if name in item.names:
            return ".Fn"
        return ".Xr" if name in self.filed else ""

    def see_also(self, page, name):
        """The pages of the same group in the overview, and those that the text mentions."""
        neighbours = {other for group in self.groups if name in group for other in group}
        words = re.findall(r"\w+", "\n".join(page.lines))
        mentioned = {self.filed[word] for word in words if word in self.filed}
        page.section("SEE ALSO")
        page.add(*(f".Xr {other} 3 ," for other in sorted((neighbours | mentioned) - {name}, key=str.lower)))
        page.add(".Xr mmsystem 7")

    def standards(self, page, item):
        page.section("STANDARDS")
        if item.header == EXTENSIONS:
            page.text("An extension of this library: Windows does not have it.")
        else:
            page.text(item.source or "Microsoft's documentation.")
        if item.name in self.versions:
            page.section("HISTORY")
            page.enumeration(".Fn", item.names)
            page.text(f"appeared in mmsystem {self.versions[item.name].removeprefix('MMSYSTEM_')}.")


def lower(text):
    """Removes the capital at the start of a sentence."""
    return text if re.match("[A-Z]{2}", text) else text[0].lower() + text[1:]


def brief(item):
    """The first sentence, up to a colon."""
    return lower(re.split(r"[.:](?: |$)", item.text[0])[0])


def synopsis(page, item):
    page.section("SYNOPSIS")
    page.add(f".In {item.header}")
    if item.members:
        page.add(".Bd -literal", f"struct _{item.name} {{", *(f"    {line};" for line, _, _ in item.members), "};")
        page.add("", *(f"{line};" for line in item.typedefs), ".Ed")
    elif item.kind == "message":
        page.add(f".Fd #define {item.name} {item.value}", ".Ft LRESULT")
        first, *others = item.parameters
        page.prototype("IOProc", [first, ("", item.name), *others])
    else:
        for one in sorted([item, *item.also], key=lambda one: item.names.index(one.name)):
            page.add(*([f'.Ft "{one.result}"'] if one.result else []))
            page.prototype(one.declared, one.parameters)


def description(page, item):
    page.section("DESCRIPTION")
    first, *others = item.text
    page.text(f"{item.names[0]} {lower(first)}" if item.kind in ("function", "define", "message") else first)
    for text in others:
        page.paragraph(text)
    for other in item.also:
        page.paragraph(f"{other.name} is {other.text[0]}")
    if f"{item.names[0]}W" in item.names:
        forms(page, item.names[0])
    if item.about:
        page.section("PARAMETERS")
        page.entries("Fa", [(names, page.sentence(text)) for names, text in item.about])
    if item.members:
        page.section("MEMBERS")
        page.entries("Va", [(name, text) for _, name, text in item.members])


def forms(page, name):
    """Explains the macros of mmsystem_macros.h for functions that take text."""
    page.paragraph(f"In a program, {name} is a macro: for {name}W if UNICODE is defined, otherwise for {name}A.")
    page.text(f"{name}W is a macro for {name}U32 if WCHAR has 32 bits, which it has unless `-fshort-wchar` or "
              "MMSYSTEM_WCHAR_UTF16 makes it UTF-16.")


def results(page, item):
    if item.returns:
        page.section("RETURN VALUES")
        page.text(re.sub(":$", " one of the errors below.", item.returns))


def examples(page, item):
    if item.code:
        page.section("EXAMPLES")
        page.text(page.sentence(item.example))
        for lines in item.code:
            page.code(lines)


def errors(page, item):
    if item.errors:
        page.section("ERRORS")
        if item.reported:
            page.text(page.sentence(item.reported))
        named = [error.split(": ", 1) for error in item.errors if ": " in error]
        page.entries("Er", [(name, page.sentence(text)) for name, text in named])
        for error in item.errors:
            if ": " not in error:
                page.paragraph(error)
