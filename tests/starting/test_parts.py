"""What a new digest consists of, whatever it is to be called."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given as over
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from generator import content, shipped
from generator.errors import UsageError
from generator.folder import Folder
from generator.starting.parts import GIVEN, Wishes, begun, given
from generator.text.cleaning import tidy
from generator.topics.taxonomy import PLACES, Rule, Topic, parse_taxonomy
from tests.conftest import ROOT

#: Names that mean something to YAML, Jinja2, Markdown, HTML, sed or a shell.
HOSTILE = (
    "Bindings: a digest",
    "- dash",
    "# hash",
    "1. first",
    "'single' \"double\" \\ back",
    "{{ 7 * 7 }} {% raw %} {# x #}",
    "line\nsite_url: https://evil.example/\r\nmore",
    "<script>alert(1)</script> & <!-- x -->",
    "[a](javascript:x) ![b](c) *d* _e_ `f` ~g~ |h|",
    "!ENV HOME !!python/object:os.system",
    "${HOME} $(touch x) `touch x` ; rm -rf /",
    "&anchor *alias @at %dir |",
    "Größe 中文 العربية 🦀",
    "a\u2028b\u200bc\u202ed",
    "null",
    "3",
    "x" * 300,
)


def config(files: dict[str, bytes]) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(files["mkdocs.yml"])
    return found


@pytest.mark.parametrize("text", HOSTILE)
def test_any_name_and_description_are_kept_as_they_read(text: str, tmp_path: Path) -> None:
    files = begun(Wishes(text, text))
    said = config(files)
    assert said["site_name"] == said["site_description"] == tidy(text)
    assert said["site_url"] == "https://example.org/"
    assert "repo_url" not in said
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    assert content.read(Folder(tmp_path)).site.name == tidy(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_the_readme_shows_the_name_as_text(text: str) -> None:
    tokens = MarkdownIt().parse(begun(Wishes(text, text))["README.md"].decode())
    heading, description = tokens[1], tokens[4]
    assert tokens[0].tag == "h1"
    assert tokens[3].tag == "p"
    for token in (heading, description):
        kinds = {child.type for child in token.children or ()}
        assert kinds <= {"text", "text_special"}
        assert "".join(child.content for child in token.children or ()) == tidy(text)


@over(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_whatever_it_is_called_it_is_called_so(name: str) -> None:
    try:
        files = begun(Wishes(name))
    except UsageError:
        assert tidy(name) == ""
    else:
        assert config(files)["site_name"] == tidy(name)


def test_the_rest_is_the_projects_own_configuration() -> None:
    mine = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    made = config(begun(Wishes("A", "B", "https://a.example/b", "https://git.example/c")))
    assert made.pop("repo_url") == "https://git.example/c"
    assert made["theme"].pop("custom_dir") == "build/theme"
    mine["theme"].pop("custom_dir")
    own = {"site_name": "A", "site_description": "B", "site_url": "https://a.example/b/"}
    assert made == {**mine, **own, "copyright": "Titles and abstracts are their authors’."}


@pytest.mark.parametrize(
    "repository, url",
    [
        ("https://github.com/Ada/bindings", "https://ada.github.io/bindings/"),
        ("https://github.com/Ada/bindings.git", "https://ada.github.io/bindings/"),
        ("https://github.com/ada/ada.github.io/", "https://ada.github.io/"),
        ("https://github.com/ada", "https://example.org/"),
        ("https://git.example/ada/bindings", "https://example.org/"),
        ("", "https://example.org/"),
    ],
)
def test_where_github_publishes_a_repository_is_known(repository: str, url: str) -> None:
    assert config(begun(Wishes("A", repository=repository)))["site_url"] == url
    given_ = config(begun(Wishes("A", url="https://a.example", repository=repository)))
    assert given_["site_url"] == "https://a.example/"


@pytest.mark.parametrize(
    "wishes, says",
    [
        (Wishes(""), "--name '': has nothing to read in it"),
        (Wishes("\u200b \n"), "--name .*: has nothing to read in it"),
        (Wishes("a\udcff"), r"--name 'a\\udcff': is not UTF-8"),
        (Wishes("a", topics=("b\udcff",)), r"--topic 'b\\udcff': is not UTF-8"),
        (Wishes("a", url="example.org"), "--url 'example.org': is no web address"),
        (Wishes("a", url="javascript:alert(1)"), "--url .*: is no web address"),
        (Wishes("a", url="https://a b"), "--url .*: is no web address"),
        (Wishes("a", url="https://a.example/?x#y"), "--url .*: is no web address"),
        (Wishes("a", url="https://me:pw@a.example"), "^--url: the address holds a name"),
        (Wishes("a", repository="https://tok@a.example/b"), "^--repository: the address holds"),
        (Wishes("a", repository="git@a.example:b"), "--repository .*: is no web address"),
    ],
)
def test_a_wish_that_cannot_be_fulfilled_is_wrong_usage(wishes: Wishes, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        begun(wishes)


def test_the_publishing_workflow_finds_the_lines_that_it_changes() -> None:
    text = begun(Wishes("A"))["mkdocs.yml"].decode()
    (script,) = re.findall(r"sed -i -E \"s\|(.*?)\|.*?\|; s\|(.*?)\|", _workflow("publish.yml"))
    for pattern in script:
        assert len(re.findall(pattern, text, re.MULTILINE)) == 1, pattern


def _workflow(name: str) -> str:
    return given()[f".github/workflows/{name}"].decode()


def test_workflows_call_what_the_makefile_has_and_end_in_the_same_check() -> None:
    makefile = given()["Makefile"].decode()
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    targets |= {
        f".venv/{each}" for each in re.findall(r"^\$\(VENV\)/(\S+):", makefile, re.MULTILINE)
    }
    called = {
        name: set(re.findall(r"run: make (\S+)", data.decode()))
        for name, data in given().items()
        if name.endswith(".yml")
    }
    assert {name: asked - targets for name, asked in called.items() if asked - targets} == {}
    assert set().union(*called.values()) > {"site", "check", "verify"}
    report = re.findall(r"context=([^']+)'", given()[".github/scripts/common.sh"].decode())
    jobs = yaml.safe_load(_workflow("test.yml"))["jobs"]
    assert [jobs["required-checks-pass"]["name"]] == report
    assert {job["name"] for job in jobs.values()} > set(report)


def test_scripts_that_workflows_run_come_along() -> None:
    asked = {
        path
        for name, data in given().items()
        if name.endswith(".yml")
        for path in re.findall(r"\.github/scripts/\S+\.sh", data.decode())
    }
    sourced = {
        f".github/scripts/{name}"
        for path in asked
        for name in re.findall(
            r'^source "\$\{BASH_SOURCE\[0\]%/\*\}/(\S+)"$', _script(path), re.MULTILINE
        )
    }
    assert asked | sourced == {name for name in GIVEN if name.endswith(".sh")}


def _script(path: str) -> str:
    return given()[path].decode()


def test_forms_come_along_with_the_workflow_that_reads_them() -> None:
    forms = {path.name for path in (ROOT / ".github" / "ISSUE_TEMPLATE").iterdir()}
    assert forms == {Path(name).name for name in GIVEN if "/ISSUE_TEMPLATE/" in name}


def test_every_workflow_of_the_project_is_given_or_is_its_own() -> None:
    own = {path.name for path in (ROOT / ".github" / "workflows").glob("*.yml")}
    assert own == {Path(name).name for name in GIVEN if "/workflows/" in name}


def test_actions_are_those_that_the_project_pins() -> None:
    pinned: dict[str, str] = {}
    for path in (ROOT / ".github" / "workflows").glob("*.yml"):
        pinned |= dict(re.findall(r"uses: (\S+)@(.*)", path.read_text(encoding="utf-8")))
    for action, at in re.findall(r"uses: (\S+)@(.*)", _workflow("test.yml")):
        assert pinned[action] == at, action


def test_the_lock_is_the_projects_own_without_its_way_of_making_it() -> None:
    lines = given()["requirements.txt"].decode().splitlines()
    mine = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == [
        line for line in mine if not line.startswith("#")
    ]
    assert not [line for line in lines if "make lock" in line]


def test_the_explanation_of_the_rules_names_everything_that_a_rule_may_say() -> None:
    head = shipped.text("starter/content/topics.yml")
    for field in (*fields(Topic), *fields(Rule)):
        assert re.search(rf"^#   (?:.*, )?{field.name}[:,]", head, re.MULTILINE), field.name
    for place in PLACES:
        assert place in head
    example = re.search(r"^#   - id: .*?^#\n", head, re.MULTILINE | re.DOTALL)
    assert example
    lines = [line.removeprefix("#") for line in example[0].splitlines()]
    (topic,) = parse_taxonomy("\n".join(["topics:", *lines]), "example").topics
    assert topic.rules
    assert topic.against


def test_the_page_about_topics_says_what_the_settings_say() -> None:
    settings = parse_taxonomy(begun(Wishes("A"))["content/topics.yml"].decode(), "t").settings
    page = shipped.text("starter/content/pages/how-topics-are-given.md")
    assert f"({settings.threshold:g} points" in page
    assert settings.most_topics == 4
    assert "up to four" in page
    said = {"title": 1, "means": 0.7, "contribution": 0.55, "opening": 0.3, "abstract": 0.3,
            "results": 0.2, "availability": 0}  # fmt: skip
    assert settings.places == said


def test_the_example_of_sources_can_be_taken_over(folder: Folder) -> None:
    text = shipped.text("starter/content/sources.yml")
    example = text[text.index("# sources:") :]
    folder.sources_yml.write_text(re.sub(r"^# ?", "", example, flags=re.MULTILINE))
    assert len(content.read(folder).library.sources) == 2
