"""Ways in which estimating a cascade goes wrong.

CascadeError
├── Diverges        disturbances grow without end: the sectors need more of each other than they make
├── ShapesDiffer    vectors and matrices that do not belong together
├── DoesNotAddUp    rows or columns of an input-output table are not what a sector makes
├── OutOfRange      a value outside its meaning, such as a share above 1 or an output of nothing
└── UnknownNode     an outage or a dependency names a process or service that the network does not have
"""

from __future__ import annotations


class CascadeError(Exception):
    """Every error that this engine raises on purpose."""


class Diverges(CascadeError):
    """The spectral radius is 1 or more, so the model has no answer; look for a dependency estimated too strong."""

    def __init__(self, spectral_radius: float) -> None:
        self.spectral_radius = spectral_radius
        super().__init__(f"Spectral radius {spectral_radius:.3f}; it must be below 1.")


class ShapesDiffer(CascadeError):
    """Give one row, one column and one value per sector, in the same order."""


class DoesNotAddUp(CascadeError):
    """Compare the figures with their source; each may be off by its rounding, no more."""


class OutOfRange(CascadeError):
    """Correct the value that the message names."""


class UnknownNode(CascadeError):
    """Use an id of the network, or add the process to its data file or the service to its services."""
