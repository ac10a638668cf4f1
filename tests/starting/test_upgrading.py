"""What becomes of what the generator gave, when another generator comes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import ContentError, DigestError
from generator.folder import Folder
from generator.starting.record import RECORD, digest_of, read_record, record
from generator.starting.upgrading import Step, Upgrade, apply, found, plan

OLD, NEW, MINE = b"old\n", b"new\n", b"mine\n"


@pytest.mark.parametrize(
    "there, recorded, given_, step",
    [
        (OLD, OLD, NEW, Step.RENEWED),
        (OLD, OLD, OLD, None),
        (NEW, OLD, NEW, None),
        (MINE, OLD, NEW, Step.BESIDE),
        (MINE, OLD, OLD, None),
        (MINE, None, NEW, Step.BESIDE),
        (NEW, None, NEW, None),
        (None, None, NEW, Step.ADDED),
        (None, OLD, NEW, Step.LEFT_OUT),
        (None, OLD, OLD, Step.LEFT_OUT),
        (OLD, OLD, None, Step.REMOVED),
        (MINE, OLD, None, Step.KEPT),
        (None, OLD, None, None),
        (b"old\r\n", OLD, NEW, Step.RENEWED),
        (b"old\r\n", OLD, OLD, None),
    ],
)
def test_what_becomes_of_a_file(
    there: bytes | None, recorded: bytes | None, given_: bytes | None, step: Step | None
) -> None:
    decided = plan(
        {} if given_ is None else {"a": given_},
        {} if recorded is None else {"a": digest_of(recorded)},
        {} if there is None else {"a": there},
    )
    assert decided.steps == ({} if step is None else {"a": step})
    assert decided.hashes == ({} if given_ is None else {"a": digest_of(given_)})


def test_what_somebody_removed_comes_back_if_that_is_said() -> None:
    decided = plan({"a": NEW}, {"a": digest_of(OLD)}, {}, restore=True)
    assert decided.steps == {"a": Step.ADDED}


texts = st.none() | st.sampled_from([OLD, NEW, MINE])


@given(st.dictionaries(st.sampled_from("abc"), st.tuples(texts, texts, texts)))
def test_nothing_of_a_persons_is_lost_and_twice_is_once(
    files: dict[str, tuple[bytes | None, bytes | None, bytes | None]],
) -> None:
    there = {name: one for name, (one, _, _) in files.items() if one is not None}
    recorded = {name: digest_of(one) for name, (_, one, _) in files.items() if one is not None}
    given_ = {name: one for name, (_, _, one) in files.items() if one is not None}
    first = plan(given_, recorded, there)
    after = dict(there)
    for name, step in first.steps.items():
        if step in {Step.ADDED, Step.RENEWED}:
            after[name] = given_[name]
        elif step is Step.REMOVED:
            del after[name]
    for name, data in there.items():
        if after.get(name) != data:
            assert recorded[name] == digest_of(data)
    second = plan(given_, first.hashes, after)
    assert set(second.steps.values()) <= {Step.LEFT_OUT}
    assert second.hashes == first.hashes


@pytest.fixture
def root(tmp_path: Path) -> Folder:
    for name, data in {"Makefile": OLD, "b/c.yml": MINE, "gone": OLD}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    return Folder(tmp_path)


STEPS = {"Makefile": Step.RENEWED, "b/c.yml": Step.BESIDE, "gone": Step.REMOVED, "d/e": Step.ADDED}
GIVEN = {"Makefile": NEW, "b/c.yml": NEW, "d/e": NEW}


def test_it_is_done_as_decided(root: Folder) -> None:
    apply(root, Upgrade(STEPS, {"Makefile": "x"}), GIVEN)
    files = {
        path.relative_to(root.root).as_posix(): path.read_bytes()
        for path in root.root.rglob("*")
        if path.is_file()
    }
    assert files.pop(RECORD) == record({"Makefile": "x"})
    assert files == {"Makefile": NEW, "b/c.yml": MINE, "b/c.yml.new": NEW, "d/e": NEW}
    assert found(root, {"Makefile", "nothing", "d"}) == {"Makefile": NEW}


def test_what_cannot_be_written_changes_nothing(root: Folder) -> None:
    (root.root / "d").write_bytes(MINE)  # where a folder should be
    with pytest.raises(DigestError, match=r"d: cannot be written: File exists; check the disk"):
        apply(root, Upgrade(STEPS, {}), GIVEN)
    assert (root.root / "Makefile").read_bytes() == OLD
    assert not [path for path in root.root.rglob("*") if path.name.endswith((".tmp", ".new"))]
    assert (root.root / "gone").exists()


def test_no_link_leads_out_of_the_digest(tmp_path: Path) -> None:
    elsewhere, digest = tmp_path / "elsewhere", Folder(tmp_path / "digest")
    elsewhere.mkdir()
    digest.root.mkdir()
    (elsewhere / "mine").write_bytes(OLD)
    (digest.root / "b").symlink_to(elsewhere)
    for step in (Step.REMOVED, Step.RENEWED, Step.ADDED, Step.BESIDE):
        with pytest.raises(DigestError, match=r"^b/mine: lies outside of the digest"):
            apply(digest, Upgrade({"b/mine": step}, {}), {"b/mine": NEW})
    assert [path.name for path in elsewhere.iterdir()] == ["mine"]
    assert (elsewhere / "mine").read_bytes() == OLD


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    (tmp_path / RECORD).write_bytes(record({"Makefile": "a", ".github/workflows/x.yml": "b"}))
    assert read_record(Folder(tmp_path)) == {"Makefile": "a", ".github/workflows/x.yml": "b"}


def test_without_a_record_there_is_nothing_to_renew(tmp_path: Path) -> None:
    with pytest.raises(DigestError, match="was not made by `digest new`"):
        read_record(Folder(tmp_path))


@pytest.mark.parametrize(
    "path",
    [
        *("../x", "/etc/passwd", "a/../../x", "", ".", "content/topics.yml", "mkdocs.yml"),
        *(
            "templates/home.md.j2",
            "README.md",
            ".git/config",
            RECORD,
            "a\0b",
            "./content/x",
            "CONTENT/x",
        ),
    ],
)
def test_a_record_that_names_what_is_not_given_is_refused(tmp_path: Path, path: str) -> None:
    (tmp_path / RECORD).write_bytes(record({path: "a"}))
    with pytest.raises(ContentError, match="is nothing that is given"):
        read_record(Folder(tmp_path))


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"files": 3}', '{"files": [[]]}', "\udcff", "[" * 100_000]
)
def test_a_record_that_is_none_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / RECORD).write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(ContentError, match=r"\.generator\.json: cannot be read; take it back"):
        read_record(Folder(tmp_path))
