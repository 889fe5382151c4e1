"""The registry laid out flat, so that a row costs a look-up and no policy.

Space is cut into intervals at every edge of a prefix, so that each belongs to one narrowest prefix; time is cut for
each prefix, domain and AS number at every edge of its own claims and of those above it. What is left is one answer for
each interval and segment: the very answer `Registry.attribute` gives, because it is asked there.
"""

from __future__ import annotations

import hashlib
import secrets
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from meldpunt.engines.matching.answers import AnswerTable
from meldpunt.engines.matching.kernel.hashing import WORDS, hash_names, lay_out, lay_out_numbers
from meldpunt.engines.matching.kernel.tables import Tables
from meldpunt.engines.matching.registry import Entry, Key, Registry, narrowest, suffixes
from meldpunt.engines.matching.values import Asn, Attribution, Claim, Host

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_BLOOM_BITS_A_NAME: Final = 16
_WIDTH: Final = {4: 32, 6: 128}
_TOPS: Final = 1 << 16

_Chain = tuple[Sequence[Entry], ...]
"""The claims on one value and on each registered value above it, narrowest first."""


@dataclass(frozen=True, slots=True)
class CompiledRegistry:
    """A registry for the kernel; `answers` says who answers where the tables give a number.

    `version` is the digest of the claims alone: two compilations of the same claims have one version and, because the
    seed is drawn anew, other bytes.
    """

    version: str
    tables: Tables
    answers: AnswerTable


def compile_registry(registry: Registry, *, seed: npt.NDArray[np.uint64] | None = None) -> CompiledRegistry:
    """Lay out what the registry says. Its claims were checked when it was made.

    `seed` (shape (257,)) keys the hash of names; without one it is drawn.
    """
    nodes, entries = _Nodes(), registry.entries
    v4, v6 = _cut_space(entries, nodes, 4), _cut_space(entries, nodes, 6)
    names = sorted(key for key in entries if isinstance(key, str))
    first_name = nodes.count
    for name in names:
        nodes.add(tuple(entries[above] for above in suffixes(name) if above in entries))
    numbers = sorted(key for key in entries if isinstance(key, int))
    asn_nodes = [nodes.add((entries[number],)) for number in numbers]
    seed = drawn_seed() if seed is None else seed
    tables = Tables(
        seed=seed,
        v4_tops=_tops([start for start, _ in v4], 16),
        v4_starts=np.array([start for start, _ in v4], np.uint32),
        v4_nodes=np.array([node for _, node in v4], np.int32),
        v6_tops=_tops([start for start, _ in v6], 112),
        v6_highs=np.array([start >> 64 for start, _ in v6], np.uint64),
        v6_lows=np.array([start & 0xFFFF_FFFF_FFFF_FFFF for start, _ in v6], np.uint64),
        v6_nodes=np.array([node for _, node in v6], np.int32),
        **_hashed(seed, names),
        first_name_node=np.array([first_name], np.int32),
        **_numbered(numbers, asn_nodes),
        **nodes.laid_out(),
    )
    return CompiledRegistry(version=version_of(registry), tables=tables, answers=AnswerTable.of(nodes.answers()))


def drawn_seed() -> npt.NDArray[np.uint64]:
    """Words that nobody who chooses names can know; the factor is odd, so that no byte is lost."""
    seed = np.frombuffer(secrets.token_bytes(WORDS * 8), np.uint64).copy()
    seed[WORDS - 1] |= np.uint64(1)
    return seed


def version_of(registry: Registry) -> str:
    """SHA-256 of the claims, in an order of their own: which registry a row was asked of."""
    digest = hashlib.sha256()
    for line in sorted(_line(entry) for level in registry.entries.values() for entry in level):
        digest.update(line.encode() + b"\n")
    return digest.hexdigest()


def _line(entry: Entry) -> str:
    claim = entry.claim
    until = "" if claim.valid_until is None else str(micros(claim.valid_until))
    # The lengths say where each part ends, whatever stands in it.
    lengths = f"{len(entry.matched)} {len(claim.owner)} {len(claim.role)}"
    said = entry.matched + claim.owner + claim.role
    return "\t".join((lengths, claim.kind, str(micros(claim.valid_from)), until, said))


def micros(instant: datetime) -> int:
    """Microseconds since 1970, exact."""
    return (instant - _EPOCH) // _MICROSECOND


