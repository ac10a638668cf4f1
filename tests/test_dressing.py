"""What is said of a ``mkdocs.yml`` with which pages would not look as they should."""

from __future__ import annotations

import pytest

from generator import shipped
from generator.dressing import dressed, lacking, theme_folder
from generator.errors import ContentErrors
from generator.folder import Folder
from tests.builders import write_whole

WHOLE = shipped.text("mkdocs.yml")
COMPOSED = WHOLE.replace("custom_dir: templates/overrides", "custom_dir: build/theme")


def write(folder: Folder, text: str) -> None:
    folder.mkdocs_yml.write_text(text, encoding="utf-8")


def test_the_projects_own_lacks_nothing_and_has_its_theme_where_it_lies(folder: Folder) -> None:
    write(folder, WHOLE)
    assert dressed(folder) == ()
    assert theme_folder(folder) == folder.templates / "overrides"
    assert not folder.theme.exists()


def test_the_theme_is_composed_where_mkdocs_yml_looks_for_it(folder: Folder) -> None:
    write(folder, COMPOSED)
    assert dressed(folder) == ()
    assert (folder.theme / "main.html").is_file()


def test_a_configuration_that_is_older_than_the_generator_is_told_the_lines(folder: Folder) -> None:
    old = COMPOSED
    for line in (
        "  - assets/stylesheets/list.css\n",
        "  - path: assets/javascripts/keys.js\n    defer: true\n",
        "  - attr_list\n",
    ):
        assert line in old
        old = old.replace(line, "")
    write(folder, old)
    says = "mkdocs.yml: {}: lacks what pages of this generator use; add `- {}`".format
    assert dressed(folder) == (
        says("extra_css", "assets/stylesheets/list.css"),
        says("extra_javascript", "{defer: true, path: assets/javascripts/keys.js}"),
        says("markdown_extensions", "attr_list"),
    )
    assert lacking(folder) == dressed(folder)


@pytest.mark.parametrize("value", ["", "extra_css:", "extra_css: a.css", "extra_css: {a: b}"])
def test_lists_that_are_none_are_as_good_as_empty(folder: Folder, value: str) -> None:
    write(folder, f"site_name: A\ndocs_dir: build/docs\ntheme: {{name: material}}\n{value}\n")
    assert len([each for each in dressed(folder) if "extra_css" in each]) == 2


@pytest.mark.parametrize(
    "old, new, said",
    [
        ("docs_dir: build/docs", "docs_dir: pages", "docs_dir: is 'pages'; write `docs_dir: bu"),
        ("docs_dir: build/docs", "", "docs_dir: is 'docs'; write"),
        ("docs_dir: build/docs", "docs_dir: [a]", r"docs_dir: is \['a'\]; write"),
        (
            "custom_dir: build/theme",
            "custom_dir: mine",
            r"theme.custom_dir: mine has no main\.html; write `custom_dir: build/theme`",
        ),
    ],
)
def test_what_would_make_another_site_is_refused(
    folder: Folder, old: str, new: str, said: str
) -> None:
    assert old in COMPOSED
    write(folder, COMPOSED.replace(old, new))
    with pytest.raises(ContentErrors, match=f"mkdocs.yml: {said}"):
        dressed(folder)


def test_another_theme_is_its_own_business(folder: Folder) -> None:
    write(folder, "site_name: A\ndocs_dir: build/docs\ntheme: readthedocs\n")
    assert dressed(folder) == ()
    assert theme_folder(folder) is None


def test_what_a_configuration_inherits_mkdocs_alone_knows(folder: Folder) -> None:
    write_whole(folder.root / "base.yml", COMPOSED)
    write(folder, "INHERIT: base.yml\nsite_name: A\n")
    assert dressed(folder) == lacking(folder) == ()
    assert (folder.theme / "main.html").is_file()
