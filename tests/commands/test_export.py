from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator import content
from generator.commands import export as module
from generator.content import Content
from generator.digest import Digest
from generator.errors import DigestError
from generator.folder import Folder
from generator.model import Status
from generator.storage.library import Library
from generator.topics.taxonomy import Taxonomy
from tests.builders import SITE, digest, entry, paper

PUBLIC = entry("a-paper", title="Größe")
WAITING = entry("waiting")


@pytest.fixture(autouse=True)
def _library(monkeypatch: pytest.MonkeyPatch) -> None:
    """A library of one public paper and one candidate."""
    papers = {
        "a-paper": paper(),
        "waiting": paper("waiting", curation={"status": Status.CANDIDATE}),
    }
    found = Content(SITE, Taxonomy(()), Library(papers=papers))

    def digest_of(given: Content, *, everything: bool = False) -> Digest:
        assert given is found
        return digest(PUBLIC, WAITING) if everything else digest(PUBLIC)

    monkeypatch.setattr(content, "read", lambda _folder: found)
    monkeypatch.setattr(module, "digest_of", digest_of)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(module.command, arguments, obj=Folder(Path()))


def test_papers_go_to_standard_output() -> None:
    result = run("--format", "jsonl")
    assert result.exit_code == 0
    (line,) = result.stdout_bytes.decode().splitlines()
    assert json.loads(line)["title"] == "Größe"
    assert "status" not in json.loads(line)


def test_all_papers_say_how_they_stand() -> None:
    result = run("--format", "json", "--all")
    assert {one["id"]: one["status"] for one in json.loads(result.stdout)} == {
        "a-paper": "accepted",
        "waiting": "candidate",
    }


def test_a_file_gets_the_same_bytes(tmp_path: Path) -> None:
    output = tmp_path / "papers.csv"
    result = run("--format", "csv", "-o", str(output))
    assert (result.exit_code, result.stdout) == (0, "")
    assert output.read_bytes() == run("--format", "csv").stdout_bytes
    assert b"\r\n" in output.read_bytes()


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    output = tmp_path / "nowhere" / "papers.csv"
    result = run("--format", "csv", "-o", str(output))
    assert isinstance(result.exception, DigestError)
    assert str(result.exception).startswith(f"{output}: cannot be written: ")


@pytest.mark.parametrize("arguments", [(), ("--format", "xml")])
def test_the_format_must_be_one_of_those_there_are(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "jsonl" in result.output
