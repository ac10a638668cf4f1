"""What Pagefind made, with everything in the same order each time.

Pagefind 1.5 writes filters and their values in whatever order its tables have, which is another one
in every run, and names files by what is in them. Here they are sorted and named anew: by what is in
them, or, where there are thousands, by what is in all of them and a number. Names that have nothing
in common are much of what a first query fetches: in 10,000 papers, 31 kB.

The files are packed CBOR (RFC 8949) behind a mark of Pagefind's own; of it only the places of items
matter.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

_SIGNATURE = b"pagefind_dcd"
#: Where in the list that is the file of an index its filters stand: pairs of a name and a hash.
_FILTERS = 3
#: Where papers stand in it, and words; and where in one of those the name of its file.
_NUMBERED = {"fragment": (1, 0), "index": (2, 2)}
#: So many signs of a name say of which index it is: for ten minutes a browser may keep an older
#: file, and one of another paper is not to have its name.
_COMMON = 3
_SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz"

_LIST = 4
_BYTES = frozenset({2, 3})
#: A number of the first byte of an item up to this is the item's own; above, so many bytes follow.
_OWN = 23


def canonical(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files that a site needs of those of an index, the same for the same papers.

    Args:
        files: All that Pagefind wrote, by paths below its folder.

    Raises:
        ValueError: If they are not as Pagefind 1.5 writes them.
    """
    entry = json.loads(files["pagefind-entry.json"])
    (language,) = entry["languages"].values()
    made = {path: data for path, data in files.items() if _is_kept(path, language)}
    meta = _unpacked(files[f"pagefind.{language['hash']}.pf_meta"])
    for path in [path for path in made if path.startswith("filter/")]:
        data = _sorted_values(_unpacked(made.pop(path)))
        old = path.removeprefix("filter/").removesuffix(".pf_filter")
        new = _renamed(old, data)
        meta = meta.replace(old.encode(), new.encode())
        made[f"filter/{new}.pf_filter"] = packed(data)
    meta = _sorted_filters(meta)
    for kind, place in _NUMBERED.items():
        meta, names = _numbered(meta, *place)
        moved = {new: made.pop(f"{kind}/{old}.pf_{kind}") for old, new in names.items()}
        made |= {f"{kind}/{new}.pf_{kind}": data for new, data in moved.items()}
    language["hash"] = _renamed(language["hash"], meta)
    made[f"pagefind.{language['hash']}.pf_meta"] = packed(meta)
    made["pagefind-entry.json"] = _entry(entry)
    return dict(sorted(made.items()))


def _is_kept(path: str, language: Mapping[str, Any]) -> bool:
    """The interface is ours, and searching takes no process of its own: much is not needed."""
    program = {"pagefind.js", f"wasm.{language['wasm'] or 'unknown'}.pagefind"}
    return path in program or path.startswith(("index/", "filter/", "fragment/"))


def _entry(entry: dict[str, Any]) -> bytes:
    entry["include_characters"] = sorted(entry["include_characters"])
    return json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _renamed(old: str, data: bytes) -> str:
    """A name as long as the old one, which says what is in the file."""
    language, _, digits = old.partition("_")
    return f"{language}_{hashlib.sha256(data).hexdigest()[: len(digits)]}"


def _numbered(data: bytes, place: int, part: int) -> tuple[bytes, dict[str, str]]:
    """A list of files in which each has a number for a name, as long as the old one; and names."""
    spans = []
    for start, _ in _entries(data, place):
        name, end = list(_items(data, start))[part]
        spans.append((end - _head(data, name)[1], end))
    old = [data[start:end].decode() for start, end in spans]
    told = int.from_bytes(hashlib.sha256(" ".join(old).encode()).digest())
    new = [_name(name, told, number) for number, name in enumerate(old)]
    made = bytearray(data)
    for (start, end), written in zip(spans, new, strict=True):
        made[start:end] = written.encode()
    return bytes(made), dict(zip(old, new, strict=True))


def _name(old: str, told: int, number: int) -> str:
    language, _, signs = old.partition("_")
    rest = len(signs) - _COMMON
    if rest < 1 or number >= len(_SIGNS) ** rest:
        raise ValueError(f"the index has a name that is too short for its number: {old}")
    return f"{language}_{_digits(told, _COMMON)}{_digits(number, rest)}"


def _digits(number: int, size: int) -> str:
    """The last digits of a number to the base of all signs."""
    made = ""
    for _ in range(size):
        number, sign = divmod(number, len(_SIGNS))
        made = _SIGNS[sign] + made
    return made


def read(meta: bytes) -> Any:
    """What the file of an index says: lists of lists, texts and numbers.

    Raises:
        ValueError: If it is not as Pagefind 1.5 writes it.
    """
    return _value(_unpacked(meta), 0)


def _value(data: bytes, start: int) -> Any:
    kind, number, place = _head(data, start)
    if kind == _LIST:
        return [_value(data, item) for item, _ in _items(data, start)]
    return data[place : place + number].decode() if kind in _BYTES else number


def packed(data: bytes) -> bytes:
    """Data as a file of an index has it."""
    return gzip.compress(_SIGNATURE + data, compresslevel=9, mtime=0)


def _unpacked(data: bytes) -> bytes:
    plain = gzip.decompress(data)
    if not plain.startswith(_SIGNATURE):
        raise ValueError("a file of the index does not begin as it should")
    return plain.removeprefix(_SIGNATURE)


def _sorted_values(data: bytes) -> bytes:
    """A filter is its name, and a list of pairs: a value and the numbers of pages that have it."""
    _, (start, end) = _items(data, 0)
    return data[:start] + _sorted_list(data, start) + data[end:]


def _sorted_filters(data: bytes) -> bytes:
    start, end = list(_items(data, 0))[_FILTERS]
    return data[:start] + _sorted_list(data, start) + data[end:]


def _sorted_list(data: bytes, start: int) -> bytes:
    """A list with its items in the order of their bytes; each begins with a name of its own."""
    spans = list(_items(data, start))
    if not spans:
        return data[start : _end(data, start)]
    return data[start : spans[0][0]] + b"".join(sorted(data[a:b] for a, b in spans))


def _entries(data: bytes, place: int) -> Iterator[tuple[int, int]]:
    """Where the items of a list begin and end that is an item of a file's list itself."""
    return _items(data, list(_items(data, 0))[place][0])


def _items(data: bytes, start: int) -> Iterator[tuple[int, int]]:
    """Where the items of a list begin and end."""
    kind, count, place = _head(data, start)
    if kind != _LIST:
        raise ValueError("a file of the index has no list where one should be")
    for _ in range(count):
        end = _end(data, place)
        yield place, end
        place = end


def _end(data: bytes, start: int) -> int:
    """Where an item ends."""
    kind, count, place = _head(data, start)
    if kind in _BYTES:
        return place + count
    for _ in range(count if kind == _LIST else 0):
        place = _end(data, place)
    return place


def _head(data: bytes, start: int) -> tuple[int, int, int]:
    """An item's kind, its number (a length, or a value), and where what follows that begins."""
    kind, number = divmod(data[start], 1 << 5)
    if kind > _LIST:
        raise ValueError("a file of the index holds what it should not")
    if number <= _OWN:
        return kind, number, start + 1
    size = 1 << (number - _OWN - 1)
    return kind, int.from_bytes(data[start + 1 : start + 1 + size]), start + 1 + size
