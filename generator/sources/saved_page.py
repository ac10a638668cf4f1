"""Reader of a daily-papers page that somebody saved, or copied, as plain text.

Such a page is a header (an invitation to subscribe, the page's name, often a day) and then titles
and abstracts in turn. Two layouts are about: one with a blank line between any two paragraphs, one
without blank lines whose first title is glued to the word ``Subscribe``. Both are read alike:

1. *header*: what stands at the beginning is peeled off phrase by phrase, by what it says; a page
   that says nothing of it is not of this kind;
2. *paragraphs*: each line is one, or, where lines are wrapped, each run of lines between blanks;
3. *pairs*: paragraphs are titles and abstracts in turn, and must look it. If no reading of the page
   gives pairs that are certain, the page is refused whole: a title filed under its neighbour's
   abstract would be worse than a page that somebody has to save again.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

from generator.errors import ListingError
from generator.model import Listing, SourceRecord
from generator.sources.days import DayError, find_day
from generator.text.cleaning import clean, tidy

#: The name under which appearances on such a page are filed, unless the user gives another.
SOURCE = "hf-daily-papers"

#: The phrases of the header, each taken once at the most: a title may begin with the same word. A
#: phrase ends its line, or what follows is glued to it without a space; to the last one even a
#: title that begins with a bracket, a quotation mark or a formula.
_PHRASES = {
    name: re.compile(phrase, re.IGNORECASE)
    for name, phrase in {
        "invitation, daily": r"get trending papers in your email inbox once a day\s*!?(?=$|\w|\s)",
        "invitation": r"get trending papers in your email inbox\s*!?(?=$|\w|\s+(?!once))",
        "curator": r"by\s*@?AK and the research community(?=$|\w|\s)",
        "page": r"daily papers(?=$|\w)",
        "subscribe": r"subscribe(?=$|\s|[^:,.;!?)\]}-])",
    }.items()
}
#: Those that only such a page has: one of them makes a page of this kind.
_SIGNS = ("invitation, daily", "invitation", "curator", "page")
#: Words of the site's menus, which are never glued to anything.
_MENU = re.compile(
    r"new|log ?in|sign ?up|hugging face|papers|trending papers|today|models|datasets|spaces"
    r"|community|docs|enterprise|pricing",
    re.IGNORECASE,
)

#: Menus above the header are shorter than this.
_HEADER_LINES = 40
#: The longest title of arXiv's is below 300 characters; longer paragraphs are no titles.
_LONGEST_TITLE = 300
#: A paragraph of this length is an abstract even if it does not end like a sentence (abstracts may
#: end in an address); arXiv's titles of more than 200 characters are one in many thousands.
_SURELY_ABSTRACT = 200
#: Above this length a sentence is no title, and a text that breaks off is most likely no title.
_SURELY_PROSE = 100
#: How a sentence ends, closing brackets and quotation marks included.
_SENTENCE_END = re.compile(r"[.!?…。！？][\s)\]}\"'”’»*]*$")
#: How an abstract ends, and a title hardly ever: titles ask, exclaim and trail off.
_STATEMENT_END = re.compile(r"(?<!\.)[.。][\s)\]}\"'”’»*]*$")
#: Words of sentences. Titles in small letters have them too, but rarely, and then two titles in a
#: row would have to end the page: an abstract that breaks off is the far likelier reading.
_SENTENCE_WORD = re.compile(
    r"\b(?:we|our|this|these|those|it|its|they|their|that|which|is|are|was|were|has|have|had|been"
    r"|can|cannot|may|often|however|although|despite|while)\b",
    re.IGNORECASE,
)
#: Characters to which text is wrapped at the most (terminals and mail stay below).
_WIDEST = 120
#: Words that titles capitalise; fewer of them say nothing.
_TITLE_WORDS = 3


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A run of text and the line on which it begins, counted from 1."""

    text: str
    line: int


