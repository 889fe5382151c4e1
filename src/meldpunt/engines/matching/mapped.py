"""Text that was rewritten but still knows where each character came from.

Finding is easier on normalised text; hiding has to happen in the source. A `MappedText` carries
both, so that a match in the rewritten text can be pointed at in the text as it was received.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MappedText:
    """`text[i]` stands for the source characters `starts[i]` up to `ends[i]`."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, source: str) -> MappedText:
        """The source as its own rewriting."""
        return cls(source, tuple(range(len(source))), tuple(range(1, len(source) + 1)))

    def span_in_source(self, start: int, end: int) -> tuple[int, int]:
        """Source offsets of `text[start:end]`. Raises ValueError for an empty or outlying span."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no characters in {start}:{end} of {len(self.text)}")
        return self.starts[start], self.ends[end - 1]

    def fold(self, rewrite: Callable[[str], str]) -> MappedText:
        """Rewrite character by character.

        A character that is rewritten to nothing (a combining accent, a zero-width space) is counted
        with the one before it, so that hiding that one hides it too.
        """
        out: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for char, start, end in zip(self.text, self.starts, self.ends, strict=True):
            written = rewrite(char)
            if not written and ends:
                ends[-1] = end
            out.append(written)
            starts.extend([start] * len(written))
            ends.extend([end] * len(written))
        return MappedText("".join(out), tuple(starts), tuple(ends))

    def replace(self, pattern: re.Pattern[str], replacement: str) -> MappedText:
        """Replace every match; each written character stands for the whole of what it replaced."""
        out: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        done = 0
        for match in pattern.finditer(self.text):
            if match.start() == match.end():
                continue
            self._copy(done, match.start(), (out, starts, ends))
            out.append(replacement)
            starts.extend([self.starts[match.start()]] * len(replacement))
            ends.extend([self.ends[match.end() - 1]] * len(replacement))
            done = match.end()
        self._copy(done, len(self.text), (out, starts, ends))
        return MappedText("".join(out), tuple(starts), tuple(ends))

    def _copy(self, start: int, end: int, into: tuple[list[str], list[int], list[int]]) -> None:
        out, starts, ends = into
        out.append(self.text[start:end])
        starts.extend(self.starts[start:end])
        ends.extend(self.ends[start:end])
