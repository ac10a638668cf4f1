"""What ``build/docs`` is made of: units, each of which can be made by itself, at any time.

Nothing is made before it is asked for, and nothing is kept: a build shares the units out over
processes, each of which writes what it makes; a server makes the one whose page is asked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from operator import itemgetter
from typing import NamedTuple

from generator import api, content
from generator.atlas.files import files as atlas_files
from generator.cards import cards
from generator.cards.keeping import pictures
from generator.digest import Digest, Entry
from generator.errors import DigestError
from generator.exports import citation
from generator.exports.record import record_of
from generator.feeds import feeds
from generator.folder import Folder
from generator.parallel import aside, shared_out
from generator.render import Renderer, markdown_path
from generator.storage import yamlio
from generator.views.paging import page_address
from generator.views.titles import pages_of_titles
from generator.write import Written, clear, write

#: With fewer units for each, another process is not worth its while.
_LEAST = 50


class Unit(NamedTuple):
    """Files that are made together: their paths below ``build/docs``, and what makes their content.

    ``make`` gives what the files hold in the order of the paths, one after the other; it can be
    called again, and gives the same. Units with charts are made by a process of their own:
    Matplotlib starts threads, and a process that has some forks no more.
    """

    paths: tuple[str, ...]
    make: Callable[[], Iterable[str | bytes]]
    has_charts: bool = False


class _Done(NamedTuple):
    """What a process did: how many files it wrote, and the unit that it failed to make."""

    written: int
    failed: int | None = None


def units(folder: Folder, digest: Digest) -> list[Unit]:
    """Everything that the site is built from, but for the index of the search.

    Papers, of which there are many and none takes long, come last, so that processes which take
    some at a time end together. With them come the pages that show them, for a text that was set
    once is remembered for a while.
    """
    return [*_of_folder(folder, digest), *of_digest(Renderer(folder, digest), digest)]


def of_digest(renderer: Renderer, digest: Digest) -> Iterator[Unit]:
    """What is made of nothing but the digest and its templates."""
    dated: list[tuple[dt.date, Unit]] = []
    for page in renderer.pages():
        unit = _one(page.path, page.make)._replace(has_charts=page.has_charts)
        if page.date:
            dated.append((page.date, unit))
        else:
            yield unit
    titles = range(1, pages_of_titles(len(digest.entries)) + 1)
    paths = (markdown_path(page_address("titles/", number)) for number in titles)
    yield Unit(tuple(paths), renderer.titles)
    for document in api.documents(digest):
        yield _one(document.path, document.make)
    yield _one(citation.BIBLIOGRAPHY, partial(citation.bibliography, digest))
    yield from _ready(atlas_files(digest.atlas))
    yield from (_one(path, make) for path, make in feeds(digest).items())
    yield from _left(renderer, digest)
    for entry in digest.entries:
        beside = (*citation.paths(entry.slug), api.path_of(entry.slug))
        whole = partial(_paper, renderer, digest, entry)
        dated.append((entry.date, Unit((markdown_path(entry.address), *beside), whole)))
    dated.sort(key=itemgetter(0), reverse=True)
    yield from (unit for _, unit in dated)


def by_path(made: Iterable[Unit]) -> Mapping[str, Unit]:
    """The unit that makes a file, by the file's path.

    Raises:
        DigestError: If two units make one file.
    """
    found: dict[str, Unit] = {}
    for unit in made:
        for path in unit.paths:
            if found.setdefault(path, unit) is not unit:
                raise DigestError(f"{path}: made twice; rename one of the two")
    return found


def texts(unit: Unit) -> Iterator[tuple[str, bytes]]:
    """The files of a unit: their paths, and what they hold.

    Raises:
        DigestError: If a template is at fault.
    """
    for path, made in zip(unit.paths, unit.make(), strict=True):
        yield path, made.encode() if isinstance(made, str) else made


def write_units(folder: Folder, made: Sequence[Unit], apart: Iterable[str] = ()) -> Written:
    """Make ``build/docs`` hold the files of all units, and nothing else.

    Args:
        folder: The digest.
        made: What there is to make.
        apart: Folders of ``build/docs`` that are left alone, with a slash behind their names.

    Raises:
        DigestError: If a template is at fault, or something cannot be written: of several
            mistakes that of the first unit. Other files may have been written then.
    """
    wanted = by_path(made)
    removed = clear(folder.docs, wanted.keys(), apart)
    charts = [at for at, unit in enumerate(made) if unit.has_charts]
    others = [at for at, unit in enumerate(made) if not unit.has_charts]
    with aside(partial(_write, folder, made, charts)) as drawing:
        done = shared_out(partial(_write, folder, made), others, _LEAST)
        done.append(drawing.result())
    written = sum(each.written for each in done)
    if failed := [each.failed for each in done if each.failed is not None]:
        # It fails again, here, where that can be told; unless it was a matter of the moment.
        written += sum(_written(folder, unit) for unit in made[min(failed) :])
    return Written(written, len(wanted) - written, removed)


def _write(folder: Folder, made: Sequence[Unit], part: Sequence[int]) -> _Done:
    """Make and write some units, up to the first that fails."""
    written = 0
    for at in part:
        try:
            written += _written(folder, made[at])
        except Exception:  # noqa: BLE001 - raised where all results come together
            return _Done(written, at)
    return _Done(written)


def _written(folder: Folder, unit: Unit) -> int:
    return sum(write(folder.docs, path, data) for path, data in texts(unit))


def _of_folder(folder: Folder, digest: Digest) -> Iterator[Unit]:
    """Hand-written pages, and pictures, which are kept for the next build."""
    for path in content.hand_written(folder):
        name = path.relative_to(folder.pages).as_posix()
        yield _one(name, partial(yamlio.text_of, path, folder.name(path)))
    for address, draw in pictures(cards(digest), folder):
        yield _one(address, draw)


def _one(path: str, make: Callable[[], str | bytes]) -> Unit:
    return Unit((path,), lambda: (make(),))


def _ready(files: Iterable[tuple[str, str | bytes]]) -> Iterator[Unit]:
    for path, made in files:
        yield Unit((path,), partial(tuple, [made]))


def _paper(renderer: Renderer, digest: Digest, entry: Entry) -> Iterator[str]:
    """A paper's page, the files in which it is cited, and its document."""
    cited = citation.forms(record_of(digest, entry))
    yield renderer.paper(entry, cited)
    yield from citation.texts(cited)
    yield api.paper(digest, entry)


