"""The strict grammar; the spellings are those of the traps that were met (RFC 6943, section 3.1.1)."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.engines.matching.defanging import defang
from meldpunt.engines.matching.errors import Unreadable
from meldpunt.engines.matching.grammar import (
    parse_address,
    parse_asn,
    parse_endpoint,
    parse_host,
    parse_prefix,
    parse_url,
)

addresses = st.ip_addresses(v=4) | st.ip_addresses(v=6)


@pytest.mark.parametrize(
    "text",
    [
        "10.0.0.01",
        "010.0.0.1",
        "1.2.3",
        "127.1",
        "0x7f.0.0.1",
        "2130706433",
        "1.2.3.256",
        "1.2.3.4.5",
        "+1.2.3.4",
        "1.2.3.4/32",
        "fe80::1%eth0",
        "::ffff:1.2.3.04",
        "1::2::3",
        "[192.0.2.1]",
        "١.٢.٣.٤",
        "",
        " ",
        "\x00",
    ],
)
def test_no_second_spelling_of_an_address_is_read(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse_address(text)
    assert refused.value.kind == "address"


@pytest.mark.parametrize(
    "text", ["192.0.2.7", " 192.0.2.7\r\n", "192[.]0[.]2[.]7", "::ffff:192.0.2.7", "::FFFF:C000:207"]
)
def test_spellings_that_are_safe_to_fold_give_one_address(text: str) -> None:
    assert parse_address(text) == IPv4Address("192.0.2.7")


@given(addresses)
def test_an_address_reads_back_from_its_text_and_its_defanged_text(address: IPv4Address | IPv6Address) -> None:
    expected = getattr(address, "ipv4_mapped", None) or address
    assert parse_address(str(address)) == expected
    assert parse_address(defang(str(address))) == expected


@given(st.text())
def test_any_text_is_an_address_or_unreadable_and_never_anything_else(text: str) -> None:
    try:
        address = parse_address(text)
    except Unreadable:
        return
    assert parse_address(str(address)) == address


@pytest.mark.parametrize("text", ["64:ff9b::c000:201", "2002:c000:201::"])
def test_who_owns_the_address_inside_a_transition_address_does_not_own_it(text: str) -> None:
    assert parse_address(text) == ip_address(text)


@pytest.mark.parametrize("text", ["192.0.2.0/24", "192.0.2.1/32", "2001:db8::/32", "0.0.0.0/0", "::/0"])
def test_a_prefix_is_read_as_written(text: str) -> None:
    assert parse_prefix(text) == ip_network(text)


@pytest.mark.parametrize(
    ("text", "network"),
    [
        ("192.0.2.1", "192.0.2.1/32"),
        ("192[.]0[.]2[.]0/24", "192.0.2.0/24"),
        ("::ffff:192.0.2.0/120", "192.0.2.0/24"),
        ("::ffff:0:0/96", "0.0.0.0/0"),
        ("::/64", "::/64"),
    ],
)
def test_a_prefix_folds_to_what_it_covers(text: str, network: str) -> None:
    assert parse_prefix(text) == ip_network(network)


@pytest.mark.parametrize(
    "text",
    [
        "192.0.2.1/24",
        "192.0.2.0/33",
        "2001:db8::/129",
        "192.0.2.0/",
        "192.0.2.0/255.255.255.0",
        "192.0.2.0/-1",
        "192.0.2.0/²",
    ],
)
def test_a_prefix_that_could_mean_two_things_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        parse_prefix(text)


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("Example.NL.", "example.nl"),
        ("BÜCHER.NL", "xn--bcher-kva.nl"),
        ("faß.de", "xn--fa-hia.de"),
        ("ex\u200bample.nl", "example.nl"),
        ("example[.]nl", "example.nl"),
        ("example (dot) nl", "example.nl"),
        ("example\N{IDEOGRAPHIC FULL STOP}nl", "example.nl"),
        ("_dmarc.example.nl", "_dmarc.example.nl"),
    ],
)
def test_a_host_has_one_normal_form(text: str, host: str) -> None:
    assert parse_host(text) == host


@pytest.mark.parametrize(
    "text",
    [
        "a..nl",
        ".nl",
        "-a.nl",
        "a-.nl",
        "a b.nl",
        "1.2.3.4",
        "a.0x1f",
        f"{'a' * 64}.nl",
        "a." * 127 + "nl",
        "a.nl..",
        "é" * 64 + ".nl",
    ],
)
def test_what_is_no_host_is_unreadable(text: str) -> None:
    with pytest.raises(Unreadable):
        parse_host(text)


@given(st.text(max_size=40))
def test_reading_a_host_twice_changes_nothing(text: str) -> None:
    try:
        host = parse_host(text)
    except Unreadable:
        return
    assert parse_host(host) == host
    assert host.isascii()


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("hxxps[://]Evil[.]Example/Path?Q=1#F", "https://evil.example/Path?Q=1#F"),
        ("http://user:secret@example.nl:8080?x", "http://example.nl:8080?x"),
        ("http://example.nl\\@attacker.test/", "http://example.nl\\@attacker.test/"),
        ("http://[2001:DB8::1]:80/", "http://[2001:db8::1]:80/"),
        ("HTTP://192.0.2.1", "http://192.0.2.1"),
        ("ftp://example.nl:/a", "ftp://example.nl/a"),
    ],
)
def test_a_url_keeps_its_path_and_loses_its_credentials(text: str, written: str) -> None:
    assert str(parse_url(text)) == written


def test_a_backslash_ends_the_host_as_in_browsers() -> None:
    assert parse_url("http://example.nl\\@attacker.test/").host == "example.nl"


@pytest.mark.parametrize(
    "text",
    [
        "example.nl",
        "javascript:alert(1)",
        "http://",
        "http://a b.nl",
        "http://a.nl:99999/",
        "http://a.nl:x/",
        "http://a.nl/\x00",
        "http://[2001:db8::1/",
        "http://[::1]x/",
        "http\N{LATIN SMALL LETTER LONG S}://example.nl/",
    ],
)
def test_what_is_no_url_is_unreadable(text: str) -> None:
    with pytest.raises(Unreadable):
        parse_url(text)


@given(st.text(max_size=40))
def test_any_text_is_a_url_or_unreadable(text: str) -> None:
    try:
        url = parse_url(f"http://{text}")
    except Unreadable:
        return
    assert url.host == parse_endpoint(str(url.host))


@pytest.mark.parametrize(
    ("text", "number"),
    [("AS64496", 64496), ("asn 64496", 64496), ("64496", 64496), ("AS1.10", 65546), ("4294967294", 4294967294)],
)
def test_an_as_number_has_a_plain_and_a_dotted_spelling(text: str, number: int) -> None:
    assert parse_asn(text) == number


@pytest.mark.parametrize("text", ["AS0", "AS4294967295", "AS00001", "AS-1", "AS1.65536", "AS65536.1", "١", "AS"])
def test_reserved_and_malformed_as_numbers_are_unreadable(text: str) -> None:
    with pytest.raises(Unreadable):
        parse_asn(text)


def test_the_reason_does_not_repeat_the_text() -> None:
    with pytest.raises(Unreadable) as refused:
        parse_host("geheim wachtwoord")
    assert "geheim" not in str(refused.value)
