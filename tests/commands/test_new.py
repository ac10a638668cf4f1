"""``digest new``: what it says; tests/starting sees what it makes at work."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from generator.cli import main
from tests.conftest import ROOT

WHERE = "git+https://example.org/paper-digest@v1"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def new(*args: str) -> Result:
    return CliRunner().invoke(main, ["new", *args])


def test_it_says_what_it_made_and_what_comes_next() -> None:
    result = new("bound-and-kept", "--generator", WHERE)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        f"bound-and-kept: a digest of 38 files; its generator: {WHERE}\n"
        "next: make -C bound-and-kept site\n"
    )
    said = yaml.safe_load(Path("bound-and-kept", "mkdocs.yml").read_text())
    assert said["site_name"] == "Bound and kept"


def test_everything_can_be_said() -> None:
    args = ["--name", "N", "--description", "D", "--url", "https://a.example/", "--repository"]
    args += ["https://git.example/r", "--topic", "Sewing", "--topic", "Boards"]
    assert new("x", *args, "--generator", WHERE).exit_code == 0
    said = yaml.safe_load(Path("x", "mkdocs.yml").read_text())
    assert [said[each] for each in ("site_name", "site_description", "site_url", "repo_url")] == [
        *("N", "D", "https://a.example/", "https://git.example/r")
    ]
    topics = yaml.safe_load(Path("x", "content", "topics.yml").read_text())["topics"]
    assert [each["id"] for each in topics] == ["sewing", "boards"]


def test_in_a_checkout_the_generator_is_the_checkout() -> None:
    result = new("x")
    assert result.exit_code == 0
    assert f"its generator: --editable {ROOT}\n" in result.stdout
    assert result.stderr == (
        "digest: a path is of this machine: before others build the digest, "
        "name a wheel or an address\n"
    )


def test_the_current_folder_will_do_if_it_is_empty() -> None:
    assert new(".", "--name", "A", "--generator", WHERE).exit_code == 0
    assert Path("mkdocs.yml").is_file()
    result = new(".", "--name", "A", "--generator", WHERE)
    assert result.exit_code == 2
    assert "is not empty ('.generator.json' is in it); name another folder" in result.stderr


@pytest.mark.parametrize(
    "args, says",
    [
        (
            ["x", "--generator", "nowhere.whl"],
            "digest: --generator 'nowhere.whl': there is no such",
        ),
        (["x", "--generator", WHERE, "--name", " "], "digest: --name ' ': has nothing to read"),
        (["x", "--generator", WHERE, "--topic", "?"], "digest: --topic '?': has no word in it"),
        (["x", "--generator", WHERE, "--url", "a"], "digest: --url 'a': is no web address"),
        ([], "Missing argument 'DIR'"),
        (["x", "y"], "unexpected extra argument"),
    ],
)
def test_wrong_usage_makes_nothing(args: list[str], says: str) -> None:
    result = new(*args)
    assert result.exit_code == 2
    assert says in result.stderr
    assert "Traceback" not in result.stderr
    assert list(Path.cwd().iterdir()) == []


def test_a_place_that_cannot_be_written_is_a_message() -> None:
    Path("file").write_text("mine")
    result = new("file/x", "--generator", WHERE)
    assert result.exit_code == 1
    assert result.stderr.endswith("; check disk and rights\n")
    assert [path.name for path in Path.cwd().iterdir()] == ["file"]
