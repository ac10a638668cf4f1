from __future__ import annotations

import pytest

from generator.console.wording import size


@pytest.mark.parametrize(
    "number, said",
    [
        *((0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1000, "1 kB"), (40_400, "40 kB")),
        *((999_499, "999 kB"), (999_500, "1.0 MB"), (4_140_000, "4.1 MB")),
        *((999_960_000, "1.0 GB"), (1_234_000_000, "1.2 GB"), (5_000_000_000_000, "5000.0 GB")),
    ],
)
def test_a_size_is_said_in_the_unit_that_suits(number: int, said: str) -> None:
    assert size(number) == said
