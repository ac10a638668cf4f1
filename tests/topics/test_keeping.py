"""Judgements are the same on however many cores, and whatever is kept of earlier ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from generator import parallel
from generator.model import Paper
from generator.topics import keeping
from generator.topics.judging import Judgement, judge
from generator.topics.keeping import judged
from generator.topics.tagging import Tagger
from generator.topics.taxonomy import Rule, Taxonomy, Topic
from tests.builders import paper

TAXONOMY = Taxonomy(
    tuple(
        Topic(word, word, word, 10, (Rule((word,), weight),))
        for word, weight in (("search", 10.0), ("speech", 6.1), ("vision", 2.0))
    )
)
PAPERS = {
    each.slug: each
    for each in (
        paper("a", source_title="Search", source_abstract="Of speech. “Speech” é"),
        paper("b", source_title="Vision and speech"),
        paper("c", source_title="Vision", curation={"add_topics": ("speech",)}),
        paper("d", source_title="Search", curation={"drop_topics": ("search",)}),
        paper("e", source_title="Birds", curation={"topics": ("vision",)}),
    )
}


def one_by_one(papers: dict[str, Paper], taxonomy: Taxonomy = TAXONOMY) -> dict[str, Judgement]:
    return {slug: judge(each, Tagger(taxonomy), taxonomy) for slug, each in papers.items()}


def file(place: Path) -> Path:
    (found,) = place.iterdir()
    return found


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many papers were judged, each time that some might have been."""
    calls: list[int] = []
    told = keeping._told

    def counting(papers: Sequence[Paper], taxonomy: Taxonomy) -> object:
        calls.append(len(papers))
        return told(papers, taxonomy)

    monkeypatch.setattr(keeping, "_told", counting)
    return calls


@pytest.mark.parametrize("cores", [1, 3])
def test_the_same_on_all_cores(cores: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "_WORTH_SHARING", 1)
    monkeypatch.setattr(parallel, "processes", lambda: cores)
    found = judged(PAPERS, TAXONOMY)

    assert found == one_by_one(PAPERS)
    assert list(found) == list(PAPERS)


def test_what_is_kept_is_what_was_judged(tmp_path: Path, counted: list[int]) -> None:
    first = judged(PAPERS, TAXONOMY, tmp_path)

    assert judged(PAPERS, TAXONOMY, tmp_path) == first == one_by_one(PAPERS)
    assert counted == [5, 0]


def test_only_what_changed_is_judged_anew(tmp_path: Path, counted: list[int]) -> None:
    judged(PAPERS, TAXONOMY, tmp_path)
    changed = {
        **PAPERS,
        "a": replace(PAPERS["a"], source_abstract="Of vision."),
        "b": replace(PAPERS["b"], source_links=()),
        "c": paper("c", source_title="Vision", curation={"add_topics": ("search",)}),
        "f": replace(PAPERS["e"], slug="f"),
    }

    assert judged(changed, TAXONOMY, tmp_path) == one_by_one(changed)
    assert counted == [5, 2]


def test_other_rules_judge_anew(tmp_path: Path, counted: list[int]) -> None:
    judged(PAPERS, TAXONOMY, tmp_path)
    first, *others = TAXONOMY.topics
    other = Taxonomy((replace(first, threshold=30), *others))

    assert judged(PAPERS, other, tmp_path) == one_by_one(PAPERS, other)
    assert counted == [5, 5]


def test_other_code_judges_anew(
    tmp_path: Path, counted: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    judged(PAPERS, TAXONOMY, tmp_path / "kept")
    code = tmp_path / "code"
    code.mkdir()
    monkeypatch.setattr(keeping, "__file__", str(code / "keeping.py"))
    for text in ("one", "another"):
        (code / "keeping.py").write_text(text)
        judged(PAPERS, TAXONOMY, tmp_path / "kept")
    (code / "keeping.py").unlink()  # nobody can tell by what code: nothing is taken
    judged(PAPERS, TAXONOMY, tmp_path / "kept")

    assert counted == [5, 5, 5, 5]


def test_what_no_paper_needs_any_more_goes(tmp_path: Path, counted: list[int]) -> None:
    judged(PAPERS, TAXONOMY, tmp_path)
    all_of_them = file(tmp_path).read_bytes()
    few = {slug: PAPERS[slug] for slug in "ab"}
    judged(few, TAXONOMY, tmp_path, keep=False)
    assert file(tmp_path).read_bytes() == all_of_them
    judged(few, TAXONOMY, tmp_path)

    assert len(file(tmp_path).read_bytes().splitlines()) == 1 + len(few)
    judged(PAPERS, TAXONOMY, tmp_path)
    assert file(tmp_path).read_bytes() == all_of_them
    assert counted == [5, 0, 0, 3]


@pytest.mark.parametrize("at", [0, 70, 200, -2])
@pytest.mark.parametrize("new", [b"", b"x", b"\n", b"\xff", b"[", b"\0"])
def test_what_somebody_changed_is_not_taken(
    tmp_path: Path, counted: list[int], at: int, new: bytes
) -> None:
    judged(PAPERS, TAXONOMY, tmp_path)
    whole = file(tmp_path).read_bytes()
    file(tmp_path).write_bytes(whole[:at] + new + whole[at + 1 or len(whole) :])

    assert judged(PAPERS, TAXONOMY, tmp_path) == one_by_one(PAPERS)
    assert counted == [5, 5]
    assert file(tmp_path).read_bytes() == whole


def test_where_nothing_can_be_kept_all_is_judged(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")

    assert judged(PAPERS, TAXONOMY, tmp_path / "file") == one_by_one(PAPERS)
    assert (tmp_path / "file").read_text() == "no folder"
