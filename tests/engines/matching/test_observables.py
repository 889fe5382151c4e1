import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.engines.matching.accounts import is_iban
from meldpunt.engines.matching.defanging import defang, refang, refang_value
from meldpunt.engines.matching.observables import lift_observables
from meldpunt.engines.matching.products import ProductList
from meldpunt.engines.matching.values import ObservableKind as Kind

MD5 = "d41d8cd98f00b204e9800998ecf8427e"


def lifted(text: str) -> list[tuple[Kind, str]]:
    return [(o.kind, o.value) for o in lift_observables(text)]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("verkeer naar 192[.]0[.]2[.]7.", Kind.ADDRESS, "192.0.2.7"),
        ("van 2001[:]db8[:][:]7 af", Kind.ADDRESS, "2001:db8::7"),
        ("blok 192.0.2.0/24,", Kind.NETWORK, "192.0.2.0/24"),
        ("zie Evil[.]Example.com.", Kind.DOMAIN, "evil.example.com"),
        ("op portal.noordwater.example", Kind.DOMAIN, "portal.noordwater.example"),
        ("bij bücher.de te", Kind.DOMAIN, "xn--bcher-kva.de"),
        ("(hxxps[://]a[.]nl/Pad(1)?q=x.)", Kind.URL, "https://a.nl/Pad(1)?q=x"),
        ("mail x.y@noordwater[.]example!", Kind.MAIL, "x.y@noordwater.example"),
        ("van x (at) noordwater.example", Kind.MAIL, "x@noordwater.example"),
        ("lek cve-2026-12345;", Kind.CVE, "CVE-2026-12345"),
        ("rekening nl91 abna 0417 1643 00 naar", Kind.IBAN, "NL91ABNA0417164300"),
        ("op BE68-5390-0754-7034 graag", Kind.IBAN, "BE68539007547034"),
        ("MT84 MALT 0110 0001 2345 MTLC AST0 01S.", Kind.IBAN, "MT84MALT011000012345MTLCAST001S"),
        (f"md5 {MD5.upper()}", Kind.HASH, MD5),
        (f"sha256 {MD5 * 2}", Kind.HASH, MD5 * 2),
    ],
)
def test_each_kind_is_lifted_in_normal_form(text: str, kind: Kind, value: str) -> None:
    assert lifted(text) == [(kind, value)]


@pytest.mark.parametrize(
    "text",
    [
        "std::string",
        "draai setup.py en readme.md",
        "om 12:30:45",
        "aa:bb:cc:dd:ee:ff",
        "versie 1.2.3",
        "einde. Nieuwe zin",
        "bijv.dit",
        "999.1.1.1",
        "1.2.3.4.5",
        "CVE-26-1",
        f"{MD5}0",
        "NL91ABNA0417164301",
        "NL91ABNA0417164300X",
        "XNL91ABNA0417164300",
        "NL91 ABNA 0417 1643 00BE",
        "ZZ91ABNA0417164300",
    ],
)
def test_prose_and_code_are_not_taken_for_observables(text: str) -> None:
    assert lifted(text) == []


def test_a_defanged_file_like_name_is_a_domain() -> None:
    assert lifted("setup[.]py") == [(Kind.DOMAIN, "setup.py")]


def test_the_wider_notion_wins_and_passages_do_not_overlap() -> None:
    assert lifted("https://noordwater.example/a?x=192.0.2.1") == [
        (Kind.URL, "https://noordwater.example/a?x=192.0.2.1")
    ]


values = st.sampled_from(
    ["192.0.2.7", "2001:db8::7", "a.noordwater.example", "http://a.nl:8080/b.c?d", "x@b.nl", f"{MD5}"]
)


@given(values)
def test_defanging_is_undone_by_refanging(value: str) -> None:
    assert refang(defang(value)).text == value


@given(st.text(alphabet="hxtpf*:/[](){}<>.\\@a1 。．", max_size=30) | st.text())
def test_the_short_way_to_refang_a_value_changes_nothing(text: str) -> None:
    assert refang_value(text) == refang(text).text


@given(st.lists(values, max_size=5))
def test_offsets_lead_to_the_defanged_passage_in_the_source(found: list[str]) -> None:
    text = "".join(f"woord {defang(value)} en " for value in found)
    observables = lift_observables(text)
    assert [o.value for o in observables] == found
    assert [text[o.start : o.end] for o in observables] == [defang(value) for value in found]


@given(st.text())
def test_any_text_is_read_without_failing_and_offsets_stay_inside(text: str) -> None:
    ends = [0, *(o.end for o in lift_observables(text))]
    assert all(end <= o.start < o.end <= len(text) for end, o in zip(ends, lift_observables(text), strict=False))


def test_account_numbers_one_after_another_are_each_lifted() -> None:
    assert [value for _, value in lifted("BE68 5390 0754 7034 NL91 ABNA 0417 1643 00 GB82WEST12345698765432")] == [
        "BE68539007547034",
        "NL91ABNA0417164300",
        "GB82WEST12345698765432",
    ]


@given(st.text(alphabet="ABNL0123456789 -", min_size=10, max_size=40))
def test_no_number_with_a_wrong_check_is_an_account(text: str) -> None:
    assert all(is_iban(value) for kind, value in lifted(text) if kind is Kind.IBAN)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("De firewall (alders  PALISADE-4) viel uit", ["Alders Palisade 4"]),
        ("Alders Palisade", ["Alders Palisade"]),
        ("Palisades en alderspalisade", []),
        ("versie 365 van R", []),
        ("Notulist, notulist; Alders", ["Notulist", "Notulist"]),
    ],
)
def test_a_product_is_named_word_for_word(text: str, named: list[str]) -> None:
    known = ProductList(["Alders Palisade", "Alders Palisade 4", "notulist", "Notulist", "365", "R", "--"])
    assert [one.value for one in known.lift(text)] == named
    assert all(one.kind is Kind.PRODUCT for one in known.lift(text))
