"""A message, read again as a mail program reads it, and compared with what it is of."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.digest import Digest, Site
from generator.errors import ContentError
from generator.folder import Folder
from generator.mail.boxes import Mailbox
from generator.mail.composing import Composed, compose
from generator.mail.letter import PAPERS
from generator.mail.message import LIMIT, message, message_id, sent_size
from generator.text.cleaning import tidy
from tests import goldens
from tests.builders import SITE, digest, edition, entry, link
from tests.conftest import ROOT
from tests.mail.letters import HOSTILE, form, hostile, many, small, taken_apart
from tests.site.validity import mistakes

PROJECT = Folder(ROOT)
SIGNED = replace(SITE, subscribe_url="https://lists.example.org/digest?a=1&b=ü")
EDITOR = Mailbox("Ada Ö", "editor@example.org")


def composed(shown: Digest, days: int = 1, site: Site = SIGNED) -> Composed:
    shown = replace(shown, site=site)
    return compose(PROJECT, shown, shown.editions[:days])


def eml(made: Composed, **kw: object) -> bytes:
    return message(made.letter, made.texts, **kw).as_bytes()  # type: ignore[arg-type]


def valid(html: str) -> list[str]:
    """What is wrong with HTML, but for styles in elements, which pages of the site may not have."""
    return mistakes(re.sub(r' style="[^"]*"', "", html))


def words(html: str) -> str:
    """What is read in HTML, on one line."""
    return " ".join(BeautifulSoup(html, "html5lib").get_text(" ").split())


@pytest.mark.parametrize("days, name", [(1, "edition"), (2, "days")])
def test_golden(days: int, name: str) -> None:
    made = composed(small(), days)
    goldens.check(f"mail/{name}.html", made.texts.html)
    goldens.check(f"mail/{name}.txt", made.texts.plain)
    goldens.check(f"mail/{name}.eml", eml(made, sender=EDITOR).decode("ascii"))


def test_every_golden_file_is_of_a_letter() -> None:
    kinds = ("html", "txt", "eml")
    assert goldens.names("mail") == {f"{name}.{k}" for name in ("edition", "days") for k in kinds}


def test_the_headers() -> None:
    parsed = taken_apart(eml(composed(small()), sender=EDITOR, to="ada@example.org"))
    assert dict(parsed.items()) == {
        "From": "Ada Ö <editor@example.org>",
        "To": "ada@example.org",
        "Subject": "Finding things, und was bleibt (12 March 2026)",
        "Date": "Thu, 12 Mar 2026 12:00:00 +0000",
        "Message-ID": message_id(composed(small()).letter),
        "List-Id": '"Little Digest" <digest.example.org>',
        "List-Unsubscribe": "<https://lists.example.org/digest?a=1&b=%C3%BC>",
        "MIME-Version": "1.0",
        "Content-Type": parsed["Content-Type"],
    }
    assert parsed.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in parsed.iter_parts()] == ["text/plain", "text/html"]
    assert re.fullmatch(r"<2026-03-12\.[0-9a-f]{16}@digest\.example\.org>", parsed["Message-ID"])


def test_to_look_at_it_takes_no_address_and_no_clock() -> None:
    one, same = eml(composed(small())), eml(composed(small()))
    assert one == same
    parsed = taken_apart(one)
    assert parsed["From"].addresses[0].addr_spec == "digest@digest.example.org.invalid"
    assert parsed["To"] == "undisclosed-recipients:;"


def test_without_a_place_to_leave_the_list_none_is_named() -> None:
    made = composed(small(), site=SITE)
    assert taken_apart(eml(made))["List-Unsubscribe"] is None
    assert "Leave the list" not in made.texts.html
    assert "To leave it" not in made.texts.plain


def test_an_address_that_no_line_holds_is_refused() -> None:
    site = replace(SITE, subscribe_url="https://example.org/" + "x" * 900)
    with pytest.raises(ContentError, match=r"extra\.subscribe_url: has 920 characters"):
        eml(composed(small(), site=site))


@pytest.mark.parametrize("kind", ["html", "plain"])
def test_what_is_shown_is_what_the_records_say(kind: str) -> None:
    shown = small()
    text = form(taken_apart(eml(composed(shown))), kind)
    seen = words(text) if kind == "html" else " ".join(text.split())
    for each in shown.editions[0].entries:
        assert each.title in seen
        assert each.abstract[:60] in seen
        assert ", ".join(each.authors[:6]) in seen
        assert f"https://example.org/digest/{each.address}" in text
    assert "and 2 others" in seen
    assert "Look at this" in seen.replace(" ,", ",")
    assert "matters" in seen
    assert "Editor’s note" in seen
    assert "New" in seen
    assert "Seen again" in seen


def test_picks_come_first_and_headings_have_an_order() -> None:
    page = BeautifulSoup(composed(small()).texts.html, "html5lib")
    headings = [
        (each.name, " ".join(each.get_text().split()))
        for each in page.find_all(re.compile("^h[1-6]$"))
    ]
    assert headings == [
        ("h1", "Finding things, und was bleibt"),
        ("h2", "Editor’s picks 1"),
        ("h3", "Rich <EOS> & $x_1$ 中文"),
        ("h2", "Retrieval 1"),
        ("h3", "Plain"),
        ("h2", "Speech 1"),
        ("h3", "Again"),
        ("h2", "Without a topic 1"),
        ("h3", "Loose"),
    ]


def test_links_lead_to_the_site_and_are_legible_in_the_source() -> None:
    html = composed(small()).texts.html
    page = BeautifulSoup(html, "html5lib")
    found = [str(each["href"]) for each in page.find_all("a")]
    assert 'href="https://example.org/digest/papers/picked/"' in html
    assert "https://example.com/c?a=1&b=%C3%BC%7Bx%7D" in found
    assert "https://example.org/digest/papers/plain/" in found
    assert SIGNED.subscribe_url.replace("ü", "%C3%BC") in found
    assert all(each.startswith("https://") for each in found)
    assert all("underline" in str(each["style"]) for each in page.find_all("a"))


def test_nothing_is_fetched() -> None:
    for shown in (small(), hostile()):
        page = BeautifulSoup(composed(shown).texts.html, "html5lib")
        assert not page.find_all(["img", "link", "script", "iframe", "video", "object", "form"])
        assert not page.select("[src]")
        assert not page.select("[background]")
        styles = " ".join(str(each["style"]) for each in page.find_all(style=True))
        assert "url(" not in styles + str(page.style)
        assert "@import" not in str(page.style)


def test_without_its_stylesheet_it_is_dressed_all_the_same() -> None:
    page = BeautifulSoup(composed(small()).texts.html, "html5lib")
    rules = str(page.style.string) if page.style else ""
    outside = re.sub(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}", "", rules)
    assert re.sub(r"\s", "", outside) == re.sub(
        r"\s", "", ":root { color-scheme: light dark; supported-color-schemes: light dark; }"
    )
    dressed = [
        each for each in page.find_all(["h1", "h2", "h3", "p", "a", "ul"]) if not each.get("style")
    ]
    assert dressed == []


@pytest.mark.parametrize(
    "shown", [small(), hostile(), many(60, picks=3)], ids=["small", "hostile", "many"]
)
def test_it_is_valid_html(shown: Digest) -> None:
    assert valid(composed(shown).texts.html) == []


# --- hostile texts ---------------------------------------------------------------------------


def test_hostile_texts_are_shown_and_are_nothing_else() -> None:
    made = composed(hostile())
    parsed = taken_apart(eml(made))
    assert set(parsed.keys()) == set(taken_apart(eml(composed(small()))).keys())
    assert parsed["Subject"] == f"{tidy(''.join(HOSTILE[:3]))} (12 March 2026)"
    assert [part.get_content_type() for part in parsed.iter_parts()] == ["text/plain", "text/html"]
    page = BeautifulSoup(form(parsed, "html"), "html5lib")
    titles = {" ".join(each.get_text().split()) for each in page.find_all("h3")}
    shown = [each for part in (made.letter.picks, *made.letter.parts) for each in part.mentions]
    assert len(shown) == len(HOSTILE)
    for mention in shown:
        assert mention.title in titles
    allowed = {"html", "head", "meta", "title", "style", "body", "div", "p", "h1", "h2", "h3", "a"}
    allowed |= {"span", "em", "strong", "code", "pre", "ul", "ol", "li", "br", "blockquote", "hr"}
    assert {each.name for each in page.find_all(True)} <= allowed
    for each in page.find_all(True):
        assert not [name for name in each.attrs if name.startswith("on")]
    assert {str(each["href"]).partition(":")[0] for each in page.find_all("a")} == {"https"}


def test_no_hostile_text_gives_orders_to_a_mailing_service() -> None:
    """listmonk reads campaigns as templates of Go: ``{{`` would be one of its orders."""
    made = composed(hostile())
    assert "{{" not in made.texts.html
    assert "{%" not in made.texts.html


def test_in_plain_text_a_title_is_a_line() -> None:
    made = composed(hostile())
    lines = form(taken_apart(eml(made)), "plain").split("\n")
    for part in (made.letter.picks, *made.letter.parts):
        for mention in part.mentions:
            assert mention.title in lines
    assert not any(
        re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202e]", each) for each in lines
    )
    assert lines.count("-- ") == 1


printable = st.one_of(
    st.text(max_size=120), st.lists(st.sampled_from(HOSTILE), max_size=2).map("".join)
)


@settings(max_examples=40)
@given(title=printable, abstract=printable, name=printable, author=printable, note=printable)
def test_any_text_survives_the_way(
    title: str, abstract: str, name: str, author: str, note: str
) -> None:
    one = entry("one", "2026-03-12", title=title, abstract=abstract, authors=(author,), note=note)
    site = replace(SITE, name=name or "x")
    shown = digest(one, site=site, editions=(edition("2026-03-12", one, title=name),))
    made = compose(PROJECT, shown, shown.editions)
    data = eml(made)
    assert data.isascii()
    assert all(len(line) <= 998 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"\r" not in data.replace(b"\r\n", b"")
    parsed = taken_apart(data)
    assert parsed["Subject"] == made.letter.subject
    page = BeautifulSoup(form(parsed, "html"), "html5lib")
    heading = page.find("h3")
    assert heading is not None
    assert " ".join(heading.get_text().split()) == " ".join(tidy(title).split())
    assert tidy(title) in form(parsed, "plain").split("\n")


# --- size ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "shown",
    [
        many(300),
        many(300, picks=300),
        many(2000, topics=200),
        many(300, topics=1, picks=40),
        hostile(),
    ],
    ids=["many", "all picked", "thousands", "one topic", "hostile"],
)
def test_it_stays_a_letter(shown: Digest) -> None:
    made = composed(shown)
    assert made.size == sent_size(made.texts.html) <= LIMIT
    page = words(made.texts.html)
    assert "The whole edition" in page
    for part in (made.letter.picks, *made.letter.parts):
        if part.left:
            assert f"{part.left} more" in page


def test_a_letter_of_another_script_fits_too() -> None:
    papers = [
        entry(
            f"p{n}",
            "2026-03-12",
            [f"t{n % 9}"],
            title="检索增强生成" * 9,
            abstract="我们研究检索。" * 90,
        )
        for n in range(100)
    ]
    made = composed(digest(*papers))
    assert made.size <= LIMIT
    part = next(
        part for part in taken_apart(eml(made)).iter_parts() if part.get_content_subtype() == "html"
    )
    assert part["Content-Transfer-Encoding"] == "base64"


def test_what_editors_wrote_is_never_cut() -> None:
    long = "A word that is repeated. " * 6000
    one = entry("one", "2026-03-12", pick=True)
    made = composed(digest(one, editions=(edition("2026-03-12", one, introduction=long),)))
    assert made.size > LIMIT
    assert made.letter.picks.left == 1
    assert long.strip() in words(made.texts.html)


def test_as_many_papers_as_fit_are_shown() -> None:
    made = composed(many(300))
    assert sum(len(part.mentions) for part in made.letter.parts) == PAPERS
    code = (link("https://example.com/" + "x" * 3000, "code"),)
    heavy = [entry(f"p{n}", "2026-03-12", [f"t{n}"], links=code) for n in range(60)]
    fewer = composed(digest(*heavy))
    assert fewer.size <= LIMIT
    assert 0 < sum(len(part.mentions) for part in fewer.letter.parts) < PAPERS
