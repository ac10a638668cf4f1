"""Papers that another digest exported, with what its curator decided, taken into this one.

What was decided here wins. What was decided there is taken over with a paper that is new here, or
about which nobody here has decided; the papers and topics that it names are those of this digest.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace

from generator.identity import Match
from generator.ingest.desk import Desk, Filed, Merge, linked
from generator.ingest.merging import joined
from generator.ingest.slugs import is_free, new_slug
from generator.model import Curation, Paper, SourceRecord, Status
from generator.storage.library import stays

#: All that a line of the candidates' files can say of a decision.
_OF_CANDIDATES = (Curation(status=Status.CANDIDATE), Curation(status=Status.DECLINED))


def adopt(
    papers: Iterable[Paper], desk: Desk, topics: Container[str] | None
) -> tuple[tuple[Filed, ...], tuple[str, ...]]:
    """File the papers of an export.

    Args:
        papers: As the other digest has them.
        desk: This digest's library; it is brought up to date.
        topics: The topics of this digest, if they are known.

    Returns:
        What became of each, and what a person should know of all.
    """
    papers = tuple(papers)
    filed = tuple(_file(paper, desk) for paper in papers)
    became = {paper.slug: each.slug for paper, each in zip(papers, filed, strict=True)}
    return filed, tuple(_fit(became, desk, topics))


def _file(paper: Paper, desk: Desk) -> Filed:
    if desk.papers.get(paper.slug) == paper:
        return Filed(paper.slug)
    if paper.merged_into:
        return _new(paper, desk) if is_free(paper.slug, desk.taken) else Filed(paper.slug)
    record = SourceRecord(paper.source_title, paper.source_abstract, 0, ids=paper.ids)
    matches = desk.find(record)
    return _join(paper, matches[0], desk) if matches else _new(paper, desk)


def _join(paper: Paper, match: Match, desk: Desk) -> Filed:
    slug = match.slug
    here, refused = desk.papers[slug], desk.owned(paper.ids, slug)
    theirs, ours = paper.curation, here.curation
    remarks = list(linked(0, slug, refused))
    if not desk.is_untouched(slug):
        curation = ours
        if theirs not in {ours, Curation()}:
            remarks.append(f"{slug}: is decided about here; what was decided there is left out")
    elif theirs in {Curation(status=Status.CANDIDATE), ours}:
        curation = ours
    else:
        curation = theirs
    if slug in desk.pool and curation not in _OF_CANDIDATES:
        desk.pool.discard(slug)
    desk.put(joined(here, paper, refused, curation=curation))
    return Filed(slug, merge=Merge(0, paper.title, match), remarks=tuple(remarks))


def _new(paper: Paper, desk: Desk) -> Filed:
    slug = paper.slug
    if not is_free(slug, desk.taken):
        slug = new_slug(paper.source_title, paper.source_abstract, desk.taken)
    refused = {} if paper.merged_into else desk.owned(paper.ids, slug)
    ids = {kind: value for kind, value in paper.source_ids.items() if kind not in refused}
    if paper.curation in _OF_CANDIDATES and all(seen.is_raw for seen in paper.appearances):
        desk.pool.add(slug)
    desk.put(replace(paper, slug=slug, source_ids=ids))
    return Filed(slug, is_new=True, remarks=tuple(linked(0, slug, refused)))


def _fit(became: Mapping[str, str], desk: Desk, topics: Container[str] | None) -> Iterator[str]:
    """Let redirects and decisions name papers and topics of this digest; tell what is left out."""
    for slug in dict.fromkeys(became.values()):
        if desk.papers[slug].merged_into:
            yield from _lead_on(desk.papers[slug], became, desk)
        paper = desk.papers[slug]
        same = paper.curation.same_as
        here = {name: _here(name, slug, became, desk) for name in _named(paper.curation)}
        if same and (end := here[same]) and end in desk.pool:
            here[same] = None
        lost = [name for name, now in here.items() if now is None]
        foreign = {t for t in _topics(paper.curation) if topics is not None and t not in topics}
        curation = _renamed(paper.curation, here, foreign)
        if curation != paper.curation:
            desk.put(replace(paper, curation=curation))
        yield from (f"{slug}: names {name!r}, no other paper here; left out" for name in lost)
        yield from (f"{slug}: names {t!r}, no topic here; left out" for t in sorted(foreign))


def _lead_on(paper: Paper, became: Mapping[str, str], desk: Desk) -> Iterator[str]:
    """Let an imported redirect lead to what its paper is called here."""
    to = _here(paper.merged_into or "", paper.slug, became, desk)
    if to is not None and to in desk.pool and paper.slug not in desk.pool:
        to = None
    desk.put(replace(paper, merged_into=to))
    if to is None:
        yield f"{paper.slug}: was merged into {paper.merged_into!r}, no other paper here"


def _here(name: str, slug: str, became: Mapping[str, str], desk: Desk) -> str | None:
    """What another paper of the other digest is in the end here, if it is here."""
    now = became.get(name, name)
    if now not in desk.papers:
        return None
    end = stays(now, desk.papers)
    return None if end == slug else end


def _named(curation: Curation) -> tuple[str, ...]:
    """The papers that a decision names."""
    return (*filter(None, [curation.same_as]), *curation.distinct_from)


def _topics(curation: Curation) -> set[str]:
    """The topics that a decision names."""
    return {*(curation.topics or ()), *curation.add_topics, *curation.drop_topics}


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
