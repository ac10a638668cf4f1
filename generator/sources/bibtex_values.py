"""Values of BibTeX's fields: abbreviations, braces that only protect, names.

BibTeX hands a value to LaTeX, so what readers of the paper see is not what stands in the file.
Rules are those of "BibTeXing" (Oren Patashnik, 1988) and "Tame the BeaST" (Nicolas Markey, 2009).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator

from bibtexparser.middlewares.names import (
    parse_single_name_into_parts,
    split_multiple_persons_names,
)

from generator.text.cleaning import clean
from generator.text.inlines import inlines

#: Abbreviations may stand for abbreviations, twice each time: as many characters are made of them.
_MOST_EXPANDED = 2_000_000
_MONTHS = {name.lower(): str(at) for at, name in enumerate(calendar.month_abbr) if name}

#: One part of a value: a text in quotes or braces follows, or an abbreviation or a number.
_PART = re.compile(r'\s*(?:(?P<open>["{])|(?P<name>[^\s"{}#,=]+))')
_HASH = re.compile(r"\s*#")
_MARKS = re.compile(r'(?<!\\)[{}"]')

#: A command or an accent directly before a brace: what is within is its argument.
_COMMAND = re.compile(r"(?<!\\)(?:\\\\)*\\(?:[a-zA-Z]+\*?\s*|['\"^`~=.])\Z")
#: As far back as a command is looked for.
_REACH = 40
#: A command or an accent with its argument.
_WITH_ARGUMENT = re.compile(r"\\(?:[a-zA-Z]+\*?|['\"^`~=.])\s*\{")
#: Of a group with one of these its braces say how far it reaches; signs reach no further.
_REACHES = re.compile(r"\\(?:[a-zA-Z]|['\"^`~=.](?![a-zA-Z]\Z))")
#: A group that is a command alone: its braces end the name, and `{}` behind it does that too.
_NAME = re.compile(r"\\[a-zA-Z]+")
_BACKSLASH = r"\textbackslash{}"
_URL = re.compile(r"\\(?:url|path|nolinkurl)\s*\{(.*)\}|<(.*)>", re.DOTALL)
_ESCAPED = re.compile(r"\\([_%&#~$^{}])(?:\{\})?")


class ValueProblem(Exception):  # noqa: N818 - it becomes a rejection or a warning
    """Why a value cannot be read."""


class ExpansionError(Exception):
    """Abbreviations stand for more text than any bibliography has."""


class Abbreviations:
    """What ``@string`` defines, and the months, which every style defines."""

    def __init__(self) -> None:
        self._known = dict(_MONTHS)
        self._expanded = 0

    def define(self, name: str, value: str) -> None:
        """Take a definition in; as in BibTeX it holds for what follows.

        Raises:
            ValueProblem: If its value cannot be read.
            ExpansionError: If there is too much of it.
        """
        self._known[name.lower()] = self.text(value)

    def text(self, value: str) -> str:
        """The text of a value as it stands in the file, its parts joined by ``#``.

        Raises:
            ValueProblem: If it cannot be read.
            ExpansionError: If there is too much of it.
        """
        return "".join(self._parts(value))

    def _parts(self, value: str) -> Iterator[str]:
        at = 0
        while at < len(value):
            part = _PART.match(value, at)
            if part is None:
                raise ValueProblem(f"{value[:40]!a} is no value; put it in braces")
            if part["open"]:
                start, at = part.end(), _closing(value, part.end(), part["open"])
                yield value[start : at - 1]
            else:
                at = part.end()
                yield self._meaning(part["name"])
            if at < len(value):
                at = _past_hash(value, at)

    def _meaning(self, name: str) -> str:
        if name.isascii() and name.isdigit():
            return name
        meaning = self._known.get(name.lower())
        if meaning is None:
            raise ValueProblem(
                f"{name[:40]!a} is no abbreviation that is defined; put it in braces"
            )
        self._expanded += len(meaning)
        if self._expanded > _MOST_EXPANDED:
            raise ExpansionError
        return meaning


def _closing(value: str, start: int, opening: str) -> int:
    """Where a text ends that begins at ``start``, behind its last mark."""
    depth = 0
    for mark in _MARKS.finditer(value, start):
        if mark[0] == "{":
            depth += 1
        elif depth == 0 and mark[0] == ('"' if opening == '"' else "}"):
            return mark.end()
        elif mark[0] == "}":
            depth -= 1
    raise ValueProblem("a brace or a quotation mark is not closed; close it")


def _past_hash(value: str, at: int) -> int:
    found = _HASH.match(value, at)
    if found:
        return found.end()
    if value[at:].strip():
        raise ValueProblem(f"{value[at:][:40].strip()!a} stands behind the value; join it with #")
    return len(value)


def running(text: str) -> str:
    r"""A title or an abstract without the braces that only protect it: ``{BERT}``, ``{{All}}``.

    What stands in braces for a command (``\emph{x}``), within its reach (``{\em x}``) or in a
    formula is LaTeX's, and left to the clean-up.
    """
    kept = _formulas(text)
    instead: dict[int, str] = {}
    stack: list[tuple[int, bool]] = []
    argument_end = -1
    for mark in re.finditer(r"(?<!\\)[{}]", text):
        at = mark.start()
        if kept[at]:
            continue
        if mark[0] == "{":
            before = text[max(0, at - _REACH) : at]
            stack.append((at, argument_end == at or bool(_COMMAND.search(before))))
        elif stack:
            start, is_argument = stack.pop()
            if is_argument:
                argument_end = at + 1
            elif _NAME.fullmatch(text, start + 1, at):
                instead |= {start: "", at: "{}"}
            elif not _needs_braces(text, start, at):
                instead |= {start: "", at: ""}
    # A backslash that is to be seen is most often that of a command that nobody knows.
    return "".join(instead.get(at, char) for at, char in enumerate(text)).replace(_BACKSLASH, "\\")


def _formulas(text: str) -> bytearray:
    """For every character whether it is part of a formula."""
    kept = bytearray(len(text))
    at = 0
    for part in inlines(text):
        if part.formula:
            kept[at : at + len(part.source)] = b"\1" * len(part.source)
        at += len(part.source)
    return kept


def _needs_braces(text: str, start: int, end: int) -> bool:
    """Whether a group begins with a command that would reach further without its braces.

    One that has an argument of its own does not.
    """
    reaches = _REACHES.match(text, start + 1, end)
    return reaches is not None and _WITH_ARGUMENT.match(text, start + 1, end) is None


def names(text: str) -> Iterator[str]:
    """The names of a list with ``and`` between them, first names first, without ``others``.

    A name in braces is a body's, and taken as it stands.
    """
    for name in split_multiple_persons_names(text):
        parts = parse_single_name_into_parts(name, strict=False)
        whole = [*parts.first, *parts.von, *parts.last, *parts.jr]
        if whole != ["others"]:
            yield clean(running(" ".join(whole)))


def verbatim(text: str) -> str:
    """An address or an identifier, which stands in a file as it is, or as LaTeX wants it."""
    text = text.strip()
    if found := _URL.fullmatch(text):
        text = (found[1] or found[2] or "").strip()
    return _ESCAPED.sub(r"\1", running(text)).strip()
