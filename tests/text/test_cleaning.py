from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text.cleaning import clean, plain, tidy, trace, words
from generator.text.latex import RULES, Rule
from generator.text.unseen import steps

odd = st.lists(
    st.one_of(
        st.text(),
        st.sampled_from(
            [
                "\u200d",
                "\u200c",
                "\u200b",
                "e\u0301",
                "\u202e",
                "\u00a0",
                "\ufffe",
                "\ud800",
                "\x00",
                "\u2028",
                "\u0301",
                "\U0001fffe",
                "a",
                "é",
                "👩",
                "\ufe0f",
                "\u00ad",
                "\u212a",
                "\u034f",
                "\u115f",
                "\u1100",
                "\u180b",
                "\u1820",
                "\u3164",
                "漢",
                "\U000e0100",
                "\U0001f3f4",
                "\U000e0067",
                "\U000e007f",
            ]
        ),
    )
).map("".join)


@given(odd)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


def stepwise(text: str) -> str:
    for step in steps(text):
        text = step.apply(text)
    return text


@given(
    st.one_of(
        odd,
        st.text(st.sampled_from("ab \t\n\x1c\x7f\xad\xa0éβ–≠\u0301\ufe0f\u200d\u0338"), max_size=8),
        st.text(st.characters(min_codepoint=0xA0, max_codepoint=0x2300), max_size=4),
    )
)
def test_what_is_tidy_is_seen_at_once(text: str) -> None:
    assert tidy(text) == stepwise(text)


def test_what_is_seen_at_once_is_what_all_steps_leave_alone() -> None:
    for code in range(0x2300):
        char = f"a{chr(code)}a"
        assert tidy(char) == stepwise(char), hex(code)


