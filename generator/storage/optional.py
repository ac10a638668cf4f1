"""Files of ``content/`` that a digest need not have."""

from __future__ import annotations

from pathlib import Path

from generator.errors import ContentError
from generator.folder import Folder
from generator.storage import yamlio
from generator.storage.fields import Fields


def optional_fields(path: Path, folder: Folder, errors: list[ContentError]) -> Fields | None:
    """The fields of a file; ``None`` if it is not there or cannot be read.

    A file that holds nothing has no fields. Mistakes go to ``errors``.
    """
    if not path.is_file():
        return None
    name = folder.name(path)
    try:
        text = yamlio.text_of(path, name)
        value = yamlio.load(text, name)
    except ContentError as error:
        errors.append(error)
        return None
    return Fields({} if value is None else value, name, text, errors)
