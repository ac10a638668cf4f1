"""Which addresses of an abstract belong to its paper, and of what kind they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Link, LinkKind
from generator.text.links import links_in, name_of, own, place_of, unique
from tests.builders import link


@pytest.mark.parametrize(
    "url,kind",
    [
        ("https://github.com/a/b", "code"),
        ("https://www.github.com/a/b/tree/main/x", "code"),
        ("https://gist.github.com/a/1", "code"),
        ("https://gitlab.com/a/b", "code"),
        ("https://gitlab.inria.fr/a/b", "code"),
        ("https://git.example.edu/a", "code"),
        ("https://anonymous.4open.science/r/A-1/", "code"),
        ("https://huggingface.co/a/b", "data"),
        ("https://huggingface.co/datasets/a/b", "data"),
        ("https://hf.co/datasets/a/b", "data"),
        ("https://huggingface.co/spaces/a/b", "project"),
        ("https://huggingface.co/papers/2010.00904", "paper"),
        ("https://a.github.io/b/", "project"),
        ("https://sites.google.com/view/x", "project"),
        ("https://x.readthedocs.io/", "project"),
        ("https://zenodo.org/records/1", "data"),
        ("https://www.kaggle.com/datasets/a", "data"),
        ("https://youtu.be/x", "video"),
        ("https://arxiv.org/abs/2010.00904", "paper"),
        ("http://arxiv.org/pdf/2010.00904v2", "paper"),
        ("https://doi.org/10.1000/x(1)", "paper"),
        ("https://dx.doi.org/10.1000/x", "paper"),
        ("https://aclanthology.org/2020.acl-main.1/", "paper"),
    ],
)
def test_a_host_says_what_it_holds(url: str, kind: str) -> None:
    assert links_in(f"See ({url}), too.") == (link(url, kind),)


@pytest.mark.parametrize(
    "text,kind",
    [
        ("Project page: {}", "project"),
        ("The code is available at {}.", "code"),
        ("Our toolkit can be found at {}.", "code"),
        ("We release the corpus at {}", "data"),
        ("Models and checkpoints are hosted on {}", "data"),
        ("Videos: {}", "video"),
        ("Code, models and data are available at {}.", "project"),
        ("It can be tested interactively at {}", "project"),
        ("We have code. The data is published at {}", "data"),
        ("The code is available at https://github.com/a/b and the dataset at {}", "data"),
        ("Harmonising is harder than it seems ({}).", None),
        ("The code of others is bad ({}).", None),
        ("{} is a comic strip about code.", None),
        ("We study data. Somebody said so: {}", None),
        ("We crawl the website {} and more.", None),
        ("We evaluate on website {}.", None),
        ("The tool is available at {}.", "project"),
        ("Supplementary video at {}.", "video"),
        ("Leaderboard: {}", "project"),
        ("Visit our homepage ({}).", "project"),
    ],
)
def test_the_sentence_says_it_of_other_hosts(text: str, kind: str | None) -> None:
    found = [each for each in links_in(text.format("https://x.example/y")) if "x.ex" in each.url]
    assert found == ([] if kind is None else [link("https://x.example/y", kind)])


@pytest.mark.parametrize(
    "url",
    [
        *("https://github.com", "https://github.com/a", "https://gitlab.com/", "https://arxiv.org"),
        *("https://huggingface.co/", "https://huggingface.co/models", "https://zenodo.org/"),
        *("https://huggingface.co/datasets", "https://doi.org/", "https://youtube.com"),
    ],
)
def test_a_host_itself_belongs_to_no_paper(url: str) -> None:
    assert links_in(f"We scraped {url} and others.") == ()


@pytest.mark.parametrize(
    "url,kind",
    [
        ("https://doi.org/10.5281/zenodo.123", "data"),
        ("https://doi.org/10.6084/m9.figshare.1", "data"),
        ("https://doi.org/10.18653/v1/P19-1", "paper"),
        ("https://a.github.io", "project"),
        ("https://huggingface.co/apple", "data"),
    ],
)
def test_a_deposit_of_data_is_no_paper(url: str, kind: str) -> None:
    assert links_in(f"See {url}.") == (link(url, kind),)


def test_another_paper_is_none_of_its_own() -> None:
    code, cited = link("https://github.com/a/b"), link("https://arxiv.org/abs/2010.00904", "paper")
    given = link("https://a.org/x.pdf", "paper")
    texts = ["See https://arxiv.org/abs/2010.00904.", "A revision without it."]
    assert own([code, cited, given], texts) == (code, given)


def test_no_other_host_ends_like_a_known_one() -> None:
    assert links_in("https://notgithub.com/a https://github.com.evil.example/a") == ()


def test_each_place_is_linked_once() -> None:
    text = "https://github.com/A/b.git and http://www.github.com/a/B/ and https://github.com/a/b"
    assert links_in(text) == (link("https://github.com/a/b", "code"),)


def test_addresses_differ_in_more_than_writing() -> None:
    urls = ["https://a.org/x", "https://a.org/X", "https://a.org/x?q=1", "https://a.org/x#y"]
    assert len({place_of(url) for url in urls}) == len(urls)


LINKS = st.builds(
    Link,
    st.sampled_from(LinkKind),
    st.sampled_from(
        ["https://a.org", "https://a.org/", "http://a.org", "https://a.org/x.git", "http://a.org/x"]
    ),
)


@given(st.lists(LINKS), st.randoms())
def test_which_link_stays_does_not_depend_on_the_order(links: list[Link], chance: object) -> None:
    shuffled = sorted(links, key=lambda _: chance.random())  # type: ignore[attr-defined]
    assert set(unique(links)) == set(unique(shuffled))
    assert unique(unique(links)) == unique(links)


def test_a_long_text_takes_no_longer_than_it_must() -> None:
    text = "The code is at https://x.example/y and " * 5_000
    assert links_in(text) == links_in(text[:100])


@pytest.mark.parametrize(
    "kind,url,name",
    [
        ("code", "https://github.com/a/b", "Code"),
        ("project", "https://a.github.io", "Project page"),
        ("data", "https://zenodo.org/records/1", "Data"),
        ("data", "https://huggingface.co/a/b", "Model"),
        ("data", "https://hf.co/datasets/a/b", "Dataset"),
        ("data", "https://huggingface.co/collections/a", "Collection"),
        ("data", "https://huggingface.co/a", "Models and data"),
        ("code", "https://huggingface.co/a/b", "Code"),
        ("video", "https://youtu.be/x", "Video"),
        ("paper", "https://a.org/x.pdf", "Paper"),
    ],
)
def test_what_pages_call_a_link(kind: str, url: str, name: str) -> None:
    assert name_of(link(url, kind)) == name
