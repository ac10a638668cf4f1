"""``digest diff BASE``: what has changed since a revision, as the text of a pull request."""

from __future__ import annotations

from dataclasses import replace

import click

from generator import check, content
from generator.console.progress import stage
from generator.content import Content
from generator.errors import ContentErrors, DigestError
from generator.folder import Folder
from generator.history import revision
from generator.history.difference import State, difference
from generator.history.revision import Revision
from generator.history.summary import MOST, summary
from generator.topics import former
from generator.topics.former import OwnTopics
from generator.views.assemble import digest_of


@click.command("diff")
@click.argument("base", metavar="BASE")
@click.option(
    "--most",
    type=click.IntRange(min=1),
    default=MOST,
    show_default=True,
    help="Characters that the summary may have; lists are cut short.",
)
@click.pass_obj
def command(folder: Folder, *, base: str, most: int) -> None:
    """Say in Markdown what has changed in content/ since BASE, a revision of Git.

    What is compared: the files as they are now, committed or not, with the last commit that the
    checkout has in common with BASE, as in a pull request. The first line is a title: numbers and
    days. In the rest, titles of papers are text and nothing else: they notify nobody and refer to
    nothing on GitHub.
    """
    since = revision.fork_point(folder, base)
    with stage("reading what is there"):
        after = _state(content.read(folder))
    with stage(f"reading {since}"):
        then, own = _at(folder, since)
    if own.remark:
        click.echo(f"digest: {since}: {own.remark}", err=True)
    before = replace(_state(then), topics=own.topics)
    click.echo(summary(difference(before, after), most), nl=False)


def _at(folder: Folder, since: Revision) -> tuple[Content, OwnTopics]:
    """The content of a revision, and the topics that its own code gave, if it is another."""
    with revision.at(folder, since, former.CODE) as then:
        try:
            return content.read(then), former.own_topics(then)
        except ContentErrors as error:
            raise DigestError(
                f"{since} cannot be compared with, for its content is at fault:\n{error}"
            ) from None


def _state(found: Content) -> State:
    digest = digest_of(found)
    return State(found, digest, check.check(found, digest).notices)
