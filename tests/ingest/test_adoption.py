"""Papers of another digest, with its curator's decisions."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result

from generator.folder import Folder
from generator.ingest.planning import Dated, plan
from generator.intake import Dating
from generator.model import Curation, Listing, Paper, Status
from generator.storage import library
from generator.storage.library import Library
from tests.builders import FULL_PAPER, appearance, paper, prose
from tests.ingest.test_desk import DAY


def export(*papers: Paper) -> Dated:
    found = Listing("digest-export", "export.jsonl", f"{papers!r}", (), papers=papers)
    return Dated(found, DAY, Dating.LISTING)


def test_into_an_empty_library_everything_comes_back() -> None:
    others = [paper(slug) for slug in ("another", "one", "two")]
    made = plan(Library(), [export(FULL_PAPER, *others)])
    everything = {**made.papers, **made.candidates}
    assert everything == {each.slug: each for each in (FULL_PAPER, *others)}
    assert made.ledger[0].is_export
    assert made.brought[0].remarks == ()


def test_what_was_merged_leads_to_its_paper_here() -> None:
    stays = paper("taken", source_title="On Pans", source_abstract=prose("pans"))
    goes = paper("goes", merged_into="taken")
    lost = paper("lost", merged_into="nowhere")
    here = paper("taken", source_title="On Cups", source_abstract=prose("cups"))
    made = plan(Library({"taken": here}), [export(goes, stays, lost)])
    assert made.papers["goes"].merged_into == "on-pans"
    assert made.papers["lost"].merged_into is None
    assert made.brought[0].remarks == ("lost: was merged into 'nowhere', no other paper here",)


def test_what_the_curator_set_here_wins() -> None:
    here = paper(
        "on-teapots",
        source_title="On Teapots",
        source_abstract=prose(1),
        curation={"note": "Ours."},
    )
    there = replace(
        here,
        slug="teapots",
        source_authors=("Ada",),
        appearances=(appearance("2026-01-01"),),
        curation=Curation(note="Theirs.", pick=True),
    )
    made = plan(Library({"on-teapots": here}), [export(there)])
    merged = made.papers["on-teapots"]
    assert merged.curation == Curation(note="Ours.")
    assert merged.authors == ("Ada",)
    assert len(merged.appearances) == 2


def test_names_of_papers_follow_them_here() -> None:
    here = paper("taken", source_title="On Cups", source_abstract=prose("cups"))
    other = paper("taken", source_title="On Pans", source_abstract=prose("pans"))
    names_it = paper("x", curation={"distinct_from": ("taken", "gone")})
    made = plan(Library({"taken": here}), [export(other, names_it)])
    (new,) = set(made.papers) - {"x"}
    assert new == "on-pans"
    assert made.papers["x"].curation.distinct_from == ("on-pans",)
    assert made.brought[0].remarks == ("x: names 'gone', no other paper here; left out",)


def test_topics_that_are_none_here_are_left_out_and_told() -> None:
    curation = {"topics": ("a", "b"), "add_topics": ("b",), "drop_topics": ("a", "c")}
    one, two = paper("one", curation=curation), paper("two", curation={"topics": ("b",)})
    none = paper("three", curation={"topics": ()})
    made = plan(Library(), [export(one, two, none)], topics={"a"})
    assert made.papers["one"].curation == Curation(topics=("a",), drop_topics=("a",))
    assert made.papers["two"].curation == Curation(), "its rules decide"
    assert made.papers["three"].curation == Curation(topics=())
    assert sorted(made.brought[0].remarks) == [
        "one: names 'b', no topic here; left out",
        "one: names 'c', no topic here; left out",
        "two: names 'b', no topic here; left out",
    ]


def test_an_identifier_that_is_another_s_here_is_left_out_and_told() -> None:
    here = paper("here", ids={"arxiv": "2603.00001", "doi": "10.1/a"})
    there = paper("there", ids={"arxiv": "2603.00001", "doi": "10.1/b"})
    made = plan(Library({"here": here}), [export(there)])
    assert made.papers["there"].ids == {"doi": "10.1/b"}
    assert "there and here are one paper (the same arXiv)" in made.brought[0].remarks[0]


WAITING, DECLINED = Curation(status=Status.CANDIDATE), Curation(status=Status.DECLINED)
RAW = (appearance(is_raw=True),)


@pytest.mark.parametrize(
    "ours, theirs, expected",
    [
        (WAITING, Curation(), Curation()),
        (WAITING, Curation(hidden=True), Curation(hidden=True)),
        (WAITING, WAITING, WAITING),
        (WAITING, DECLINED, DECLINED),
        (DECLINED, Curation(pick=True), DECLINED),
        (DECLINED, Curation(), DECLINED),
    ],
)
def test_what_becomes_of_a_candidate_that_is_here(
    ours: Curation, theirs: Curation, expected: Curation
) -> None:
    here = paper("x", curation=ours, appearances=RAW)
    there = replace(here, curation=theirs, appearances=(appearance("2026-04-01"),))
    made = plan(Library(candidates={"x": here}), [export(there)])
    waits = expected in {WAITING, DECLINED}
    found = made.candidates if waits else made.papers
    assert found["x"].curation == expected
    assert ("x" in made.papers) is not waits


def test_what_was_decided_there_is_written_where_nobody_here_decided(
    folder: Folder, run: Callable[..., Result], tmp_path: Path
) -> None:
    path = tmp_path / "list.jsonl"
    line = {"title": "On Teapots", "abstract": prose(1), "date": "2026-03-11"}
    path.write_text(json.dumps(line), encoding="utf-8")
    run("ingest", path)
    record = folder.papers / "2026" / "on-teapots.yml"
    before = record.read_text(encoding="utf-8")
    record.write_text(before + "curation: {note: Fine., hidden: true}\n", encoding="utf-8")
    exported = tmp_path / "export.jsonl"
    assert run("export", "--format", "jsonl", "--all", "-o", exported).exit_code == 0
    record.write_text(before, encoding="utf-8")
    assert run("ingest", exported).exit_code == 0
    assert library.load(folder).papers["on-teapots"].curation == Curation(note="Fine.", hidden=True)
    assert record.read_text(encoding="utf-8").startswith(before)


def test_a_declined_paper_with_a_note_gets_a_record_of_its_own() -> None:
    noted = paper("x", curation={"status": Status.DECLINED, "note": "Why not."}, appearances=RAW)
    plain = paper("y", curation=DECLINED, appearances=RAW)
    made = plan(Library(), [export(noted, plain)])
    assert (set(made.papers), set(made.candidates)) == ({"x"}, {"y"})
    assert made.papers["x"] == noted


def test_redirects_among_candidates_come_back_as_such() -> None:
    stays = paper("stays", curation=WAITING, appearances=RAW)
    goes = paper("goes", curation=WAITING, appearances=RAW, merged_into="stays")
    made = plan(Library(), [export(stays, goes)])
    assert made.candidates == {"goes": goes, "stays": stays}


def test_a_decision_may_not_name_what_only_waits() -> None:
    here = paper("here", curation=WAITING, appearances=RAW)
    same = paper("same", curation={"same_as": "here"})
    apart = paper("apart", curation={"distinct_from": ("here",)})
    made = plan(Library(candidates={"here": here}), [export(same, apart)])
    assert made.papers["same"].curation == Curation()
    assert made.papers["apart"].curation.distinct_from == ("here",)
    assert made.brought[0].remarks == ("same: names 'here', no other paper here; left out",)


def test_a_decision_names_the_paper_that_stays_in_the_end() -> None:
    papers = {
        "end": paper("end"),
        "way": paper("way", curation={"same_as": "end"}),
    }
    made = plan(Library(papers), [export(paper("x", curation={"same_as": "way"}))])
    assert made.papers["x"].curation.same_as == "end"
