"""Everything that can be said of a digest's content before it is published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.console.wording import count
from generator.content import GENERATED, Content
from generator.digest import Digest
from generator.markup.prose import left_as_text, site_links
from generator.markup.typeset import unread
from generator.model import Paper, Status
from generator.text.cleaning import trace
from generator.topics.usage import oddities
from generator.views.assemble import digest_of, nearest
from generator.views.whereabouts import addresses, redirects

#: Days before the newest listing for which a source's silence is worth a word; services forget, and
#: an editor who did nothing for a month has decided.
_FRESH_DAYS = 30

#: What the clean-up's rules are about, but for those of LaTeX, and what to do about it.
_UNTIDY = {
    "invisible characters": ("characters that nobody sees", "take them out"),
    "white space": ("odd white space", "write one plain space"),
    "canonical form": ("a letter apart from its accent", "write the letter with its accent"),
}


_PLAIN_WORDS = "Markdown without HTML and pictures, and links to the web or into the site"


@dataclass(frozen=True, slots=True)
class Report:
    """What wants an editor's look though nothing is wrong, and how much there is."""

    notices: tuple[str, ...]
    papers: int
    editions: int
    topics: int
    listings: int


def check(found: Content, digest: Digest | None = None) -> Report:
    """Look through content that has been read without a mistake.

    Args:
        found: The content.
        digest: What it shows, if that has been computed.
    """
    digest = digest or digest_of(found)
    return Report(
        notices=tuple(_notices(found, digest)),
        papers=len(found.library.papers),
        editions=len(digest.editions),
        topics=len(digest.topics),
        listings=len(found.library.ledger),
    )


def _notices(found: Content, digest: Digest) -> Iterator[str]:
    for alike in digest.lookalikes:
        yield (
            f"possible duplicate: {alike.first.slug} and {alike.second.slug} "
            f"(titles {alike.title_score:.0f}, abstracts {alike.abstract_score:.0f} of 100): "
            "say `same_as` or `distinct_from` under `curation` in one of the records"
        )
    for entry in digest.doubtful.without:
        yield (
            f"no topic: {entry.slug}: say `topics` under `curation` (`[]` if none fits), "
            "or extend a rule"
        )
    yield from _unsure(digest)
    yield from _contradictions(found.library.papers.values())
    yield from _unseen_words(found)
    for topic in digest.topics:
        if not topic.entries:
            yield f"topic without papers: {topic.ref.id}"
    yield from _namesakes(found)
    yield from _odd_rules(found)
    yield from _passed_over(found, digest)
    yield from _unsettled(found, digest)
    yield from _unaccounted(found)
    yield from _broken_links(found, digest)
    for paper in found.library.papers.values():
        yield from _odd_texts(paper)


def _unsure(digest: Digest) -> Iterator[str]:
    """Papers about whose topics the rules are not sure; scores are left out, for they change."""
    settle = "say `topics` under `curation`, which settles it"
    for entry in digest.doubtful.weak:
        only = entry.topics[0].topic.id
        yield f"weak topic: {entry.slug}: {only} alone, on little evidence: {settle}"
    for entry in digest.doubtful.crowded:
        topics = ", ".join(tag.topic.id for tag in entry.topics)
        yield f"many topics: {entry.slug}: {topics}, or more that the rules found: {settle}"


def _unseen_words(found: Content) -> Iterator[str]:
    """Decisions that nobody sees, and signs in editors' words that are shown as they stand."""
    for paper in found.library.papers.values():
        said = paper.curation
        if paper.same_as and (said.pick or said.note):
            yield (
                f"decision that nobody sees: {paper.slug}: only leads to {paper.same_as}: "
                "write its `pick` and `note` there"
            )
        if said.note and (sign := left_as_text(said.note)):
            yield f"note: {paper.slug}: {sign!r} is shown as it is written: {_PLAIN_WORDS}"
    for name, edition in found.library.editions.items():
        if edition.introduction and (sign := left_as_text(edition.introduction)):
            yield f"introduction: {name}: {sign!r} is shown as it is written: {_PLAIN_WORDS}"


def _contradictions(papers: Iterable[Paper]) -> Iterator[str]:
    """Topics that a curator both gives a paper and takes away from it."""
    for paper in papers:
        said = paper.curation
        for topic in said.drop_topics:
            if topic in said.add_topics or topic in (said.topics or ()):
                field = "add_topics" if topic in said.add_topics else "topics"
                yield (
                    f"contradiction: {paper.slug}: {topic} is in `{field}` and in `drop_topics`, "
                    "which wins: keep it in one of the two"
                )


def _namesakes(found: Content) -> Iterator[str]:
    """Topics that readers cannot tell apart."""
    first: dict[str, str] = {}
    for topic in found.taxonomy.topics:
        other = first.setdefault(topic.title.casefold(), topic.id)
        if other != topic.id:
            yield f"topics of one name: {other} and {topic.id}: give them titles of their own"


