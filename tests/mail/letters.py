"""What tests of letters share: a small digest, a hostile one, and a letter taken apart again."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from generator.digest import Digest
from tests.builders import SITE, digest, edition, entry, link

#: Texts that would be more than text if they could.
HOSTILE = (
    "A title\r\nBcc: everybody@example.org\r\n\r\nand a body",
    "Ends\nwith\rall\x0bkinds\x0cof\x1cline\x85ends\u2028there\u2029are",
    "=?utf-8?q?=0D=0ABcc=3A_everybody=40example=2Eorg?= =?utf-8?b?",
    "</h3></td></div><script>act()</script><img src=x onerror=act()><style>*{display:none}</style>",
    "\"' onmouseover='act()' style=\"position:fixed\"",
    "{{ 7 * 7 }} {% raw %} {# gone #} {{ .Subscriber.Email }} {{ UnsubscribeURL }}",
    "\u202egnp.exe \u2066hidden\u2069 \u200fright\u200e \ufeff\u00ad",
    "nothing\x00 here\x1b[31m and \x07 a bell \x7f",
    "W" * 5000,
    "$\\frac{a}{b}$ and $" + "x+" * 300 + "x$ and https://example.org/" + "path/" * 300,
    "--=_2026-03-12.0123456789abcdef--",
    "From here on",
    ".",
    "-- ",
    "-->]]><!--[if mso]><![endif]-->",
    "שלום עולם, مرحبا بالعالم, 你好，世界, 👩‍🔬🏴󠁧󠁢󠁳󠁣󠁴󠁿 e\u0301",
    "&lt;b&gt; &amp;amp; &#0; &notit; &nbsp",
    "\ud800 half of a character \udfff",
    "*not* _Markdown_ `code` [link](javascript:act()) ![x](https://elsewhere.invalid/x.png)",
)

READY = Digest(site=SITE, entries=(), editions=(), topics=(), unsorted=())


def small() -> Digest:
    """Two days, with everything that a letter can say."""
    pick = entry(
        "picked",
        "2026-03-12",
        ["retrieval", "speech"],
        title="Rich <EOS> & $x_1$ 中文",
        abstract="We look for what is asked for. Then we find it: https://example.org/x?a=1&b=2. "
        "It is a long way, and we go all of it. " * 6,
        authors=tuple(f"Author {n} Öman" for n in range(1, 9)),
        links=(link("https://example.com/c?a=1&b=ü{x}", "code"),),
        pick=True,
        note="Why *this* [matters](papers/plain/), and `code`.\n\n- one\n- two",
    )
    plain = entry("plain", "2026-03-12", ["retrieval"], authors=("Ada Example",))
    again = entry("again", "2026-03-11", ["speech"], note="A note on what is no pick.", abstract="")
    loose = entry("loose", "2026-03-12")
    return digest(
        pick,
        plain,
        again,
        loose,
        editions=(
            edition(
                "2026-03-12",
                pick,
                plain,
                again,
                loose,
                title="Finding things, und was bleibt",
                introduction="Look at **this**, and [all topics](topics/).\n\nSecond paragraph.",
            ),
            edition("2026-03-11", again),
        ),
    )


def hostile() -> Digest:
    """An edition in which everything that can be text is one of the hostile ones."""
    entries = [
        entry(
            f"hostile-{n}",
            "2026-03-12",
            ["retrieval"] if n % 2 else (),
            title=text,
            abstract=text * (1 + n % 2),
            authors=(text, text),
            note=text if n % 3 else None,
            pick=n % 4 == 0,
            links=(link("https://example.com/" + "\"'<>{{x}}&" * 3, "code"),),
        )
        for n, text in enumerate(HOSTILE)
    ]
    day = edition(
        "2026-03-12",
        *entries,
        title="".join(HOSTILE[:3]),
        introduction="\n\n".join(HOSTILE),
    )
    return digest(*entries, editions=(day,))


def many(papers: int, *, picks: int = 0, topics: int = 30, long: bool = True) -> Digest:
    """A large edition."""
    entries = [
        entry(
            f"paper-{n:03}",
            "2026-03-12",
            [f"topic-{n % topics:02}"],
            title=f"Paper {n} about what there is to say of number {n}",
            abstract="A sentence of some length, as there are many. " * (20 if long else 1),
            authors=("Ada Example", "Bo Öman", "Cy Example"),
            pick=n < picks,
            note="A note of the editor’s." if n < picks else None,
        )
        for n in range(papers)
    ]
    return digest(*entries, editions=(edition("2026-03-12", *entries),))


def taken_apart(data: bytes) -> EmailMessage:
    """A message as a mail program reads it."""
    parsed = message_from_bytes(data, policy=default)
    assert isinstance(parsed, EmailMessage)
    assert not list(defects(parsed)), "a mail program finds faults in it"
    return parsed


def defects(part: EmailMessage) -> list[object]:
    """What the standard library finds wrong with a message, its headers and its parts."""
    found: list[object] = list(part.defects)
    for value in part.values():
        found += getattr(value, "defects", ())
    for below in part.iter_parts():
        assert isinstance(below, EmailMessage)
        found += defects(below)
    return found


def form(parsed: EmailMessage, kind: str) -> str:
    """One of the two texts of a message; line ends as they are written here."""
    part = parsed.get_body((kind,))
    assert part is not None
    text: str = part.get_content()
    return text.replace("\r\n", "\n")
