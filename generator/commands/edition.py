"""``digest edition [DATE]``: make the edition of a day, with picks that are proposed."""

from __future__ import annotations

import datetime as dt
import json
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from generator import content
from generator.console.options import Day
from generator.console.wording import count, guess
from generator.content import Content
from generator.digest import Digest, EditionView
from generator.editing.arrivals import arrivals
from generator.editing.proposals import Proposal, Proposals, propose
from generator.errors import DigestError, UsageError
from generator.folder import Folder
from generator.model import Edition
from generator.storage import editions, journal, yamlio
from generator.storage.editions import Pick
from generator.views.assemble import digest_of, nearest

#: Characters of a line of reasons in the file.
_COMMENT = 94


@click.command("edition")
@click.argument("day", required=False, type=Day(), metavar="[DATE]")
@click.option(
    "--picks",
    "number",
    type=click.IntRange(min=1),
    help="How many picks it is to have, with those that it has.  [default: by its size, 1 to 7]",
)
@click.option("--topic", metavar="ID", help="Propose only papers that have this topic.")
@click.option("--add", is_flag=True, help="Put what is proposed into a file that is there.")
@click.option("--dry-run", is_flag=True, help="Propose, and write nothing.")
@click.option("--title", metavar="TEXT", help='The edition\'s title; "" takes it away.')
@click.option("--introduction", metavar="MARKDOWN", help='What begins it; "" takes it away.')
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@click.pass_obj
def command(
    folder: Folder,
    /,
    *,
    day: dt.date | None,
    number: int | None,
    topic: str | None,
    add: bool,
    dry_run: bool,
    title: str | None,
    introduction: str | None,
    form: str,
) -> None:
    """Propose picks for the edition of DATE, and write its file for you to change.

    DATE is a day such as 2026-08-19; without it the newest edition is meant. Each proposal says
    what speaks for it, with points: seen in several listings, votes, code or data, topics that no
    other pick has, new on that day. The file is content/editions/DATE.yml, with further proposals
    that you make picks by taking away a #. If it is there already, what is in it stays: proposals
    are shown, and added behind its picks with --add.

    --title and --introduction change these lines alone, and propose nothing.
    """
    found = content.read(folder)
    digest = digest_of(found)
    edition = _edition(day, found, digest, dt.datetime.now().astimezone().date())
    said = {"title": title, "introduction": introduction}
    words = {key: _bare(key, text) for key, text in said.items() if text is not None}
    if words:
        if add or topic or number:
            raise UsageError("--title and --introduction propose nothing: leave the rest out")
        _write_words(edition.date, words, folder, dry_run=dry_run)
        return
    _check_topic(topic, found)
    follow = found.library.follow
    proposals = propose(edition.date, digest, follow, number=number, topic=topic)
    notes = arrivals(edition.date, digest, found.library)
    if form == "json":
        told = _plain(edition, proposals, notes)
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for line in _lines(edition, proposals, notes):
            click.echo(line)
    _write_picks(edition, proposals, folder, add=add, dry_run=dry_run, to_err=form == "json")


def _edition(day: dt.date | None, found: Content, digest: Digest, today: dt.date) -> EditionView:
    """The edition that is meant."""
    if not digest.editions:
        raise DigestError("there is no edition yet: no listing has brought a paper (digest ingest)")
    edition = next((each for each in digest.editions if day in {None, each.date}), None)
    if edition is not None:
        return edition
    assert day is not None  # noqa: S101 - the newest would have been found
    if day > today:
        raise UsageError(f"{day} is still to come; the newest edition is {digest.editions[0].date}")
    problem = f"{day}: no listing showed a paper on that day; {nearest(day, digest)}"
    raise DigestError("\n".join((problem, *arrivals(day, digest, found.library))))


def _check_topic(topic: str | None, found: Content) -> None:
    if topic is not None and topic not in found.taxonomy.ids:
        hint = guess(topic, found.taxonomy.ids) or "write an id of content/topics.yml"
        raise UsageError(f"--topic {topic!r} is no topic; {hint}")


def _bare(field: str, text: str) -> str | None:
    """What an option says: a title is one line."""
    return (" ".join(text.split()) if field == "title" else text.strip()) or None


def _write_words(
    day: dt.date, words: dict[str, str | None], folder: Folder, *, dry_run: bool
) -> None:
    """Write a title or an introduction, in the file that is there or in a new one."""
    with journal.alone(folder):
        path = editions.edition_path(day, folder)
        name = folder.name(path)
        editions.check_words(words, name)
        if path.exists():
            old = yamlio.text_of(path, name)
            new = editions.with_words(old, name, words)
        else:
            old = ""
            given = {key: text for key, text in words.items() if text}
            new = editions.edition_text(Edition(day, **given)) if given else ""  # type: ignore[arg-type]
        if new == old:
            click.echo(f"{name}: as it was")
            return
        editions.checked(new, name, day)
        if not dry_run:
            journal.commit({path: new}, folder)
    click.echo(f"{'would change' if dry_run else 'changed'}: {name}: {', '.join(words)}")


