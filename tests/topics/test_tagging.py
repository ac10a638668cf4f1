"""Topics from titles and abstracts, and the evidence for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Evidence
from generator.topics.tagging import Tagger
from generator.topics.taxonomy import Taxonomy, parse_taxonomy
from tests.builders import paper

TOPICS = """\
settings:
  threshold: 10
  most_topics: 2
  least_share: 0.3
  abstract_limit: 1
  places: {title: 1, contribution: 0.5, opening: 0.4, abstract: 0.25, results: 0.1}
  markers:
    contribution: [we propose]
    results: [experiment]
topics:
  - id: speech
    title: Speech
    description: What is heard.
    rules:
      - {weight: 10, phrases: [speech, spoken language]}
      - {weight: 4, phrases: [voice], places: [title]}
    against:
      - {weight: 6, phrases: [part of speech]}
  - id: code
    title: Code
    description: Programs.
    threshold: 8
    rules:
      - {weight: 10, phrases: [source code]}
      - {weight: 8, phrases: [search], only_with: [program*]}
  - id: graphs
    title: Graphs
    description: Nodes and edges.
    rules:
      - {weight: 10, phrases: [graph]}
      - {weight: 30, phrases: [hypergraph]}
"""

MEANS = """\
settings:
  threshold: 5
  places: {means: 0.7}
topics:
  - id: graphs
    title: Graphs
    description: Nodes and edges.
    rules:
      - {weight: 10, phrases: [graph]}
