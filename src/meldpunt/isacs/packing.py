"""The parts of a post as JSON and back. Unpacking reads only what packing wrote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from meldpunt.disclosure.values import Part
from meldpunt.law import DataKind
from meldpunt.vocabulary.bilingual import Bilingual


def pack_parts(parts: Iterable[Part]) -> list[dict[str, str]]:
    """The parts, headings in both languages."""
    return [{"kind": one.kind.value, "nl": one.heading.nl, "en": one.heading.en, "text": one.text} for one in parts]


def unpack_parts(rows: Iterable[Mapping[str, str]]) -> tuple[Part, ...]:
    """The parts of `pack_parts`."""
    return tuple(Part(DataKind(row["kind"]), Bilingual(row["nl"], row["en"]), row["text"]) for row in rows)
