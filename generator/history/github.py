"""Text on GitHub, in pull requests, issues and comments: shown as it is, and nothing else.

GitHub does more with text than Markdown says. On the page that is already rendered it looks for
names to notify (``@name``), for issues to refer to or to close (``#12``, ``GH-12``, addresses), for
commits and for emoji. References of characters are resolved by then, and a backslash helps as
little (github/markup, issue 1168); what helps is a character that nobody sees within the pattern,
which Dependabot and Renovate set, too. So a text gets those, and then passes
:func:`generator.markup.escape.escape` as on every page.
"""

from __future__ import annotations

import re

from generator.markup.escape import escape

#: ZERO WIDTH SPACE: no pattern goes across it.
UNSEEN = "\u200b"
#: What begins something that GitHub looks for: mentions, issues, emoji and addresses, addresses
#: without ``http``, names of trackers (``GH-12``, ``GHSA-…``).
_LIVELY = re.compile(r"[@#:]|(?i:\bwww)(?=\.)|(?i:\bghsa)-|(?<=[A-Za-z])-(?=\d)")
#: What may be the name of a commit; fewer than seven digits are none.
_COMMIT = re.compile(r"\b[0-9a-f]{7,40}\b")
_SHORT = 6
#: Slugs, names of fields, addresses of pages.
_PLAIN = re.compile(r"[a-z0-9._/-]+")


def said(text: object) -> str:
    """A text as it is shown, and nothing else: in Markdown, in HTML, and to GitHub."""
    value = _COMMIT.sub(lambda found: _in_parts(found[0]), str(text))
    return str(escape(_LIVELY.sub(lambda found: found[0] + UNSEEN, value)))


def code(text: str) -> str:
    """A name as code, in which GitHub looks for nothing: plain ones can be copied as they are."""
    return f"<code>{text if _PLAIN.fullmatch(text) else said(text)}</code>"


def _in_parts(text: str) -> str:
    return UNSEEN.join(text[at : at + _SHORT] for at in range(0, len(text), _SHORT))
