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


RECORD = """\
# as it came
title: 'On  Tea'
abstract: |
  Of tea.
appearances:
  - {source: daily, date: 2026-03-04, file: a.json}

# mine
curation:
    # why
    note: >-
        worth
        a cup

    drop_topics: [speech]   # not at all
"""


@pytest.fixture
def tea(folder: Folder) -> Path:
    """The record of a paper, written by hand, beside another one."""
    path = folder.papers / "2026" / "tea.yml"
    path.parent.mkdir()
    path.write_text(RECORD, encoding="utf-8")
    other = RECORD.replace("On  Tea", "On Milk").partition("\n# mine")[0]
    (path.parent / "milk.yml").write_text(other.replace("Of tea", "Of milk"), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "options, old, new",
    [
        ("--pick", "curation:\n", "curation:\n    pick: true\n"),
        ("--note Short.", "note: >-\n        worth\n        a cup\n", "note: Short.\n"),
        (
            "--add-topic speech",
            "    drop_topics: [speech]   # not at all\n",
            "",
        ),
        (
            "--drop-topic retrieval",
            "drop_topics: [speech]   # not at all\n",
            "drop_topics: [speech, retrieval]   # not at all\n",
        ),
        (
            "--topics retrieval,speech",
            "    drop_topics: [speech]   # not at all\n",
            "",
        ),
        ("--title On:Tea", "not at all\n", "not at all\n    title: On:Tea\n"),
        ("--hide", "not at all\n", "not at all\n    hidden: true\n"),
        ("--distinct-from milk", "at all\n", "at all\n    distinct_from: [milk]\n"),
        ("--same-as milk", "not at all\n", "not at all\n    same_as: milk\n"),
        ("--author Ada --author Bo", "at all\n", "at all\n    authors: [Ada, Bo]\n"),
        (
            "--id doi= --id arxiv=arXiv:2010.00904v3",
            "at all\n",
            "at all\n    ids: {arxiv: '2010.00904', doi: null}\n",
        ),
        ("--published 2020-10-02", "at all\n", "at all\n    published: 2020-10-02\n"),
        (
            "--link code=https://example.org/x",
            "at all\n",
            "at all\n    links:\n    - {kind: code, url: 'https://example.org/x'}\n",
        ),
        (
            "--undo drop_topics --undo note --note a",
            "note: >-\n        worth\n        a cup\n\n    drop_topics: [speech]   # not at all\n",
            "note: a\n\n",
        ),
        ("--no-pick --show", "", ""),
    ],
)
def test_only_the_lines_concerned_change(
    run: Run, tea: Path, options: str, old: str, new: str
) -> None:
    done = run("curate", "tea", *options.split())
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("content/papers/2026/tea.yml: ")
    first = {"--add-topic speech": "add_topics", "--topics retrieval,speech": "topics"}.get(options)
    listed = ", ".join(each for each in ("retrieval", "speech") if each in options)
    expected = RECORD.replace(old, new, 1) if old else RECORD
    if first:
        expected = expected.replace("curation:\n", f"curation:\n    {first}: [{listed}]\n", 1)
    assert tea.read_text(encoding="utf-8") == expected
    assert run("check").exit_code == 0


def test_what_is_taken_back_is_gone(run: Run, tea: Path) -> None:
    assert run("curate", "tea", "--note", "").stdout == "content/papers/2026/tea.yml: note\n"
    assert "note" not in tea.read_text(encoding="utf-8")
    assert run("curate", "tea", "--topics-by-rules").exit_code == 0
    assert "curation" not in tea.read_text(encoding="utf-8")
    assert "as it was" in run("curate", "tea", "--no-pick").stdout


def test_several_papers_are_decided_at_once_or_none(run: Run, tea: Path) -> None:
    milk = tea.with_name("milk.yml")
    before = milk.read_text(encoding="utf-8")
    done = run("curate", "milk", "tee", "--pick")
    assert done.exit_code == 1
    assert "tee: no paper has this slug; did you mean tea? Nothing has changed" in done.stderr
    assert milk.read_text(encoding="utf-8") == before
    assert run("curate", "milk", "tea", "--pick").stdout.count("pick\n") == 2
    assert milk.read_text(encoding="utf-8") == f"{before}curation:\n  pick: true\n"


