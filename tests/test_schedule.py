"""The scheduled ingestion, run for real: a repository and services on this machine, ``gh`` faked.

``.github/workflows/ingest.yml`` has two jobs that call ``.github/scripts/ingest.sh``; so each test
has two clones, and what goes from one to the other is the folder that the workflow hands over.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.folder import Folder
from generator.storage import library
from tests.conftest import MKDOCS_YML, ROOT, TOPICS_YML
from tests.hosted import Done, Hosted, needs_git, program
from tests.listings import hf_page
from tests.server import Asked, Faulty, Reply, answer, serving

WORKFLOW = ROOT / ".github" / "workflows" / "ingest.yml"
BRANCH = "digest/ingest"

SOURCES_YML = """\
sources:
  hf-daily-papers:
    fetch: {{service: hugging-face, url: "{url}"}}
  another:
    fetch: {{service: hugging-face, url: "{url}/another"}}
"""


@dataclass
class World(Hosted):
    """A repository on a fake GitHub, and the services that it asks."""

    script = ROOT / ".github" / "scripts" / "ingest.sh"
    server: Faulty
    days: dict[str, Reply] = field(default_factory=dict)
    today: str = "2026-08-20"

    @property
    def asked(self) -> list[str]:
        """The days that the first source was asked for since the last look."""
        days = [each.params["date"] for each in self.server.asked if "another" not in each.address]
        self.server.asked.clear()
        return days

    def step(self, clone: str, name: str, **more: str) -> Done:
        return super().step(clone, name, **{"TODAY": self.today, **more})

    def run(self, **more: str) -> dict[str, str]:
        """A run of the workflow that goes well, up to its checks; what its jobs say."""
        one = self.clone("one")
        for name in ("begin", "fetch"):
            done = self.step("one", name, **more)
            assert done.status == 0, done.said
        outputs = dict(done.outputs)
        if outputs["new"] == "true":
            shutil.copytree(one / "build" / "ingest", self.clone("two") / "build" / "ingest")
            done = self.step("two", "propose")
            assert done.status == 0, done.said
            outputs.update(done.outputs)
        return outputs

    def library(self) -> library.Library:
        """What the proposed branch holds."""
        return library.load(Folder(self.at(BRANCH)))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A digest without papers in a repository; both services answer with empty days."""
    with serving() as server:
        world = World(tmp_path, server)
        server.replies = lambda asked: world.days.get(key(asked), answer("[]"))
        files = {
            ".gitignore": "/build/\n",
            "mkdocs.yml": MKDOCS_YML,
            "content/topics.yml": TOPICS_YML,
            "content/sources.yml": SOURCES_YML.format(url=server.url),
        }
        world.begin(files, "tests.scheduled")
        yield world


def key(asked: Asked) -> str:
    """The day that is asked for, and of the second source its name before it."""
    other = "another " if "/another/" in asked.address else ""
    return other + asked.params.get("date", "")


def papers(*numbers: int, day: str = "2026-08-19", **more: Any) -> Reply:
    return answer(hf_page(numbers, day, **more))


FAILING = answer(status=503)


@needs_git
def test_failures_alone_are_no_news(world: World) -> None:
    world.days = {"2026-08-19": FAILING, "another 2026-08-19": FAILING}
    outputs = world.run()
    assert outputs == {
        "new": "false",
        "failed": "another 2026-08-19, hf-daily-papers 2026-08-19",
    }
    assert world.branches() == ["main"]
    assert world.pulls == []
    assert len(world.calls) == 1  # whether one is open, and nothing else


@needs_git
def test_a_silence_that_nobody_expected_is_proposed_once(world: World) -> None:
    assert world.run()["new"] == "true"
    (pull,) = world.pulls
    assert pull["title"] == "2026-08-19: nothing changes for readers"
    assert pull["body"].count("| empty and unexpected |") == 2
    assert world.run() == {"new": "false"}


