"""The line by which editors find the schema of a file of ``content/``.

Red Hat's YAML language server reads it, which VS Code, Neovim, Emacs and others use; to everything
else it is a comment.
"""

from __future__ import annotations

from pathlib import PurePosixPath

#: The folder of the schemas, in a digest's folder.
SCHEMAS = "schemas"
_SIGN = "# yaml-language-server:"


def schema_name(kind: str) -> str:
    """The file of a schema."""
    return f"{kind}.schema.json"


def modeline(kind: str, name: str) -> str:
    """The first line of a file.

    Args:
        kind: What the file is: ``paper``, ``edition``, …
        name: Where it is in the digest's folder, such as ``content/topics.yml``.
    """
    up = "../" * (len(PurePosixPath(name).parts) - 1)
    return f"{_SIGN} $schema={up}{SCHEMAS}/{schema_name(kind)}\n"


def with_modeline(text: str, kind: str, name: str) -> str:
    """A file with that line; one that names a schema already stays as it is."""
    return text if text.startswith(_SIGN) else modeline(kind, name) + text
