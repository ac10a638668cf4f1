"""The answers of a form as values, or what is wrong with them: all of it, told at once.

Titles, abstracts and names are cleaned as those of listings are (:mod:`generator.text.cleaning`).
Limits are far above what real papers have.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from generator.model import Link, LinkKind
from generator.sources.columns import in_order, names_in
from generator.sources.days import DayError, find_day
from generator.sources.gathering import is_said, shown
from generator.storage.papers import SLUG, is_web_address
from generator.suggestions.faults import Fault, FormError
from generator.suggestions.forms import Form
from generator.text import identifiers
from generator.text.cleaning import clean, tidy

T = TypeVar("T")

#: Characters.
LONGEST_TITLE, LONGEST_ABSTRACT, _LONGEST_LINE = 500, 12_000, 1_000
#: The longest list of authors of a paper has some five thousand names.
_MOST_NAMES, MOST_LINES = 6_000, 50
#: Before an item of a list, where somebody makes one of it.
_BULLET = re.compile(r"[-*+•]\s+|\d{1,3}[.)]\s+")
#: The end of the address of a paper's page, whatever comes before it.
_PAGE = re.compile(r"(?:.*/)?papers/(?P<slug>[^/?#]+)/?(?:index\.html)?(?:[?#].*)?")


class Answers:
    """The answers of one form; each is asked for by the id of its field.

    Args:
        form: The form.
        texts: What was answered, by id; "" where nothing was.
        today: The day of the issue, against which days without a year are resolved.
    """

    def __init__(self, form: Form, texts: Mapping[str, str], today: dt.date) -> None:
        self.form, self.today = form, today
        self._texts = texts
        self._faults: list[Fault] = []
        for field in form.fields:
            if field.is_required and not tidy(texts.get(field.id, "")):
                self.complain(field.id, "is empty", "it is needed")

    def complain(self, id_: str, problem: str, remedy: str = "") -> None:
        """Note a mistake in an answer."""
        self._faults.append(Fault(self.form.label(id_), problem, remedy))

    def settle(self) -> None:
        """Go on only if nothing was wrong so far.

        Raises:
            FormError: All that was.
        """
        if self._faults:
            raise FormError(dict.fromkeys(self._faults))

    def remark(self, id_: str) -> str:
        """What is for a person to read, as it was typed."""
        return self._texts.get(id_, "")

    def text(self, id_: str, longest: int) -> str:
        """A title or a sentence; "" if there is none."""
        written = self._texts.get(id_, "")
        found = clean(written) if len(written) <= 2 * longest else written
        if len(found) > longest:
            problem = f"has more than {longest:,} characters"
            self.complain(id_, problem, "shorten it, or leave it to the editor")
            return ""
        if written.strip() and not found:
            self.complain(id_, "has nothing that anybody could read", "write it anew")
        return found

    def abstract(self, id_: str) -> str:
        """An abstract; what only stands for one is none."""
        found = self.text(id_, LONGEST_ABSTRACT)
        if found and not is_said(found):
            self.complain(id_, f"“{shown(found)}” is no abstract", "copy it from the paper")
        return found

    def lines(self, id_: str, most: int = MOST_LINES) -> tuple[str, ...]:
        """What stands on lines of its own, each once."""
        lines = self._texts.get(id_, "").splitlines()
        found = dict.fromkeys(_BULLET.sub("", tidy(each), count=1) for each in lines)
        kept = tuple(filter(None, found))
        if len(kept) > most:
            self.complain(id_, f"has more than {most:,} lines", "keep those that matter most")
            return ()
        if long := next((each for each in kept if len(each) > _LONGEST_LINE), None):
            self.complain(id_, f"“{shown(long)}” is too long", f"{_LONGEST_LINE:,} characters do")
            return ()
        return kept

    def names(self, id_: str) -> tuple[str, ...]:
        """Names of people, a line each; in one line they may have semicolons or commas between."""
        lines = self.lines(id_, _MOST_NAMES)
        names = [*names_in(lines[0])] if len(lines) == 1 else [in_order(each) for each in lines]
        return tuple(dict.fromkeys(filter(None, (clean(each).strip(" ,;") for each in names))))

    def day(self, id_: str) -> dt.date | None:
        """A day; ``None`` if there is none."""
        written = tidy(self._texts.get(id_, "")[:_LONGEST_LINE])
        try:
            found = find_day(written, self.today) if written else None
        except DayError:
            found = None
        if written and found is None:
            problem = f"“{shown(written)}” is no day"
            self.complain(id_, problem, "write it with year, month and day, such as 2020-10-02")
        return found

    def ids(self, id_: str) -> dict[str, str]:
        """Identifiers by their kinds."""
        found: dict[str, str] = {}
        for line in self.lines(id_):
            if identifier := identifiers.parse(line):
                self._keep(id_, found, identifier)
            else:
                problem = f"“{shown(line)}” is no identifier of a kind that is known here"
                self.complain(id_, problem, "write it as its page shows it: arXiv:2010.00904")
        return found

    def places(self, id_: str) -> tuple[dict[str, str], tuple[Link, ...]]:
        """Where a paper is: its identifiers, and addresses that are none."""
        found: dict[str, str] = {}
        links = []
        for line in self.lines(id_):
            if identifier := identifiers.parse(line):
                self._keep(id_, found, identifier)
            elif is_web_address(line):
                links.append(Link(LinkKind.PAPER, line))
            else:
                problem = f"“{shown(line)}” is no identifier and no web address"
                self.complain(id_, problem, "copy the address of the paper from your browser")
        return found, tuple(links)

    def links(self, id_: str, kind: LinkKind) -> tuple[Link, ...]:
        """Web addresses."""
        lines = self.lines(id_)
        for line in lines:
            if not is_web_address(line):
                remedy = "copy the whole address from your browser; it begins with https://"
                self.complain(id_, f"“{shown(line)}” is no web address", remedy)
        return tuple(Link(kind, line) for line in lines)

    def known(
        self, id_: str, find: Callable[[str], T | None], problem: str, remedy: str
    ) -> T | None:
        """What an answer names; ``None`` if it is blank, or names nothing, which is told."""
        written = tidy(self._texts.get(id_, "")[:_LONGEST_LINE])
        found = find(written) if written else None
        if written and found is None:
            self.complain(id_, f"“{shown(written)}” {problem}", remedy)
        return found

    def _keep(self, id_: str, found: dict[str, str], identifier: identifiers.Identifier) -> None:
        kind, value = identifier.kind, identifier.value
        if found.setdefault(kind, value) != value:
            label = identifiers.label_of(kind)
            self.complain(
                id_, f"names two {label} identifiers, {found[kind]} and {value}", "keep one"
            )


def slug_in(written: str) -> str | None:
    """The slug in the address of a paper's page, or the slug itself; ``None`` if it is neither."""
    page = _PAGE.fullmatch(written)
    slug = page["slug"] if page else written
    return slug if SLUG.fullmatch(slug) else None


def quoted(text: str) -> Iterator[str]:
    """The lines of what somebody typed, without what nobody can see; no two blank ones in a row."""
    before = ""
    for line in map(tidy, text.splitlines()):
        if line or before:
            yield line
        before = line
