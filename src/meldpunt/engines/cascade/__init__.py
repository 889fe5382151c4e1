"""How an outage runs through sectors and vital processes, and whether society may be disrupted by it."""

from meldpunt.engines.cascade.chances import Chance, Disruption, Verdict, verdict
from meldpunt.engines.cascade.consequence import (
    HORIZONS_HOURS,
    USUAL_RUNS,
    Consequence,
    Failure,
    Reading,
    consequence,
    runs_for,
)
from meldpunt.engines.cascade.economy import (
    EconomicSector,
    Economy,
    SectorLoss,
    dutch_economy,
    load_economy,
    sector_losses,
)
from meldpunt.engines.cascade.errors import (
    CascadeError,
    Diverges,
    DoesNotAddUp,
    OutOfRange,
    ShapesDiffer,
    UnknownNode,
)
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
from meldpunt.engines.cascade.levers import Lever
from meldpunt.engines.cascade.loading import dutch_network, load_network
from meldpunt.engines.cascade.network import (
    Band,
    Dependency,
    DependencyNetwork,
    Impact,
    NodeId,
    Process,
    Service,
)
from meldpunt.engines.cascade.outage import Interruption, Outage, Overlapping, outage_of

__all__ = [
    "HORIZONS_HOURS",
    "USUAL_RUNS",
    "Band",
    "CascadeError",
    "Chance",
    "Consequence",
    "Dependency",
    "DependencyNetwork",
    "Disruption",
    "Diverges",
    "DoesNotAddUp",
    "Driven",
    "EconomicSector",
    "Economy",
    "Failure",
    "Impact",
    "Interdependency",
    "Interruption",
    "Lever",
    "NodeId",
    "OutOfRange",
    "Outage",
    "Overlapping",
    "Process",
    "Reading",
    "SectorLoss",
    "Service",
    "ShapesDiffer",
    "UnknownNode",
    "Verdict",
    "consequence",
    "dependency_index",
    "dutch_economy",
    "dutch_network",
    "economic_loss",
    "influence_index",
    "inoperability",
    "load_economy",
    "load_network",
    "lost_time",
    "outage_of",
    "recovery_coefficient",
    "runs_for",
    "sector_losses",
    "spectral_radius",
    "technical_coefficients",
    "trajectory",
    "verdict",
]