@needs_git
def test_new_papers_are_proposed_and_the_next_day_is_added(world: World) -> None:
    hostile = "::error::@octocat $(touch hacked) `touch hacked` ${{ github.token }} fixes #1"
    world.days = {"2026-08-19": papers(1, 2, title=hostile)}
    outputs = world.run()
    assert outputs["new"] == "true"
    assert "failed" not in outputs
    assert sorted(world.branches()) == [BRANCH, "main"]
    assert outputs["commit"] == world.git("rev-parse", BRANCH)
    author = world.git("log", "-1", "--format=%an <%ae>", BRANCH)
    assert author == "github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>"
    (pull,) = world.pulls
    assert pull["title"] == "2026-08-19: 2 new papers"
    assert pull["base"]
    assert "## New papers (2)" in pull["body"]
    assert "@octocat" not in pull["body"]
    assert "fixes #1" not in pull["body"]
    assert "https://github.example/ada/digest/actions/runs/7" in pull["body"]
    assert not list(world.place.rglob("hacked"))
    assert world.asked == ["2026-08-19"]

    # While it is open the next day is added to it, and what it holds is not asked for again.
    world.today = "2026-08-21"
    world.days["2026-08-20"] = papers(3, day="2026-08-20")
    world.commit("main", "README.md", "Main goes on.\n")
    second = world.run()
    (pull,) = world.pulls
    assert world.asked == ["2026-08-20"]
    assert pull["title"].startswith("2026-08-19 to 2026-08-20: 3 new papers")
    assert "## New papers (3)" in pull["body"]
    assert second["commit"] == world.git("rev-parse", BRANCH)
    # Brought up to date with main, and nothing of the first day rewritten.
    world.git("merge-base", "--is-ancestor", "main", BRANCH)
    world.git("merge-base", "--is-ancestor", outputs["commit"], BRANCH)
    assert len(world.library().papers) == 3

    # Nothing new: nothing happens.
    calls = len(world.calls)
    assert world.run()["new"] == "false"
    assert len(world.calls) == calls + 1
    assert world.git("rev-parse", BRANCH) == second["commit"]


@needs_git
def test_after_a_merge_or_a_refusal_it_begins_anew(world: World) -> None:
    world.days = {"2026-08-19": papers(1)}
    first = world.run()
    world.set_pulls()  # closed; the branch is still there
    world.today = "2026-08-21"
    world.days["2026-08-20"] = papers(2, day="2026-08-20")
    second = world.run()
    assert "2026-08-20" in world.asked
    assert first["commit"] != second["commit"]
    assert world.git("rev-list", "--count", f"main..{BRANCH}") == "1"
    assert [pull["number"] for pull in world.pulls] == [1]


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
    world.days = {"2026-08-19": papers(1)}
    world.run()
    assert [pull["title"] for pull in world.pulls] == ["x", "2026-08-19: 1 new paper"]


@needs_git
def test_what_came_in_is_proposed_though_a_source_failed(world: World) -> None:
    world.days = {"2026-08-19": papers(1), "another 2026-08-19": FAILING}
    outputs = world.run()
    assert outputs["new"] == "true"
    assert outputs["failed"] == "another 2026-08-19"
    (pull,) = world.pulls
    assert pull["title"] == "2026-08-19: 1 new paper, 1 failed"
    assert "## Not to be had (1)" in pull["body"]
    assert [each.failure for each in world.library().ledger.values()] == [
        "answered 503 Service Unavailable",
        "",
    ]
    # It fails again in the same way: that is no news, and still named.
    outputs = world.run()
    assert (outputs["new"], outputs["failed"]) == ("false", "another 2026-08-19")


@needs_git
def test_a_day_can_be_named(world: World) -> None:
    world.days = {"2026-08-12": papers(1, day="2026-08-12")}
    world.run(DAY="2026-08-12")
    assert world.asked == ["2026-08-12"]
    world.clone("one")
    world.step("one", "begin")
    done = world.step("one", "fetch", DAY="--help; touch hacked")
    assert done.status == 1
    assert "digest fetch ended with status 2" in done.said
    assert not list(world.place.rglob("hacked"))


@needs_git
def test_a_conflict_with_main_is_a_message(world: World) -> None:
    world.days = {"2026-08-19": papers(1)}
    before = world.run()["commit"]
    record = world.git("ls-tree", "-r", "--name-only", BRANCH, "content/papers")
    for branch in ("main", BRANCH):
        world.commit(branch, record, f"title: {branch}\n")
    after = world.git("rev-parse", BRANCH)
    assert after != before
    world.clone("one")
    done = world.step("one", "begin")
    assert done.status == 1
    assert f"  in conflict: {record}\n" in done.said
    assert f"{BRANCH} is in conflict with main: merge main into it" in done.said
    assert world.git("rev-parse", BRANCH) == after


