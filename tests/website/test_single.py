"""Any file of the site by itself is that of the whole site."""

from __future__ import annotations

import pytest

from generator.folder import Folder
from generator.website.frame import Unfit
from generator.website.single import Single
from tests.builders import write_whole
from tests.website.conftest import ENVIRONMENT, files, plain


def single(folder: Folder, said: list[str]) -> Single:
    documents = files(folder.docs)
    return Single(folder.mkdocs_yml, documents, documents.__getitem__, ENVIRONMENT, said.append)


def test_each_file_is_that_of_mkdocs(site: Folder) -> None:
    said: list[str] = []
    found = single(site, said)
    for path, wanted in plain(site).items():
        if path != "sitemap.xml.gz":  # for programs that nobody runs on a site that is edited
            assert found.file(path) == wanted, path
    assert said == []


def test_what_is_not_there_is_nothing(site: Folder) -> None:
    found = single(site, [])
    for path in ("none.html", "papers/none/index.html", "about.md", "", "../mkdocs.yml", "assets/"):
        assert found.file(path) is None


def test_what_mkdocs_finds_wrong_is_told(site: Folder) -> None:
    said: list[str] = []
    write_whole(site.docs / "mine.md", "# Mine\n\n[gone](nowhere.md) [there](feed.xml)\n")
    assert b'href="../feed.xml"' in (single(site, said).file("mine/index.html") or b"")
    assert len(said) == 1
    assert "nowhere.md" in said[0]


def test_what_only_mkdocs_can_make_is_left_to_it(site: Folder) -> None:
    text = site.mkdocs_yml.read_text(encoding="utf-8")
    write_whole(site.mkdocs_yml, text.replace("plugins: []", "plugins: [search]"))
    with pytest.raises(Unfit, match="plugins"):
        single(site, [])
    write_whole(site.mkdocs_yml, text.replace("name: material", "name: none"))
    said: list[str] = []
    with pytest.raises(Unfit, match="Abort"):
        single(site, said)
    assert "none" in said[0]
