"""Where a digest has pages, and where addresses lead that pages left."""

from __future__ import annotations

from collections.abc import Iterable

from generator.digest import Digest


def addresses(digest: Digest, pages: Iterable[str]) -> set[str]:
    """Pages that somebody may have kept the address of; ``pages`` are the hand-written ones."""
    return {
        *(entry.address for entry in digest.entries),
        *(topic.ref.address for topic in digest.topics),
        *(edition.address for edition in digest.editions),
        *pages,
    }


def redirects(digest: Digest) -> dict[str, str]:
    """Addresses that papers and topics left, and those to which they lead."""
    return {
        **{f"papers/{old}/": f"papers/{new}/" for old, new in digest.redirects.items()},
        **{f"topics/{old}/": ref.address for old, ref in digest.topics_moved.items()},
    }
