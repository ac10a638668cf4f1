"""What a run tells the person who asked for it, listing by listing."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping

import click

from generator.accounting.outcomes import outcomes
from generator.console.wording import count
from generator.identity import Likeness
from generator.ingest.desk import Merge
from generator.ingest.planning import Brought, Plan
from generator.intake import Dating, Outcome
from generator.model import Paper, Rejected, Rule
from generator.storage.library import Library

#: What a person should look at, though it went in.
_ODD = {
    Outcome.TRUNCATED: "perhaps truncated: it has as many records as there can be, or says of more",
    Outcome.STALE: "stale: it shows only what its source had shown the day before",
    Outcome.UNEXPECTED: "no paper in it, and that is unexpected on such a day",
}

#: Records that are rejected for one reason are told one by one up to here.
_TOLD = 20


def report(plan: Plan, before: Library, today: dt.date, *, dry_run: bool) -> None:
    """Say what a plan brings, and what was odd about it.

    Args:
        plan: What is done, or would be.
        before: The library before that.
        today: For days that are likely mistakes.
        dry_run: Whether nothing was written.
    """
    found = outcomes([*before.ledger.values(), *plan.ledger], before.sources)
    by_content = {entry.fingerprint: outcome for entry, outcome in found.items()}
    for brought in plan.brought:
        for line in _brought(brought):
            click.echo(line)
        listing = brought.dated.listing
        odd = _ODD.get(by_content.get(listing.fingerprint, Outcome.COMPLETE), "")
        for line in (*_rejections(brought), *_warnings(brought, today, odd)):
            click.echo(f"digest: {listing.file}{line}", err=True)
    papers = {**before.everything, **plan.candidates, **plan.papers}
    for alike in plan.alike:
        click.echo(_alike(alike, papers))
    if plan.brought:
        for line in _sum(plan, before, dry_run=dry_run):
            click.echo(line)


def has_faults(plan: Plan) -> bool:
    """Whether a listing had a record that is a mistake."""
    return any(each.is_fault for brought in plan.brought for each in brought.rejected)


def _sum(plan: Plan, before: Library, *, dry_run: bool) -> Iterator[str]:
    verb = "would be new" if dry_run else "new"
    new = set(plan.papers) - set(before.papers)
    total = len(set(before.papers) | set(plan.papers))
    yield f"{verb}: {count(len(new), 'paper')}; in the library: {total:,}"
    if waiting := [slug for brought in plan.brought for slug in brought.waiting]:
        yield (
            f"{count(len(waiting), 'candidate')} more; `digest candidates` lists what waits for "
            "the curator"
        )


def _brought(brought: Brought) -> Iterator[str]:
    listing, day = brought.dated.listing, brought.dated.date
    if brought.known:
        yield f"{listing.file}: came in before, as {brought.known.file} of {brought.known.date}"
        return
    if brought.stale_since:
        yield f"{listing.file}: {day}: stale: the answer was the list of {brought.stale_since}"
        return
    parts = [
        f"{len(brought.new)} new" if brought.new or not brought.waiting else "",
        f"{count(len(brought.waiting), 'candidate')}" if brought.waiting else "",
        f"{len(brought.merged)} already in the library",
        f"{len(brought.rejected)} rejected" if brought.rejected else "",
    ]
    records = count(len(listing.records) + len(listing.papers), "record")
    yield f"{listing.file}: {day}, {records}: {', '.join(filter(None, parts))}"
    for slug in brought.new:
        yield f"  new: {slug}"
    for slug in brought.waiting:
        yield f"  candidate: {slug}"
    for slug in brought.accepted:
        yield f"  accepted by this listing: {slug}"
    for slug in brought.declined:
        yield f"  declined before, and stays so: {slug}"
    for slug, into in brought.united:
        yield f"  one paper after all: {slug} leads to {into} from now on"
    for merge in brought.merged:
        yield _merge(merge)


def _merge(merge: Merge) -> str:
    match = merge.match
    if match.rule is Rule.SAME_TEXT:
        return f"  again: {match.slug}"
    where = f"line {merge.line}: " if merge.line else ""
    return (
        f"  {where}{merge.title!r} is {match.slug}: {match.rule} "
        f"(titles {match.title_score:.0f}, abstracts {match.abstract_score:.0f} of 100)"
    )


def _rejections(brought: Brought) -> Iterator[str]:
    """What does not go in, each with its reason; a reason that many share is counted."""
    told: Counter[str] = Counter()
    if brought.stale_since or brought.known:
        return
    for each in brought.rejected:
        told[each.reason] += 1
        # What is left out on purpose wants no line each: hundreds of replacements a day.
        if told[each.reason] <= (_TOLD if each.is_fault else 1):
            yield _rejection(each)
    kinds = dict.fromkeys((each.reason, each.is_fault) for each in brought.rejected)
    for reason, is_fault in kinds:
        if (more := told[reason] - (_TOLD if is_fault else 1)) > 0:
            yield f": not taken in: {more} more: {reason}"


def _rejection(rejected: Rejected) -> str:
    return f":{rejected.line}: not taken in: {rejected.title!r}: {rejected.reason}"


def _warnings(brought: Brought, today: dt.date, odd: str) -> Iterator[str]:
    listing = brought.dated.listing
    for warning in (*listing.warnings, *brought.remarks, *_dating(brought, today)):
        yield f": {warning}"
    if odd and not brought.known and not brought.stale_since:
        yield f": {odd}"


def _dating(brought: Brought, today: dt.date) -> Iterator[str]:
    dated = brought.dated
    if brought.known:
        if dated.dated_by is Dating.OPTION and brought.known.date != dated.date and not dated.asked:
            yield (
                f"--date {dated.date} is passed over: it is filed under {brought.known.date}; to "
                "file it anew, undo the commit that brought it in, then ingest it again"
            )
        return
    if dated.dated_by is Dating.CLOCK:
        yield f"no day in the listing or its name: filed under today, {dated.date}; --date sets it"
    elif dated.listing.date not in {None, dated.date} and not brought.stale_since:
        yield f"says {dated.listing.date}, filed under {dated.date} as --date asks"
    if dated.date > today:
        yield f"filed under {dated.date}, which is still to come; is that meant?"


def _alike(alike: Likeness, papers: Mapping[str, Paper]) -> str:
    return (
        f"possible duplicate: {papers[alike.first].title!r} ({alike.first}) and "
        f"{papers[alike.second].title!r} ({alike.second}): titles {alike.title_score:.0f}, "
        f"abstracts {alike.abstract_score:.0f} of 100"
    )
