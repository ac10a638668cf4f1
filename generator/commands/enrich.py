"""``digest enrich``: complete papers with what files or services know of them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path

import click

from generator import config
from generator.console.given import read_file
from generator.console.progress import progress, stage
from generator.console.wording import count
from generator.errors import DigestError, ListingError, UsageError
from generator.folder import Folder
from generator.ingest import enrich
from generator.ingest.completions import Completed, Fact, Left, Taken, doubtful
from generator.ingest.gaps import Coverage, coverage, wanting
from generator.intake import Service
from generator.model import Listing, Paper
from generator.storage import journal, library, store
from generator.storage.library import Library
from generator.text.identifiers import label_of


@click.command("enrich")
@click.option(
    "--from",
    "named",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE…",
    help="Files that know of papers: any that `ingest` reads, also without abstracts.",
)
@click.argument("more", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE…]")
@click.option("--api", type=click.Choice([each.value for each in Service]), help="Whom to ask.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    help="Ask about N papers, the newest that lack something; all if it is not given.",
)
@click.option("--dry-run", is_flag=True, help="Say what would change; write nothing.")
@click.pass_obj
def command(
    folder: Folder,
    *,
    named: tuple[Path, ...],
    more: tuple[Path, ...],
    api: str | None,
    limit: int | None,
    dry_run: bool,
) -> None:
    """Complete papers with identifiers, authors, dates and links; add no paper, overwrite nothing.

    What is of the same paper by the rules of identity is taken, and the paper's record says from
    where and why. What is only alike is listed for you to decide.
    """
    files = (*named, *more)
    if bool(files) == bool(api):
        raise UsageError("what completes the papers? say --from FILE… or --api, and not both")
    if limit and not api:
        raise UsageError("--limit is for --api; a file is always read whole")
    site = config.read_site(folder)  # a folder that is no digest is left alone
    faults: list[str] = []
    facts = list(_asked(folder, Service(api), site.url, limit, faults) if api else ())
    facts.extend(_read(files, faults))
    with nullcontext() if dry_run else journal.alone(folder):
        before = library.load(folder)
        with stage("comparing with the library"):
            done = enrich.complete(before, facts)
        if not dry_run:
            with stage("writing"):
                store.write_papers(done.papers, before, folder)
    for line in _report(done, before, dry_run=dry_run):
        click.echo(line)
    for fault in faults:
        click.echo(f"digest: {fault}", err=True)
    if faults:
        click.get_current_context().exit(1)


def _read(files: Iterable[Path], faults: list[str]) -> Iterator[Fact]:
    """The facts of all files that can be read; what cannot goes to ``faults``."""
    today = dt.datetime.now().astimezone().date()
    for path in files:
        try:
            listing = read_file(path, today, partial=True)
        except ListingError as error:
            faults.append(str(error))
            continue
        faults.extend(_odd(listing))
        yield from (Fact(listing.source, listing.file, record) for record in listing.records)


def _odd(listing: Listing) -> Iterator[str]:
    """What is wrong with a file that can be read: it is told, and some of it is a fault."""
    for warning in listing.warnings:
        click.echo(f"digest: {listing.file}: {warning}", err=True)
    for each in listing.rejected:
        told = f"{listing.file}:{each.line}: not used: {each.title!r}: {each.reason}"
        if each.is_fault:
            yield told
        else:
            click.echo(f"digest: {told}", err=True)


def _asked(
    folder: Folder, service: Service, contact: str, limit: int | None, faults: list[str]
) -> Iterator[Fact]:
    """What a service knows of papers that lack something; questions that fail go to ``faults``."""
    from generator.fetch import services
    from generator.fetch.client import Client

    client = Client(contact, lambda told: click.echo(f"digest: {told}", err=True))
    before = library.load(folder)
    papers, url = wanting(before)[:limit], _mirror(before, service)
    ids = [p.ids["arxiv"] for p in papers if "arxiv" in p.ids] if service is Service.ARXIV else []
    by_title = {
        Service.ARXIV: services.arxiv_by_title,
        Service.HUGGING_FACE: services.hugging_face_by_title,
    }[service]
    if ids:
        try:
            records = services.arxiv_by_ids(client, ids, url)
            yield from (Fact(service.value, "", record) for record in records)
        except DigestError as error:
            faults.append(f"{count(len(ids), 'paper')} with an arXiv number: {error}")
    unnamed = [p for p in papers if p.ids.get("arxiv") not in ids]
    with progress(unnamed, f"asking about {count(len(unnamed), 'paper')}") as asked:
        for paper in asked:
            try:
                records = by_title(client, paper.source_title, url)
            except DigestError as error:
                faults.append(f"{paper.slug}: {error}")
                continue
            yield from (Fact(service.value, "", record) for record in records)


def _mirror(before: Library, service: Service) -> str:
    """Where the digest finds a service; "" if it is where everybody finds it."""
    fetchings = (source.fetch for source in before.sources.values())
    urls = (each.url for each in fetchings if each and each.service is service)
    return next(filter(None, urls), "")


def _report(done: Completed, before: Library, *, dry_run: bool) -> Iterator[str]:
    papers = {**before.everything, **done.papers}
    for left in done.refused:
        yield f"not used: {_told(left, papers)}"
    for left in done.left:
        yield f"left to you: {_told(left, papers)}"
    if hardly := doubtful(done.taken):
        yield (
            f"{count(len(hardly), 'fact')} by the title alone, of which the file says that it was "
            "seen once or never; look at them:"
        )
        yield from map(_hardly, hardly)
    yield from _sums(done)
    verb = "would be completed" if dry_run else "completed"
    yield f"{verb}: {count(len(done.papers), 'paper')} of {len(before.papers):,}"
    after = coverage({**before.papers, **_published(done, before)}.values())
    yield from _gain(coverage(before.papers.values()), after)


def _published(done: Completed, before: Library) -> dict[str, Paper]:
    return {slug: paper for slug, paper in done.papers.items() if slug in before.papers}


def _told(left: Left, papers: dict[str, Paper]) -> str:
    names = " and ".join(f"{slug} {papers[slug].title!r}" for slug in left.slugs)
    return f"{_where(left.fact)}{_what(left.fact)} {left.reason}: {names}; {left.remedy}"


def _where(fact: Fact) -> str:
    return f"{fact.file}:{fact.record.line}: " if fact.file else f"{fact.source}: "


def _what(fact: Fact) -> str:
    ids = ", ".join(f"{label_of(kind)} {value}" for kind, value in sorted(fact.record.ids.items()))
    return f"{fact.record.title!r}" + (f" ({ids})" if ids else "")


def _hardly(taken: Taken) -> str:
    gained = ", ".join(
        f"{label_of(kind)} {taken.fact.record.ids[kind]}"
        for field in taken.completion.fields
        if (kind := field.removeprefix("ids.")) != field
    )
    return f"  {taken.slug}: {gained or ', '.join(taken.completion.fields)}"


def _sums(done: Completed) -> Iterator[str]:
    """How many facts were taken, by which rule, and what became of the others."""
    rules = Counter(each.completion.reason.rule for each in done.taken)
    by_rule = ", ".join(f"{number:,} by the {rule}" for rule, number in sorted(rules.items()))
    others = {
        "not used": len(done.refused),
        "left to you": len(done.left),
        "with nothing new": done.known,
        "of no paper here": done.unknown,
    }
    yield f"facts taken: {len(done.taken):,}" + (f" ({by_rule})" if by_rule else "")
    yield from (f"facts {name}: {number:,}" for name, number in others.items() if number)


def _gain(before: Coverage, after: Coverage) -> Iterator[str]:
    for name, was, is_now in (
        ("with an identifier", before.ids, after.ids),
        ("with authors", before.authors, after.authors),
        ("with a link to the paper", before.linked, after.linked),
        ("with a link to code", before.code, after.code),
    ):
        yield f"  {name}: {was:,} before, {is_now:,} now"
