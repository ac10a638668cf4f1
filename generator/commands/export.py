"""``digest export``: the papers for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from generator import content, exports
from generator.errors import DigestError
from generator.folder import Folder
from generator.views.assemble import digest_of


@click.command("export")
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(exports.FORMATS)),
    required=True,
    help="What to write: JSON Lines, JSON, BibTeX, RIS or CSV.",
)
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Papers that are not public too, and (in JSON and CSV) how they stand.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file to write; standard output if none is named.",
)
@click.pass_obj
def command(folder: Folder, format_: str, everything: bool, output: Path | None) -> None:
    """Print the papers in a format that other programs read."""
    found = content.read(folder)
    digest = digest_of(found, everything=everything)
    library = found.library.everything if everything else None
    # Bytes, so that neither the terminal's encoding nor the system's line ends change them.
    data = exports.export(format_, exports.records(digest, library)).encode()
    if output is None:
        click.echo(data, nl=False)
    else:
        _save(data, output)


def _save(data: bytes, output: Path) -> None:
    try:
        output.write_bytes(data)
    except OSError as error:
        raise DigestError(
            f"{output}: cannot be written: {error.strerror}; name another file with --output"
        ) from error
