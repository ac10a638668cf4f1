"""A layout that was found is kept for the next build, under a hash of all that it follows from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from importlib import metadata
from typing import Any

from generator.atlas.layout import EDITION, layout
from generator.folder import Folder
from generator.related.subjects import Subject
from generator.write import write_tree

_FILE = "layout.json"
#: A different one of these may lay out otherwise.
_TOOLS = ("numpy", "scikit-learn", "scipy")


def kept_layout(subjects: Mapping[str, Subject], folder: Folder) -> dict[str, tuple[float, float]]:
    """Where papers lie, as :func:`generator.atlas.layout.layout` finds it.

    What an earlier build found lies in ``.cache/map``, which may be removed at any time. It is
    taken only if it was made of the very same texts and topics by the same programs, and is whole.

    Raises:
        DigestError: If what is kept cannot be written.
    """
    key = _key(subjects)
    place = folder.cache / "map"
    try:
        known = json.loads((place / _FILE).read_bytes())
    except (OSError, ValueError):
        known = None
    if (found := _read(known, key, sorted(subjects))) is not None:
        return found
    found = layout(subjects)
    places = [found[name] for name in sorted(found)]
    said = {"key": key, "sum": _sum(places), "places": places}
    write_tree(place, {_FILE: json.dumps(said).encode()})
    return found


def _key(subjects: Mapping[str, Subject]) -> str:
    """What the layout follows from: texts, topics, and the programs that find it."""
    programs = [EDITION, *(metadata.version(name) for name in _TOOLS)]
    given = [
        [name, each.text, sorted(each.traits.items())] for name, each in sorted(subjects.items())
    ]
    said = json.dumps([programs, given]).encode()
    return hashlib.sha256(said).hexdigest()


def _read(known: Any, key: str, names: list[str]) -> dict[str, tuple[float, float]] | None:
    """The places that are kept, if they are those of this key and nobody has changed them."""
    if not isinstance(known, dict) or known.get("key") != key:
        return None
    places = known.get("places")
    if known.get("sum") != _sum(places):
        return None
    return {name: (x, y) for name, (x, y) in zip(names, places or [], strict=True)}


def _sum(places: Any) -> str:
    return hashlib.sha256(json.dumps(places).encode()).hexdigest()
