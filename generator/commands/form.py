"""``digest form EVENT.json``: make a change of what a reader filled in on GitHub."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import click

from generator import content
from generator.content import Content
from generator.errors import ContentErrors, UsageError
from generator.folder import Folder
from generator.storage import journal, library
from generator.storage.papers import is_web_address
from generator.suggestions import events, wording
from generator.suggestions.events import Issue
from generator.suggestions.faults import FormError, fault
from generator.suggestions.forms import read_forms
from generator.suggestions.proposal import Desk, Proposal
from generator.suggestions.reading import proposed
from generator.views.assemble import digest_of

_ANSWER, _TITLE, _BODY = "answer.md", "title", "body.md"


@click.command("form")
@click.argument("event", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("build/form"),
    show_default=True,
    metavar="DIR",
    help="Where the texts for GitHub go.",
)
@click.option("--site", metavar="ADDRESS", help="Where the site is, if mkdocs.yml does not know.")
@click.pass_obj
def command(folder: Folder, *, event: Path, out: Path, site: str | None) -> None:
    """Make a change in content/ of a form that a reader filled in.

    EVENT is what GitHub tells a workflow of an issue ($GITHUB_EVENT_PATH). DIR gets answer.md, an
    answer for the issue; if something changed, also title and body.md for a pull request. In all
    of them, words of the reader are text and nothing else. An issue that is no form, or is closed,
    or that a program wrote, changes nothing and has no answer. The status is 1 if the form is at
    fault: then nothing has changed, and the answer says how to mend it.
    """
    if site and not is_web_address(site):
        raise UsageError(f"--site {site}: is not a web address; write it with https://")
    issue = _issue(event)
    for name in (_ANSWER, _TITLE, _BODY):
        (out / name).unlink(missing_ok=True)
    if not issue.is_open:
        click.echo(f"issue {issue.number}: nobody waits for an answer; nothing to do")
        return
    with journal.alone(folder):
        found = _read(folder, site)
        try:
            proposal = _made(issue, found, folder)
        except FormError as error:
            _write(out, {_ANSWER: wording.answer_fault(error, found.site)})
            raise
    if proposal is None:
        click.echo(f"issue {issue.number}: is no form; nothing to do")
        return
    texts = {_ANSWER: wording.answer_done(proposal, found.site)}
    if proposal.changes:
        body = wording.request(proposal, issue.number, found.site)
        texts |= {_TITLE: f"{proposal.title} (issue {issue.number})\n", _BODY: body}
    _write(out, texts)
    click.echo(f"issue {issue.number}: {proposal.title}")
    for name in sorted(map(folder.name, proposal.changes)):
        click.echo(f"  changed: {name}")


def _read(folder: Folder, address: str | None) -> Content:
    found = content.read(folder)
    url = f"{address.rstrip('/')}/" if address else found.site.url
    return replace(found, site=replace(found.site, url=url))


def _issue(event: Path) -> Issue:
    if event.stat().st_size > events.LARGEST:
        raise UsageError(
            f"{event}: is larger than {events.LARGEST >> 10:,} kB; no event of GitHub is"
        )
    try:
        text = event.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"{event}: is not UTF-8, so no event of GitHub") from None
    return events.read_event(text, str(event))


def _made(issue: Issue, found: Content, folder: Folder) -> Proposal | None:
    """Write what an issue asks for, if the digest is in order with it.

    Raises:
        FormError: If nothing can be made of it; then nothing has changed.
    """
    proposal = proposed(issue, read_forms(folder), Desk(folder, found, library.load(folder)))
    if proposal and proposal.changes:
        before = _texts(proposal.changes)
        journal.commit(proposal.changes, folder)
        try:
            digest_of(content.read(folder))
        except ContentErrors as error:
            journal.commit(before, folder)
            problem = f"the digest would not be in order with it: {error.errors[0]}"
            raise fault(problem, "an editor will have a look") from None
    return proposal


def _texts(paths: Iterable[Path]) -> dict[Path, str | None]:
    """Files as they are, line ends too."""
    return {path: path.read_bytes().decode() if path.exists() else None for path in paths}


def _write(out: Path, texts: dict[str, str]) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (out / name).write_text(text, encoding="utf-8", newline="\n")
