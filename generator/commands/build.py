"""``digest build``: the website, from content to ``site/``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from generator import build
from generator.console.progress import Stages
from generator.console.wording import count, size
from generator.feeds import missing_address
from generator.folder import Folder

if TYPE_CHECKING:
    from generator.website.making import Made
    from generator.write import Written


@click.command("build")
@click.option(
    "--builder",
    type=click.Choice(build.BUILDERS),
    default=build.BUILDERS[0],
    show_default=True,
    help="What makes HTML of the Markdown.",
)
@click.option("--docs-only", is_flag=True, help="Write the Markdown and the feeds, build no site.")
@click.pass_obj
def command(folder: Folder, builder: str, *, docs_only: bool) -> None:
    """Build the website into site/."""
    stages = Stages()
    built = build.generate(folder, stages)
    if warning := missing_address(built.digest.site):
        click.echo(f"digest: {warning}", err=True)
    where, changed = f"{folder.name(folder.docs)}/", _changed(built.written)
    if not docs_only:
        with stages.stage("site", f"{builder} makes the site"):
            finished = build.build_site(folder, built.digest.updated, builder)
        for each in finished.lacking:
            click.echo(f"digest: {each}", err=True)
        where = f"{folder.name(folder.site)}/index.html"
        changed = f"made by {builder} itself ({finished.why})"
        if made := finished.made:
            changed = f"{_changed(made)}, {size(made.size)}"
    digest = built.digest
    papers, topics = count(len(digest.entries), "paper"), count(len(digest.topics), "topic")
    editions = count(len(digest.editions), "edition")
    click.echo(f"{where}: {papers}, {topics}, {editions}; {changed}; {stages}")


def _changed(found: Written | Made) -> str:
    """How many files a build changed."""
    removed = f", {found.removed:,} removed" if found.removed else ""
    return f"{found.written:,} of {found.written + found.unchanged:,} files changed{removed}"
