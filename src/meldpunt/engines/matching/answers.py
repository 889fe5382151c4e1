"""Who answers, under the number by which the kernel says it: laid out flat, read when somebody asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from meldpunt.engines.matching.cells import harmless
from meldpunt.engines.matching.values import Attribution, ClaimKind

_KINDS = tuple(ClaimKind)


class Words(NamedTuple):
    """Texts by number: UTF-8, one behind the other."""

    offsets: npt.NDArray[np.int64]
    held: npt.NDArray[np.uint8]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Words:
        """The texts in their order."""
        written = [text.encode() for text in texts]
        offsets = np.zeros(len(written) + 1, np.int64)
        np.cumsum([len(text) for text in written], out=offsets[1:])
        return cls(offsets, np.frombuffer(b"".join(written) or b"\0", np.uint8))

    def get(self, number: int) -> str:
        """The text with this number."""
        return bytes(self.held[self.offsets[number] : self.offsets[number + 1]]).decode()


class AnswerTable(NamedTuple):
    """Answer k is the attributions `offsets[k]` up to `offsets[k + 1]`; answer 0 is nobody."""

    offsets: npt.NDArray[np.int32]
    owners: npt.NDArray[np.int32]
    roles: npt.NDArray[np.int32]
    kinds: npt.NDArray[np.uint8]
    matches: npt.NDArray[np.int32]
    owner_words: Words
    role_words: Words
    match_words: Words
    lines: Words
    """How each attribution is written behind a row in a package: way, value and role, as cells of CSV."""

    @classmethod
    def of(cls, answers: Sequence[Sequence[Attribution]]) -> AnswerTable:
        """Lay the answers out."""
        each = [one for answer in answers for one in answer]
        owners, roles = sorted({one.owner for one in each}), sorted({one.role for one in each})
        matches = sorted({one.matched for one in each})
        offsets = np.zeros(len(answers) + 1, np.int32)
        np.cumsum([len(answer) for answer in answers], out=offsets[1:])
        return cls(
            offsets,
            _numbered([one.owner for one in each], owners),
            _numbered([one.role for one in each], roles),
            np.array([_KINDS.index(one.by) for one in each], np.uint8),
            _numbered([one.matched for one in each], matches),
            Words.of(owners),
            Words.of(roles),
            Words.of(matches),
            Words.of(_line(one) for one in each),
        )

    def get(self, answer: int) -> tuple[Attribution, ...]:
        """Everyone in the answer with this number."""
        return tuple(
            Attribution(
                self.owner_words.get(self.owners[place]),
                self.role_words.get(self.roles[place]),
                _KINDS[self.kinds[place]],
                self.match_words.get(self.matches[place]),
            )
            for place in range(self.offsets[answer], self.offsets[answer + 1])
        )


def _line(one: Attribution) -> str:
    return ",".join('"{}"'.format(harmless(word).replace('"', '""')) for word in (one.by, one.matched, one.role))


def _numbered(texts: list[str], known: list[str]) -> npt.NDArray[np.int32]:
    number = {text: place for place, text in enumerate(known)}
    return np.array([number[text] for text in texts], np.int32)
