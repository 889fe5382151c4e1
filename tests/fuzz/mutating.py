"""Bytes made from other bytes: what a fuzzer tries next where nothing tells it what was covered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

LONGEST = 1 << 14
"""Bytes of an input, at the most."""
_AWKWARD = (0x00, 0x09, 0x0A, 0x0D, 0x20, 0x22, 0x27, 0x2C, 0x2D, 0x2E, 0x3A, 0x5B, 0x5C, 0x7F, 0x80, 0xC3, 0xE2, 0xFF)


class Mutator:
    """Makes inputs of the seeds: pieces moved, bytes changed, words of the format laid in."""

    def __init__(self, seeds: Sequence[bytes], words: Sequence[bytes], random: Random) -> None:
        self._seeds, self._words, self._random = list(seeds), list(words), random

    def next(self) -> bytes:
        """An input that came from one of the seeds."""
        return self.mutated(self._random.choice(self._seeds))

    def mutated(self, data: bytes) -> bytes:
        """The bytes with a few changes."""
        ways: tuple[Callable[[bytes], bytes], ...] = (
            self._flip,
            self._put_awkward,
            self._put_word,
            self._put_word,
            self._drop,
            self._double,
            self._splice,
            self._cut,
        )
        for _ in range(self._random.choice((1, 1, 1, 2, 3, 8))):
            data = self._random.choice(ways)(data)
        return data[:LONGEST]

    def _span(self, data: bytes, most: int = 32) -> tuple[int, int]:
        first = self._random.randrange(len(data) + 1)
        return first, min(len(data), first + self._random.randrange(1, most + 1))

    def _flip(self, data: bytes) -> bytes:
        if not data:
            return data
        place = self._random.randrange(len(data))
        return data[:place] + bytes([data[place] ^ 1 << self._random.randrange(8)]) + data[place + 1 :]

    def _put_awkward(self, data: bytes) -> bytes:
        first, end = self._span(data, 2)
        return (
            data[:first]
            + bytes([self._random.choice(_AWKWARD)])
            + data[end if self._random.random() < 0.5 else first :]
        )

    def _put_word(self, data: bytes) -> bytes:
        first, end = self._span(data)
        return data[:first] + self._random.choice(self._words) + data[end if self._random.random() < 0.5 else first :]

    def _drop(self, data: bytes) -> bytes:
        first, end = self._span(data)
        return data[:first] + data[end:]

    def _double(self, data: bytes) -> bytes:
        first, end = self._span(data)
        return data[:end] + data[first:end] * self._random.choice((1, 1, 2, 70)) + data[end:]

    def _splice(self, data: bytes) -> bytes:
        other = self._random.choice(self._seeds)
        first, end = self._span(other, 64)
        place = self._random.randrange(len(data) + 1)
        return data[:place] + other[first:end] + data[place:]

    def _cut(self, data: bytes) -> bytes:
        return data[: self._random.randrange(len(data) + 1)]
