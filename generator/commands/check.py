"""``digest check``: is everything under ``content/`` as it should be?"""

from __future__ import annotations

import click

from generator import check, content
from generator.console.wording import count
from generator.folder import Folder


@click.command("check")
@click.pass_obj
def command(folder: Folder) -> None:
    """Check all of content/ and mkdocs.yml.

    Mistakes are named with file, line, field, value and remedy, and the status is 1. What is no
    mistake but wants an editor's look, such as a possible duplicate, is listed.
    """
    report = check.check(content.read(folder))
    for notice in report.notices:
        click.echo(notice)
    click.echo(
        f"{count(report.papers, 'paper')}, {count(report.editions, 'edition')}, "
        f"{count(report.topics, 'topic')}, {count(report.listings, 'listing')}: "
        f"nothing wrong, {len(report.notices)} to look at"
    )