@given(odd)
def test_a_cleaned_text_is_one_line_that_every_format_can_hold(text: str) -> None:
    cleaned = tidy(text)
    assert cleaned == " ".join(cleaned.split())
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not {"Cc", "Cs"} & {unicodedata.category(char) for char in cleaned}
    cleaned.encode()


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S"])))
def test_no_visible_character_is_dropped(text: str) -> None:
    assert tidy(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    "text, cleaned",
    [
        ("", ""),
        (" \n\t ", ""),
        ("  a \r\n b\tc ", "a b c"),
        ("a\u00a0b\u2003c\u3000d\u2028e\x85f\x0bg", "a b c d e f g"),
        ("cafe\u0301", "café"),
        ("a\u200bb\u2060c\ufeffd\u00ade", "abcde"),
        ("a\u202eb\u202cc\u2066d\u2069\u200e\u200f\u061c", "abcd"),
        ("a\x00b\x1bc\x7fd\x9fe", "abcde"),
        ("a\ud800b\ufffec\ufdd0d\U0010ffffe", "abcde"),
        ("e\ufffe\u0301", "é"),
        ("a\u200db", "ab"),
        ("\u200dکتاب\u200c", "کتاب"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("👨\u200d👩\u200d👧 ❤\ufe0f", "👨\u200d👩\u200d👧 ❤\ufe0f"),
        ("<b> & $x_1$ \\n # | `", "<b> & $x_1$ \\n # | `"),
        ("ﬁ x² Ⅳ ½", "ﬁ x² Ⅳ ½"),
    ],
)
def test_cleaning(text: str, cleaned: str) -> None:
    assert tidy(text) == cleaned


@pytest.mark.parametrize(
    "text, result",
    [
        ("$\\textit{Labor Space}$: A", "Labor Space: A"),
        ("\\model: x", ": x"),
        ('na\\"ive', "naive"),
        ("Erd\\H{o}s", "Erd os"),
        ("50\\% of {A}", "50 of A"),
        ("a\\ b", "a\\ b"),
        ("\\emph*{x}", "x"),
        ("", ""),
    ],
)
def test_plain_text_has_no_markup(text: str, result: str) -> None:
    assert plain(text) == result


@pytest.mark.parametrize(
    "text, result",
    [
        ("Llama 2: Open", ("llama", "2", "open")),
        ("Pre-training, pre_training", ("pre", "training", "pre", "training")),
        ("Straße ﬁne Ⅳ É", ("strasse", "fine", "iv", "e")),
        ("$\\mathbf{X}^2$ / C++", ("x", "2", "c")),
        ("中文 标题", ("中文", "标题")),
        ("∞ → ∅ !?", ()),
    ],
)
def test_words_for_comparing(text: str, result: tuple[str, ...]) -> None:
    assert words(text) == result


@given(st.text(alphabet="abcxyzABCXYZäöüéÄÖÉ -.,:;!?"))
def test_words_know_no_case_no_accents_and_no_punctuation(text: str) -> None:
    assert words(text) == words(text.upper()) == words(f"«{text}»".replace("é", "e"))
    assert words(unicodedata.normalize("NFD", text)) == words(text)
    assert words(" ".join(words(text))) == words(text)


@pytest.mark.parametrize(
    "text, cleaned",
    [
        ('T\\"U\u200bLU  3', "TÜLU 3"),
        ("\\text\u00adsc{Graph}\u00a0Oracle", "Graph Oracle"),
        ("{\\epsilon}\n-DP", "ε -DP"),
        ("\\'e\u0301", "\\'é"),
    ],
)
def test_clean_decodes_what_tidying_uncovers(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@given(odd | st.text(alphabet="\\{}$~`'\"_^%& aéo\u0301\u200b\u00ad"))
def test_clean_is_idempotent(text: str) -> None:
    assert clean(clean(text)) == clean(text)


messy = (
    odd
    | st.text(alphabet="\\{}$~`'\"_^%& aéo\u0301\u200b\u00ad")
    | st.sampled_from([rule.example[0] for rule in RULES])
)


@given(messy)
def test_the_original_can_be_had_back(text: str) -> None:
    """Each step begins where the one before it ended; nothing changes that no rule claims."""
    steps = trace(text)
    reached = text
    for step in steps:
        assert step.before == reached
        assert step.before != step.after
        assert all((span.before == span.after) == (span.rule == "") for span in step.spans)
        reached = step.after
    assert reached == clean(text)


def test_a_clean_text_has_no_trace() -> None:
    assert trace("Nothing to be done, $x$ or {y}.") == ()
    assert trace(clean('T\\"ULU\u200b  {\\it x}')) == ()


def test_a_trace_tells_which_rule_changed_what() -> None:
    steps = trace("Erd\\H{o}s\u200b and \n 5\\% {\\it vs.} e\u0301, \\ours")
    changed = [
        (step.name, span.rule, span.before, span.after)
        for step in steps
        for span in step.spans
        if span.rule
    ]
    assert changed == [
        ("canonical form", "canonical form", "e\u0301", "é"),
        ("invisible characters", "invisible characters", "\u200b", ""),
        ("white space", "white space", " \n ", " "),
        ("LaTeX", "accents", "\\H{o}", "ő"),
        ("LaTeX", "escapes", "\\%", "%"),
        ("LaTeX", "looks", "{\\it ", ""),
        ("LaTeX", "looks", "}", ""),
    ]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_of_latex_signs_its_work(rule: Rule) -> None:
    used = {span.rule for step in trace(rule.example[0]) for span in step.spans}
    assert rule.name in used
    assert used <= {"", *(known.name for known in RULES)}


@given(
    st.text(alphabet=st.characters(categories=["L", "N", "P", "S"], exclude_characters="\\{~`$"))
)
def test_a_visible_text_without_latex_is_left_alone(text: str) -> None:
    assert clean(text) == tidy(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("text", [r"\par", r"\textit{}", r"{\it }", "{}"])
def test_a_text_is_never_lost_whole(text: str) -> None:
    assert clean(text) == tidy(text) != ""
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    "text, cleaned",
    [
        (r"from \$5 to \$10", "from $5 to $10"),
        (r"costs \$5", "costs $5"),
        (r"I$k\$", r"I$k\$"),
        (r"at 5\$/h or 10\$/h", "at 5$/h or 10$/h"),
        (r"\$5 for $x$", "$5 for $x$"),
        (r"\$\text{$x$}$", r"\$$x$$"),
        (r"(https://a.org)$\alpha$", r"(https://a.org)$\alpha$"),
        (r"https://u:p@a.org${}$", r"https://u:p@a.org${}$"),
        (r"\https://a.org/a_b~c", r"\https://a.org/a_b~c"),
    ],
)
def test_dollars_and_addresses_keep_their_sense(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@given(st.text("aB1_ .,-{}$\\\t\n\u00a0éÉßﬁⅨ\u0301\u2028٣") | st.text())
def test_words_are_what_stands_between_marks_in_plain_text(text: str) -> None:
    folded = unicodedata.normalize("NFKD", plain(text)).casefold()
    kept = "".join(char for char in folded if char.isascii() or not unicodedata.combining(char))
    between = "".join(char if char.isalnum() else " " for char in kept)
    assert words(text) == tuple(between.split())
