"""``digest edition``: an edition is made, by proposals and in an editor's words."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from generator.folder import Folder
from generator.model import Edition
from generator.storage import library
from generator.views.assemble import assemble
from tests import goldens
from tests.builders import day
from tests.storage.test_journal import feed

Run = Callable[..., Result]

TITLES = (
    "Search in: a Library # of Letters",
    "Speech of Birds",
    "Search for Tea\u2028picks: [x]",
    "Songs that Nobody Sings",
)


@pytest.fixture
def papers(folder: Folder, run: Run, tmp_path: Path) -> Folder:
    """A digest of two days; one paper was on both."""
    for date, titles in (("2026-03-10", TITLES[:1]), ("2026-03-11", TITLES)):
        lines = [
            json.dumps(
                {
                    "title": title,
                    "abstract": f"{title.split()[0]}ing is studied, and {title.split()[-1]}.",
                    "votes": 3,
                    "code": f"https://example.com/{title.split()[-1].lower()}",
                },
                ensure_ascii=False,
            )
            for title in titles
        ]
        path = tmp_path / f"{date}.jsonl"
        path.write_text("\n".join(lines), encoding="utf-8")
        done = run("ingest", path, "--date", date, "--source", "daily")
        assert done.exit_code == 0, done.stderr
    return folder


def file(folder: Folder, date: str = "2026-03-11") -> Path:
    return folder.editions / f"{date}.yml"


def picks(folder: Folder, date: str = "2026-03-11") -> tuple[str, ...]:
    return library.load(folder).editions[date].picks


def test_the_file_for_the_editor_is_the_golden_one(papers: Folder, run: Run) -> None:
    before = {each.slug for each in assemble(papers).entries}
    done = run("edition", "2026-03-11", "--picks", 2)
    assert (done.exit_code, done.stderr) == (0, "")
    goldens.check("editions/proposed.yml", file(papers).read_text(encoding="utf-8"))
    goldens.check("editions/proposed.txt", done.stdout)
    assert len(picks(papers)) == 2
    assert set(picks(papers)) <= before
    checked = run("check")
    assert checked.exit_code == 0
    assert "edition" not in checked.stdout.replace("2 editions", "")
    latest = assemble(papers).editions[0]
    assert (latest.title, latest.introduction) == (None, None)
    assert tuple(entry.slug for entry in latest.picks) == picks(papers)


def test_without_a_day_the_newest_edition_is_meant(papers: Folder, run: Run) -> None:
    assert run("edition").exit_code == 0
    assert [each.name for each in papers.editions.iterdir()] == ["2026-03-11.yml"]


def test_a_dry_run_writes_nothing(papers: Folder, run: Run) -> None:
    done = run("edition", "2026-03-11", "--dry-run")
    assert done.stdout.splitlines()[-1] == (
        "content/editions/2026-03-11.yml: would be written; nothing has changed"
    )
    assert not papers.editions.exists()
    told = run("edition", "--dry-run", "--title", "New")
    assert told.stdout == "would change: content/editions/2026-03-11.yml: title\n"
    assert not papers.editions.exists()


def test_a_file_that_is_there_stays_until_asked(papers: Folder, run: Run) -> None:
    mine = "# mine\ntitle: T   # t\npicks:\n- speech-of-birds # b\n#- x\n"
    papers.editions.mkdir()
    file(papers).write_text(mine, encoding="utf-8")
    done = run("edition", "--picks", 2)
    assert done.exit_code == 0
    assert "pick already: speech-of-birds\n" in done.stdout
    assert done.stdout.splitlines()[-1] == (
        "content/editions/2026-03-11.yml: is there and stays as it is; --add puts what is proposed "
        "behind its picks"
    )
    assert run("edition", "--picks", 2, "--add", "--dry-run").exit_code == 0
    assert file(papers).read_text(encoding="utf-8") == mine
    done = run("edition", "--picks", 2, "--add")
    assert "added to: content/editions/2026-03-11.yml: 1 pick; change what you" in done.stdout
    new = file(papers).read_text(encoding="utf-8")
    assert new.startswith(mine.removesuffix("#- x\n"))
    assert new.endswith("#- x\n")
    assert len(picks(papers)) == 2
    done = run("edition", "--picks", 2, "--add")
    assert "stays as it is, with 2 picks; `--add --picks 3` adds one more" in done.stdout
    assert file(papers).read_text(encoding="utf-8") == new


def test_nothing_more_to_propose(papers: Folder, run: Run) -> None:
    assert run("edition", "2026-03-10", "--add").exit_code == 0
    done = run("edition", "2026-03-10", "--picks", 5)
    assert "nothing is proposed: nothing speaks for another paper" in done.stdout
    assert done.stdout.endswith("2026-03-10.yml: stays as it is; nothing else is proposed\n")
    assert len(picks(papers, "2026-03-10")) == 1


def test_a_pick_of_a_record_is_one_already(papers: Folder, run: Run) -> None:
    assert run("curate", "speech-of-birds", "--pick").exit_code == 0
    done = run("edition", "--picks", 1)
    assert "pick already: speech-of-birds" in done.stdout
    assert "stays" not in done.stdout
    assert picks(papers) == ()
    assert "  #- " in file(papers).read_text(encoding="utf-8")
    assert run("check").exit_code == 0


def test_what_is_not_public_is_not_proposed(papers: Folder, run: Run) -> None:
    assert run("curate", "speech-of-birds", "--hide").exit_code == 0
    done = run("edition", "--picks", 4)
    assert "3 papers" in done.stdout
    assert "speech-of-birds" not in done.stdout
    assert "speech-of-birds" not in file(papers).read_text(encoding="utf-8")


def test_one_topic(papers: Folder, run: Run) -> None:
    assert run("edition", "--topic", "speech", "--picks", 3).exit_code == 0
    assert picks(papers) == ("speech-of-birds",)


def test_as_json(papers: Folder, run: Run) -> None:
    done = run("edition", "2026-03-11", "--format", "json", "--picks", 1)
    told = json.loads(done.stdout)
    assert (told["date"], told["papers"], told["new"]) == ("2026-03-11", 4, 3)
    (pick,) = told["picks"]
    assert set(pick) == {"id", "title", "score", "reasons", "topics"}
    assert pick["score"] == pytest.approx(sum(each["points"] for each in pick["reasons"]))
    assert (told["present"], len(told["further"])) == ([], 1)
    assert told["notes"] == ["came in: daily: 4 records: 3 new, 1 known before"]
    assert done.stderr.startswith("written: content/editions/2026-03-11.yml: 1 pick;")
    assert picks(papers) == (pick["id"],)


def test_what_waits_is_said(papers: Folder, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(feed("On Coffee").replace("04 Mar", "11 Mar"), encoding="utf-8")
    assert run("ingest", path).exit_code == 0
    told = run("edition", "2026-03-11").stdout
    assert (
        "waits: 1 candidate of this day from arXiv, new papers: "
        "`digest candidates --source arxiv-announcements`"
    ) in told
    assert run("curate", "--accept", "on-coffee").exit_code == 0
    told = run("edition", "2026-03-11", "--picks", 5).stdout
    assert "accepted: 1 candidate of this day\n" in told
    assert "chosen from arXiv, new papers (+0.50)" in told
    assert papers.editions.is_dir()


@pytest.mark.parametrize(
    "arguments, status, told",
    [
        (
            ["2026-03-12"],
            1,
            "2026-03-12: no listing showed a paper on that day; the nearest edition is 2026-03-11",
        ),
        (["2026-03-09"], 1, "the nearest edition is 2026-03-10"),
        (["2105-12-31"], 2, "2105-12-31 is still to come; the newest edition is 2026-03-11"),
        (["2026-02-30"], 2, "'2026-02-30' is not a day; write it as 2026-08-19"),
        (["--picks", "0"], 2, "0 is not in the range x>=1"),
        (["--topic", "speach"], 2, "--topic 'speach' is no topic; did you mean speech?"),
        (["--topic", "zzz"], 2, "'zzz' is no topic; write an id of content/topics.yml"),
        (["--title", "T", "--add"], 2, "--title and --introduction propose nothing"),
        (["--title", "A\x07"], 1, "title: holds a character that no page can show: U+0007"),
    ],
)
def test_what_cannot_be(
    papers: Folder, run: Run, arguments: list[str], status: int, told: str
) -> None:
    done = run("edition", *arguments)
    assert (done.exit_code, done.stdout) == (status, "")
    assert told in done.stderr
    assert not papers.editions.exists()


def test_a_digest_without_papers(folder: Folder, run: Run) -> None:
    done = run("edition")
    assert done.exit_code == 1
    assert "there is no edition yet" in done.stderr
    assert not folder.editions.exists()


def test_the_days_before_and_after_are_named(papers: Folder, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "later.jsonl"
    path.write_text('{"title": "Later Search", "abstract": "Of it."}', encoding="utf-8")
    run("ingest", path, "--date", "2026-03-13", "--source", "daily")
    done = run("edition", "2026-03-12")
    assert "the nearest editions are 2026-03-11 and 2026-03-13" in done.stderr
    assert not papers.editions.exists()


def test_a_title_and_an_introduction(papers: Folder, run: Run) -> None:
    done = run("edition", "--title", " A: b\n #1 ", "--introduction", "One.\n\n*Two*.")
    assert done.stdout == "changed: content/editions/2026-03-11.yml: title, introduction\n"
    assert library.load(papers).editions["2026-03-11"] == Edition(
        day("2026-03-11"), "A: b #1", "One.\n\n*Two*."
    )
    done = run("edition", "2026-03-11", "--title", "A: b #1")
    assert done.stdout == "content/editions/2026-03-11.yml: as it was\n"
    assert run("edition", "--introduction", "").exit_code == 0
    assert run("edition", "--title", "").exit_code == 0
    assert library.load(papers).editions["2026-03-11"] == Edition(day("2026-03-11"))
    assert run("check").exit_code == 0


def test_taking_away_what_is_not_there(papers: Folder, run: Run) -> None:
    done = run("edition", "--title", "")
    assert done.stdout == "content/editions/2026-03-11.yml: as it was\n"
    assert not papers.editions.exists()


def test_the_same_digest_gives_the_same_proposals(papers: Folder, run: Run) -> None:
    first = run("edition", "--dry-run").stdout
    assert first == run("edition", "--dry-run").stdout
    assert not papers.editions.exists()
