from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
import yaml
from click.testing import Result

from generator.fetch import client
from generator.folder import Folder
from generator.storage import library
from generator.storage.records import paper_text
from tests.builders import paper, prose
from tests.fetch.test_manners import Time
from tests.ingest.test_planning import files
from tests.server import Asked, Faulty, Reply, answer, serving

Run = Callable[..., Result]
Save = Callable[..., Path]

TEA, CUPS, POTS = "On the making of tea", "A general theory of cups", "Pots, revisited"


@pytest.fixture(autouse=True)
def some_papers(folder: Folder) -> None:
    """A library of three papers, of which nothing is known but what they say."""
    for slug, title in (("tea", TEA), ("cups", CUPS), ("pots", POTS)):
        one = paper(slug, source_title=title, source_abstract=prose(slug))
        path = folder.papers / "2026" / f"{slug}.yml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(paper_text(one) + "curation: {pick: true}  # kept\n", encoding="utf-8")


@pytest.fixture
def save(tmp_path: Path) -> Save:
    """``save({…}, …)``: a file of facts, outside of the digest."""

    def call(*facts: dict[str, Any], name: str = "facts.jsonl") -> Path:
        path = tmp_path / name
        path.write_text("".join(json.dumps(each) + "\n" for each in facts), encoding="utf-8")
        return path

    return call


def text_of(folder: Folder, slug: str) -> str:
    return (folder.papers / "2026" / f"{slug}.yml").read_text(encoding="utf-8")


def record(folder: Folder, slug: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(text_of(folder, slug))
    return found


def number(folder: Folder, slug: str, arxiv: str) -> None:
    """Let a paper have a number at arXiv."""
    text = text_of(folder, slug).replace("curation:", f"ids: {{arxiv: '{arxiv}'}}\ncuration:")
    (folder.papers / "2026" / f"{slug}.yml").write_text(text, encoding="utf-8")


def test_papers_are_completed_and_say_from_where_and_why(
    folder: Folder, run: Run, save: Save
) -> None:
    result = run(
        "enrich",
        "--from",
        save(
            {"title": TEA, "arxiv": "2601.00001", "authors": ["Ada Lovelace"], "from": "API"},
            {"title": CUPS, "url": "https://example.org/p", "from": "lists", "seen": 1},
            {"title": "Of nothing here", "doi": "10.1000/1"},
        ),
    )
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [
        (
            "1 fact by the title alone, of which the file says that it was seen once or never; "
            "look at them:"
        ),
        "  cups: links",
        "facts taken: 2 (2 by the same title alone)",
        "facts of no paper here: 1",
        "completed: 2 papers of 3",
        "  with an identifier: 0 before, 1 now",
        "  with authors: 0 before, 1 now",
        "  with a link to the paper: 0 before, 2 now",
        "  with a link to code: 0 before, 0 now",
    ]
    tea = record(folder, "tea")
    assert (tea["ids"], tea["authors"]) == ({"arxiv": "2601.00001"}, ["Ada Lovelace"])
    assert tea["completed"] == [
        {
            "source": "list",
            "file": "facts.jsonl",
            "fields": ["ids.arxiv", "authors"],
            "match": {"rule": "same title alone", "title": 100},
            "note": "API",
        }
    ]
    assert text_of(folder, "tea").endswith("curation: {pick: true}  # kept\n")
    assert run("check").exit_code == 0


def test_twice_is_once(folder: Folder, run: Run, save: Save) -> None:
    path = save({"title": TEA, "arxiv": "2601.00001"})
    run("enrich", "--from", path)
    before = files(folder)
    result = run("enrich", "--from", path)
    assert files(folder) == before
    assert "facts taken: 0\nfacts with nothing new: 1\ncompleted: 0 papers of 3\n" in result.stdout


def test_a_dry_run_says_what_would_change(folder: Folder, run: Run, save: Save) -> None:
    before = files(folder)
    result = run("enrich", "--from", save({"title": TEA, "arxiv": "2601.00001"}), "--dry-run")
    assert "would be completed: 1 paper of 3\n  with an identifier: 0 before, 1 now" in (
        result.stdout
    )
    assert files(folder) == before


@pytest.mark.parametrize("given", [("--from", 0, 1), ("--from", 0, "--from", 1), ("--from", 1, 0)])
def test_files_are_named_with_the_option_or_behind_it(
    folder: Folder, run: Run, save: Save, given: tuple[object, ...]
) -> None:
    paths = [
        save({"title": TEA, "arxiv": "2601.00001"}),
        save({"title": CUPS, "arxiv": "2601.00002"}, name="more.jsonl"),
    ]
    result = run("enrich", *(paths[each] if isinstance(each, int) else each for each in given))
    assert result.exit_code == 0, result.output
    assert [record(folder, slug)["ids"] for slug in ("tea", "cups")] == [
        {"arxiv": "2601.00001"},
        {"arxiv": "2601.00002"},
    ]


def test_what_is_left_is_told_with_what_to_do(folder: Folder, run: Run, save: Save) -> None:
    before = files(folder)
    path = save(
        {"title": "Theories, and cups", "arxiv": "2601.00001"},
        {"title": "A general theory of cup", "arxiv": "2601.00002"},
        {"title": TEA, "arxiv": "2601.00003"},
        {"title": TEA, "arxiv": "2601.00004"},
    )
    result = run("enrich", "--from", path)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].startswith(
        "left to you: facts.jsonl:2: 'A general theory of cup' (arXiv 2601.00002) has a title "
        "that is only alike (9"
    )
    assert lines[0].endswith(
        " of 100): cups 'A general theory of cups'; write the record's title into the file if it "
        "is that paper, or add it by hand"
    )
    assert lines[1] == (
        "left to you: facts.jsonl:3: 'On the making of tea' (arXiv 2601.00003) has a title that "
        "stands there with several works: arXiv 2601.00003, arXiv 2601.00004: tea 'On the making "
        "of tea'; keep one of them"
    )
    assert "facts left to you: 3\nfacts of no paper here: 1\n" in result.stdout
    assert files(folder) == before


