"""``digest schemas``: the files that editors read, and the lines that lead to them."""

from __future__ import annotations

import json
from collections.abc import Callable

from click.testing import Result

from generator.folder import Folder
from generator.storage import library
from tests.storage.test_library import GOOD, write

Run = Callable[..., Result]


def test_schemas_are_written_and_named_in_the_files(folder: Folder, run: Run) -> None:
    old = write(folder, "papers/2026/p.yml", f"# mine\r\n{GOOD}")
    edition = write(folder, "editions/2026-01-01.yml", "title: T\n")
    done = run("schemas")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == "schemas: 8 files; named in 3 files of content/\n"
    line, mine, *_ = old.read_text(encoding="utf-8").splitlines()
    assert line == "# yaml-language-server: $schema=../../../schemas/paper.schema.json"
    assert mine == "# mine"
    for path in (old, edition, folder.topics_yml):
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        schema = (path.parent / first.partition("$schema=")[2]).resolve()
        assert json.loads(schema.read_text(encoding="utf-8"))["$schema"].endswith(
            "draft-07/schema#"
        )
    assert library.load(folder).editions["2026-01-01"].title == "T"


def test_a_second_run_changes_nothing(folder: Folder, run: Run) -> None:
    write(folder, "papers/2026/p.yml", GOOD)
    run("schemas")
    files = sorted(path for path in folder.root.rglob("*") if path.is_file())
    before = {path: path.read_bytes() for path in files}
    assert "named in 0 files" in run("schemas").stdout
    assert {path: path.read_bytes() for path in files} == before
    assert run("schemas", "--check").exit_code == 0


def test_other_topics_make_them_old(folder: Folder, run: Run) -> None:
    assert run("schemas", "--check").exit_code == 0, "a digest need not have them"
    run("schemas")
    assert "run `digest schemas`" not in run("check").stdout
    text = folder.topics_yml.read_text(encoding="utf-8")
    folder.topics_yml.write_text(text.replace("id: retrieval", "id: finding"), encoding="utf-8")
    assert "schemas: are those of other topics or of another version" in run("check").stdout
    done = run("schemas", "--check")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "schemas: are not current; run `digest schemas`" in done.stderr
    assert run("schemas").exit_code == 0
    assert run("schemas", "--check").exit_code == 0
