"""``digest serve``: what it says; tests/test_serve.py sees it at work."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result

from generator import serve
from generator.commands.serve import write_again
from generator.folder import Folder
from tests.builders import write_whole

Run = Callable[..., Result]


@pytest.mark.parametrize("status", [0, 1])
def test_it_serves_what_it_wrote(
    run: Run, folder: Folder, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    served: list[str] = []

    def run_server(_folder: Folder, address: str) -> int:
        served.append(address)
        return status

    monkeypatch.setattr(serve, "run_server", run_server)
    monkeypatch.setattr(serve, "free", lambda _address: None)
    result = run("serve", "-a", "127.0.0.1:8001")
    assert served == ["127.0.0.1:8001"]
    assert result.stdout == "serving on http://127.0.0.1:8001/ (Ctrl+C ends it)\n"
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
