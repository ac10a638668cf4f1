"""``digest schemas``: JSON Schemas of ``content/``, for editors that complete and check."""

from __future__ import annotations

from pathlib import Path

import click

from generator.console.wording import count
from generator.errors import DigestError
from generator.folder import Folder
from generator.schemas.files import is_stale, schema_files, unnamed
from generator.storage import journal
from generator.topics.taxonomy import load_taxonomy


@click.command("schemas")
@click.option("--check", is_flag=True, help="Write nothing; status 1 if they are not current.")
@click.pass_obj
def command(folder: Folder, /, *, check: bool) -> None:
    """Write the schemas of the files in content/ into schemas/, and name them in the files.

    Editors with support for YAML (in VS Code the extension "YAML" of Red Hat) then complete fields
    and topics and mark mistakes while you write. Run it again when topics were added or renamed,
    and after an upgrade.
    """
    taxonomy = load_taxonomy(folder.topics_yml, folder.name(folder.topics_yml))
    if check:
        if is_stale(taxonomy, folder):
            raise DigestError("schemas: are not current; run `digest schemas`")
        return
    with journal.alone(folder):
        named: dict[Path, str | None] = dict(unnamed(folder))
        journal.commit(named, folder)
    files = schema_files(taxonomy, folder)
    for path, text in files.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    click.echo(f"schemas: {len(files)} files; named in {count(len(named), 'file')} of content/")
