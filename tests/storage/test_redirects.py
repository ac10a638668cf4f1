"""Addresses that pages left, as editors write them."""

from __future__ import annotations

import pytest

from generator.errors import ContentError
from generator.folder import Folder
from generator.storage.redirects import read_redirects


def read(folder: Folder, text: str) -> tuple[dict[str, str], list[str]]:
    errors: list[ContentError] = []
    folder.redirects_yml.write_text(text, encoding="utf-8")
    found = read_redirects(folder, errors)
    return {old: each.to for old, each in found.items()}, list(map(str, errors))


def test_without_the_file_nothing_has_moved(folder: Folder) -> None:
    assert read_redirects(folder, []) == {}


@pytest.mark.parametrize("text", ["a/b/: c/\n", "/a/b: /c\n", "'a/b': c # so\n"])
def test_an_address_may_be_written_in_several_ways(folder: Folder, text: str) -> None:
    assert read(folder, text) == ({"a/b/": "c/"}, [])


def test_an_address_may_lead_home(folder: Folder) -> None:
    assert read(folder, "a: /\n") == ({"a/": ""}, [])


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "{}\n"])
def test_an_empty_file_is_none(folder: Folder, text: str) -> None:
    assert read(folder, text) == ({}, [])


@pytest.mark.parametrize(
    "text, told",
    [
        ("/: a\n", "'/' is no address of a page"),
        ("../a: b\n", "'../a' is no address of a page"),
        ("a: https://example.org/\n", "leads to 'https://example.org/', no address of this site"),
        ("a: ../../b\n", "leads to '../../b', no address of this site"),
        ('a: "b?c"\n', "leads to 'b?c', no address of this site"),
        ("a: '\\\\evil.org'\n", "no address of this site"),
        ("a: //evil.org\n", "leads to '//evil.org', no address of this site"),
        ("a: b\n/a/: c\n", "/a/: stands twice"),
        ("a: b\nb: c\n", "leads to 'b/', which leads on to 'c/'; name the page that is there"),
        ("a: a\n", "leads to 'a/', which leads on to 'a/'"),
        ("feed.json: b\n", "'feed.json' is the address of a file"),
        ("topics/x/feed.xml/: b\n", "is the address of a file"),
        ("assets/x: b\n", "is the address of a file"),
        ("index.html: b\n", "is the address of a file"),
        ("a: 3\n", "is a number (3), not text"),
        ("a:\n", "leads nowhere; write where it leads: `a: topics/`"),
        ("- a\n", "is a list"),
        ("a: [", "not YAML"),
    ],
)
def test_what_is_wrong_is_told(folder: Folder, text: str, told: str) -> None:
    _, errors = read(folder, text)
    assert len(errors) == 1, errors
    assert errors[0].startswith("content/redirects.yml")
    assert told in errors[0]
