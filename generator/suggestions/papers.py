"""The form by which a reader suggests a paper: a listing of one record, taken in as any other.

So the same rules say whether the library has it, it is in the ledger, and it appears in the edition
of the day on which it was suggested.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from generator.ingest import planning
from generator.ingest.planning import Brought, Dated, Plan
from generator.intake import Dating
from generator.model import LinkKind, Listing, SourceRecord, Status
from generator.storage.library import Library, stays
from generator.storage.store import plan_changes
from generator.suggestions.answers import LONGEST_TITLE, Answers
from generator.suggestions.faults import FormError, fault
from generator.suggestions.proposal import Desk, Proposal, Told, listed
from generator.text.identifiers import label_of

#: The source of all that readers suggest; `content/sources.yml` may say more of it.
SOURCE = "suggestions"


def paper(answers: Answers, number: int, desk: Desk) -> Proposal:
    """What a suggested paper changes; ``number`` is that of its issue.

    Raises:
        FormError: If the form is at fault, or the digest has the paper.
    """
    record = _record(answers)
    answers.settle()
    plan = planning.plan(desk.library, [_listing(record, number, answers)])
    (brought,) = plan.brought
    slug = _slug(brought, desk.library)
    verb = "Accept a candidate" if brought.accepted else "Add a paper"
    return Proposal(
        title=f"{verb}: {slug}",
        changes=plan_changes(plan, desk.library, desk.folder),
        told=tuple(_told(record)),
        notes=tuple(_notes(brought, plan, slug)),
        hints=tuple(_hints(brought)),
        remarks=((answers.form.label("why"), answers.remark("why")),),
        slugs=(slug,),
    )


def _record(answers: Answers) -> SourceRecord:
    ids, links = answers.places("where")
    return SourceRecord(
        title=answers.text("title", LONGEST_TITLE),
        abstract=answers.abstract("abstract"),
        line=0,
        authors=answers.names("authors"),
        ids=ids,
        published=answers.day("published"),
        links=(*links, *answers.links("code", LinkKind.CODE)),
    )


def _listing(record: SourceRecord, number: int, answers: Answers) -> Dated:
    """A listing of one record, known by what it says of the paper."""
    said = [
        *(record.title, record.abstract, *record.authors, str(record.published or "")),
        *(f"{kind}:{value}" for kind, value in sorted(record.ids.items())),
        *(link.url for link in record.links),
    ]
    fingerprint = hashlib.sha256(json.dumps([SOURCE, *said]).encode()).hexdigest()
    listing = Listing(SOURCE, f"issue-{number}", fingerprint, (record,), date=answers.today)
    return Dated(listing, answers.today, Dating.LISTING)


def _slug(brought: Brought, library: Library) -> str:
    """The paper that comes in.

    Raises:
        FormError: If it does not, with what became of it.
    """
    if brought.known:
        raise _here(stays(brought.known.papers[0], library.everything), library)
    for rejected in brought.rejected:
        raise fault(f"it contradicts a paper that the digest has: {rejected.reason}")
    if found := (*brought.new, *brought.waiting, *brought.accepted):
        return found[0]
    raise _here(stays(brought.merged[0].match.slug, library.everything), library)


def _here(slug: str, library: Library) -> FormError:
    """What a reader is told of a paper that is in the library already."""
    found = library.everything[slug]
    if found.is_public:
        return fault(
            "this paper is here already",
            "if something is wrong with it, its page leads to a form for corrections",
            slug=slug,
        )
    if found.curation.status is Status.CANDIDATE:
        return fault("the editor has this paper before them already", "there is nothing more to do")
    return fault(
        "an editor has looked at this paper before, and left it out",
        "if you think that was a mistake, write why in a comment below",
    )


def _told(record: SourceRecord) -> Iterator[Told]:
    yield Told("title", record.title)
    if record.authors:
        yield Told("authors", listed(record.authors))
    for kind, value in record.ids.items():
        yield Told(f"{label_of(kind)} identifier", value)
    if record.published:
        yield Told("day of publication", record.published.isoformat())
    if record.links:
        yield Told("links", listed(f"{link.url} ({link.kind})" for link in record.links))


def _notes(brought: Brought, plan: Plan, slug: str) -> Iterator[str]:
    """What an editor should look at before taking it in."""
    for alike in plan.alike:
        if slug in (alike.first, alike.second):
            other = alike.second if alike.first == slug else alike.first
            yield (
                f"It may be {other}: titles {alike.title_score:.0f}, abstracts "
                f"{alike.abstract_score:.0f} of 100 alike."
            )
    yield from (f"{remark}." for remark in brought.remarks)


def _hints(brought: Brought) -> Iterator[str]:
    """What follows from taking it in."""
    if brought.waiting:
        yield "It waits as a candidate, as `content/sources.yml` says of what readers suggest."
        return
    yield (
        f"It stands in the edition of {brought.dated.date}, the day on which it was suggested. "
        "To leave it out for good, say `hidden: true` under `curation` in its record and merge."
    )
