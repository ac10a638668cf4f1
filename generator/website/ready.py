"""Markdown that is HTML already, and need not be converted.

Nearly all that the generator writes is HTML of block level, one element after the other, below a
heading. Python-Markdown takes such elements out, passes over them, and puts them back as they were;
looking for them is most of what it does on such a page (eight milliseconds of them). :func:`ready`
says what it would make of them, or that it cannot tell: it goes by a small part of HTML that leaves
no doubt, and knows what Python-Markdown does at the ends of elements
(``markdown.htmlparser.HTMLExtractor``, version 3):

* an element begins at the beginning of a line and goes on, over blank lines too, to the end tag
  with which all are closed that were opened; an end tag closes what was opened after its start;
* what is in it stays as it is, only that tabs become spaces, and references without a semicolon
  get one (here neither is let in);
* of several blank lines behind it one is left.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

#: A start or end tag as the generator writes them: small letters, values in double quotes.
_TAG = re.compile(
    r"<script(?: [a-z-]+=\"[^\"<>]*\")*>[^<]*</script>"
    r"|<(/)?([a-z][a-z0-9]*(?:-[a-z0-9]+)*)"
    r"(?(1)|(?: +[a-zA-Z][a-zA-Z0-9:_-]*(?:=\"[^\"<>]*\")?)* *(/)?)>"
)
#: A reference that is whole.
_REFERENCE = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]*|#[0-9]+|#[xX][0-9a-fA-F]+);")
#: What something else than the search for HTML looks for: code between fences, lines of spaces,
#: tabs, other ends of lines, Python-Markdown's own marks.
_OTHER = re.compile(r"```|~~~|\n +\n|[\t\r\x02\x03]")
#: Elements with rules of their own for what is in them; those of script are known here.
_ODD = frozenset(
    "iframe noembed noframes noscript plaintext script style textarea title xmp".split()  # noqa: SIM905
)
#: The one that is over where it begins, wherever it stands.
_RULE = "hr"
_NO_BLOCK = _ODD | {_RULE}
_BLANK_LINES = re.compile(r"\n{3,}")


def ready(text: str, is_block_level: Callable[[str], bool]) -> str | None:
    """What Python-Markdown makes of a text that is nothing but HTML; ``None`` if that is not sure.

    Args:
        text: Markdown, without front matter.
        is_block_level: Whether an element of this name is of block level; Python-Markdown knows.
    """
    if _OTHER.search(text) or not _is_clean(text):
        return None
    text = text.strip("\n")
    place = 0
    made: list[str] = []
    for start, end in _elements(text, is_block_level):
        between = text[place:start]
        if end < 0 or between.strip("\n") or (made and not between):
            return None
        made.append(_BLANK_LINES.sub("\n\n", between) + text[start:end])
        place = end
    return "".join(made) if place == len(text) else None


def _is_clean(text: str) -> bool:
    """Whether every sign that could begin a tag or a reference begins one that is known here."""
    rest = _TAG.sub("", text)
    return "<" not in rest and "&" not in _REFERENCE.sub("", rest)


def _elements(text: str, is_block_level: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """Where the elements begin and end that lie in no other; an end of -1 says: not sure."""
    opened: list[str] = []
    start = 0
    for found in _TAG.finditer(text):
        is_end, name, is_closed = found.groups()
        if not opened:
            start = found.start()
            if name is None:  # a script, whole
                yield found.span()
                continue
            if is_end or is_closed or name in _NO_BLOCK or not is_block_level(name):
                yield start, -1
            opened.append(name)
        elif is_end:
            _close(name, opened)
            if not opened:
                yield start, found.end()
        elif name in _ODD:
            yield start, -1
        elif name and not is_closed and name != _RULE:
            opened.append(name)
    if opened:
        yield start, -1


def _close(name: str, opened: list[str]) -> None:
    """End an element, and all that were opened in it and not closed."""
    if name in opened:
        while opened.pop() != name:
            pass
