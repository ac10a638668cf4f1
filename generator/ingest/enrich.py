"""Completing papers with facts that other records of the same work have.

Nothing that is there is overwritten, and no paper is added. A fact is taken for a paper by the
rules of identity (:mod:`generator.identity`). Facts have no abstract as a rule, so one rule more
holds for them alone: a paper that has no identifier of its own is completed by what has the same
title, of at least two words, if no other paper and no other fact makes that doubtful. Its record
says that the title alone was the reason. All else that looks like a paper is left to the curator.

The order of facts leaves no trace: they are tried in an order of their own, the surest first, until
nothing changes any more. So what one file says of an identifier counts for what another says with
it, and to complete a library twice changes nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from enum import Enum, auto
from typing import NamedTuple

from generator.identity import Index
from generator.ingest.completions import Completed, Fact, Left, Taken
from generator.ingest.gaps import completed, gained, is_another, own_ids
from generator.model import Completion, Reason, Rule, SourceRecord
from generator.sources.notes import times_seen
from generator.storage.library import Library, stays
from generator.text.cleaning import words
from generator.text.identifiers import label_of

#: A title of fewer words is shared by works that have nothing to do with each other.
_ENOUGH_WORDS = 2


def complete(library: Library, facts: Iterable[tuple[str, str, SourceRecord]]) -> Completed:
    """What ``facts`` complete in ``library``.

    Args:
        library: The library; its candidates are completed as its papers are.
        facts: Any number, in any order: the source, the file, and what it says of a paper.
    """
    work = _Work(library, [Fact(*fact) for fact in facts])
    while work.go_round():
        pass
    return work.result()


class _Proposal(NamedTuple):
    """A fact that is of a paper by a rule."""

    slug: str
    fact: Fact
    reason: Reason

    @property
    def order(self) -> tuple[object, ...]:
        """The surest first; what a file does not count is from a source that is sure."""
        seen = times_seen(self.fact.record.note)
        rank = list(Rule).index(self.reason.rule)
        return rank, seen is not None, -(seen or 0), _text(self.fact), self.slug


def _text(fact: Fact) -> tuple[object, ...]:
    """All of a fact but its line."""
    record = fact.record
    links = tuple((link.kind, link.url) for link in record.links)
    ids = tuple(sorted(record.ids.items()))
    said = (record.title, record.abstract, ids, record.authors, str(record.published), links)
    return (*said, record.note or "", fact.source, fact.file)


class _Idle(Enum):
    """Why nothing is to be done about a fact."""

    KNOWN = auto()
    UNKNOWN = auto()


class _Refused(NamedTuple):
    """A fact that bears a paper's name and cannot be it."""

    left: Left


_Verdict = _Proposal | Taken | Left | _Refused | _Idle


