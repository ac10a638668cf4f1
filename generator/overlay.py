"""Templates and theme: those of the generator, and over them, file by file, the digest's own.

The one place that knows of both. A digest needs none of its own. One that wants another foot of the
page writes ``templates/overrides/partials/footer.html``, and goes on getting the rest from the
generator that it installs. Where the digest's ``templates/`` *is* the generator's, as in the
checkout of the project, they are looked into once.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator import shipped
from generator.folder import Folder
from generator.write import Written, write_tree

#: Below ``templates/``: what dresses the theme (MkDocs' ``custom_dir``), and its fonts.
THEME = "overrides"
FONTS = f"{THEME}/assets/fonts"


@dataclass(frozen=True, slots=True)
class Overlay:
    """Folders of which the first that has a file is the one whose file counts."""

    places: tuple[Path, ...]

    def find(self, name: str) -> Path:
        """Where a file is, by its path below ``templates/``; or where it should be."""
        found = (place / name for place in self.places)
        return next((path for path in found if path.is_file()), self.places[-1] / name)

    def files(self, below: str) -> dict[str, Path]:
        """All files of a folder below ``templates/``, by their paths in it, in order.

        What begins with a dot is left out: it belongs to editors and systems.
        """
        found: dict[str, Path] = {}
        for place in reversed(self.places):
            root = place / below
            paths = sorted(path for path in root.rglob("*") if path.is_file())
            for path in paths:
                parts = path.relative_to(root).parts
                if not any(part.startswith(".") for part in parts):
                    found["/".join(parts)] = path
        return dict(sorted(found.items()))


def overlay(folder: Folder) -> Overlay:
    """The templates of a digest."""
    own, given = folder.templates, shipped.TEMPLATES
    if not own.is_dir() or own.resolve() == given.resolve():
        return Overlay((given,))
    return Overlay((own, given))


def compose_theme(folder: Folder) -> Written:
    """Lay the digest's dress of the theme over the generator's, in ``build/theme``.

    MkDocs and its successors know one ``custom_dir``, so there is one.

    Raises:
        DigestError: If it cannot be written.
    """
    files = overlay(folder).files(THEME)
    return write_tree(folder.theme, {name: path.read_bytes() for name, path in files.items()})
