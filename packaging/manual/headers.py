"""What doxygen finds in the headers.

A comment is paragraphs: what it does; `name: ...` for each parameter; `Returns ...; ERROR: when; ERROR: when`, or
`Errors, in wErrorRet of ...: ERROR: when; ERROR: when`; `Source: ...`; `Example: ...`, with fenced code behind it; and
under `# Safety` what must hold of the parameters. One that begins with the name of something else goes on the page of
that.
"""

import re
import subprocess
import tempfile
from pathlib import Path
from xml.etree import ElementTree

MAIN = "mmsystem.h"
EXTENSIONS = "mmsystem_ext.h"
# (A program does not include the macros itself.)
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

# The words of the comments for where something is from.
SOURCES = {"doc": "Microsoft's documentation", "win": "verified on Windows", "ours": "decided here"}

# What an I/O procedure is called with, besides a message.
CALL = [("LPSTR", "lpmmioinfo"), ("LPARAM", "lParam1"), ("LPARAM", "lParam2")]

# What comes before an error, or before what is said of all those that have no name.
NAME = r"(?:MM[A-Z]+|TIM)ERR_"
BEFORE_ERROR = re.compile(rf"; (?={NAME}|what )")
ERROR = re.compile(rf"({NAME}\w+(?: or {NAME}\w+)*): (.*)")


class Item:
    """What has a comment: a function, a macro with parameters, the type of a procedure, a message, or a structure."""

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
            # (doxygen divides `typedef RESULT (*NAME)(PARAMETERS)` before and after the name.)
            self.declared = f"(*{self.name})" if self.result.endswith("(*") else self.name
            self.result = "typedef " + self.result.rstrip("(*)")
            inside = element.findtext("argsstring").removeprefix(")").strip("()")
            self.parameters = [tuple(parameter.rsplit(" ", 1)) for parameter in inside.split(", ")]
        self.members = []
        self.also = []
        self.names = [self.name]
        self.text, self.about, self.returns, self.reported, self.errors, self.source = [], [], "", "", [], ""
        self.example, self.code = "", listings(element)
        for paragraph in paragraphs(element):
            self.sort(paragraph)
        self.safety = [tuple(plain(entry).split(": ", 1)) for entry in element.iter("listitem")]

    def sort(self, paragraph):
        before, _, after = paragraph.partition(": ")
        if set(before.split(", ")) <= {name for _, name in self.parameters}:
            self.about.append((before, after))
        elif before.startswith("Errors, "):
            self.reported = before.removeprefix("Errors, ")
            self.errors += divided(after)
        elif before == "Source":
            self.source = after
        elif before == "Example":
            self.example = after
        elif paragraph.startswith("Returns"):
            self.returns, *errors = divided(paragraph)
            self.errors += errors
        else:
            self.text.append(paragraph)

    def named_errors(self):
        matches = [ERROR.fullmatch(error) for error in self.errors]
        return [(match[1].replace(" or ", ", "), match[2]) for match in matches if match]

    def other_errors(self):
        return [error for error in self.errors if not ERROR.fullmatch(error)]

    def takes_in(self, other):
        """The other goes on the page of this one, which is filed under the name without its suffix."""
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
    """The text of a piece of XML, code between backquotes; fenced code is none of it."""
    if element is None or element.tag == "programlisting":
        return ""
    pieces = [element.text or ""]
    for child in element:
        pieces += [f"`{child.text}`" if child.tag == "computeroutput" else plain(child), child.tail or ""]
    return " ".join("".join(pieces).split())


def listings(element):
    """The lines of each piece of fenced code."""
    return [[code(line) for line in listing.findall("codeline")]
            for listing in element.findall("detaileddescription/para/programlisting")]


def code(element):
    before = " " if element.tag == "sp" else element.text or ""
    return before + "".join(code(child) + (child.tail or "") for child in element)


def paragraphs(element):
    texts = [plain(paragraph) for paragraph in element.findall("detaileddescription/para")]
    return [re.sub(r"\b(doc|win|ours)\b", lambda word: SOURCES[word[0]], text) for text in texts if text]


def divided(text):
    """What comes before the first error, and each error with what is said of it."""
    return [part + "." for part in BEFORE_ERROR.split(text.removesuffix("."))]


def doxygen(root):
    """The XML of each file and each structure."""
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
    """All items; those that share a page are in the `also` of one."""
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
        # (What a handle points to is nobody's business.)
        if item.name in item.names:
            found[item.name] = item
    return list(found.values())