def _write_picks(
    edition: EditionView,
    proposals: Proposals,
    folder: Folder,
    *,
    add: bool,
    dry_run: bool,
    to_err: bool,
) -> None:
    """Write a new file with what is proposed, or add it to the one that is there if asked to."""
    path = editions.edition_path(edition.date, folder)
    if dry_run:
        verb = "would be written" if not path.exists() else "is there"
        click.echo(f"{folder.name(path)}: {verb}; nothing has changed", err=to_err)
        return
    if path.exists() and not (add and proposals.picks):
        click.echo(_as_it_is(folder.name(path), proposals, add=add), err=to_err)
        return
    is_new = not path.exists()
    with journal.alone(folder):
        if is_new and path.exists():
            raise DigestError(f"{folder.name(path)}: has come meanwhile; nothing has changed")
        told = _written(path, edition, proposals, folder)
    click.echo(told, err=to_err)


def _as_it_is(name: str, proposals: Proposals, *, add: bool) -> str:
    if add or not proposals.picks:
        present = len(proposals.present)
        return (
            f"{name}: stays as it is, with {count(present, 'pick')}; "
            f"`--add --picks {present + 1}` adds one more"
            if proposals.further
            else f"{name}: stays as it is; nothing else is proposed"
        )
    return f"{name}: is there and stays as it is; --add puts what is proposed behind its picks"


def _written(path: Path, edition: EditionView, proposals: Proposals, folder: Folder) -> str:
    name = folder.name(path)
    picks, further = map(tuple, (map(_pick, proposals.picks), map(_pick, proposals.further)))
    if path.exists():
        old = yamlio.text_of(path, name)
        before = editions.checked(old, name, edition.date).picks
        new = editions.with_picks(old, name, picks)
    else:
        before = ()
        new = editions.edition_text(Edition(edition.date), _about(edition), picks, further)
    after = editions.checked(new, name, edition.date).picks
    wanted = (*before, *(each.slug for each in picks))
    assert after == wanted, f"{after} is not {wanted}"  # noqa: S101 - a defect, before it is written
    journal.commit({path: new}, folder)
    verb = "added to" if before else "written"
    return f"{verb}: {name}: {count(len(picks), 'pick')}; change what you like, then `digest check`"


def _pick(proposal: Proposal) -> Pick:
    said = "; ".join(each.text for each in proposal.arguments)
    lines = textwrap.wrap(said, _COMMENT, break_long_words=False, break_on_hyphens=False)
    return Pick(proposal.entry.slug, (proposal.entry.title, *lines))


def _about(edition: EditionView) -> str:
    return f"{count(len(edition.entries), 'paper')}, {edition.new:,} of them new"


def _lines(edition: EditionView, proposals: Proposals, notes: Iterable[str]) -> Iterator[str]:
    yield f"{edition.date}: {_about(edition)}"
    yield from notes
    for entry in proposals.present:
        yield f"pick already: {entry.slug}"
    for head, some in (("proposed:", proposals.picks), ("further:", proposals.further)):
        if some:
            yield head
        for each in some:
            yield from _proposal(each)
    if not (proposals.picks or proposals.further):
        yield "nothing is proposed: nothing speaks for another paper"


def _proposal(each: Proposal) -> Iterator[str]:
    yield f"{each.score:5.2f}  {each.entry.slug}"
    yield f"       {editions.one_line(each.entry.title)}"
    said = (f"{argument.text} ({argument.points:+.2f})" for argument in each.arguments)
    yield f"       {' · '.join(said)}"


def _plain(edition: EditionView, proposals: Proposals, notes: Iterable[str]) -> dict[str, Any]:
    return {
        "date": edition.date.isoformat(),
        "papers": len(edition.entries),
        "new": edition.new,
        "notes": list(notes),
        "present": [entry.slug for entry in proposals.present],
        "picks": [_plain_proposal(each) for each in proposals.picks],
        "further": [_plain_proposal(each) for each in proposals.further],
    }


def _plain_proposal(each: Proposal) -> dict[str, Any]:
    return {
        "id": each.entry.slug,
        "title": each.entry.title,
        "score": each.score,
        "reasons": [{"points": one.points, "text": one.text} for one in each.arguments],
        "topics": [tag.topic.id for tag in each.entry.topics],
    }
