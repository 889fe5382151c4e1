import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.engines.matching.defanging import defang
from meldpunt.engines.matching.errors import Unreadable
from meldpunt.engines.redaction.finding import find_identifying
from meldpunt.engines.redaction.identity import Identity
from meldpunt.engines.redaction.text import withhold
from meldpunt.engines.redaction.values import Passage, SpanKind

WATER = Identity(
    names=("Waterbedrijf Noordérland N.V.",),
    aliases=("WBN", "Noordwater"),
    people=("Jan de Vries",),
    domains=("noordwater.example", "bücher.example"),
    networks=("192.0.2.0/24", "2001:db8:1::/48"),
    addresses=("Dorpsstraat 12, 9999 XX Plaatsdorp",),
    phones=("+31 (0)88 123 45 67",),
    mails=("wacht@elders.example",),
    products=("AquaScada",),
)


def found(text: str) -> list[tuple[SpanKind, str]]:
    return [(span.kind, text[span.start : span.end]) for span in find_identifying(text, WATER)]


@pytest.mark.parametrize(
    "spelled",
    [
        "WATERBEDRIJF NOORDERLAND",
        "waterbedrijf-noordérland",
        "Waterbedrijf\nNoorde\u0301rland",
        "Water-\n  bedrijf Noordérland",
        "Water\u00adbedrijf\u00a0Noord\u200bérland",
        "WaterbedrijfNoorderland",
        "Waterbedrijf Noordérlands",
        "Ｗaterbedrijf Noordérland",
        "Noordwater",
        "noordwatermedewerker",
        "WBN",
        "WBN's",
        "w.b.n.",
        "AQUA-SCADA",
    ],
)
def test_a_name_is_found_however_it_is_written(spelled: str) -> None:
    text = f"Melding van {spelled} over storing"
    assert withheld(text).startswith("Melding van [")
    assert withheld(text).endswith("] over storing")


def withheld(text: str) -> str:
    return withhold(text, [Passage(s.start, s.end, "x") for s in find_identifying(text, WATER)]).text


def test_one_word_that_holds_thousands_of_names_is_found_once_and_soon() -> None:
    began = time.process_time()
    assert found("noordwater" * 5_000) == [(SpanKind.NAME, "noordwater" * 5_000)]
    assert len(found("noordwater.example/" * 5_000)) == 1
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "text",
    [
        "xwbn",
        "wbnx",
        "water en bedrijf",
        "het noorden",
        "notbücher.example",
        "de vries kou",
        "198.51.100.7",
        "2001:db8:2::1",
    ],
)
def test_what_points_at_nobody_is_left_alone(text: str) -> None:
    assert found(f"over {text} gesproken") == []


@pytest.mark.parametrize(
    "spelled", ["Jan de Vries", "J. de Vries", "J.A. de Vries", "Vries, Jan", "De Vries", "JAN DE VRIES"]
)
def test_a_person_is_found_by_name_initials_and_surname(spelled: str) -> None:
    assert found(f"volgens {spelled} is") == [(SpanKind.PERSON, spelled)]


@pytest.mark.parametrize(
    "spelled",
    [
        "noordwater.example",
        "NOORDWATER.EXAMPLE",
        "www[.]noordwater[.]example/pad?x=1",
        "hxxps[://]portal.noordwater.example:8443/a",
        "piet@noordwater(.)example",
        "xn--bcher-kva.example",
        "a.bücher.example",
        "bücher punt example",
        "noordwater.\nexample",
        "noordwater.example.attacker.test",
    ],
)
def test_everything_under_a_domain_is_found_whole(spelled: str) -> None:
    assert [what for _, what in found(f"naar {spelled} gezien")] == [spelled]


@pytest.mark.parametrize(
    "spelled",
    [
        "192.0.2.7",
        "192[.]0[.]2[.]7",
        "192.0.2.0/28",
        "192.0.2.7:443",
        "192.000.002.007",
        "192.0.2.x",
        "192-0-2-7",
        "7.2.0.192.in-addr.arpa",
        "::ffff:192.0.2.7",
        "::FFFF:C000:207",
        "64:ff9b::192.0.2.7",
        "2002:c000:207::1",
        "2001:0DB8:0001:0000:0000:0000:0000:0005",
        "2001[:]db8[:]1[:][:]5",
        "2001:db8:1::/64",
        "3221225991",
        "0xC0000207",
        f"{'.'.join('5' + '0' * 19 + '1000' + '8bd01002')}.ip6.arpa",
    ],
)
def test_an_address_in_the_networks_is_found_in_any_spelling(spelled: str) -> None:
    assert (SpanKind.IP, spelled) in found(f"van {spelled} af")


@given(st.ip_addresses(network="192.0.2.0/24") | st.ip_addresses(network="2001:db8:1::/48"), st.booleans())
def test_every_address_of_the_networks_is_found(address: object, defanged: bool) -> None:
    spelled = defang(str(address)) if defanged else str(address)
    assert (SpanKind.IP, spelled) in found(f"van {spelled} af")


@pytest.mark.parametrize(
    "spelled", ["088-1234567", "+31881234567", "0031 88 123 45 67", "(088) 123 45 67", "+31 (0)88.123.45.67"]
)
def test_a_known_phone_number_is_found_in_any_grouping(spelled: str) -> None:
    assert found(f"bel {spelled} nu") == [(SpanKind.PHONE, spelled)]


@pytest.mark.parametrize("spelled", ["Dorpsstraat 12", "Dorps-\nstraat 12", "9999XX", "9999 xx"])
def test_a_postal_address_is_found_in_its_parts(spelled: str) -> None:
    assert found(f"op {spelled} woont") == [(SpanKind.PLACE, spelled)]


def test_contact_data_of_others_is_found_but_their_addresses_on_the_internet_are_not() -> None:
    text = "piet@derde.example 06-12345678 NL91ABNA0417164300 111222333 vanaf 198.51.100.7"
    assert [kind for kind, _ in found(text)] == [SpanKind.MAIL, SpanKind.PHONE, SpanKind.IBAN, SpanKind.BSN]


def test_an_identity_that_is_half_understood_is_refused() -> None:
    with pytest.raises(Unreadable):
        Identity(networks=("192.0.2.1/24",))
    with pytest.raises(Unreadable):
        Identity(domains=("geen domein",))


def test_every_span_says_why() -> None:
    (span,) = find_identifying("NOORDWATER", WATER)
    assert span.why == "alias Noordwater"


@given(st.text())
def test_any_text_is_searched_without_failing_and_spans_stay_inside(text: str) -> None:
    for span in find_identifying(text, WATER):
        assert 0 <= span.start < span.end <= len(text)


@given(st.text(max_size=30), st.sampled_from(WATER.secrets()), st.text(max_size=30))
def test_a_secret_set_apart_is_found_whatever_surrounds_it(before: str, secret: str, after: str) -> None:
    text = f"{before}\n\n({secret})\n\n{after}"
    start = len(before) + 3
    covered = {i for span in find_identifying(text, WATER) for i in range(span.start, span.end)}
    needed = {i for i, char in enumerate(secret, start) if char.isalnum()}
    if secret.startswith("Dorpsstraat"):
        needed = {i for i, char in enumerate(secret, start) if char.isdigit()}
    if secret.endswith("N.V."):
        needed = {i for i in needed if i < start + len("Waterbedrijf Noordérland")}
    assert needed <= covered
