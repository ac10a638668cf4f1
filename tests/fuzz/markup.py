"""HTML looked at with a browser's parser: what is shown, and what stands there beside text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

#: Elements of MathML Core (W3C) that show something, and what may stand in text within a formula.
_MATHML = frozenset(
    """
    mrow mi mn mo ms mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover
    mmultiscripts mprescripts mpadded mphantom mstyle mtable mtr mtd b i code
    """.split()  # noqa: SIM905 - as words it can be read and kept
)
#: Attributes by which they show it: none that leads, names, styles or runs.
_MATHML_ATTRIBUTES = frozenset(
    """
    display displaystyle scriptlevel dir form fence separator stretchy symmetric largeop
    movablelimits lspace rspace minsize maxsize accent accentunder linethickness columnspan rowspan
    mathvariant width height depth voffset
    """.split()  # noqa: SIM905 - as words it can be read and kept
)
#: Elements that an editor's Markdown may have, with their attributes.
_PROSE: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        ("p", "em", "strong", "pre", "ul", "li", "blockquote", "hr", "br"), frozenset()
    ),
    **dict.fromkeys(("h3", "h4", "h5", "h6"), frozenset()),
    "ol": frozenset({"start"}),
    "code": frozenset({"class"}),
    "a": frozenset({"href", "title"}),
}
_LEADS_ELSEWHERE = re.compile(r"\s*[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_HARMLESS = re.compile(r"(?:https?|mailto):", re.IGNORECASE)

#: What differs from paper to paper: addresses, and the name that Markdown gives to a heading.
_OWN = frozenset({"href", "id", "title", "content"})


def parsed(html: str) -> BeautifulSoup:
    """A document, or a part of one, as a browser takes it."""
    return BeautifulSoup(html, "html5lib")


def folded(text: str) -> str:
    """What counts when a browser shows a text: runs of white space are one space."""
    return " ".join(text.split())


def take_out_formulas(page: BeautifulSoup) -> None:
    """Put its source in the place of every formula, once it is seen to be nothing but a formula."""
    for math in page.find_all("math"):
        assert math.attrs in ({}, {"display": "block"}, {"class": ["wide"]}), math.attrs
        (semantics,) = math.find_all(True, recursive=False)
        shown, source = semantics.find_all(True, recursive=False)
        assert (semantics.name, shown.name, source.name) == ("semantics", "mstyle", "annotation")
        assert (semantics.attrs, source.attrs) == ({}, {"encoding": "application/x-tex"})
        assert set(shown.attrs) == {"data-search-exclude"}
        assert not source.find_all(True), "markup in the source of a formula"
        for each in shown.find_all(True):
            assert each.name in _MATHML, f"<{each.name}> in a formula"
            assert set(each.attrs) <= _MATHML_ATTRIBUTES, f"<{each.name}> with {each.attrs}"
            assert all(re.fullmatch(r"[\w.%+-]+", str(value)) for value in each.attrs.values())
        math.replace_with(source.get_text())
    for kept in page.select("span.kept"):
        assert kept.attrs == {"class": ["kept"]}, kept.attrs
        assert not kept.find_all(True), "more than formulas is kept on a line"
        kept.unwrap()


def take_out_links(place: Tag) -> None:
    """Put its text in the place of every link of a text, once it is seen to be its address."""
    for link in place.find_all("a"):
        assert set(link.attrs) == {"href"}, f"a link with {link.attrs}"
        assert re.match(r"https?://", str(link["href"]), re.IGNORECASE), link["href"]
        assert link["href"] == link.get_text(), f"{link['href']} says {link.get_text()}"
        link.replace_with(link.get_text())


def take_out_prose(place: Tag, marks: frozenset[str] = frozenset()) -> None:
    """Empty a place of an editor's Markdown, once it is seen to be nothing else.

    ``marks`` are elements without attributes that a page's own Markdown may make of it.
    """
    for each in place.find_all(True):
        if each.name in marks:
            assert set(each.attrs) <= {"class"}, f"<{each.name}> with {each.attrs}"
            continue
        assert each.name in _PROSE, f"<{each.name}> in Markdown"
        assert set(each.attrs) <= _PROSE[each.name], f"<{each.name}> with {each.attrs}"
    place.clear()


def links_are_harmless(page: Tag) -> None:
    """No link of a page runs anything."""
    for each in page.find_all(href=True):
        address = re.sub(r"[\x00-\x20]", "", str(each["href"]))  # browsers pass over these
        assert _HARMLESS.match(address) or not _LEADS_ELSEWHERE.match(address), address


def skeleton(page: Tag) -> list[tuple[object, ...]]:
    """All elements in their order, with their attributes, but for what is a paper's own."""
    return list(_bones(page))


def _bones(page: Tag) -> Iterator[tuple[object, ...]]:
    for each in page.find_all(True):
        attributes = {k: None if k in _OWN else str(v) for k, v in sorted(each.attrs.items())}
        yield each.name, len(list(each.parents)), tuple(attributes.items())


def text_of(page: Tag, place: str) -> str:
    """What is read at the one place that a CSS selector finds."""
    (found,) = page.select(place)
    return folded(found.get_text())
