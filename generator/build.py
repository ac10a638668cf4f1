"""The build: content in, ``build/docs`` and ``site/`` out, without network and without a clock."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from generator import content
from generator.comparing import comparing, with_compared
from generator.console.progress import Stages
from generator.digest import Digest
from generator.documents import units, write_units
from generator.dressing import dressed
from generator.errors import SiteError
from generator.folder import Folder
from generator.search.indexing import PLACE, indexing
from generator.views.assemble import digest_of, with_lookalikes
from generator.write import Written, write_tree

if TYPE_CHECKING:
    from generator.website.making import Made

#: Programs that build the site from the same `mkdocs.yml`; the first is the tested default.
BUILDERS = ("mkdocs", "properdocs", "zensical")

#: The date of a digest without papers.
_EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Built:
    """What the generator made."""

    digest: Digest
    written: Written


@dataclass(frozen=True, slots=True)
class Finished:
    """What became of the site: ``lacking`` is what ``mkdocs.yml`` lacks of what pages use.

    ``made`` counts its files, ``None`` if a builder made it by itself; ``why`` says why it did.
    """

    lacking: tuple[str, ...]
    made: Made | None = None
    why: str = "as asked"


def generate(folder: Folder, stages: Stages | None = None) -> Built:
    """Write everything that the site is built from into ``build/docs``.

    Raises:
        DigestError: If content or templates are at fault.
    """
    stages = stages or Stages()
    with stages.stage("reading", "reading content"):
        found = content.read(folder)
    with stages.stage("topics", "finding topics"):
        digest = digest_of(found, kept=folder.cache / "topics", with_alike=False)
    with indexing(folder, digest) as index, comparing(folder, digest) as comparison:
        with stages.stage("duplicates", "looking for duplicates"):
            digest = with_lookalikes(digest, found.library)
        del found
        with stages.stage("comparing", "finding related papers, trends and the map"):
            digest = with_compared(digest, comparison.result())
        with stages.stage("pages", "writing pages"):
            written = write_units(folder, units(folder, digest), apart=[PLACE])
        with stages.stage("search", "indexing papers for the search"):
            files = {path.removeprefix(PLACE): data for path, data in index.files().items()}
            written += write_tree(folder.docs / PLACE, files)
    return Built(digest, written)


def build_site(folder: Folder, updated: dt.date | None, builder: str = BUILDERS[0]) -> Finished:
    """Make ``site/`` of ``build/docs`` as MkDocs, or a successor, does; a warning is a failure.

    Args:
        folder: The digest.
        updated: The newest day in the content, if there is one. Pages and the sitemap are dated by
            it, not by the clock, so that one content makes one site, byte for byte.
        builder: One of :data:`BUILDERS`.

    Raises:
        ContentErrors: If ``mkdocs.yml`` would make another site of it.
        SiteError: If it fails; with what it said.
    """
    finished = Finished(dressed(folder))
    values = environment(updated)
    if builder == BUILDERS[0]:
        finished = _made(folder, values, finished)
    if finished.made is None:
        _run(folder, builder, values)
    return finished


def _made(folder: Folder, values: Mapping[str, str], begun: Finished) -> Finished:
    """Make the site here, as MkDocs would in many times the time; or say why only MkDocs can."""
    # MkDocs takes a quarter of a second to be there, which only those pay who build a site.
    from generator.website.frame import Unfit
    from generator.website.making import make_site

    try:
        made = make_site(folder.mkdocs_yml, folder.cache / "site", values)
    except Unfit as why:
        return replace(begun, why=str(why))
    return replace(begun, made=made)


def _run(folder: Folder, builder: str, values: Mapping[str, str]) -> None:
    """Let a builder make the site."""
    command = [str(Path(sys.executable).parent / builder), "build", "--strict", "-f", "mkdocs.yml"]
    try:
        done = subprocess.run(  # noqa: S603 - a program of our own environment
            command,
            cwd=folder.root,
            env={**os.environ, **values},
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        raise SiteError(f"{builder} is not installed; run `make install`") from None
    if done.returncode:
        said = (done.stderr + done.stdout).strip()
        raise SiteError(f"{builder} could not build the site:\n{said}")


def environment(updated: dt.date | None) -> dict[str, str]:
    """What the builders read: the date of reproducible builds, and Material's notice silenced."""
    midnight = dt.datetime.combine(max(updated or _EPOCH, _EPOCH), dt.time(), dt.UTC)
    return {"SOURCE_DATE_EPOCH": str(int(midnight.timestamp())), "NO_MKDOCS_2_WARNING": "1"}
