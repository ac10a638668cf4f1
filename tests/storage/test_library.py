from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import Result

from generator import parallel
from generator.errors import ContentErrors
from generator.folder import Folder
from generator.intake import Dating, LedgerEntry
from generator.model import Appearance, Curation, Edition, Link, LinkKind, Paper, Status
from generator.storage import journal, library
from generator.storage.papers import is_web_address
from tests.conftest import ROOT

Run = Callable[..., Result]

GOOD = """\
title: T
abstract: A.
appearances:
- {source: s, date: 2026-01-01, file: f}
"""

FULL = """\
title: A Title
abstract: |
  An abstract.

  In two paragraphs.
authors: [Ada, "B. C."]
ids: {arxiv: "2010.00904"}
published: 2020-10-02
links:
- {kind: code, url: https://example.org/x}
appearances:
- {source: late, date: 2026-02-01}
- {source: early, date: 2026-01-01, file: f, title: Old, abstract: Old one.}
curation:
  topics: [retrieval]
  add_topics: [speech]
  drop_topics: []
  pick: true
  note: Read it.
  status: candidate
  hidden: true
  same_as: other
  distinct_from: [other]
  title: Mine
  abstract: My own.
  authors: [Ada Lovelace]
  ids: {arxiv: "https://arxiv.org/abs/2010.00905v2", doi: }
  published: 2020-10-03
  links: []
  formerly: [the-title]
"""


def write(folder: Folder, name: str, text: str | bytes) -> Path:
    path = folder.content / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def mistakes(folder: Folder) -> list[str]:
    with pytest.raises(ContentErrors) as caught:
        library.load(folder)
    return [str(error) for error in caught.value.errors]


def mistake(folder: Folder) -> str:
    (message,) = mistakes(folder)
    return message


