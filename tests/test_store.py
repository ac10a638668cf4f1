from __future__ import annotations

import dataclasses
import datetime as dt
import os
import tempfile
from pathlib import Path

import pytest

from generator import library, records, store
from generator.errors import DigestError
from generator.folder import Folder
from generator.ingest import Plan, plan
from generator.intake import LedgerEntry
from generator.library import Library
from generator.model import Paper
from generator.store import paper_path, write_plan, write_whole
from tests.builders import appearance, paper
from tests.test_ingest import ONE, THREE, TWO, changed, files, listing


class Killed(BaseException):
    """Stands for a process that is killed."""


def put(folder: Folder, *papers: Paper) -> None:
    for each in papers:
        write_whole(paper_path(each, folder), records.paper_text(each))


def test_a_record_lies_in_the_year_of_its_first_appearance(folder: Folder) -> None:
    seen = (appearance("2026-01-01"), appearance("2024-12-31"))
    path = paper_path(paper("x", appearances=seen), folder)
    assert path == folder.papers / "2024" / "x.yml"


def test_a_plan_is_written_and_read_again(folder: Folder) -> None:
    made = plan(Library(), [listing(ONE, TWO), listing(TWO, THREE, file="b.txt")])
    write_plan(made, Library(), folder)
    found = library.load(folder)
    assert dict(found.papers) == dict(sorted(made.papers.items()))
    assert sorted(found.ledger.values(), key=lambda entry: entry.file) == list(made.ledger)


def test_a_record_moves_when_an_earlier_appearance_arrives(folder: Folder) -> None:
    write_plan(plan(Library(), [listing(ONE, date="2026-01-01")]), Library(), folder)
    old = folder.papers / "2026" / "on-teapots.yml"
    old.write_text("# kept\n" + old.read_text() + "curation: {pick: yes}\n")
    before = library.load(folder)
    write_plan(plan(before, [listing(ONE, TWO, date="2025-06-01")]), before, folder)
    assert not old.exists()
    new = folder.papers / "2025" / "on-teapots.yml"
    assert new.read_text().startswith("# kept\ntitle: On Teapots\n")
    assert new.read_text().endswith("curation: {pick: yes}\n")
    assert library.load(folder).papers["on-teapots"].date == dt.date(2025, 6, 1)


def test_a_record_that_is_not_changed_is_not_written(folder: Folder) -> None:
    put(folder, paper("untouched"))
    before = library.load(folder)
    path = folder.papers / "2026" / "untouched.yml"
    path.chmod(0o444)
    stamp = path.stat().st_mtime_ns
    write_plan(plan(before, [listing(ONE)]), before, folder)
    assert path.stat().st_mtime_ns == stamp


def test_a_file_is_replaced_whole(folder: Folder) -> None:
    path = folder.content / "deep" / "er" / "x.yml"
    write_whole(path, "one\n")
    write_whole(path, "zwei ü 🐳\r\n")
    assert path.read_bytes() == "zwei ü 🐳\r\n".encode()
    assert [each.name for each in path.parent.iterdir()] == ["x.yml"]


def test_files_may_be_read_by_others_as_the_system_says(folder: Folder) -> None:
    before = os.umask(0o027)
    try:
        write_whole(folder.content / "x.yml", "x")
    finally:
        os.umask(before)
    assert (folder.content / "x.yml").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    "error", [Killed, KeyboardInterrupt, OSError(28, "No space left on device")]
)
def test_what_fails_before_the_end_leaves_the_old_file(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, error: BaseException | type[BaseException]
) -> None:
    path = folder.content / "x.yml"
    write_whole(path, "old")

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises((Killed, KeyboardInterrupt, DigestError)):
        write_whole(path, "new")
    assert path.read_text() == "old"
    assert not list(folder.content.glob(".*"))


def test_a_text_that_cannot_be_written_leaves_the_old_file(folder: Folder) -> None:
    path = folder.content / "x.yml"
    write_whole(path, "old")
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "half\ud800")
    assert path.read_text() == "old"
    assert not list(folder.content.glob(".*"))


def test_a_full_or_locked_disk_is_told(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "mkstemp", fail)
    with pytest.raises(DigestError) as caught:
        write_whole(folder.content / "x.yml", "x")
    assert str(caught.value) == (
        f"{folder.content / 'x.yml'}: cannot be written: Permission denied; check the disk"
    )


def test_a_file_where_a_folder_should_be_is_told(folder: Folder) -> None:
    (folder.papers / "2026").write_text("a file")
    with pytest.raises(DigestError, match="cannot be written: File exists; check the disk"):
        write_plan(plan(Library(), [listing(ONE)]), Library(), folder)


def test_a_record_that_cannot_be_moved_is_told(folder: Folder) -> None:
    put(folder, paper("on-teapots", source_title=ONE[0], source_abstract=ONE[1]))
    (folder.papers / "2020").write_text("a file")
    before = library.load(folder)
    unchanged = files(folder)
    with pytest.raises(DigestError, match="cannot be written"):
        write_plan(plan(before, [listing(ONE, date="2020-01-01")]), before, folder)
    assert files(folder) == unchanged


def test_the_ledger_is_written_last(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    monkeypatch.setattr(store, "write_whole", lambda path, _: written.append(path.parent.name))
    write_plan(plan(Library(), [listing(ONE, TWO)]), Library(), folder)
    assert written == ["2026", "2026", "ledger"]


def test_an_ingestion_may_be_killed_at_any_moment(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each step on the disk is the last of a run; the library is whole and a new run ends it."""
    first = plan(Library(), [listing(ONE, TWO, date="2026-01-01")])
    second = [
        listing((ONE[0], changed(ONE[1], 1)), THREE, date="2025-03-03", file="b.txt"),
        listing((TWO[0], changed(TWO[1], 2)), date="2027-03-03", file="c.txt"),
    ]
    write_plan(first, Library(), folder)
    original = files(folder)
    before = library.load(folder)
    write_plan(plan(before, second), before, folder)
    expected = files(folder)
    steps, rename, replace = 0, Path.rename, Path.replace

    def restore() -> None:
        for name in files(folder):
            (folder.content / name).unlink()
        for name, data in original.items():
            (folder.content / name).parent.mkdir(parents=True, exist_ok=True)
            (folder.content / name).write_bytes(data)

    for last in range(100):
        restore()
        steps = 0

        def step(made: object, path: Path, target: Path, last: int = last) -> object:
            nonlocal steps
            if steps == last:
                raise Killed
            steps += 1
            return made(path, target)  # type: ignore[operator]

        monkeypatch.setattr(Path, "rename", lambda p, t: step(rename, p, t))
        monkeypatch.setattr(Path, "replace", lambda p, t: step(replace, p, t))
        before = library.load(folder)
        try:
            write_plan(plan(before, second), before, folder)
        except Killed:
            monkeypatch.undo()
            after = library.load(folder)  # nothing is broken
            assert set(before.papers) <= set(after.papers)
            write_plan(plan(after, second), after, folder)
            assert files(folder) == expected
        else:
            break
    monkeypatch.undo()
    assert steps == last == 6
    assert files(folder) == expected


def test_an_empty_plan_writes_nothing(folder: Folder) -> None:
    unchanged = files(folder)
    write_plan(Plan({}, (), ()), Library(), folder)
    assert files(folder) == unchanged


def test_a_ledger_s_entry_lies_in_the_ledger(folder: Folder) -> None:
    made = plan(Library(), [listing(ONE)])
    write_plan(dataclasses.replace(made, papers={}), Library(), folder)
    (path,) = folder.ledger.iterdir()
    assert path.name.startswith("2026-01-01-hf-daily-papers-")
    assert isinstance(made.ledger[0], LedgerEntry)
