"""``digest serve``: the website on this machine, following every edit."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable

import click

from generator import build
from generator.dressing import dressed
from generator.errors import DigestError, SiteError
from generator.folder import Folder
from generator.serving import by_mkdocs
from generator.serving.server import Changes, Server, free
from generator.serving.watching import watching


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
    # They take MkDocs with them, for which only those wait who serve a site.
    from generator.serving.live import Live
    from generator.serving.worker import Worker
    from generator.website.frame import Unfit

    free(address)
    worker = Worker(lambda: Live(folder, warn))
    try:
        worker.ask("refresh")
    except Unfit as why:
        worker.end()
        serve_by_mkdocs(folder, address, str(why))
        return
    except DigestError:
        worker.end()
        raise
    changes = Changes()
    with Server(address, worker.ask("mount"), lambda path: worker.ask("file", path), changes) as it:
        click.echo(f"serving on http://{address}{it.mount} (Ctrl+C ends it)")
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            with watching(folder, lambda: follow(lambda: worker.ask("refresh"), changes.tell)):
                it.serve_forever()
        except KeyboardInterrupt:
            pass
        finally:
            worker.end()


def follow(refresh: Callable[[], str], tell: Callable[[], None]) -> None:
    """Take an edit in; a mistake is said and the last good site stays."""
    begun = time.perf_counter()
    if said := _tried(refresh):
        tell()
        click.echo(f"{said}, there in {time.perf_counter() - begun:.1f} s")


def _tried(work: Callable[[], str]) -> str:
    """What comes of an edit, in words; "" if nothing does, and then it is said why."""
    try:
        return work()
    except DigestError as error:
        warn(str(error))
    except Exception as error:  # noqa: BLE001 - a defect here must not end the watching
        warn(f"{type(error).__name__}: {error}; the site is as it was")
    return ""


def warn(message: str) -> None:
    """Say what is odd."""
    click.echo(f"digest: {message}", err=True)


def serve_by_mkdocs(folder: Folder, address: str, why: str) -> None:
    """Let MkDocs serve a site that only MkDocs can make.

    Raises:
        DigestError: If something is at fault, or the server fails.
    """
    build.generate(folder)
    for each in dressed(folder):
        warn(each)
    click.echo(f"serving on http://{address}/ by MkDocs itself ({why}; Ctrl+C ends it)")
    with watching(folder, lambda: write_again(folder)):
        status = by_mkdocs.run_server(folder, address)
    if status > 0:
        raise SiteError(f"the server ended with status {status}")


def write_again(folder: Folder) -> None:
    """Write the Markdown anew; a mistake is said and the last good site stays."""

    def write() -> str:
        written = build.generate(folder).written
        dressed(folder)
        return f"{written.written} files written, {written.removed} removed"

    if said := _tried(write):
        click.echo(said)
