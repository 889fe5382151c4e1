"""The words that a column may hold."""

from __future__ import annotations

from enum import StrEnum


def known(words: type[StrEnum]) -> list[str]:
    """Plain text, so that a migration keeps the words of its day."""
    return [word.value for word in words]
