"""The topics that a digest gave at a revision: by the rules of then and by the code of then.

Code of two revisions cannot be imported into one process, so the generator of a revision is run in
a process of its own, by this interpreter, on the content of the same revision: it exports its
papers. If it is the generator that is running, nothing needs to be run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import generator
from generator.folder import Folder

#: What of a revision is its code.
CODE = ("generator",)
_HERE = Path(generator.__file__).parent
#: Seconds after which somebody should be told; ten thousand papers take one.
_PATIENCE = 900


@dataclass(frozen=True, slots=True)
class OwnTopics:
    """The topics of public papers by slug, the strongest first, as another generator gave them.

    ``None`` if there is no other one, or if it could not be run: then ``remark`` says why.
    """

    topics: Mapping[str, tuple[str, ...]] | None = None
    remark: str = ""


def own_topics(then: Folder) -> OwnTopics:
    """The topics that the code of a revision gives the papers of that revision.

    Args:
        then: The digest with its code, as :func:`generator.history.revision.at` lays it out.
    """
    package = then.root / CODE[0]
    if not (package / "__main__.py").is_file() or _code(package) == _code(_HERE):
        return OwnTopics()
    try:
        return OwnTopics(_read(_exported(then)))
    except (_ExportError, ValueError, KeyError, TypeError) as error:
        why = str(error).strip().splitlines()
        return OwnTopics(
            None,
            f"its generator does not run here ({why[-1] if why else 'no reason given'}), so its "
            "rules are applied by today's code",
        )


class _ExportError(Exception):
    """A generator of another day did not do what it was asked."""


def _code(package: Path) -> dict[str, bytes]:
    files = sorted(package.rglob("*.py"))
    return {path.relative_to(package).as_posix(): path.read_bytes() for path in files}


def _exported(then: Folder) -> str:
    """What ``digest export`` of a revision says of its papers."""
    command = [sys.executable, "-m", CODE[0], "-C", str(then.root), "export", "--format", "jsonl"]
    try:
        done = subprocess.run(  # noqa: S603 - code of this repository, as somebody committed it
            command,
            cwd=then.root,
            env=_environment(then),
            capture_output=True,
            check=False,
            timeout=_PATIENCE,
        )
    except subprocess.TimeoutExpired:
        raise _ExportError(f"it takes more than {_PATIENCE} seconds") from None
    if done.returncode:
        raise _ExportError(done.stderr.decode(errors="replace"))
    return done.stdout.decode()


def _environment(then: Folder) -> dict[str, str]:
    """In which the code of the revision is what is imported, and not the code that is running."""
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"}
    return {**inherited, "PYTHONPATH": str(then.root), "PYTHONUTF8": "1"}


def _read(exported: str) -> dict[str, tuple[str, ...]]:
    papers = (json.loads(line) for line in exported.split("\n") if line)
    return {str(paper["id"]): tuple(map(str, paper["topics"])) for paper in papers}
