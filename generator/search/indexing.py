"""Running Pagefind beside the rest of a build, and not at all if no paper has changed."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from generator.digest import Digest
from generator.errors import SiteError
from generator.folder import Folder
from generator.search.canonical import canonical
from generator.search.pages import pages
from generator.write import write_tree

#: Where the index is in the site.
PLACE = "pagefind/"

#: Characters that make another word of one: C++ and C# are not C.
_OPTIONS = ("--include-characters", "+#", "--silent")

#: How many words a file of the index is to have, each as often as it stands in papers. A query
#: fetches the whole file for each of its words: in 10,000 papers with Pagefind's own 20,000 some
#: 56 kB, with 1,000 some 12; and the list of files is 14 kB longer.
_SIZE = {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": "1000"}


@dataclass(frozen=True, slots=True)
class Index:
    """An index that is being made, or that is there from before.

    ``process`` is ``None`` if there is nothing to do; ``size`` is the number of papers.
    """

    folder: Path
    key: str
    size: int
    process: subprocess.Popen[str] | None

    def files(self) -> dict[str, bytes]:
        """Wait for it; its files by their addresses in the site, none if there is no paper.

        Raises:
            SiteError: If Pagefind failed.
        """
        if not self.size:
            return {}
        if self.process is not None:
            _, said = self.process.communicate()
            if self.process.returncode:
                raise SiteError(f"pagefind could not index the papers:\n{said.strip()}")
        try:
            made = canonical(_read(self.folder / "made"))
        except (KeyError, ValueError, OSError) as error:
            raise SiteError(
                f"pagefind made an index that cannot be read ({error}); delete {self.folder}, "
                "run `make install`, and build again"
            ) from None
        if (found := sum(path.startswith("fragment/") for path in made)) != self.size:
            raise SiteError(f"pagefind indexed {found} of {self.size} papers; build again")
        # Written last: what has been broken off is made anew.
        (self.folder / "key").write_text(self.key, encoding="utf-8")
        return {f"{PLACE}{path}": data for path, data in made.items()}


@contextmanager
def indexing(folder: Folder, digest: Digest) -> Iterator[Index]:
    """Have the papers of a digest indexed while the block does something else.

    What Pagefind reads and writes is kept below ``build/search`` and can be deleted at any time.

    Raises:
        SiteError: If Pagefind is not there.
    """
    written = pages(digest)
    place = folder.root / "build" / "search"
    language = digest.site.language.partition("-")[0].lower()
    key = _key(written, language)
    process = None
    if written and not _is_done(place, key):
        process = _started(place, written, language)
    try:
        yield Index(place, key, len(written), process)
    finally:
        if process is not None and process.poll() is None:
            process.terminate()
            process.communicate()


def _key(written: Mapping[str, bytes], language: str) -> str:
    """What the index depends on: the pages, the program, what it is told."""
    told = hashlib.sha256(repr((_version(), language, _OPTIONS, _SIZE)).encode())
    for path, data in sorted(written.items()):
        told.update(f"{path} {len(data)}\n".encode() + data)
    return told.hexdigest()


def _version() -> str:
    try:
        return metadata.version("pagefind_bin")
    except metadata.PackageNotFoundError:
        raise SiteError("pagefind is not installed; run `make install`") from None


def _is_done(place: Path, key: str) -> bool:
    done = place / "key"
    return done.is_file() and done.read_text(encoding="utf-8") == key


def _started(place: Path, written: Mapping[str, bytes], language: str) -> subprocess.Popen[str]:
    (place / "key").unlink(missing_ok=True)
    # Pagefind adds to what is there; files of papers that have changed would stay.
    shutil.rmtree(place / "made", ignore_errors=True)
    write_tree(place / "pages", written)
    where = ("--site", "pages", "--output-path", "made")
    command = [sys.executable, "-m", "pagefind", *where, "--force-language", language, *_OPTIONS]
    return subprocess.Popen(  # noqa: S603 - a program of our own environment
        command,
        cwd=place,
        env={**os.environ, **_SIZE},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def _read(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }
