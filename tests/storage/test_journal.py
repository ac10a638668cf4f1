from __future__ import annotations

import errno
import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from generator.errors import DigestError
from generator.folder import Folder
from generator.storage import journal
from tests.builders import page, prose
from tests.conftest import ROOT

FEED = """<?xml version="1.0"?>
<rss version="2.0" xmlns:arxiv="http://arxiv.org/schemas/atom"><channel>
<title>cs.CL updates on arXiv.org</title><link>http://rss.arxiv.org/rss/cs.CL</link>
<pubDate>Wed, 04 Mar 2026 00:00:00 -0400</pubDate>{}</channel></rss>
"""
ITEM = """<item><title>{}</title><link>https://arxiv.org/abs/2603.{:05}</link>
<description>arXiv:2603.{:05}v1 Announce Type: new
Abstract: {}</description><arxiv:announce_type>new</arxiv:announce_type></item>"""


def feed(*titles: str) -> str:
    """Announcements of arXiv's: a raw source."""
    return FEED.format("".join(_item(title) for title in titles))


def _item(title: str) -> str:
    number = sum(map(ord, title))
    return ITEM.format(title, number, number, prose(title))


def texts(folder: Folder) -> dict[str, str]:
    return {
        path.relative_to(folder.content).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.content.rglob("*")
        if path.is_file()
    }


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that can fork")
def test_a_run_that_is_killed_at_any_write_happened_or_did_not(
    folder: Folder, tmp_path: Path
) -> None:
    """Papers that are new, changed and moved to another year, candidates, and the ledger."""
    paths = {name: tmp_path / name for name in ("first.txt", "feed.xml", "second.txt")}
    old, new = ("On Teapots", prose("teapots")), ("On Pans", prose("pans"))
    chosen = ("On Kettles", prose("On Kettles"))
    paths["first.txt"].write_text(page(old, ("On Cups", prose("cups"))), encoding="utf-8")
    paths["feed.xml"].write_text(feed("On Kettles", "On Lids"), encoding="utf-8")
    paths["second.txt"].write_text(page(old, new, chosen), encoding="utf-8")
    call = [sys.executable, "-m", "generator", "-C", str(folder.root), "ingest"]
    first = [*call, "--date", "2026-03-03", str(paths["first.txt"]), str(paths["feed.xml"])]
    subprocess.run(first, cwd=ROOT, check=True, capture_output=True)
    assert (folder.candidates / "2026-03-03.jsonl").read_text(encoding="utf-8").count("\n") == 2

    listings = ["--date", "2025-12-31", str(paths["second.txt"])]
    killed = subprocess.run(
        [sys.executable, "-m", "tests.killed", str(folder.root), *listings],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    found = json.loads(killed.stdout)
    kinds = [kind for kind, _ in found]
    assert kinds[-1] == "through"
    happened = kinds.index("after")
    assert set(kinds[:happened]) == {"before"}
    assert set(kinds[happened:-1]) == {"after"}
    assert all(again for _, again in found)
    # The journal twice over, five files, a removal, their renaming: enough to be sure that the
    # killer watches what it should.
    assert len(kinds) > 20
    assert kinds.count("after") > 5


def test_files_are_written_and_removed(folder: Folder) -> None:
    one, two = folder.content / "deep" / "er" / "one.yml", folder.content / "two.yml"
    journal.commit({one: "eins ü 🐳\n", two: "zwei"}, folder)
    journal.commit({two: None}, folder)
    journal.commit({}, folder)
    assert one.read_bytes() == "eins ü 🐳\n".encode()
    assert [each.name for each in one.parent.iterdir()] == ["one.yml"]
    assert not two.exists()
    assert not list(folder.content.glob(".*"))


def test_files_may_be_read_by_others_as_the_system_says(folder: Folder) -> None:
    before = os.umask(0o027)
    try:
        journal.commit({folder.content / "x.yml": "x"}, folder)
    finally:
        os.umask(before)
    assert (folder.content / "x.yml").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    "error, told",
    [
        (OSError(errno.ENOSPC, "No space left on device"), "make room on the disk"),
        (OSError(errno.EROFS, "Read-only file system"), "the disk can only be read"),
        (OSError(errno.EACCES, "Permission denied"), "make the folder writable for you"),
        (OSError(errno.EIO, "Input/output error"), "check the disk"),
    ],
)
@pytest.mark.parametrize("moment", range(3))
def test_what_the_system_refuses_is_told_and_changes_nothing(
    folder: Folder,
    monkeypatch: pytest.MonkeyPatch,
    error: OSError,
    told: str,
    moment: int,
) -> None:
    unchanged = texts(folder)
    opened, left = Path.open, moment

    def refuse(path: Path, mode: str = "r", **kw: object) -> object:
        nonlocal left
        if "w" in mode:
            left -= 1
            if left < 0:
                raise OSError(error.errno, error.strerror, str(path))
        return opened(path, mode, **kw)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(DigestError) as caught, journal.alone(folder):
        journal.commit({folder.papers / "a.yml": "a", folder.papers / "b.yml": "b"}, folder)
    assert f"cannot be written: {error.strerror}; {told}" in str(caught.value)
    assert str(caught.value).endswith("; nothing has changed")
    monkeypatch.undo()
    assert texts(folder) == unchanged


