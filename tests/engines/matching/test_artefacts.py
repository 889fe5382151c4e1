"""Compiled tables on the disk are those that were written, or they are refused."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from meldpunt.engines.matching.artefacts import read_indicators, read_registry, write_indicators, write_registry
from meldpunt.engines.matching.attribution import Columns, attribute_batch, attributions_of
from meldpunt.engines.matching.compiling import CompiledRegistry, compile_registry
from meldpunt.engines.matching.compiling_indicators import compile_indicators
from meldpunt.engines.matching.errors import ArtefactBroken, Unreadable
from meldpunt.engines.matching.indicators import read_indicator
from meldpunt.engines.matching.kernel.hashing import WORDS
from meldpunt.engines.matching.registry import Registry
from meldpunt.engines.matching.values import Claim, ClaimKind, IndicatorKind

_SINCE = datetime(2026, 1, 1, tzinfo=UTC)
_NAMES = [f"organisation{number}.nl" for number in range(50)]


def _compiled(names: list[str] = _NAMES, seed: np.ndarray | None = None) -> CompiledRegistry:
    claims = [Claim(f"org-{name}", "owner", ClaimKind.DOMAIN, name, _SINCE) for name in names]
    return compile_registry(Registry.compile(claims), seed=seed)


def _owners(registry: CompiledRegistry, hosts: list[str]) -> list[list[str]]:
    batch = pa.RecordBatch.from_pydict({"host": hosts})
    found = attribute_batch(batch, registry, Columns(host="host"), otherwise_at=_SINCE)
    return [[one.owner for one in attributions_of(registry, *map(int, answer))] for answer in found.answers]


def test_tables_that_were_mapped_answer_as_those_that_were_compiled(tmp_path: Path) -> None:
    registry = _compiled()
    mapped = read_registry(write_registry(registry, tmp_path))
    assert mapped.version == registry.version
    assert _owners(mapped, _NAMES) == [[f"org-{name}"] for name in _NAMES]
    assert all(not array.flags.writeable for array in mapped.tables)


def test_a_file_with_one_other_bit_is_refused(tmp_path: Path) -> None:
    path = write_registry(_compiled(), tmp_path)
    raw = bytearray(path.read_bytes())
    raw[-100] ^= 1
    path.write_bytes(raw)
    with pytest.raises(ArtefactBroken):
        read_registry(path)


def test_a_file_under_the_name_of_another_is_refused(tmp_path: Path) -> None:
    first, second = write_registry(_compiled(), tmp_path), write_registry(_compiled(["other.nl"]), tmp_path)
    second.replace(first)
    with pytest.raises(ArtefactBroken):
        read_registry(first)


def test_a_registry_has_one_version_and_each_compilation_a_seed_of_its_own() -> None:
    one, other = _compiled(), _compiled()
    assert one.version == other.version != _compiled(_NAMES[1:]).version
    assert not np.array_equal(one.tables.seed, other.tables.seed)


def test_names_that_all_have_one_hash_are_told_apart_by_their_bytes() -> None:
    registry = _compiled(seed=np.zeros(WORDS, np.uint64))
    asked = [*_NAMES, "www.organisation7.nl", "organisation50.nl", "rganisation1.nl"]
    assert _owners(registry, asked) == [*([f"org-{name}"] for name in _NAMES), ["org-organisation7.nl"], [], []]


def test_indicators_come_back_as_they_were_written_and_no_registry_is_taken_for_them(tmp_path: Path) -> None:
    held = tuple(
        read_indicator(kind, text, id=f"one-{kind}", valid_from=begins, source="a list")
        for kind, text, begins in (
            (IndicatorKind.NETWORK, "10.0.0.0/8", None),
            (IndicatorKind.ADDRESS, "2001:db8::1", datetime(2026, 1, 1, microsecond=1, tzinfo=UTC)),
            (IndicatorKind.DOMAIN, "evil.example", datetime(2026, 1, 1, tzinfo=UTC)),
        )
    )
    compiled = compile_indicators(held)
    path = write_indicators(compiled, tmp_path)
    read = read_indicators(path)
    assert (path.suffix, read.version) == (".indicators", compiled.version)
    assert tuple(read.indicators.get(number) for number in range(len(read.indicators))) == held
    assert all(np.array_equal(one, other) for one, other in zip(read.tables, compiled.tables, strict=True))
    with pytest.raises(ArtefactBroken, match="no compiled registry"):
        read_registry(path)


def test_indicators_that_differ_in_any_part_differ_in_version() -> None:
    def version(*said: tuple[str, str]) -> str:
        held = [read_indicator(IndicatorKind.DOMAIN, "evil.example", id=id_, source=source) for id_, source in said]
        return compile_indicators(held).version

    assert version(("a", "b"), ("c", "d")) == version(("c", "d"), ("a", "b"))
    apart = [[("a\tb", "c")], [("a", "b\tc")], [("a", "bc")], [("ab", "c")], [("a", "b"), ("a", "b")], [("a", "b")]]
    inner = "\n12 1 1\tdomain\t\t\tevil.exampleab"
    apart += [[("a", f"b{inner}")]]
    assert len({version(*said) for said in apart}) == len(apart)


def test_a_text_that_nobody_can_write_is_no_indicator() -> None:
    for kind, text, name in (
        (IndicatorKind.MAIL, "\ud800@evil.example", "a"),
        (IndicatorKind.DOMAIN, "evil.example", "\ud800"),
    ):
        with pytest.raises(Unreadable, match="half a character"):
            read_indicator(kind, text, id=name)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"arrays":', b'"arrayz":'),
        (b"tables.seed", b"tables.sEed"),
        (b'"<u8"', b'"<u9"'),
        (b"[257]", b"[-25]"),
        (b"[", b"{"),
    ],
    ids=["no arrays", "another name", "no kind", "too long", "no JSON"],
)
def test_a_header_that_makes_no_sense_is_refused_under_whatever_name(tmp_path: Path, old: bytes, new: bytes) -> None:
    held = write_registry(_compiled(), tmp_path).read_bytes()
    assert old in held
    raw = held.replace(old, new, 1)
    path = tmp_path / f"{sha256(raw).hexdigest()}.registry"
    path.write_bytes(raw)
    with pytest.raises(ArtefactBroken, match="damaged"):
        read_registry(path)


def test_an_empty_file_is_no_registry(tmp_path: Path) -> None:
    path = tmp_path / f"{sha256().hexdigest()}.registry"
    path.touch()
    with pytest.raises(ArtefactBroken):
        read_registry(path)


def test_registries_that_differ_in_any_part_differ_in_version() -> None:
    def version(owner: str, role: str) -> str:
        return compile_registry(Registry.compile([Claim(owner, role, ClaimKind.ASN, "AS64496", _SINCE)])).version

    pairs = [("a\tb", "c"), ("a", "b\tc"), ("a", "bc"), ("ab", "c"), ("a\n", "b"), ("a", "\nb")]
    assert len({version(*pair) for pair in pairs}) == len(pairs)
