"""Where a digest's generator comes from: a wheel, a checkout, or a commit in a Git repository.

The digest says it in one line of ``generator.txt``, which pip reads ("Requirements File Format").
A wheel is copied into the digest and named with its hash, so that the digest is whole and nothing
can take the wheel's place. Commits have no hash that pip knows; a revision must be named all the
same, or every machine would install another generator.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shlex
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from generator import __version__, shipped
from generator.errors import UsageError

#: The project's name on wheels and in its metadata.
PROJECT = "paper-digest"
#: Where the line stands, and where a wheel lies, below the digest.
GENERATOR_TXT = "generator.txt"
VENDOR = "vendor"

_WHEEL = re.compile(r"paper_digest-(?P<version>[A-Za-z0-9_.!+]+)-py3-none-any\.whl", re.ASCII)
#: pip puts the value of a variable in the place of `${NAME}`, so a `$` could send a secret to the
#: host; a host that begins with a hyphen would be an option of ssh.
_GIT = re.compile(
    r"git\+(?P<scheme>https|ssh|file)://(?:(?P<who>[^\s@/#?$]*)@)?(?!-)[^\s@/#?$]*/[^\s@#?$]+"
    r"@[A-Za-z0-9][A-Za-z0-9._/+-]*",
    re.ASCII,
)
_VERSION = re.compile(r'^__version__ = "([^"]+)"', re.MULTILINE)

_WAYS = (
    "write --generator with the path of a wheel, the path of a checkout, or an address such as "
    "git+https://example.org/paper-digest.git@v0.1.0"
)
_HEAD = """\
# Where the generator comes from. `digest upgrade --generator WHERE` writes another place here, and
# `make upgrade` installs it.
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a generator comes from.

    ``files`` is what of it the digest itself holds; ``remark`` is what an editor should know.
    """

    line: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    remark: str = ""

    @property
    def all_files(self) -> dict[str, bytes]:
        """The files of the digest that say and hold it."""
        return {GENERATOR_TXT: f"{_HEAD}{self.line}\n".encode(), **self.files}


def place(where: str, root: Path) -> Place:
    """What a user named.

    Args:
        where: As the user wrote it; a path is one from the current folder.
        root: The digest's folder, as it will be.

    Raises:
        UsageError: If it is none of the three, or cannot be read.
    """
    if where.startswith("git+"):
        return _git(where)
    path = Path(where)
    try:
        if path.is_dir():
            return _checkout(path, root)
        if path.is_file():
            return _wheel(path)
    except (OSError, UnicodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise UsageError(f"--generator {where!r}: cannot be read: {reason}; {_WAYS}") from None
    except ValueError:  # a character that no path has
        pass
    raise UsageError(f"--generator {where!r}: there is no such file or folder; {_WAYS}")


def _git(where: str) -> Place:
    found = _GIT.fullmatch(where)
    if not found:
        raise UsageError(
            f"--generator {where!r}: is no address of a revision; write it as "
            "git+https://example.org/paper-digest.git@v0.1.0, with a tag or a commit after the @"
        )
    who = found["who"]
    if who is not None and (":" in who or found["scheme"] == "https"):
        raise UsageError(
            "--generator: the address holds a name or a password, which everybody could read in "
            f"{GENERATOR_TXT}; leave it out, and let Git ask for it"
        )
    return Place(where)


def _wheel(path: Path) -> Place:
    version = version_of(path.name)
    if version is None:
        raise UsageError(
            f"--generator {str(path)!r}: is no wheel of {PROJECT} "
            f"(paper_digest-{__version__}-py3-none-any.whl, say); {_WAYS}"
        )
    data = path.read_bytes()
    if not _is_whole(path):
        raise UsageError(
            f"--generator {str(path)!r}: is no wheel that carries templates; build one with "
            "`python -m hatchling build -t wheel` in a checkout"
        )
    name = f"{VENDOR}/{path.name}"
    line = f"./{name} --hash=sha256:{hashlib.sha256(data).hexdigest()}"
    return Place(line, {name: data}, _other_version(version))


def version_of(name: str) -> str | None:
    """Which generator a wheel holds, by its name; ``None`` if it is the name of nothing of ours."""
    found = _WHEEL.fullmatch(name.rpartition("/")[2])
    return found["version"] if found else None


def _is_whole(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return "generator/_shipped/mkdocs.yml" in archive.namelist()
    except zipfile.BadZipFile:
        return False


def _checkout(path: Path, root: Path) -> Place:
    project, package = path / "pyproject.toml", path / "generator" / "__init__.py"
    if not package.is_file() or f'name = "{PROJECT}"' not in project.read_text(encoding="utf-8"):
        raise UsageError(f"--generator {str(path)!r}: is no checkout of {PROJECT}; {_WAYS}")
    full = path.resolve()
    # Told as it was written: a relative path holds wherever the two are moved to together.
    said = str(full) if path.is_absolute() else Path(os.path.relpath(full, root)).as_posix()
    if not said.isprintable() or " #" in said or "${" in said:
        raise UsageError(f"--generator {said!r}: pip cannot read that path; move the checkout")
    version = _VERSION.search(package.read_text(encoding="utf-8"))
    remark = "a path is of this machine: before others build the digest, name a wheel or an address"
    other = _other_version(version[1] if version else "")
    return Place(f"--editable {shlex.quote(said)}", remark="\n".join(filter(None, (remark, other))))


def _other_version(version: str) -> str:
    if version == __version__:
        return ""
    return (
        f"that generator is {version or 'of another version'}, and this one {__version__}: "
        "run `make upgrade` in the digest"
    )


def installed() -> str:
    """Where the generator that is running came from, as ``--generator`` takes it.

    pip keeps it with what it installs (PEP 610); a checkout is where it lies.

    Raises:
        UsageError: If nothing says it, or it is there no more.
    """
    if own := shipped.checkout():
        return str(own)
    try:
        found = metadata.distribution(PROJECT)
        said = json.loads(found.read_text("direct_url.json") or "{}")
    except (metadata.PackageNotFoundError, ValueError):
        raise UsageError(f"where this generator came from is not known; {_WAYS}") from None
    if Path(str(found.locate_file("generator"))).resolve() != Path(__file__).parents[1]:
        raise UsageError(f"another generator is installed than the one that runs; {_WAYS}")
    return _told(said)


def _told(said: dict[str, Any]) -> str:
    """The place in the words of PEP 610's ``direct_url.json``."""
    url = str(said.get("url", ""))
    if commit := said.get("vcs_info", {}).get("commit_id"):
        return f"git+{url}@{commit}"
    path = unquote(urlsplit(url).path)
    if not url.startswith("file:") or not path.endswith(".whl"):
        raise UsageError(f"this generator came from {url or 'a package index'}; {_WAYS}")
    known = said.get("archive_info", {}).get("hashes", {}).get("sha256")
    if not Path(path).is_file():
        raise UsageError(f"this generator came from {path}, which is gone; {_WAYS}")
    if known and hashlib.sha256(Path(path).read_bytes()).hexdigest() != known:
        raise UsageError(f"{path} is no longer what this generator came from; {_WAYS}")
    return path
