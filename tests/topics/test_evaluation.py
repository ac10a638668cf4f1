"""Rules measured against people."""

from __future__ import annotations

import pytest

from generator.folder import Folder
from generator.model import Paper
from generator.storage import library
from generator.topics.evaluation import Confusion, Counts, evaluate
from generator.topics.labels import Label, read_labels
from generator.topics.tagging import Tagger
from generator.topics.taxonomy import load_taxonomy, parse_taxonomy
from tests.builders import paper
from tests.conftest import ROOT, TOPICS_YML


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger(parse_taxonomy(TOPICS_YML, "topics.yml"))


def label(title: str, topics: str = "", optional: str = "") -> Label:
    return Label(title, frozenset(topics.split()), frozenset(optional.split()))


def shelf(*titles: str) -> list[Paper]:
    return [
        paper(f"paper-{number}", source_title=title, source_abstract="Nothing more.")
        for number, title in enumerate(titles)
    ]


def test_hits_false_and_missed_topics_are_counted(tagger: Tagger) -> None:
    labels = [
        label("Speech search", "speech"),  # a hit, and retrieval is false
        label("Audio", "speech retrieval"),  # a hit, and retrieval is missed
        label("Search", "", "retrieval"),  # optional: ignored
        label("Nothing", ""),  # rightly nothing
    ]
    result = evaluate(labels, shelf(*(one.title for one in labels)), tagger)
    assert result.topics == {
        "retrieval": Counts(hits=0, false=1, missed=1),
        "speech": Counts(hits=2),
    }
    assert result.total == Counts(2, 1, 1)
    assert result.total.precision == pytest.approx(2 / 3)
    assert result.total.recall == pytest.approx(2 / 3)
    assert result.total.f1 == pytest.approx(2 / 3)
    assert result.macro_f1 == pytest.approx(1 / 2)
    assert result.papers == 4


def test_an_optional_topic_that_is_not_given_is_not_missed(tagger: Tagger) -> None:
    result = evaluate([label("Nothing", "", "speech")], shelf("Nothing"), tagger)
    assert result.topics == {}


@pytest.mark.parametrize(
    "topics, optional, allowed",
    [("retrieval", "", 1), ("speech", "", 0), ("speech", "retrieval", 1), ("", "", 0)],
)
def test_the_strongest_topic(tagger: Tagger, topics: str, optional: str, allowed: int) -> None:
    result = evaluate([label("Search", topics, optional)], shelf("Search"), tagger)
    assert result.well_shelved == allowed
    assert result.primary_share == allowed


def test_a_paper_that_has_no_topic_is_well_shelved_if_none_is_expected(tagger: Tagger) -> None:
    labels = [label("Nothing"), label("Something", "speech")]
    result = evaluate(labels, shelf("Nothing", "Something"), tagger)
    assert (result.well_shelved, result.primary_share) == (1, 0.5)


@pytest.mark.parametrize(
    "title",
    ["Speech: search", "SPEECH — Search!", "Speech  search", "$\\textit{Speech Search}$"],
)
def test_papers_are_found_by_title(tagger: Tagger, title: str) -> None:
    result = evaluate([label("Speech: search", "speech retrieval")], shelf(title), tagger)
    assert result.total == Counts(hits=2)


def test_papers_are_found_by_the_sources_title(tagger: Tagger) -> None:
    corrected = paper(source_title="Old", source_abstract="…", curation={"title": "Speech"})
    result = evaluate([label("Old", "speech")], [corrected], tagger)
    assert result.total == Counts(hits=1)


def test_what_the_curator_decided_is_not_measured(tagger: Tagger) -> None:
    decided = paper(source_title="Old", source_abstract="…", curation={"topics": ("speech",)})
    assert evaluate([label("Old", "speech")], [decided], tagger).total == Counts(missed=1)


def test_labels_without_a_paper_are_reported(tagger: Tagger) -> None:
    absent = label("Elsewhere", "speech")
    result = evaluate([absent], shelf("Here"), tagger)
    assert result.absent == (absent,)
    assert (result.papers, result.topics) == (0, {})
    assert (result.total.f1, result.macro_f1, result.primary_share) == (0.0, 0.0, 0.0)


def test_a_false_topic_may_have_been_taken_for_one_that_is_missed(tagger: Tagger) -> None:
    labels = [
        label("Speech", "retrieval"),
        label("Audio", "retrieval"),
        label("Search", "speech"),
        label("Search of speech", "speech"),  # nothing is missed
        label("Birds", "speech"),  # nothing is false
    ]
    result = evaluate(labels, shelf(*(one.title for one in labels)), tagger)
    assert result.confusions == (
        Confusion("speech", "retrieval", ("paper-0", "paper-1")),
        Confusion("retrieval", "speech", ("paper-2",)),
    )


def test_macro_figures_are_means_over_topics(tagger: Tagger) -> None:
    labels = [label("Speech", "speech"), label("Audio", "retrieval"), label("Search", "retrieval")]
    result = evaluate(labels, shelf(*(one.title for one in labels)), tagger)
    assert result.topics == {"retrieval": Counts(1, 0, 1), "speech": Counts(1, 1, 0)}
    assert (result.macro_precision, result.macro_recall) == (0.75, 0.75)
    assert result.macro_f1 == pytest.approx(2 / 3)


LABELS = ROOT / "content" / "labels.jsonl"


@pytest.mark.skipif(not LABELS.exists(), reason="this digest has no labelled papers")
def test_the_digests_own_rules_agree_with_people() -> None:
    """A floor below which no change of the rules may fall; `digest evaluate` gives the figure."""
    folder = Folder(ROOT)
    taxonomy = load_taxonomy(folder.topics_yml)
    labels = read_labels(LABELS.read_text(encoding="utf-8"), "labels.jsonl", taxonomy.ids)
    result = evaluate(labels, library.load(folder).papers.values(), Tagger(taxonomy))
    assert result.papers == len(labels)
    assert result.total.f1 > 0.8
    assert result.primary_share > 0.9