@needs_git
def test_mistakes_in_content_are_not_proposed(world: World) -> None:
    world.days = {"2026-08-19": papers(1)}
    world.clone("one")
    world.step("one", "begin")
    edition = world.place / "one" / "content" / "editions" / "2026-08-19.yml"
    digest = (world.place / "bin" / "digest").read_text()
    program(
        world.place / "bin" / "digest",
        digest.replace("PYTHON", f'[ $1 = check ] && mkdir -p "{edition.parent}" && '
                       f'echo "picks: [none]" > "{edition}"\nPYTHON', 1),
    )  # fmt: skip
    done = world.step("one", "fetch")
    assert done.status == 1
    assert "'none' is no paper of the library" in done.said
    assert "::error title=Ingestion::digest check finds mistakes" in done.said
    assert world.branches() == ["main"]


@needs_git
def test_what_an_editor_pushed_meanwhile_is_not_lost(world: World) -> None:
    world.days = {"2026-08-19": papers(1)}
    world.run()
    world.today = "2026-08-21"
    world.days["2026-08-20"] = papers(2, day="2026-08-20")
    one = world.clone("one")
    assert [world.step("one", name).status for name in ("begin", "fetch")] == [0, 0]
    world.commit(BRANCH, "content/editions/2026-08-19.yml", "title: Kettles\n")
    edited = world.git("rev-parse", BRANCH)
    shutil.copytree(one / "build" / "ingest", world.clone("two") / "build" / "ingest")
    done = world.step("two", "propose")
    assert done.status == 1
    assert f"{BRANCH} has changed while this ran; run it again" in done.said
    assert world.git("rev-parse", BRANCH) == edited


@needs_git
def test_only_content_is_proposed(world: World) -> None:
    world.days = {"2026-08-19": papers(1)}
    one = world.clone("one")
    world.step("one", "begin")
    (one / "Makefile").write_text("all:\n")
    world.git("add", "Makefile", at=one)
    world.step("one", "fetch")
    shutil.copytree(one / "build" / "ingest", world.clone("two") / "build" / "ingest")
    done = world.step("two", "propose")
    assert done.status == 1
    assert "changes files outside content/" in done.said
    assert world.branches() == ["main"]


@needs_git
def test_a_repository_that_forbids_it_says_where_to_allow_it(world: World) -> None:
    (world.place / "forbidden").touch()
    world.days = {"2026-08-19": papers(1)}
    one = world.clone("one")
    assert [world.step("one", name).status for name in ("begin", "fetch")] == [0, 0]
    shutil.copytree(one / "build" / "ingest", world.clone("two") / "build" / "ingest")
    done = world.step("two", "propose")
    assert done.status == 1
    assert "allow it under Settings, Actions, General, Workflow permissions" in done.said


@needs_git
@pytest.mark.parametrize(
    "result, state", [("success", "success"), ("failure", "failure"), ("cancelled", "failure")]
)
def test_the_result_of_the_checks_stands_at_the_commit(
    world: World, result: str, state: str
) -> None:
    world.clone("one")
    assert world.step("one", "report", CHECKED="abc", RESULT=result).status == 0
    status = json.loads((world.place / "status.json").read_text())
    assert (status["commit"], status["state"]) == ("abc", state)
    required = yaml.safe_load((ROOT / ".github/workflows/test.yml").read_text())["jobs"]
    assert status["context"] == required["required-checks-pass"]["name"]


@needs_git
def test_other_words_are_refused(world: World) -> None:
    world.clone("one")
    assert world.step("one", "open_request").status == 2


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


def test_no_expression_is_part_of_a_command() -> None:
    for job in jobs().values():
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")


def test_it_rests_until_it_is_switched_on() -> None:
    assert "vars.DIGEST_INGEST == 'true'" in jobs()["fetch"]["if"]
    for name in jobs().keys() - {"fetch"}:  # the others follow from it
        assert "fetch" in needed(name)


def needed(name: str) -> set[str]:
    """The jobs that must have run before one."""
    needs = jobs()[name].get("needs", [])
    direct = {needs} if isinstance(needs, str) else set(needs)
    return direct.union(*(needed(each) for each in direct))


def test_the_checks_are_those_of_every_pull_request() -> None:
    tests = yaml.safe_load((ROOT / ".github/workflows/test.yml").read_text())["jobs"]
    asked = {step["run"] for job in tests.values() for step in job["steps"] if "run" in step}
    done = {step["run"] for step in jobs()["checks"]["steps"] if "run" in step}
    (verify,) = re.findall(r"^verify: (.*?) ##", (ROOT / "Makefile").read_text(), re.MULTILINE)
    done = done - {"make verify"} | {f"make {each}" for each in verify.split()}
    assert done == {command for command in asked if command.startswith("make ")}