def _odd_rules(found: Content) -> Iterator[str]:
    """Rules that say nothing about the papers that there are."""
    odd = oddities(found.taxonomy, found.library.papers.values())
    for each in odd.idle:
        if not each.is_against:
            yield f"rule that matches nothing: {each.name}: is it written as papers write it?"
    if guards := [f"{each.where} ({each.topic})" for each in odd.idle if each.is_against]:
        # A guard against a mistake that nothing made yet is as good as one that was needed.
        yield (
            f"rules against a topic that match nothing: {', '.join(guards)}: "
            "keep those that are for papers to come"
        )
    for each in odd.broad:
        yield (
            f"rule that matches half the library: {each.name}: {count(each.papers, 'paper')}: "
            "ask for more words, for `places`, or for `only_with`"
        )


def _odd_texts(paper: Paper) -> Iterator[str]:
    """What readers see of a title or an abstract and nobody meant."""
    for field, text in (("title", paper.title), ("abstract", paper.abstract)):
        where = f"{paper.slug}: {field}"
        changed = next((s for step in trace(text) for s in step.spans if s.rule), None)
        if changed:
            what, remedy = _UNTIDY.get(changed.rule, ("LaTeX", "write what it stands for"))
            yield f"{where}: {what}: {changed.before!a}: {remedy}"
        if left := unread(text):
            yield (
                f"{where}: LaTeX that is shown as it is written: {left!r}: "
                f"say `{field}` under `curation` if it should read otherwise"
            )
        if "\N{REPLACEMENT CHARACTER}" in text:
            yield f"{where}: a character was lost before the text came here (U+FFFD): mend it"


def _passed_over(found: Content, digest: Digest) -> Iterator[str]:
    """What an editor wrote about editions and no page shows."""
    shown = {edition.date: edition for edition in digest.editions}
    for name, edition in found.library.editions.items():
        if edition.date not in shown:
            near = nearest(edition.date, digest)
            remedy = f"name the file after the day that is meant{near and f' ({near})'}"
            yield f"edition without papers: {name}: no listing showed a paper on that day: {remedy}"
            continue
        picks = {entry.slug for entry in shown[edition.date].picks}
        for slug, times in Counter(edition.picks).items():
            if times > 1:
                yield (
                    f"pick given twice: {slug}, in the edition {name}: keep it once (a paper that "
                    "leads to another one counts as that one)"
                )
            if slug not in picks:
                yield f"pick that is not shown: {slug}, in the edition {name}: " + _unshown(
                    found.library.papers[slug], digest
                )


def _unshown(paper: Paper, digest: Digest) -> str:
    """Why a pick is not shown, and what to do about it."""
    if entry := digest.by_slug.get(paper.slug):
        days = ", ".join(map(str, entry.dates))
        return f"no listing of that day showed it: name it in an edition that has it ({days})"
    said = "`hidden: true`"
    if paper.curation.status is not Status.ACCEPTED:
        said = f"`status: {paper.curation.status}`"
    return f"its record says {said}: take that back, or take the pick out"


def _unsettled(found: Content, digest: Digest) -> Iterator[str]:
    """Days on which a source did not answer as it should, of late."""
    newest = max((each.date for each in found.library.ledger.values()), default=None)
    for each in digest.status.unsettled:
        if newest and (newest - each.date).days < _FRESH_DAYS:
            why = f" ({each.failure})" if each.failure else ""
            yield (
                f"{each.outcome}: {each.source} of {each.date}{why}: {each.advice}: "
                f"`{each.command}`"
            )


def _unaccounted(found: Content) -> Iterator[str]:
    """Appearances that name a file which the ledger does not know: left over, or mistyped.

    A paper that another digest exported came with appearances in that digest's listings.
    """
    ledger = found.library.ledger.values()
    listings = {each.listing for each in ledger}
    exported = {slug for each in ledger if each.is_export for slug in each.papers}
    for slug, paper in found.library.papers.items():
        for seen in paper.appearances:
            if seen.file and seen.listing not in listings and slug not in exported:
                yield (
                    f"appearance without a listing: {slug}: {seen.file} of {seen.date} is not in "
                    "the ledger: remove the appearance, or its `file` if you wrote it by hand"
                )


def _broken_links(found: Content, digest: Digest) -> Iterator[str]:
    """Links of notes and introductions into the site that lead nowhere."""
    known = {
        *GENERATED,
        *addresses(digest, found.pages),
        *redirects(digest),
    }
    texts = {
        **{slug: paper.curation.note for slug, paper in found.library.papers.items()},
        **{
            f"the introduction of the edition {name}": edition.introduction
            for name, edition in found.library.editions.items()
        },
    }
    for name, text in texts.items():
        for link in site_links(text or ""):
            if link.partition("#")[0] not in known:
                yield (
                    f"link that leads nowhere: {name}: {link!r}: write it from the site's root, "
                    "such as papers/SLUG/ or topics/ID/"
                )
