"""The addresses, names and other values in observables of STIX 2.1 and in the comparisons of its patterns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ..feed_values import Named
from .documents import objects_in, word_of
from .patterns import Group
from .rows import (
    each_once,
    host_of_url,
    named_cves,
    named_hash,
    named_mail,
    named_url,
    read_address,
    read_host,
    read_port,
)

_Object = Mapping[str, object]

_ADDRESSES: Final = ("ipv4-addr", "ipv6-addr")
_ENDS: Final = ("src", "dst")


@dataclass(frozen=True, slots=True)
class Values:
    """What one row names."""

    address: str | None = None
    port: int | None = None
    host: str = ""
    named: tuple[Named, ...] = ()
    flaw: str = ""


def values_of_group(group: Group) -> Iterator[Values]:
    """What a group of comparisons names: once for each address in it, with the name that goes with it."""
    said = [(one.path.replace("'", "").lower(), one.value) for one in group]
    addresses = [(path, address) for path, value in said if (address := _address_at(path, value))]
    host = next((found for path, value in said if (found := _host_at(path, value))), "")
    named = each_once(*(_named_at(path, value) for path, value in said))
    for path, address in addresses:
        yield Values(address, _port_beside(path, said), host, named)
    if not addresses:
        yield Values(None, _port_beside("", said), host, named, "" if host or named else _flaw(said))


def _flaw(said: Iterable[tuple[str, str]]) -> str:
    """Why nothing could be read where an address or a host name stands."""
    reasons: list[str] = []
    for path, value in said:
        if path in ("ipv4-addr:value", "ipv6-addr:value"):
            read_address(value, reasons)
        elif path == "domain-name:value":
            reasons.append("host: not a host name")
    return "; ".join(reasons)


def values_of_object(one: _Object, others: Mapping[str, _Object]) -> Values:
    """What an observable names; of traffic its source, else where it went."""
    kind, value = word_of(one.get("type")), word_of(one.get("value"))
    if kind in _ADDRESSES:
        return Values(address=read_address(value, []))
    if kind == "url":
        address, host = host_of_url(value)
        return Values(address, None, host, named_url(value))
    if kind == "network-traffic":
        return _traffic(one, others)
    return Values(host=read_host(value)) if kind == "domain-name" else Values(named=_named_by(one, kind, value))


def _named_by(one: _Object, kind: str, value: str) -> tuple[Named, ...]:
    if kind == "email-addr":
        return named_mail(value)
    if kind == "vulnerability":
        ids = [word_of(ref.get("external_id")) for ref in objects_in(one.get("external_references"))]
        return named_cves(" ".join([word_of(one.get("name")), *ids]))
    hashes = one.get("hashes")
    return each_once(*map(named_hash, map(word_of, hashes.values()))) if isinstance(hashes, dict) else ()


def _traffic(one: _Object, others: Mapping[str, _Object]) -> Values:
    for end in _ENDS:
        other = others.get(word_of(one.get(f"{end}_ref")), {})
        value = word_of(other.get("value"))
        address = read_address(value, [])
        host = "" if address else read_host(value)
        if address or host:
            return Values(address, read_port(word_of(one.get(f"{end}_port")), []), host)
    return Values()


def _address_at(path: str, value: str) -> str | None:
    kind, _, rest = path.partition(":")
    names_one = kind in _ADDRESSES and rest == "value"
    points_at_one = rest.endswith(("src_ref.value", "dst_ref.value", "resolves_to_refs[*].value"))
    return read_address(value, []) if names_one or points_at_one else None


def _host_at(path: str, value: str) -> str:
    if path == "domain-name:value":
        return read_host(value)
    if path == "url:value":
        return host_of_url(value)[1]
    return read_host(value) if path in ("network-traffic:src_ref.value", "network-traffic:dst_ref.value") else ""


def _named_at(path: str, value: str) -> tuple[Named, ...]:
    if path == "url:value":
        return named_url(value)
    if ":hashes." in path or ".hashes." in path:
        return named_hash(value)
    if path.startswith(("email-addr:", "email-message:")):
        return named_mail(value)
    return named_cves(value) if path == "vulnerability:name" else ()


def _port_beside(path: str, said: Iterable[tuple[str, str]]) -> int | None:
    """The port of the same end as the address; of an address without an end the destination's."""
    end = "src" if ":src_ref." in path else "dst"
    return next((read_port(value, []) for other, value in said if other == f"network-traffic:{end}_port"), None)
