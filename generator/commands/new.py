"""``digest new DIR``: a digest of one's own, which works at once."""

from __future__ import annotations

import os
from pathlib import Path

import click

from generator.starting.making import look, make
from generator.starting.parts import Wishes
from generator.starting.places import installed, place


@click.command("new")
@click.argument("root", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--name", default="", help="What it is called; without it, as the folder.")
@click.option("--description", default="", help="What it is about, in a sentence.")
@click.option("--url", default="", help="Where it will be published.")
@click.option("--repository", default="", help="The address of its repository.")
@click.option("--topic", "topics", multiple=True, help="The title of a topic; may be repeated.")
@click.option(
    "--generator",
    "where",
    default="",
    metavar="WHERE",
    help="Where its generator comes from: a wheel, a checkout, or git+https://…@REV. "
    "Without it, from where this one came.",
)
def command(
    root: Path,
    *,
    name: str,
    description: str,
    url: str,
    repository: str,
    topics: tuple[str, ...],
    where: str,
) -> None:
    """Make a digest in DIR, which must be new or empty.

    It has a site's configuration, topics to start from, pages, workflows, and nothing of the
    generator's code: `make site` in it installs the generator and builds the website. Without
    topics it begins with kinds of papers that every field has.
    """
    full = Path(os.path.abspath(root))  # noqa: PTH100 - `..` goes, links stay
    look(full)
    called = name or full.name.replace("-", " ").replace("_", " ").capitalize()
    source = place(where or installed(), full)
    files = make(full, Wishes(called, description, url, repository, topics), source)
    click.echo(f"{root}: a digest of {len(files)} files; its generator: {source.line}")
    for each in source.remark.splitlines():
        click.echo(f"digest: {each}", err=True)
    click.echo(f"next: make -C {click.format_filename(root)} site")
