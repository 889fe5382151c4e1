"""The law of the Netherlands, read once from the data folder inside this room."""

from importlib import resources
from typing import Final

from meldpunt.law.loading import load_law
from meldpunt.law.regimes import Law

DUTCH: Final[Law] = load_law(resources.files(__package__) / "data" / "nl")
