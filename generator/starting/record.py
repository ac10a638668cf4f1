"""What the generator gave a digest, by hashes, so that what a person changed can be told."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from generator import __version__
from generator.errors import ContentError, DigestError
from generator.folder import Folder

#: Where it stands in a digest.
RECORD = ".generator.json"
_SAYS = "What `digest new` and `digest upgrade` wrote here; it is how changes of yours are told."
#: A person's own, whatever the record says, and however a file system reads it.
_OWN = frozenset({"content", "schemas", "templates", "mkdocs.yml", "readme.md", ".git", RECORD})


def digest_of(data: bytes) -> str:
    """A file's hash; line ends do not count, for Git may change them."""
    return hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()


def record(hashes: Mapping[str, str]) -> bytes:
    """The file of the record."""
    said = {"about": _SAYS, "generator": __version__, "files": dict(sorted(hashes.items()))}
    return (json.dumps(said, indent=2) + "\n").encode()


def read_record(folder: Folder) -> dict[str, str]:
    """The hashes of what was given, by path.

    Raises:
        DigestError: If the folder has no record, or one that says something else.
    """
    try:
        said = json.loads((folder.root / RECORD).read_text(encoding="utf-8"))
        files = said["files"]
        hashes = {str(path): str(files[path]) for path in files}
    except FileNotFoundError:
        raise DigestError(
            f"{folder.root}: was not made by `digest new` ({RECORD} is not there); "
            "make a digest with it, and put your content/, templates/ and mkdocs.yml into it"
        ) from None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        raise ContentError(RECORD, "cannot be read", "take it back from Git") from None
    if odd := [path for path in hashes if not _is_given(path)]:
        raise ContentError(RECORD, f"{odd[0]!r} is nothing that is given", "take it back from Git")
    return hashes


def _is_given(path: str) -> bool:
    parts = PurePosixPath(path).parts
    inside = bool(parts) and not path.startswith("/") and ".." not in parts
    return (
        inside
        and not Path(path).is_absolute()
        and parts[0].casefold() not in _OWN
        and "\0" not in path
    )
