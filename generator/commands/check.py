"""``digest check``: is everything under ``content/`` as it should be?"""

from __future__ import annotations

import click

from generator import check, content
from generator.console.wording import count
from generator.folder import Folder
from generator.schemas.files import is_stale

_STALE = "schemas: are those of other topics or of another version: run `digest schemas`"


@click.command("check")
@click.pass_obj
def command(folder: Folder) -> None:
    """Check all of content/ and mkdocs.yml.

    Mistakes are named with file, line, field, value and remedy, and the status is 1. What is no
    mistake but wants an editor's look, such as a possible duplicate, is listed.
    """
    found = content.read(folder)
    report = check.check(found)
    notices = (*report.notices, *([_STALE] if is_stale(found.taxonomy, folder) else []))
    for notice in notices:
        click.echo(notice)
    click.echo(
        f"{count(report.papers, 'paper')}, {count(report.editions, 'edition')}, "
        f"{count(report.topics, 'topic')}, {count(report.listings, 'listing')}: "
        f"nothing wrong, {len(notices)} to look at"
    )
