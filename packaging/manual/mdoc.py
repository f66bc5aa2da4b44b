"""Writes text in mdoc(7), the language of manual pages."""

import re
import textwrap

WORD = re.compile(r"(?:[^\s`]|`[^`]*`)+")
# A name, with an index or the brackets of a call, and the punctuation around it.
NAME = re.compile(r"([(\[]*)(.*?)(\[\d+]|\(\))?([)\].,:;]*)")


class Page:
    """The lines of a page. `macro_of` returns the macro for a name, such as ".Fa", or nothing."""

    def __init__(self, macro_of):
        self.macro_of = macro_of
        self.lines = []

    def add(self, *lines):
        self.lines += lines

    def section(self, title):
        self.add(f".Sh {title}")

    def paragraph(self, text):
        self.add(".Pp")
        self.text(text)

    def text(self, text):
        """Adds filled text; a sentence begins a line, and a name with a macro has a line of its own."""
        words = []
        for word in WORD.findall(text):
            marked = self.marked(word)
            if not marked:
                words.append(word)
            if marked or word.endswith((".", ".)")):
                self.fill(words)
                words = []
            if marked:
                self.add(marked)
        self.fill(words)

    def fill(self, words):
        text = " ".join(words).replace("\\", "\\e")
        text = re.sub(r"(?<!\w)-(?![A-Za-z])", r"\\-", text)
        for line in textwrap.wrap(text, 78, break_on_hyphens=False, break_long_words=False):
            self.add(f"\\&{line}" if line[0] in ".'" else line)

    def marked(self, word):
        opening, name, index, closing = NAME.fullmatch(word).groups()
        if name.startswith("`"):
            code = name.strip("`").replace("\\", "\\e")
            macro, name = ".Ql", code.replace("-", "\\-").replace(" ", "\\~")
        else:
            macro = self.macro_of(name)
        if not macro:
            return ""
        name += " 3" if macro == ".Xr" else index if index and index[0] == "[" else ""
        return " ".join([macro, *opening, name, *closing])

    def sentence(self, text):
        """Capitalises a sentence, unless it begins with a name."""
        return text if self.marked(text.split(" ")[0]) else text[0].upper() + text[1:]

    def entries(self, macro, entries):
        """Adds a list of names, each with its text."""
        width = max((name for names, _ in entries for name in names.split(", ")), key=len)
        self.add(f'.Bl -tag -width "{width}"')
        for names, text in entries:
            self.add(f".It {macro} " + names.replace(", ", f" , {macro} "))
            self.text(text)
        self.add(".El")

    def enumeration(self, macro, names):
        """Adds `A , B and C`."""
        *first, last = [f"{macro} {name}" for name in names]
        self.add(*(f"{line} ," for line in first[:-1]), *first[-1:], *(["and"] if first else []), last)

    def code(self, lines):
        """Adds code; the characters that mdoc would replace are escaped, so that the code can be copied."""
        marks = {"\\": "\\e", "-": "\\-", "'": "\\(aq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti"}
        lines = ["".join(marks.get(character, character) for character in line) for line in lines]
        self.add(".Bd -literal -offset indent", *(f"\\&{line}" if line[:1] == "." else line for line in lines), ".Ed")

    def prototype(self, name, parameters):
        whole = [f"{kind} {parameter}".replace("* ", "*").strip() for kind, parameter in parameters]
        self.add(f".Fo {name}", *(f'.Fa "{parameter}"' for parameter in whole or ["void"]), ".Fc")
