from __future__ import annotations

import datetime as dt
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import ListingError
from generator.model import Link, LinkKind, Listing
from generator.sources.arxiv_atom import ArxivAtom
from generator.text.cleaning import clean

TODAY = dt.date(2026, 8, 18)
READER = ArxivAtom()

HEAD = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"
      xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/5ome+h4sh</id>
  <title>arXiv Query: search_query=all:tea</title>
  <updated>2026-08-17T22:09:26Z</updated>
  <opensearch:itemsPerPage>10</opensearch:itemsPerPage>
  <opensearch:totalResults>2148</opensearch:totalResults>
"""
TEA = "We study tea."


def entry(
    name: str = "http://arxiv.org/abs/2608.00001v2",
    title: str = "On Tea",
    abstract: str = TEA,
    more: str = "",
    published: str = "2026-08-10T23:59:59Z",
) -> str:
    return f"""
  <entry>
    <id>{name}</id>
    <title>{escape(title)}</title>
    <updated>2026-08-16T00:00:00Z</updated>
    <link href="https://arxiv.org/abs/2608.00001v2" rel="alternate" type="text/html"/>
    <link href="https://arxiv.org/pdf/2608.00001v2" rel="related" title="pdf"/>
    <summary>{escape(abstract)}</summary>
    <published>{published}</published>
    <arxiv:primary_category term="cs.CL"/>{more}
    <author><name>Ada Lovelace</name><arxiv:affiliation>Tea House</arxiv:affiliation></author>
    <author><name> Alan  Turing </name></author>
    <author><name/></author>
  </entry>"""


def feed(*entries: str, head: str = HEAD) -> str:
    return f"{head}{''.join(entries)}\n</feed>\n"


def read(text: str) -> Listing:
    assert READER.recognises(text)
    return READER.read(text, "answer.atom", "f", TODAY)


def refusal(text: str) -> str:
    assert READER.recognises(text)
    with pytest.raises(ListingError) as caught:
        READER.read(text, "answer.atom", "f", TODAY)
    return str(caught.value)


def test_an_answer_is_read() -> None:
    listing = read(feed(entry(), entry("http://arxiv.org/abs/2608.00002v1", "On Cups")))
    first, second = listing.records
    assert (first.title, first.abstract, first.line) == ("On Tea", "We study tea.", 10)
    assert first.authors == ("Ada Lovelace", "Alan Turing")
    assert first.ids == {"arxiv": "2608.00001"}
    assert first.published == dt.date(2026, 8, 10)
    assert (first.links, first.date, first.votes) == ((), None, None)
    assert (second.title, second.ids) == ("On Cups", {"arxiv": "2608.00002"})
    assert (listing.source, listing.date, listing.total) == ("arxiv", dt.date(2026, 8, 17), 2148)
    assert not listing.rejected
    assert not listing.warnings


def test_old_identifiers_are_read() -> None:
    (record,) = read(feed(entry("http://arxiv.org/abs/astro-ph/0601001v1"))).records
    assert record.ids == {"arxiv": "astro-ph/0601001"}


@pytest.mark.parametrize("name", ["", "urn:tea"])
def test_the_link_tells_the_identifier_if_the_name_does_not(name: str) -> None:
    (record,) = read(feed(entry(name))).records
    assert record.ids == {"arxiv": "2608.00001"}


@pytest.mark.parametrize(
    "more",
    [
        "<arxiv:doi>10.1000/Tea</arxiv:doi>",
        "<arxiv:doi>10.1000/tea 10.1000/cups</arxiv:doi>",
        '<link title="doi" href="http://dx.doi.org/10.1000/tea" rel="related"/>',
        '<arxiv:doi>10.1000/tea</arxiv:doi><link title="doi" href="x:odd" rel="related"/>',
    ],
)
def test_the_doi_is_read(more: str) -> None:
    listing = read(feed(entry(more=more)))
    assert listing.records[0].ids == {"arxiv": "2608.00001", "doi": "10.1000/tea"}
    assert not listing.warnings


def test_a_doi_that_is_none_is_told() -> None:
    listing = read(feed(entry(more="<arxiv:doi>to appear</arxiv:doi>")))
    assert listing.records[0].ids == {"arxiv": "2608.00001"}
    assert listing.warnings == ("line 10: 'to' is no identifier; left out",)


@pytest.mark.parametrize(
    "comment, links",
    [
        ("12 pages", ()),
        (
            "Code: https://github.com/tea/pot. Demo:\n https://tea.github.io/pot/, 5 pages",
            (
                Link(LinkKind.CODE, "https://github.com/tea/pot"),
                Link(LinkKind.PROJECT, "https://tea.github.io/pot/"),
            ),
        ),
        ("Video at https://youtu.be/x", (Link(LinkKind.VIDEO, "https://youtu.be/x"),)),
        ("See also https://arxiv.org/abs/2601.00001", ()),
        ("Figures at http://www.example.edu/~ada/", ()),
        ("Code at javascript:alert(1) ftp://github.com/tea", ()),
    ],
)
def test_links_of_a_comment(comment: str, links: tuple[Link, ...]) -> None:
    (record,) = read(feed(entry(more=f"<arxiv:comment>{comment}</arxiv:comment>"))).records
    assert record.links == links


@pytest.mark.parametrize(
    "text", ["The token <EOS> & co.", "We show $a<b$ &amp; more", "<b>bold</b> claims", "x < y > z"]
)
def test_texts_are_literal(text: str) -> None:
    (record,) = read(feed(entry(title=text, abstract=text))).records
    assert (record.title, record.abstract) == (clean(text), clean(text))


@pytest.mark.parametrize(
    "text",
    [
        "This paper has been withdrawn by the authors due to an error in Lemma 2.",
        "This paper has been withdrawn.",
        "The paper is withdrawn because it boils over.",
        "Paper withdrawn",
        "Withdrawn by the author",
        "[Withdrawn]",
        "This submission has been withdrawn by arXiv administrators: too hot",
        "This\n  manuscript is being withdrawn as of today",
        "This review paper was withdrawn; a new one follows.",
    ],
)
@pytest.mark.parametrize("in_comment", [False, True])
def test_a_withdrawn_paper_is_rejected(text: str, in_comment: bool) -> None:
    withdrawn = (
        entry(more=f"<arxiv:comment>{text}</arxiv:comment>") if in_comment else entry(abstract=text)
    )
    listing = read(feed(withdrawn, entry()))
    ((line, title, reason),) = [(r.line, r.title, r.reason) for r in listing.rejected]
    assert (line, title) == (10, "On Tea")
    assert reason.startswith(f"withdrawn: {' '.join(text.split())[:20]!r}"[:-1])
    assert len(listing.records) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Withdrawn papers are a problem of arXiv.",
        "This paper studies cups that were withdrawn by their makers.",
        "This paper has been withdrawn from the Tea Conference and sent to the Cup Journal.",
        "We have withdrawn the kettle.",
    ],
)
def test_a_paper_about_withdrawals_is_none(text: str) -> None:
    assert read(feed(entry(abstract=text))).records


@pytest.mark.parametrize(
    "bad, reason",
    [
        (entry(title=" "), "no title"),
        (entry(abstract=""), "no abstract: the library needs one; add it"),
        ("<entry/>", "no title"),
    ],
)
def test_a_bad_entry_is_rejected_and_the_others_go_in(bad: str, reason: str) -> None:
    listing = read(feed(bad, entry()))
    assert [rejected.reason for rejected in listing.rejected] == [reason]
    assert len(listing.records) == 1


@pytest.mark.parametrize(
    "start, total", [("0", 2148), ("2140", 8), ("9999", 0), ("-1", 2148), ("", 2148)]
)
def test_a_page_says_how_many_there_are_from_its_first_on(start: str, total: int) -> None:
    """So a page that has fewer is not the last one, whichever page of the query it is."""
    head = f"{HEAD}<opensearch:startIndex>{start}</opensearch:startIndex>\n"
    assert read(feed(entry(), head=head)).total == total


def test_where_facts_are_wanted_no_abstract_is_needed() -> None:
    text = feed(entry(abstract=""), entry("http://arxiv.org/abs/2608.00002v1"))
    listing = READER.read(text, "answer.atom", "f", TODAY, partial=True)
    assert [record.abstract for record in listing.records] == ["", TEA]


def test_bad_fields_are_left_out_with_a_warning() -> None:
    head = HEAD.replace("2148", "some").replace("2026-08-17T22:09:26Z", "yesterday")
    listing = read(feed(entry(published="2026-02-30T00:00:00Z"), head=head))
    assert (listing.records[0].published, listing.date, listing.total) == (None, None, None)
    assert listing.warnings == (
        "line 10: '2026-02-30T00:00:00Z' is no date of any calendar; left out",
        "line 2: 'yesterday' is no date of any calendar; left out",
        "line 8: totalResults: 'some' is no number; left out",
    )


def test_an_answer_without_entries_is_a_listing_without_records() -> None:
    listing = read(feed(head=HEAD.replace("2148", "0")))
    assert (listing.records, listing.rejected, listing.total) == ((), (), 0)


@pytest.mark.parametrize("page", ["errors", "errors#incorrect_id_format_for_tea"])
def test_an_error_is_quoted(page: str) -> None:
    error = entry(f"http://arxiv.org/api/{page}", "Error", "incorrect id\n format for tea")
    for head in (HEAD, HEAD.replace("https://arxiv.org/api/5ome+h4sh", "urn:x")):
        assert refusal(feed(error, head=head)) == (
            "answer.atom:10: is no listing but an error message of arXiv's: "
            "'incorrect id format for tea'; correct the query"
        )


def test_an_answer_that_is_cut_off_is_known_and_refused() -> None:
    text = feed(entry(), entry())
    for length in range(len(HEAD), len(text) - len("</feed>\n")):
        message = refusal(text[:length])
        assert "breaks off within <" in message, length


@pytest.mark.parametrize(
    "rest, problem",
    [
        ("<entry></feed>", "mismatched tag"),
        ("&nbsp;</feed>", "undefined entity"),
        ("</feed><feed/>", "junk after document element"),
    ],
)
def test_an_answer_that_is_mangled_is_known_and_refused(rest: str, problem: str) -> None:
    assert problem in refusal(HEAD + rest)


def test_a_document_type_is_refused() -> None:
    text = feed(entry()).replace("<feed", "<!DOCTYPE feed>\n<feed", 1)
    assert "has a document type" in refusal(text)


def test_answers_of_old_times_are_known_by_their_papers() -> None:
    head = '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">'
    assert len(read(feed(entry(), head=head)).records) == 1


@pytest.mark.parametrize(
    "text",
    [
        '<feed xmlns="http://www.w3.org/2005/Atom"><id>https://example.org/</id></feed>',
        '<feed xmlns="http://www.w3.org/2005/Atom"><id>http://rss.arxiv.org/atom/cs.AI</id></feed>',
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>oai:arXiv.org:2608.1v1</id></entry></feed>',
        "<feed><id>https://arxiv.org/api/x</id></feed>",
        "<rss/>",
        "Rate exceeded.",
        "",
    ],
)
def test_other_files_are_not_taken(text: str) -> None:
    assert not READER.recognises(text)


def test_many_entries_are_read() -> None:
    text = feed(*(entry(f"http://arxiv.org/abs/2608.{n:05}v1") for n in range(2000)))
    assert len(read(text).records) == 2000


WRITABLE = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
WORDS = st.text(WRITABLE, min_size=1).map(lambda text: f"{text} tea {text}")


@given(WORDS, WORDS)
def test_texts_survive_the_format(title: str, abstract: str) -> None:
    (record,) = read(feed(entry(title=title, abstract=abstract))).records
    assert (record.title, record.abstract) == (clean(title.strip()), clean(abstract.strip()))


@given(st.data())
def test_mangled_answers_give_no_traceback(data: st.DataObject) -> None:
    text = feed(entry(), entry())
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 60)))
    new = data.draw(st.text(alphabet="<>/&;!?-[]=\"' xé\n", max_size=4))
    mangled = text[:start] + new + text[end:]
    if READER.recognises(mangled):
        try:
            listing = READER.read(mangled, "answer.atom", "f", TODAY)
        except ListingError:
            return
        assert len(listing.records) + len(listing.rejected) <= 2
