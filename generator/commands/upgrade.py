"""``digest upgrade``: what the generator gave a digest, as this generator gives it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import click

from generator import __version__, dressing
from generator.folder import Folder
from generator.schemas.files import is_stale, schema_files
from generator.starting.making import put
from generator.starting.parts import given
from generator.starting.places import GENERATOR_TXT, VENDOR, Place, place, version_of
from generator.starting.record import digest_of, read_record
from generator.starting.upgrading import NEW, Step, apply, found, plan
from generator.storage.modeline import SCHEMAS
from generator.topics.taxonomy import load_taxonomy

_SAYS = {
    Step.ADDED: "added {path}",
    Step.RENEWED: "renewed {path}",
    Step.REMOVED: "removed {path}: it is of no use any more",
    Step.BESIDE: "kept {path}: you have changed it; what is new is in {path}" + NEW,
    Step.KEPT: "kept {path}: you have changed it; the generator no longer gives it",
    Step.LEFT_OUT: "left out {path}: you have removed it (--restore brings it back)",
}


@click.command("upgrade")
@click.option(
    "--generator",
    "where",
    default="",
    metavar="WHERE",
    help="Another place from which the generator comes: a wheel, a checkout, git+https://…@REV.",
)
@click.option("--restore", is_flag=True, help="Write files anew that you have removed.")
@click.pass_obj
def command(folder: Folder, where: str, *, restore: bool) -> None:
    """Renew what the generator gave this digest: Makefile, workflows, requirements.

    content/, templates/, mkdocs.yml and README.md are never touched. A file that you have changed
    stays as it is; what is new is laid beside it and named.
    """
    recorded = read_record(folder)
    source = place(where, folder.root.absolute()) if where else None
    files = given() | (source.all_files if source else {})
    before = _before(folder, recorded, source)
    there = found(folder, {*files, *before})
    upgrade = plan(files, before, there, restore=restore)
    kept = {path: known for path, known in recorded.items() if not source and _is_place(path)}
    upgrade = replace(upgrade, hashes={**upgrade.hashes, **kept})
    apply(folder, upgrade, files)
    for path, step in upgrade.steps.items():
        click.echo(_SAYS[step].format(path=path))
    renewed = _renew_schemas(folder)
    if not renewed and not set(upgrade.steps.values()) - {Step.LEFT_OUT}:
        click.echo("everything is as this generator gives it")
    if upgrade.steps.get(GENERATOR_TXT):
        click.echo("next: make upgrade, which installs that generator")
    for each in _remarks(folder, recorded, source):
        click.echo(f"digest: {each}", err=True)


def _renew_schemas(folder: Folder) -> bool:
    """Whether the schemas were those of another generator; nobody writes them by hand."""
    taxonomy = load_taxonomy(folder.topics_yml, folder.name(folder.topics_yml))
    if not is_stale(taxonomy, folder):
        return False
    for path, text in schema_files(taxonomy, folder).items():
        put(path, text.encode())
    click.echo(f"renewed {SCHEMAS}/")
    return True


def _is_place(path: str) -> bool:
    """Whether a file says where the generator comes from, or holds it."""
    return path == GENERATOR_TXT or path.startswith(f"{VENDOR}/")


def _before(folder: Folder, recorded: dict[str, str], source: Place | None) -> dict[str, str]:
    """What was given before; where the generator comes from is changed when that is said, only."""
    before = {path: known for path, known in recorded.items() if source or not _is_place(path)}
    if source:
        there = found(folder, set(source.all_files))
        before = {path: known for path, known in before.items() if path not in source.all_files}
        before |= {path: digest_of(data) for path, data in there.items()}
    return before


def _remarks(folder: Folder, recorded: Iterable[str], source: Place | None) -> Iterator[str]:
    """What an editor should know: of the generator, and of what it needs of ``mkdocs.yml``."""
    if source:
        yield from source.remark.splitlines()
    for name in recorded if source is None else ():
        version = version_of(name)
        if version not in {None, __version__}:
            yield (
                f"{GENERATOR_TXT} still names {version}, and this generator is {__version__}: "
                "say --generator, too"
            )
    yield from dressing.lacking(folder)
