from __future__ import annotations

import datetime as dt
from itertools import permutations

import pytest

from generator.ingest.merging import add_appearance
from generator.model import Paper, SourceRecord
from tests.builders import appearance, link, paper, prose
from tests.ingest.test_planning import changed


class TestTexts:
    """Which of the texts that listings gave is the paper's."""

    old = ("On Teapots", prose(1))
    new = ("On Teapots, Revised", changed(prose(1), 3))

    def merged(self, *said: tuple[str, str]) -> Paper:
        """A paper of which listings of successive days said this, whatever came in first."""
        found = set()
        for order in permutations(range(len(said))):
            made: Paper | None = None
            for n in order:
                record = SourceRecord(*said[n], line=1)
                seen = appearance(dt.date(2026, 1, n + 1))
                if made is None:
                    made = paper(
                        source_title=record.title,
                        source_abstract=record.abstract,
                        appearances=(seen,),
                    )
                else:
                    made = add_appearance(made, record, seen)
            found.add(repr(made))
        assert len(found) == 1
        assert made is not None
        return made

    def test_the_latest_wins_and_the_former_is_kept(self) -> None:
        merged = self.merged(self.old, self.new)
        assert (merged.title, merged.abstract) == self.new
        first, last = merged.appearances
        assert (first.title, first.abstract) == self.old
        assert (last.title, last.abstract) == (None, None)

    def test_what_only_breaks_off_never_wins(self) -> None:
        merged = self.merged(self.old, (self.old[0], self.old[1][:100]))
        assert merged.abstract == self.old[1]
        assert merged.appearances[1].abstract == self.old[1][:100]
        assert merged.appearances[1].title is None

    @pytest.mark.parametrize("end", ["", "…", "...", " [...]", ".", '"'])
    def test_however_it_breaks_off_it_never_wins(self, end: str) -> None:
        whole = prose("whole", 60)
        cut = whole[:200].rsplit(" ", 1)[0] + end
        seen = appearance("2026-02-01", file="later.txt")
        known = paper("p", "2026-01-01", source_title="T", source_abstract=whole)
        after = add_appearance(known, SourceRecord("T", cut, 1), seen)
        assert after.source_abstract == whole

    def test_what_breaks_off_is_made_whole(self) -> None:
        merged = self.merged((self.old[0], self.old[1][:100]), self.old)
        assert merged.abstract == self.old[1]

    def test_three_texts(self) -> None:
        merged = self.merged(self.old, self.new, (self.old[0], self.new[1][:50]))
        assert (merged.title, merged.abstract) == self.new
        assert merged.texts == (
            self.new,
            self.old,
            (self.old[0], self.new[1][:50]),
        )

    def test_there_and_back_again(self) -> None:
        merged = self.merged(self.old, self.new, self.old)
        assert (merged.title, merged.abstract) == self.old
        assert merged.appearances[1].title == self.new[0]

    def test_the_same_listing_again_changes_nothing(self) -> None:
        merged = self.merged(self.old, self.new)
        again = add_appearance(merged, SourceRecord(*self.old, line=9), appearance("2026-01-01"))
        assert again == merged


def test_an_order_of_links_that_a_curator_made_stays() -> None:
    links = (link("https://b.org"), link("https://a.org"))
    before = paper(links=links)
    after = add_appearance(before, SourceRecord("T", "A.", 1, links=links[1:]), appearance())
    assert after.links == links
