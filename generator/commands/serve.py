"""``digest serve``: the website on this machine, following every edit."""

from __future__ import annotations

import click

from generator import build, serve
from generator.dressing import dressed
from generator.errors import DigestError, SiteError
from generator.folder import Folder


@click.command("serve")
@click.option(
    "-a",
    "--address",
    default="127.0.0.1:8000",
    show_default=True,
    help="Host and port to serve on.",
)
@click.pass_obj
def command(folder: Folder, address: str) -> None:
    """Serve the website here; edits of content/ and templates/ show in the browser."""
    serve.free(address)
    build.generate(folder)
    for each in dressed(folder):
        click.echo(f"digest: {each}", err=True)
    click.echo(f"serving on http://{address}/ (Ctrl+C ends it)")
    with serve.watching(folder, lambda: write_again(folder)):
        status = serve.run_server(folder, address)
    if status > 0:
        raise SiteError(f"the server ended with status {status}")


def write_again(folder: Folder) -> None:
    """Write the Markdown anew; a mistake is said and the last good site stays."""
    try:
        written = build.generate(folder).written
        dressed(folder)
    except DigestError as error:
        click.echo(f"digest: {error}", err=True)
    except Exception as error:  # noqa: BLE001 - a defect here must not end the watching
        click.echo(f"digest: {type(error).__name__}: {error}; the site is as it was", err=True)
    else:
        click.echo(f"{written.written} files written, {written.removed} removed")
