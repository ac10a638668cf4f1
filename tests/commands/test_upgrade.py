"""``digest upgrade``: what it does to a digest, and what it says."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator import __version__, shipped
from generator.cli import main
from generator.folder import Folder
from generator.starting.making import make
from generator.starting.parts import Wishes
from generator.starting.places import place

WHEEL = "paper_digest-{}-py3-none-any.whl"


@pytest.fixture
def made(tmp_path: Path) -> Folder:
    """A digest that has just been made, with a wheel."""
    root = tmp_path / "digest"
    make(root, Wishes("A"), place(str(wheel(tmp_path, __version__)), root))
    return Folder(root)


def wheel(place_: Path, version: str, text: str = "") -> Path:
    path = place_ / WHEEL.format(version)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("generator/_shipped/mkdocs.yml", text)
    return path


def upgrade(folder: Folder, *args: object) -> Result:
    return CliRunner().invoke(main, ["-C", str(folder.root), "upgrade", *map(str, args)])


def files(folder: Folder) -> dict[str, bytes]:
    paths = [path for path in folder.root.rglob("*") if path.is_file()]
    return {path.relative_to(folder.root).as_posix(): path.read_bytes() for path in paths}


@pytest.fixture
def next_one(made: Folder, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A generator of another day, once the digest is made: its Makefile is another, and so on."""
    root = made.root.parent / "next"
    for name in ("starter", ".github"):
        shutil.copytree(shipped.ROOT / name, root / name)
    for name in ("mkdocs.yml", "requirements.txt"):
        shutil.copy(shipped.ROOT / name, root / name)
    for name in ("starter/Makefile", ".github/workflows/publish.yml", "requirements.txt"):
        with (root / name).open("a") as file:
            file.write("# Another day\n" if name != "requirements.txt" else "new==1\n")
    monkeypatch.setattr(shipped, "ROOT", root)
    return root


def test_the_same_generator_changes_nothing(made: Folder) -> None:
    before = files(made)
    result = upgrade(made)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "everything is as this generator gives it\n"
    assert files(made) == before


def test_another_generator_renews_what_it_gave_and_nothing_else(
    made: Folder, next_one: Path
) -> None:
    before = files(made)
    result = upgrade(made)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "renewed .github/workflows/publish.yml",
        "renewed Makefile",
        "renewed requirements.txt",
    ]
    after = files(made)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {
        *(".github/workflows/publish.yml", "Makefile", "requirements.txt", ".generator.json")
    }
    assert after["Makefile"] == (next_one / "starter" / "Makefile").read_bytes()
    assert upgrade(made).stdout == "everything is as this generator gives it\n"
    assert files(made) == after


@pytest.mark.usefixtures("next_one")
def test_what_somebody_changed_is_kept_and_the_new_is_laid_beside_it_once(made: Folder) -> None:
    (made.root / "Makefile").write_text("mine:\n")
    (made.root / ".github" / "workflows" / "publish.yml").unlink()
    made.mkdocs_yml.write_text(made.mkdocs_yml.read_text() + "# mine\n")
    result = upgrade(made)
    assert result.stdout.splitlines() == [
        "left out .github/workflows/publish.yml: you have removed it (--restore brings it back)",
        "kept Makefile: you have changed it; what is new is in Makefile.new",
        "renewed requirements.txt",
    ]
    assert (made.root / "Makefile").read_text() == "mine:\n"
    assert (made.root / "Makefile.new").read_text().endswith("# Another day\n")
    after = files(made)
    upgrade(made)
    assert files(made) == after
    # Taken over: it is not offered again.
    (made.root / "Makefile.new").unlink()
    assert "Makefile" not in upgrade(made).stdout
    assert "added .github/workflows/publish.yml" in upgrade(made, "--restore").stdout
    assert upgrade(made).stdout == "everything is as this generator gives it\n"


def test_a_generator_is_changed_by_name(made: Folder, tmp_path: Path) -> None:
    path = wheel(tmp_path, "9.0.0")
    result = upgrade(made, "--generator", path)
    assert result.exit_code == 0
    old = f"vendor/{WHEEL.format(__version__)}"
    assert result.stdout.splitlines() == [
        "renewed generator.txt",
        f"removed {old}: it is of no use any more",
        "added vendor/" + path.name,
        "next: make upgrade, which installs that generator",
    ]
    assert result.stderr.startswith("digest: that generator is 9.0.0, and this one ")
    assert path.name in (made.root / "generator.txt").read_text()
    after = files(made)
    assert upgrade(made, "--generator", path).stdout == "everything is as this generator gives it\n"
    assert files(made) == after
    # Without a word about it, it stays where it is, and a stale one is said.
    result = upgrade(made)
    assert files(made) == after
    assert result.stderr == (
        f"digest: generator.txt still names 9.0.0, and this generator is {__version__}: "
        "say --generator, too\n"
    )


def test_a_wheel_of_the_same_name_and_an_edited_line_give_way(made: Folder, tmp_path: Path) -> None:
    (made.root / "generator.txt").write_text("edited\n")
    path = wheel(tmp_path, __version__, "another one")
    result = upgrade(made, "--generator", path)
    assert result.stdout.splitlines()[:2] == [
        "renewed generator.txt",
        f"renewed vendor/{path.name}",
    ]
    assert (made.root / "vendor" / path.name).read_bytes() == path.read_bytes()


def test_a_wheel_that_is_named_where_it_already_lies_stays(made: Folder) -> None:
    before = files(made)
    result = upgrade(made, "--generator", made.root / "vendor" / WHEEL.format(__version__))
    assert result.exit_code == 0
    assert files(made) == before


def test_what_an_older_mkdocs_yml_lacks_is_said(made: Folder) -> None:
    text = made.mkdocs_yml.read_text().replace("  - assets/stylesheets/list.css\n", "")
    made.mkdocs_yml.write_text(text)
    assert upgrade(made).stderr == (
        "digest: mkdocs.yml: extra_css: lacks what pages of this generator use; "
        "add `- assets/stylesheets/list.css`\n"
    )


def test_schemas_of_another_generator_are_renewed(made: Folder) -> None:
    path = made.root / "schemas" / "paper.schema.json"
    text = path.read_text(encoding="utf-8")
    path.write_text("{}")
    assert upgrade(made).stdout == "renewed schemas/\n"
    assert path.read_text(encoding="utf-8") == text
    shutil.rmtree(path.parent)
    assert upgrade(made).stdout == "everything is as this generator gives it\n"
    assert not path.parent.exists()


def test_what_is_no_such_digest_is_a_message(folder: Folder) -> None:
    result = upgrade(folder)
    assert result.exit_code == 1
    assert "was not made by `digest new` (.generator.json is not there)" in result.stderr


def test_a_place_that_is_none_changes_nothing(made: Folder) -> None:
    before = files(made)
    result = upgrade(made, "--generator", "nowhere")
    assert result.exit_code == 2
    assert files(made) == before
