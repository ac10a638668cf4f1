"""What comes with the generator beside its code: templates, theme, beginnings of a new digest.

In a checkout (and in an editable installation, which is one) these files lie where people edit
them, around the package. A wheel carries them inside the package, below the same names
(``hatch_build.py``). So one folder stands for both, and a file is found in it by its path in the
checkout.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent
_CARRIED = _PACKAGE / "_shipped"

#: The checkout, or the part of it that the installed package carries.
ROOT = _CARRIED if _CARRIED.is_dir() else _PACKAGE.parent

#: Templates of pages; ``overrides/`` below it dresses the theme.
TEMPLATES = ROOT / "templates"


def checkout() -> Path | None:
    """The checkout of which the running generator is a part, if it is part of one."""
    return ROOT if (ROOT / "pyproject.toml").is_file() else None


def text(name: str) -> str:
    """A file that comes with the generator, by its path in the checkout."""
    return (ROOT / name).read_text(encoding="utf-8")
