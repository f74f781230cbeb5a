"""Every test of this room stands on the same spring day."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.casework.journeys import TODAY

from egenmakt.foundation import clock


@pytest.fixture(autouse=True)
def spring() -> Iterator[None]:
    """Monday 20 April 2026."""
    with clock.at(TODAY):
        yield
