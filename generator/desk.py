"""The library while listings are taken in: every record finds its paper, or becomes one."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from generator.identifiers import label_of
from generator.identity import Index, Match
from generator.identity.rules import conflict
from generator.library import Library
from generator.merging import UNTOUCHED, add_appearance, join, new_paper
from generator.model import Appearance, Curation, Paper, Rejected, SourceRecord, Status
from generator.slugs import is_free, new_slug


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
    what their records say of their status is never changed here.

    Args:
        library: What there is.
        topics: The topics of the digest, if decisions that come from elsewhere are to fit them.
    """

    def __init__(self, library: Library, topics: Container[str] | None = None) -> None:
        self._library, self._topics = library, topics
        self.papers = library.everything
        accepted = {s for s, p in library.candidates.items() if _is(p, Status.ACCEPTED)}
        self.pool = set(library.candidates) - accepted
        self.index = Index(paper for paper in self.papers.values() if not paper.merged_into)

    def take(self, record: SourceRecord, seen: Appearance) -> Filed:
        """File one record of a listing."""
        matches = self.index.same_work(record)
        if not matches:
            return self._reject(record) or self._add(record, seen)
        slug, united, remarks = self._unite(record, matches)
        refused = self._owned(record.ids, slug)
        self._put(add_appearance(self.papers[slug], record, seen, refused))
        return Filed(
            slug,
            is_accepted=not seen.is_raw and self._accept(slug),
            merge=Merge(record.line, record.title, replace(matches[0], slug=slug)),
            united=united,
            remarks=(*remarks, *_linked(record.line, slug, refused)),
        )

    def _unite(
        self, record: SourceRecord, matches: tuple[Match, ...]
    ) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
        """Make one paper of those that a record is, as they would be had it come in first.

        Returns:
            The paper that the record is, what was merged into it, and what a person should know.
        """
        first = matches[0].slug
        same = [match.slug for match in matches if self._may_unite(first, match.slug)]
        slug = min(same, key=lambda each: (each in self.pool, self.papers[each].date, each))
        united = tuple(each for each in same if each != slug)
        for other in united:
            self._put(join(self.papers[slug], self.papers[other]))
            self._redirect(other, slug)
        apart = sorted({match.slug for match in matches} - set(same))
        where = f"line {record.line}: " if record.line else ""
        told = f"{where}is {slug}, and by the same rules it is"
        remarks = tuple(f"{told} {other}; {_SETTLE}" for other in apart)
        return slug, united, remarks

    def _may_unite(self, one: str, other: str) -> bool:
        """Whether two papers that a record is may be one: nobody and nothing speaks against it."""
        first, second = self.papers[one], self.papers[other]
        if one == other:
            return True
        return not (
            conflict(first.ids, second.ids)
            or first.same_as
            or second.same_as
            or other in first.curation.distinct_from
            or one in second.curation.distinct_from
            or (first.curation not in UNTOUCHED and second.curation not in UNTOUCHED)
        )

    def _redirect(self, slug: str, to: str) -> None:
        """Let a record, and those that were merged into it, only lead to another."""
        for paper in list(self.papers.values()):
            if slug in {paper.slug, paper.merged_into}:
                self.papers[paper.slug] = replace(paper, merged_into=to)
        self.index.forget(slug)

    def join(self, paper: Paper) -> Filed:
        """File a paper of another digest."""
        if paper.merged_into and is_free(paper.slug, self.papers):
            self.papers[paper.slug] = paper
            return Filed(paper.slug, is_new=True)
        line = 0
        record = SourceRecord(paper.source_title, paper.source_abstract, line, ids=paper.ids)
        same = self.papers.get(paper.slug)
        if same is not None and same == paper:
            return Filed(paper.slug)
        matches = self.index.same_work(record)
        if matches:
            slug = matches[0].slug
            refused = self._owned(paper.ids, slug)
            self._put(join(self.papers[slug], paper, refused))
            remarks = tuple(_linked(line, slug, refused))
            return Filed(slug, merge=Merge(line, paper.title, matches[0]), remarks=remarks)
        refused = self._owned(paper.ids, paper.slug)
        ids = {kind: value for kind, value in paper.ids.items() if kind not in refused}
        slug = paper.slug
        if not is_free(slug, self.papers):
            slug = new_slug(paper.source_title, paper.source_abstract, self.papers)
        if _is(paper, Status.CANDIDATE) or _is(paper, Status.DECLINED):
            self.pool.add(slug)
        self._put(replace(paper, slug=slug, ids=ids))
        return Filed(slug, is_new=True, remarks=tuple(_linked(line, slug, refused)))

    def known(self, record: SourceRecord) -> str | None:
        """The paper that a record is, if the library has it."""
        matches = self.index.same_work(record)
        return matches[0].slug if matches else None

    def adopt(self, became: Mapping[str, str]) -> Iterator[str]:
        """Let the decisions of imported papers name papers and topics of this digest.

        Args:
            became: The slugs of the imported papers in the other digest, and here.

        Yields:
            What is left out because nothing here has that name.
        """
        for slug in dict.fromkeys(became.values()):
            paper = self.papers[slug]
            if paper.merged_into:
                yield from self._lead_on(paper, became)
            here = {name: self._here(name, slug, became) for name in _named(paper.curation)}
            lost = {name for name, now in here.items() if now is None}
            foreign = {topic for topic in _topics(paper.curation) if not self._has_topic(topic)}
            curation = _renamed(paper.curation, here, foreign)
            if curation != paper.curation:
                self._put(replace(self.papers[slug], curation=curation))
            yield from (f"{slug}: names {name!r}, no other paper here; left out" for name in lost)
            yield from (f"{slug}: names {topic!r}, no topic here; left out" for topic in foreign)

    def _lead_on(self, paper: Paper, became: Mapping[str, str]) -> Iterator[str]:
        """Let an imported redirect lead to what its paper is called here."""
        to = self._here(paper.merged_into or "", paper.slug, became)
        self.papers[paper.slug] = replace(paper, merged_into=to)
        if to is None:
            self.index.add(self.papers[paper.slug])
            yield f"{paper.slug}: was merged into {paper.merged_into!r}, no other paper here"

    def _here(self, name: str, slug: str, became: Mapping[str, str]) -> str | None:
        """What another paper of the other digest is called here, if it is here."""
        now = became.get(name, name)
        return now if now in self.papers and now != slug else None

    def _has_topic(self, topic: str) -> bool:
        return self._topics is None or topic in self._topics

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

    def _put(self, paper: Paper) -> None:
        self.papers[paper.slug] = paper
        if not paper.merged_into:
            self.index.add(paper)

    def _add(self, record: SourceRecord, seen: Appearance) -> Filed:
        slug = new_slug(record.title, record.abstract, self.papers)
        if seen.is_raw:
            self.pool.add(slug)
        self._put(new_paper(slug, record, seen))
        return Filed(slug, is_new=True)

    def _accept(self, slug: str) -> bool:
        """Make a paper of a candidate that somebody has chosen, unless the curator declined it."""
        paper = self.papers[slug]
        if slug not in self.pool or not _is(paper, Status.CANDIDATE):
            return False
        self.pool.discard(slug)
        self._put(replace(paper, curation=Curation()))
        return True

    def _owned(self, ids: Mapping[str, str], slug: str) -> dict[str, str]:
        """Kinds of identifiers that are those of other papers, and whose they are."""
        owners = {kind: self.index.owner(kind, value) for kind, value in ids.items()}
        return {kind: owner for kind, owner in owners.items() if owner and owner != slug}

    def _reject(self, record: SourceRecord) -> Filed | None:
        """A record that has one identifier of a paper, and another that is not the paper's."""
        for slug in self.index.contradicted(record):
            has = self.papers[slug].ids
            kinds = record.ids.keys() & has.keys()
            same = next(kind for kind in sorted(kinds) if has[kind] == record.ids[kind])
            other = next(kind for kind in sorted(kinds) if has[kind] != record.ids[kind])
            reason = (
                f"has the {label_of(same)} identifier of {slug} ({has[same]}), but another "
                f"{label_of(other)}: {record.ids[other]}, not {has[other]}; "
                "correct the one that is wrong, here or in the record of the paper"
            )
            return Filed(rejected=Rejected(record.line, record.title, reason))
        return None


