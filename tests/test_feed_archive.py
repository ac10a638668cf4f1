"""Older papers are on pages of the archive: each somewhere, and always on the same one."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.digest import Entry
from generator.feeds import channel
from generator.feeds.archive import archive, current
from tests.builders import SITE, digest, entry
from tests.rendered import feeds

_ATOM = "{http://www.w3.org/2005/Atom}"
_HISTORY = "{http://purl.org/syndication/history/1.0}"


@pytest.fixture(autouse=True, scope="module")
def small_feeds() -> object:
    """A feed has ten papers, and thirty at most."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(channel, "PAPERS", 10)
        patch.setattr(channel, "MOST_PAPERS", 30)
        yield


def on(day: dt.date, number: int) -> list[Entry]:
    return [entry(f"{day.isoformat()}-{at:03}", day) for at in range(number)]


def days(sizes: list[int], first: dt.date = dt.date(2026, 1, 20)) -> list[Entry]:
    """So many papers a day, the oldest day first."""
    return [one for at, size in enumerate(sizes) for one in on(first + dt.timedelta(at), size)]


sizes = st.lists(st.integers(0, 12) | st.sampled_from([29, 30, 31, 75]), max_size=30)


@given(sizes)
def test_every_paper_is_in_the_feed_or_on_one_page(of_days: list[int]) -> None:
    papers = days(of_days)
    put_away = archive(papers)
    shown = [one.slug for page in put_away.pages for one in page.entries]
    assert len(set(shown)) == len(shown)
    assert {*shown, *(one.slug for one in current(papers))} == {one.slug for one in papers}
    assert len({page.name for page in put_away.pages}) == len(put_away.pages)
    assert all(len(page.entries) < 10 + 30 for page in put_away.pages)


@given(sizes, st.integers(1, 12))
def test_papers_of_a_later_day_change_no_page(of_days: list[int], more: int) -> None:
    before = days(of_days)
    newest = max((one.date for one in before), default=dt.date(2026, 1, 20))
    pages = archive(before).pages
    assert archive([*before, *on(newest + dt.timedelta(1), more)]).pages[: len(pages)] == pages


@given(st.lists(st.integers(1, 19), min_size=1, max_size=30), st.integers(1, 9))
def test_more_papers_of_the_newest_day_change_no_page(of_days: list[int], more: int) -> None:
    before = days(of_days)
    late = [entry(f"late-{at}", before[-1].date) for at in range(more)]
    assert archive([*before, *late]).pages == archive(before).pages


def test_a_paper_that_comes_late_changes_the_pages_of_its_month_alone() -> None:
    papers = days([4] * 60)
    late = entry("late", "2026-02-03")
    before = {page.name: page.entries for page in archive(papers).pages}
    after = {page.name: page.entries for page in archive([*papers, late]).pages}
    changed = {name for name in before if before[name] != after.get(name)}
    assert changed
    assert {name[:7] for name in changed} == {"2026-02"}


def test_pages_are_whole_days_of_one_month() -> None:
    names = [(page.name, len(page.entries)) for page in archive(days([4] * 20)).pages]
    assert names == [
        ("2026-01-1", 12),
        ("2026-01-2", 12),
        ("2026-01-3", 12),
        ("2026-01-4", 12),
        ("2026-02-1", 12),
        ("2026-02-2", 12),
    ]


def test_the_feeds_lead_to_all_papers() -> None:
    shown = digest(*reversed(days([4] * 40)))
    made = feeds(shown)
    (first,) = [
        link.attrib
        for link in ET.fromstring(made["feed.xml"]).iter(f"{_ATOM}link")  # noqa: S314 - ours
        if link.get("rel") == "prev-archive"
    ]
    assert first["type"] == "application/atom+xml"
    path, found = "atom.xml", []
    later = ""
    while path:
        page = ET.fromstring(made[path])  # noqa: S314 - ours
        links = {link.get("rel"): str(link.get("href")) for link in page.findall(f"{_ATOM}link")}
        assert links["self"] == SITE.url + path
        assert links.get("next-archive", "") == later
        assert links.get("current") == (f"{SITE.url}atom.xml" if path != "atom.xml" else None)
        assert (page.find(f"{_HISTORY}archive") is not None) == (path != "atom.xml")
        assert page.findtext(f"{_ATOM}id") == f"{SITE.url}atom.xml"
        found += [one.findtext(f"{_ATOM}title") for one in page.findall(f"{_ATOM}entry")]
        later = SITE.url + path if path != "atom.xml" else ""
        before = links.get("prev-archive", "")
        assert path != "atom.xml" or before == first["href"]
        path = before.removeprefix(SITE.url)
    assert set(found) == {one.title for one in shown.entries}


def test_without_an_address_the_archive_is_found_from_where_it_is() -> None:
    shown = replace(digest(*reversed(days([4] * 20))), site=replace(SITE, url=""))
    made = feeds(shown)
    last = max(path for path in made if path.startswith("feeds/archive/"))
    assert f'rel="prev-archive" type="application/atom+xml" href="{last}"' in made["atom.xml"]
    assert 'rel="current" type="application/atom+xml" href="../../atom.xml"' in made[last]


def test_a_small_digest_has_no_archive() -> None:
    made = feeds(digest(entry("one"), entry("two")))
    assert not [path for path in made if "archive" in path]
    assert "prev-archive" not in made["feed.xml"] + made["atom.xml"]
