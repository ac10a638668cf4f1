"""Words that are new in an edition."""

from __future__ import annotations

from generator.digest import EditionView
from generator.trends.words import EDITIONS, MOST, new_words
from tests.builders import edition, entry


def papers(date: str, *titles: str, abstract: str = "We say.") -> EditionView:
    """An edition of new papers with these titles."""
    return edition(
        date,
        *(
            entry(f"p-{date}-{at}", date, title=title, abstract=abstract)
            for at, title in enumerate(titles)
        ),
    )


def told(*editions: EditionView) -> list[list[str]]:
    return [[term.text for term in words.terms] for words in new_words(editions)]


FIRST = papers("2026-03-11", "Graphs", "Graphs", "Trees and graphs")


def test_a_word_that_no_earlier_edition_had_is_new() -> None:
    (words,) = new_words([FIRST, papers("2026-03-12", "Parsing", "On parsing", "Graphs")])
    assert words.address == "editions/2026-03-12/"
    assert [(term.text, term.papers) for term in words.terms] == [("parsing", 2)]
    assert (words.papers, words.least) == (3, 2)


def test_of_the_first_edition_nothing_is_told() -> None:
    assert new_words([FIRST]) == ()
    assert new_words([]) == ()


def test_one_paper_of_an_earlier_edition_does_not_make_a_word_old() -> None:
    assert told(FIRST, papers("2026-03-12", "Trees", "Trees")) == [["Trees"]]
    both = papers("2026-03-12", "Trees", "Trees")
    assert told(FIRST, both, papers("2026-03-13", "Trees", "Trees"))[0] == []


def test_a_slip_of_the_pen_is_no_word() -> None:
    assert told(FIRST, papers("2026-03-12", "Parsign", "Graphs")) == [[]]


def test_large_editions_ask_for_three_papers() -> None:
    graphs = ["Graphs"] * 97
    assert told(FIRST, papers("2026-03-12", "Parsing", "Parsing", *graphs)) == [["Parsing"]]
    assert told(FIRST, papers("2026-03-12", "Parsing", "Parsing", "Graphs", *graphs)) == [[]]
    assert told(FIRST, papers("2026-03-12", *["Parsing"] * 3, *graphs)) == [["Parsing"]]


def test_a_word_must_stand_in_a_title() -> None:
    quiet = papers("2026-03-12", "Graphs", "Graphs", abstract="We speak of parsing.")
    loud = papers("2026-03-12", "Parsing", "Graphs", abstract="We speak of parsing.")
    assert told(FIRST, quiet) == [[]]
    assert told(FIRST, loud) == [["parsing"]]


def test_words_that_only_qualify_others_are_no_names() -> None:
    titles = ["Relational parsing", "Relational parsing", "Pruned", "Pruned", "Treed", "Treed"]
    assert told(FIRST, papers("2026-03-12", *titles)) == [["Relational parsing", "Treed"]]


def test_a_longer_term_stands_for_a_shorter_one() -> None:
    titles = ["Dependency parsing", "Dependency parsing", "Parsing"]
    assert told(FIRST, papers("2026-03-12", *titles)) == [["Dependency parsing"]]
    titles = ["Dependency parsing", "Dependency parsing", "Parsing", "Parsing"]
    assert told(FIRST, papers("2026-03-12", *titles)) == [["parsing"]]


def test_words_are_written_as_in_abstracts() -> None:
    there = papers("2026-03-12", "Speculative Decoding", "Speculative Decoding", "Graphs")
    plain = entry("q", "2026-03-12", abstract="We use speculative decoding.")
    assert told(FIRST, edition("2026-03-12", *there.entries, plain)) == [["speculative decoding"]]


def test_a_paper_that_came_back_brings_no_new_word() -> None:
    old = entry("old", "2026-03-11", title="Parsing")
    again = edition("2026-03-12", old, entry("new", "2026-03-12", title="Parsing"))
    assert told(edition("2026-03-11", old), again) == [[]]


def test_the_most_telling_come_first_and_not_too_many() -> None:
    names = [f"Thing{chr(97 + at)}" for at in range(MOST + 2)]
    titles = [f"{name}." for at, name in enumerate(names) for _ in range(at + 2)]
    (found,) = told(FIRST, papers("2026-03-12", *titles[:99]))
    assert len(found) <= MOST
    counts = [titles[:99].count(f"{name}.") for name in found]
    assert counts == sorted(counts, reverse=True)


def test_only_the_newest_editions_are_told() -> None:
    many = [papers(f"2026-04-{day:02}", "Graphs") for day in range(1, EDITIONS + 5)]
    found = new_words([FIRST, *many])
    assert [words.date for words in found] == [one.date for one in many[: -EDITIONS - 1 : -1]]