class _Nodes:
    """Nodes as they are found, each with its segments; answers as they are found, each once."""

    def __init__(self) -> None:
        self._offsets = [0, 0]
        self._segments: list[tuple[int, int]] = []
        self._known: dict[tuple[Attribution, ...], int] = {(): 0}

    def add(self, chain: _Chain) -> int:
        """The number of a new node for these claims."""
        before = 0
        for edge in _edges(chain):
            answer = self._number_of(narrowest(chain, edge))
            if answer != before:
                self._segments.append((micros(edge), answer))
                before = answer
        self._offsets.append(len(self._segments))
        return len(self._offsets) - 2

    def _number_of(self, found: list[Attribution]) -> int:
        each = {(one.owner, one.role): one for one in reversed(found)}
        answer = tuple(each[key] for key in sorted(each))
        return self._known.setdefault(answer, len(self._known))

    @property
    def count(self) -> int:
        return len(self._offsets) - 1

    def laid_out(self) -> dict[str, Any]:
        return {
            "segment_offsets": np.array(self._offsets, np.int32),
            "segments": np.array(self._segments, np.int64).reshape(-1, 2),
        }

    def answers(self) -> tuple[tuple[Attribution, ...], ...]:
        return tuple(self._known)


def _edges(chain: _Chain) -> list[datetime]:
    """Every instant at which a claim of the chain begins or ends."""
    claims: list[Claim] = [entry.claim for level in chain for entry in level]
    return sorted({claim.valid_from for claim in claims} | {one.valid_until for one in claims if one.valid_until})


def _cut_space(entries: Mapping[Key, Sequence[Entry]], nodes: _Nodes, version: int) -> list[tuple[int, int]]:
    """(first address, node) of each interval of the whole space, in order."""
    cuts: dict[int, int] = {0: 0}
    open_: list[tuple[int, int, _Chain]] = [(1 << _WIDTH[version], 0, ())]
    for start, length, level in _by_start(entries, version):
        _close(open_, cuts, start)
        chain: _Chain = (level, *open_[-1][2])
        node = nodes.add(chain)
        cuts[start] = node
        open_.append((start + (1 << _WIDTH[version] - length), node, chain))
    _close(open_, cuts, 1 << _WIDTH[version])
    cuts.pop(1 << _WIDTH[version], None)
    return sorted(cuts.items())


def _close(open_: list[tuple[int, int, _Chain]], cuts: dict[int, int], start: int) -> None:
    """From where an inner prefix ends on, the one round it is the narrowest again."""
    while len(open_) > 1 and open_[-1][0] <= start:
        end, _, _ = open_.pop()
        cuts[end] = open_[-1][1]


def _by_start(entries: Mapping[Key, Sequence[Entry]], version: int) -> Iterator[tuple[int, int, Sequence[Entry]]]:
    """(first address, length, claims) of each prefix; what lies round another comes before it."""
    found = [
        (key[2] << _WIDTH[version] - key[1], key[1], level)
        for key, level in entries.items()
        if isinstance(key, tuple) and key[0] == version
    ]
    return iter(sorted(found, key=lambda one: one[:2]))


def _tops(starts: list[int], shift: int) -> npt.NDArray[np.int32]:
    """For each first half the last interval that starts at or before it."""
    return np.array([bisect_right(starts, top << shift) - 1 for top in range(_TOPS + 1)], np.int32)


def _hashed(seed: npt.NDArray[np.uint64], names: list[Host]) -> dict[str, Any]:
    written = [name.encode("ascii") for name in names]
    offsets = np.zeros(len(names) + 1, np.int32)
    np.cumsum([len(name) for name in written], out=offsets[1:])
    joined = np.frombuffer(b"".join(written) or b"\0", np.uint8)
    hashes = hash_names(seed, joined, offsets)
    slots = np.zeros(_power_of_two(2 * len(names)), np.uint64)
    bloom = np.zeros(_power_of_two(_BLOOM_BITS_A_NAME * len(names) // 64), np.uint64)
    lay_out(hashes, slots, bloom)
    return {"bloom": bloom, "slots": slots, "name_offsets": offsets, "name_bytes": joined}


def _numbered(numbers: list[Asn], nodes: list[int]) -> dict[str, Any]:
    size = _power_of_two(4 * len(numbers) + 1)
    slots, slot_nodes = np.zeros(size, np.uint32), np.zeros(size, np.int32)
    lay_out_numbers(np.array(numbers, np.uint32), np.array(nodes, np.int32), slots, slot_nodes)
    return {"asns": slots, "asn_nodes": slot_nodes}


def _power_of_two(least: int) -> int:
    return 1 << max(least - 1, 0).bit_length()
