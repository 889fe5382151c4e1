"""The compiled registry as the kernel sees it: arrays and nothing else."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt


class Tables(NamedTuple):
    """Read-only arrays. A *node* is a registered prefix, domain or AS number with what lies above it; 0 is nobody's.

    Node n has the segments `segment_offsets[n]` up to `segment_offsets[n + 1]`; a segment says from when on
    (microseconds since 1970) which answer holds. Before the first, and where the answer is 0, nobody answers.
    What is asked for together lies together: a look-up costs as many cache lines as it touches.
    """

    seed: npt.NDArray[np.uint64]
    """256 words drawn for this registry, and one odd factor: names are chosen by adversaries."""
    v4_tops: npt.NDArray[np.int32]
    """For each first half of an address, the last interval that starts at or before it; shape (65537,)."""
    v4_starts: npt.NDArray[np.uint32]
    v4_nodes: npt.NDArray[np.int32]
    v6_tops: npt.NDArray[np.int32]
    """For each first 16 bits, as above."""
    v6_highs: npt.NDArray[np.uint64]
    v6_lows: npt.NDArray[np.uint64]
    v6_nodes: npt.NDArray[np.int32]
    bloom: npt.NDArray[np.uint64]
    """One bit for each hash of a registered domain; a power of two of words."""
    slots: npt.NDArray[np.uint64]
    """Open addressing over the hash: its upper half and, in the lower, the number of the name + 1; 0 is free. A power
    of two, at most half full."""
    name_offsets: npt.NDArray[np.int32]
    name_bytes: npt.NDArray[np.uint8]
    first_name_node: npt.NDArray[np.int32]
    """One number: names have nodes that follow each other from here."""
    asns: npt.NDArray[np.uint32]
    """Open addressing over `place_of_number`; 0, which is nobody's number, is free. A power of two, a quarter full."""
    asn_nodes: npt.NDArray[np.int32]
    segment_offsets: npt.NDArray[np.int32]
    segments: npt.NDArray[np.int64]
    """Shape (segments, 2): since when, and the answer."""
