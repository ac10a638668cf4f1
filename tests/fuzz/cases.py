"""Cases and the folder in which those that broke something are kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

#: Texts by name; a target has a harmless default for each that is not there.
Case = Mapping[str, str]

CORPUS = Path(__file__).parent / "corpus"


def written(case: Case) -> str:
    """A case as JSON in ASCII: whatever is in it survives editors, Git and every file system."""
    return json.dumps(dict(case), indent=1, sort_keys=True) + "\n"


def load(path: Path) -> Case:
    """The case in a file.

    Raises:
        ValueError: If it is none.
    """
    case = json.loads(path.read_text(encoding="ascii"))
    if not isinstance(case, dict) or not all(isinstance(text, str) for text in case.values()):
        raise ValueError(f"{path}: is not an object of texts; mend or remove it")
    return case


def save(case: Case, folder: Path) -> Path:
    """Put a case into a folder; its name follows from what it holds, so that it is there once."""
    text = written(case)
    path = folder / f"found-{hashlib.sha256(text.encode()).hexdigest()[:12]}.json"
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="ascii", newline="\n")
    return path


def corpus(target: str, folder: Path = CORPUS) -> Iterator[Path]:
    """The files of a target's cases, in order."""
    yield from sorted((folder / target).glob("*.json"))