def test_what_cannot_be_the_paper_is_told(folder: Folder, run: Run, save: Save) -> None:
    run("enrich", "--from", save({"title": TEA, "arxiv": "2601.00001"}))
    result = run("enrich", "--from", save({"title": TEA, "arxiv": "2601.00002"}))
    assert result.stdout.startswith(
        "not used: facts.jsonl:1: 'On the making of tea' (arXiv 2601.00002) has another arXiv "
        "identifier than the record: not 2601.00001: tea "
    )
    assert record(folder, "tea")["ids"] == {"arxiv": "2601.00001"}


def test_a_bad_file_is_named_and_stops_no_other(
    folder: Folder, run: Run, save: Save, tmp_path: Path
) -> None:
    missing = tmp_path / "missing.jsonl"
    result = run("enrich", "--from", missing, save({"title": TEA, "arxiv": "2601.00001"}))
    assert result.exit_code == 1
    assert result.stderr == (
        f"digest: {missing}: cannot be read: No such file or directory; check the name\n"
    )
    assert record(folder, "tea")["ids"] == {"arxiv": "2601.00001"}


def test_a_bad_record_is_named_and_stops_no_other(run: Run, save: Save) -> None:
    path = save(
        {"title": TEA, "arxiv": "x1"}, {"title": "", "doi": "10.1000/1"}, {"title": CUPS, "x": 1}
    )
    result = run("enrich", "--from", path)
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "digest: facts.jsonl: not read, for nothing is known of them: 'x'",
        "digest: facts.jsonl: line 1: 'x1' is no identifier; left out",
        "digest: facts.jsonl:2: not used: '': no title",
    ]


@pytest.mark.parametrize(
    "given, message",
    [
        ((), "say --from FILE… or --api, and not both"),
        (("--from", "a.jsonl", "--api", "arxiv"), "say --from FILE… or --api, and not both"),
        (("--from", "a.jsonl", "--limit", "3"), "--limit is for --api"),
        (("--api", "scholar"), "'scholar' is not one of"),
    ],
)
def test_wrong_usage(run: Run, given: tuple[str, ...], message: str) -> None:
    result = run("enrich", *given)
    assert result.exit_code == 2
    assert message in result.stderr


# --- services


