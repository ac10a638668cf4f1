"""``digest topics --since REV``: what a change of the rules, or of the code, does to the papers."""

from __future__ import annotations

import json

import click

from generator import content
from generator.console.progress import stage
from generator.content import Content
from generator.errors import ContentErrors, DigestError
from generator.folder import Folder
from generator.history import revision
from generator.history.revision import Revision
from generator.topics.former import CODE, own_topics
from generator.topics.lineage import renamed
from generator.topics.retagging import retagging, topics_of
from generator.topics.retold import Report, as_data, as_markdown, as_text
from generator.topics.taxonomy import load_taxonomy
from generator.views.assemble import digest_of

_TELLERS = {"text": as_text, "markdown": as_markdown}


@click.command("topics")
@click.option(
    "--since",
    "base",
    metavar="REV",
    required=True,
    help="A revision of Git: a branch, a tag, a commit.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice([*_TELLERS, "json"]),
    default="text",
    show_default=True,
    help="Lines to read, Markdown for a pull request, or JSON for programs.",
)
@click.pass_obj
def command(folder: Folder, base: str, format_: str) -> None:
    """List the papers whose topics are others than at REV, and what that does to the topics.

    Compared are the papers that are public now and were public then, the files as they are now,
    committed or not, with the last commit that the checkout has in common with REV, as in a pull
    request. The topics of then are those that the rules and the code of then gave: if the code is
    another one now, that of REV is run.
    """
    since = revision.fork_point(folder, base)
    with stage("finding topics"):
        found = content.read(folder)
        digest = digest_of(found)
    with stage(f"finding topics of {since}"):
        before, ids = _topics_at(folder, since)
    former = renamed(found.taxonomy.topics)
    changed = retagging(before, topics_of(digest), former)
    gone = tuple(id_ for id_ in ids if id_ not in {*found.taxonomy.ids, *former})
    report = Report(str(since), changed, digest.by_slug, gone)
    if format_ == "json":
        click.echo(json.dumps(as_data(report), ensure_ascii=False, indent=2))
    else:
        for line in _TELLERS[format_](report):
            click.echo(line)


def _topics_at(
    folder: Folder, since: Revision
) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """The topics that papers had, by slug, and those that there were."""
    with revision.at(folder, since, CODE) as then:
        own = own_topics(then)
        if own.remark:
            click.echo(f"digest: {since}: {own.remark}", err=True)
        if own.topics is None:
            before = _read(then, since)
            return topics_of(digest_of(before)), before.taxonomy.ids
        return dict(own.topics), _ids(then)


def _ids(then: Folder) -> tuple[str, ...]:
    """The topics that there were, if their file is one that today's code can read."""
    try:
        return load_taxonomy(then.topics_yml).ids
    except ContentErrors:
        return ()


def _read(then: Folder, since: Revision) -> Content:
    try:
        return content.read(then)
    except ContentErrors as error:
        raise DigestError(
            f"{since} cannot be compared with, for its content is at fault:\n{error}"
        ) from None