_SETTLE = "if they are one, say `same_as` under `curation` in one of the records"


def _is(paper: Paper, status: Status) -> bool:
    return paper.curation.status is status


def _named(curation: Curation) -> tuple[str, ...]:
    """The papers that a decision names."""
    return (*filter(None, [curation.same_as]), *curation.distinct_from)


def _topics(curation: Curation) -> tuple[str, ...]:
    """The topics that a decision names, each once."""
    named = (*(curation.topics or ()), *curation.add_topics, *curation.drop_topics)
    return tuple(dict.fromkeys(named))


def _renamed(curation: Curation, here: Mapping[str, str | None], foreign: set[str]) -> Curation:
    """A decision with the names that its papers have here, and without foreign topics."""

    def kept(topics: Iterable[str]) -> tuple[str, ...]:
        return tuple(topic for topic in topics if topic not in foreign)

    topics = None if curation.topics is None else kept(curation.topics)
    return replace(
        curation,
        same_as=here.get(curation.same_as or ""),
        distinct_from=tuple(filter(None, (here[name] for name in curation.distinct_from))),
        # An empty list would say that the paper has no topic.
        topics=None if topics == () != curation.topics else topics,
        add_topics=kept(curation.add_topics),
        drop_topics=kept(curation.drop_topics),
    )


def _linked(line: int, slug: str, refused: Mapping[str, str]) -> Iterator[str]:
    """What a record says without meaning to: that two papers of the library are one."""
    where = f"line {line}: " if line else ""
    for kind, owner in refused.items():
        yield (
            f"{where}says that {slug} and {owner} are one paper (the same {label_of(kind)}); "
            f"{_SETTLE}"
        )
