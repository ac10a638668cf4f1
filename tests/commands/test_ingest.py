from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from click.testing import CliRunner, Result

from generator.cli import main
from generator.commands import ingest
from generator.folder import Folder
from generator.storage import journal, library
from tests.builders import page, prose
from tests.conftest import ROOT
from tests.ingest.test_planning import ONE, THREE, TWO, changed, files

Run = Callable[..., Result]
DATA = ROOT / "tests" / "data"
NO_DAY = "no day in the listing or its name: filed under today, 2026-08-18; --date sets it"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 18 August 2026."""
    now = dt.datetime(2026, 8, 18, 12, tzinfo=dt.UTC)
    clock = SimpleNamespace(datetime=SimpleNamespace(now=lambda: now), date=dt.date)
    monkeypatch.setattr(ingest, "dt", clock)


@pytest.fixture
def save(tmp_path: Path) -> Callable[..., Path]:
    """``save(papers…, name=…)``: a saved page outside of the digest."""

    def call(*papers: tuple[str, str], name: str = "page.txt", date: str | None = "Aug 17") -> Path:
        path = tmp_path / name
        path.write_text(page(*papers, date=date), encoding="utf-8")
        return path

    return call


Save = Callable[..., Path]


def test_listings_go_in(folder: Folder, run: Run, save: Save) -> None:
    result = run("ingest", save(ONE, TWO), save(TWO, THREE, name="2026-08-18.txt", date=None))
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [
        "page.txt: 2026-08-17, 2 records: 2 new, 0 already in the library",
        "  new: on-teapots",
        "  new: on-kettles",
        "2026-08-18.txt: 2026-08-18, 2 records: 1 new, 1 already in the library",
        "  new: on-pans",
        "  again: on-kettles",
        "new: 3 papers; in the library: 3",
    ]
    assert result.stderr == ""
    assert sorted(files(folder)) == [
        "ledger/2026-08-17-hf-daily-papers-" + names(folder)[0],
        "ledger/2026-08-18-hf-daily-papers-" + names(folder)[1],
        "papers/2026/on-kettles.yml",
        "papers/2026/on-pans.yml",
        "papers/2026/on-teapots.yml",
        "topics.yml",
    ]
    assert run("check").exit_code == 0


def names(folder: Folder) -> list[str]:
    return [path.name.rpartition("-")[2] for path in sorted(folder.ledger.iterdir())]


def test_a_record_says_what_the_listing_said(folder: Folder, run: Run) -> None:
    run("ingest", DATA / "blank_lines.txt")
    text = (folder.papers / "2025" / "ibo-at.yml").exists()
    assert not text
    record = yaml.safe_load(
        (folder.papers / "2025" / "new-methods-for-counting-clouds.yml").read_text()
    )
    assert record["title"] == "new methods for counting clouds"
    assert record["abstract"].startswith("Counting clouds is hard because")
    # Aug 19 is tomorrow: it is last year's.
    assert record["appearances"] == [
        {"source": "hf-daily-papers", "date": dt.date(2025, 8, 19), "file": "blank_lines.txt"}
    ]


def test_both_layouts_are_the_same_papers(folder: Folder, run: Run) -> None:
    run("ingest", DATA / "blank_lines.txt")
    result = run(
        "ingest", DATA / "no_blank_lines.txt", DATA / "wrapped_lines.txt", "--date", "2026-01-01"
    )
    assert "6 records: 0 new, 6 already in the library" in result.stdout
    assert result.stdout.endswith("new: 0 papers; in the library: 6\n")
    assert all(len(each.appearances) == 3 for each in library.load(folder).papers.values())


def test_hostile_text_goes_in_and_comes_out(folder: Folder, run: Run) -> None:
    result = run("ingest", DATA / "hostile.txt", "--date", "2026-01-01")
    assert result.exit_code == 0, result.output
    titles = {each.title for each in library.load(folder).papers.values()}
    assert {"null", "2024-01-01", "- yes: [no, {off: ~}] # & * ! | > % @ `"} <= titles
    assert run("check").exit_code == 0
    before = files(folder)
    assert run("ingest", DATA / "hostile.txt").exit_code == 0
    assert files(folder) == before


def test_twice_is_once_under_any_name(folder: Folder, run: Run, save: Save) -> None:
    run("ingest", save(ONE, TWO))
    before = files(folder)
    other = save(ONE, TWO, name="other.txt")
    other.write_bytes(b"\xef\xbb\xbf" + other.read_bytes().replace(b"\n", b"\r\n") + b"\r\n")
    result = run("ingest", other, other, save(ONE, TWO))
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "other.txt: came in before, as page.txt of 2026-08-17",
        "other.txt: came in before, as page.txt of 2026-08-17",
        "page.txt: came in before, as page.txt of 2026-08-17",
        "new: 0 papers; in the library: 2",
    ]
    assert files(folder) == before


def test_another_day_for_a_known_listing_is_passed_over(
    folder: Folder, run: Run, save: Save
) -> None:
    run("ingest", save(ONE))
    before = files(folder)
    result = run("ingest", save(ONE), "--date", "2026-01-01")
    assert result.stderr == (
        "digest: page.txt: --date 2026-01-01 is passed over: it is filed under 2026-08-17; to file "
        "it anew, undo the commit that brought it in, then ingest it again\n"
    )
    assert files(folder) == before
    assert run("ingest", save(ONE), "--date", "2026-08-17").stderr == ""


@pytest.mark.parametrize(
    "name, date, options, day, dated_by, warning",
    [
        ("page.txt", "Aug 17", (), "2026-08-17", "listing", ""),
        ("2026-01-01.txt", "Aug 17", (), "2026-08-17", "listing", ""),
        ("2026-01-01.txt", None, (), "2026-01-01", "file name", ""),
        ("page.txt", None, (), "2026-08-18", "clock", f"digest: page.txt: {NO_DAY}\n"),
        ("page.txt", None, ("--date", "2026-02-28"), "2026-02-28", "option", ""),
        ("page.txt", "Aug 17", ("--date", "2026-08-17"), "2026-08-17", "option", ""),
        (
            "page.txt",
            "Aug 17",
            ("--date", "2026-02-28"),
            "2026-02-28",
            "option",
            "digest: page.txt: says 2026-08-17, filed under 2026-02-28 as --date asks\n",
        ),
    ],
)
def test_the_day_of_a_listing(  # noqa: PLR0917 - fixtures, and what is to be seen
    folder: Folder,
    run: Run,
    save: Save,
    name: str,
    date: str | None,
    options: tuple[str, ...],
    day: str,
    dated_by: str,
    warning: str,
) -> None:
    result = run("ingest", save(ONE, name=name, date=date), *options)
    assert (result.exit_code, result.stderr) == (0, warning)
    (entry,) = library.load(folder).ledger.values()
    assert (entry.date.isoformat(), str(entry.dated_by)) == (day, dated_by)


def test_a_source_of_another_name(folder: Folder, run: Run, save: Save) -> None:
    assert run("ingest", save(ONE), "--source", " My  Source ").exit_code == 0
    (entry,) = library.load(folder).ledger.values()
    assert entry.source == "My Source"
    assert next(folder.ledger.iterdir()).name.startswith("2026-08-17-my-source-")


@pytest.mark.parametrize("source", ["", "  ", "\u200b"])
def test_an_empty_source_is_wrong_usage(run: Run, save: Save, source: str) -> None:
    result = run("ingest", save(ONE), "--source", source)
    assert result.exit_code == 2
    assert result.stderr.startswith("digest: --source is empty; give a name")


def test_a_dry_run_says_all_and_writes_nothing(folder: Folder, run: Run, save: Save) -> None:
    before = files(folder)
    result = run("ingest", save(ONE, TWO), "--dry-run")
    assert result.exit_code == 0
    assert result.stdout.endswith("would be new: 2 papers; in the library: 2\n")
    assert files(folder) == before
    wet = run("ingest", save(ONE, TWO))
    assert wet.stdout == result.stdout.replace("would be new", "new")


def test_a_merge_that_is_not_plain_is_told_with_its_reason(run: Run, save: Save) -> None:
    run("ingest", save(ONE))
    result = run("ingest", save(("On Tea-Pots", changed(ONE[1], 2)), name="b.txt", date="Aug 18"))
    assert re.search(
        r"^  line 11: 'On Tea-Pots' is on-teapots: nearly the same title and abstract "
        r"\(titles 95, abstracts 9\d of 100\)$",
        result.stdout,
        re.MULTILINE,
    )


def test_possible_duplicates_are_listed_when_they_come_in(run: Run, save: Save) -> None:
    first = run("ingest", save(("Qwen2.5 Technical Report", prose(1))))
    assert "possible duplicate" not in first.stdout
    result = run(
        "ingest", save(("Qwen2.5-1M Technical Report", prose(2)), name="b.txt", date="Aug 18")
    )
    assert re.search(
        r"^possible duplicate: 'Qwen2.5-1M Technical Report' \(qwen2-5-1m-technical-report\) and "
        r"'Qwen2.5 Technical Report' \(qwen2-5-technical-report\): titles 94, abstracts \d\d of "
        r"100$",
        result.stdout,
        re.MULTILINE,
    )
    third = run("ingest", save(THREE, name="c.txt", date="Aug 16"))
    assert "possible duplicate" not in third.stdout


BAD = {
    "empty.txt": (b"", ": the file is empty; save the page again"),
    "header.txt": (
        b"Get trending papers in your email inbox!\n\nSubscribe\n",
        ": has a header and no papers; save the page again once it shows papers",
    ),
    "title.txt": (
        page(ONE, ("No Abstract Here", "")).rstrip().encode(),
        ":13: the title 'No Abstract Here' has no abstract; mend the page or save it again",
    ),
    "binary.txt": (b"\x00\x01\x02", ":1: is not text: byte 0x00 at position 0; save the page as"),
    "latin.txt": (page(("Café", prose(1))).encode("latin-1"), ":9: is not UTF-8: byte 0xe9; save"),
    "utf16.txt": (page(ONE).encode("utf-16"), ":1: is UTF-16 or UTF-32, not UTF-8; save it again"),
    "page.html": (
        b"<!DOCTYPE html>\n<p>Daily Papers</p>\nDaily Papers\n",
        ":1: is an HTML page, not its text; in the browser select all",
    ),
    "feb.txt": (page(ONE, date="Feb 30").encode(), ":9: no calendar has the day 'Feb 30'; correct"),
    "other.txt": (
        b"Dear diary\n",
        ":1: not a listing of a known kind: it begins with 'Dear diary'",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_named_and_changes_nothing(
    folder: Folder, run: Run, save: Save, tmp_path: Path, name: str
) -> None:
    run("ingest", save(TWO))
    before = files(folder)
    data, message = BAD[name]
    (tmp_path / name).write_bytes(data)
    result = run("ingest", tmp_path / name)
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    first, last = result.stderr.splitlines()
    assert first.startswith(f"digest: {tmp_path / name}{message}")
    assert last == "digest: 1 of 1 files did not go in"
    assert files(folder) == before


def test_good_files_go_in_beside_bad_ones(
    folder: Folder, run: Run, save: Save, tmp_path: Path
) -> None:
    for name, (data, _) in BAD.items():
        (tmp_path / name).write_bytes(data)
    bad = [tmp_path / name for name in BAD]
    missing = tmp_path / "missing.txt"
    result = run("ingest", *bad[:3], save(ONE), missing, tmp_path, *bad[3:], save(TWO, name="b"))
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert len(lines) == len(bad) + 3
    assert f"digest: {missing}: cannot be read: No such file or directory; check the name" in lines
    assert f"digest: {tmp_path}: cannot be read: Is a directory; name the files in it" in lines
    assert lines[-1] == f"digest: {len(bad) + 2} of {len(bad) + 4} files did not go in"
    assert list(library.load(folder).papers) == ["on-kettles", "on-teapots"]
    assert run("check").exit_code == 0


def test_a_file_that_may_not_be_read(
    folder: Folder, run: Run, save: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(folder)
    path = save(ONE)
    read = Path.read_bytes

    def refuse(self: Path) -> bytes:
        if self == path:
            raise PermissionError(13, "Permission denied")
        return read(self)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    result = run("ingest", path)
    assert result.exit_code == 1
    assert f"digest: {path}: cannot be read: Permission denied; check the name" in result.stderr
    monkeypatch.undo()
    assert files(folder) == before


def test_a_page_that_breaks_off_goes_in_with_a_warning(run: Run, save: Save) -> None:
    path = save(ONE, TWO)
    path.write_bytes(path.read_bytes()[:-30])
    result = run("ingest", path)
    assert result.exit_code == 0
    assert result.stderr == (
        "digest: page.txt: line 17: the last abstract does not end a sentence; it may be cut\n"
    )
    assert "new: 2 papers" in result.stdout


def test_a_page_that_broke_off_is_made_whole_by_the_whole_one(
    folder: Folder, run: Run, save: Save
) -> None:
    path = save(ONE, TWO)
    whole = path.read_bytes()
    path.write_bytes(whole[:-20])
    run("ingest", path)
    path.write_bytes(whole)
    run("ingest", path)
    assert library.load(folder).papers["on-kettles"].abstract == TWO[1]
    assert len(library.load(folder).papers) == 2
    assert run("check").exit_code == 0


def test_a_name_is_kept_as_every_system_can_write_it(folder: Folder, run: Run, save: Save) -> None:
    assert run("ingest", save(ONE, name=" cafe\u0301\n\u202e .txt ")).exit_code == 0
    assert run("ingest", save(TWO, name="\u200b")).exit_code == 0
    assert run("ingest", save(THREE, name=os.fsdecode(b"bad\xff.txt"))).exit_code == 0
    found = library.load(folder)
    assert {entry.file for entry in found.ledger.values()} == {"café .txt", "listing", "bad.txt"}
    assert run("check").exit_code == 0


def test_a_folder_that_is_no_digest_is_left_alone(tmp_path: Path, save: Save) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    result = CliRunner().invoke(main, ["-C", str(empty), "ingest", str(save(ONE))])
    assert result.exit_code == 1
    assert "mkdocs.yml: is not there; run in a digest's folder, or name it: -C DIR" in result.stderr
    assert list(empty.iterdir()) == []


def test_a_disk_that_fails_is_told(folder: Folder, run: Run, save: Save) -> None:
    (folder.papers / "2026").write_text("a file")
    result = run("ingest", save(ONE))
    assert result.exit_code == 1
    assert "cannot be written: File exists; check the disk" in result.stderr
    assert not folder.ledger.exists()


@pytest.mark.parametrize(
    "options",
    [
        ("--date", "2026-02-30"),
        ("--date", "19.8.2026"),
        ("--date", ""),
        ("--dates", "x"),
        ("--date",),
    ],
)
def test_wrong_options_are_wrong_usage(
    folder: Folder, run: Run, save: Save, options: tuple[str, ...]
) -> None:
    before = files(folder)
    result = run("ingest", save(ONE), *options)
    assert result.exit_code == 2
    assert "--date" in result.stderr
    assert files(folder) == before


def test_no_file_is_wrong_usage(run: Run) -> None:
    result = run("ingest")
    assert result.exit_code == 2
    assert "Missing argument 'FILE…'" in result.stderr


def test_nothing_is_drawn_where_nobody_looks(run: Run, save: Save) -> None:
    many = [save((f"On Subject {n}", prose(n)), name=f"{n}.txt") for n in range(30)]
    result = run("ingest", *many)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert "\r" not in result.stdout
    assert not sys.stderr.isatty() or "\x1b" not in result.output


def test_in_any_order_of_arguments_the_library_is_the_same(
    folder: Folder, run: Run, save: Save
) -> None:
    paths = [
        save(ONE, TWO, name="a.txt", date="Aug 15"),
        save(TWO, THREE, name="b.txt", date="Aug 16"),
        save((ONE[0], changed(ONE[1], 2)), name="c.txt", date="Aug 17"),
    ]
    run("ingest", *paths)
    expected = files(folder)
    for path in [*folder.papers.rglob("*.yml"), *folder.ledger.iterdir()]:
        path.unlink()
    for path in reversed(paths):
        assert run("ingest", path).exit_code == 0
    assert files(folder) == expected


@pytest.mark.parametrize(
    "date,warning",
    [
        ("2026-08-19", "filed under 2026-08-19, which is still to come"),
        ("2026-08-18", None),
        ("2020-01-01", None),
    ],
)
def test_a_day_that_is_still_to_come(run: Run, save: Save, date: str, warning: str | None) -> None:
    result = run("ingest", save(ONE, date=None), "--date", date)
    assert result.exit_code == 0
    assert (warning or "") in result.stderr
    assert bool(result.stderr) is bool(warning)


def test_a_day_just_ahead_is_filed_a_year_back_and_said(run: Run, save: Save) -> None:
    result = run("ingest", save(ONE, date="Aug 19"))
    assert "'Aug 19', has no year: taken for 2025-08-19" in result.stderr


def test_what_no_file_system_or_archive_can_hold(run: Run, save: Save, folder: Folder) -> None:
    before = files(folder)
    for option, value in (
        ("--date", "0001-01-01"),
        ("--date", "9999-12-31"),
        ("--source", "s" * 99),
    ):
        result = run("ingest", save(ONE), option, value)
        assert result.exit_code == 2
        assert result.stderr.startswith(f"digest: {option}")
    huge = save(ONE)
    with huge.open("ab") as file:
        file.truncate(257 << 20)
    result = run("ingest", huge)
    assert result.exit_code == 1
    assert "is larger than 256 MB" in result.stderr
    assert files(folder) == before


RECORDS = """\
{"title": "On Teapots", "abstract": "We study teapots, and what they hold.", "date": "2026-03-11"}
{"title": "Without an abstract", "date": "2026-03-11"}
{"title": "On Kettles", "abstract": "We study kettles, and why they sing.", "date": "2026-03-12"}
"""


def test_a_file_of_several_days_is_filed_by_day_and_what_is_rejected_is_kept(
    folder: Folder, run: Callable[..., Result], tmp_path: Path
) -> None:
    path = tmp_path / "list.jsonl"
    path.write_text(RECORDS, encoding="utf-8")
    done = run("ingest", path)
    assert done.exit_code == 1  # a record was at fault; the others went in
    assert "list.jsonl:2: not taken in: 'Without an abstract': no abstract" in done.stderr
    found = library.load(folder)
    assert {slug: paper.date for slug, paper in found.papers.items()} == {
        "on-teapots": dt.date(2026, 3, 11),
        "on-kettles": dt.date(2026, 3, 12),
    }
    entries = sorted(found.ledger.values(), key=lambda entry: entry.date)
    assert [(len(each.papers), len(each.rejected)) for each in entries] == [(1, 1), (1, 0)]
    again = run("ingest", path)
    assert again.exit_code == 0
    assert "came in before" in again.stdout
    assert library.load(folder).papers == found.papers


def test_a_day_that_is_asked_for_holds_for_the_whole_file(
    folder: Folder, run: Callable[..., Result], tmp_path: Path
) -> None:
    path = tmp_path / "list.jsonl"
    path.write_text(RECORDS, encoding="utf-8")
    run("ingest", "--date", "2026-03-20", path)
    found = library.load(folder)
    assert {paper.date for paper in found.papers.values()} == {dt.date(2026, 3, 20)}


def test_what_is_left_out_on_purpose_is_no_fault(
    folder: Folder, run: Callable[..., Result], tmp_path: Path
) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(
        '<rss version="2.0" xmlns:arxiv="http://arxiv.org/schemas/atom"><channel>'
        "<title>cs.CL updates on arXiv.org</title><link>http://rss.arxiv.org/rss/cs.CL</link>"
        "<pubDate>Wed, 20 Aug 2025 00:00:00 -0400</pubDate><item><title>On Teapots</title>"
        "<link>https://arxiv.org/abs/2508.00001</link><description>arXiv:2508.00001v2 Announce "
        "Type: replace \nAbstract: We study teapots.</description>"
        "<arxiv:announce_type>replace</arxiv:announce_type></item></channel></rss>",
        encoding="utf-8",
    )
    done = run("ingest", path)
    assert done.exit_code == 0, done.stderr
    assert "a replacement (replace)" in done.stderr
    (entry,) = library.load(folder).ledger.values()
    assert [each.is_fault for each in entry.rejected] == [False]
    assert entry.papers == ()


def test_two_ingestions_do_not_get_in_each_others_way(
    folder: Folder, run: Callable[..., Result], tmp_path: Path
) -> None:
    path = tmp_path / "list.jsonl"
    path.write_text(RECORDS, encoding="utf-8")
    with journal.alone(folder):
        done = run("ingest", path)
        assert done.exit_code == 1
        assert "another ingestion is at work" in done.stderr
        assert library.load(folder).papers == {}
        assert run("ingest", "--dry-run", path).stdout.startswith("list.jsonl: 2026-03-11")
    run("ingest", path)
    assert len(library.load(folder).papers) == 2


def test_a_killed_ingestion_leaves_no_lock(folder: Folder, run: Callable[..., Result]) -> None:
    code = (
        "import os, pathlib; from generator.folder import Folder\n"
        "from generator.storage import journal\n"
        f"with journal.alone(Folder(pathlib.Path({str(folder.root)!r}))): os._exit(9)"
    )
    killed = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
    assert killed.returncode == 9
    with journal.alone(folder):
        assert run("check").exit_code == 0
