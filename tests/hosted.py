"""A repository on a GitHub of this machine: real Git in temporary folders, and a fake ``gh``.

Scripts of workflows run in clones of it as they do in jobs; what one job hands to the next is a
folder that a test copies.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import pytest

from tests.conftest import ROOT

needs_git = pytest.mark.skipif(
    not (shutil.which("git") and shutil.which("jq") and shutil.which("bash")),
    reason="needs Git, bash and jq",
)

#: Answers as GitHub does, from and to ``pulls.json`` and ``comments.json``; every call is a line of
#: ``calls.jsonl``. The site is published if there is a file ``pages``.
GH = """\
import json, os, subprocess, sys
from pathlib import Path
here = Path(os.environ["FAKE_GITHUB"])
args = sys.argv[1:]
with (here / "calls.jsonl").open("a") as calls:
    print(json.dumps(args), file=calls)
assert os.environ["GH_TOKEN"] == "token"
given = dict(args[i + 1].split("=", 1) for i, arg in enumerate(args) if arg in {"-f", "-F"})
given = {k: Path(v[1:]).read_text() if v[:1] == "@" else v for k, v in given.items()}
path = next(arg for arg in args if arg.startswith("repos/"))
method = args[args.index("--method") + 1] if "--method" in args else "GET"

def answer(found):
    if "--jq" in args:
        asked = ["jq", "-r", args[args.index("--jq") + 1]]
        subprocess.run(asked, input=json.dumps(found), text=True, check=True)

def last(kept, number):
    return next(each for each in kept if each["number"] == int(number))

if path.endswith("/pages"):
    if not (here / "pages").exists():
        print('{"message":"Not Found","status":"404"}')
        sys.exit(1)
    answer({"html_url": (here / "pages").read_text()})
    sys.exit()
if "/statuses/" in path:
    (here / "status.json").write_text(json.dumps({"commit": path.rpartition("/")[2], **given}))
    sys.exit()
store = here / ("comments.json" if "/issues/" in path else "pulls.json")
kept = json.loads(store.read_text()) if store.exists() else []
if method == "PATCH":
    last(kept, path.rpartition("/")[2]).update(given)
elif method == "POST" and store.name == "comments.json":
    user = {"login": "github-actions[bot]"}
    number = len(kept) + 1
    kept.append({"number": number, "id": number, "on": path.split("/")[4], "user": user, **given})
elif method == "POST":
    if (here / "forbidden").exists():
        print('{"message":"Forbidden","status":"403"}')
        sys.exit("GitHub Actions is not permitted to create or approve pull requests")
    repo = {"full_name": "ada/digest"}
    head = {"ref": given.pop("head"), "repo": repo}
    kept.append({"number": len(kept) + 1, **given, "head": head, "base": {"repo": repo}})
    answer(kept[-1])
elif store.name == "comments.json":
    answer([each for each in kept if each["on"] == path.split("/")[4]])
else:
    wanted = path.rpartition(":")[2]
    state = "closed" if "state=closed" in path else "open"
    mine = [each for each in kept if each["head"]["ref"] == wanted]
    answer([each for each in mine if each.get("state", "open") == state])
store.write_text(json.dumps(kept))
"""


@dataclass
class Done:
    """How a step ended, and what it told the workflow."""

    status: int
    said: str
    outputs: Mapping[str, str]


@dataclass
class Hosted:
    """A repository on a fake GitHub."""

    place: Path
    script: ClassVar[Path]

    @property
    def origin(self) -> Path:
        return self.place / "origin.git"

    @property
    def pulls(self) -> list[dict[str, Any]]:
        return self._kept("pulls.json")

    @property
    def comments(self) -> list[dict[str, Any]]:
        return self._kept("comments.json")

    def _kept(self, name: str) -> list[dict[str, Any]]:
        path = self.place / name
        kept: list[dict[str, Any]] = json.loads(path.read_text()) if path.exists() else []
        return kept

    def set_pulls(self, *pulls: Mapping[str, Any]) -> None:
        (self.place / "pulls.json").write_text(json.dumps(pulls))

    @property
    def calls(self) -> list[list[str]]:
        path = self.place / "calls.jsonl"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def git(self, *args: str, at: Path | None = None) -> str:
        done = subprocess.run(
            ["git", *args],
            cwd=at or self.origin,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    @property
    def environment(self) -> dict[str, str]:
        me = {f"GIT_{who}_{what}": "x@example.org" for who in ("AUTHOR", "COMMITTER")
              for what in ("NAME", "EMAIL")}  # fmt: skip
        return {
            **{k: v for k, v in os.environ.items() if not k.startswith("GIT")},
            **me,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
        }

    def begin(self, files: Mapping[str, str], module: str) -> None:
        """Make the repository, ``gh``, and ``digest``, which is a module of the tests."""
        python = sys.executable
        program(self.place / "bin" / "gh", f"#!{python}\n{GH}")
        program(
            self.place / "bin" / "digest",
            f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{python}" -m {module} "$@"\n',
        )
        self.set_pulls()
        self.git("init", "--quiet", "--bare", "-b", "main", str(self.origin), at=self.place)
        main = self.place / "main"
        self.git("clone", "--quiet", str(self.origin), str(main), at=self.place)
        for name, text in files.items():
            (main / name).parent.mkdir(parents=True, exist_ok=True)
            (main / name).write_text(text)
        self.git("checkout", "--quiet", "-B", "main", at=main)
        self.git("add", "-A", at=main)
        self.git("commit", "--quiet", "-m", "Begin", at=main)
        self.git("push", "--quiet", "origin", "main", at=main)

    def step(self, clone: str, name: str, **more: str) -> Done:
        """One step of a job, in its clone."""
        told = {name: self.place / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for path in told.values():
            path.write_text("")
        environment = {
            **{k: v for k, v in self.environment.items() if not k.endswith(("NAME", "EMAIL"))},
            **{name: str(path) for name, path in told.items()},
            "PATH": f"{self.place / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "FAKE_GITHUB": str(self.place),
            "GH_TOKEN": "token",
            "GITHUB_REPOSITORY": "ada/digest",
            "GITHUB_RUN_ID": "7",
            "GITHUB_SERVER_URL": "https://github.example",
            "DIGEST": str(self.place / "bin" / "digest"),
            "NO_PROXY": "127.0.0.1",
            **more,
        }
        done = subprocess.run(
            [str(self.script), name],
            cwd=self.place / clone,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        lines = told["GITHUB_OUTPUT"].read_text().splitlines()
        return Done(
            done.returncode,
            done.stdout + done.stderr,
            dict(line.split("=", 1) for line in lines),
        )

    def clone(self, name: str) -> Path:
        """A fresh checkout of main, as each job begins with."""
        path = self.place / name
        shutil.rmtree(path, ignore_errors=True)
        self.git("clone", "--quiet", "--branch", "main", str(self.origin), str(path), at=self.place)
        return path

    def commit(self, branch: str, name: str, text: str) -> None:
        """What somebody pushes."""
        path = self.clone("somebody")
        self.git("checkout", "--quiet", branch, at=path)
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(text)
        self.git("add", "-A", at=path)
        self.git("commit", "--quiet", "-m", "Edit", at=path)
        self.git("push", "--quiet", "origin", f"HEAD:{branch}", at=path)

    def branches(self) -> list[str]:
        return self.git("branch", "--format=%(refname:short)").splitlines()

    def at(self, branch: str) -> Path:
        """A checkout of a branch."""
        path = self.clone("look")
        self.git("checkout", "--quiet", branch, at=path)
        return path


def program(path: Path, text: str) -> None:
    """A program, to be found on the path of a step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
