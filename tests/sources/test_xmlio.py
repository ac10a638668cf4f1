from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import ListingError
from generator.sources import xmlio

PAPERS = """<?xml version='1.0' encoding='UTF-8'?>
<papers xmlns="urn:p" xmlns:x="urn:x" kind=" two ">
  <paper>
    <title>On <b>bold</b> &lt;EOS&gt; &amp; <![CDATA[<teapots>]]></title>
    <!-- a comment -->
  </paper>
  <paper x:id="2"
         year="2026"><title/></paper>
  <x:paper/>
</papers>
"""


def refusal(text: str) -> str:
    with pytest.raises(ListingError) as caught:
        xmlio.parse(text, "papers.xml")
    return str(caught.value)


def test_elements_know_their_names_lines_and_attributes() -> None:
    root = xmlio.parse(PAPERS, "papers.xml")
    assert (root.name, root.line, root.get("kind")) == ("{urn:p}papers", 2, "two")
    assert [(e.name, e.line) for e in root.elements] == [
        ("{urn:p}paper", 3),
        ("{urn:p}paper", 7),
        ("{urn:x}paper", 9),
    ]
    _, second = root.all("{urn:p}paper")
    assert second.attributes == {"{urn:x}id": "2", "year": "2026"}
    assert second.get("month") == ""


def test_text_is_what_is_written_with_entities_decoded_once() -> None:
    paper = xmlio.parse(PAPERS, "papers.xml").first("{urn:p}paper")
    assert paper is not None
    assert paper.text_of("{urn:p}title") == "On bold <EOS> & <teapots>"
    assert paper.text_of("{urn:p}abstract") == ""
    title = paper.first("{urn:p}title")
    assert title is not None
    assert [part if isinstance(part, str) else part.name for part in title.content] == [
        "On ",
        "{urn:p}b",
        " <EOS> & <teapots>",
    ]


def test_white_space_above_the_declaration_is_skipped_and_counted() -> None:
    assert xmlio.parse(f"\n \n{PAPERS}", "papers.xml").line == 4
    assert refusal("\n\n<a>\n</b>").startswith("papers.xml:4: ")


def test_the_declared_encoding_does_not_matter() -> None:
    text = "<?xml version='1.0' encoding='UTF-16'?><a>é</a>"
    assert xmlio.parse(text, "papers.xml").text == "é"


@pytest.mark.parametrize(
    "text, problem",
    [
        ("<a>\n<b>\nx</b>", "papers.xml:3: breaks off within <a>; save or fetch it again"),
        ("<a>\n<b", "papers.xml:2: breaks off within <a>; save or fetch it again"),
        ("<x:a xmlns:x='urn:x'><![CDATA[ x", "papers.xml:1: breaks off within <a>;"),
        ("<a/><", "papers.xml:1: is not well-formed XML: unclosed token;"),
        ("<a b", "papers.xml:1: is not well-formed XML: unclosed token;"),
        ("<a><b></a>", "papers.xml:1: is not well-formed XML: mismatched tag;"),
        ("<a>&nbsp;</a>", "papers.xml:1: is not well-formed XML: undefined entity;"),
        ("<a/><b/>", "papers.xml:1: is not well-formed XML: junk after document element;"),
        ("<a b='1' b='2'/>", "papers.xml:1: is not well-formed XML: duplicate attribute;"),
        ("", "papers.xml:1: is not well-formed XML: no element found;"),
        ("<a>" * 101, "papers.xml:1: has elements nested more than 100 deep; fetch it again,"),
        ("<!DOCTYPE a><a/>", "papers.xml:1: has a document type (<!DOCTYPE …>), which is not read"),
    ],
)
def test_what_is_no_sound_document_is_refused_with_its_line(text: str, problem: str) -> None:
    assert refusal(text).startswith(problem)


def test_nothing_is_expanded_fetched_or_read_from_files() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    for declared in (
        f'<!ENTITY l0 "ha">{laughs}',
        '<!ENTITY l9 "ha">',
        '<!ENTITY l9 SYSTEM "file:///etc/passwd">',
        '<!ENTITY % l9 SYSTEM "https://example.org/x.dtd">',
    ):
        bomb = f"<!DOCTYPE a [{declared}]><a b='&l9;'>&l9;</a>"
        assert "has a document type" in refusal(bomb)
        assert xmlio.peek(bomb) is None


def test_the_number_of_elements_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xmlio, "MAX_ELEMENTS", 3)
    xmlio.parse("<a><b/><b/></a>", "papers.xml")
    assert "has more than 3 elements" in refusal("<a><b/><b/><b/></a>")


@pytest.mark.parametrize("rest", ["", "</b></a>", "<c", "&nbsp;", "<!-- ", "\x01", "<c/>" * 40_000])
def test_the_beginning_tells_the_kind_however_it_goes_on(rest: str) -> None:
    root = xmlio.peek(f"<?xml version='1.0'?>\n<!DOCTYPE a>\n<a><b>x</b>{rest}")
    assert root is not None
    assert (root.name, root.line, root.text_of("b")) == ("a", 3, "x")


@pytest.mark.parametrize("text", ["", "x", "<", "<a", "{}", "<x:a/>"])
def test_what_does_not_begin_as_xml_has_no_root(text: str) -> None:
    assert xmlio.peek(text) is None


@given(st.text())
def test_no_text_gives_a_traceback(text: str) -> None:
    xmlio.peek(text)
    with contextlib.suppress(ListingError):
        xmlio.parse(f"<a>{text}</a>", "papers.xml")
