"""``digest curate SLUG…``: decide about candidates, and about papers of the library."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import replace

import click

from generator.console.wording import count, guess
from generator.curation import Decision, decided
from generator.errors import ContentError, DigestError, UsageError
from generator.folder import Folder
from generator.model import Curation, Paper, Status
from generator.storage import journal, library, records, store, yamlio
from generator.storage.fields import Fields
from generator.storage.library import Library, stays
from generator.storage.papers import read_paper
from generator.topics.taxonomy import load_taxonomy

#: What is of one paper alone.
_OF_ONE = ("title", "abstract", "same_as")


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
    topics: str | None,
    **said: object,
) -> None:
    """Write down what is decided about the papers SLUG…, under `curation` in their records.

    Only the lines concerned change; comments, order and quotes of a record stay. `digest
    candidates` lists the candidates; what is accepted gets a record of its own below content/papers
    and stands on the site from the next build on. What is declined is not proposed again, whichever
    feed shows it; accepting it later takes that back.
    """
    given = None if topics is None else tuple(filter(None, map(str.strip, topics.split(","))))
    decision = Decision(topics=given, **said)  # type: ignore[arg-type]  # options by their names
    if accept + decline + (not decision.is_silent) != 1:
        raise UsageError(
            "say one thing: --accept or --decline of candidates, or what is decided about papers,"
            " such as --pick or --add-topic ID (digest curate --help)"
        )
    with journal.alone(folder):
        if decision.is_silent:
            _choose(slugs, folder, accept=accept)
        else:
            _decide(slugs, decision, folder)


def _decide(slugs: Iterable[str], decision: Decision, folder: Folder) -> None:
    """Write what is decided about papers: all of it, or nothing if a part of it cannot be."""
    slugs = tuple(dict.fromkeys(slugs))
    if len(slugs) > 1 and any(getattr(decision, name) for name in _OF_ONE):
        raise UsageError("a title, an abstract and --same-as are of one paper: name one SLUG")
    if decision.by_rules and decision.topics is not None:
        raise UsageError("--topics and --topics-by-rules contradict each other: keep one")
    found = library.load(folder)
    _check_topics(decision, folder)
    changes, lines = {}, []
    for slug in slugs:
        paper = _paper(slug, found)
        _check_names(paper, decision, found)
        path = found.files[slug]
        name = folder.name(path)
        after = decided(paper.curation, decision)
        old = yamlio.text_of(path, name)
        new = records.decided_text(old, name, after)
        _check_record(slug, new, name)
        if new != old:
            changes[path] = new
        lines.append(f"{name}: {_difference(paper.curation, after) or 'as it was'}")
    journal.commit(changes, folder)
    for line in lines:
        click.echo(line)


def _check_record(slug: str, text: str, name: str) -> None:
    """What is written has to be what the library reads: a text may hold what no page can show."""
    errors: list[ContentError] = []
    read_paper(Fields(yamlio.load(text, name), name, text, errors), slug)
    if errors:
        wrong = errors[0]
        raise DigestError(f"{slug}: {wrong.field}: {wrong.problem}; nothing has changed")


def _difference(before: Curation, after: Curation) -> str:
    names = (each.name for each in dataclasses.fields(Curation))
    return ", ".join(name for name in names if getattr(before, name) != getattr(after, name))


def _check_topics(decision: Decision, folder: Folder) -> None:
    name = folder.name(folder.topics_yml)
    known = load_taxonomy(folder.topics_yml, name).ids
    for topic in (*(decision.topics or ()), *decision.add_topics, *decision.drop_topics):
        if topic not in known:
            hint = guess(topic, known) or f"its ids are in {name}."
            raise DigestError(f"{topic}: is no topic; {hint} Nothing has changed")
    if twice := set(decision.add_topics) & set(decision.drop_topics):
        raise UsageError(f"{', '.join(sorted(twice))}: is both added and dropped: keep one")


def _paper(slug: str, found: Library) -> Paper:
    if slug in found.candidates:
        raise DigestError(f"{slug}: is a candidate; --accept it first. Nothing has changed")
    if slug not in found.files:
        hint = guess(slug, found.files) or "a slug is the last part of a page's address."
        raise DigestError(f"{slug}: no paper has this slug; {hint} Nothing has changed")
    return found.papers[slug]


def _check_names(paper: Paper, decision: Decision, found: Library) -> None:
    """Other papers that are named have to be there, and to stay."""
    for other in (*filter(None, [decision.same_as]), *decision.distinct_from):
        if other == paper.slug:
            raise DigestError(f"{other}: is the paper itself. Nothing has changed")
        if other not in found.papers:
            hint = guess(other, found.papers) or "name one of the library."
            raise DigestError(f"{other}: no paper has this slug; {hint} Nothing has changed")
    if decision.same_as and (end := found.papers[decision.same_as].same_as):
        raise DigestError(
            f"{decision.same_as}: is itself {end}; name that one. Nothing has changed"
        )


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