def test_a_limit_of_the_system_is_told(folder: Folder) -> None:
    """No pretence: the kernel itself refuses, as it does when a disk is full."""
    code = (
        "import pathlib, resource, signal; from generator.storage import journal\n"
        "from generator.folder import Folder; from generator.errors import DigestError\n"
        f"folder = Folder(pathlib.Path({str(folder.root)!r}))\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try: journal.commit({folder.content / 'x.yml': 'x' * 9000}, folder)\n"
        "except DigestError as error: print(error)\n"
    )
    assert resource.RLIMIT_FSIZE is not None
    unchanged = texts(folder)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert "cannot be written: File too large; the system limits the size" in done.stdout
    assert texts(folder) == unchanged


def test_a_text_that_is_none_changes_nothing(folder: Folder) -> None:
    path = folder.content / "x.yml"
    journal.commit({path: "old"}, folder)
    unchanged = texts(folder)
    with pytest.raises(UnicodeEncodeError):
        journal.commit({path: "half\ud800", folder.content / "y.yml": "y"}, folder)
    assert texts(folder) == unchanged


@pytest.mark.parametrize(
    "text",
    [
        *("{", "[1, 2]", '"x"', "null", "7", '{"content/x.yml": 1}', '{"content/x.yml": null}'),
        *('{"/tmp/x": true}', '{"../x": true}', '{"content/../../x": true}', '{"content": true}'),
        *('{"mkdocs.yml": true}', '{"content/\\u0000": true}', '{"contents/x": true}'),
    ],
)
def test_a_journal_that_is_damaged_or_not_ours_is_told(folder: Folder, text: str) -> None:
    """It may have come with somebody's files: it can change nothing outside the library."""
    folder.journal.write_text(text, encoding="utf-8")
    with pytest.raises(DigestError, match="is damaged; bring content/ back as Git has it"):
        journal.recover(folder)
    assert folder.mkdocs_yml.exists()


def test_one_library_has_one_lock_by_whatever_path(folder: Folder, tmp_path: Path) -> None:
    other = Folder(tmp_path / "other")
    other.root.mkdir()
    other.content.symlink_to(folder.content, target_is_directory=True)
    with (
        journal.alone(folder),
        pytest.raises(DigestError, match="another ingestion is at work"),
        journal.alone(other),
    ):
        pass
    with journal.alone(other):
        pass


def test_a_reader_notices_that_a_run_was_written(folder: Folder) -> None:
    before = journal.mark(folder)
    assert journal.mark(folder) == before
    journal.commit({folder.content / "x.yml": "x"}, folder)
    assert journal.mark(folder) != before


def test_what_cannot_be_renamed_now_is_done_by_the_next_command(folder: Folder) -> None:
    path = folder.papers / "x.yml"
    path.mkdir()
    (path / "in-the-way").touch()
    with pytest.raises(DigestError, match="Is a directory; check the disk; the next command does"):
        journal.commit({path: "x"}, folder)
    (path / "in-the-way").unlink()
    path.rmdir()
    journal.recover(folder)
    assert path.read_text(encoding="utf-8") == "x"
    assert not folder.journal.exists()


def test_a_draft_that_was_left_goes_with_what_it_lists(folder: Folder) -> None:
    draft = folder.content / ".journal.tmp"
    draft.write_text('{"content/x.yml": false, "content/never-written.yml": false}')
    (folder.content / ".x.yml.tmp").write_text("x")
    with journal.alone(folder):
        assert not list(folder.content.glob(".*"))
        draft.write_text('{"content/x')
    with journal.alone(folder):
        assert not draft.exists()
