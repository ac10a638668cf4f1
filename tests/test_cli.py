from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import generator
from generator import cli
from generator.cli import COMMANDS, main
from generator.errors import ContentErrors, DigestError, UsageError
from generator.folder import Folder
from tests.conftest import ROOT

Run = Callable[..., Result]


def invoke(*args: str) -> Result:
    return CliRunner().invoke(main, args)


def test_the_help_lists_all_commands_in_order() -> None:
    result = invoke("--help")
    assert result.exit_code == 0
    listed = [
        line.split()[0]
        for line in result.stdout.partition("Commands:")[2].split("\n")
        if line.strip()
    ]
    assert listed == list(COMMANDS)
    assert invoke("-h").stdout == result.stdout


def test_every_module_of_a_command_is_a_command() -> None:
    modules = {path.stem for path in (ROOT / "generator" / "commands").glob("[a-z]*.py")}
    assert modules == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_help(name: str) -> None:
    result = invoke(name, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: main {name} ")
    context = click.Context(main)
    command = main.get_command(context, name)
    assert command is not None
    assert command.name == name
    assert command.help


def test_the_version() -> None:
    result = invoke("--version")
    assert (result.exit_code, result.stdout) == (0, f"digest, version {generator.__version__}\n")


@pytest.mark.parametrize(
    "args",
    [
        ("nonsense",),
        ("--nonsense",),
        ("-C",),
        ("-C", "/does/not/exist", "check"),
        ("-C", __file__, "check"),
        ("check", "too", "many"),
        ("ingest",),
        ("ingest", "--nonsense", "x"),
        ("ingest", "--date", "2026-02-30", "x"),
        (),
    ],
)
def test_wrong_usage_ends_with_status_2(args: tuple[str, ...]) -> None:
    result = invoke(*args)
    assert result.exit_code == 2
    assert isinstance(result.exception, SystemExit)
    assert "Usage: " in result.stderr or "requires an argument" in result.stderr


def test_another_folder_is_worked_on(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.root.parent)
    assert invoke("-C", "digest", "check").exit_code == 0
    assert invoke("check").exit_code == 1
    monkeypatch.chdir(folder.root)
    assert invoke("check").exit_code == 0
    assert invoke("-C", ".", "check").exit_code == 0


def test_files_are_named_from_where_the_user_is(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.root.parent)
    Path("x.txt").write_text("nothing")
    result = invoke("-C", "digest", "ingest", "x.txt", "y.txt")
    assert result.stderr.startswith("digest: x.txt:1: not a listing")
    assert "digest: y.txt: cannot be read" in result.stderr


@pytest.mark.parametrize(
    "error, status, message",
    [
        (DigestError("wrong"), 1, "digest: wrong\n"),
        (DigestError("one\ntwo"), 1, "digest: one\ndigest: two\n"),
        (ContentErrors([]), 1, ""),
        (UsageError("wrong"), 2, "digest: wrong\n"),
    ],
)
def test_what_a_user_can_mend_is_a_message(
    monkeypatch: pytest.MonkeyPatch, error: DigestError, status: int, message: str
) -> None:
    @click.command("check")
    def command() -> None:
        raise error

    monkeypatch.setattr(cli.Commands, "get_command", lambda *_: command)
    result = invoke("check")
    assert (result.exit_code, result.stderr, result.stdout) == (status, message, "")


def test_a_defect_of_the_program_is_not_disguised(monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command("check")
    def command() -> None:
        raise KeyError("defect")

    monkeypatch.setattr(cli.Commands, "get_command", lambda *_: command)
    assert isinstance(invoke("check").exception, KeyError)


def test_the_program_starts_as_a_module(folder: Folder) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "generator", "-C", folder.root, "check"],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("nothing wrong, 2 to look at\n")
