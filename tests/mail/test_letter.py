from __future__ import annotations

import datetime as dt

import pytest

from generator.mail.letter import OF_A_PAPER, PAPERS, TOPICS, letter, span
from tests.builders import SITE, digest, edition, entry
from tests.mail.letters import many, small

DAYS = [edition("2026-03-12"), edition("2026-03-11")]


def test_one_edition_is_called_as_its_editor_calls_it() -> None:
    made = letter(SITE, small().editions[:1])
    assert made.name == "Finding things, und was bleibt"
    assert made.subject == "Finding things, und was bleibt (12 March 2026)"
    assert made.days == "12 March 2026"
    assert made.address == "editions/2026-03-12/"
    assert (made.papers, made.new) == (4, 3)
    assert made.preview.startswith("4 papers, 3 new. Rich <EOS> & $x_1$ 中文; Plain")


def test_one_without_a_title_is_called_by_its_day() -> None:
    made = letter(SITE, small().editions[1:])
    assert (made.name, made.subject) == ("11 March 2026", "11 March 2026: 1 paper, 1 new")
    assert made.preview == "Again"


def test_several_say_everything_once() -> None:
    made = letter(SITE, small().editions)
    assert made.subject == "11 to 12 March 2026: 4 papers, 4 new"
    assert made.address == "editions/"
    assert [issue.date.day for issue in made.issues] == [12, 11]
    shown = [each.title for part in (made.picks, *made.parts) for each in part.mentions]
    assert shown == ["Rich <EOS> & $x_1$ 中文", "Plain", "Again", "Loose"]
    assert [part.address for part in made.parts] == [
        "topics/retrieval/",
        "topics/speech/",
        "topics/unsorted/",
    ]


def test_a_pick_of_one_day_is_a_pick_of_all() -> None:
    picked = entry("one", "2026-03-11", ["speech"], pick=True)
    as_pick = edition("2026-03-11", picked)
    as_other = edition("2026-03-12", entry("one", "2026-03-11", ["speech"]))
    made = letter(SITE, [as_other, as_pick])
    assert made.picks.count == 1
    assert made.parts == ()


def test_new_is_what_no_earlier_listing_showed() -> None:
    (again,) = letter(SITE, small().editions[:1]).parts[1].mentions
    assert (again.title, again.is_new) == ("Again", False)


def test_what_there_is_no_room_for_is_counted_and_led_to() -> None:
    made = letter(SITE, many(300, picks=2).editions)
    shown = sum(len(part.mentions) for part in made.parts)
    assert (shown, len(made.parts)) == (PAPERS, TOPICS)
    counted = sum(part.count for part in (made.picks, *made.parts, *made.also))
    assert counted == made.papers == 300
    first = made.parts[0]
    assert first.left == first.count - len(first.mentions) > 0
    assert first.address == "editions/2026-03-12/#topic-02"
    assert made.also[-1].address.startswith("editions/2026-03-12/6/#")


def test_one_topic_more_than_there_is_room_for_is_no_list() -> None:
    made = letter(SITE, many(39, topics=TOPICS + 1).editions)
    assert (len(made.parts), made.also) == (TOPICS + 1, ())


def test_there_may_be_no_paper_at_all() -> None:
    made = letter(SITE, many(20, picks=3, topics=2).editions, most=0)
    assert (made.picks.left, made.parts, len(made.also)) == (3, (), 2)
    assert letter(SITE, DAYS).papers == 0


def test_authors_and_abstracts_are_as_long_as_a_letter_lets_them() -> None:
    (pick,) = letter(SITE, small().editions[:1]).picks.mentions
    assert (len(pick.authors), pick.others) == (6, 2)
    assert pick.rest
    assert pick.opening.endswith("we go all of it. We look for what is asked for.")
    for part in letter(SITE, many(40).editions).parts:
        assert all(0 < len(each.opening) <= OF_A_PAPER for each in part.mentions)


def test_the_same_content_has_the_same_key_and_another_has_another() -> None:
    one, same = letter(SITE, small().editions), letter(SITE, small().editions)
    assert one.key == same.key
    assert one.key.startswith("2026-03-11.2026-03-12.")
    assert letter(SITE, small().editions[1:]).key != letter(SITE, small().editions[:1]).key
    mended = digest(entry("again", "2026-03-11", ["speech"], title="Mended"))
    assert letter(SITE, mended.editions).key != letter(SITE, small().editions[1:]).key


@pytest.mark.parametrize(
    "first, last, expected",
    [
        ("2026-11-20", "2026-11-20", "20 November 2026"),
        ("2026-11-16", "2026-11-20", "16 to 20 November 2026"),
        ("2026-11-28", "2026-12-02", "28 November to 2 December 2026"),
        ("2026-12-28", "2027-01-02", "28 December 2026 to 2 January 2027"),
        ("2026-01-02", "2027-01-03", "2 January 2026 to 3 January 2027"),
    ],
)
def test_days_as_people_write_them(first: str, last: str, expected: str) -> None:
    assert span(dt.date.fromisoformat(first), dt.date.fromisoformat(last)) == expected
