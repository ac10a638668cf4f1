"""The build: content in, ``build/docs`` and ``site/`` out, without network and without a clock."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.assemble import assemble
from generator.digest import Digest
from generator.errors import ContentError, SiteError
from generator.feeds import feeds
from generator.folder import Folder
from generator.render import Renderer
from generator.write import Written, write_tree

#: Programs that build the site from the same `mkdocs.yml`; the first is the tested default.
BUILDERS = ("mkdocs", "properdocs", "zensical")


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
    digest = assemble(folder)
    files = {path: text.encode() for path, text in documents(folder, digest)}
    return Built(digest, write_tree(folder.docs, files))


def documents(folder: Folder, digest: Digest) -> Iterator[tuple[str, str]]:
    """Every document of the site: generated pages, hand-written pages, feeds.

    Raises:
        ContentError: If a hand-written page would stand where a generated one does.
    """
    made = dict(Renderer(folder, digest).pages())
    made.update(feeds(digest))
    yield from made.items()
    for path in sorted(folder.pages.rglob("*.md")):
        name = path.relative_to(folder.pages).as_posix()
        if name in made:
            raise ContentError(
                folder.name(path), f"{name} is a page of the generator", "rename the file"
            )
        yield name, path.read_text(encoding="utf-8-sig")


def build_site(folder: Folder, builder: str = BUILDERS[0]) -> None:
    """Let MkDocs, or a successor, make ``site/`` of ``build/docs``; a warning is a failure.

    Args:
        folder: The digest.
        builder: One of :data:`BUILDERS`.

    Raises:
        SiteError: If it fails; with what it said.
    """
    command = [str(Path(sys.executable).parent / builder), "build", "--strict", "-f", "mkdocs.yml"]
    try:
        done = subprocess.run(  # noqa: S603 - a program of our own environment
            command,
            cwd=folder.root,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        raise SiteError(f"{builder} is not installed; run `make site`, or pip install it") from None
    if done.returncode:
        said = (done.stderr + done.stdout).strip()
        raise SiteError(f"{builder} could not build the site:\n{said}")
