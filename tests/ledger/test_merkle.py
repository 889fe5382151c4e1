from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.ledger import merkle

# RFC 6962 test leaves and the roots over the first n of them (STANDARDS 10.1).
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
HASHES = [merkle.leaf_hash(bytes.fromhex(leaf)) for leaf in LEAVES]

# Inclusion of leaf 0 in 8, and consistency of 6 with 8.
INCLUSION_0_8 = [
    "lqKW0iTyhcZ77pPDD4owkVfw2qNdxbh+QQt4YwoJz8c=",
    "Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4=",
    "a0eq8p7jwq+a+Im8H7klTavTEXfxYjLdaqsDXKOb9uQ=",
]
CONSISTENCY_6_8 = [
    "DrxdNDf74tsVi58Sah0RjjCBgQMdCpSfje3t68VY72o=",
    "yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA=",
    "037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=",
]


def paths(ranges: tuple[merkle.Leaves, ...], hashes: list[bytes]) -> list[bytes]:
    def stored(subtree: merkle.Subtree) -> bytes:
        first = subtree.place << subtree.level
        return merkle.root_of(hashes[first : first + (1 << subtree.level)])

    return [merkle.hash_of(leaves, stored) for leaves in ranges]


def decoded(path: list[str] | None) -> list[bytes]:
    return [base64.b64decode(step) for step in path or []]


@pytest.mark.parametrize("size", range(9))
def test_the_root_over_n_leaves_is_the_published_one(size: int) -> None:
    assert merkle.root_of(HASHES[:size]).hex() == ROOTS[size]


def test_the_published_proofs_are_the_ones_we_make() -> None:
    assert paths(merkle.inclusion_ranges(0, 8), HASHES) == decoded(INCLUSION_0_8)
    assert paths(merkle.consistency_ranges(6, 8), HASHES) == decoded(CONSISTENCY_6_8)


def published(name: str, shared_data: Path) -> list[dict[str, object]]:
    file = shared_data.parent / "standards-data" / "merkle_rfc6962_vectors.json"
    vectors: list[dict[str, object]] = json.loads(file.read_text())[name]
    return vectors


def test_published_inclusion_proofs_are_judged_as_published(shared_data: Path) -> None:
    for vector in published("inclusion", shared_data):
        leaf, root = decoded([vector["leafHash"], vector["root"]])  # type: ignore[list-item]
        judged = merkle.is_included(
            leaf,
            position=vector["leafIdx"],  # type: ignore[arg-type]
            size=vector["treeSize"],  # type: ignore[arg-type]
            path=decoded(vector["proof"]),  # type: ignore[arg-type]
            root=root,
        )
        assert judged is not vector["wantErr"], vector


def test_published_consistency_proofs_are_judged_as_published(shared_data: Path) -> None:
    for vector in published("consistency", shared_data):
        old_root, new_root = decoded([vector["root1"], vector["root2"]])  # type: ignore[list-item]
        judged = merkle.is_consistent(
            old=vector["size1"],  # type: ignore[arg-type]
            new=vector["size2"],  # type: ignore[arg-type]
            old_root=old_root,
            new_root=new_root,
            path=decoded(vector["proof"]),  # type: ignore[arg-type]
        )
        assert judged is not vector["wantErr"], vector


trees = st.lists(st.binary(max_size=4), min_size=1, max_size=70, unique=True).map(
    lambda leaves: [merkle.leaf_hash(leaf) for leaf in leaves]
)


@given(trees, st.data())
def test_every_leaf_is_shown_at_its_own_position_and_no_other(hashes: list[bytes], data: st.DataObject) -> None:
    size = len(hashes)
    position = data.draw(st.integers(0, size - 1))
    claimed = data.draw(st.integers(0, size))
    path = paths(merkle.inclusion_ranges(position, size), hashes)
    root = merkle.root_of(hashes)
    judged = merkle.is_included(hashes[position], position=claimed, size=size, path=path, root=root)
    assert judged is (claimed == position)


@given(trees, st.data())
def test_a_tree_that_only_grew_is_consistent_with_itself_before(hashes: list[bytes], data: st.DataObject) -> None:
    old = data.draw(st.integers(1, len(hashes)))
    path = paths(merkle.consistency_ranges(old, len(hashes)), hashes)
    before, now = merkle.root_of(hashes[:old]), merkle.root_of(hashes)
    known = {"old": old, "new": len(hashes), "path": path}
    assert merkle.is_consistent(old_root=before, new_root=now, **known)  # type: ignore[arg-type]
    other = merkle.leaf_hash(before)
    assert not merkle.is_consistent(old_root=other, new_root=now, **known)  # type: ignore[arg-type]
    assert not merkle.is_consistent(old_root=before, new_root=other, **known)  # type: ignore[arg-type]


@given(trees, st.data())
def test_a_changed_longer_or_shorter_proof_shows_nothing(hashes: list[bytes], data: st.DataObject) -> None:
    size = len(hashes)
    position = data.draw(st.integers(0, size - 1))
    path = paths(merkle.inclusion_ranges(position, size), hashes)
    changed = [[*path, path[0] if path else hashes[0]], path[:-1]]
    changed += [[*path[:i], merkle.leaf_hash(path[i]), *path[i + 1 :]] for i in range(len(path))]
    for each in changed:
        if each != path:
            root = merkle.root_of(hashes)
            assert not merkle.is_included(hashes[position], position=position, size=size, path=each, root=root)


def test_the_empty_tree_precedes_every_tree_and_needs_no_proof() -> None:
    known = {"old": 0, "new": 8, "old_root": merkle.EMPTY_ROOT, "new_root": merkle.root_of(HASHES)}
    assert merkle.is_consistent(**known, path=[])  # type: ignore[arg-type]
    assert not merkle.is_consistent(**known, path=HASHES[:1])  # type: ignore[arg-type]
