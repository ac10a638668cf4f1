"""The library while listings are taken in: every record finds its paper, or becomes one."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace

from generator.identity import Index, Match
from generator.ingest.gaps import own_ids, withdrawn
from generator.ingest.merging import add_appearance, new_paper
from generator.ingest.slugs import new_slug
from generator.ingest.uniting import choice, merged
from generator.model import Appearance, Curation, Paper, Rejected, SourceRecord, Status
from generator.storage.library import Library, stays
from generator.text.identifiers import label_of

_SETTLE = "if they are one, say `same_as` under `curation` in one of the records"


@dataclass(frozen=True, slots=True)
class Merge:
    """A record that is a paper of the library already, and why."""

    line: int
    title: str
    match: Match


@dataclass(frozen=True, slots=True)
class Filed:
    """What became of one record; ``slug`` is empty if it was rejected.

    ``united`` are papers that stood apart until this record showed that they are the same one.
    """

    slug: str = ""
    is_new: bool = False
    is_accepted: bool = False
    merge: Merge | None = None
    united: tuple[str, ...] = ()
    rejected: Rejected | None = None
    remarks: tuple[str, ...] = ()


class Desk:
    """Papers and candidates, with the index that finds them; both grow with every record.

    ``pool`` holds the slugs of the candidates: papers in files of their own are the curator's, and
    what their records say of their status is never changed here. The index knows of a paper's
    identifiers only those that are its own; ``claimed`` are the others, which a title alone brought
    and which give way to what a listing says.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self.papers = library.everything
        accepted = {s for s, p in library.candidates.items() if has(p, Status.ACCEPTED)}
        self.pool = set(library.candidates) - accepted
        self.claimed: dict[tuple[str, str], str] = {}
        self.index = Index()
        for paper in list(self.papers.values()):
            self.put(paper)

    @property
    def taken(self) -> Container[str]:
        """Addresses that no new paper may have: an address once published is never another's."""
        return ChainMap(self.papers, self._library.moved)  # type: ignore[arg-type]  # only read

    def put(self, paper: Paper) -> None:
        """File a paper as it is now."""
        self.papers[paper.slug] = paper
        if paper.merged_into:
            self.index.forget(paper.slug)
            return
        own = own_ids(paper)
        # What the curator corrected stays in sight: the source goes on saying it.
        kept = {*own, *dict(paper.curation.ids)}
        said = {kind: value for kind, value in paper.source_ids.items() if kind in kept}
        self.index.add(replace(paper, source_ids=said))
        self.claimed.update({item: paper.slug for item in paper.ids.items() if item[0] not in own})

    def take(self, record: SourceRecord, seen: Appearance) -> Filed:
        """File one record of a listing."""
        matches = self.find(record)
        if not matches:
            return self._reject(record) or self._add(record, seen)
        slug, united, remarks = self._unite(record, matches)
        remarks = (*remarks, *self._believe(record, slug))
        refused = self.owned(record.ids, slug)
        self.put(add_appearance(self.papers[slug], record, seen, refused))
        return Filed(
            slug,
            is_accepted=not seen.is_raw and self._accept(slug),
            merge=Merge(record.line, record.title, replace(matches[0], slug=slug)),
            united=united,
            remarks=(*remarks, *linked(record.line, slug, refused)),
        )

    def find(self, record: SourceRecord) -> tuple[Match, ...]:
        """The papers that a record is, the surest first.

        An identifier that a title alone brought is no proof; it is one beside a text that is alike.
        """
        if found := self.index.same_work(record):
            return found
        claims = {self.claimed.get(item) for item in record.ids.items()}
        likely = (self.index.confirmed(slug, record) for slug in sorted(filter(None, claims)))
        return tuple(match for match in likely if match)

    def known(self, record: SourceRecord) -> str | None:
        """The paper that a record is, if the library has it."""
        matches = self.find(record)
        return matches[0].slug if matches else None

    def owned(self, ids: Mapping[str, str], slug: str) -> dict[str, str]:
        """Kinds of identifiers that are those of other papers, and whose they are."""
        owners = {kind: self.index.owner(kind, value) for kind, value in ids.items()}
        return {kind: owner for kind, owner in owners.items() if owner and owner != slug}

    def changed_papers(self) -> dict[str, Paper]:
        """Papers that are new or changed, and candidates that have become papers."""
        return {
            slug: paper
            for slug, paper in self.papers.items()
            if slug not in self.pool
            and (slug in self._library.candidates or paper != self._library.papers.get(slug))
        }

    def changed_candidates(self) -> dict[str, Paper]:
        """Candidates that are new or changed."""
        return {
            slug: self.papers[slug]
            for slug in sorted(self.pool)
            if self.papers[slug] != self._library.candidates.get(slug)
        }

    def is_untouched(self, slug: str) -> bool:
        """Whether no person has decided anything about a paper."""
        curation = self.papers[slug].curation
        waits = slug in self.pool and curation == Curation(status=Status.CANDIDATE)
        return curation == Curation() or waits

    def _add(self, record: SourceRecord, seen: Appearance) -> Filed:
        slug = new_slug(record.title, record.abstract, self.taken)
        if seen.is_raw:
            self.pool.add(slug)
        remarks = tuple(self._believe(record, slug))
        self.put(new_paper(slug, record, seen))
        return Filed(slug, is_new=True, remarks=remarks)

    def _accept(self, slug: str) -> bool:
        """Make a paper of a candidate that somebody has chosen, unless the curator declined it."""
        paper = self.papers[slug]
        if slug not in self.pool or not has(paper, Status.CANDIDATE):
            return False
        self.pool.discard(slug)
        self.put(replace(paper, curation=Curation()))
        return True

    def _unite(
        self, record: SourceRecord, matches: tuple[Match, ...]
    ) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
        """Make one paper of those that a record is, as they would be had it come in first.

        Returns:
            The paper that the record is, what was merged into it, and what a person should know.
        """
        found = {match.slug: self.papers[match.slug] for match in matches}
        chosen = choice(found, self)
        slug = chosen.stays
        for other in chosen.go:
            self.put(merged(self.papers[slug], self.papers[other]))
            self._redirect(other, slug)
        where = f"line {record.line}: " if record.line else ""
        told = f"{where}is {slug}, and by the same rules it is"
        return slug, chosen.go, tuple(f"{told} {other}; {_SETTLE}" for other in chosen.apart)

    def are_told_apart(self, one: str, other: str) -> bool:
        """Whether the curator said that two papers, or what was merged into them, are two."""
        return any(
            name in self.papers and stays(name, self.papers) == end
            for slug, end in ((one, other), (other, one))
            for name in self.papers[slug].curation.distinct_from
        )

    def _redirect(self, slug: str, to: str) -> None:
        """Let a record, and those that were merged into it, only lead to another."""
        for paper in list(self.papers.values()):
            if slug in {paper.slug, paper.merged_into}:
                self.put(replace(paper, merged_into=to))

    def _believe(self, record: SourceRecord, slug: str) -> Iterator[str]:
        """Let what titles alone had brought give way to what a listing says."""
        for kind, value in record.ids.items():
            paper = self.papers.get(slug)
            if paper and kind not in own_ids(paper) and paper.ids.get(kind, value) != value:
                yield self._withdraw(paper, kind)
            other = self.claimed.get((kind, value))
            if other and other != slug and kind not in own_ids(self.papers[other]):
                yield self._withdraw(self.papers[other], kind)

    def _withdraw(self, paper: Paper, kind: str) -> str:
        value = paper.ids[kind]
        self.claimed.pop((kind, value), None)
        self.put(withdrawn(paper, kind))
        return (
            f"{paper.slug}: the {label_of(kind)} identifier {value}, which a title alone had "
            "brought, is not its own: it is taken back, with what came with it"
        )

    def _reject(self, record: SourceRecord) -> Filed | None:
        """A record that has one identifier of a paper, and another that is not the paper's."""
        for slug in self.index.contradicted(record):
            has_ids = own_ids(self.papers[slug])
            kinds = record.ids.keys() & has_ids.keys()
            same = next(kind for kind in sorted(kinds) if has_ids[kind] == record.ids[kind])
            other = next(kind for kind in sorted(kinds) if has_ids[kind] != record.ids[kind])
            reason = (
                f"has the {label_of(same)} identifier of {slug} ({has_ids[same]}), but another "
                f"{label_of(other)}: {record.ids[other]}, not {has_ids[other]}; "
                "correct the one that is wrong, here or in the record of the paper"
            )
            return Filed(rejected=Rejected(record.line, record.title, reason))
        return None


def has(paper: Paper, status: Status) -> bool:
    """Whether a paper stands so with the curator."""
    return paper.curation.status is status


def linked(line: int, slug: str, refused: Mapping[str, str]) -> Iterator[str]:
    """What a record says without meaning to: that two papers of the library are one."""
    where = f"line {line}: " if line else ""
    for kind, owner in refused.items():
        yield (
            f"{where}says that {slug} and {owner} are one paper (the same {label_of(kind)}); "
            f"{_SETTLE}"
        )
