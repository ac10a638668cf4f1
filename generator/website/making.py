"""The site made: every page put into the theme, every other file copied, and nothing else there."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mkdocs.structure.files import InclusionLevel

from generator.parallel import shared_out
from generator.website.dressed import dressed, of_theme
from generator.website.frame import Frame, Unfit, frame, left_to_mkdocs
from generator.website.kept import hashed, keep, read_kept
from generator.write import clear, write

if TYPE_CHECKING:
    from mkdocs.structure.files import File

#: With fewer files a process is not worth its while.
_LEAST = 100


@dataclass(frozen=True, slots=True)
class Made:
    """How many files of the site were written, left as they were, and removed; and its bytes."""

    written: int
    unchanged: int
    removed: int
    size: int = field(default=0, compare=False)


class _Result(NamedTuple):
    """What became of a file.

    ``was`` and ``became`` are hashes of its source and of the file in the site, "" if it has to be
    made anew each time. ``has_links`` says that it leads to places on pages, which must be there.
    """

    address: str
    is_written: bool
    size: int
    was: str = ""
    became: str = ""
    has_links: bool = False


def make_site(mkdocs_yml: Path, cache: Path, values: Mapping[str, str]) -> Made:
    """Make the site of a configuration as ``mkdocs build --strict`` would.

    Args:
        mkdocs_yml: The configuration.
        cache: A folder of its own for what is known from build to build.
        values: What MkDocs finds in its environment.

    Raises:
        Unfit: If MkDocs itself has to do it, or has to say what is wrong.
    """
    # A defect here costs time, and not the site.
    with environment(values), listening(_give_up), left_to_mkdocs():
        return _made(frame(mkdocs_yml), cache)


def _made(site: Frame, cache: Path) -> Made:
    maker = _Maker(site, cache)
    templates = dict(of_theme(site))
    pages = {file.dest_uri: file for file in site.pages}
    is_included: Callable[[InclusionLevel], bool] = InclusionLevel.is_included
    others = {
        file.dest_uri: file
        for file in site.files
        if not file.is_documentation_page() and is_included(file.inclusion)
    }
    for address in (*templates, *pages):  # which MkDocs writes later
        others.pop(address, None)
    removed = _cleared(Path(site.config.site_dir), {*others, *templates, *pages})
    results = [
        *_joined(shared_out(maker.copied, list(others.values()), _LEAST)),
        *_joined(shared_out(maker.dressed, list(pages.values()), _LEAST)),
        *(_Result(at, maker.put(at, data), len(data)) for at, data in templates.items()),
    ]
    _follow(site, (pages[each.address] for each in results if each.has_links))
    files = {**others, **pages}
    known = [each for each in results if each.was]
    keep(cache, site.key, ((files[e.address], e.was, e.became) for e in known))
    written = sum(each.is_written for each in results)
    return Made(written, len(results) - written, removed, sum(each.size for each in results))


def _cleared(root: Path, wanted: set[str]) -> int:
    """Remove what is not of the site, but for what is hidden at its top, as MkDocs does."""
    hidden = [path for path in root.glob(".*") if not path.is_symlink()]
    apart = [f"{path.name}/" for path in hidden if path.is_dir()]
    return clear(root, wanted | {path.name for path in hidden}, apart)


def _joined(parts: Iterable[Sequence[_Result]]) -> Iterator[_Result]:
    return (each for part in parts for each in part)


class _Maker:
    """Makes files of a site, unless they are there from before."""

    def __init__(self, site: Frame, cache: Path) -> None:
        self._site = site
        self._root = Path(site.config.site_dir)
        self._kept = read_kept(cache, site.key)

    def put(self, address: str, data: bytes) -> bool:
        """Write a file of the site; whether it was another one before."""
        return write(self._root, address, data)

    def copied(self, files: Sequence[File]) -> list[_Result]:
        """Have files in the site as they are."""
        return [self._known(file) or self._copy(file) for file in files]

    def dressed(self, files: Sequence[File]) -> list[_Result]:
        """Make pages."""
        return [self._known(file) or self._dress(file) for file in files]

    def _known(self, file: File) -> _Result | None:
        known = self._kept.made(file)
        if known is None:
            return None
        source, made = known
        return _Result(file.dest_uri, False, made.stamp[0], source.hash, made.hash)  # noqa: FBT003

    def _copy(self, file: File) -> _Result:
        data = file.content_bytes
        digest = hashed(data)
        return _Result(file.dest_uri, self.put(file.dest_uri, data), len(data), digest, digest)

    def _dress(self, file: File) -> _Result:
        made = dressed(self._site, file)
        was = hashed(file.content_bytes) if made.is_ready else ""
        is_written = self.put(file.dest_uri, made.data)
        size = len(made.data)
        return _Result(file.dest_uri, is_written, size, was, hashed(made.data), made.has_links)


def _follow(site: Frame, files: Iterable[File]) -> None:
    """Have MkDocs look whether links to places on pages lead there."""
    rendered: set[str] = set()

    def render(file: File) -> None:
        if file.page and file.src_uri not in rendered:
            rendered.add(file.src_uri)
            file.page.read_source(site.config)
            file.page.render(site.config, site.files)

    for file in files:
        render(file)
        for other in (file.page and file.page.links_to_anchors) or {}:
            render(other)
        if file.page:
            level = site.config.validation.links.anchors
            file.page.validate_anchor_links(files=site.files, log_level=level)


def _give_up(message: str) -> None:
    """MkDocs' first warning ends the making: it is to say them all itself."""
    raise Unfit(message)


class _Listener(logging.Handler):
    def __init__(self, tell: Callable[[str], None]) -> None:
        super().__init__(logging.WARNING)
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        self._tell(record.getMessage())


@contextmanager
def listening(tell: Callable[[str], None]) -> Iterator[None]:
    """Have ``tell`` called with the warnings of MkDocs, which go nowhere else."""
    logger = logging.getLogger("mkdocs")
    listener = _Listener(tell)
    before = logger.propagate
    logger.propagate = False
    logger.addHandler(listener)
    try:
        yield
    finally:
        logger.removeHandler(listener)
        logger.propagate = before


@contextmanager
def environment(values: Mapping[str, str]) -> Iterator[None]:
    """Have values in the environment, from which MkDocs takes the day of a build."""
    before = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
