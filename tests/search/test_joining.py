"""Indexes of groups lie beside each other, with one program and a list that names them."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest

from generator.search.canonical import canonical, packed, read
from generator.search.joining import joined
from tests.search.test_canonical import TOPICS, file, index

PROGRAM = b"var PagefindInstance=class{};export{search};"


def group(*pages: str) -> dict[str, bytes]:
    return {**canonical(index([TOPICS], pages)), "pagefind.js": PROGRAM}


ONE, TWO = group("en_abcdef1", "en_abcdef2"), group("en_abcdef3")


def entry(files: dict[str, bytes]) -> Any:
    return json.loads(files["pagefind-entry.json"])


def test_one_group_stays_as_it_is_and_none_is_nothing() -> None:
    assert joined({"": ONE}) == ONE
    assert joined({}) == {}


def test_each_group_has_a_folder_and_the_program_is_there_once() -> None:
    made = joined({"2025-01-01": ONE, "2025-02-02": TWO})
    top = {path for path in made if "/" not in path}
    assert top == {"pagefind.js", "pagefind-entry.json", "wasm.en.pagefind"}
    for name, files in {"2025-01-01": ONE, "2025-02-02": TWO}.items():
        below = {path for path in files if path.startswith(("index/", "filter/", "fragment/"))}
        assert below
        assert all(made[f"{name}/{path}"] == files[path] for path in below)
    assert made["pagefind.js"] == PROGRAM + b"\nexport{PagefindInstance};\n"


def test_the_list_says_all_that_opens_a_group() -> None:
    told = entry(joined({"a": ONE, "b": TWO}))
    assert told["include_characters"] == ["#", "+"]
    assert [(each["place"], each["page_count"]) for each in told["groups"]] == [("a", 2), ("b", 1)]
    assert told["languages"]["en"]["page_count"] == 3
    assert told["languages"]["en"]["wasm"] == "en"
    for each, files in zip(told["groups"], (ONE, TWO), strict=True):
        assert f"pagefind.{each['hash']}.pf_meta" in files


def test_the_list_has_another_hash_if_a_group_has() -> None:
    hashes = {
        entry(joined(groups))["languages"]["en"]["hash"]
        for groups in ({"a": ONE, "b": TWO}, {"a": ONE, "b": ONE}, {"b": ONE, "c": TWO})
    }
    assert len(hashes) == 3


def test_names_of_files_follow_from_the_list() -> None:
    made = joined({"a": ONE, "b": TWO})
    (path,) = [path for path in made if path.startswith("a/pagefind.")]
    told = json.loads(gzip.decompress(made[path]).removeprefix(b"pagefind_dcd"))
    fragments = sorted(path for path in ONE if path.startswith("fragment/"))
    assert fragments == [f"fragment/{told['papers']}{number:04}.pf_fragment" for number in range(2)]
    assert told["counts"] == [300, 300]
    assert told["ends"] == [["a", "z"]]
    assert f"index/{told['words']}0000.pf_index" in ONE
    ((filter_,),) = [told["rest"][0]]
    assert filter_[0] == "topic"
    assert f"filter/{filter_[1]}.pf_filter" in ONE


@pytest.mark.parametrize(
    "broken",
    [
        {"pagefind.js": b"another program"},
        {next(path for path in ONE if path.endswith("meta")): file([1, [["en_0010001", 3]], []])},
        {next(path for path in ONE if path.endswith("meta")): gzip.compress(b"no index")},
    ],
)
def test_what_is_written_otherwise_is_refused(broken: dict[str, bytes]) -> None:
    with pytest.raises(ValueError, match=r"class|number|begin"):
        joined({"a": {**ONE, **broken}, "b": TWO})


def test_what_a_file_says_is_read() -> None:
    said = ["x" * 300, [1, 70_000, 2**40], [], ["é", [["a"]]]]
    assert read(file(said)) == said
    assert packed(b"x") == packed(b"x")
