"""Reads the headers through doxygen.

The paragraphs of a comment are a description, whose first sentence is the NAME of the page; `name: ...` for each
parameter; `Returns ...` and `Errors, in ...`, each with a list of `- ERROR: when.` if there are errors; `Source: ...`; and
`Example: ...`, followed by fenced code. A comment that begins with the name of another item goes on the page of that item.
"""

import re
import subprocess
import tempfile
from pathlib import Path
from xml.etree import ElementTree

MAIN = "mmsystem.h"
EXTENSIONS = "mmsystem_ext.h"
# The headers that are read, each with the one that a program includes for it.
HEADERS = {name: MAIN for name in (MAIN, "mmsystem_macros.h", "mmsyscom.h", "timeapi.h")} | {EXTENSIONS: EXTENSIONS}

DOXYFILE = """
INPUT = {inputs}
OUTPUT_DIRECTORY = "{output}"
GENERATE_HTML = NO
GENERATE_LATEX = NO
GENERATE_XML = YES
XML_PROGRAMLISTING = NO
OPTIMIZE_OUTPUT_FOR_C = YES
SEARCH_INCLUDES = NO
MACRO_EXPANSION = YES
EXPAND_ONLY_PREDEF = YES
PREDEFINED = MMSYSTEM_API= MMSYSTEM_PACKED= MMSYSTEM_PACKED_COMMON= MMSYSTEM_PACKED_TIME= CALLBACK=
AUTOLINK_SUPPORT = NO
QUIET = YES
WARN_IF_UNDOCUMENTED = NO
WARN_AS_ERROR = YES
"""

# The parameters of an I/O procedure, besides the message.
CALL = [("LPSTR", "lpmmioinfo"), ("LPARAM", "lParam1"), ("LPARAM", "lParam2")]


class Item:
    """A thing with a comment: a function, a macro with parameters, the type of a function, a message, or a structure."""

    def __init__(self, element, header):
        self.kind = element.get("kind")
        self.header = header
        self.name = (element.findtext("name") or element.findtext("compoundname")).removeprefix("_")
        self.declared = self.name
        self.result = plain(element.find("type"))
        parameters = [(plain(parameter.find("type")), parameter.findtext("declname") or parameter.findtext("defname"))
                      for parameter in element.findall("param")]
        self.parameters = [(kind, name) for kind, name in parameters if name]
        self.value = element.findtext("initializer")
        if self.kind == "define" and not self.parameters:
            self.kind, self.parameters = "message", CALL
        if self.kind == "typedef":
            # doxygen splits `typedef RESULT (*NAME)(PARAMETERS)` around the name.
            self.declared = f"(*{self.name})" if self.result.endswith("(*") else self.name
            self.result = "typedef " + self.result.rstrip("(*)")
            inside = element.findtext("argsstring").removeprefix(")").strip("()")
            self.parameters = [tuple(parameter.rsplit(" ", 1)) for parameter in inside.split(", ")]
        self.members = []
        self.also = []
        self.names = [self.name]
        # `about` describes the parameters; `reported` says where the errors are found, if they are not the result.
        self.about, self.returns, self.reported, self.source, self.example = [], "", "", "", ""
        first, *others = paragraphs(element) or [""]
        self.text = [first]
        for paragraph in others:
            self.sort(paragraph)
        self.errors = [plain(entry) for entry in element.iterfind("detaileddescription//listitem")]
        self.code = listings(element)

    def sort(self, paragraph):
        before, _, after = paragraph.partition(": ")
        if set(before.split(", ")) <= {name for _, name in self.parameters}:
            self.about.append((before, after))
        elif before == "Source":
            self.source = after
        elif before == "Example":
            self.example = after
        elif paragraph.startswith("Errors, "):
            self.reported = paragraph.removeprefix("Errors, ")
        elif paragraph.startswith("Returns"):
            self.returns = paragraph
        else:
            self.text.append(paragraph)

    def takes_in(self, other):
        """Puts another item on the page of this one, whose main name is the one without a suffix."""
        self.also.append(other)
        names = [self.name] + [item.name for item in self.also]
        self.names = sorted(names, key=lambda name: name + "A" != self.name)

    def gets_members(self, element, typedefs):
        self.members = [(member.findtext("definition").replace(f" _{self.name}::", " "), member.findtext("name"),
                         " ".join(paragraphs(member))) for member in element.iter("memberdef")]
        its = [typedef for typedef in typedefs if f"_{self.name}" in plain(typedef.find("type")).split()]
        self.typedefs = [re.sub(r"\* ", " *", typedef.findtext("definition")) for typedef in its]
        self.names = sorted((typedef.findtext("name") for typedef in its), key=lambda name: name != self.name)


def plain(element):
    """The text of an element without lists and fenced code; inline code is between backquotes."""
    if element is None or element.tag in ("itemizedlist", "programlisting"):
        return ""
    pieces = [element.text or ""]
    for child in element:
        pieces += [f"`{child.text}`" if child.tag == "computeroutput" else plain(child), child.tail or ""]
    return " ".join("".join(pieces).split())


def listings(element):
    """The fenced code of a comment: each piece as a list of lines."""
    return [[code(line) for line in listing.findall("codeline")]
            for listing in element.findall("detaileddescription/para/programlisting")]


def code(element):
    before = " " if element.tag == "sp" else element.text or ""
    return before + "".join(code(child) + (child.tail or "") for child in element)


def paragraphs(element):
    texts = [plain(paragraph) for paragraph in element.findall("detaileddescription/para")]
    return [text for text in texts if text]


def doxygen(root):
    """The XML elements of the files and the structures."""
    with tempfile.TemporaryDirectory() as scratch:
        inputs = " ".join(f'"{root}/include/{header}"' for header in HEADERS)
        doxyfile = DOXYFILE.format(inputs=inputs, output=scratch)
        subprocess.run(["doxygen", "-"], input=doxyfile, text=True, check=True)
        trees = [ElementTree.parse(path) for path in sorted(Path(scratch, "xml").glob("*.xml"))]
    return [compound for tree in trees for compound in tree.getroot().findall("compounddef[location]")]


def has_page(member):
    return paragraphs(member) and (member.get("kind") in ("function", "define") or
                                   (member.get("kind") == "typedef" and member.findtext("argsstring")))


def read(root):
    """Returns the items that have a page; the others are in `also` of the item whose page they share."""
    found, typedefs, structures = {}, [], []
    for compound in doxygen(root):
        header = HEADERS.get(Path(compound.find("location").get("file")).name)
        if compound.get("kind") == "struct":
            structures.append((compound, header))
        elif compound.get("kind") == "file":
            members = list(compound.iter("memberdef"))
            typedefs += [member for member in members if member.get("kind") == "typedef"]
            for member in filter(has_page, members):
                item = Item(member, header)
                found[item.name] = item
    for name in list(found):
        of_another = found.get(found[name].text[0].split()[0])
        if of_another:
            of_another.takes_in(found.pop(name))
    for element, header in structures:
        item = Item(element, header)
        item.gets_members(element, typedefs)
        # A structure without a typedef of its own is what a handle points to, and has no page.
        if item.name in item.names:
            found[item.name] = item
    return list(found.values())
