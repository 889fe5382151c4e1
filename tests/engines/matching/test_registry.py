from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.engines.matching.errors import (
    InputBroken,
    OwnedTwice,
    PublicSuffixClaimed,
    TimeWithoutZone,
    Unreadable,
    ValidityEmpty,
)
from meldpunt.engines.matching.grammar import parse_address, parse_host
from meldpunt.engines.matching.reading.claims import read_claims
from meldpunt.engines.matching.registry import Registry
from meldpunt.engines.matching.values import Address, Asn, Attribution, Claim, ClaimKind, Host

START = datetime(2026, 1, 1, tzinfo=UTC)
PREFIX, DOMAIN, ASN = ClaimKind.PREFIX, ClaimKind.DOMAIN, ClaimKind.ASN


def day(number: int) -> datetime:
    return START + timedelta(days=number)


def claim(
    owner: str, kind: ClaimKind, value: str, *, since: int = 0, until: int | None = None, role: str = "holder"
) -> Claim:
    return Claim(owner, role, kind, value, day(since), None if until is None else day(until))


def owners(registry: Registry, at: int, **row: object) -> list[str]:
    return [a.owner for a in registry.attribute(at=day(at), **row)]  # type: ignore[arg-type]


def test_the_longest_valid_prefix_wins() -> None:
    registry = Registry.compile([claim("wide", PREFIX, "192.0.2.0/24"), claim("narrow", PREFIX, "192.0.2.128/25")])
    assert owners(registry, 0, address=parse_address("192.0.2.129")) == ["narrow"]
    assert owners(registry, 0, address=parse_address("::ffff:192.0.2.1")) == ["wide"]


def test_an_expired_child_falls_back_to_its_parent() -> None:
    child = claim("child", PREFIX, "2001:db8:1::/48", since=0, until=5)
    registry = Registry.compile([claim("parent", PREFIX, "2001:db8::/32"), child])
    inside = parse_address("2001:db8:1::1")
    assert owners(registry, 4, address=inside) == ["child"]
    assert owners(registry, 5, address=inside) == ["parent"]


def test_the_longest_domain_suffix_wins_at_a_label_boundary() -> None:
    registry = Registry.compile([claim("parent", DOMAIN, "example.nl"), claim("child", DOMAIN, "a.example.nl")])
    assert owners(registry, 0, host=parse_host("www.A.example.nl.")) == ["child"]
    assert owners(registry, 0, host=parse_host("b.example.nl")) == ["parent"]
    assert owners(registry, 0, host=parse_host("notexample.nl")) == []


def test_an_as_number_answers_only_where_no_prefix_does() -> None:
    registry = Registry.compile([claim("holder", PREFIX, "192.0.2.0/24"), claim("carrier", ASN, "AS64496")])
    assert owners(registry, 0, address=parse_address("192.0.2.1"), asn=Asn(64496)) == ["holder"]
    assert owners(registry, 0, address=parse_address("198.51.100.1"), asn=Asn(64496)) == ["carrier"]


def test_owners_in_different_roles_answer_together_and_a_hoster_hides_nobody() -> None:
    hospital = claim("hospital", PREFIX, "192.0.2.0/24")
    hoster = claim("hoster", PREFIX, "192.0.2.0/28", role="hoster")
    found = Registry.compile([hospital, hoster]).attribute(at=day(0), address=parse_address("192.0.2.1"))
    assert found == (
        Attribution("hospital", "holder", PREFIX, "192.0.2.0/24"),
        Attribution("hoster", "hoster", PREFIX, "192.0.2.0/28"),
    )


def test_an_owner_reached_by_address_and_by_name_counts_once() -> None:
    registry = Registry.compile([claim("a", PREFIX, "192.0.2.0/24"), claim("a", DOMAIN, "example.nl")])
    found = registry.attribute(at=day(0), address=parse_address("192.0.2.1"), host=parse_host("example.nl"))
    assert [a.by for a in found] == [PREFIX]


@pytest.mark.parametrize("suffix", ["nl", "co.uk", "github.io", "example", "foo.ck"])
def test_nobody_owns_a_public_suffix(suffix: str) -> None:
    with pytest.raises(PublicSuffixClaimed):
        Registry.compile([claim("a", DOMAIN, suffix)])


@pytest.mark.parametrize(
    ("kind", "one", "same"),
    [
        (PREFIX, "192.0.2.0/24", "::ffff:192.0.2.0/120"),
        (DOMAIN, "bücher.nl", "XN--BCHER-KVA.nl."),
        (ASN, "AS1.0", "65536"),
    ],
)
def test_two_owners_of_one_value_are_refused_however_it_is_spelled(kind: ClaimKind, one: str, same: str) -> None:
    with pytest.raises(OwnedTwice):
        Registry.compile([claim("a", kind, one), claim("b", kind, same, since=3)])


def test_a_value_may_pass_from_one_owner_to_the_next() -> None:
    registry = Registry.compile([claim("b", ASN, "64496", since=5), claim("a", ASN, "64496", until=5)])
    assert [owners(registry, at, asn=Asn(64496)) for at in (4, 5)] == [["a"], ["b"]]