class _Work:
    """The library while it is completed."""

    def __init__(self, library: Library, facts: list[Fact]) -> None:
        self._before = library.everything
        self._papers = dict(self._before)
        self._index = Index(self._papers.values())
        self._facts = facts
        self._verdicts: list[_Verdict] = [_Idle.UNKNOWN] * len(facts)
        self._taken: dict[int, list[Taken]] = defaultdict(list)
        self._said: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        for fact in facts:
            self._said[_folded(fact.record.title)].update(fact.record.ids.items())

    def go_round(self) -> bool:
        """Judge every fact anew and take what can be taken; whether anything was.

        What has the title alone for a reason has to wait until nothing else can be taken: a paper
        that gets an identifier by a better reason needs none by that.
        """
        self._verdicts = [self._judge(fact) for fact in self._facts]
        self._leave_rivals()
        return self._take_all(by_title=False) or self._take_all(by_title=True)

    def _take_all(self, *, by_title: bool) -> bool:
        proposed = [
            (verdict.order, at, verdict)
            for at, verdict in enumerate(self._verdicts)
            if isinstance(verdict, _Proposal)
            and (verdict.reason.rule is Rule.SAME_TITLE) is by_title
        ]
        for _, at, proposal in sorted(proposed):
            self._verdicts[at] = verdict = self._take(proposal)
            if isinstance(verdict, Taken):
                self._taken[at].append(verdict)
        return any(isinstance(self._verdicts[at], Taken) for _, at, _ in proposed)

    def result(self) -> Completed:
        """What has come of it."""
        rest = [verdict for at, verdict in enumerate(self._verdicts) if at not in self._taken]
        refused = [verdict.left for verdict in rest if isinstance(verdict, _Refused)]
        taken = [each for at in self._taken for each in self._taken[at]]
        return Completed(
            papers={s: p for s, p in sorted(self._papers.items()) if p != self._before[s]},
            taken=tuple(sorted(taken, key=lambda each: (each.slug, *_place(each.fact)))),
            left=_in_order(verdict for verdict in rest if isinstance(verdict, Left)),
            refused=_in_order(refused),
            known=rest.count(_Idle.KNOWN),
            unknown=rest.count(_Idle.UNKNOWN),
        )

    def _judge(self, fact: Fact) -> _Verdict:
        if matches := self._index.same_work(fact.record):
            found = [match.slug for match in matches if match.rule is matches[0].rule]
            return self._by_rule(fact, self._ends(found), matches[0].reason)
        if titled := self._ends(self._index.titled(fact.record.title)):
            return self._by_title(fact, titled)
        if slugs := self._index.contradicted(fact.record):
            return self._refuse(fact, slugs[0])
        return self._alike(fact)

    def _ends(self, slugs: Iterable[str]) -> tuple[str, ...]:
        """The papers that readers are led to from some papers, each once."""
        return tuple(dict.fromkeys(stays(slug, self._papers) for slug in slugs))

    def _by_rule(self, fact: Fact, slugs: tuple[str, ...], reason: Reason) -> _Verdict:
        titled = self._ends(self._index.titled(fact.record.title))
        if not any(self._gains(slug, fact) for slug in slugs):
            return _Idle.KNOWN
        if len(slugs) > 1:
            why = "is several papers of the library"
            return Left(fact, slugs, why, "say `same_as` under `curation` if they are one")
        if reason.rule is Rule.SAME_ID and titled and slugs[0] not in titled:
            why = "has the identifier of the first paper and the title of the other"
            return Left(
                fact, (*slugs, *titled), why, "correct the file, or the record of the first"
            )
        return _Proposal(slugs[0], fact, reason)

    def _by_title(self, fact: Fact, slugs: tuple[str, ...]) -> _Verdict:
        fitting = [slug for slug in slugs if not is_another(self._papers[slug], fact.record)]
        if not fitting:
            return self._refuse(fact, slugs[0])
        if not any(self._gains(slug, fact) for slug in fitting):
            return _Idle.KNOWN
        if doubt := self._doubt(fact.record, slugs):
            return Left(fact, slugs, *doubt)
        return _Proposal(slugs[0], fact, Reason(Rule.SAME_TITLE, 100.0))

    def _doubt(self, record: SourceRecord, slugs: tuple[str, ...]) -> tuple[str, str] | None:
        """Why an equal title is not enough, and what to do about it."""
        paper = self._papers[slugs[0]]
        if len(slugs) > 1:
            return "is the title of several papers", "add it to the right record by hand"
        if record.abstract:
            return "has the same title and another abstract", "add it to the record if it is that"
        if len(words(record.title)) < _ENOUGH_WORDS:
            return "has a title of one word", "add it to the record if it is that paper"
        if own := own_ids(paper):
            return (
                "has the same title, but names none of the record's identifiers",
                f"add {_told(sorted(own.items()))} to the file if it is that paper",
            )
        if rivals := _rivals(self._said[_folded(record.title)]):
            return f"has a title that stands there with several works: {rivals}", "keep one of them"
        return None

    def _alike(self, fact: Fact) -> _Verdict:
        """A fact whose title is only like that of some papers."""
        told: dict[str, float] = {}
        for near, score in self._index.near_titles(fact.record.title):
            (slug,) = self._ends([near])
            if not is_another(self._papers[slug], fact.record) and self._gains(slug, fact):
                told.setdefault(slug, score)
        if not told:
            return _Idle.UNKNOWN
        why = f"has a title that is only alike ({max(told.values()):.0f} of 100)"
        remedy = "write the record's title into the file if it is that paper, or add it by hand"
        return Left(fact, tuple(told), why, remedy)

    def _leave_rivals(self) -> None:
        """An identifier that stands with the titles of two papers is taken for neither."""
        claims: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        proposals = [
            (at, verdict)
            for at, verdict in enumerate(self._verdicts)
            if isinstance(verdict, _Proposal) and verdict.reason.rule is Rule.SAME_TITLE
        ]
        for _, proposal in proposals:
            for item in proposal.fact.record.ids.items():
                claims[item].add(proposal.slug)
        for at, proposal in proposals:
            slugs = {slug for item in proposal.fact.record.ids.items() for slug in claims[item]}
            if len(slugs) > 1:
                why = "has an identifier that stands with the titles of several papers"
                left = Left(proposal.fact, tuple(sorted(slugs)), why, "keep it with the right one")
                self._verdicts[at] = left

    def _take(self, proposal: _Proposal) -> _Verdict:
        slug, fact, reason = proposal
        paper, record = self._papers[slug], fact.record
        if is_another(paper, record):
            return self._refuse(fact, slug)
        owners = filter(None, (self._index.owner(*item) for item in record.ids.items()))
        if others := [owner for owner in self._ends(owners) if owner != slug]:
            why = "says that these are one paper: possible duplicates"
            remedy = "say `same_as` under `curation` in one of them, or correct the file"
            return Left(fact, (slug, *others), why, remedy)
        if not (fields := gained(paper, record)):
            return _Idle.KNOWN
        completion = Completion(fact.source, fact.file, fields, reason, record.note)
        self._papers[slug] = completed(paper, record, completion)
        self._index.add(self._papers[slug])
        return Taken(slug, fact, completion)

    def _gains(self, slug: str, fact: Fact) -> bool:
        return bool(gained(self._papers[slug], fact.record))

    def _refuse(self, fact: Fact, slug: str) -> _Refused:
        has, ids = self._papers[slug].ids, fact.record.ids
        kind = next((kind for kind in sorted(ids) if has.get(kind, ids[kind]) != ids[kind]), None)
        why = "has an identifier that `curation` takes from the record"
        if kind is not None:
            why = f"has another {label_of(kind)} identifier than the record: not {has[kind]}"
        return _Refused(Left(fact, (slug,), why, "correct the one that is wrong, if one is"))


def _folded(title: str) -> str:
    """A title of which only letters and digits count, as the index compares them."""
    return "".join(words(title)) or title


def _rivals(ids: set[tuple[str, str]]) -> str:
    """Identifiers of one kind that differ, if there are any; else ""."""
    kinds = Counter(kind for kind, _ in ids)
    return _told(item for item in sorted(ids) if kinds[item[0]] > 1)


def _told(ids: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"{label_of(kind)} {value}" for kind, value in ids)


def _place(fact: Fact) -> tuple[str, int, str]:
    return fact.file, fact.record.line, fact.source


def _in_order(left: Iterable[Left]) -> tuple[Left, ...]:
    return tuple(sorted(left, key=lambda each: _place(each.fact)))
