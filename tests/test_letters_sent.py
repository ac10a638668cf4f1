"""The weekly letter, run for real: a digest and a server of mail on this machine, ``gh`` faked.

``.github/workflows/email.yml`` calls ``.github/scripts/email.sh``; what one run leaves for the next
is an artefact, which here is a folder.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.folder import Folder
from generator.storage.records import paper_text
from tests.builders import appearance, paper, write_whole
from tests.conftest import MKDOCS_YML, ROOT
from tests.postoffice import Office, open_office

SCRIPT = ROOT / ".github" / "scripts" / "email.sh"
WORKFLOW = ROOT / ".github" / "workflows" / "email.yml"
NAMES = ("DIGEST_SMTP_HOST", "DIGEST_SMTP_PORT", "DIGEST_SMTP_SECURITY", "DIGEST_SMTP_USER")
SETTINGS = {*NAMES, "DIGEST_SMTP_PASSWORD", "DIGEST_MAIL_FROM", "DIGEST_MAIL_TO"}

#: Answers as GitHub does, from ``artifacts.json`` and a folder a run.
GH = """\
import json, os, shutil, subprocess, sys
from pathlib import Path
here = Path(os.environ["FAKE_GITHUB"])
args = sys.argv[1:]
assert os.environ["GH_TOKEN"] == "token"
if (here / "down").exists():
    sys.exit("HTTP 503")
if args[:2] == ["run", "download"]:
    into = Path(args[args.index("--dir") + 1])
    assert args[3:5] == ["--name", "email-sent"]
    shutil.copytree(here / args[2], into, dirs_exist_ok=True)
else:
    assert args[:2] == ["api", "--paginate"]
    assert args[2].startswith("repos/ada/digest/actions/artifacts?name=email-sent")
    found = (here / "artifacts.json").read_text()
    subprocess.run(["jq", "-r", args[4]], input=found, text=True, check=True)
"""


def runnable() -> bool:
    """Whether there is what a build machine has: Bash, jq, and GNU's date."""
    date = subprocess.run(["date", "--version"], capture_output=True, check=False)
    return bool(shutil.which("jq") and shutil.which("bash")) and b"GNU" in date.stdout


needs_gnu = pytest.mark.skipif(not runnable(), reason="needs Bash, jq and GNU date")