def _left(renderer: Renderer, digest: Digest) -> Iterator[Unit]:
    """What stands at addresses that papers, topics and pages had before."""
    for old in digest.redirects:
        paths = (f"papers/{old}/index.html", *citation.paths(old), api.path_of(old))
        yield Unit(paths, partial(_left_by_paper, renderer, digest, old))
    pages = {topic.ref.id: len(topic.pages) for topic in digest.topics}
    for old, ref in digest.topics_moved.items():
        for number in range(1, pages[ref.id] + 1):
            address = page_address(f"topics/{old}/", number)
            target = page_address(ref.address, number)
            yield _leading(renderer, address, "topic", target, ref.title)
    for old, target in digest.pages_moved.items():
        yield _leading(renderer, old, "page", target, digest.site.name)


def _left_by_paper(renderer: Renderer, digest: Digest, old: str) -> Iterator[str]:
    entry = digest.by_slug[digest.redirects[old]]
    yield renderer.redirect(f"papers/{old}/", "paper", entry.address, entry.title)
    yield from citation.texts(citation.forms(record_of(digest, entry)))
    yield api.moved_paper(digest, old)


def _leading(renderer: Renderer, address: str, kind: str, target: str, title: str) -> Unit:
    make = partial(renderer.redirect, address, kind, target, title)
    return _one(f"{address}index.html", make)