def test_a_library_that_changes_while_it_is_read_is_read_again(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads = 0
    read = library._read

    def disturbed(at: Folder) -> object:
        nonlocal reads
        reads += 1
        found = read(at)
        if reads < 3:
            journal.commit({at.papers / "2026" / f"p{reads}.yml": RECORD}, at)
        return found

    monkeypatch.setattr(library, "_read", disturbed)
    assert set(library.load(folder).papers) == {"p1", "p2"}
    assert reads == 3


RECORD = "title: T\nabstract: A\nappearances: [{source: s, date: 2026-01-01}]\n"


@pytest.mark.parametrize("field", ["note", "title", "abstract", "introduction"])
def test_an_abstract_may_begin_like_a_field(folder: Folder, field: str) -> None:
    text = f"title: T\nabstract: |\n  {field}: we rank #1 of all\n" + RECORD.split("\n")[2]
    (folder.papers / "p.yml").write_text(text, encoding="utf-8")
    assert library.load(folder).papers["p"].abstract == f"{field}: we rank #1 of all"


def test_a_full_record(folder: Folder) -> None:
    write(folder, "papers/2026/a-title.yml", FULL)
    path = write(folder, "papers/2026/other.yml", GOOD)
    found = library.load(folder)
    assert found.files["other"] == path
    assert found.papers["a-title"] == Paper(
        slug="a-title",
        source_title="A Title",
        source_abstract="An abstract.\n\nIn two paragraphs.",
        appearances=(
            Appearance(dt.date(2026, 1, 1), "early", "f", "Old", "Old one."),
            Appearance(dt.date(2026, 2, 1), "late", ""),
        ),
        source_authors=("Ada", "B. C."),
        source_ids={"arxiv": "2010.00904"},
        source_published=dt.date(2020, 10, 2),
        source_links=(Link(LinkKind.CODE, "https://example.org/x"),),
        curation=Curation(
            topics=("retrieval",),
            add_topics=("speech",),
            pick=True,
            note="Read it.",
            status=Status.CANDIDATE,
            hidden=True,
            same_as="other",
            distinct_from=("other",),
            title="Mine",
            abstract="My own.",
            authors=("Ada Lovelace",),
            ids=(("arxiv", "2010.00905"), ("doi", None)),
            published=dt.date(2020, 10, 3),
            links=(),
            formerly=("the-title",),
        ),
    )
    shown = found.papers["a-title"]
    assert shown.authors == ("Ada Lovelace",)
    assert shown.ids == {"arxiv": "2010.00905"}
    assert (shown.published, shown.links) == (dt.date(2020, 10, 3), ())


def test_papers_are_named_as_they_are_called_now(folder: Folder) -> None:
    write(folder, "papers/2026/new.yml", f"{GOOD}curation:\n  formerly: [old, older]\n")
    write(folder, "papers/2026/copy.yml", f"{GOOD}merged_into: older\n")
    write(folder, "papers/2026/two.yml", f"{GOOD}curation:\n  distinct_from: [old]\n")
    write(folder, "editions/2026-01-01.yml", "picks: [old, two, new]\n")
    ledger = "source: s\ndate: 2026-01-01\ndated_by: option\nfile: f\nfingerprint: x\nrecords: 2\n"
    write(folder, "ledger/x.yml", f"{ledger}papers: [old, two]\n")
    found = library.load(folder)
    assert found.moved == {"old": "new", "older": "new"}
    assert found.papers["copy"].merged_into == "new"
    assert found.papers["two"].curation.distinct_from == ("new",)
    assert found.editions["2026-01-01"].picks == ("new", "two", "new")
    assert found.ledger["x"].papers == ("new", "two")


@pytest.mark.parametrize(
    "names, message",
    [
        ("[p]", "formerly[0]: 'p' is the address of a paper; an address leads to one paper only"),
        (
            "[z, q]",
            "formerly[1]: 'q' was also the address of 'o'; an address leads to one paper only",
        ),
        ("[A B]", "formerly[0]: 'A B' cannot have been an address; write the former name of the"),
    ],
)
def test_a_former_name_is_nobody_elses(folder: Folder, names: str, message: str) -> None:
    write(folder, "papers/2026/o.yml", f"{GOOD}curation: {{formerly: [q]}}\n")
    write(folder, "papers/2026/p.yml", f"{GOOD}curation: {{formerly: {names}}}\n")
    assert mistake(folder).startswith(f"content/papers/2026/p.yml:5: curation.{message}")


def test_editions_and_the_ledger(folder: Folder) -> None:
    write(folder, "papers/2026/p.yml", GOOD)
    write(folder, "editions/2026-01-01.yml", "title: A day\nintroduction: Hello.\npicks: [p]\n")
    write(folder, "editions/2026-01-02.yml", "{}")
    write(
        folder,
        "ledger/x.yml",
        "source: s\ndate: 2026-01-01\ndated_by: file name\nfile: f\nfingerprint: ab\npapers: [p]\n",
    )
    found = library.load(folder)
    assert found.editions == {
        "2026-01-01": Edition(dt.date(2026, 1, 1), "A day", "Hello.", ("p",)),
        "2026-01-02": Edition(dt.date(2026, 1, 2)),
    }
    day = dt.date(2026, 1, 1)
    assert found.ledger == {"x": LedgerEntry("s", day, Dating.FILE_NAME, "f", "ab", ("p",))}


def test_an_empty_library(folder: Folder) -> None:
    found = library.load(folder)
    assert (found.papers, found.editions, found.ledger) == ({}, {}, {})
    folder.papers.rmdir()
    assert library.load(folder) == found


def test_papers_are_in_order_whatever_the_year(folder: Folder) -> None:
    for name in ("2026/b", "2025/c", "2027/a"):
        write(folder, f"papers/{name}.yml", GOOD)
    assert list(library.load(folder).papers) == ["a", "b", "c"]


@pytest.mark.parametrize("text", ["\ufeff" + GOOD, GOOD.replace("\n", "\r\n"), "---\n" + GOOD])
def test_how_an_editor_saves_a_file_changes_nothing(folder: Folder, text: str) -> None:
    write(folder, "papers/2026/p.yml", text)
    assert library.load(folder).papers["p"].title == "T"


MISTAKES = yaml.safe_load(
    (ROOT / "tests" / "data" / "mistakes_in_records.yml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", MISTAKES, ids=lambda case: case["name"])
def test_a_mistake_in_a_record(folder: Folder, case: dict[str, str]) -> None:
    """Each is named with file, line, field, value and remedy."""
    text = case["text"]
    field = text.partition(":")[0]
    lines = GOOD.splitlines()
    if field == "appearances":
        lines = [*lines[:2], text]
    else:
        lines = [text if line.startswith(f"{field}:") else line for line in lines]
    if text not in lines:
        lines.append(text)
    write(folder, "papers/2026/p.yml", "\n".join(lines) + "\n")
    found = mistake(folder)
    assert found.startswith("content/papers/2026/p.yml:")
    assert case["message"] in found
    assert "; " in found


@pytest.mark.parametrize(
    "data, message",
    [
        (b"", "content/papers/2026/p.yml: is empty; write fields and values: `field: value`"),
        (b"# only a comment\n", "content/papers/2026/p.yml: is empty; write fields and values"),
        (b"- a\n- b\n", "content/papers/2026/p.yml: is a list; write fields and values"),
        (b"just words\n", "content/papers/2026/p.yml: is text; write fields and values"),
        (
            b"title: Caf\xe9\n",
            "content/papers/2026/p.yml: is not UTF-8: byte 0xe9; save it as UTF-8",
        ),
        (b"a: 1\n---\nb: 2\n", "content/papers/2026/p.yml:2: not YAML: expected a single document"),
    ],
)
def test_a_file_that_is_no_record(folder: Folder, data: bytes, message: str) -> None:
    write(folder, "papers/2026/p.yml", data)
    assert mistake(folder).startswith(message)


@pytest.mark.parametrize("name", ["Upper", "a_b", "a--b", "-a", "a-", "ü", "a b", "a.b", "a.yml"])
def test_a_file_whose_name_is_no_address(folder: Folder, name: str) -> None:
    write(folder, f"papers/2026/{name}.yml", GOOD)
    assert mistake(folder) == (
        f"content/papers/2026/{name}.yml: {name!r} cannot be an address; "
        "name the file with a-z, 0-9 and single hyphens"
    )


@pytest.mark.parametrize("name", ["papers/2026/p.yaml", "editions/2026-01-01.YML", "ledger/x.yaml"])
def test_a_file_with_another_ending_is_not_passed_over(folder: Folder, name: str) -> None:
    path = write(folder, name, GOOD)
    assert mistake(folder) == (
        f"content/{name}: ends in {path.suffix!r}; rename it to {path.stem}.yml"
    )


def test_other_files_are_passed_over(folder: Folder) -> None:
    for name in (
        "papers/README.md",
        "papers/2026/p.yml~",
        "papers/.p.yml.swp",
        "papers/2026/.x.tmp",
    ):
        write(folder, name, "junk")
    assert library.load(folder).papers == {}


def test_two_papers_of_one_address(folder: Folder) -> None:
    write(folder, "papers/2025/p.yml", GOOD)
    write(folder, "papers/2026/p.yml", GOOD)
    assert mistake(folder) == (
        "content/papers/2026/p.yml: content/papers/2025/p.yml has the same name, so the same "
        "address; rename the file that is not yet published, or remove one"
    )


def test_two_editions_of_one_day(folder: Folder) -> None:
    write(folder, "editions/2026-01-01.yml", "{}")
    write(folder, "editions/more/2026-01-01.yml", "{}")
    assert "content/editions/2026-01-01.yml has the same name" in mistake(folder)


def test_a_folder_named_like_a_record(folder: Folder) -> None:
    (folder.papers / "2026" / "p.yml").mkdir(parents=True)
    assert mistake(folder).startswith("content/papers/2026/p.yml: cannot be read: Is a directory")


@pytest.mark.parametrize(
    "decisions, expected",
    [
        ({"a": "b", "b": "a"}, {"a": "b", "b": "a"}),
        ({"a": "b", "b": "c"}, {"a": "b"}),
        ({"a": "b", "b": "c", "c": "a"}, {"a": "b", "b": "c", "c": "a"}),
        ({"a": "c", "b": "c"}, {}),
    ],
)
def test_a_paper_repeats_one_that_stays(
    folder: Folder, decisions: dict[str, str], expected: dict[str, str]
) -> None:
    for slug in "abc":
        decision = f"curation: {{same_as: {decisions[slug]}}}\n" if slug in decisions else ""
        write(folder, f"papers/2026/{slug}.yml", GOOD + decision)
    if not expected:
        assert library.load(folder).papers["a"].curation.same_as == "c"
        return
    assert mistakes(folder) == [
        f"content/papers/2026/{slug}.yml:5: curation.same_as: {other!r} is itself said to be the "
        f"same as {decisions[other]!r}; name the record that stays"
        for slug, other in expected.items()
    ]


@pytest.mark.parametrize("name", ["soon", "2026-02-30", "20260101", "2026-1-1", "2026-W01-1"])
def test_an_edition_whose_name_is_no_day(folder: Folder, name: str) -> None:
    write(folder, f"editions/{name}.yml", "title: A day\n")
    assert mistake(folder) == (
        f"content/editions/{name}.yml: {name!r} is not a day; name the file as 2026-08-19.yml"
    )


@pytest.mark.parametrize(
    "text, message",
    [
        ("picks: p", "1: picks: is text, not a list; write it as a list: `[p]`"),
        ("picks:\n- p\n- q", "3: picks[1]: 'q' is no paper of the library; write the name of its"),
        ("title: 1", "1: title: is a number (1), not text; put it in quotes"),
        ("introdction: x", "1: introdction: is not a known field; did you mean 'introduction'?"),
    ],
)
def test_a_mistake_in_an_edition(folder: Folder, text: str, message: str) -> None:
    write(folder, "papers/2026/p.yml", GOOD)
    write(folder, "editions/2026-01-01.yml", text)
    assert mistake(folder).startswith(f"content/editions/2026-01-01.yml:{message}")


LEDGER = "source: s\ndate: 2026-01-01\ndated_by: clock\nfile: f\nfingerprint: ab\npapers: [p]\n"


@pytest.mark.parametrize(
    "old, new, message",
    [
        ("source: s", "source: 1", "1: source: is a number (1), not text"),
        ("date: 2026-01-01", "date: soon", "2: date: is not a date: soon"),
        (
            "clock",
            "guess",
            "3: dated_by: 'guess' is not one of them; write one of: option, listing",
        ),
        ("fingerprint: ab\n", "", " has no 'fingerprint'"),
        ("papers: [p]\n", "", " has no 'papers'; add the field 'papers'"),
        ("file: f", "files: f", "4: files: is not a known field; did you mean 'file'?"),
    ],
)
def test_a_mistake_in_the_ledger(folder: Folder, old: str, new: str, message: str) -> None:
    write(folder, "ledger/x.yml", LEDGER.replace(old, new))
    assert any(each.startswith(f"content/ledger/x.yml:{message}") for each in mistakes(folder))


def test_all_mistakes_are_said_at_once(folder: Folder) -> None:
    write(folder, "papers/2026/a.yml", GOOD + "pick: true\nauthors: x\n")
    write(folder, "papers/2026/b.yml", "title: [")
    write(folder, "papers/2026/C.yml", GOOD)
    write(folder, "editions/soon.yml", "{}")
    write(folder, "ledger/x.yml", LEDGER + "more: 1\n")
    assert [each.split(":")[0] for each in mistakes(folder)] == [
        "content/papers/2026/C.yml",
        "content/papers/2026/a.yml",
        "content/papers/2026/a.yml",
        "content/papers/2026/b.yml",
        "content/editions/soon.yml",
        "content/ledger/x.yml",
    ]


def test_on_several_cores_the_library_and_its_mistakes_are_the_same(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(30):
        write(folder, f"papers/2026/p{number}.yml", GOOD)
    alone = library.load(folder)
    for number in (3, 4, 17):
        write(folder, f"papers/2026/p{number}.yml", f"{GOOD}pick: true\n")
    write(folder, "papers/2026/p20.yml", "title: [")
    monkeypatch.setattr(library, "_WORTH_SHARING", 1)
    wrong = {}
    for cores in (1, 3):
        monkeypatch.setattr(parallel, "processes", lambda cores=cores: cores)
        wrong[cores] = mistakes(folder)
    for number in (3, 4, 17, 20):
        write(folder, f"papers/2026/p{number}.yml", GOOD)
    shared = library.load(folder)

    assert shared == alone
    assert list(shared.papers) == list(alone.papers)
    assert wrong[3] == wrong[1]
    assert [each.split(":")[0][-7:] for each in wrong[1]] == [
        "p17.yml",
        "p20.yml",
        "/p3.yml",
        "/p4.yml",
    ]


@pytest.mark.parametrize(
    "url, good",
    [
        ("https://example.org/a?b=c#d", True),
        ("HTTP://EXAMPLE.ORG", True),
        ("https://münchen.example/ü", True),
        ("https://[::1]:8000/", True),
        ("https://user@example.org", True),
        ("example.org", False),
        ("//example.org", False),
        ("ftp://example.org", False),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("https://", False),
        ("https:///path", False),
        ("https://[", False),
        ("https://exa mple.org", False),
        ("https://example.org/a\u00a0b", False),
        ("java\nscript:alert(1)", False),
        ("\x01https://example.org", False),
        ("https://example.org/\x7f", False),
        ("", False),
    ],
)
def test_web_addresses(url: str, good: bool) -> None:
    assert is_web_address(url) is good


def test_the_command_line_names_mistakes_and_ends_with_status_1(folder: Folder, run: Run) -> None:
    write(folder, "papers/2026/a.yml", "- a list")
    write(folder, "papers/2026/b.yml", GOOD + "x: 1\n")
    for command in (("check",), ("ingest", folder.mkdocs_yml)):
        result = run(*command)
        assert result.exit_code == 1
        assert result.stdout == ""
        lines = result.stderr.splitlines()
        assert len(lines) == 2
        assert all(line.startswith("digest: content/papers/2026/") for line in lines)


@pytest.mark.parametrize("decision", ["same_as: on-serch", "distinct_from: [on-serch]"])
def test_another_paper_that_is_nearly_the_name_of_one(folder: Folder, decision: str) -> None:
    write(folder, "papers/2026/on-search.yml", GOOD)
    write(folder, "papers/2026/a.yml", f"{GOOD}curation: {{{decision}}}\n")
    assert "'on-serch' is no other paper of the library; did you mean 'on-search'?" in (
        mistake(folder)
    )


def test_a_pick_that_is_nearly_the_name_of_a_paper(folder: Folder) -> None:
    write(folder, "papers/2026/on-search.yml", GOOD)
    write(folder, "editions/2026-01-01.yml", "picks:\n- on-serch\n")
    assert mistake(folder) == (
        "content/editions/2026-01-01.yml:2: picks[0]: 'on-serch' is no paper of the library; "
        "did you mean 'on-search'?"
    )


@pytest.mark.parametrize(
    "status, told", [("candidate", "is a candidate"), ("declined", "was declined")]
)
def test_a_pick_that_waits(folder: Folder, status: str, told: str) -> None:
    seen = '[{"source": "s", "date": "2026-01-01", "file": "f"}]'
    write(
        folder,
        "candidates/2026-01-01.jsonl",
        f'{{"slug": "tea", "status": "{status}", "title": "Tea", "abstract": "Of it.", '
        f'"appearances": {seen}}}\n',
    )
    write(folder, "editions/2026-01-01.yml", "picks: [tea]\n")
    assert mistake(folder) == (
        f"content/editions/2026-01-01.yml:1: picks[0]: 'tea' {told}; accept it "
        "(`digest curate --accept tea`) or take it out"
    )
