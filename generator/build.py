"""The build: content in, ``build/docs`` and ``site/`` out, without network and without a clock."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.atlas.charting import with_atlas
from generator.console.progress import stage
from generator.digest import Digest
from generator.documents import units, write_units
from generator.dressing import dressed
from generator.errors import SiteError
from generator.folder import Folder
from generator.related.neighbours import with_related
from generator.search.indexing import PLACE, indexing
from generator.trends.finding import with_trends
from generator.views.assemble import assemble
from generator.write import Written, write_tree

#: Programs that build the site from the same `mkdocs.yml`; the first is the tested default.
BUILDERS = ("mkdocs", "properdocs", "zensical")

#: The date of a digest without papers.
_EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Built:
    """What the generator made."""

    digest: Digest
    written: Written


def generate(folder: Folder) -> Built:
    """Write everything that the site is built from into ``build/docs``.

    Raises:
        DigestError: If content or templates are at fault.
    """
    with stage("reading content, finding topics"):
        digest = assemble(folder)
    with indexing(folder, digest) as index:
        with stage("finding related papers"):
            digest = with_related(digest)
        with stage("finding trends"):
            digest = with_trends(digest)
        with stage("laying out the map"):
            digest = with_atlas(digest, folder)
        with stage("rendering pages"):
            written = write_units(folder, units(folder, digest), apart=[PLACE])
        with stage("indexing papers for the search"):
            found = {path.removeprefix(PLACE): data for path, data in index.files().items()}
            written += write_tree(folder.docs / PLACE, found)
    return Built(digest, written)


def build_site(
    folder: Folder, updated: dt.date | None, builder: str = BUILDERS[0]
) -> tuple[str, ...]:
    """Let MkDocs, or a successor, make ``site/`` of ``build/docs``; a warning is a failure.

    What ``mkdocs.yml`` lacks of what pages use is returned, in a line each.

    Args:
        folder: The digest.
        updated: The newest day in the content, if there is one. Pages and the sitemap are dated by
            it, not by the clock, so that one content makes one site, byte for byte.
        builder: One of :data:`BUILDERS`.

    Raises:
        ContentErrors: If ``mkdocs.yml`` would make another site of it.
        SiteError: If it fails; with what it said.
    """
    lacking = dressed(folder)
    if builder != BUILDERS[0] or not _is_made(folder, _environment(updated)):
        _run(folder, builder, _environment(updated))
    return lacking


def _is_made(folder: Folder, environment: Mapping[str, str]) -> bool:
    """Whether the site could be made here: as MkDocs would, in a fraction of its time."""
    # MkDocs takes a quarter of a second to be there, which only those pay who build a site.
    from generator.website.frame import Unfit
    from generator.website.making import make_site

    try:
        make_site(folder.mkdocs_yml, folder.cache / "site", environment)
    except Unfit:
        return False
    return True


def _run(folder: Folder, builder: str, environment: Mapping[str, str]) -> None:
    """Let a builder make the site."""
    command = [str(Path(sys.executable).parent / builder), "build", "--strict", "-f", "mkdocs.yml"]
    try:
        done = subprocess.run(  # noqa: S603 - a program of our own environment
            command,
            cwd=folder.root,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        raise SiteError(f"{builder} is not installed; run `make install`") from None
    if done.returncode:
        said = (done.stderr + done.stdout).strip()
        raise SiteError(f"{builder} could not build the site:\n{said}")


def _environment(updated: dt.date | None) -> dict[str, str]:
    """What the builders read: the date of reproducible builds, and Material's notice silenced."""
    midnight = dt.datetime.combine(max(updated or _EPOCH, _EPOCH), dt.time(), dt.UTC)
    return {"SOURCE_DATE_EPOCH": str(int(midnight.timestamp())), "NO_MKDOCS_2_WARNING": "1"}
