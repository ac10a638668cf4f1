"""XML that strangers wrote, as elements that know on which line they begin.

Expat of the standard library parses, and it parses one entity: a document type is refused, so that
nothing is expanded (a billion laughs), nothing is fetched and nothing is read from a file. What is
left to an attacker is size, and that is bounded too. (defusedxml refuses the same, but its trees
have no lines; lxml would be a compiled dependency for what takes a page here.)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from generator.errors import ListingError

#: Deeper than any format that is read here, and far from where recursion would end.
MAX_DEPTH = 100
#: The largest file of the ACL Anthology has about a tenth of it.
MAX_ELEMENTS = 1_000_000
#: How much of a text :func:`peek` looks at, in characters.
PEEKED = 50_000


@dataclass(frozen=True, slots=True, eq=False)
class Element:
    """An element: ``name`` and the names of attributes are written ``{namespace}name``.

    ``content`` is what stands in it, in order: texts, with entities decoded, and elements.
    Comments and processing instructions are left out. ``line`` is where its tag begins, counted
    from 1.
    """

    name: str
    line: int
    attributes: Mapping[str, str] = field(default_factory=dict, repr=False)
    content: list[str | Element] = field(default_factory=list, repr=False)

    @property
    def elements(self) -> Iterator[Element]:
        """The elements that stand directly in it."""
        return (part for part in self.content if isinstance(part, Element))

    @property
    def text(self) -> str:
        """All text in it, also that of elements within, as it is written."""
        return "".join(part if isinstance(part, str) else part.text for part in self.content)

    def all(self, name: str) -> Iterator[Element]:
        """The elements of a name that stand directly in it."""
        return (element for element in self.elements if element.name == name)

    def first(self, name: str) -> Element | None:
        """The first element of a name that stands directly in it."""
        return next(self.all(name), None)

    def text_of(self, name: str) -> str:
        """The text of the first element of a name, without outer white space; "" if none."""
        element = self.first(name)
        return element.text.strip() if element else ""

    def get(self, attribute: str) -> str:
        """An attribute, without outer white space; "" if there is none."""
        return self.attributes.get(attribute, "").strip()


def parse(text: str, file: str) -> Element:
    """The root of a document, with everything in it.

    Args:
        text: The document, decoded: what it declares as its encoding does not matter any more.
        file: Its name, for messages.

    Raises:
        ListingError: If it is not well-formed, has a document type, or is beyond all measure.
    """
    builder = _Builder(text, refuses_doctype=True)
    try:
        builder.feed(text.strip(), is_whole=True)
    except _Refusal as refusal:
        raise ListingError(file, refusal.problem, refusal.remedy, line=refusal.line) from None
    assert builder.root is not None  # noqa: S101 - expat refuses a document without an element
    return builder.root


def peek(text: str) -> Element | None:
    """The root of a document with what stands at its beginning, however it goes on.

    It says of what kind a file is, also of one that is cut off or broken further down.

    Returns:
        ``None`` if not even the root's tag is well-formed, or if entities are declared above it.
    """
    builder = _Builder(text, refuses_doctype=False)
    with suppress(_Refusal):
        builder.feed(text.lstrip()[:PEEKED], is_whole=False)
    return builder.root


class _Refusal(Exception):  # noqa: N818 - it becomes an error once the file's name is known
    def __init__(self, problem: str, remedy: str, line: int) -> None:
        super().__init__(problem)
        self.problem, self.remedy, self.line = problem, remedy, line


class _Builder:
    """Builds elements from what expat reports."""

    def __init__(self, text: str, *, refuses_doctype: bool) -> None:
        self.root: Element | None = None
        self._open: list[Element] = []
        self._left = MAX_ELEMENTS
        # White space above the declaration, which XML forbids and copying brings in, is skipped.
        self._skipped = text[: len(text) - len(text.lstrip())].count("\n")
        self._parser = expat.ParserCreate("utf-8", "}")
        self._parser.buffer_text = True
        self._parser.ordered_attributes = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._data
        if refuses_doctype:
            self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.EntityDeclHandler = self._doctype

    def feed(self, text: str, *, is_whole: bool) -> None:
        try:
            self._parser.Parse(text.encode(), is_whole)
        except expat.ExpatError as error:
            problem = f"is not well-formed XML: {expat.ErrorString(error.code)}"
            if self._open and error.code in _CUT:
                problem = f"breaks off within <{_local(self._open[-1].name)}>"
            raise _Refusal(
                problem, "save or fetch it again", self._skipped + error.lineno
            ) from None

    def _start(self, name: str, attributes: list[str]) -> None:
        if len(self._open) >= MAX_DEPTH:
            self._refuse(f"has elements nested more than {MAX_DEPTH} deep")
        self._left -= 1
        if self._left < 0:
            self._refuse(f"has more than {MAX_ELEMENTS:,} elements")
        pairs = zip(map(_qualified, attributes[::2]), attributes[1::2], strict=True)
        element = Element(_qualified(name), self._line, dict(pairs))
        if self._open:
            self._open[-1].content.append(element)
        else:
            self.root = element
        self._open.append(element)

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _data(self, text: str) -> None:
        self._open[-1].content.append(text)

    def _doctype(self, *_: object) -> NoReturn:
        self._refuse("has a document type (<!DOCTYPE …>), which is not read", "remove it")

    def _refuse(self, problem: str, remedy: str = "fetch it again, or leave it out") -> NoReturn:
        raise _Refusal(problem, remedy, self._line)

    @property
    def _line(self) -> int:
        return self._skipped + self._parser.CurrentLineNumber


_CUT = frozenset(
    expat.errors.codes[message]
    for message in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
    )
)


def _qualified(name: str) -> str:
    return "{" + name if "}" in name else name


def _local(name: str) -> str:
    return name.rpartition("}")[2]
