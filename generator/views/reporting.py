"""Links by which readers tell the editor something: GitHub's forms, filled in as far as can be.

They are there where ``mkdocs.yml`` names a repository on GitHub and the form lies in the digest's
folder (:mod:`generator.suggestions.forms`); anywhere else a page says in words how to report an
error. A link is only an address: nothing is asked of GitHub before somebody follows it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from generator.digest import Entry, Site

#: Names of accounts are of letters, digits and hyphens, those of repositories also of dots and
#: underscores (GitHub, "Creating an account", "Creating a repository").
_REPOSITORY = re.compile(
    r"(https://github\.com/[A-Za-z0-9-]{1,39}/(?!\.{1,2}/?$)[A-Za-z0-9._-]{1,100})/?", re.ASCII
)
#: Characters of an address; servers begin to refuse at some thousand.
LONGEST = 2_000
#: Characters of a paper's title in the title of an issue, which may have 256.
_LONGEST_TITLE = 120
_BRANCH = "main"


@dataclass(frozen=True, slots=True)
class Reporting:
    """What the pages of a site link to; "" for a link that cannot be."""

    site: Site

    def correction(self, entry: Entry) -> str:
        """The form to correct what is said of a paper."""
        return self._form("correction", f"Correction: {entry.title}", paper=self._page(entry))

    def wrong_topic(self, entry: Entry) -> str:
        """The form to say under which topics a paper belongs."""
        return self._form("wrong-topic", f"Topics: {entry.title}", paper=self._page(entry))

    @property
    def paper(self) -> str:
        """The form to suggest a paper."""
        return self._form("paper", "")

    @property
    def topic(self) -> str:
        """The form to suggest a topic."""
        return self._form("topic", "")

    def record(self, entry: Entry) -> str:
        """The file of a paper, to be edited in a browser."""
        repository = repository_of(self.site.repo_url)
        if not (repository and entry.record and self.site.forms):
            return ""
        return f"{repository}/edit/{_BRANCH}/content/{quote(entry.record)}"

    def _page(self, entry: Entry) -> str:
        """The page of a paper, or its name where nobody knows the site's address."""
        return f"{self.site.url}{entry.address}" if self.site.url else entry.slug

    def _form(self, name: str, title: str, **fields: str) -> str:
        repository = repository_of(self.site.repo_url)
        if not repository or name not in self.site.forms:
            return ""
        start = f"{repository}/issues/new?"
        given = {"template": f"{name}.yml", **fields}
        for most in (_LONGEST_TITLE, _LONGEST_TITLE // 4, 0):
            said = {"title": _cut(title, most)} if title and most else {}
            address = start + _query({**given, **said})
            if len(address) <= LONGEST:
                return address
        return start + _query({"template": f"{name}.yml"})


def repository_of(repo_url: str) -> str | None:
    """The address of a repository on GitHub; ``None`` if it is not one."""
    found = _REPOSITORY.fullmatch(repo_url)
    return found[1] if found else None


def _query(fields: Mapping[str, str]) -> str:
    # Half a character is written as a question mark: UTF-8 has nothing for it.
    return "&".join(
        f"{name}={quote(text, safe='', errors='replace')}" for name, text in fields.items()
    )


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