def test_an_overlap_hidden_behind_a_shorter_renewal_is_seen() -> None:
    renewals = [claim("a", ASN, "64496", until=10), claim("a", ASN, "64496", since=2, until=3)]
    with pytest.raises(OwnedTwice):
        Registry.compile([*renewals, claim("b", ASN, "64496", since=8)])


def test_an_unreadable_empty_or_zoneless_claim_is_refused() -> None:
    with pytest.raises(Unreadable):
        Registry.compile([claim("a", PREFIX, "192.0.2.1/24")])
    with pytest.raises(ValidityEmpty):
        Registry.compile([claim("a", ASN, "64496", since=3, until=3)])
    with pytest.raises(TimeWithoutZone):
        Registry.compile([Claim("a", "holder", ASN, "64496", START.replace(tzinfo=None))])
    with pytest.raises(TimeWithoutZone):
        Registry.compile([]).attribute(at=START.replace(tzinfo=None), asn=Asn(1))


# A small world, so that nesting, equal values and touching validities are common.
small_prefixes = st.builds(
    lambda bits, length: str(ip_network((0xC0000200 + bits, 24 + length), strict=False)),
    st.integers(0, 255),
    st.integers(0, 8),
)
small_names = st.lists(st.sampled_from("ab"), min_size=1, max_size=3).map(lambda labels: ".".join([*labels, "nl"]))
claims = st.builds(
    lambda owner, role, value, since, length: claim(
        owner, *value, since=since, until=length and since + length, role=role
    ),
    st.sampled_from("xyz"),
    st.sampled_from(["holder", "hoster"]),
    st.tuples(st.just(PREFIX), small_prefixes)
    | st.tuples(st.just(DOMAIN), small_names)
    | st.tuples(st.just(ASN), st.sampled_from(["AS1", "AS2"])),
    st.integers(0, 6),
    st.none() | st.integers(1, 4),
)


def scan(world: list[Claim], at: datetime, address: Address, host: Host, asn: Asn) -> set[tuple[str, str]]:
    """The rule read out loud: every claim is looked at, once for each role."""
    found: set[tuple[str, str]] = set()
    for role in ("holder", "hoster"):
        valid = [c for c in world if c.role == role and c.covers(at)]
        inside = [c for c in valid if c.kind is PREFIX and address in ip_network(c.value)]
        longest = max((ip_network(c.value).prefixlen for c in inside), default=-1)
        won = [c for c in inside if ip_network(c.value).prefixlen == longest]
        won = won or [c for c in valid if c.kind is ASN and c.value == f"AS{asn}"]
        under = [c for c in valid if c.kind is DOMAIN and f".{host}".endswith(f".{c.value}")]
        deepest = max((len(c.value) for c in under), default=-1)
        found |= {(c.owner, role) for c in won + [c for c in under if len(c.value) == deepest]}
    return found


@given(st.lists(claims, max_size=14), st.integers(0, 10), st.integers(0, 255), small_names, st.sampled_from([1, 2, 3]))
def test_the_registry_answers_as_a_scan_of_every_claim(
    world: list[Claim], at: int, last: int, name: str, asn: int
) -> None:
    try:
        registry = Registry.compile(world)
    except OwnedTwice:
        return
    address, host = ip_address(0xC0000200 + last), parse_host(name)
    found = registry.attribute(at=day(at), address=address, host=host, asn=Asn(asn))
    assert {(a.owner, a.role) for a in found} == scan(world, day(at), address, host, Asn(asn))
    assert len({(a.owner, a.role) for a in found}) == len(found)
    assert registry.attribute(at=day(at), address=address, host=host, asn=Asn(asn)) == found
    assert found == Registry.compile(world[::-1]).attribute(at=day(at), address=address, host=host, asn=Asn(asn))


@given(st.lists(claims, max_size=8))
def test_double_ownership_is_refused_exactly_when_two_owners_share_an_instant(world: list[Claim]) -> None:
    shared = any(
        a.owner != b.owner
        and (a.role, a.value) == (b.role, b.value)
        and any(a.covers(day(d)) and b.covers(day(d)) for d in range(12))
        for a in world
        for b in world
    )
    try:
        Registry.compile(world)
    except OwnedTwice:
        assert shared
    else:
        assert not shared


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("owner,role\na,b\n", "its columns are not"),
        ('owner,role,kind,value,valid_from,"valid_until"x\n', "line 1"),
        ("owner,role,kind,value,valid_from,valid_until\na,owner,prefix,192.0.2.0/24\n", "fewer fields"),
        ("owner,role,kind,value,valid_from,valid_until\na,owner,prefix,192.0.2.0/24,yesterday,\n", "line 2"),
        ("owner,role,kind,value,valid_from,valid_until\na,owner,\xff,192.0.2.0/24,,\n", "line"),
    ],
)
def test_a_file_of_claims_that_cannot_be_read_says_where(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "claims.csv"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(InputBroken, match=reason):
        list(read_claims(path))
