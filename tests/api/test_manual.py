"""The page about the API: its examples run, and it tells of every field."""

from __future__ import annotations

import functools
import http.server
import json
import os
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from generator.api import DOCUMENTS
from generator.api.manual import kind_of, manual
from generator.api.shapes import DAY, TEXT, list_of, map_of, nullable
from generator.digest import Digest
from tests.api.test_documents import NOWHERE, whole
from tests.builders import SITE, digest
from tests.rendered import Rendered
from tests.test_render import html

#: No proxy stands between a test and this machine.
ALONE = {**os.environ, "no_proxy": "127.0.0.1", "NO_PROXY": "127.0.0.1"}


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: pytest shows what matters."""


@pytest.fixture
def published(tmp_path: Path) -> Iterator[Digest]:
    """A digest whose files are served at the address that they name."""
    root = tmp_path / "site"
    root.mkdir()
    handler = functools.partial(Quiet, directory=str(root))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        address = f"http://127.0.0.1:{server.server_port}/"
        shown = whole(site=replace(SITE, url=address))
        for path, text in Rendered(shown).below("api/v1/", "papers").items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(text.encode())
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield shown
        server.shutdown()
        thread.join()


def test_the_program_prints_the_newest_edition(published: Digest) -> None:
    program = manual(published).python
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True, env=ALONE
    )
    assert published.latest is not None
    assert done.stdout.splitlines() == [
        f"{each.title} {published.site.url}{each.address}" for each in published.latest.entries
    ]


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_the_commands_fetch_what_they_name(published: Digest, tmp_path: Path) -> None:
    commands = [*map(shlex.split, manual(published).shell.splitlines())]
    assert len(commands) == 4
    answers = [
        subprocess.run(
            [*command, "--silent", "--fail"],
            check=True,
            capture_output=True,
            cwd=tmp_path,
            env=ALONE,
        ).stdout
        for command in commands
    ]
    kinds = [json.loads(answer)["$schema"].rpartition("/")[2] for answer in answers[:3]]
    assert kinds == ["index.json", "edition.json", "paper.json"]
    assert (tmp_path / "full-paper.bib").read_text().startswith("@misc{full-paper,")


@pytest.mark.parametrize("shown", [digest(), digest(site=NOWHERE)], ids=["empty", "no address"])
def test_examples_need_no_papers(shown: Digest) -> None:
    made = manual(shown)
    (command,) = made.shell.splitlines()
    assert command == f"curl {made.base}api/v1/index.json"
    assert f'read("{made.base}api/v1/index.json")' in made.python


def page(shown: Digest) -> BeautifulSoup:
    return html(Rendered(shown)["api.md"])


def test_the_page_tells_of_every_document_and_every_field() -> None:
    found = page(whole())
    for name, shape in DOCUMENTS.items():
        heading = found.find("h3", string=shape.title, class_="object")
        assert heading is not None
        table = heading.find_next("table")
        assert table is not None
        told = [
            (row.th.get_text(), row.select("td")[-1].get_text())
            for row in table.select("tbody tr")
            if row.th
        ]
        assert told == [(field.name, field.about) for field in shape.fields]
        schema = heading.find_next("a")
        assert schema is not None
        assert schema["href"] == f"v1/schemas/{name}.json"


def test_every_part_that_a_field_names_is_told_of() -> None:
    made = manual(whole())
    told = {table.title.lower() for table in (*made.documents, *made.parts)}
    plain = {"text", "day", "address", "number", "true or false", "texts by name"}
    for table in (*made.documents, *made.parts):
        for row in table.rows:
            kind = row.kind.removeprefix("list of: ").removesuffix(" or null")
            assert kind in plain | told or " · " in kind, (table.title, row)


def test_the_examples_stand_on_the_page_as_they_run() -> None:
    made = manual(whole())
    shown = [each.get_text() for each in page(whole()).select("pre")]
    assert shown == [made.shell, made.python.strip()]


def test_the_page_speaks_of_versions_browsers_and_rights() -> None:
    ids = {str(each["id"]) for each in page(whole()).select("h2[id]")}
    assert {"addresses", "examples", "promise", "browsers", "rights", "documents"} <= ids


@pytest.mark.parametrize(
    "type_, words",
    [
        (TEXT, "text"),
        (nullable(DAY), "day or null"),
        (list_of(list_of(TEXT)), "list of: list of: text"),
        (map_of(TEXT), "texts by name"),
        ({"enum": ["a", "b"]}, "a · b"),
    ],
)
def test_types_in_words(type_: dict[str, object], words: str) -> None:
    assert kind_of(type_) == words
