"""What the generator reads of mkdocs.yml, and what it says when that is not there."""

from __future__ import annotations

import pytest

from generator.config import read_site
from generator.digest import Cards, Site
from generator.errors import ContentError
from generator.folder import Folder


def write(folder: Folder, text: str) -> None:
    folder.mkdocs_yml.write_text(text, encoding="utf-8")


def test_name_description_and_address(folder: Folder) -> None:
    assert read_site(folder) == Site(
        "Little Digest", "A few papers a day.", "https://example.org/digest/", "en"
    )


def test_the_address_ends_with_a_slash(folder: Folder) -> None:
    write(folder, "site_name: A\nsite_url: https://example.org/digest")
    assert read_site(folder).url == "https://example.org/digest/"


def test_an_address_is_not_needed(folder: Folder) -> None:
    write(folder, "site_name: A")
    assert read_site(folder).url == ""


def test_the_language_is_that_of_the_theme(folder: Folder) -> None:
    write(folder, "site_name: A\ntheme: {name: material, language: de}")
    assert read_site(folder).language == "de"


@pytest.mark.parametrize("kind", Cards)
def test_what_has_a_card_of_its_own(folder: Folder, kind: Cards) -> None:
    write(folder, f"site_name: A\nextra: {{cards: {kind}}}")
    assert read_site(folder).cards is kind


@pytest.mark.parametrize("extra", ["", "extra:", "extra: [a]", "extra: {other: 1}"])
def test_the_site_has_a_card_unless_something_else_is_said(folder: Folder, extra: str) -> None:
    write(folder, f"site_name: A\n{extra}")
    assert read_site(folder).cards is Cards.SITE


def test_where_readers_sign_up(folder: Folder) -> None:
    write(folder, "site_name: A\nextra: {subscribe_url: ' https://lists.example.org/digest '}")
    assert read_site(folder).subscribe_url == "https://lists.example.org/digest"
    write(folder, "site_name: A")
    assert read_site(folder).subscribe_url == ""
    write(folder, "site_name: A\nextra: {subscribe_url: 'mailto:me'}")
    with pytest.raises(ContentError, match=r"extra\.subscribe_url: 'mailto:me' is not an address"):
        read_site(folder)


@pytest.mark.parametrize("value", ["papers", "[paper]", "true", "3", "~"])
def test_what_cannot_have_cards(folder: Folder, value: str) -> None:
    write(folder, f"site_name: A\nextra: {{cards: {value}}}")
    with pytest.raises(ContentError, match=r"extra\.cards: .* is none of them; write one of: "):
        read_site(folder)


def test_tags_of_mkdocs_are_passed_over(folder: Folder) -> None:
    write(folder, "site_name: A\nx: !!python/name:material.extensions.emoji.twemoji\ny: !z [1]")
    assert read_site(folder).name == "A"


@pytest.mark.parametrize(
    "given,url",
    [
        ({}, "https://example.org/"),
        ({"SITE_URL": "https://example.com/x/"}, "https://example.com/x/"),
        ({"OTHER_URL": "https://example.net/"}, "https://example.net/"),
    ],
)
def test_the_address_may_come_from_the_environment(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, given: dict[str, str], url: str
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    write(folder, "site_name: A\nsite_url: !ENV [SITE_URL, OTHER_URL, 'https://example.org/']")
    assert read_site(folder).url == url


def test_an_unset_variable_is_no_address(folder: Folder) -> None:
    write(folder, "site_name: A\nsite_url: !ENV NOBODY_SETS_THIS")
    assert read_site(folder).url == ""


@pytest.mark.parametrize(
    "text,field,says",
    [
        ("", None, "has no fields"),
        ("- a", None, "has no fields"),
        ("site_name: [", None, "is not YAML"),
        ("site_url: https://example.org", "site_name", "is missing"),
        ("site_name: A\nsite_url: example.org", "site_url", "'example.org' is not an address"),
        ("site_name: A\nsite_url: javascript:x", "site_url", "is not an address"),
    ],
)
def test_what_is_wrong_is_named(folder: Folder, text: str, field: str | None, says: str) -> None:
    write(folder, text)
    with pytest.raises(ContentError, match="mkdocs") as caught:
        read_site(folder)
    assert says in caught.value.problem
    assert caught.value.field == field
    assert caught.value.remedy


def test_a_folder_that_is_no_digest_is_named(folder: Folder) -> None:
    folder.mkdocs_yml.unlink()
    with pytest.raises(ContentError, match=r"mkdocs\.yml: is not there; run in a digest's folder"):
        read_site(folder)


@pytest.mark.parametrize(
    "text",
    [
        "site_name: 2026-02-31",
        'site_name: A\nsite_url: "http://[::1"',
        "site_name: !ENV []",
        "site_name: !!bool x",
    ],
)
def test_odd_values_are_messages(folder: Folder, text: str) -> None:
    write(folder, text)
    with pytest.raises(ContentError, match=r"^mkdocs\.yml"):
        read_site(folder)


def test_a_number_may_be_a_name(folder: Folder) -> None:
    write(folder, "site_name: 2026")
    assert read_site(folder).name == "2026"


def test_a_folder_in_its_place_is_named(folder: Folder) -> None:
    folder.mkdocs_yml.unlink()
    folder.mkdocs_yml.mkdir()
    with pytest.raises(ContentError, match="cannot be read"):
        read_site(folder)


def test_where_it_is_kept_and_the_forms_that_are_there(folder: Folder) -> None:
    assert (read_site(folder).repo_url, read_site(folder).forms) == ("", ())
    write(folder, "site_name: A\nrepo_url: https://github.com/ada/digest")
    folder.issue_forms.mkdir(parents=True)
    for name in ("topic", "correction", "other"):
        (folder.issue_forms / f"{name}.yml").touch()
    assert read_site(folder).repo_url == "https://github.com/ada/digest"
    assert read_site(folder).forms == ("correction", "topic")
    write(folder, "site_name: A\nrepo_url: ada/digest")
    with pytest.raises(ContentError, match="repo_url: 'ada/digest' is not an address"):
        read_site(folder)
