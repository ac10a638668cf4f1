"""A layout that was found is kept for the next build, under a hash of all that it follows from.

Of many papers also that of their landmarks is kept, which new papers do not change.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator import shipped
from generator.folder import Folder
from generator.related.subjects import Subject
from generator.write import write_tree

if TYPE_CHECKING:
    from generator.related.vectors import Read

_FILE = "layout.json"
#: A different one of these may lay out otherwise.
_TOOLS = ("numpy", "scikit-learn", "scipy")

#: Where papers lie, by their names.
_Places = dict[str, tuple[float, float]]


def kept_layout(
    subjects: Mapping[str, Subject],
    folder: Folder,
    order: Sequence[str] = (),
    said: Read | None = None,
) -> _Places:
    """Where papers lie, as :mod:`generator.atlas.layout` and ``placing`` find it.

    What an earlier build found lies in ``.cache/map`` and ``.cache/landmarks``, which may be
    removed at any time. It is
    taken only if it was made of the very same texts and topics by the same programs, and is whole.

    Args:
        subjects: The papers by their slugs.
        folder: The digest.
        order: The slugs, the oldest first, which matters to large maps; without it, as they are
            sorted.
        said: Their texts in the order of their slugs, if they were read already.

    Raises:
        DigestError: If what is kept cannot be written.
    """
    from generator.atlas import layout, placing

    def made() -> _Places:
        if len(subjects) <= placing.ALL:
            return layout.layout(subjects)
        landmarks = folder.cache / "landmarks"
        return placing.placed(
            subjects, aged, said, lambda some, make: _kept(landmarks, some, sorted(some), make)
        )

    aged = order or sorted(subjects)
    if len(subjects) <= placing.ALL:
        aged = sorted(subjects)  # to these it does not matter
    return _kept(folder.cache / "map", subjects, aged, made)


def _kept(
    place: Path,
    subjects: Mapping[str, Subject],
    order: Iterable[str],
    make: Callable[[], _Places],
) -> _Places:
    """The places of papers that are kept somewhere; or what is made, and kept from now on."""
    key, names = _key(subjects, order), sorted(subjects)
    try:
        known = json.loads((place / _FILE).read_bytes())
    except (OSError, ValueError):
        known = None
    if (found := _read(known, key, names)) is not None:
        return found
    found = make()
    places = [found[name] for name in names]
    said = {"key": key, "sum": _sum(places), "places": places}
    write_tree(place, {_FILE: json.dumps(said).encode()})
    return found


def _key(subjects: Mapping[str, Subject], order: Iterable[str]) -> str:
    """What the layout follows from: texts, topics, and the programs that find it."""
    programs = [shipped.code(), *(metadata.version(name) for name in _TOOLS)]
    said = hashlib.sha256(json.dumps(programs).encode())
    for name in order:
        each = subjects[name]
        said.update(json.dumps([name, each.text, sorted(each.traits.items())]).encode())
    return said.hexdigest()


def _read(known: Any, key: str, names: list[str]) -> _Places | None:
    """The places that are kept, if they are those of this key and nobody has changed them."""
    if not isinstance(known, dict) or known.get("key") != key:
        return None
    places = known.get("places")
    if known.get("sum") != _sum(places):
        return None
    return {name: (x, y) for name, (x, y) in zip(names, places or [], strict=True)}


def _sum(places: Any) -> str:
    return hashlib.sha256(json.dumps(places).encode()).hexdigest()