@dataclass
class World:
    """A digest on a fake GitHub, and what its runs left there."""

    place: Path
    folder: Folder
    office: Office
    artifacts: list[dict[str, Any]] = field(default_factory=list)
    today: str = "2026-03-14"

    def left(self, number: int, text: str, **more: Any) -> None:
        """A file that a run left; by default a run on main of the repository itself."""
        write_whole(self.place / str(number) / "sent.txt", text)
        ran = {"id": number, "head_branch": "main", "head_repository_id": 1, "repository_id": 1}
        ran |= {name: more.pop(name) for name in list(more) if name in ran}
        made = {
            "created_at": f"2026-03-{number:02}T00:00:00Z",
            "expired": False,
            "workflow_run": ran,
        }
        self.artifacts.append({**made, **more})

    def run(self, **more: str) -> subprocess.CompletedProcess[str]:
        """Both steps of a run; what it leaves is there for the next."""
        (self.place / "artifacts.json").write_text(json.dumps({"artifacts": self.artifacts}))
        done = self.step("remember")
        if done.returncode == 0:
            done = self.step("send", **more)
            number = max((each["workflow_run"]["id"] for each in self.artifacts), default=0) + 1
            if self.sent.exists():
                self.left(number, self.sent.read_text())
        return done

    def step(self, name: str, **more: str) -> subprocess.CompletedProcess[str]:
        environment = {
            "PATH": f"{self.place / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "FAKE_GITHUB": str(self.place),
            "GH_TOKEN": "token",
            "GITHUB_REPOSITORY": "ada/digest",
            "GITHUB_STEP_SUMMARY": str(self.place / "summary"),
            "DIGEST": str(self.place / "bin" / "digest"),
            "TODAY": self.today,
            "AGAIN": "",
            "DAY": "",
            **dict.fromkeys(SETTINGS, ""),
            "DIGEST_SMTP_HOST": "127.0.0.1",
            "DIGEST_SMTP_PORT": str(self.office.port),
            "DIGEST_SMTP_SECURITY": "none",
            "DIGEST_MAIL_FROM": "editor@example.org",
            "DIGEST_MAIL_TO": "ada@example.org",
            **more,
        }
        return subprocess.run(
            [SCRIPT, name],
            cwd=self.folder.root,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def sent(self) -> Path:
        return self.folder.root / "build" / "email" / "sent.txt"

    @property
    def subjects(self) -> list[str]:
        """What came in since the last look."""
        found = [str(taken.message["Subject"]) for taken in self.office.taken]
        self.office.taken.clear()
        return found

    def edition(self, day: int, title: str) -> None:
        one = paper(f"paper-{day}", appearances=(appearance(f"2026-03-{day:02}"),))
        write_whole(self.folder.papers / "2026" / f"paper-{day}.yml", paper_text(one))
        write_whole(self.folder.editions / f"2026-03-{day:02}.yml", f"title: {title}\n")


@pytest.fixture
def world(tmp_path: Path, folder: Folder) -> Any:
    with open_office() as office:
        made = World(tmp_path, folder, office)
        signed = "extra: {subscribe_url: 'https://lists.example.org/digest'}\n"
        write_whole(folder.mkdocs_yml, MKDOCS_YML + signed)
        programs = {
            "gh": f"#!{sys.executable}\n{GH}",
            "digest": f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m generator "$@"\n',
        }
        for name, text in programs.items():
            write_whole(tmp_path / "bin" / name, text)
            (tmp_path / "bin" / name).chmod(0o755)
        made.edition(12, "Kettles")
        made.edition(13, "Pots")
        yield made


@needs_gnu
def test_a_week_goes_out_once(world: World) -> None:
    done = world.run()
    assert (done.returncode, done.stderr) == (0, "")
    assert world.subjects == ["12 to 13 March 2026: 2 papers, 2 new"]
    assert "@" not in done.stdout
    assert (world.place / "summary").read_text().startswith("sent: the editions of 2026-03-12")
    again = world.run()
    assert (again.returncode, world.subjects) == (0, [])
    assert "nothing to send" in again.stdout


@needs_gnu
def test_what_is_published_late_is_in_the_next_letter(world: World) -> None:
    world.run()
    world.edition(11, "Pans")
    world.edition(20, "Spoons")
    world.today = "2026-03-21"
    assert world.run().returncode == 0
    assert world.subjects[1:] == ["11 to 20 March 2026: 2 papers, 2 new"]


@needs_gnu
def test_what_is_older_than_two_weeks_is_left_alone(world: World) -> None:
    world.today = "2026-03-26"
    assert world.run().returncode == 0
    assert world.subjects == ["Pots (13 March 2026)"]


@needs_gnu
def test_a_run_that_sent_nothing_is_run_again(world: World) -> None:
    world.office.replies = {"DATA": "451 later"}
    failed = world.run()
    assert failed.returncode == 1
    assert "nothing was sent" in failed.stderr
    world.office.replies = {}
    assert world.run().returncode == 0
    assert len(world.subjects) == 1


@needs_gnu
def test_a_day_by_hand(world: World) -> None:
    assert world.run(DAY="2026-03-12").returncode == 0
    assert world.subjects == ["Kettles (12 March 2026)"]
    assert "went out before" in world.run(DAY="2026-03-12").stdout
    assert world.run(DAY="2026-03-12", AGAIN="true").returncode == 0
    assert world.subjects == ["Kettles (12 March 2026)"]
    world.run()
    assert world.subjects == ["Pots (13 March 2026)"]


@needs_gnu
def test_sending_again_in_vain_forgets_nothing(world: World) -> None:
    world.run()
    world.office.taken.clear()
    world.office.replies = {"DATA": "554 no"}
    assert world.run(DAY="2026-03-12", AGAIN="true").returncode == 1
    world.office.replies = {}
    assert "nothing to send" in world.run().stdout
    assert world.subjects == []


@needs_gnu
def test_a_day_that_is_none_does_nothing(world: World) -> None:
    done = world.run(DAY="--help; touch hacked", AGAIN="true")
    assert done.returncode == 2
    assert "is not a day" in done.stderr
    assert world.subjects == []
    assert not list(world.place.rglob("hacked"))


@needs_gnu
def test_what_others_left_does_not_count(world: World) -> None:
    world.left(1, "2026-03-12 <x>\n")
    world.left(2, "2026-03-13 <x>\n", head_repository_id=2)
    world.left(3, "2026-03-13 <x>\n", head_branch="another")
    world.left(4, "2026-03-13 <x>\n", expired=True)
    assert world.run().returncode == 0
    assert world.subjects == ["Pots (13 March 2026)"]


@needs_gnu
def test_without_an_answer_nothing_is_sent(world: World) -> None:
    (world.place / "down").touch()
    done = world.run()
    assert done.returncode == 1
    assert "::error title=E-mail::what was sent before cannot be asked for" in done.stdout
    assert world.subjects == []


@needs_gnu
def test_a_file_that_is_gone_sends_nothing(world: World) -> None:
    world.left(1, "")
    (world.place / "1" / "sent.txt").unlink()
    done = world.run()
    assert done.returncode == 1
    assert "is not in the file of the last run" in done.stdout
    assert world.subjects == []


@needs_gnu
def test_other_words_are_refused(world: World) -> None:
    assert world.step("last_run").returncode == 2


# --- the workflow itself ---------------------------------------------------------------------


def job() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]["send"]
    return found


def test_it_rests_until_it_is_switched_on_and_writes_nothing() -> None:
    assert "vars.DIGEST_EMAIL == 'true'" in job()["if"]
    assert set(job()["permissions"].values()) == {"read"}
    assert yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["permissions"] == {}


def test_no_expression_is_part_of_a_command_and_no_secret_of_a_file() -> None:
    for step in job()["steps"]:
        assert "${{" not in step.get("run", "")
        assert "secrets." not in json.dumps(step.get("with", {}))


def test_secrets_go_to_the_one_step_that_sends() -> None:
    with_secrets = [each for each in job()["steps"] if "secrets." in json.dumps(each)]
    assert [each["run"] for each in with_secrets] == [".github/scripts/email.sh send"]
    given = {name for name, value in with_secrets[0]["env"].items() if "secrets." in value}
    assert given == SETTINGS
    assert all(
        value == f"${{{{ secrets.{name} }}}}"
        for name, value in with_secrets[0]["env"].items()
        if name in SETTINGS
    )


def test_what_it_remembers_is_kept_longer_than_it_looks_back() -> None:
    kept = next(
        each["with"] for each in job()["steps"] if each.get("with", {}).get("retention-days")
    )
    assert kept["path"] == "build/email/sent.txt"
    assert kept["name"] == "email-sent"
    assert kept["retention-days"] > 14
