"""``digest build``: the website, from content to ``site/``."""

from __future__ import annotations

import click

from generator import build
from generator.console.progress import stage
from generator.console.wording import count
from generator.feeds import missing_address
from generator.folder import Folder


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
    built = build.generate(folder)
    digest, written = built.digest, built.written
    click.echo(
        f"{count(len(digest.entries), 'paper')}, {count(len(digest.topics), 'topic')}, "
        f"{count(len(digest.editions), 'edition')}: {written.written} files written, "
        f"{written.unchanged} unchanged, {written.removed} removed"
    )
    if warning := missing_address(digest.site):
        click.echo(f"digest: {warning}", err=True)
    if not docs_only:
        with stage(f"{builder} makes the site"):
            lacking = build.build_site(folder, digest.updated, builder)
        for each in lacking:
            click.echo(f"digest: {each}", err=True)
        click.echo(f"site: {folder.name(folder.site)}/index.html")