@pytest.fixture
def service(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Iterator[Faulty]:
    """arXiv and Hugging Face on this machine, and a clock that only they move."""
    time, real = Time(), client.Client

    def with_time(contact: str, tell: Callable[[str], None]) -> client.Client:
        return real(contact, tell, world=time.world)

    monkeypatch.setattr(client, "Client", with_time)
    for name in ("http_proxy", "all_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with serving() as faulty:
        fetchings = {
            "arxiv": {"service": "arxiv", "categories": ["cs.CL"], "url": faulty.url},
            "hf": {"service": "hugging-face", "url": faulty.url},
        }
        sources = {name: {"fetch": fetching} for name, fetching in fetchings.items()}
        text = yaml.safe_dump({"sources": sources})
        (folder.content / "sources.yml").write_text(text, encoding="utf-8")
        yield faulty


def atom(*entries: tuple[str, str, str]) -> Reply:
    """An answer of arXiv's: identifiers, titles and abstracts."""
    told = "".join(
        f"<entry><id>http://arxiv.org/abs/{id_}v1</id><title>{escape(title)}</title>"
        f"<summary>{escape(abstract)}</summary><published>2026-01-02T00:00:00Z</published>"
        "<author><name>Ada Lovelace</name></author></entry>"
        for id_, title, abstract in entries
    )
    head = "<id>http://arxiv.org/api/x</id><updated>2026-01-03T00:00:00Z</updated>"
    return answer(f'<feed xmlns="http://www.w3.org/2005/Atom">{head}{told}</feed>')


def test_arxiv_is_asked_by_title_and_by_number(folder: Folder, run: Run, service: Faulty) -> None:
    number(folder, "pots", "2601.00003")

    def reply(asked: Asked) -> Reply:
        query = asked.params.get("search_query", "")
        if asked.params.get("id_list"):
            return atom(("2601.00003", "Pots", "We boil."))
        if "tea" in query:
            return atom(("2601.00009", "On Tea", prose(9)), ("2601.00001", TEA, prose("tea")))
        return answer("Nobody is here", status=404)

    service.replies = reply
    result = run("enrich", "--api", "arxiv")
    assert result.exit_code == 1, result.output
    assert record(folder, "tea")["ids"] == {"arxiv": "2601.00001"}
    assert record(folder, "pots")["authors"] == ["Ada Lovelace"]
    rules = [record(folder, slug)["completed"][0] for slug in ("tea", "pots")]
    assert [(each["source"], each["match"]["rule"]) for each in rules] == [
        ("arxiv", "same title and abstract"),
        ("arxiv", "same identifier"),
    ]
    assert "completed" not in record(folder, "cups")
    assert result.stderr.startswith(f"digest: cups: {service.url}/api/query?")
    assert "404" in result.stderr
    assert run("check").exit_code == 0


def test_a_question_about_numbers_that_fails_stops_no_other(
    folder: Folder, run: Run, service: Faulty
) -> None:
    number(folder, "pots", "2601.00003")
    service.replies = lambda asked: (
        answer(status=404) if "id_list" in asked.params else atom(("2601.00001", TEA, prose("tea")))
    )
    result = run("enrich", "--api", "arxiv")
    assert result.exit_code == 1
    assert result.stderr.startswith("digest: 1 paper with an arXiv number: ")
    assert record(folder, "tea")["ids"] == {"arxiv": "2601.00001"}


def test_hugging_face_is_asked_by_title_about_so_many_papers(
    folder: Folder, run: Run, service: Faulty
) -> None:
    entry = {
        "paper": {
            "id": "2601.00002",
            "title": CUPS,
            "summary": prose("cups"),
            "authors": [{"name": "Ada Lovelace"}],
            "upvotes": 1,
        }
    }
    service.replies = [answer(json.dumps([entry]))]
    result = run("enrich", "--api", "hugging-face", "--limit", 1)
    assert result.exit_code == 0, result.output
    assert len(service.asked) == 1
    assert record(folder, "cups")["ids"] == {"arxiv": "2601.00002"}
    assert record(folder, "cups")["completed"][0]["source"] == "hugging-face"


def test_papers_that_lack_nothing_are_not_asked_about(
    folder: Folder, run: Run, save: Save, service: Faulty
) -> None:
    facts = [
        {
            "title": one.title,
            "doi": f"10.1000/{one.slug}",
            "authors": ["A B"],
            "published": "2026-01-02",
        }
        for one in library.load(folder).papers.values()
    ]
    run("enrich", "--from", save(*facts))
    result = run("enrich", "--api", "arxiv")
    assert (result.exit_code, service.asked) == (0, [])
