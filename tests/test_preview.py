"""What a pull request changes, as a comment: the script run for real, ``gh`` faked.

``preview.yml`` runs the request's code and hands a text over; ``comment.yml`` posts it. What lies
between them is the folder that goes from one to the other.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import MKDOCS_YML, ROOT, TOPICS_YML
from tests.hosted import needs_git, program
from tests.storage.test_library import GOOD

SCRIPT = ROOT / ".github" / "scripts" / "changes.sh"
WORKFLOWS = ROOT / ".github" / "workflows"
MARK = "<!-- digest: what changes -->"
SHA = "a" * 40

#: Answers as GitHub does, out of ``world.json`` and into it; its filters are jq's.
GH = """\
import json, os, subprocess, sys
from pathlib import Path
here = Path(os.environ["FAKE_GITHUB"])
args = sys.argv[1:]
assert os.environ["GH_TOKEN"] == "token"
world = json.loads((here / "world.json").read_text())
path = next(arg for arg in args if arg.startswith("repos/")).partition("?")[0]
given = dict(args[i + 1].split("=", 1) for i, arg in enumerate(args) if arg in {"-f", "-F"})
def value(said):
    return Path(said[1:]).read_bytes().decode(errors="replace") if said[:1] == "@" else said
given = {k: value(v) for k, v in given.items()}
found = None
if path.endswith("/pulls"):
    assert args[args.index("--method") + 1] == "GET"
    assert given["state"] == "open"
    found = [each for each in world["pulls"] if each["label"] == given["head"]]
elif path.endswith("/artifacts"):
    found = {"artifacts": world["artifacts"]}
elif path.endswith("/comments") and "POST" in args:
    world["comments"].append({"id": len(world["comments"]) + 1, "user": {"login": world["me"]},
                              "on": path.split("/")[-2], **given})
elif path.endswith("/comments"):
    found = world["comments"]
elif "PATCH" in args:
    next(each for each in world["comments"] if each["id"] == int(path.split("/")[-1])).update(given)
if found is not None:
    wanted = args[args.index("--jq") + 1]
    subprocess.run(["jq", "-r", wanted], input=json.dumps(found), text=True, check=True)
(here / "world.json").write_text(json.dumps(world))
"""


@dataclass
class Desk:
    """A fake GitHub, and a clone in which scripts run."""

    place: Path

    @property
    def world(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.place / "world.json").read_text())
        return found

    def put(self, **more: Any) -> None:
        (self.place / "world.json").write_text(json.dumps({**self.world, **more}))

    @property
    def text(self) -> Path:
        return self.place / "clone" / "build" / "changes" / "changes.md"

    def hand_over(self, text: bytes) -> None:
        self.text.parent.mkdir(parents=True, exist_ok=True)
        self.text.write_bytes(text)

    def run(self, word: str, **more: str) -> subprocess.CompletedProcess[str]:
        (self.place / "page").touch()
        environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("GIT")},
            "PATH": f"{self.place / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "FAKE_GITHUB": str(self.place),
            "DIGEST": str(self.place / "bin" / "digest"),
            "GITHUB_BASE_REF": "main",
            "GITHUB_REPOSITORY": "ada/digest",
            "GITHUB_SERVER_URL": "https://github.example",
            "GITHUB_STEP_SUMMARY": str(self.place / "page"),
            "GH_TOKEN": "token",
            "HEAD_BRANCH": "fix",
            "HEAD_OWNER": "bob",
            "HEAD_SHA": SHA,
            "RUN": "99",
            **more,
        }
        return subprocess.run(
            [str(SCRIPT), word],
            cwd=self.place / "clone",
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A request that nobody has commented on."""
    program(tmp_path / "bin" / "gh", f"#!{sys.executable}\n{GH}")
    command = f'PYTHONPATH="{ROOT}" exec "{sys.executable}" -m generator "$@"'
    program(tmp_path / "bin" / "digest", f"#!/bin/sh\n{command}\n")
    (tmp_path / "clone").mkdir()
    world = {
        "me": "github-actions[bot]",
        "pulls": [{"number": 5, "label": "bob:fix", "head": {"sha": SHA}}],
        "artifacts": [{"name": "changes", "id": 1}, {"name": "site", "id": 2}],
        "comments": [],
    }
    (tmp_path / "world.json").write_text(json.dumps(world))
    return Desk(tmp_path)


