"""What is made in units comes out the same, whoever makes it and in whatever order."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator import parallel
from generator.digest import Digest
from generator.documents import Unit, by_path, of_digest, texts, units, write_units
from generator.errors import ContentError, DigestError
from generator.folder import Folder
from generator.render import Renderer
from generator.write import Written
from tests.builders import digest, entry, write_whole
from tests.conftest import ROOT
from tests.test_build import files

SINGLE = [pytest.param(1, id="one process"), pytest.param(2, id="two processes")]


@pytest.fixture(params=SINGLE)
def cores(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many processes as a test is to have."""
    monkeypatch.setattr(parallel, "processes", lambda: request.param)


def many(number: int = 200) -> Digest:
    """Papers of some days under some topics, one of which has another address now."""
    shown = [
        entry(f"paper-{at}", f"2026-03-{1 + at % 20:02}", ["speech"] * (at % 3 == 0))
        for at in range(number)
    ]
    return digest(*shown, redirects={"gone": "paper-1"}, pages_moved={"old/": "about/"})


def own_templates(folder: Folder) -> Folder:
    """The same digest, with templates of its own instead of the project's."""
    folder.templates.unlink()
    folder.templates.mkdir()
    return folder


def plain(number: int, make: Callable[[int], bytes] = lambda at: b"%d" % at) -> list[Unit]:
    """Units of one file each."""

    def one(at: int) -> Unit:
        return Unit((f"{at:03}.txt",), lambda: (make(at),))

    return [one(at) for at in range(number)]


@pytest.mark.usefixtures("cores")
def test_a_build_is_the_same_however_many_make_it(folder: Folder) -> None:
    shown = many()
    made = units(folder, shown)
    written = write_units(folder, made)
    assert written == Written(len(by_path(made)), 0, 0)
    assert files(folder.docs) == {path: data for unit in made for path, data in texts(unit)}
    assert write_units(folder, units(folder, shown)) == Written(0, written.written, 0)


@pytest.mark.usefixtures("cores")
def test_what_is_not_wanted_any_more_goes(folder: Folder) -> None:
    write_units(folder, plain(200))
    write_whole(folder.docs / "apart" / "mine.txt", "x")
    assert write_units(folder, plain(150), ["apart/"]) == Written(0, 150, 50)
    assert (folder.docs / "apart" / "mine.txt").is_file()


def test_a_unit_can_be_made_again_by_the_path_of_any_of_its_files() -> None:
    found = by_path(of_digest(Renderer(Folder(ROOT), many(5)), many(5)))
    unit = found["papers/paper-1.bib"]
    assert unit.paths == (
        "papers/paper-1.md",
        "papers/paper-1.bib",
        "papers/paper-1.ris",
        "papers/paper-1.csl.json",
        "api/v1/papers/paper-1.json",
    )
    assert found["papers/paper-1.md"] is unit
    first = dict(texts(unit))
    assert first["papers/paper-1.bib"].startswith(b"@misc{paper-1,")
    assert dict(texts(unit)) == first


def test_two_units_cannot_make_one_file(folder: Folder) -> None:
    with pytest.raises(DigestError, match=r"001\.txt: made twice"):
        write_units(folder, [*plain(3), *plain(2)[1:]])
    assert not folder.docs.exists()


@pytest.mark.parametrize(
    "template", ["{{ paper.nothing }}", "{% if %}", "{{ paper.title|nosuch }}", "{{ 1 // 0 }}"]
)
@pytest.mark.usefixtures("cores")
def test_a_mistake_is_told_as_by_one_process(folder: Folder, template: str) -> None:
    folder = own_templates(folder)
    write_whole(folder.templates / "paper.md.j2", f"line\n{template}\n")
    shown = many()
    with pytest.raises(ContentError) as alone:
        Renderer(folder, shown).paper(shown.entries[0], ())
    with pytest.raises(ContentError) as caught:
        write_units(folder, units(folder, shown))
    assert str(caught.value) == str(alone.value)
    assert str(caught.value).startswith("templates/paper.md.j2:2")


@pytest.mark.usefixtures("cores")
def test_of_several_mistakes_that_of_the_first_unit_is_told(folder: Folder) -> None:
    def make(at: int) -> bytes:
        if at in {77, 78, 190}:
            raise ContentError(f"file-{at}", "is wrong", "mend it")
        return b"x"

    with pytest.raises(ContentError, match="file-77"):
        write_units(folder, plain(200, make))


@pytest.mark.usefixtures("cores")
def test_what_failed_for_a_moment_is_made_again(folder: Folder, tmp_path: Path) -> None:
    mark = tmp_path / "failed"

    def make(at: int) -> bytes:
        if at == 120 and not mark.exists():
            mark.touch()
            raise MemoryError
        return b"%d" % at

    assert write_units(folder, plain(200, make)).written == 200
    assert files(folder.docs) == {f"{at:03}.txt": b"%d" % at for at in range(200)}


def test_what_draws_charts_is_made_by_a_process_that_ends(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parallel, "processes", lambda: 2)
    one = Unit(("a.txt",), lambda: (str(os.getpid()),), has_charts=True)
    write_units(folder, [one, *plain(3)])
    assert (folder.docs / "a.txt").read_text() != str(os.getpid())
    monkeypatch.setattr(parallel, "processes", lambda: 1)
    write_units(folder, [one, *plain(3)])
    assert (folder.docs / "a.txt").read_text() == str(os.getpid())


def test_texts_are_made_one_after_the_other() -> None:
    """Of a unit with many pages no more than one is there at a time."""
    made = []

    def make() -> Iterator[str]:
        for at in range(3):
            made.append(at)
            yield str(at)

    found = texts(Unit(("a", "b", "c"), make))
    assert next(found) == ("a", b"0")
    assert made == [0]
    assert re.fullmatch("b", next(found)[0])
