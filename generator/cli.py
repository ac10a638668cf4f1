"""The command line: ``digest [-C DIR] COMMAND``. Every command is a module of ``commands``.

Exit status 0: done; 1: the content or an input is at fault; 2: wrong usage.
"""

from __future__ import annotations

import errno
import sys
from importlib import import_module
from pathlib import Path

import click

from generator import __version__
from generator.errors import DigestError, UsageError
from generator.folder import Folder

#: Commands in the order of the help: that of a curator's day, from the first one on.
COMMANDS = (
    "new",
    "ingest",
    "fetch",
    "enrich",
    "candidates",
    "curate",
    "form",
    "edition",
    "check",
    "schemas",
    "diff",
    "build",
    "serve",
    "email",
    "explain",
    "topics",
    "evaluate",
    "export",
    "upgrade",
)


class Commands(click.Group):
    """Commands whose modules are imported when they are called: each pays for its own imports."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """All commands, in the order of :data:`COMMANDS`."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of a name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"generator.commands.{cmd_name}").command
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; what a user can mend becomes a message and an exit status."""
        try:
            return super().invoke(ctx)
        except DigestError as error:
            for line in str(error).splitlines():
                click.echo(f"digest: {line}", err=True)
            ctx.exit(2 if isinstance(error, UsageError) else 1)
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise  # click ends quietly when nobody reads on
            where = f"{error.filename}: " if error.filename else ""
            click.echo(f"digest: {where}{error.strerror}; check disk and rights", err=True)
            ctx.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-C",
    "root",
    default=".",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Work on the digest in DIR instead of the current folder.",
)
@click.version_option(__version__, prog_name="digest")
@click.pass_context
def main(ctx: click.Context, root: Path) -> None:
    """Make a website of a curated digest of research papers."""
    ctx.obj = Folder(root.resolve())


if __name__ == "__main__":
    sys.exit(main())
