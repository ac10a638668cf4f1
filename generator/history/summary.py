"""A difference as Markdown for a pull request, or for a comment on one.

Whatever a stranger wrote passes :func:`generator.history.github.said`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Sized
from dataclasses import dataclass
from typing import TypeVar

from generator.console.wording import count
from generator.digest import Entry, ListingView
from generator.history.changes import Accepted, Difference, EditionChange, Merged
from generator.history.github import code, said
from generator.model import Completion, Paper, Reason
from generator.text.identifiers import page_of

_T = TypeVar("_T")

#: GitHub takes 65,536 characters; whoever posts the summary wants to add some.
MOST = 60_000
#: How many items a list has at most, until the summary is short enough.
_LIMITS = (500, 200, 100, 50, 20, 5, 0)


def summary(found: Difference, most: int = MOST) -> str:
    """What changed, as Markdown; its first line is a title, made of numbers and days alone.

    Args:
        found: What changed.
        most: Characters that the summary may have. Lists get shorter until it has no more.
    """
    for limit in _LIMITS:
        text = _Summary(found, limit).text()
        if len(text) <= most:
            break
    return text


def headline(found: Difference) -> str:
    """What changed, in a line that holds no word of a stranger."""
    days = sorted({listing.date for listing in found.listings})
    period = f"{days[0]} to {days[-1]}: " if len(days) > 1 else f"{days[0]}: " if days else ""
    return period + (
        ", ".join(_counts(found)) or ", ".join(_lesser(found)) or "nothing changes for readers"
    )


def _counts(found: Difference) -> Iterator[str]:
    for number, noun in (
        (len(found.added), "new paper"),
        (len(found.accepted), "accepted candidate"),
        (len(found.candidates), "new candidate"),
    ):
        if number:
            yield count(number, noun)
    for number, verb in (
        (len(found.merged), "recognised"),
        (len(found.declared), "merged by the curator"),
        (len(found.retagged), "retagged"),
        (len(found.retitled), "retitled"),
        (len(found.unshown) + len(found.removed), "no longer shown"),
        (sum(bool(each.failure) for each in found.listings), "failed"),
    ):
        if number:
            yield f"{number:,} {verb}"


#: Decisions that show in topics, which are told as such, or on no page at all.
_SEEN_ELSEWHERE = {"topics", "add_topics", "drop_topics", "distinct_from"}


def _lesser(found: Difference) -> Iterator[str]:
    """What readers see, too, and what makes a title where nothing greater happened."""
    edited = {each.paper.slug for each in found.edited if set(each.fields) - _SEEN_ELSEWHERE}
    papers = edited | {each.paper.slug for each in found.completed}
    moved = sum(each.to is not None for each in found.moved)
    for number, noun, verb in (
        (len(papers), "paper", "edited"),
        (sum(bool(each.fields) for each in found.editions), "edition", "edited"),
        (len(found.topics), "topic", "edited"),
        (len(found.shown), "paper", "shown again"),
        (moved, "old link", "redirected"),
        (len(found.moved) - moved, "old link", "lost"),
    ):
        if number:
            yield f"{count(number, noun)} {verb}"


@dataclass(frozen=True, slots=True)
class _Summary:
    """The text, with at most ``limit`` items in a list."""

    found: Difference
    limit: int

    def text(self) -> str:
        """All sections that have anything."""
        parts = [f"# {headline(self.found)}", *self._sections()]
        return "\n\n".join(parts) + "\n"

    def _sections(self) -> Iterator[str]:
        found = self.found
        yield from self._listings()
        yield from self._added()
        yield from self._list("Accepted candidates", found.accepted, _accepted)
        yield from self._list(
            "New candidates",
            found.candidates,
            _paper,
            "`digest candidates` lists those that wait, the most promising first.",
            folded=True,
        )
        yield from self._list("Declined", found.declined, _paper)
        yield from self._list("Recognised", found.merged, _merged)
        yield from self._list(
            "Merged by the curator",
            found.declared,
            lambda each: f"{_paper(each.paper)} is {code(each.into)}",
        )
        yield from self._list(
            "Possible duplicates",
            found.duplicates,
            lambda each: (
                f"{_entry(each.first)} and {_entry(each.second)}: titles {each.title_score:.0f}, "
                f"abstracts {each.abstract_score:.0f} of 100"
            ),
            "Say `same_as` or `distinct_from` under `curation` in one of the two records.",
        )
        yield from self._decided()
        yield from self._list("Editions", found.editions, _edition)
        yield from self._addresses()
        yield from self._list("Worth a look", found.warnings, said)

    def _listings(self) -> Iterator[str]:
        """What came in, and what did not: failures first, whatever else is cut off."""
        failed = [each for each in self.found.listings if each.failure]
        others = [each for each in self.found.listings if not each.failure]
        yield from self._list(
            "Not to be had",
            failed,
            lambda each: f"{said(each.title)} of {each.date}: {said(each.failure)}",
            "These days are asked for again.",
        )
        if others:
            rows = map(_row, others[: self.limit])
            head = "| Source | Day | Records | New | Known | Rejected | Outcome |"
            rule = "|---|---|--:|--:|--:|--:|---|"
            left = self._left(others)
            yield "## Listings\n\n" + "\n".join([head, rule, *rows]) + (left and f"\n\n{left}")

    def _added(self) -> Iterator[str]:
        """New papers under their strongest topics, the topic with most of them first."""
        if not self.found.added:
            return
        yield f"## New papers ({len(self.found.added):,})"
        by_topic: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in self.found.added:
            by_topic[entry.primary.title if entry.primary else "No topic"].append(entry)
        for title, entries in sorted(by_topic.items(), key=lambda item: (-len(item[1]), item[0])):
            yield f"### {said(title)} ({len(entries):,})"
            yield from self._items(entries, _new)

    def _decided(self) -> Iterator[str]:
        found = self.found
        yield from self._list(
            "Retitled",
            found.retitled,
            lambda each: f"{_paper(each.paper)}, before: “{said(each.before)}”",
        )
        yield from self._list(
            "Retagged",
            found.retagged,
            lambda each: f"{_paper(each.paper)}: {_signed(each.gained, each.lost)}",
            folded=True,
        )
        yield from self._list(
            "Completed",
            found.completed,
            lambda each: f"{_paper(each.paper)}: {_names(each.facts)}{_sources(each.sources)}",
            folded=True,
        )
        yield from self._list(
            "Edited", found.edited, lambda each: f"{_paper(each.paper)}: {_names(each.fields)}"
        )
        yield from self._list(
            "Not shown", found.unshown, lambda each: f"{_paper(each.paper)}: {said(each.why)}"
        )
        yield from self._list("Shown again", found.shown, _entry)
        yield from self._list("Records that are gone", found.removed, _paper)
        yield from self._list("Topics with other rules or texts", found.topics, code)

    def _addresses(self) -> Iterator[str]:
        moved = [each for each in self.found.moved if each.to]
        lost = [each for each in self.found.moved if not each.to]
        yield from self._list(
            "Addresses that lead elsewhere",
            moved,
            lambda each: f"{code(f'/{each.address}')} → {code(f'/{each.to}')}",
        )
        yield from self._list(
            "Addresses that lead nowhere any more",
            lost,
            lambda each: code(f"/{each.address}"),
            "Whoever kept one of them finds nothing there.",
        )

    def _list(
        self,
        title: str,
        items: Sequence[_T],
        line: Callable[[_T], str],
        note: str = "",
        *,
        folded: bool = False,
    ) -> Iterator[str]:
        """A section, if it has items; ``folded``: it is opened by whoever wants it."""
        if not items:
            return
        yield f"## {title} ({len(items):,})"
        if note:
            yield note
        if folded and self.limit:
            yield "<details><summary>Show</summary>"
        yield from self._items(items, line)
        if folded and self.limit:
            yield "</details>"

    def _items(self, items: Sequence[_T], line: Callable[[_T], str]) -> Iterator[str]:
        if shown := items[: self.limit]:
            yield "\n".join(f"- {line(item)}" for item in shown)
        if left := self._left(items):
            yield left

    def _left(self, items: Sized) -> str:
        left = len(items) - self.limit
        return f"… and {left:,} more." if left > 0 else ""


def _paper(paper: Paper) -> str:
    return f"{_linked(paper.title, paper.ids)} {code(paper.slug)}"


def _entry(entry: Entry) -> str:
    return f"{_linked(entry.title, entry.ids)} {code(entry.slug)}"


def _linked(title: str, ids: Mapping[str, str]) -> str:
    """A title that leads to where the paper can be read, if an identifier says so."""
    pages = (page_of(kind, value) for kind, value in sorted(ids.items()))
    page = next(filter(None, pages), None)
    if page is None:
        return said(title)
    return f"[{said(title)}]({page.replace('(', '%28').replace(')', '%29')})"


def _new(entry: Entry) -> str:
    others = ", ".join(said(tag.topic.title) for tag in entry.topics[1:])
    return _entry(entry) + (f", also {others}" if others else "")


def _accepted(each: Accepted) -> str:
    by = f": {said(each.by.source)} of {each.by.date} chose it" if each.by else ""
    return _entry(each.entry) + by


def _merged(each: Merged) -> str:
    seen = each.seen
    there = f", there “{said(seen.title)}”" if seen.title else ""
    why = f": {_reason(each.reason)}" if each.reason else ""
    return f"{_paper(each.paper)} in {said(seen.source)} of {seen.date}{there}{why}"


def _reason(reason: Reason) -> str:
    scores = f"titles {reason.title_score:.0f}"
    if reason.abstract_score is not None:
        scores += f", abstracts {reason.abstract_score:.0f}"
    return f"{reason.rule} ({scores} of 100)"


def _sources(completions: Iterable[Completion]) -> str:
    told = (f"{said(each.file)}: {_reason(each.reason)}" for each in completions)
    return "".join(f"; {each}" for each in told)


def _names(fields: Iterable[str]) -> str:
    return ", ".join(map(code, fields))


def _signed(gained: Iterable[str], lost: Iterable[str]) -> str:
    return ", ".join((*(f"+{code(id_)}" for id_ in gained), *(f"−{code(id_)}" for id_ in lost)))


def _edition(change: EditionChange) -> str:
    if change.papers is None:
        return f"{change.date}: gone, with {count(change.before or 0, 'paper')}"
    told = [count(change.papers, "paper")]
    if change.before is None:
        told.append("new")
    elif change.before != change.papers:
        told.append(f"{change.before:,} before")
    told.extend(map(code, change.fields))
    return f"{change.date}: {', '.join(told)}"


def _row(listing: ListingView) -> str:
    cells = (
        said(listing.title),
        listing.date.isoformat(),
        f"{listing.seen:,}",
        f"{listing.new:,}",
        f"{listing.merged + listing.repeated:,}",
        f"{len(listing.rejected):,}",
        str(listing.outcome),
    )
    return f"| {' | '.join(cells)} |"
