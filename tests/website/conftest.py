"""A digest of which the Markdown is written, and the site is not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.build import generate
from generator.dressing import dressed
from generator.folder import Folder
from tests.builders import write_whole
from tests.conftest import ROOT, TOPICS_YML
from tests.markup.test_escape import HOSTILE

ENVIRONMENT = {"SOURCE_DATE_EPOCH": "1700000000", "NO_MKDOCS_2_WARNING": "1"}


def record(folder: Folder, slug: str, title: str, abstract: str = "We search.") -> None:
    write_whole(
        folder.papers / "2026" / f"{slug}.yml",
        f"title: {title!r}\nabstract: {abstract!r}\n"
        "appearances:\n- {source: daily, date: 2026-03-11, file: a.txt}\n",
    )


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some papers, hostile text, hand-written pages; the Markdown is written, the site is not."""
    folder = Folder(tmp_path_factory.mktemp("pattern"))
    shutil.copy(ROOT / "mkdocs.yml", folder.root)
    (folder.root / "templates").symlink_to(ROOT / "templates", target_is_directory=True)
    write_whole(folder.topics_yml, TOPICS_YML)
    shutil.copytree(ROOT / "content" / "pages", folder.pages)
    for number in range(12):
        record(folder, f"paper-{number}", f"Paper {number} on $x_{number}$", "We search for it.")
    for number, text in enumerate(HOSTILE):
        shown = "".join(each for each in text if each.isprintable()).replace("'", "’")
        record(folder, f"hostile-{number}", f"Odd {shown}", f"Odd {shown}")
    write_whole(folder.pages / "more.md", MORE)
    generate(folder)
    dressed(folder)
    return folder.root


@pytest.fixture
def site(pattern: Path, tmp_path: Path) -> Folder:
    """The same for each test, which may change it."""
    return Folder(shutil.copytree(pattern, tmp_path / "digest", symlinks=True))


MORE = """\
# More

Words with a [link](about.md), [another](about.md#an-error), [one here](#here), a note[^1].

## Here

| a | b |
|---|--:|
| 1 | 2 |

!!! note
    Here is a box.

<div class="x">
<p>HTML</p>
</div>

[^1]: The note.
"""


def plain(folder: Folder) -> dict[str, bytes]:
    """What MkDocs itself makes."""
    program = str(Path(sys.executable).parent / "mkdocs")
    command = [program, "build", "--strict", "--quiet", "-f", "mkdocs.yml", "-d", "plain"]
    subprocess.run(command, cwd=folder.root, check=True, env={**os.environ, **ENVIRONMENT})
    return files(folder.root / "plain")


def files(root: Path) -> dict[str, bytes]:
    """All files of a folder, by their paths in it."""
    found = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}
