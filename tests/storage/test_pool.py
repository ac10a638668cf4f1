from __future__ import annotations

import json

import pytest

from generator.errors import ContentError, ContentErrors
from generator.folder import Folder
from generator.ingest.planning import plan
from generator.model import Curation, Paper, Status
from generator.storage import journal, library, store
from generator.storage.library import Library
from generator.storage.pool import pool_path, pool_text, read_pool
from tests.builders import FULL_PAPER, appearance, paper
from tests.ingest.test_desk import RAW, after, listing, record

CANDIDATE = Curation(status=Status.CANDIDATE)


def put(folder: Folder, text: str, name: str = "2026-03-11.jsonl") -> None:
    folder.candidates.mkdir(exist_ok=True)
    (folder.candidates / name).write_text(text, encoding="utf-8")


def read(folder: Folder) -> tuple[dict[str, Paper], list[str]]:
    errors: list[ContentError] = []
    return read_pool(folder, errors), [str(error) for error in errors]


def test_candidates_are_read_as_they_were_written(folder: Folder) -> None:
    full = Paper(
        **{
            **{name: getattr(FULL_PAPER, name) for name in Paper.__dataclass_fields__},
            "curation": CANDIDATE,
        }
    )
    other = paper("other", curation={"status": Status.DECLINED})
    put(folder, pool_text([other, full]))
    assert read(folder) == ({"full-paper": full, "other": other}, [])


def test_a_line_begins_with_what_an_editor_changes() -> None:
    text = pool_text([paper("b", curation=CANDIDATE), paper("a", curation=CANDIDATE)])
    assert [line[:38] for line in text.splitlines()] == [
        '{"slug": "a", "status": "candidate", "',
        '{"slug": "b", "status": "candidate", "',
    ]


def test_a_candidate_waits_in_the_file_of_its_first_day(folder: Folder) -> None:
    seen = (appearance("2026-03-12"), appearance("2026-03-11"))
    assert pool_path(paper(appearances=seen), folder).name == "2026-03-11.jsonl"


@pytest.mark.parametrize(
    "line, told",
    [
        ("{", "content/candidates/2026-03-11.jsonl:2: is not JSON: Expecting property name"),
        ("[]", ":2: is a list, not a paper; write one paper a line"),
        ("{}", ":2: '' cannot be an address"),
        ('{"slug": "x", "status": "maybe"}', ":2: status: 'maybe' is not one of them; write one"),
        ('{"slug": "x", "status": "candidate", "title": 7}', ":2: title: is a number (7), not"),
    ],
)
def test_mistakes_are_named_with_their_line(folder: Folder, line: str, told: str) -> None:
    put(folder, f"\n{line}\n")
    found, errors = read(folder)
    assert found == {}
    assert any(told in error for error in errors), errors


def test_a_candidate_stands_once(folder: Folder) -> None:
    put(folder, pool_text([paper("x", curation=CANDIDATE)]) * 2)
    _, errors = read(folder)
    assert errors == [
        "content/candidates/2026-03-11.jsonl:2: 'x' is a candidate already; remove one line"
    ]


def test_a_candidate_is_no_paper(folder: Folder) -> None:
    journal.commit({folder.papers / "2026" / "x.yml": _record()}, folder)
    put(folder, pool_text([paper("x", curation=CANDIDATE)]))
    with pytest.raises(ContentErrors, match="'x' is a paper already: content/papers/2026/x"):
        library.load(folder)


def _record() -> str:
    return "title: X\nabstract: Y\nappearances: [{source: s, date: 2026-03-11}]\n"


def test_files_follow_what_becomes_of_candidates(folder: Folder) -> None:
    """They come, one is chosen, one gets an earlier day, one is accepted by a word."""
    (folder.content / "sources.yml").write_text(
        "sources: {feed: {title: A feed, kind: raw}}\n", encoding="utf-8"
    )
    before = library.load(folder)
    assert before.sources["feed"].kind == RAW["feed"].kind
    feed = listing(record(), record("On Pans"), record("On Cups"), source="feed")
    store.write_plan(plan(before, [feed]), before, folder)
    before = library.load(folder)
    assert set(before.candidates) == {"on-teapots", "on-pans", "on-cups"}
    assert before.papers == {}

    path = folder.candidates / "2026-03-04.jsonl"
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    accepted = next(line for line in lines if line["slug"] == "on-cups")
    accepted["status"] = "accepted"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    before = library.load(folder)
    assert set(before.papers) == {"on-cups"}

    chosen = listing(record(), day=feed.date.replace(day=9))
    earlier = listing(record("On Pans"), source="feed", day=feed.date.replace(day=1))
    store.write_plan(plan(before, [chosen, earlier]), before, folder)
    found = library.load(folder)
    assert set(found.papers) == {"on-teapots", "on-cups"}
    assert set(found.candidates) == {"on-pans"}
    assert [each.name for each in folder.candidates.iterdir()] == ["2026-03-01.jsonl"]
    expected = after(after(Library(sources=found.sources), feed), chosen, earlier)
    assert found.papers["on-teapots"] == expected.papers["on-teapots"]
