"""Records that the curator says are one paper."""

from __future__ import annotations

from generator.model import Completion, Reason, Rule
from generator.views.joining import joined, repeats_of
from tests.builders import day, link, paper

BY_TITLE = Reason(Rule.SAME_TITLE, 100.0)


def test_a_paper_gains_what_it_lacks_from_the_records_that_it_also_is() -> None:
    kept = paper("kept", "2026-03-12", ids={"arxiv": "2010.00904"}, links=(link(),))
    facts = ("ids.arxiv", "ids.doi", "authors", "published", "links")
    first = paper(
        "first",
        "2026-03-11",
        authors=("Ada Example",),
        ids={"arxiv": "2010.99999", "doi": "10.1000/x"},
        published=day("2026-01-01"),
        links=(link(), link("https://example.com/data", "data")),
        completions=(Completion("list", "m.jsonl", facts, BY_TITLE),),
    )
    second = paper("second", "2026-03-13", authors=("Bo Other",), ids={"acl": "P18-1001"})
    found = joined(kept, [second, first])
    assert (found.slug, found.title, found.abstract) == (kept.slug, kept.title, kept.abstract)
    assert found.authors == ("Ada Example",)
    assert found.ids == {"acl": "P18-1001", "arxiv": "2010.00904", "doi": "10.1000/x"}
    assert found.published == day("2026-01-01")
    assert [each.url for each in found.links] == [link().url, "https://example.com/data"]
    assert [each.date for each in found.appearances] == sorted(
        map(day, ("2026-03-11", "2026-03-12", "2026-03-13"))
    )
    # What it had itself was not completed, whoever completed the other record.
    (completion,) = found.completions
    assert completion.fields == ("ids.doi", "authors", "published")
    assert joined(kept, []) == kept


def test_a_joined_record_leaves_its_title_with_its_appearances() -> None:
    found = joined(
        paper("kept", "2026-03-12"),
        [paper("gone", "2026-03-11", source_title="Old title", source_abstract="We study kept.")],
    )
    earlier, later = found.appearances
    assert (earlier.title, earlier.abstract, later.title) == ("Old title", None, None)


def test_records_are_repeats_where_the_curator_says_so() -> None:
    kept, gone = paper("kept"), paper("gone", curation={"same_as": "kept"})
    merged = paper("merged", merged_into="kept")
    assert dict(repeats_of([kept, gone, merged])) == {"kept": [gone]}
