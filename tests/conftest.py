"""What all tests share: no network, a digest to work on, the command line."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

import pytest
import pytest_socket
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, settings

from generator.cli import main
from generator.folder import Folder

#: The checkout, for tests of the project's own content, templates and documents.
ROOT = Path(__file__).parent.parent

MKDOCS_YML = """\
site_name: Little Digest
site_description: A few papers a day.
site_url: https://example.org/digest/
docs_dir: build/docs
"""

TOPICS_YML = """\
topics:
  - id: retrieval
    title: Information retrieval
    description: Finding what is asked for.
    rules:
      - {phrases: [retrieval, search], weight: 10}
  - id: speech
    title: Speech & audio
    description: What is heard.
    rules:
      - {phrases: [speech, audio], weight: 10}
"""

# No deadline: how long an example takes says something about the machine, not about the code. The
# same examples on every run: a failure is found when it is made, not by whoever comes by later.
settings.register_profile(
    "digest", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("digest")


def pytest_configure() -> None:
    """Let servers that tests start be stopped by Ctrl-C, which scripts turn off behind them."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_runtest_setup() -> None:
    """Let a test reach this machine and nothing beyond it."""
    pytest_socket.socket_allow_hosts(["127.0.0.1", "::1"], allow_unix_socket=True)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A digest without papers: two topics, and the project's own templates and theme."""
    root = tmp_path / "digest"
    (root / "content" / "papers").mkdir(parents=True)
    (root / "mkdocs.yml").write_text(MKDOCS_YML, encoding="utf-8")
    (root / "content" / "topics.yml").write_text(TOPICS_YML, encoding="utf-8")
    (root / "templates").symlink_to(ROOT / "templates", target_is_directory=True)
    return Folder(root)


@pytest.fixture
def run(folder: Folder) -> Callable[..., Result]:
    """``run("ingest", path)``: the command line on that digest, output and error apart."""

    def call(*args: object) -> Result:
        return CliRunner().invoke(main, ["-C", str(folder.root), *map(str, args)])

    return call
