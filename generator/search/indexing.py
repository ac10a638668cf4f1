"""Running Pagefind beside the rest of a build, for those groups of papers that have changed."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from generator import shipped
from generator.digest import Digest
from generator.errors import SiteError
from generator.folder import Folder
from generator.parallel import Aside, aside
from generator.search.canonical import canonical
from generator.search.division import divided
from generator.search.joining import joined
from generator.search.keeping import forget, keep, kept
from generator.search.pages import pages
from generator.write import write_tree

#: Where the index is in the site.
PLACE = "pagefind/"

#: Characters that make another word of one: C++ and C# are not C.
_OPTIONS = ("--include-characters", "+#", "--silent")

#: How many words a file of the index is to have, each as often as it stands in papers. A query
#: fetches the whole file for each of its words, and of every group: with Pagefind's own 20,000
#: some 56 kB, with 1,000 some 12; but the list of files is longer. Groups have shorter lists.
_SIZE = "PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE"
_SIZES = {False: "1000", True: "600"}

#: So many groups are indexed at once; each takes a core, and some 130 kB of memory a paper.
_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class _Group:
    """Papers of which an index is made: their pages, and a key of all that it depends on."""

    name: str
    pages: Mapping[str, bytes]
    size: str
    key: str


@dataclass(frozen=True, slots=True)
class Index:
    """An index that another process makes, or finds to be there from before."""

    place: Path
    work: Aside

    def files(self) -> dict[str, bytes]:
        """Wait for it; its files by their addresses in the site, none if there is no paper.

        Raises:
            SiteError: If Pagefind failed.
        """
        groups = {}
        for name, key in self.work.result().items():
            if (found := kept(self.place, key)) is None:
                raise SiteError(f"{self.place / key}: was changed meanwhile; build again")
            groups[name] = found
        return {f"{PLACE}{path}": data for path, data in joined(groups).items()}


@contextmanager
def indexing(folder: Folder, digest: Digest) -> Iterator[Index]:
    """Have the papers of a digest indexed while the block does something else.

    The index of a group is kept below ``.cache/search``, and can be deleted at any time; what
    Pagefind reads and writes lies below ``build/search`` as long as it runs.

    Raises:
        SiteError: If Pagefind is not there.
    """
    version = _version()
    place = folder.cache / "search"
    scratch = folder.root / "build" / "search"
    home = os.getpid()

    def work() -> dict[str, str]:
        if os.getpid() != home:
            # Whoever ends this process ends Pagefind, even one that is only just begun.
            os.setpgid(0, 0)
            signal.signal(signal.SIGTERM, lambda *_: os.killpg(0, signal.SIGKILL))
        return _indexed(digest, place, scratch, version)

    with aside(work) as begun:
        yield Index(place, begun)


def _indexed(digest: Digest, place: Path, scratch: Path, version: str) -> dict[str, str]:
    """See to it that the index of every group is kept; under which keys, by the groups' names."""
    language = digest.site.language.partition("-")[0].lower()
    groups = _groups(digest, (version, language, _OPTIONS, shipped.code()))
    forget(place, {each.key for each in groups})
    _index([each for each in groups if kept(place, each.key) is None], place, scratch, language)
    return {each.name: each.key for each in groups}


def _groups(digest: Digest, tools: tuple[object, ...]) -> list[_Group]:
    written = pages(digest)
    days = {f"{entry.slug}.html": entry.dates[0] for entry in digest.entries}
    parts = divided(days)
    size = _SIZES[len(parts) > 1]
    return [
        _Group(
            name,
            texts := {path: written[path] for path in paths},
            size,
            _key(texts, (*tools, size)),
        )
        for name, paths in parts.items()
    ]


def _key(written: Mapping[str, bytes], tools: tuple[object, ...]) -> str:
    """What an index depends on: the pages, the program, what it is told."""
    told = hashlib.sha256(repr(tools).encode())
    for path, data in written.items():
        told.update(f"{path} {len(data)}\n".encode() + data)
    return told.hexdigest()


def _version() -> str:
    try:
        return metadata.version("pagefind_bin")
    except metadata.PackageNotFoundError:
        raise SiteError("pagefind is not installed; run `make install`") from None


def _index(groups: list[_Group], place: Path, scratch: Path, language: str) -> None:
    """Have groups indexed, the largest first, and keep what comes of it."""
    shutil.rmtree(scratch, ignore_errors=True)
    waiting = sorted(groups, key=lambda each: len(each.pages))
    running: list[tuple[_Group, subprocess.Popen[str]]] = []
    try:
        while waiting or running:
            while waiting and len(running) < _AT_ONCE:
                group = waiting.pop()
                running.append((group, _started(scratch / group.key, group, language)))
            group, process = running[0]
            keep(place, group.key, _finished(scratch / group.key, group, process))
            del running[0]
    finally:
        for _, process in running:
            if process.poll() is None:
                process.terminate()
                process.communicate()
        shutil.rmtree(scratch, ignore_errors=True)


def _started(place: Path, group: _Group, language: str) -> subprocess.Popen[str]:
    write_tree(place / "pages", group.pages)
    where = ("--site", "pages", "--output-path", "made")
    command = [sys.executable, "-m", "pagefind", *where, "--force-language", language, *_OPTIONS]
    return subprocess.Popen(  # noqa: S603 - a program of our own environment
        command,
        cwd=place,
        env={**os.environ, _SIZE: group.size},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def _finished(place: Path, group: _Group, process: subprocess.Popen[str]) -> dict[str, bytes]:
    """The files of a group's index, when Pagefind is through."""
    _, said = process.communicate()
    if process.returncode:
        raise SiteError(f"pagefind could not index the papers:\n{said.strip()}")
    try:
        made = canonical(_read(place / "made"))
    except (KeyError, ValueError, OSError) as error:
        raise SiteError(
            f"pagefind made an index that cannot be read ({error}); run `make install`, "
            "and build again"
        ) from None
    found = sum(path.startswith("fragment/") for path in made)
    if found != len(group.pages):
        raise SiteError(f"pagefind indexed {found} of {len(group.pages)} papers; build again")
    shutil.rmtree(place, ignore_errors=True)
    return made


def _read(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }
