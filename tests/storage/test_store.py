from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from generator.errors import DigestError
from generator.folder import Folder
from generator.ingest.planning import Plan, plan
from generator.intake import LedgerEntry
from generator.model import Paper
from generator.storage import journal, library, records
from generator.storage.library import Library
from generator.storage.store import paper_path, write_plan
from tests.builders import appearance, paper
from tests.ingest.test_planning import ONE, THREE, TWO, files, listing


def put(folder: Folder, *papers: Paper) -> None:
    journal.commit({paper_path(each, folder): records.paper_text(each) for each in papers}, folder)


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
    assert new.read_text().startswith("# kept\n# yaml-language-server: ")
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


def test_an_empty_plan_writes_nothing(folder: Folder) -> None:
    unchanged = files(folder)
    write_plan(Plan({}, (), (), {}), Library(), folder)
    assert files(folder) == unchanged


def test_a_ledger_s_entry_lies_in_the_ledger(folder: Folder) -> None:
    made = plan(Library(), [listing(ONE)])
    write_plan(dataclasses.replace(made, papers={}), Library(), folder)
    (path,) = folder.ledger.iterdir()
    assert path.name.startswith("2026-01-01-hf-daily-papers-")
    assert isinstance(made.ledger[0], LedgerEntry)