"""


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return parse_taxonomy(TOPICS, "topics.yml")


@pytest.fixture(scope="module")
def tagger(taxonomy: Taxonomy) -> Tagger:
    return Tagger(taxonomy)


def topics(tagger: Tagger, title: str, abstract: str = "") -> dict[str, float]:
    """The topics given, strongest first, with their scores."""
    return {score.topic: score.score for score in tagger.score(title, abstract)}


def test_a_title_is_enough(tagger: Tagger) -> None:
    (score,) = tagger.score("Spoken Language for all", "")
    assert (score.topic, score.score, score.by_curator) == ("speech", 10.0, False)
    assert score.evidence == (Evidence("Spoken Language", "title", 10.0),)


def test_a_mention_is_not_enough(tagger: Tagger) -> None:
    assert topics(tagger, "A title", "We propose this. It helps speech.") == {}


@pytest.mark.parametrize(
    "abstract, place, weight",
    [
        ("About speech. More.", "opening", 4.0),
        ("First. Then speech.", "abstract", 2.5),
        ("First. Here we propose speech.", "contribution", 5.0),
        ("First. Experiments on speech.", "results", 1.0),
        ("We propose speech at once.", "contribution", 5.0),
        ("We propose speech experiments.", "contribution", 5.0),
    ],
)
def test_where_a_phrase_stands_decides_its_weight(
    tagger: Tagger, abstract: str, place: str, weight: float
) -> None:
    (miss,) = tagger.verdict("A title", abstract).missed
    (evidence,) = miss.score.evidence
    assert (evidence.phrase, evidence.place, evidence.weight) == ("speech", place, weight)


def test_places_add_up(tagger: Tagger) -> None:
    abstract = "Speech is old. We propose spoken language. More speech."
    (score,) = tagger.score("A title", abstract)
    assert [one.weight for one in score.evidence] == [4.0, 5.0, 1.0]  # 1 of 2.5: the limit
    assert score.score == 10.0


def test_a_rule_counts_once_in_a_sentence(tagger: Tagger) -> None:
    assert topics(tagger, "Speech, speech and spoken language") == {"speech": 10.0}


def test_repetition_has_a_limit(tagger: Tagger) -> None:
    assert topics(tagger, "Speech", "Speech is speech. " * 40) == {"speech": 20.0}


def test_what_speaks_against(tagger: Tagger) -> None:
    (miss,) = tagger.verdict("A part of speech", "").missed
    assert miss.score.score == 4.0
    assert miss.score.evidence == (
        Evidence("speech", "title", 10.0),
        Evidence("part of speech", "title", -6.0),
    )
    assert miss.reason == "below its threshold"


def test_a_rule_may_ask_for_a_place(tagger: Tagger) -> None:
    assert topics(tagger, "Voice and speech") == {"speech": 14.0}
    assert topics(tagger, "Speech", "A voice.") == {"speech": 10.0}


def test_a_rule_may_ask_for_company(tagger: Tagger) -> None:
    assert topics(tagger, "Search") == {}
    assert topics(tagger, "Search", "First. For programmers.") == {"code": 8.0}


@pytest.mark.parametrize(
    "title, score",
    [
        ("Graphs of speech", 10.0),
        ("Cars via graphs", 7.0),
        ("Cars WITH speech by graphs", 7.0),
        ("Graphs through graphs", 10.0),
        ("A wither of graphs", 10.0),
    ],
)
def test_what_a_title_names_as_its_means_counts_less(title: str, score: float) -> None:
    tagger = Tagger(parse_taxonomy(MEANS, "topics.yml"))
    (found,) = tagger.score(title, "")
    assert found.score == score
    assert {one.place for one in found.evidence} == {"title" if score > 7 else "means"}


def test_a_rule_for_titles_counts_for_means_and_one_for_means_not_for_titles() -> None:
    for_titles, for_means = (
        Tagger(parse_taxonomy(MEANS.replace("[graph]", f"[graph], places: [{place}]"), "t.yml"))
        for place in ("title", "means")
    )
    assert list(topics(for_titles, "Cars by graphs")) == ["graphs"]
    assert list(topics(for_means, "Cars by graphs")) == ["graphs"]
    assert topics(for_means, "Graphs by cars") == {}


def test_where_the_code_is_says_nothing() -> None:
    settings = "settings:\n  places: {availability: 0}\n  markers: {availability: [is available]}\n"
    tagger = Tagger(parse_taxonomy(settings + MEANS.split("\n", 3)[3], "topics.yml"))
    assert topics(tagger, "Cars", "Of cars. Our graph is available.") == {}
    assert topics(tagger, "Cars", "Of cars. Our graph is large." * 40) != {}


def test_words_prove_a_thing_once() -> None:
    one = MEANS.replace("[graph]", "[graph]}\n      - {weight: 4, phrases: [graph of cars, cars]")
    tagger = Tagger(parse_taxonomy(one, "topics.yml"))
    assert topics(tagger, "A graph of cars") == {"graphs": 10.0}
    assert topics(tagger, "A graph and cars") == {"graphs": 14.0}


def test_what_speaks_against_is_not_hidden_by_what_speaks_for() -> None:
    against = MEANS + "    against:\n      - {weight: 1, phrases: [graph of cars]}\n"
    assert topics(Tagger(parse_taxonomy(against, "topics.yml")), "A graph of cars") == {"graphs": 9}


@pytest.fixture(scope="module")
def generous() -> Tagger:
    """A tagger that gives a paper without topics the strongest for half of its threshold."""
    return Tagger(parse_taxonomy(TOPICS.replace("settings:", "settings:\n  alone: 0.5"), "t.yml"))


def test_a_topic_that_stands_alone_needs_less(generous: Tagger) -> None:
    abstract = "First. We propose speech. About a graph."
    assert topics(generous, "A title", abstract) == {"speech": 5.0}
    assert [miss.score.topic for miss in generous.verdict("A title", abstract).missed] == ["graphs"]
    assert topics(generous, "Source code", abstract) == {"code": 10.0}
    assert topics(generous, "A title", "Speech.") == {}


def test_a_paper_with_a_topic_by_the_curator_needs_no_guess(generous: Tagger) -> None:
    weak = {"source_title": "A title", "source_abstract": "First. We propose speech."}
    assert [score.topic for score in generous.assign(paper(**weak))] == ["speech"]
    curated = paper(**weak, curation={"add_topics": ("code",)})
    assert [score.topic for score in generous.assign(curated)] == ["code"]


def test_the_strongest_comes_first_and_ties_keep_the_taxonomys_order(tagger: Tagger) -> None:
    assert list(topics(tagger, "Source code and speech", "Of graphs.")) == ["speech", "code"]
    assert list(topics(tagger, "Speech and graphs", "Graphs are graphs.")) == ["graphs", "speech"]


def test_no_paper_has_too_many(tagger: Tagger) -> None:
    title = "Speech, source code, graphs"
    assert list(topics(tagger, title)) == ["speech", "code"]
    (miss,) = tagger.verdict(title, "").missed
    assert (miss.score.topic, miss.score.score) == ("graphs", 10.0)
    assert miss.reason == "the paper has stronger topics enough"


def test_no_topic_is_much_weaker_than_the_strongest(tagger: Tagger) -> None:
    title = "A graph and a hypergraph of speech"
    assert topics(tagger, title) == {"graphs": 40.0}
    (miss,) = tagger.verdict(title, "").missed
    assert miss.reason == "much weaker than the strongest topic"


def test_a_paper_without_topics(tagger: Tagger) -> None:
    assert tagger.score("", "") == ()
    assert tagger.verdict("", "").missed == ()


CODE = {"source_title": "Source code", "source_abstract": "Of speech."}


def assigned(tagger: Tagger, **curation: object) -> list[tuple[str, bool]]:
    scores = tagger.assign(paper(**CODE, curation=curation))
    return [(score.topic, score.by_curator) for score in scores]


def test_without_a_word_from_the_curator_the_rules_decide(tagger: Tagger) -> None:
    assert assigned(tagger) == [("code", False)]


def test_the_curator_replaces_topics(tagger: Tagger) -> None:
    assert assigned(tagger, topics=("graphs", "speech")) == [("graphs", True), ("speech", True)]
    assert assigned(tagger, topics=()) == []


def test_the_curator_adds_topics(tagger: Tagger) -> None:
    assert assigned(tagger, add_topics=("graphs",)) == [("graphs", True), ("code", False)]
    assert assigned(tagger, add_topics=("code",)) == [("code", True)]


def test_the_curator_drops_topics(tagger: Tagger) -> None:
    assert assigned(tagger, drop_topics=("code",)) == []
    assert assigned(tagger, topics=("code", "graphs"), drop_topics=("code",)) == [("graphs", True)]
    assert assigned(tagger, topics=("graphs",), add_topics=("speech", "graphs")) == [
        ("graphs", True),
        ("speech", True),
    ]


def test_a_curators_topic_keeps_what_the_rules_found(tagger: Tagger) -> None:
    (speech, _) = tagger.assign(paper(**CODE, curation={"add_topics": ("speech",)}))
    assert speech.evidence == (Evidence("speech", "opening", 4.0),)
    assert speech.score == 4.0


def test_the_curators_title_is_read(tagger: Tagger) -> None:
    corrected = paper(**CODE, curation={"title": "Speech"})
    assert [score.topic for score in tagger.assign(corrected)] == ["speech"]


WORDS = st.sampled_from(["speech", "part of speech", "search.", "Graph", "We propose", "programs."])


@given(st.lists(WORDS, max_size=5), st.lists(WORDS, max_size=30))
def test_every_score_is_the_sum_of_its_evidence(title: list[str], abstract: list[str]) -> None:
    tagger = Tagger(parse_taxonomy(TOPICS, "topics.yml"))
    head, text = " ".join(title), " ".join(abstract)
    given_, missed = tagger.score(head, text), tagger.verdict(head, text).missed
    for score in (*given_, *(miss.score for miss in missed)):
        assert score.score == pytest.approx(sum(one.weight for one in score.evidence))
        assert all(one.phrase in f"{head}\n{text}" for one in score.evidence)
    assert [score.score for score in given_] == sorted((s.score for s in given_), reverse=True)
    assert tagger.score(head, text) == given_


@given(st.text(), st.text())
def test_any_text_can_be_judged(title: str, abstract: str) -> None:
    tagger = Tagger(parse_taxonomy(TOPICS, "topics.yml"))
    assert len(tagger.score(title, abstract)) <= 2
