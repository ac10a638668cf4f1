"""What Pagefind made is put in order, whatever order it had; and nothing of it is lost."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.search.canonical import canonical

Filters = Sequence[tuple[str, Sequence[tuple[str, Sequence[int]]]]]


def packed(item: object) -> bytes:
    """CBOR of lists, texts and numbers (RFC 8949, chapter 3)."""
    if isinstance(item, int):
        return _head(0, item) if item >= 0 else _head(1, -1 - item)
    if isinstance(item, str):
        data = item.encode()
        return _head(3, len(data)) + data
    assert isinstance(item, list | tuple)
    return _head(4, len(item)) + b"".join(map(packed, item))


def _head(kind: int, number: int) -> bytes:
    if number < 24:
        return bytes([kind << 5 | number])
    size = next(size for size in (1, 2, 4, 8) if number < 1 << 8 * size)
    return bytes([kind << 5 | 23 + size.bit_length()]) + number.to_bytes(size, "big")


def file(item: object) -> bytes:
    return gzip.compress(b"pagefind_dcd" + packed(item))


def index(filters: Filters, pages: Sequence[str] = ("en_abcdef1",)) -> dict[str, bytes]:
    """The files of an index, as Pagefind writes them."""
    names = {name: f"en_{number:07x}" for number, (name, _) in enumerate(filters)}
    meta = ["1.5.2", [[each, 300] for each in pages], [["a", "z", "en_fedcba9"]], [*names.items()]]
    entry = {
        "version": "1.5.2",
        "languages": {"en": {"hash": "en_0123456789", "wasm": "en", "page_count": len(pages)}},
        "include_characters": ["+", "#"],
    }
    return {
        **{f"filter/{names[name]}.pf_filter": file([name, values]) for name, values in filters},
        "pagefind.en_0123456789.pf_meta": file([*meta, [], []]),
        "pagefind-entry.json": json.dumps(entry).encode(),
        "index/en_fedcba9.pf_index": b"words",
        **{f"fragment/{each}.pf_fragment": f"paper {each}".encode() for each in pages},
        **dict.fromkeys(["pagefind.js", "wasm.en.pagefind", "wasm.unknown.pagefind"], b"program"),
        **dict.fromkeys(["pagefind-ui.js", "pagefind-worker.js", "pagefind-ui.css"], b"not ours"),
    }


def plain(files: Mapping[str, bytes], path: str) -> bytes:
    return gzip.decompress(files[path]).removeprefix(b"pagefind_dcd")


TOPICS = ("topic", [("b", [1, 300, 70_000]), ("a", [2])])
DAYS = ("edition", [("2026-03-12", []), ("2026-03-11", [*range(30)])])


def test_filters_and_their_values_are_sorted() -> None:
    made = canonical(index([DAYS, TOPICS]))
    filters = {plain(made, path) for path in made if path.startswith("filter/")}
    assert filters == {
        packed(["topic", sorted(TOPICS[1])]),
        packed(["edition", sorted(DAYS[1])]),
    }
    (path,) = [path for path in made if path.endswith(".pf_meta")]
    # Shorter names come first: the length is the first byte.
    turned = plain(made, path)
    assert turned.index(b"topic") < turned.index(b"edition")


def test_any_order_gives_the_same_bytes() -> None:
    turned = [(name, values[::-1]) for name, values in (DAYS, TOPICS)]
    assert canonical(index([TOPICS, DAYS])) == canonical(index(turned))


def test_names_follow_what_is_in_the_files() -> None:
    made = canonical(index([TOPICS]))
    (path,) = [path for path in made if path.startswith("filter/")]
    (meta,) = [path for path in made if path.endswith(".pf_meta")]
    name = path.removeprefix("filter/").removesuffix(".pf_filter")
    assert name != "en_0000000"
    assert name.encode() in plain(made, meta)
    hashed = json.loads(made["pagefind-entry.json"])["languages"]["en"]["hash"]
    assert meta == f"pagefind.{hashed}.pf_meta"
    others = canonical(index([("topic", [("a", [2])])]))
    assert set(others) & {path, meta} == set()


def test_what_a_site_does_not_need_is_left_out() -> None:
    made = canonical(index([]))
    assert {path for path in made if path.startswith(("pagefind-", "wasm", "pagefind.js"))} == {
        "pagefind-entry.json",
        "pagefind.js",
        "wasm.en.pagefind",
    }
    assert sum(path.startswith("index/") for path in made) == 1
    assert sum(path.startswith("fragment/") for path in made) == 1


def test_papers_and_words_have_numbers_that_belong_to_one_index() -> None:
    pages = [f"en_{number:07x}" for number in range(9999, 9999 * 50, 9999)]
    made = canonical(index([TOPICS], pages))
    (path,) = [path for path in made if path.endswith(".pf_meta")]
    papers = {path.split("/")[1]: data for path, data in made.items() if "fragment/" in path}
    assert list(papers.values()) == [f"paper {each}".encode() for each in pages]
    meta = plain(made, path)
    places = [meta.index(name.removesuffix(".pf_fragment").encode()) for name in papers]
    assert places == sorted(places)
    common = {name[:6] for name in papers}
    assert len(common) == 1
    assert {name[6:] for name in papers} >= {
        "0000.pf_fragment",
        "000z.pf_fragment",
        "0010.pf_fragment",
    }
    (words,) = [path for path in made if path.startswith("index/")]
    assert made[words] == b"words"
    assert words.removeprefix("index/").removesuffix(".pf_index").encode() in meta
    others = canonical(index([TOPICS], pages[1:]))
    assert not {path.partition("/")[2] for path in others} & set(papers)


def test_a_name_that_cannot_hold_its_number_is_refused() -> None:
    pages = [f"en_{number:04x}" for number in range(37)]
    with pytest.raises(ValueError, match="too short"):
        canonical(index([], pages))


@pytest.mark.parametrize(
    "broken",
    [
        {"pagefind.en_0123456789.pf_meta": gzip.compress(b"something else")},
        {"pagefind.en_0123456789.pf_meta": b"no gzip"},
        {"filter/en_0000000.pf_filter": file("no list")},
        {"filter/en_0000000.pf_filter": gzip.compress(b"pagefind_dcd\xa1")},
        {"pagefind-entry.json": b"{}"},
        {"pagefind-entry.json": b"no JSON"},
    ],
)
def test_what_is_written_otherwise_is_refused(broken: dict[str, bytes]) -> None:
    with pytest.raises((ValueError, KeyError, OSError)):
        canonical({**index([TOPICS]), **broken})


items = st.lists(st.integers(0, 2**33), max_size=30)


@given(st.dictionaries(st.text(max_size=300), items, max_size=30), st.data())
def test_no_value_is_lost(values: dict[str, list[int]], data: st.DataObject) -> None:
    turned = data.draw(st.permutations(list(values.items())))
    made = canonical(index([("topic", turned)]))
    (path,) = [path for path in made if path.startswith("filter/")]
    found = plain(made, path)
    assert len(found) == len(packed(["topic", turned]))
    assert all(packed(each) in found for each in turned)
    assert found == plain(canonical(index([("topic", [*values.items()])])), path)
