"""From a form to a pull request, run for real: a repository on this machine, ``gh`` faked.

``.github/workflows/suggest.yml`` has two jobs that call ``.github/scripts/suggest.sh``; what goes
from one to the other is the folder that the workflow hands over.
"""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.folder import Folder
from generator.storage import library, records
from generator.suggestions.forms import Kind
from generator.suggestions.parsing import LABEL, LONGEST
from generator.suggestions.wording import MARK
from tests.builders import paper
from tests.conftest import MKDOCS_YML, ROOT, TOPICS_YML
from tests.evil import ALL, EVIL, looked_for
from tests.forms import FORMS, event, filled
from tests.hosted import Done, Hosted, needs_git

WORKFLOW = ROOT / ".github" / "workflows" / "suggest.yml"
BRANCH = "digest/issue-12"
PAGE = "https://example.org/digest/papers/search-of-things/"
RECORD = "content/papers/2026/search-of-things.yml"


@dataclass
class World(Hosted):
    """A digest in a repository, and readers who fill in forms."""

    script = ROOT / ".github" / "scripts" / "suggest.sh"

    def read(self, body: str, number: int = 12, **issue: Any) -> Done:
        """The job that reads."""
        path = self.place / "event.json"
        path.write_text(json.dumps(event(body, number, **issue)), encoding="utf-8")
        shutil.rmtree(self.place / "handed", ignore_errors=True)
        one = self.clone("one")
        given = {"GITHUB_EVENT_PATH": str(path), "NUMBER": str(number)}
        done = self.step("one", "read", **given)
        if done.outputs.get("answered") == "true":
            shutil.copytree(one / "build" / "suggestion", self.place / "handed")
        return done

    def propose(self, number: int = 12) -> Done:
        """The job that writes."""
        two = self.clone("two")
        shutil.copytree(self.place / "handed", two / "build" / "suggestion")
        return self.step("two", "propose", NUMBER=str(number))

    def send(self, body: str, number: int = 12, **issue: Any) -> dict[str, str]:
        """A run of the workflow that goes well; what its jobs say."""
        done = self.read(body, number, **issue)
        assert done.status == 0, done.said
        outputs = dict(done.outputs)
        if outputs["answered"] == "true":
            done = self.propose(number)
            assert done.status == 0, done.said
            outputs |= done.outputs
        return outputs

    @property
    def answer(self) -> str:
        """What the only comment says."""
        (comment,) = self.comments
        assert comment["body"].startswith(f"{MARK}\n")
        return str(comment["body"])

    def library(self) -> library.Library:
        """What the proposed branch holds."""
        return library.load(Folder(self.at(BRANCH)))


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A digest of two papers, of which one is on no page."""
    world = World(tmp_path)
    secret = paper("secret", source_title="A secret", curation={"hidden": True})
    forms = (ROOT / ".github" / "ISSUE_TEMPLATE").iterdir()
    world.begin(
        {
            ".gitignore": "/build/\n",
            "mkdocs.yml": MKDOCS_YML,
            "content/topics.yml": TOPICS_YML,
            RECORD: records.paper_text(paper("search-of-things")),
            "content/papers/2026/secret.yml": records.paper_text(secret),
            **{f".github/ISSUE_TEMPLATE/{each.name}": each.read_text("utf-8") for each in forms},
        },
        "generator",
    )
    return world


def correction(**answers: str) -> str:
    return filled("correction", **{"paper": PAGE, **answers})


@needs_git
def test_a_form_becomes_a_pull_request_and_an_answer(world: World) -> None:
    outputs = world.send(correction(title="Search of *all* things", remark="I wrote it."))
    assert sorted(world.branches()) == [BRANCH, "main"]
    assert outputs["commit"] == world.git("rev-parse", BRANCH)
    assert world.git("rev-list", "--count", f"main..{BRANCH}") == "1"
    assert world.git("diff", "--name-only", f"main..{BRANCH}") == RECORD
    author = world.git("log", "-1", "--format=%an <%ae>: %s", BRANCH)
    assert author == (
        "github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>: "
        "Correct search-of-things (issue 12)"
    )
    assert world.library().papers["search-of-things"].title == "Search of *all* things"
    (pull,) = world.pulls
    assert pull["title"].strip() == "Correct search-of-things (issue 12)"
    assert "\nCloses #12\n" in pull["body"]
    assert "> I wrote it." in pull["body"]
    assert "## Retitled (1)" in pull["body"]  # what `digest diff` says
    assert "https://github.example/ada/digest/actions/runs/7" in pull["body"]
    assert world.answer.endswith("\n\nIt is proposed in #1.\n")
    assert world.comments[0]["on"] == "12"


@needs_git
def test_an_edited_form_is_proposed_anew_from_main(world: World) -> None:
    first = world.send(correction(title="One"))
    world.commit("main", "README.md", "Main goes on.\n")
    second = world.send(correction(title="Two"))
    assert world.send(correction(title="Two")) == {"answered": "true"}  # nothing more to push
    assert first["commit"] != second["commit"] == world.git("rev-parse", BRANCH)
    assert world.git("rev-list", "--count", f"main..{BRANCH}") == "1"
    assert world.git("merge-base", "main", BRANCH) == world.git("rev-parse", "main")
    assert world.library().papers["search-of-things"].title == "Two"
    (pull,) = world.pulls
    assert "title: Two" in pull["body"]
    assert "title: Two" in world.answer
    assert "title: One" not in world.answer


@needs_git
def test_what_an_editor_pushed_is_left_alone(world: World) -> None:
    world.send(correction(title="One"))
    (before,) = world.pulls
    world.commit(BRANCH, "content/editions/2026-03-11.yml", "title: Kettles\n")
    edited = world.git("rev-parse", BRANCH)
    outputs = world.send(correction(title="Two"))
    assert "commit" not in outputs
    assert world.git("rev-parse", BRANCH) == edited
    assert world.pulls == [before]
    assert world.answer.endswith(
        "\n\nAn editor has begun to work on #1, so it stays as it is; they see your change here.\n"
    )


@needs_git
def test_what_is_left_of_a_branch_that_was_turned_down_is_of_no_use(world: World) -> None:
    world.send(correction(title="One"))
    world.commit(BRANCH, "content/editions/2026-03-11.yml", "title: Kettles\n")
    (closed,) = world.pulls  # the branch is still there
    head = {**closed["head"], "sha": world.git("rev-parse", BRANCH)}
    world.set_pulls({**closed, "state": "closed", "head": head})
    world.send(correction(title="Two"))
    assert world.git("rev-list", "--count", f"main..{BRANCH}") == "1"
    assert [pull.get("state", "open") for pull in world.pulls] == ["closed", "open"]


@needs_git
def test_what_an_editor_did_to_a_branch_without_a_pull_request_is_left_alone(world: World) -> None:
    """Where workflows may open none, the branch waits for an editor, who may begin there."""
    (world.place / "forbidden").touch()
    assert world.read(correction(title="One")).status == 0
    world.propose()
    world.commit(BRANCH, "content/editions/2026-03-11.yml", "title: Kettles\n")
    edited = world.git("rev-parse", BRANCH)
    outputs = world.send(correction(title="Two"))
    assert "commit" not in outputs
    assert world.git("rev-parse", BRANCH) == edited
    assert world.pulls == []
    told = f"An editor has begun to work on the branch {BRANCH}, so it stays as it is"
    assert told in world.answer


@needs_git
def test_an_editor_who_pushes_meanwhile_wins(world: World) -> None:
    world.send(correction(title="One"))
    assert world.read(correction(title="Two")).status == 0
    two = world.clone("two")
    shutil.copytree(world.place / "handed", two / "build" / "suggestion")
    world.commit(BRANCH, "content/editions/2026-03-11.yml", "title: Kettles\n")
    edited = world.git("rev-parse", BRANCH)
    done = world.step("two", "propose", NUMBER="12")
    assert done.status == 1
    assert f"{BRANCH} cannot be pushed, or has changed while this ran" in done.said
    assert world.git("rev-parse", BRANCH) == edited


@needs_git
def test_a_branch_of_that_name_in_a_fork_is_not_ours(world: World) -> None:
    fork = {"ref": BRANCH, "repo": {"full_name": "eve/digest"}}
    theirs = {
        "number": 9,
        "title": "x",
        "head": fork,
        "base": {"repo": {"full_name": "ada/digest"}},
    }
    world.set_pulls(theirs)
    world.send(correction(title="One"))
    assert [pull["title"].strip() for pull in world.pulls] == [
        "x",
        "Correct search-of-things (issue 12)",
    ]


@needs_git
def test_a_form_at_fault_is_answered_and_can_be_mended(world: World) -> None:
    outputs = world.send(correction(published="never"))
    assert outputs == {"answered": "true"}
    assert world.branches() == ["main"]
    assert world.pulls == []
    assert "“never” is no day" in world.answer
    world.send(correction(published="2026-01-02"))
    assert "“never”" not in world.answer
    assert len(world.pulls) == 1


@needs_git
def test_a_word_to_the_editor_is_answered_and_nothing_else(world: World) -> None:
    assert world.send(correction(remark="Hm.")) == {"answered": "true"}
    assert world.branches() == ["main"]
    assert "for a person to read" in world.answer


@needs_git
@pytest.mark.parametrize(
    "issue", [{"labels": []}, {"state": "closed"}, {"user": {"login": "b[bot]", "type": "Bot"}}]
)
def test_other_issues_are_left_alone(world: World, issue: dict[str, Any]) -> None:
    body = "How is this made?" if "labels" in issue else correction(title="One")
    assert world.send(body, **issue) == {"answered": "false"}
    assert world.branches() == ["main"]
    assert (world.pulls, world.comments) == ([], [])


@needs_git
def test_somebody_elses_comment_is_not_ours(world: World) -> None:
    theirs = {"number": 1, "id": 1, "on": "12", "user": {"login": "eve"}, "body": f"{MARK}\nMine."}
    (world.place / "comments.json").write_text(json.dumps([theirs]))
    world.send(correction(title="One"))
    world.send(correction(title="Two"))
    assert [each["user"]["login"] for each in world.comments] == ["eve", "github-actions[bot]"]
    assert world.comments[0] == theirs
    assert "title: Two" in world.comments[1]["body"]


@needs_git
def test_a_repository_that_forbids_it_says_where_to_allow_it(world: World) -> None:
    (world.place / "forbidden").touch()
    assert world.read(correction(title="One")).status == 0
    done = world.propose()
    assert done.status == 1
    assert "allow it under Settings, Actions, General, Workflow permissions" in done.said
    link = f"https://github.example/ada/digest/compare/main...{BRANCH}"
    assert world.answer.endswith(f"\n\nIt lies ready for an editor: {link}\n")
    assert BRANCH in world.branches()


@needs_git
def test_addresses_are_those_of_the_site_that_github_publishes(world: World) -> None:
    (world.place / "pages").write_text("https://ada.github.io/digest/")
    world.send(correction(title="One"))
    assert "(https://ada.github.io/digest/papers/search-of-things/)" in world.answer


@needs_git
def test_only_plain_files_of_content_are_proposed(world: World) -> None:
    """Whatever the job that reads was made to do, the one that writes looks at what came of it."""

    def tampered(name: str, target: str = "") -> Done:
        assert world.read(correction(title="One")).status == 0
        one = world.place / "one"
        (one / name).parent.mkdir(exist_ok=True)
        if target:
            (one / name).symlink_to(target)
        else:
            (one / name).write_text("x\n")
        world.git("add", "-A", at=one)
        world.git("commit", "--quiet", "--amend", "--no-edit", at=one)
        bundle = str(world.place / "handed" / "suggestion.bundle")
        world.git("bundle", "create", "--quiet", bundle, f"origin/main..{BRANCH}", at=one)
        return world.propose()

    for name, target, told in (
        ("Makefile", "", "changes more than files in content/"),
        (".github/workflows/evil.yml", "", "changes more than files in content/"),
        ("content/link.yml", "/etc/passwd", "holds what is no plain file"),
    ):
        done = tampered(name, target)
        assert done.status == 1
        assert told in done.said
    assert world.branches() == ["main"]


@needs_git
def test_more_than_one_commit_is_not_proposed(world: World) -> None:
    assert world.read(correction(title="One")).status == 0
    one = world.place / "one"
    (one / "content" / "x.txt").write_text("x\n")
    world.git("add", "-A", at=one)
    world.git("commit", "--quiet", "-m", "More", at=one)
    bundle = str(world.place / "handed" / "suggestion.bundle")
    world.git("bundle", "create", "--quiet", bundle, f"origin/main..{BRANCH}", at=one)
    done = world.propose()
    assert (done.status, world.branches()) == (1, ["main"])


@needs_git
def test_texts_are_files_and_no_links_to_others(world: World) -> None:
    assert world.read(correction(title="One")).status == 0
    text = world.clone("two") / "build" / "suggestion"
    shutil.copytree(world.place / "handed", text)
    (text / "answer.md").unlink()
    (text / "answer.md").symlink_to("/etc/passwd")
    done = world.step("two", "propose", NUMBER="12")
    assert done.status == 1
    assert "holds a link to somewhere else" in done.said
    assert (world.comments, world.branches()) == ([], ["main"])


@needs_git
def test_only_a_number_is_the_number_of_an_issue(world: World) -> None:
    world.clone("one")
    for number in (
        "",
        "0",
        "12; touch hacked",
        "-1",
        "1/../2",
        "$(touch hacked)",
        "9" * 20,
        "1\n2",
    ):
        done = world.step("one", "propose", NUMBER=number)
        assert done.status == 1
        assert "NUMBER is no number of an issue" in done.said
    assert not list(world.place.rglob("hacked"))
    assert world.calls == []


@needs_git
@pytest.mark.parametrize("result, state", [("success", "success"), ("failure", "failure")])
def test_the_result_of_the_checks_stands_at_the_commit(
    world: World, result: str, state: str
) -> None:
    world.clone("one")
    done = world.step("one", "report", NUMBER="12", CHECKED="abc", RESULT=result)
    assert done.status == 0
    status = json.loads((world.place / "status.json").read_text())
    assert (status["commit"], status["state"]) == ("abc", state)
    required = yaml.safe_load((ROOT / ".github/workflows/test.yml").read_text())["jobs"]
    assert status["context"] == required["required-checks-pass"]["name"]


@needs_git
def test_other_words_are_refused(world: World) -> None:
    world.clone("one")
    assert world.step("one", "place", NUMBER="12").status == 2


# --- a hostile form --------------------------------------------------------------------------


@needs_git
@pytest.mark.parametrize("kind", Kind)
def test_a_hostile_form_does_no_harm(world: World, kind: Kind) -> None:
    """It goes through all of it; what became of it is written down here."""
    one_line = " ".join(EVIL)
    sent = {
        Kind.CORRECTION: {
            "paper": PAGE,
            "title": one_line[:450],
            "abstract": ALL,
            "authors": ALL,
            "source": ALL,
            "remark": ALL * 10,
        },
        Kind.WRONG_TOPIC: {"paper": PAGE, "add": "speech", "why": ALL * 10},
        Kind.PAPER: {
            "title": one_line[:450],
            "abstract": ALL,
            "authors": ALL,
            "where": "https://example.org/a?b=$(touch%20hacked)&c=%60x%60",
            "code": "https://example.org/';touch",
            "why": ALL,
        },
        Kind.TOPIC: {
            "title": "${{ x }} `y` 'z'\": #1 @octocat",
            "description": one_line[:390],
            "phrases": "kettle\npot|pan",
            "examples": ALL,
            "why": ALL,
        },
    }[kind]
    assert sum(map(len, sent.values())) < LONGEST
    outputs = world.send(filled(kind, **sent))
    assert outputs["answered"] == "true"
    assert not list(world.place.rglob("hacked"))

    # It is proposed, for nothing of it is against the rules: text may be odd, and it is text.
    (pull,) = world.pulls
    assert re.fullmatch(r"[A-Za-z ]+:? ?[a-z0-9-]*[a-z ]* \(issue 12\)\n", pull["title"])
    changed = world.git("diff", "--name-only", f"main..{BRANCH}").splitlines()
    assert all(re.fullmatch(r"content/(?:[a-z0-9-]+/)*[a-z0-9.-]+\.yml", name) for name in changed)
    found = world.library()  # the branch is in order, and holds what was written, cleaned
    if kind is Kind.CORRECTION:
        shown = found.papers["search-of-things"]
        assert "$(touch hacked) `touch hacked`; touch hacked" in shown.title
        assert "{% include 'x' %}" in shown.abstract
        assert not set(shown.abstract) & set("\x00\x1b\u202e\u2066\u200b\ud800\n")
    assert found.papers["secret"].is_public is False

    # And nobody is notified, nothing referred to, and no picture fetched.
    body, end = pull["body"].split("\n\nCloses #12\n")
    assert looked_for(body.replace("issue #12", "")) == []
    assert looked_for(end) == []
    assert looked_for(world.answer.replace("#1.", "")) == []
    assert len(pull["body"]) < LONGEST
    assert "octocat" in pull["body"]


@needs_git
def test_no_line_of_a_form_is_an_order_to_github(world: World) -> None:
    done = world.read(correction(ids="::set-output name=x::y\n::error::z"))
    lines = done.said.splitlines()
    stops = [n for n, line in enumerate(lines) if line.startswith("::stop-commands::")]
    assert stops
    for number, line in enumerate(lines):
        if line.startswith(("::set-output", "::error")):
            before = max(n for n in stops if n < number)
            token = lines[before].removeprefix("::stop-commands::")
            assert f"::{token}::" in lines[number:]


# --- the workflow itself ---------------------------------------------------------------------


def jobs() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]
    return found


def test_who_reads_strangers_cannot_write_and_who_writes_runs_none_of_it() -> None:
    rights = {name: job["permissions"] for name, job in jobs().items()}
    writing = {name for name, given in rights.items() if "write" in given.values()}
    assert writing == {"propose", "report"}
    for name in writing:
        runs = " ".join(step.get("run", "") for step in jobs()[name]["steps"])
        assert "make" not in runs
        assert "digest" not in runs


def test_nothing_of_an_issue_but_its_number_reaches_a_step() -> None:
    for job in jobs().values():
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")
            assert "${{" not in step.get("name", "")
            told = {**step.get("env", {}), **step.get("with", {})}
            said = [value for value in told.values() if "github.event" in str(value)]
            assert set(said) <= {"${{ github.event.issue.number }}"}


def test_it_starts_for_open_issues_of_people() -> None:
    whole = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    started: dict[str, Any] = whole[True]  # YAML 1.1 reads `on` as a truth value
    assert started == {"issues": {"types": ["opened", "edited", "reopened"]}}
    asked = jobs()["read"]["if"]
    for condition in (
        "vars.DIGEST_SUGGEST != 'false'",
        "github.event.issue.state == 'open'",
        "!github.event.issue.locked",
        "github.event.issue.user.type != 'Bot'",
        "github.event.sender.type != 'Bot'",
        f"contains(github.event.issue.labels.*.name, '{LABEL}')",
        "contains(github.event.issue.body, '### ')",
    ):
        assert condition in asked
    assert all("### " in filled(kind) for kind in FORMS)
    assert jobs()["propose"]["needs"] == "read"


def test_the_script_knows_the_mark_of_an_answer() -> None:
    assert f"readonly MARK='{MARK}'" in World.script.read_text(encoding="utf-8")
