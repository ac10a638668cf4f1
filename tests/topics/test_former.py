"""Topics by the code of another day."""

from __future__ import annotations

import pytest

from generator.folder import Folder
from generator.topics import former
from generator.topics.former import OwnTopics, own_topics
from tests.builders import write_whole
from tests.conftest import ROOT

#: A generator that says what it was asked, and from where it was imported.
PRINTS = """\
import json, sys
from generator.rules import TOPICS
assert sys.argv[1:] == ["-C", {root!r}, "export", "--format", "jsonl"], sys.argv
print(json.dumps({{"id": "a", "topics": TOPICS, "title": "x\\u2028y"}}, ensure_ascii=False))
print(json.dumps({{"id": "b", "topics": []}}))
"""


def generator(folder: Folder, main: str, rules: str = "TOPICS = ['x', 'y']\n") -> None:
    write_whole(folder.root / "generator" / "__main__.py", main)
    write_whole(folder.root / "generator" / "__init__.py", "")
    write_whole(folder.root / "generator" / "rules.py", rules)


def test_a_digest_without_code_of_its_own(folder: Folder) -> None:
    assert own_topics(folder) == OwnTopics()


def test_the_code_that_is_running_needs_not_to_be_run(folder: Folder) -> None:
    for path in (ROOT / "generator").rglob("*.py"):
        write_whole(folder.root / path.relative_to(ROOT), path.read_text(encoding="utf-8"))
    assert own_topics(folder) == OwnTopics()


def test_other_code_is_run(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONSAFEPATH", "1")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    generator(folder, PRINTS.format(root=str(folder.root)))
    assert own_topics(folder) == OwnTopics({"a": ("x", "y"), "b": ()})


@pytest.mark.parametrize(
    "main, why",
    [
        ("raise SystemExit('digest: no such command')", "digest: no such command"),
        ("raise SystemExit(3)", "no reason given"),
        ("import nothing_of_the_kind", "No module named 'nothing_of_the_kind'"),
        ("print('{}')", "'id'"),
        ("print('[1]')", "list indices must be integers"),
        ("print('<html>')", "Expecting value"),
        ("import sys; sys.stdout.buffer.write(bytes([255]))", "can't decode byte 0xff"),
    ],
)
def test_code_that_does_not_run_here(folder: Folder, main: str, why: str) -> None:
    generator(folder, main)
    found = own_topics(folder)
    assert found.topics is None
    assert found.remark.startswith("its generator does not run here (")
    assert why in found.remark
    assert found.remark.endswith("so its rules are applied by today's code")


def test_code_that_does_not_end(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(former, "_PATIENCE", 0.5)
    generator(folder, "import threading; threading.Event().wait()")
    assert "takes more than 0.5 seconds" in own_topics(folder).remark


def test_the_project_as_it_is_can_be_asked(folder: Folder) -> None:
    """What is asked of an old generator, this one answers: a later one will ask it."""
    record = "{title: Search, abstract: A., appearances: [{source: s, date: 2026-01-01}]}"
    write_whole(folder.papers / "2026" / "p.yml", record)
    for path in (ROOT / "generator").rglob("*.py"):
        write_whole(folder.root / path.relative_to(ROOT), path.read_text(encoding="utf-8"))
    write_whole(folder.root / "generator" / "another.py", "")
    assert own_topics(folder) == OwnTopics({"p": ("retrieval",)})
