"""Indexes of groups as one: the program once, a folder a group, and a list of the groups.

Pagefind's own way to search several indexes (``mergeIndex``) puts their results together as they
are. A word that one of them has not is looked for there by its beginning alone, and one that is
rare in it counts more. So ``groups.js`` asks each by itself and sees to both; for that Pagefind's
script has to give out its class of an index. And since it opens the indexes itself, their lists
need not name every file: names are numbers, and would be a half of what a first query fetches.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from generator.search.canonical import packed, read

_ENTRY = "pagefind-entry.json"
_SCRIPT = "pagefind.js"
_CLASS = b"PagefindInstance"
#: So many signs at the end of a name are a number to the base of all digits and letters.
_NUMBER = 4


def joined(groups: Mapping[str, Mapping[str, bytes]]) -> dict[str, bytes]:
    """The files of an index of several groups; that of a single one stays as it is.

    Args:
        groups: The files of every group's index by their paths, by the groups' names.

    Raises:
        ValueError: If they are not as Pagefind 1.5 has them.
    """
    if len(groups) < 2:  # noqa: PLR2004 - one is no group of any
        return {path: data for files in groups.values() for path, data in files.items()}
    made: dict[str, bytes] = {}
    told = []
    entry: dict[str, Any] = {}
    for name, files in groups.items():
        entry = json.loads(files[_ENTRY])
        (index,) = entry["languages"].values()
        told.append({"place": name, "hash": index["hash"], "page_count": index["page_count"]})
        made |= {_place(name, path): _given(path, data) for path, data in files.items()}
    entry["languages"] = {
        language: {
            **index,
            "hash": hashlib.sha256(json.dumps(told).encode()).hexdigest()[:10],
            "page_count": sum(each["page_count"] for each in told),
        }
        for language, index in entry["languages"].items()
    }
    made[_ENTRY] = _json({**entry, "groups": told})
    return dict(sorted(made.items()))


def _place(group: str, path: str) -> str:
    is_shared = path in {_ENTRY, _SCRIPT} or path.endswith(".pagefind")
    return path if is_shared else f"{group}/{path}"


def _given(path: str, data: bytes) -> bytes:
    """A file as a group has it."""
    if path == _SCRIPT:
        if b"var %s=class" % _CLASS not in data:
            raise ValueError("pagefind.js has no class of an index")
        return b"%s\nexport{%s};\n" % (data.rstrip(), _CLASS)
    return packed(_json(_unnamed(data))) if path.endswith(".pf_meta") else data


def _unnamed(meta: bytes) -> dict[str, Any]:
    """What the file of an index says, but for the names of papers and of files of words."""
    version, papers, words, *rest = read(meta)
    return {
        "version": version,
        "papers": _common([name for name, *_ in papers]),
        "counts": [count for _, count in papers],
        "words": _common([name for *_, name in words]),
        "ends": [[first, last] for first, last, _ in words],
        "rest": rest,
    }


def _common(names: Sequence[str]) -> str:
    """What numbered names begin with; ``groups.js`` numbers them again."""
    common = names[0][:-_NUMBER] if names else ""
    for number, name in enumerate(names):
        if not name.startswith(common) or int(name[-_NUMBER:], 36) != number:
            raise ValueError(f"the index has a name that is not its number: {name}")
    return common


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
