"""How an outage runs through sectors and vital processes, and whether society may be disrupted by it."""

from meldpunt.engines.cascade.consequence import (
    FAILS_FROM,
    HORIZONS_HOURS,
    Consequence,
    Disruption,
    Lever,
    Reading,
    consequence,
)
from meldpunt.engines.cascade.errors import CascadeError, Diverges, OutOfRange, ShapesDiffer, UnknownProcess
from meldpunt.engines.cascade.inoperability import (
    economic_loss,
    inoperability,
    lost_time,
    recovery_coefficient,
    trajectory,
)
from meldpunt.engines.cascade.interdependency import (
    Driven,
    Interdependency,
    dependency_index,
    influence_index,
    spectral_radius,
    technical_coefficients,
)
from meldpunt.engines.cascade.network import (
    Band,
    Dependency,
    DependencyNetwork,
    Impact,
    Process,
    Run,
    dutch_network,
    load_network,
)
from meldpunt.engines.cascade.spread import Outage, spread

__all__ = [
    "FAILS_FROM",
    "HORIZONS_HOURS",
    "Band",
    "CascadeError",
    "Consequence",
    "Dependency",
    "DependencyNetwork",
    "Disruption",
    "Diverges",
    "Driven",
    "Impact",
    "Interdependency",
    "Lever",
    "OutOfRange",
    "Outage",
    "Process",
    "Reading",
    "Run",
    "ShapesDiffer",
    "UnknownProcess",
    "consequence",
    "dependency_index",
    "dutch_network",
    "economic_loss",
    "influence_index",
    "inoperability",
    "load_network",
    "lost_time",
    "recovery_coefficient",
    "spectral_radius",
    "spread",
    "technical_coefficients",
    "trajectory",
]
