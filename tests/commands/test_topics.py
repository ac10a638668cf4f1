"""``digest topics --since REV``."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable

import pytest
from click.testing import Result

from generator.folder import Folder
from tests.builders import write_whole
from tests.conftest import TOPICS_YML
from tests.history.test_revision import commit, git
from tests.topics.test_former import generator

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="needs Git")

Run = Callable[..., Result]

RECORD = "title: {}\nabstract: A.\nappearances:\n- {{source: s, date: 2026-01-01}}\n"
BIRDS = """\
  - id: birds
    title: Birds
    description: They sing.
    rules:
      - {phrases: [bird], weight: 30}
"""


def paper(folder: Folder, slug: str, title: str, more: str = "") -> None:
    write_whole(folder.papers / "2026" / f"{slug}.yml", RECORD.format(title) + more)


@pytest.fixture
def checkout(folder: Folder) -> Folder:
    """Three papers in a repository of their own."""
    git(folder.root, "init", "--quiet", "-b", "main")
    (folder.root / ".gitignore").write_text("/build/\n")
    paper(folder, "a", "Search of Birds")
    paper(folder, "b", "Speech @octocat")
    paper(folder, "c", "Audio of Birds")
    commit(folder.root)
    return folder


@pytest.mark.usefixtures("checkout")
def test_nothing_has_changed(run: Run, checkout: Folder) -> None:
    result = run("topics", "--since", "main")
    assert result.exit_code == 0, result.stderr
    (line,) = result.stdout.splitlines()
    assert line.startswith("since main (")
    assert line.endswith("): 0 papers of 3 with other topics")
    paper(checkout, "d", "Search of Bees")  # a new paper has no other topics than before
    assert run("topics", "--since", "main").stdout.splitlines() == [line]


def test_what_a_change_of_the_rules_does(run: Run, checkout: Folder) -> None:
    changed = TOPICS_YML.replace("speech, audio", "speech") + BIRDS
    write_whole(checkout.topics_yml, changed)
    result = run("topics", "--since", "HEAD")
    assert result.exit_code == 0, result.stderr
    first, *rest = result.stdout.splitlines()
    assert first.endswith("2 papers of 3 with other topics")
    assert rest == [
        "",
        "topic   before  after  gained  lost",
        "birds        0      2       2     0",
        "speech       2      1       0     1",
        "",
        "a: Search of Birds",
        "  + birds  (30: “Birds”)",
        "",
        "c: Audio of Birds",
        "  + birds  (30: “Birds”)",
        "  - speech",
    ]
    # The summary of a pull request says the same.
    summary = run("diff", "HEAD").stdout
    for line in (
        "- Search of Birds <code>a</code>: +<code>birds</code>",
        "- Audio of Birds <code>c</code>: +<code>birds</code>, −<code>speech</code>",
    ):
        assert line in summary


def test_for_a_pull_request_titles_are_text(run: Run, checkout: Folder) -> None:
    write_whole(checkout.topics_yml, TOPICS_YML.replace("speech, audio", "audio"))
    shown = run("topics", "--since", "HEAD", "--format", "markdown").stdout.splitlines()
    assert shown[0].startswith("# Topics since HEAD")
    assert "| <code>speech</code> | 2 | 1 | 0 | 1 |" in shown
    assert "## Papers with other topics (1)" in shown
    assert "- Speech &#64;\u200boctocat <code>b</code>: −<code>speech</code>" in shown


def test_for_programs(run: Run, checkout: Folder) -> None:
    paper(checkout, "a", "Search of Birds", "curation: {topics: [speech, retrieval]}\n")
    data = json.loads(run("topics", "--since", "HEAD", "--format", "json").stdout)
    assert data.pop("since").startswith("HEAD (")
    assert data == {
        "papers": 3,
        "changed": [
            {
                "id": "a",
                "title": "Search of Birds",
                "gained": ["speech"],
                "lost": [],
                "strongest": ["retrieval", "speech"],
            }
        ],
        "topics": {"speech": {"before": 2, "after": 3, "gained": 1, "lost": 0}},
        "gone": [],
    }
    assert "+ speech  (by the curator)" in run("topics", "--since", "HEAD").stdout


def test_topics_of_the_code_of_then(run: Run, checkout: Folder) -> None:
    says = 'print(\'{"id": "a", "topics": ["speech", "retrieval"]}\\n{"id": "b", "topics": []}\')'
    generator(checkout, says)
    commit(checkout.root)
    first, *rest = run("topics", "--since", "HEAD").stdout.splitlines()
    # It knows nothing of the third paper.
    assert first.endswith("2 papers of 2 with other topics")
    assert rest[4:] == [
        "a: Search of Birds",
        "  - speech",
        "",
        "b: Speech @octocat",
        "  + speech  (10: “Speech”)",
    ]
    summary = run("diff", "HEAD").stdout
    assert "- Search of Birds <code>a</code>: −<code>speech</code>" in summary
    assert "octocat <code>b</code>: +<code>speech</code>" in summary


def test_code_of_then_that_does_not_run(run: Run, checkout: Folder) -> None:
    generator(checkout, "raise SystemExit('sorry')")
    commit(checkout.root)
    for command in (("topics", "--since"), ("diff",)):
        result = run(*command, "HEAD")
        assert result.exit_code == 0
        assert "its generator does not run here (sorry), so its rules are" in result.stderr
        assert "with other topics" not in result.stdout or " 0 papers of 3" in result.stdout


def test_another_strongest_topic(run: Run, checkout: Folder) -> None:
    paper(checkout, "a", "Search of speech")
    commit(checkout.root)
    write_whole(checkout.topics_yml, TOPICS_YML.replace("audio], weight: 10", "audio], weight: 20"))
    shown = run("topics", "--since", "HEAD").stdout.splitlines()
    assert shown[0].endswith("0 papers of 3 with other topics, 1 with another strongest one")
    assert shown[-1] == "  a: retrieval -> speech"
    markdown = run("topics", "--since", "HEAD", "--format", "markdown").stdout
    assert "- Search of speech <code>a</code>: retrieval -&gt; speech" in markdown.replace(
        "&#45;", "-"
    ).replace("&#62;", "&gt;")


def test_long_lists_are_folded(run: Run, checkout: Folder) -> None:
    for number in range(21):
        paper(checkout, f"p-{number}", "Of Birds")
    commit(checkout.root)
    write_whole(checkout.topics_yml, TOPICS_YML + BIRDS)
    shown = run("topics", "--since", "HEAD", "--format", "markdown").stdout
    assert "<details><summary>23 papers</summary>\n\n- " in shown
    assert shown.endswith("\n\n</details>\n")


def test_a_topic_with_another_name_is_no_change(run: Run, checkout: Folder) -> None:
    changed = TOPICS_YML.replace("id: speech", "id: hearing\n    formerly: [speech]")
    write_whole(checkout.topics_yml, changed)
    assert run("topics", "--since", "HEAD").stdout.endswith("0 papers of 3 with other topics\n")
    summary = run("diff", "HEAD").stdout
    assert "etagged" not in summary
    assert "- <code>/topics/speech/</code> → <code>/topics/hearing/</code>" in summary


@pytest.mark.usefixtures("checkout")
def test_a_topic_to_which_nothing_leads_any_more(run: Run, checkout: Folder) -> None:
    text = checkout.topics_yml.read_text(encoding="utf-8")
    other = text.replace("id: speech", "id: audio")
    checkout.topics_yml.write_text(other, encoding="utf-8")
    record = checkout.papers / "2026" / "a.yml"
    record.write_text(record.read_text(encoding="utf-8").replace("speech", "audio"))
    said = "is gone: its address leads nowhere now; name it under `formerly` of the topic that"
    assert f"\ntopic speech {said}" in run("topics", "--since", "HEAD").stdout
    assert (
        f"- <code>speech</code> {said}"
        in run("topics", "--since", "HEAD", "--format", "markdown").stdout
    )
    generator(checkout, 'print(\'{"id": "a", "topics": []}\')')
    commit(checkout.root)
    checkout.topics_yml.write_text(
        other.replace("id: audio", "id: audio\n    formerly: [speech]"), encoding="utf-8"
    )
    assert "is gone" not in run("topics", "--since", "HEAD~1").stdout


@pytest.mark.usefixtures("checkout")
def test_no_such_revision(run: Run) -> None:
    result = run("topics", "--since", "nope")
    assert result.exit_code == 1
    assert "'nope' is no commit of this clone" in result.stderr
    assert run("topics").exit_code == 2


def test_content_that_was_at_fault(run: Run, checkout: Folder) -> None:
    paper(checkout, "a", "Search", "pages: 3\n")
    commit(checkout.root)
    paper(checkout, "a", "Search")
    result = run("topics", "--since", "HEAD")
    assert result.exit_code == 1
    assert "cannot be compared with, for its content is at fault" in result.stderr
    assert "a.yml:5: pages: is not a known field" in result.stderr
