"""``digest curate --accept/--decline SLUG…``: decide about candidates."""

from __future__ import annotations

import difflib
from dataclasses import replace

import click

from generator.console.wording import count
from generator.errors import DigestError, UsageError
from generator.folder import Folder
from generator.model import Curation, Paper, Status
from generator.storage import journal, library, store
from generator.storage.library import Library, stays


@click.command("curate")
@click.argument("slugs", nargs=-1, required=True, metavar="SLUG…")
@click.option("--accept", is_flag=True, help="Take them in as papers.")
@click.option("--decline", is_flag=True, help="Keep them from being proposed again.")
@click.pass_obj
def command(folder: Folder, *, slugs: tuple[str, ...], accept: bool, decline: bool) -> None:
    """Decide about the candidates SLUG…; ``digest candidates`` lists them.

    What is accepted gets a record of its own below content/papers and stands on the site from the
    next build on. What is declined is not proposed again, whichever feed shows it; accepting it
    later takes that back.
    """
    if accept == decline:
        raise UsageError("say what is decided: --accept or --decline")
    with journal.alone(folder):
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
    close = difflib.get_close_matches(slug, found.candidates, n=3)
    hint = f"did you mean {' or '.join(close)}?" if close else "`digest candidates` lists them."
    raise DigestError(f"{slug}: no candidate has this slug; {hint} Nothing has changed")