#: Days. A page without a year that was saved where tomorrow has begun is taken for a year old.
_ALMOST_A_YEAR = 330
_YEAR = re.compile(r"\d{4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Header:
    """What the header says, and what follows it; ``written`` is its day as it stands there."""

    day: dt.date | None
    written: str
    body: tuple[_Paragraph, ...]


class SavedPage:
    """The saved daily-papers page (see the module)."""

    FORMAT = "saved daily-papers page"

    def recognises(self, text: str) -> bool:
        """Whether one of the first paragraphs begins with a phrase that only such a page has."""
        lines = filter(None, map(tidy, text.split("\n")))
        return any(map(_is_sign, islice(lines, _HEADER_LINES)))

    def read(
        self,
        text: str,
        file: str,
        fingerprint: str,
        today: dt.date,
        *,
        partial: bool = False,  # noqa: ARG002
    ) -> Listing:
        """See :class:`generator.sources.Reader`; an abstract that is missing is no fact here."""
        header = _read_header(_lines(text), file, today)
        if not any(line.text for line in header.body):
            raise ListingError(
                file, "has a header and no papers", "save the page again once it shows papers"
            )
        pairs = _pairs(header.body, file)
        records = tuple(
            SourceRecord(clean(title.text), clean(abstract.text), title.line)
            for title, abstract in pairs
        )
        warnings = (*_warnings(pairs[-1][1]), *_doubts_of_day(header, today))
        return Listing(SOURCE, file, fingerprint, records, header.day, warnings)


def _lines(text: str) -> tuple[_Paragraph, ...]:
    return tuple(
        _Paragraph(tidy(line), number) for number, line in enumerate(text.split("\n"), start=1)
    )


def _is_sign(text: str) -> bool:
    rest = _peel(text, {"subscribe"})
    return any(_PHRASES[name].match(rest) for name in _SIGNS)


def _peel(text: str, names: set[str]) -> str:
    """``text`` without the phrases of the header at its beginning.

    Args:
        text: A line of the header, or the first title with the header's last word glued to it.
        names: The phrases not taken so far; those taken now are removed from it.
    """
    if _MENU.fullmatch(text):
        return ""
    while found := next((n for n in _PHRASES if n in names and _PHRASES[n].match(text)), None):
        names.remove(found)
        text = _PHRASES[found].sub("", text, count=1).strip()
    return text


def _read_header(lines: tuple[_Paragraph, ...], file: str, today: dt.date) -> _Header:
    """Peel the header off, phrase by phrase; menus of the site may stand above it.

    Raises:
        ListingError: If its date line names a day that no calendar has.
    """
    day, written = None, ""
    names = set(_PHRASES)
    start = next(i for i, line in enumerate(lines) if _is_sign(line.text))
    for index, line in enumerate(lines[start:], start=start):
        rest = _peel(line.text, names)
        found = _find_day(rest, file, line.line, today) if day is None else None
        if found:
            day, written = found, rest
        elif rest:
            return _Header(day, written, (_Paragraph(rest, line.line), *lines[index + 1 :]))
    return _Header(day, written, ())


def _find_day(text: str, file: str, line: int, today: dt.date) -> dt.date | None:
    try:
        return find_day(text, today)
    except DayError as error:
        raise ListingError(file, str(error), "correct the date line", line=line) from None


def _pairs(body: tuple[_Paragraph, ...], file: str) -> tuple[tuple[_Paragraph, _Paragraph], ...]:
    """Titles with their abstracts, in the only way that is certain.

    Raises:
        ListingError: If there is no such way.
    """
    doubts = []
    for paragraphs in filter(None, (_one_a_line(body), _one_a_block(body))):
        doubt = next(_doubts(paragraphs), None)
        if doubt is None:
            return tuple(zip(paragraphs[::2], paragraphs[1::2], strict=True))
        doubts.append(doubt)
    # A page with wrapped lines fails as lines at once: the later doubt is nearer to the fault.
    doubt = max(doubts, key=lambda doubt: doubt.line)
    raise ListingError(file, doubt.text, "mend the page or save it again", line=doubt.line)


def _one_a_line(body: tuple[_Paragraph, ...]) -> tuple[_Paragraph, ...]:
    return tuple(line for line in body if line.text)


def _one_a_block(body: tuple[_Paragraph, ...]) -> tuple[_Paragraph, ...] | None:
    """Blocks of wrapped lines; ``None`` if the lines are not wrapped.

    They are if none is wider than text is wrapped to, and every line but the last of its block is
    full: the next word would not have fitted. Otherwise two lines that follow each other may be two
    paragraphs, of which one has lost its neighbour.
    """
    width = max((len(line.text) for line in body if " " in line.text), default=0)
    if width > _WIDEST:
        return None
    blocks: list[_Paragraph] = []
    for before, line in pairwise((_Paragraph("", 0), *body)):
        if line.text and before.text:
            if len(f"{before.text} {line.text.split()[0]}") <= width:
                return None
            blocks[-1] = _Paragraph(f"{blocks[-1].text} {line.text}", blocks[-1].line)
        elif line.text:
            blocks.append(line)
    return tuple(blocks)


def _doubts(paragraphs: tuple[_Paragraph, ...]) -> Iterator[_Paragraph]:
    """What speaks against reading these as titles and abstracts in turn, as messages with lines."""
    last = len(paragraphs) - 1
    for index in range(0, len(paragraphs), 2):
        title = paragraphs[index]
        shown = f"{title.text[:60]!r}"
        if not _may_be_title(title.text):
            yield _Paragraph(
                f"a title is expected here, but this looks like an abstract: {shown}", title.line
            )
        elif index == last:
            yield _Paragraph(f"the title {shown} has no abstract", title.line)
        elif not _may_be_abstract(
            title.text, paragraphs[index + 1].text, ends_the_page=index + 1 == last
        ):
            yield _Paragraph(
                f"the title {shown} is not followed by an abstract but by "
                f"{paragraphs[index + 1].text[:60]!r}",
                title.line,
            )


def _may_be_title(text: str) -> bool:
    is_prose = len(text) >= _SURELY_PROSE and _STATEMENT_END.search(text)
    return len(text) <= _LONGEST_TITLE and not is_prose


def _may_be_abstract(title: str, text: str, *, ends_the_page: bool) -> bool:
    """Whether ``text`` can only be the abstract below ``title``.

    The last one may break off anywhere, so there it is enough that it does not look like a title.
    """
    if len(text) >= _SURELY_ABSTRACT and len(text) > len(title):
        return True
    if _looks_like_title(text):
        return False
    if _STATEMENT_END.search(text) and not _STATEMENT_END.search(title):
        return True
    return ends_the_page and (len(text) >= _SURELY_PROSE or _begins_a_sentence(text))


def _begins_a_sentence(text: str) -> bool:
    """Whether ``text`` talks as sentences do, and does not ask or exclaim as titles may."""
    return (
        " " in text
        and _SENTENCE_END.search(text) is None
        and _SENTENCE_WORD.search(text) is not None
    )


def _looks_like_title(text: str) -> bool:
    """Whether most of the longer words are capitalised, as in English titles."""
    long = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]  # noqa: PLR2004
    return len(long) >= _TITLE_WORDS and sum(word[0].isupper() for word in long) * 2 > len(long)


def _warnings(last: _Paragraph) -> Iterator[str]:
    if not _SENTENCE_END.search(last.text):
        yield f"line {last.line}: the last abstract does not end a sentence; it may be cut"


def _doubts_of_day(header: _Header, today: dt.date) -> Iterator[str]:
    """What may be wrong with a day that was written without its year."""
    if header.day is None or _YEAR.search(header.written):
        return
    if (today - header.day).days > _ALMOST_A_YEAR:
        yield (
            f"its day, {header.written!r}, has no year: taken for {header.day}; if that is wrong, "
            "--date sets it"
        )