def git(at: Path, *args: str) -> None:
    who = {"GIT_AUTHOR_NAME": "x", "GIT_AUTHOR_EMAIL": "x@example.org"}
    who |= {key.replace("AUTHOR", "COMMITTER"): value for key, value in who.items()}
    plain = {k: v for k, v in os.environ.items() if not k.startswith("GIT")}
    environment = {**plain, **who, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", *args], cwd=at, env=environment, check=True, capture_output=True)


def requested(desk: Desk, record: str) -> Path:
    """A clone in which a request adds a record to a digest without papers."""
    clone = desk.place / "clone"
    (clone / "content" / "papers" / "2026").mkdir(parents=True)
    (clone / "mkdocs.yml").write_text(MKDOCS_YML)
    (clone / "content" / "topics.yml").write_text(TOPICS_YML)
    git(clone, "init", "--quiet", "-b", "main")
    git(clone, "add", "-A")
    git(clone, "commit", "--quiet", "-m", "Begin")
    git(clone, "update-ref", "refs/remotes/origin/main", "HEAD")
    (clone / "content" / "papers" / "2026" / "p.yml").write_text(record)
    git(clone, "add", "-A")
    git(clone, "commit", "--quiet", "-m", "Add")
    return clone


@needs_git
def test_what_readers_will_see_is_told(desk: Desk) -> None:
    requested(desk, GOOD.replace("title: T", "title: We search, @ada"))
    done = desk.run("tell")
    assert done.returncode == 0, done.stderr
    text = desk.text.read_text(encoding="utf-8")
    assert text.startswith("# 1 new paper\n")
    assert "We search," in text
    assert "@ada" not in text
    assert (desk.place / "page").read_text(encoding="utf-8") == text


@needs_git
def test_what_rules_do_is_told_where_they_change(desk: Desk) -> None:
    clone = requested(desk, GOOD.replace("title: T", "title: We search"))
    assert desk.run("tell").returncode == 0
    assert "Topics since" not in desk.text.read_text(encoding="utf-8")
    git(clone, "update-ref", "refs/remotes/origin/main", "HEAD")
    (clone / "content" / "topics.yml").write_text(
        TOPICS_YML.replace("retrieval, search", "retrieval")
    )
    assert desk.run("tell").returncode == 0
    text = desk.text.read_text(encoding="utf-8")
    assert "# Topics since origin/main" in text
    assert "1 paper of 1 with other topics" in text.replace("papers", "paper")


@needs_git
def test_mistakes_are_told_and_fail_the_run(desk: Desk) -> None:
    requested(desk, GOOD + "curation:\n  pik: '```\n\n    # @ada <img src=x>'\n")
    done = desk.run("tell")
    assert done.returncode == 1
    head, _, code = desk.text.read_text(encoding="utf-8").partition("mended:\n\n")
    assert head.startswith("# The content has mistakes\n")
    assert "pik: is not a known field; did you mean 'pick'?" in code
    assert all(line.startswith("    ") for line in code.splitlines() if line)


@needs_git
def test_one_comment_is_posted_and_brought_up_to_date(desk: Desk) -> None:
    desk.put(comments=[{"id": 1, "user": {"login": "eve"}, "body": f"{MARK} mine", "on": "5"}])
    desk.hand_over(b"# 1 new paper\n")
    assert desk.run("post").returncode == 0
    _, made = desk.world["comments"]
    assert made["on"] == "5"
    assert made["body"].startswith(f"{MARK}\n# 1 new paper\n")
    assert "https://github.example/ada/digest/actions/runs/99/artifacts/2" in made["body"]
    desk.hand_over(b"# 2 new papers\n")
    assert desk.run("post").returncode == 0
    eves, mine = desk.world["comments"]
    assert eves["body"] == f"{MARK} mine"
    assert mine["body"].startswith(f"{MARK}\n# 2 new papers\n")


@needs_git
def test_without_a_site_the_comment_names_the_run_alone(desk: Desk) -> None:
    desk.put(artifacts=[])
    desk.hand_over(b"# The content has mistakes\n")
    assert desk.run("post").returncode == 0
    body = desk.world["comments"][0]["body"]
    assert "artifacts" not in body
    assert "https://github.example/ada/digest/actions/runs/99" in body


@needs_git
@pytest.mark.parametrize(
    "pulls",
    [
        [],
        [{"number": 5, "label": "bob:fix", "head": {"sha": "b" * 40}}],
        [{"number": 5, "label": "eve:fix", "head": {"sha": SHA}}],
        [{"number": "5; touch x", "label": "bob:fix", "head": {"sha": SHA}}],
    ],
    ids=["closed", "a newer commit", "another fork", "no number"],
)
def test_a_request_that_is_another_is_left_alone(desk: Desk, pulls: list[Any]) -> None:
    desk.put(pulls=pulls)
    desk.hand_over(b"text")
    done = desk.run("post")
    assert (done.returncode, done.stdout) == (
        0,
        "No open pull request has this commit: nothing to say.\n",
    )
    assert desk.world["comments"] == []


HOSTILE = '$(touch x) `touch x` "; touch x; #\n::error::x\n::set-output name=a::b\n@ada\x00'


@needs_git
@pytest.mark.parametrize(
    "text",
    [HOSTILE.encode(), "é".encode() * 40_000, b"\xff\xfe\xf0", b"@/etc/passwd", b""],
    ids=["shell", "long", "no UTF-8", "a file's name", "empty"],
)
def test_a_text_is_a_text_whatever_it_holds(desk: Desk, text: bytes) -> None:
    branch = "$(touch x)`touch x`;&a=b"
    desk.put(pulls=[{"number": 5, "label": f"bob:{branch}", "head": {"sha": SHA}}])
    desk.hand_over(text)
    done = desk.run("post", HEAD_BRANCH=branch)
    assert done.returncode == 0, done.stderr
    assert "::" not in done.stdout
    body = desk.world["comments"][0]["body"]
    kept = text[:64000].decode(errors="replace").replace("\0", "")
    assert body.startswith(f"{MARK}\n{kept}")
    assert len(body.encode()) < 65_536
    assert not list(desk.place.rglob("x"))


@needs_git
def test_a_link_is_not_followed(desk: Desk) -> None:
    desk.text.parent.mkdir(parents=True)
    desk.text.symlink_to("/etc/hostname")
    done = desk.run("post")
    assert done.returncode == 1
    assert "there is no text" in done.stdout
    assert desk.world["comments"] == []


def test_other_words_are_refused() -> None:
    if shutil.which("bash"):
        done = subprocess.run([str(SCRIPT)], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (2, "usage: changes.sh tell | post\n")


def jobs(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((WORKFLOWS / name).read_text(encoding="utf-8"))["jobs"]
    return found


def test_who_runs_a_requests_code_may_write_nothing() -> None:
    (job,) = jobs("preview.yml").values()
    assert job["permissions"] == {"contents": "read"}
    assert "secrets" not in (WORKFLOWS / "preview.yml").read_text(encoding="utf-8")


def test_who_may_write_runs_a_script_of_main_alone() -> None:
    (job,) = jobs("comment.yml").values()
    assert job["permissions"]["contents"] == "read"
    checkout = job["steps"][0]
    assert checkout["uses"].startswith("actions/checkout@")
    assert "ref" not in checkout["with"], "the default branch, never the request's"
    assert [step["run"].split()[0] for step in job["steps"][1:]] == [
        "gh",
        ".github/scripts/changes.sh",
    ]
    for step in job["steps"]:
        assert "${{" not in step.get("run", "")
