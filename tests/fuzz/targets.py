"""What is fuzzed: by name, with inputs to begin from, words of the format, and what has to hold of every input."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module

MODULES = {
    "addresses": "of_fields",
    "hosts": "of_fields",
    "links": "of_fields",
    "numbers": "of_fields",
    "instants": "of_fields",
    "saying": "of_fields",
    "attributing": "of_rows",
    "sighting": "of_rows",
    "copying": "of_rows",
    "delimited": "of_feeds",
    "streams": "of_feeds",
    "claims": "of_feeds",
    "attribute": "of_feeds",
    "zeek": "of_logs",
    "json_lines": "of_logs",
    "rollups": "of_logs",
    "stix": "of_intelligence",
    "misp": "of_intelligence",
    "tables": "of_intelligence",
    "artefacts": "of_artefacts",
    "damaged_rollups": "of_artefacts",
}
"""The module of each, in the order in which they run."""


@dataclass(frozen=True)
class Target:
    """`examine` returns where all is well with an input, raises where it is not, and never refuses one itself."""

    seeds: Sequence[bytes]
    words: Sequence[bytes]
    examine: Callable[[bytes], None]


def load(name: str) -> Target:
    """The target; importing it compiles the kernel."""
    target: Target = import_module(f"tests.fuzz.{MODULES[name]}").TARGETS[name]
    return target
