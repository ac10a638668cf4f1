"""What comes with the generator beside its code: templates, theme, beginnings of a new digest.

In a checkout (and in an editable installation, which is one) these files lie where people edit
them, around the package. A wheel carries them inside the package, below the same names
(``hatch_build.py``). So one folder stands for both, and a file is found in it by its path in the
checkout.
"""

from __future__ import annotations

import hashlib
from functools import cache
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


@cache
def code() -> str:
    """A hash of the generator's code: what another one made need not be what this one makes."""
    told = hashlib.sha256()
    for path in sorted(_PACKAGE.rglob("*.py")):
        data = path.read_bytes()
        told.update(f"{path.relative_to(_PACKAGE).as_posix()} {len(data)}\n".encode() + data)
    return told.hexdigest()


def text(name: str) -> str:
    """A file that comes with the generator, by its path in the checkout."""
    return (ROOT / name).read_text(encoding="utf-8")
