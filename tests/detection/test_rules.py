from __future__ import annotations

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.detection.errors import IndicatorRefused, IndicatorTooBroad, IndicatorUnreadable
from meldpunt.detection.rules import indicator_id, normal_value, quiet_uuid
from meldpunt.detection.values import IndicatorKind as Kind
from meldpunt.engines.redaction.personal import find_personal


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        (Kind.ADDRESS, "198.51.100[.]7", "198.51.100.7"),
        (Kind.ADDRESS, "2001:DB8::0001", "2001:db8::1"),
        (Kind.NETWORK, "203.0.113.0/24", "203.0.113.0/24"),
        (Kind.DOMAIN, "Kwaad[.]Example.", "kwaad.example"),
        (Kind.URL, "hxxps://kwaad.example/Pad", "https://kwaad.example/Pad"),
        (Kind.MAIL, "iemand@Kwaad.example", "iemand@kwaad.example"),
        (Kind.HASH, "AB" * 32, "ab" * 32),
    ],
)
def test_every_spelling_has_one_normal_form(kind: Kind, written: str, value: str) -> None:
    assert normal_value(kind, written) == value


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        (Kind.ADDRESS, "10.0.0.1"),
        (Kind.ADDRESS, "127.0.0.1"),
        (Kind.ADDRESS, "169.254.1.1"),
        (Kind.ADDRESS, "224.0.0.1"),
        (Kind.ADDRESS, "100.64.0.1"),
        (Kind.ADDRESS, "fe80::1"),
        (Kind.ADDRESS, "fd00::1"),
        (Kind.NETWORK, "11.0.0.0/15"),
        (Kind.NETWORK, "2a00::/31"),
        (Kind.NETWORK, "0.0.0.0/0"),
        (Kind.DOMAIN, "nl"),
        (Kind.DOMAIN, "co.uk"),
        (Kind.DOMAIN, "github.io"),
        (Kind.URL, "http://192.168.1.1/login"),
        (Kind.URL, "http://intranet/login"),
        (Kind.MAIL, "iemand@co.uk"),
        (Kind.HASH, "d41d8cd98f00b204e9800998ecf8427e"),
    ],
)
def test_what_is_everybodys_is_no_indicator(kind: Kind, written: str) -> None:
    with pytest.raises(IndicatorTooBroad):
        normal_value(kind, written)


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("written", ["", " ", "\0", "10.0.0", "a b", "@", "é" * 300])
def test_nonsense_is_refused_with_a_reason(kind: Kind, written: str) -> None:
    with pytest.raises(IndicatorUnreadable):
        normal_value(kind, written)


@given(st.sampled_from(list(Kind)), st.text(max_size=40))
def test_any_text_has_a_stable_normal_form_or_is_refused(kind: Kind, written: str) -> None:
    try:
        value = normal_value(kind, written)
    except IndicatorRefused:
        return
    assert normal_value(kind, value) == value


def test_same_kind_and_value_have_the_same_id_everywhere() -> None:
    namespace = uuid.uuid5(uuid.NAMESPACE_DNS, "indicators.meldpunt.example")
    assert indicator_id(Kind.ADDRESS, "198.51.100.7") == uuid.uuid5(namespace, "address:198.51.100.7")


def test_no_id_looks_like_somebodys_number() -> None:
    assert not any(find_personal(f"indicator--{quiet_uuid(str(seed))}") for seed in range(2_000))
