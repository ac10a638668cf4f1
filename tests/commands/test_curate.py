"""``digest candidates`` and ``digest curate``: what waits, and deciding about it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from generator.folder import Folder
from generator.model import Status
from generator.storage import library
from tests.storage.test_journal import feed

Run = Callable[..., Result]


@pytest.fixture
def waiting(folder: Folder, run: Run, tmp_path: Path) -> Folder:
    """A digest in which three candidates wait."""
    path = tmp_path / "feed.xml"
    # The words of the topics are in the titles alone.
    text = feed("On Finding", "On Talking", "On Tea").replace("search", "x").replace("speech", "y")
    path.write_text(
        text.replace("Finding", "Search").replace("Talking", "Speech"), encoding="utf-8"
    )
    done = run("ingest", path)
    assert done.exit_code == 0, done.stderr
    assert "feed.xml: 2026-03-04, 3 records: 3 candidates, 0 already in the library" in done.stdout
    assert "3 candidates more; `digest candidates` lists what waits" in done.stdout
    return folder


def test_candidates_are_on_no_page_and_in_no_export(waiting: Folder, run: Run) -> None:
    assert run("export", "--format", "jsonl").stdout == ""
    lines = run("export", "--format", "jsonl", "--all").stdout.splitlines()
    shown = [json.loads(line) for line in lines]
    assert {line["status"] for line in shown} == {"candidate"}
    assert run("build", "--docs-only").exit_code == 0
    assert not list(waiting.docs.glob("papers/*.md"))
    assert "On Search" not in (waiting.docs / "feed.xml").read_text(encoding="utf-8")


def test_they_are_listed_best_first_with_the_reason(waiting: Folder, run: Run) -> None:
    waiting.sources_yml.write_text("follow: [speech]\n", encoding="utf-8")
    lines = run("candidates").stdout.splitlines()
    assert lines[:3] == [
        " 1.00  2026-03-04  on-speech",
        "       On Speech",
        "       topics: speech · topics followed: speech",
    ]
    assert lines[-1] == "3 candidates of 3 that wait"
    assert "no topic" in run("candidates").stdout


def test_they_can_be_narrowed_down(waiting: Folder, run: Run) -> None:
    assert "1 candidate of 3 that wait" in run("candidates", "--limit", 1).stdout
    assert "1 candidate of 3 that wait" in run("candidates", "--topic", "retrieval").stdout
    own = run("candidates", "--source", "arxiv-announcements").stdout
    assert "3 candidates of 3 that wait" in own
    assert waiting.candidates.is_dir()


@pytest.mark.parametrize(
    "arguments, told",
    [
        (("--topic", "retrievel"), "'retrievel' is no topic; did you mean 'retrieval'?"),
        (("--topic", "zzz"), "'zzz' is no topic; write an id of content/topics.yml"),
        (("--source", "x"), "'x' has shown no candidate; sources: arxiv-announcements"),
    ],
)
def test_what_there_is_not_is_told(
    waiting: Folder, run: Run, arguments: tuple[str, str], told: str
) -> None:
    done = run("candidates", *arguments)
    assert done.exit_code == 2
    assert told in done.stderr
    assert waiting.candidates.is_dir()


def test_as_json(waiting: Folder, run: Run) -> None:
    told = json.loads(run("candidates", "--format", "json", "--limit", 2).stdout)
    assert [set(each) for each in told] == [
        {"id", "title", "abstract", "date", "score", "reasons", "topics", "ids", "sources"}
    ] * 2
    assert told[0]["ids"]["arxiv"].startswith("2603.00")
    assert told[0]["sources"] == ["arxiv-announcements"]
    assert waiting.candidates.is_dir()


def test_what_is_accepted_becomes_a_paper(waiting: Folder, run: Run) -> None:
    done = run("curate", "--accept", "on-tea", "on-search")
    assert (done.exit_code, done.stdout) == (0, "accepted: 2 candidates; 1 wait\n")
    found = library.load(waiting)
    assert set(found.papers) == {"on-tea", "on-search"}
    assert set(found.candidates) == {"on-speech"}
    assert (waiting.papers / "2026" / "on-tea.yml").is_file()
    assert run("check").exit_code == 0
    assert run("export", "--format", "jsonl").stdout.count("\n") == 2


def test_what_is_declined_is_not_proposed_again(waiting: Folder, run: Run, tmp_path: Path) -> None:
    done = run("curate", "--decline", "on-tea")
    assert done.stdout == "declined: 1 candidate; 2 wait\n"
    assert "on-tea" not in run("candidates").stdout
    path = tmp_path / "again.xml"
    path.write_text(feed("On Tea").replace("04 Mar", "05 Mar"), encoding="utf-8")
    assert "declined before, and stays so: on-tea" in run("ingest", path).stdout
    assert library.load(waiting).candidates["on-tea"].curation.status is Status.DECLINED
    assert run("curate", "--accept", "on-tea").exit_code == 0
    assert set(library.load(waiting).papers) == {"on-tea"}


def test_one_wrong_name_changes_nothing(waiting: Folder, run: Run) -> None:
    done = run("curate", "--accept", "on-tea", "on-serch")
    assert done.exit_code == 1
    assert "on-serch: no candidate has this slug; did you mean on-search" in done.stderr
    assert "Nothing has changed" in done.stderr
    assert library.load(waiting).papers == {}
    assert "`digest candidates` lists them" in run("curate", "--accept", "zzzzz").stderr


@pytest.mark.parametrize(
    "choice, told",
    [
        ("--accept", "on-tea: is a paper already; it is on the site unless its record says"),
        ("--decline", "write `status: declined` under `curation` in on-tea.yml"),
    ],
)
def test_a_paper_is_no_candidate(waiting: Folder, run: Run, choice: str, told: str) -> None:
    run("curate", "--accept", "on-tea")
    done = run("curate", choice, "on-tea")
    assert done.exit_code == 1
    assert told in done.stderr
    assert set(library.load(waiting).papers) == {"on-tea"}


@pytest.mark.parametrize("arguments", [["on-tea"], ["--accept"]])
def test_wrong_usage(waiting: Folder, run: Run, arguments: list[str]) -> None:
    assert run("curate", *arguments).exit_code == 2
    assert library.load(waiting).papers == {}
