"""Files that say what output looked like when somebody last looked at it and found it right.

``make golden`` writes them anew; ``git diff`` then shows what a change of the code changes.
"""

from __future__ import annotations

import os
from pathlib import Path

GOLDEN = Path(__file__).parent / "golden"


def check(name: str, text: str) -> None:
    """Compare ``text``, byte for byte, with the golden file ``name``."""
    path = GOLDEN / name
    if os.environ.get("DIGEST_WRITE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    assert path.is_file(), f"{path} is not there; `make golden` writes it"
    assert text == path.read_bytes().decode(), f"{path} differs; if that is meant: `make golden`"


def names(folder: str) -> set[str]:
    """The golden files in a folder."""
    root = GOLDEN / folder
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
