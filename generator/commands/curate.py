"""``digest curate SLUG…``: decide about candidates, and about papers of the library."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import click

from generator.console.options import Day
from generator.console.wording import count, guess
from generator.curation import Decision
from generator.editing.decisions import edits
from generator.errors import DigestError, UsageError
from generator.folder import Folder
from generator.model import Curation, Link, LinkKind, Paper, Status
from generator.storage import journal, library, store
from generator.storage.library import Library, stays
from generator.storage.papers import is_web_address
from generator.text import identifiers

#: Decisions that can be taken back; that on a candidate is made anew, and an address stays.
_FIELDS = tuple(
    each.name for each in dataclasses.fields(Curation) if each.name not in {"status", "formerly"}
)


@click.command("curate")
@click.argument("slugs", nargs=-1, required=True, metavar="SLUG…")
@click.option("--accept", is_flag=True, help="Take candidates in as papers.")
@click.option("--decline", is_flag=True, help="Keep candidates from being proposed again.")
@click.option("--pick/--no-pick", default=None, help="An editor's pick, or none any more.")
@click.option("--note", metavar="MARKDOWN", help='Why it matters; "" takes the note away.')
@click.option("--add-topic", "add_topics", multiple=True, metavar="ID", help="Repeatable.")
@click.option("--drop-topic", "drop_topics", multiple=True, metavar="ID", help="Repeatable.")
@click.option("--topics", metavar="ID,ID", help='These instead of the computed ones; "" for none.')
@click.option("--topics-by-rules", "by_rules", is_flag=True, help="Computed topics again.")
@click.option("--title", metavar="TEXT", help='A correction of the source; "" takes it back.')
@click.option("--abstract", metavar="TEXT", help='A correction; "" takes it back.')
@click.option("--author", "authors", multiple=True, metavar="NAME", help="All of them, in order.")
@click.option("--id", "ids", multiple=True, metavar="KIND=VALUE", help='"doi=": none.')
@click.option("--published", type=Day(), metavar="DATE", help="The day.")
@click.option("--link", "links", multiple=True, metavar="KIND=URL", help="All of them.")
@click.option("--rename", metavar="SLUG", help="Another address; the old one will lead there.")
@click.option("--undo", multiple=True, type=click.Choice(_FIELDS), help="Nothing is decided of it.")
@click.option("--hide/--show", "hidden", default=None, help="Off the site, or on it again.")
@click.option("--same-as", metavar="SLUG", help="It is that paper; its page will lead there.")
@click.option("--distinct-from", multiple=True, metavar="SLUG", help="It only looks like it.")
@click.pass_obj
def command(
    folder: Folder,
    /,
    *,
    slugs: tuple[str, ...],
    accept: bool,
    decline: bool,
    rename: str | None,
    **said: Any,
) -> None:
    """Write down what is decided about the papers SLUG…, under `curation` in their records.

    Only the lines concerned change; comments, order and quotes of a record stay. `digest
    candidates` lists the candidates; what is accepted gets a record of its own below content/papers
    and stands on the site from the next build on. What is declined is not proposed again, whichever
    feed shows it; accepting it later takes that back. --author, --link and --topics replace what
    was there: say all of them.
    """
    decision = _decision(said)
    has_said = bool(rename) or not decision.is_silent
    if accept + decline + has_said != 1:
        raise UsageError(
            "say one thing: --accept or --decline of candidates, or what is decided about papers,"
            " such as --pick or --add-topic ID (digest curate --help)"
        )
    with journal.alone(folder):
        if has_said:
            _decide(slugs, decision, folder, rename)
        else:
            _choose(slugs, folder, accept=accept)


def _decision(said: dict[str, Any]) -> Decision:
    """What the options say."""
    topics, published = said.pop("topics"), said.pop("published")
    return Decision(
        topics=None if topics is None else tuple(filter(None, map(str.strip, topics.split(",")))),
        authors=tuple(map(str.strip, said.pop("authors"))) or None,
        published=published,
        ids=tuple(_identifier(*_pair("--id", each)) for each in said.pop("ids")),
        links=tuple(_link(*_pair("--link", each)) for each in said.pop("links")) or None,
        **said,
    )


def _pair(option: str, given: str) -> tuple[str, str]:
    name, sign, value = given.partition("=")
    if not sign:
        raise UsageError(f"{option} {given}: is no pair; write KIND=VALUE, such as doi=10.1000/182")
    return name.strip(), value.strip()


def _identifier(kind: str, value: str) -> tuple[str, str | None]:
    if kind not in identifiers.NAMES:
        raise UsageError(f"--id {kind}: is no kind; use {', '.join(identifiers.NAMES)}")
    found = identifiers.parse(value, kind) if value else None
    if value and not found:
        raise UsageError(f"--id {kind}={value}: is no {identifiers.label_of(kind)} identifier")
    return kind, found.value if found else None


def _link(kind: str, url: str) -> Link:
    if kind not in list(LinkKind):
        raise UsageError(f"--link {kind}: is no kind; use {', '.join(LinkKind)}")
    if not is_web_address(url):
        raise UsageError(f"--link {kind}={url}: is not a web address; write it with https://")
    return Link(LinkKind(kind), url)


def _decide(slugs: Iterable[str], decision: Decision, folder: Folder, rename: str | None) -> None:
    """Write what is decided about papers: all of it, or nothing if a part of it cannot be."""
    made = edits(slugs, decision, library.load(folder), folder, rename)
    journal.commit(made.changes, folder)
    for line in made.lines:
        click.echo(line)


def _choose(slugs: Iterable[str], folder: Folder, *, accept: bool) -> None:
    """Take candidates in, or turn them down."""
    before = library.load(folder)
    found = [_candidate(slug, before, accept=accept) for slug in slugs]
    chosen = {paper.slug: paper for paper in found}
    if accept:
        papers = {slug: replace(p, curation=Curation()) for slug, p in chosen.items()}
        store.write_choices(papers, {}, before, folder)
    else:
        declined = Curation(status=Status.DECLINED)
        waiting = {slug: replace(p, curation=declined) for slug, p in chosen.items()}
        store.write_choices({}, waiting, before, folder)
    left = sum(
        paper.curation.status is Status.CANDIDATE and not paper.same_as and slug not in chosen
        for slug, paper in before.candidates.items()
    )
    verb = "accepted" if accept else "declined"
    click.echo(f"{verb}: {count(len(chosen), 'candidate')}; {left:,} wait")


def _candidate(slug: str, found: Library, *, accept: bool) -> Paper:
    if slug in found.candidates:
        paper = found.everything[stays(slug, found.everything)]
        if paper.slug in found.candidates:
            return paper
        slug = paper.slug
    if slug in found.files:
        remedy = (
            "it is on the site unless its record says otherwise"
            if accept
            else f"to take it off the site, write `status: declined` under `curation` in "
            f"{found.files[slug].name}"
        )
        raise DigestError(f"{slug}: is a paper already; {remedy}; nothing has changed")
    hint = guess(slug, found.candidates) or "`digest candidates` lists them."
    raise DigestError(f"{slug}: no candidate has this slug; {hint} Nothing has changed")
