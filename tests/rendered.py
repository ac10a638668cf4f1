"""What is made of a digest, file by file, when a test looks at it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.digest import Digest
from generator.documents import by_path, of_digest
from generator.feeds import feeds as made_feeds
from generator.folder import Folder
from generator.render import Renderer
from tests.conftest import ROOT


def feeds(shown: Digest) -> dict[str, str]:
    """All feeds of a digest, and the pages of their archive."""
    return {path: make() for path, make in made_feeds(shown).items()}


class Rendered(Mapping[str, str]):
    """The files of a digest by their paths; pictures and hand-written pages left out."""

    def __init__(self, shown: Digest, folder: Folder | None = None) -> None:
        made = of_digest(Renderer(folder or Folder(ROOT), shown), shown)
        self._units = by_path(made)

    def __getitem__(self, path: str) -> str:
        unit = self._units[path]
        found = next(text for at, text in zip(unit.paths, unit.make(), strict=False) if at == path)
        assert isinstance(found, str)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._units)

    def __len__(self) -> int:
        return len(self._units)

    def below(self, *starts: str) -> dict[str, str]:
        """Those whose paths begin so."""
        return {path: self[path] for path in self if path.startswith(starts)}

    def pages(self) -> dict[str, str]:
        """All pages."""
        return {path: self[path] for path in self if path.endswith((".md", ".html"))}
