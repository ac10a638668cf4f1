"""Where the documents of the API are.

The version stands in the address. What a program finds below ``api/v1/`` keeps its meaning; what
cannot keep it would go below ``api/v2/``, and ``v1`` would stay.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from generator.api.shapes import PLACE, Field
from generator.digest import Digest
from generator.feeds.address import base_of

VERSION = 1
ROOT = f"api/v{VERSION}/"

INDEX = f"{ROOT}index.json"
#: Where documents of a kind are, with the place of what tells them apart.
PAPER = ROOT + "papers/{id}.json"
TOPIC = ROOT + "topics/{id}.json"
EDITION = ROOT + "editions/{date}.json"
SCHEMA = ROOT + "schemas/{name}.json"


@dataclass(frozen=True, slots=True)
class Places:
    """Addresses as a document at ``path`` writes them: absolute where the site's own is known."""

    base: str

    @classmethod
    def of(cls, digest: Digest, path: str) -> Places:
        """The addresses for a document at ``path``."""
        return cls(base_of(digest.site, path))

    def page(self, address: str) -> str:
        """A page or a file of the site."""
        return self.base + address or "./"

    def paper(self, slug: str) -> str:
        """A paper's document."""
        return self.base + PAPER.format(id=slug)

    def topic(self, id_: str) -> str:
        """A topic's document."""
        return self.base + TOPIC.format(id=id_)

    def edition(self, date: dt.date) -> str:
        """An edition's document."""
        return self.base + EDITION.format(date=date.isoformat())

    def schema(self, name: str) -> str:
        """The schema of a kind of document."""
        return self.base + SCHEMA.format(name=name)


class Placed(Protocol):
    """What a document is made of knows where things are."""

    @property
    def places(self) -> Places:
        """Addresses as the document writes them."""


def own_schema(name: str) -> Field[Placed]:
    """The field with which every document begins; editors and validators look for it."""
    return Field(
        "$schema", PLACE, "The schema of this document.", lambda one: one.places.schema(name)
    )
