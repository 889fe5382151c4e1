"""The markings in a bundle of STIX: the traffic light of version 1.0 and 2.0, on objects and on parts of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from meldpunt.vocabulary.errors import UnknownMarking
from meldpunt.vocabulary.markings import TLP, parse_tlp, tlp_from_stix

from .documents import objects_in, texts_of, word_of

_Object = Mapping[str, object]


def markings_of(objects: Sequence[_Object]) -> tuple[set[TLP], bool]:
    """Every traffic light that anything in it bears, and whether it bears a marking that is none we know."""
    told = {word_of(one.get("id")): one for one in objects if one.get("type") == "marking-definition"}
    found: set[TLP] = set()
    unknown = False
    for ref in set(_refs(objects)):
        tlp = _tlp_of(ref, told.get(ref, {}))
        if tlp:
            found.add(tlp)
        elif told.get(ref, {}).get("definition_type") != "statement":
            unknown = True
    return found, unknown


def _refs(objects: Sequence[_Object]) -> Iterator[str]:
    for one in objects:
        yield from texts_of(one.get("object_marking_refs"))
        for part in objects_in(one.get("granular_markings")):
            yield from texts_of(part.get("marking_ref", []))


def _tlp_of(ref: str, told: _Object) -> TLP | None:
    definition = told.get("definition")
    said = word_of(definition.get("tlp")) if isinstance(definition, dict) else ""
    for read, written in ((tlp_from_stix, ref), (parse_tlp, said), (parse_tlp, _name_of(told))):
        try:
            return read(written)
        except UnknownMarking:
            continue
    return None


def _name_of(told: _Object) -> str:
    """A definition of TLP 2.0 bears the label as its name."""
    name = word_of(told.get("name"))
    return name if name.upper().startswith("TLP:") else ""
