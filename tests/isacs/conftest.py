"""What most tests of unattributed posts ask of the house."""

from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings


@pytest.fixture
def one_is_enough(settings: Settings) -> None:
    """A house in which a round goes with one author: what is shown here is what its readers see of one post."""
    settings.ISAC_FEWEST_AUTHORS = 1
