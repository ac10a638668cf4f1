"""Addresses relative to a page: remembered, and still those that a path library makes."""

from __future__ import annotations

import posixpath
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.markup.linking import linker

segments = st.sampled_from(
    ["a", "b", "papers", "paper", "papers.bib", "a2", "2", "é", "x y", ":", ".", "..", "", ".a"]
)
paths = st.lists(segments, max_size=4).map("/".join)
targets = st.builds("".join, st.tuples(paths, st.sampled_from(["", "/", "#a", "/#b/..", "#x y"])))


@pytest.mark.parametrize(
    "page,target,way",
    [
        ("", "papers/a/", "papers/a/"),
        ("papers/a/", "papers/b/", "../b/"),
        ("papers/a/", "papers/a.bib", "../a.bib"),
        ("papers/a/", "topics/x/#y", "../../topics/x/#y"),
        ("topics/x/2/", "topics/x/", "../"),
        ("topics/x/", "topics/", "../"),
        ("topics/", "", "../"),
        ("feeds/", "feed.xml", "../feed.xml"),
        ("feeds/", "feeds.opml", "../feeds.opml"),
        ("papers/a/", "papers/ab/", "../ab/"),
    ],
)
def test_the_way_from_a_page(page: str, target: str, way: str) -> None:
    assert linker(page)(target) == way


@given(
    page=st.sampled_from(["", "papers/a/", "papers/", "paper/", "topics/a/2/", "2/", "a/b/c/"]),
    target=targets,
)
def test_every_target_is_led_to_as_by_the_library(page: str, target: str) -> None:
    path, mark, anchor = target.partition("#")
    slash = "/" if path.endswith("/") or not path else ""
    way = f"{posixpath.relpath(f'/{path}', f'/{page}')}{slash}{mark}{anchor}"
    assert linker(page)(target) == quote(way, safe="/#-._~")
