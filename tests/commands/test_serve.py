"""``digest serve``: what it says; tests/serving sees it at work."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from click.testing import Result

from generator.commands import serve as commands_serve
from generator.commands.serve import follow, write_again
from generator.errors import DigestError
from generator.folder import Folder
from generator.serving import by_mkdocs
from tests.builders import write_whole

Run = Callable[..., Result]


@pytest.mark.parametrize("status", [0, 1])
def test_what_only_mkdocs_can_make_is_written_and_served_by_it(
    run: Run, folder: Folder, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    served: list[str] = []

    def run_server(_folder: Folder, address: str) -> int:
        served.append(address)
        return status

    monkeypatch.setattr(by_mkdocs, "run_server", run_server)
    monkeypatch.setattr(commands_serve, "free", lambda _address: None)
    result = run("serve", "-a", "127.0.0.1:8001")
    assert served == ["127.0.0.1:8001"]
    told = "serving on http://127.0.0.1:8001/ by MkDocs itself (mkdocs.yml has plugins or hooks"
    assert told in result.stdout
    assert (folder.docs / "index.md").is_file()
    assert result.exit_code == status
    assert ("the server ended with status 1" in result.stderr) == bool(status)


def test_an_edit_is_written_and_a_mistake_is_said(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    write_again(folder)
    assert capsys.readouterr().out.endswith(" files written, 0 removed\n")
    write_whole(folder.editions / "soon.yml", "title: A day\n")
    write_again(folder)
    said = capsys.readouterr()
    assert said.out == ""
    assert "content/editions/soon.yml" in said.err
    assert (folder.docs / "index.md").is_file()


def test_an_edit_that_is_taken_in_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    told: list[int] = []

    def fail(error: Exception) -> str:
        raise error

    follow(lambda: "12 papers", lambda: told.append(1))
    assert re.fullmatch(r"12 papers, there in \d+\.\d s\n", capsys.readouterr().out)
    assert told == [1]

    follow(lambda: fail(DigestError("a.yml: is wrong")), lambda: told.append(2))
    follow(lambda: fail(ValueError("odd")), lambda: told.append(3))
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "digest: a.yml: is wrong\ndigest: ValueError: odd; the site is as it was\n"
    assert told == [1]
