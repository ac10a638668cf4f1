from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner, Result

from generator.cli import main
from generator.folder import Folder
from tests.builders import page, prose
from tests.ingest.test_planning import files
from tests.storage.test_library import GOOD, write

Run = Callable[..., Result]


def test_an_empty_digest_is_in_order(run: Run) -> None:
    result = run("check")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout.splitlines() == [
        "topic without papers: retrieval",
        "topic without papers: speech",
        "0 papers, 0 editions, 2 topics, 0 listings: nothing wrong, 2 to look at",
    ]


def test_what_wants_a_look_is_listed(folder: Folder, run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        page(("On Search in Speech", prose(1)), ("On Searching Speech", prose(2)), date="Aug 1")
    )
    run("ingest", tmp_path / "a.txt")
    before = files(folder)
    result = run("check")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0].startswith(
        "possible duplicate: on-search-in-speech and on-searching-speech (titles 95, abstracts "
    )
    assert result.stdout.splitlines()[-1] == (
        "2 papers, 1 edition, 2 topics, 1 listing: nothing wrong, 1 to look at"
    )
    assert files(folder) == before


def test_every_mistake_everywhere_is_said_in_one_go(folder: Folder, run: Run) -> None:
    folder.mkdocs_yml.write_text("site_url: nowhere\n")
    folder.topics_yml.write_text("topics:\n- {id: A, title: T, description: D.}\n")
    write(folder, "papers/2026/p.yml", GOOD + "x: 1\ny: 2\n")
    write(folder, "papers/2026/q.yml", b"\xff")
    write(folder, "editions/soon.yml", "picks: z\n")
    result = run("check")
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert [line.split(": ")[1].split(":")[0] for line in lines] == [
        "mkdocs.yml",
        "content/topics.yml",
        "content/papers/2026/p.yml",
        "content/papers/2026/p.yml",
        "content/papers/2026/q.yml",
        "content/editions/soon.yml",
        "content/editions/soon.yml",
    ]
    assert all("; " in line for line in lines)


def test_a_folder_that_is_no_digest(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["-C", str(tmp_path), "check"])
    assert result.exit_code == 1
    first, second = result.stderr.splitlines()
    assert first.startswith("digest: mkdocs.yml: is not there; run in a digest's folder")
    assert second.startswith("digest: content/topics.yml: cannot be read: No such file")