@pytest.mark.parametrize(
    "options, status, told",
    [
        (["--add-topic", "speach"], 1, "speach: is no topic; did you mean speech?"),
        (["--topics", "zzz"], 1, "zzz: is no topic; its ids are in content/topics.yml"),
        (["--same-as", "tea"], 1, "tea: is the paper itself"),
        (["--same-as", "mlk"], 1, "mlk: no paper has this slug; did you mean milk?"),
        (["--note", "a\x1bb"], 1, "curation.note: holds a character that no page can show"),
        (["--add-topic", "speech", "--drop-topic", "speech"], 2, "is both added and dropped"),
        (["--topics", "", "--topics-by-rules"], 2, "contradict each other"),
        (["milk", "--title", "T"], 2, "are of one paper"),
        (["milk", "--rename", "t"], 2, "are of one paper"),
        (["--rename", "milk"], 1, "milk: is taken; choose another"),
        (["--rename", "con"], 1, "con: is taken; choose another"),
        (["--rename", "On Tea"], 1, "'On Tea': is no address; use a-z"),
        (["--rename", "t" * 81], 1, "is no address; use a-z, 0-9 and single hyphens, at most 80"),
        (["--id", "doi"], 2, "--id doi: is no pair; write KIND=VALUE"),
        (["--id", "x=1"], 2, "--id x: is no kind; use arxiv, doi, acl"),
        (["--id", "doi=1"], 2, "--id doi=1: is no DOI identifier"),
        (["--link", "x=1"], 2, "--link x: is no kind; use paper, code"),
        (["--link", "code=//a"], 2, "--link code=//a: is not a web address"),
        (["--undo", "formerly"], 2, "'formerly' is not one of"),
        (["--published", "2.10.2020"], 2, "'2.10.2020' is not a day; write it as 2026-08-19"),
        (["--author", " "], 1, "curation.authors[0]: is empty"),
        (["--pick", "--accept"], 2, "say one thing"),
        ([], 2, "say one thing"),
    ],
)
def test_what_cannot_be_is_told_and_not_written(
    run: Run, tea: Path, options: list[str], status: int, told: str
) -> None:
    done = run("curate", "tea", *options)
    assert (done.exit_code, done.stdout) == (status, "")
    assert told in done.stderr
    assert tea.read_text(encoding="utf-8") == RECORD


def test_a_paper_is_not_said_to_be_one_that_is_another(run: Run, tea: Path) -> None:
    run("curate", "milk", "--same-as", "tea")
    done = run("curate", "tea", "--same-as", "milk")
    assert done.exit_code == 1
    assert "milk: is itself tea; name that one" in done.stderr
    assert tea.read_text(encoding="utf-8") == RECORD


def test_a_paper_that_is_renamed_leaves_its_address_to_lead_on(run: Run, tea: Path) -> None:
    run("curate", "milk", "--distinct-from", "tea")
    done = run("curate", "tea", "--rename", "on-tea", "--pick")
    assert (done.exit_code, done.stdout) == (0, "content/papers/2026/tea.yml: pick, formerly\n")
    assert not tea.exists()
    new = tea.with_name("on-tea.yml")
    assert new.read_text(encoding="utf-8") == RECORD.replace(
        "curation:\n", "curation:\n    pick: true\n"
    ).replace("at all\n", "at all\n    formerly: [tea]\n")
    assert run("check").exit_code == 0
    # The old name is understood, is nobody else's, and can be had back.
    assert run("curate", "tea", "--no-pick").stdout == "content/papers/2026/on-tea.yml: pick\n"
    assert "tea: is taken" in run("curate", "milk", "--rename", "tea").stderr
    assert run("curate", "on-tea", "--rename", "tea").exit_code == 0
    assert "formerly: [on-tea]" in tea.read_text(encoding="utf-8")
    assert run("check").exit_code == 0
