from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.markup.plain import plain


@pytest.mark.parametrize(
    "text, expected",
    [
        ("One *word* and\n**another**, in `code`.", "One word and another, in code."),
        ("First.\n\nSecond.", "First.\n\nSecond."),
        ("A  \nbreak", "A break"),
        ("See [this](https://a.org/x?a=1&b=2).", "See this (https://a.org/x?a=1&b=2)."),
        ("See [a topic](topics/x/) and [*b*](/papers/b/).",
         "See a topic (https://b.org/topics/x/) and b (https://b.org/papers/b/)."),
        ("<https://a.org/x>", "https://a.org/x"),
        ("[click](javascript:act())", "[click](javascript:act())"),
        ("![a picture](https://a.org/x.png)", "!a picture (https://a.org/x.png)"),
        ("<b>no</b> HTML", "<b>no</b> HTML"),
        ("# A heading\ntext", "A heading\n\ntext"),
        ("- one\n- two\n  - three\n- four", "- one\n\n- two\n\n- three\n\n- four"),
        ("3. three\n4. four\n\n   more", "3. three\n\n4. four\n\nmore"),
        ("> said\n>\n> > twice", "> said\n\n> > twice"),
        ("- > - both", "> - both"),
        ("```\na\n  b\n\nc\n```", "a\n  b\n\nc"),
        ("a\n\n---\n\nb", "a\n\n* * *\n\nb"),
        ("&amp; &#42; &nbsp;x", "& * x"),
        ("", ""),
        ("- \n- x", "- x"),
    ],
)  # fmt: skip
def test_what_is_left_of_markdown(text: str, expected: str) -> None:
    assert plain(text, lambda address: f"https://b.org/{address}") == expected


@given(st.text("ab *_`#->[]()!\n\t1.&<\x00\u202e\u2028", max_size=80))
def test_any_text_becomes_lines_without_what_nobody_sees(text: str) -> None:
    made = plain(text)
    assert all(line.isprintable() for line in made.split("\n"))
    assert not made.startswith("\n")
