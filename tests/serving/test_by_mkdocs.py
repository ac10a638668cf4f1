"""MkDocs' own server."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.errors import DigestError
from generator.folder import Folder
from generator.serving.by_mkdocs import run_server


def test_a_server_that_is_not_installed_is_named(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    with pytest.raises(DigestError, match="mkdocs is not installed"):
        run_server(folder, "127.0.0.1:1")
