"""Rows to answers: one pass over the columns that say whose a row is and when it was."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from meldpunt.engines.matching.kernel.addresses import ROOM, V4, read_address_in, read_plain_address
from meldpunt.engines.matching.kernel.asking import (
    Candidates,
    answer_at,
    node_of_asn,
    node_of_v4,
    node_of_v6,
    nodes_of_names,
)
from meldpunt.engines.matching.kernel.characters import ABSENT, READ, UNREADABLE, Bytes
from meldpunt.engines.matching.kernel.compiled import makes_no_array
from meldpunt.engines.matching.kernel.instants import Clock, read_instant_by
from meldpunt.engines.matching.kernel.links import find_host
from meldpunt.engines.matching.kernel.names import LONGEST, read_host, read_plain_host
from meldpunt.engines.matching.kernel.numbers import read_asn
from meldpunt.engines.matching.kernel.tables import Tables

BY_NETWORK: Final = 0
BY_NUMBER: Final = 1
BY_NAME: Final = 2
WAYS: Final = 3

ADDRESS: Final = 0
HOST: Final = 1
URL: Final = 2
ASN: Final = 3
TIME: Final = 4
COLUMNS: Final = 5


IS_V4: Final = np.uint64(1 << 60)
IS_V6: Final = np.uint64(2 << 60)


class Fields(NamedTuple):
    """One column of a batch: row r is `data[starts[r]:ends[r]]`. No rows at all: the batch has no such column."""

    data: Bytes
    starts: npt.NDArray[np.int32]
    ends: npt.NDArray[np.int32]


class Values(NamedTuple):
    """What was read of a stretch of rows. The name of row r stands in `names[name_starts[r]:name_ends[r]]`."""

    at: npt.NDArray[np.int64]
    is_asked: npt.NDArray[np.bool_]
    versions: npt.NDArray[np.uint8]
    highs: npt.NDArray[np.uint64]
    lows: npt.NDArray[np.uint64]
    names: Bytes
    name_starts: npt.NDArray[np.int32]
    name_ends: npt.NDArray[np.int32]
    nodes: npt.NDArray[np.int32]
    room: Bytes


STRETCH: Final = 1024
"""Rows that are read before they are asked about: their values stay in the cache nearest to the processor, and look-ups
that follow each other wait for memory together."""


@njit(cache=True, nogil=True)
def attribute_rows(
    tables: Tables,
    address: Fields,
    host: Fields,
    url: Fields,
    asn: Fields,
    time: Fields,
    clock: Clock,
    otherwise_at: int,
    answers: npt.NDArray[np.int32],
    verdicts: npt.NDArray[np.uint8],
    networks: npt.NDArray[np.uint64],
) -> None:
    """Fill `answers` (rows, 3: by network, AS number, name), `verdicts` (rows, 5: of each column) and `networks`.

    A network is the /24 or /48 round the address of the row, as `network_key`; 0 where it has none.

    A time without a zone is what `clock` shows. A row without a time of its own is asked for at `otherwise_at`; one
    whose time cannot be read is asked for nothing.
    Where a verdict is UNSURE the row has to be read by the specification, and its answers mean nothing.
    """
    values = Values(
        np.empty(STRETCH, np.int64),
        np.empty(STRETCH, np.bool_),
        np.empty(STRETCH, np.uint8),
        np.empty(STRETCH, np.uint64),
        np.empty(STRETCH, np.uint64),
        np.empty(STRETCH * LONGEST, np.uint8),
        np.empty(STRETCH, np.int32),
        np.empty(STRETCH, np.int32),
        np.empty(STRETCH, np.int32),
        np.empty(ROOM, np.uint8),
    )
    candidates = Candidates(
        np.empty(4 * STRETCH, np.int32),
        np.empty(4 * STRETCH, np.int32),
        np.empty(4 * STRETCH, np.uint64),
        np.empty(4 * STRETCH, np.int64),
    )
    for first in range(0, answers.shape[0], STRETCH):
        until = min(first + STRETCH, answers.shape[0])
        _read_times(time, clock, first, until, otherwise_at, values, verdicts)
        _read_addresses(address, first, until, values, verdicts)
        place = _read_hosts(host, first, until, values, verdicts)
        _read_urls(url, first, until, values, place, verdicts)
        _ask_networks(tables, first, until, values, answers, networks)
        if host.starts.size or url.starts.size:
            _ask_names(tables, first, until, values, candidates, answers)
        _ask_numbers(tables, asn, first, until, values, answers, verdicts)


@makes_no_array
def _read_times(
    time: Fields,
    clock: Clock,
    first: int,
    until: int,
    otherwise_at: int,
    values: Values,
    verdicts: npt.NDArray[np.uint8],
) -> None:
    for row in range(first, until):
        verdict, instant = ABSENT, 0
        if time.starts.size:
            verdict, instant = read_instant_by(time.data, time.starts[row], time.ends[row], clock)
            verdicts[row, TIME] = verdict
        values.at[row - first] = instant if verdict == READ else otherwise_at
        values.is_asked[row - first] = verdict in (ABSENT, READ)


@makes_no_array
def _read_addresses(address: Fields, first: int, until: int, values: Values, verdicts: npt.NDArray[np.uint8]) -> None:
    values.versions[:] = 0
    if not address.starts.size:
        return
    for row in range(first, until):
        here = row - first
        if values.is_asked[here]:
            verdict, version, high, low = read_address_in(
                address.data, address.starts[row], address.ends[row], values.room
            )
            verdicts[row, ADDRESS] = verdict
            values.versions[here], values.highs[here], values.lows[here] = version, high, low


@makes_no_array
def _read_hosts(host: Fields, first: int, until: int, values: Values, verdicts: npt.NDArray[np.uint8]) -> int:
    """Where in `values.names` the next name may stand."""
    values.name_ends[:] = 0
    values.name_starts[:] = 0
    if not host.starts.size:
        return 0
    place = 0
    for row in range(first, until):
        here = row - first
        if values.is_asked[here]:
            verdict, length = read_host(host.data, host.starts[row], host.ends[row], values.names, place)
            verdicts[row, HOST] = verdict
            values.name_starts[here], values.name_ends[here] = place, place + length
            place += length
    return place


@makes_no_array
def _read_urls(
    url: Fields, first: int, until: int, values: Values, place: int, verdicts: npt.NDArray[np.uint8]
) -> None:
    """The host in a URL, where the row names none that can be read; or the address in it, likewise."""
    if not url.starts.size:
        return
    for row in range(first, until):
        here = row - first
        if not values.is_asked[here] or verdicts[row, HOST] not in (ABSENT, UNREADABLE):
            continue
        verdict, start, end = find_host(url.data, url.starts[row], url.ends[row])
        if verdict == READ:
            found, version, high, low = read_plain_address(url.data, start, end)
            if found != READ:
                verdict, length = read_plain_host(url.data, start, end, values.names, place)
                values.name_starts[here], values.name_ends[here] = place, place + length
                place += length
            elif verdicts[row, ADDRESS] in (ABSENT, UNREADABLE):
                values.versions[here], values.highs[here], values.lows[here] = version, high, low
        verdicts[row, URL] = verdict


@makes_no_array
def _ask_networks(
    tables: Tables,
    first: int,
    until: int,
    values: Values,
    answers: npt.NDArray[np.int32],
    networks: npt.NDArray[np.uint64],
) -> None:
    for here in range(until - first):
        version, node = values.versions[here], 0
        if version == V4:
            node = node_of_v4(tables, values.lows[here])
            networks[first + here] = IS_V4 | values.lows[here] >> np.uint64(8)
        elif version:
            node = node_of_v6(tables, values.highs[here], values.lows[here])
            networks[first + here] = IS_V6 | values.highs[here] >> np.uint64(16)
        values.nodes[here] = node
    for here in range(until - first):
        answers[first + here, BY_NETWORK] = answer_at(tables, values.nodes[here], values.at[here])


@makes_no_array
def _ask_names(
    tables: Tables, first: int, until: int, values: Values, candidates: Candidates, answers: npt.NDArray[np.int32]
) -> None:
    count = until - first
    nodes = values.nodes[:count]
    nodes_of_names(tables, values.names, values.name_starts[:count], values.name_ends[:count], nodes, candidates)
    for here in range(count):
        answers[first + here, BY_NAME] = answer_at(tables, nodes[here], values.at[here])


@makes_no_array
def _ask_numbers(
    tables: Tables,
    asn: Fields,
    first: int,
    until: int,
    values: Values,
    answers: npt.NDArray[np.int32],
    verdicts: npt.NDArray[np.uint8],
) -> None:
    if not asn.starts.size:
        return
    for row in range(first, until):
        if values.is_asked[row - first]:
            verdict, number = read_asn(asn.data, asn.starts[row], asn.ends[row])
            verdicts[row, ASN] = verdict
            if verdict == READ:
                answers[row, BY_NUMBER] = answer_at(tables, node_of_asn(tables, number), values.at[row - first])
