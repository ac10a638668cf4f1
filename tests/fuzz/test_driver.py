"""The fuzzer finds what is planted, makes it small, keeps it, and can be repeated."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import strategies as st
from markupsafe import Markup

from generator.feeds import html
from tests.fuzz import __main__ as command
from tests.fuzz import cases, driver, ingestion
from tests.fuzz.cases import Case
from tests.fuzz.driver import Finding, Session
from tests.fuzz.strategies import fields
from tests.fuzz.targets import TARGETS, Target


def target(check: Callable[[Case], None]) -> Target:
    return Target(check, ("text",), st.fixed_dictionaries({"text": st.text()}))


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "BATCH", 50)


def uncleaned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingestion, "clean", str.strip)


def unescaped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "typeset", lambda shown, **_: Markup(shown))  # noqa: S704 - planted


@pytest.mark.parametrize(
    "name,where,plant", [("clean", "text", uncleaned), ("feed", "abstract", unescaped)]
)
def test_a_planted_defect_is_found_and_made_small(
    name: str,
    where: str,
    plant: Callable[[pytest.MonkeyPatch], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plant(monkeypatch)
    quick = dataclasses.replace(TARGETS[name], cases=fields(where, longest=100))
    session = driver.run(name, quick, seed=1, batches=1)
    found = [each.case for each in session.findings.values()]
    # How small depends on what is imported: Hypothesis also tries constants of loaded modules.
    assert min(len("".join(case.values())) for case in found) <= 20
    for case in found:
        with pytest.raises(AssertionError):
            TARGETS[name].check(case)
    monkeypatch.undo()
    TARGETS[name].check(min(found, key=lambda case: len("".join(case.values()))))


def test_every_defect_is_found_once_with_its_smallest_case() -> None:
    def check(case: Case) -> None:
        assert "x" not in case["text"], "an x"
        if len(case["text"]) > 2:
            raise KeyError(case["text"])

    session = driver.run("two", target(check), seed=1, batches=3)
    found = {each.problem.split(":")[0]: each for each in session.findings.values()}
    assert len(session.findings) == 2
    assert len(found["KeyError"].case["text"]) == 3
    assert found["AssertionError"].case["text"] == "x"
    assert found["AssertionError"].problem.startswith("AssertionError: an x")
    assert all(
        each.where.startswith("tests/fuzz/test_driver.py:") for each in session.findings.values()
    )


def test_the_same_seed_tries_the_same_cases() -> None:
    def tried(seed: int) -> list[Case]:
        found: list[Case] = []
        driver.run("same", target(found.append), seed=seed, batches=2)
        return found

    assert tried(1) == tried(1)
    assert tried(1) != tried(2)


def test_nothing_is_tried_once_the_time_is_over() -> None:
    session = driver.run("over", target(lambda _: pytest.fail("tried")), seed=1, seconds=0)
    assert (session.executions, session.findings) == (0, {})


def test_a_case_that_never_ends_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def check(_: Case) -> None:
        while True:
            pass

    monkeypatch.setattr(driver, "SLOW", 0.01)
    session = driver.run("slow", target(check), seed=1, batches=1)
    assert session.findings["too slow"].case == {"text": ""}


def test_what_is_being_tried_is_on_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "trying.json"

    def check(case: Case) -> None:
        assert cases.load(path) == case

    session = driver.run("trying", target(check), seed=1, batches=1, trying=path)
    assert session.executions
    assert not session.findings
    assert not path.exists()


HOSTILE = {"text": '\x00 \ud800 \udcff \r\n \u2028 中文 😀 \\ "'}


def test_a_case_is_kept_under_a_stable_name(tmp_path: Path) -> None:
    path = cases.save(HOSTILE, tmp_path / "clean")
    assert re.fullmatch(r"found-[0-9a-f]{12}\.json", path.name)
    assert cases.save(dict(HOSTILE), tmp_path / "clean") == path
    assert list(cases.corpus("clean", tmp_path)) == [path]
    assert cases.load(path) == HOSTILE
    path.read_bytes().decode("ascii")


@pytest.mark.parametrize("text", ["[]", '{"text": 1}', "null"])
def test_what_is_no_case_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(text)
    with pytest.raises(ValueError, match="is not an object of texts; mend or remove it"):
        cases.load(path)


def test_a_finding_is_reported_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases, "CORPUS", tmp_path)
    monkeypatch.setattr(command, "TRYING", tmp_path / "trying")
    finding = Finding(HOSTILE, "AssertionError: odd", "generator/text/cleaning.py:1")
    session = Session(executions=7, seconds=2.0, findings={"": finding})
    monkeypatch.setattr(driver, "run", lambda *_, **__: session)
    result = CliRunner().invoke(command.main, ["--target", "clean", "--seed", "5"])
    assert result.exit_code == 1
    assert result.output.startswith("seed 5\nclean ")
    assert "generator/text/cleaning.py:1: AssertionError: odd" in result.output
    (path,) = cases.corpus("clean", tmp_path)
    assert str(path) in result.output
    assert cases.load(path) == HOSTILE


def test_a_run_that_finds_nothing_ends_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "TRYING", tmp_path)
    result = CliRunner().invoke(command.main, ["--seconds", "0"])
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.output.splitlines()] == ["seed", *TARGETS]
