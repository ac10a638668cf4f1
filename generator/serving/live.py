"""The digest as it is now, and any file of its site.

After an edit everything is read and put together anew, in seconds also where papers are many: what
is known of those that did not change is taken from the caches of builds. What takes longer (related
papers, trends, the map, duplicates, the index of the search) is found meanwhile in another process;
until then it stays as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from generator import content
from generator.atlas.charting import as_atlas
from generator.build import environment
from generator.comparing import Compared, compared
from generator.console.wording import count
from generator.digest import Digest, Lookalike
from generator.documents import Unit, by_path, texts, units
from generator.dressing import dressed, theme_folder
from generator.errors import DigestError, SiteError
from generator.folder import Folder
from generator.parallel import Aside, aside
from generator.related.neighbours import as_entries
from generator.search.indexing import PLACE, indexing
from generator.storage.library import Library
from generator.views.assemble import digest_of, with_lookalikes
from generator.website.frame import Unfit
from generator.website.kept import stamp
from generator.website.single import Single

#: Two papers that resemble each other, and how much.
Pair = tuple[str, str, float, float]


@dataclass(frozen=True, slots=True)
class Found:
    """What takes longer, as far as it is known; of papers that may be other ones by now."""

    compared: Compared | None = None
    alike: tuple[Pair, ...] = ()
    index: Mapping[str, bytes] | None = None

    def added_to(self, digest: Digest) -> Digest:
        """A digest with as much of this as is still about its papers."""
        shown = digest.by_slug
        alike = tuple(
            Lookalike(shown[one], shown[two], *scores)
            for one, two, *scores in self.alike
            if one in shown and two in shown
        )
        digest = replace(digest, lookalikes=alike)
        if self.compared is None:
            return digest
        related = {
            slug: tuple(other for other in near if other in shown)
            for slug, near in self.compared.related.items()
            if slug in shown
        }
        digest = replace(digest, related=as_entries(related, shown), trends=self.compared.trends)
        if shown.keys() <= self.compared.chart.places.keys():
            digest = replace(digest, atlas=as_atlas(digest, self.compared.chart))
        return digest


class Live:
    """A site, made of what its folder holds.

    Args:
        folder: The digest.
        warn: Told what is odd, in a line each.
    """

    def __init__(self, folder: Folder, warn: Callable[[str], None]) -> None:
        self._folder, self._warn = folder, warn
        self._found = Found()
        self._digest: Digest | None = None
        self._units: Mapping[str, Unit] = {}
        self._drawn: dict[str, bytes] = {}
        self._site: Single | None = None
        self._dress: object = None
        self._work: Aside | None = None
        self._steps: list[Callable[[Any], Found]] = []

    def refresh(self) -> str:
        """Read everything anew; what there is, in words.

        Raises:
            DigestError: If content or templates are at fault; all stays as it was.
            Unfit: If only MkDocs can make the site.
        """
        if self._work:  # what it looks for is something else by now
            self._work.end()
            self._steps.clear()
        read = content.read(self._folder)
        digest = digest_of(read, kept=self._folder.cache / "topics", with_alike=False)
        self._show(digest)
        self._begin(digest, read.library)
        return count(len(digest.entries), "paper")

    def mount(self) -> str:
        """The path under which the site is published, with a slash at both ends."""
        url = self._digest.site.url if self._digest else ""
        return urlsplit(url).path or "/"

    def file(self, address: str) -> bytes | None:
        """A file of the site; ``None`` if there is none.

        Raises:
            DigestError: If a template is at fault.
        """
        if address.startswith(PLACE):
            return (self._found.index or {}).get(address)
        try:
            return self._site.file(address) if self._site else None
        except (DigestError, Unfit) as error:
            raise SiteError(str(error)) from None
        except Exception as error:
            # MkDocs and its theme raise whatever they like; an editor wants to know where.
            raise SiteError(f"{address}: {type(error).__name__}: {error}") from error

    def waiting(self) -> list[int]:
        """Where it shows that more has been found."""
        return [self._work.fileno()] if self._work and self._steps else []

    def come(self) -> None:
        """Show what has been found meanwhile."""
        if self._work and self._digest:
            self._found = self._steps.pop(0)(self._work.result())
            self._show(self._digest)

    def _show(self, digest: Digest) -> None:
        """Show a digest; if it cannot be shown, all stays as it was."""
        for each in dressed(self._folder):
            self._warn(each)
        before = self._units, self._drawn, self._site, self._dress
        self._drawn = {}
        self._units = by_path(units(self._folder, self._found.added_to(digest)))
        dress = frozenset(self._units), tuple(self._stamps())
        try:
            if dress != self._dress:
                yml, values = self._folder.mkdocs_yml, environment(digest.updated)
                # MkDocs asks for it, though nothing is written there.
                self._folder.docs.mkdir(parents=True, exist_ok=True)
                self._site = Single(yml, self._units, self._document, values, self._warn)
                self._dress = dress
            for address in self._samples(digest):
                self.file(address)
        except BaseException:
            self._units, self._drawn, self._site, self._dress = before
            raise
        self._digest = digest

    def _samples(self, digest: Digest) -> list[str]:
        """Pages that tell whether templates work; the others are made when they are asked for."""
        return ["about/index.html", *(f"{each.address}index.html" for each in digest.entries[:1])]

    def _stamps(self) -> list[object]:
        """What the system says of the configuration, and of what dresses pages."""
        theme = theme_folder(self._folder)
        files = sorted(theme.rglob("*")) if theme else []
        return [(str(path), stamp(str(path))) for path in (self._folder.mkdocs_yml, *files)]

    def _document(self, path: str) -> bytes:
        unit = self._units[path]
        if not unit.has_charts:
            return dict(texts(unit))[path]
        # Whoever draws has threads afterwards, and could not fork at the next edit.
        if path not in self._drawn:
            self._drawn |= aside(lambda: dict(texts(unit))).result()
        return self._drawn[path]

    def _begin(self, digest: Digest, library: Library) -> None:
        """Look for what takes longer."""
        folder = self._folder

        def alike() -> tuple[Pair, ...]:
            return tuple(
                (each.first.slug, each.second.slug, each.title_score, each.abstract_score)
                for each in with_lookalikes(digest, library).lookalikes
            )

        def index() -> Mapping[str, bytes]:
            with indexing(folder, digest) as made:
                return made.files()

        self._work = aside(lambda: compared(digest, folder), alike, index)
        self._steps = [
            lambda found: replace(self._found, compared=found),
            lambda found: replace(self._found, alike=found),
            lambda found: replace(self._found, index=found),
        ]
        if not self._work.is_elsewhere:
            while self._steps:
                self.come()
