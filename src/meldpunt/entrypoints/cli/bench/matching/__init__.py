"""`meldpunt bench matching`: attribution, sightings and hunts beside the programs that others would take for them."""

from .command import PARTS, run_matching

__all__ = ["PARTS", "run_matching"]
