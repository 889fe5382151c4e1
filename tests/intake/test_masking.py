"""The words without what points at somebody: no database, no door, any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.engines.redaction.finding import find_identifying
from meldpunt.engines.redaction.identity import Identity
from meldpunt.intake import masking
from meldpunt.intake.values import MARK, ReporterDetails

WATER = Identity(
    names=("Waterbedrijf Zuiderwiel",),
    aliases=("WBZ",),
    people=("Aafke Molenwiek",),
    domains=("zuiderwiel.example",),
    networks=("192.0.2.0/28", "2001:db8:1::/48"),
    phones=("+31 88 000 0001",),
    mails=("aafke@elders.example",),
)
SPELLED = (
    *("Waterbedrijf Zuiderwiel", "WATERBEDRIJF  ZUIDERWIEL", "waterbedrijf-zuiderwiel", "WBZ", "w.b.z."),
    *("Aafke Molenwiek", "A. Molenwiek", "Molenwiek", "aafke@elders.example", "088 000 00 01", "+31880000001"),
    *("zuiderwiel.example", "hxxps://vpn.zuiderwiel[.]example/inloggen", "beheer@zuiderwiel.example"),
    *("192.0.2.9", "192[.]0[.]2[.]9", "2001:db8:1::5"),
)
around = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
texts = st.lists(st.one_of(around, st.sampled_from(SPELLED)), max_size=8).map(" ".join)


@given(texts)
def test_masked_words_point_at_nobody(text: str) -> None:
    assert find_identifying(masking.mask_text(text, WATER), WATER) == ()


@given(st.lists(st.sampled_from((*SPELLED, "de pomp staat stil", "203.0.113.66")), max_size=8).map("; ".join))
def test_masked_words_hold_no_term_letter_by_letter(text: str) -> None:
    masked = masking.mask_text(text, WATER).casefold()
    assert not [term for term in SPELLED if term.casefold() in masked]


@given(st.sampled_from(SPELLED), st.sampled_from(SPELLED))
def test_who_it_is_changes_no_byte_of_the_masked_words(one: str, other: str) -> None:
    assert len({masking.mask_text(f"Bij {said} staat de pomp stil.", WATER) for said in (one, other)}) == 1


@given(texts)
def test_masking_again_changes_nothing(text: str) -> None:
    masked = masking.mask_text(text, WATER)
    assert masking.mask_text(masked, WATER) == masked


def test_what_points_at_nobody_stays_as_it_was_told() -> None:
    text = "Verkeer naar 203.0.113.66 en evil.example; CVE-2026-12345."
    assert masking.mask_text(text, WATER) == text


def test_a_first_name_of_three_letters_is_hidden_where_it_is_written_as_a_name() -> None:
    terms = masking.terms_of_reporter(ReporterDetails("Jan de Vries"), "")
    assert masking.mask_text("Bel Jan in jan.", terms) == f"Bel {MARK} in jan."


def test_questions_are_masked_as_answers_are() -> None:
    answers = {"Reply-To": "aafke@elders.example", "X-WBZ": "ja"}
    assert masking.mask_answers(answers, WATER) == {"Reply-To": MARK, f"X-{MARK}": "ja"}


@pytest.mark.parametrize(
    ("kind", "value", "telling"),
    [
        ("address", "192.0.2.9", True),
        ("address", "203.0.113.66", False),
        ("domain", "vpn.zuiderwiel.example", True),
        ("url", "https://vpn.zuiderwiel.example/inloggen", True),
        ("url", "https://evil.example/zuiderwiel.example", True),
        ("domain", "evil.example", False),
        ("mail", "aafke@elders.example", True),
        ("mail", "kees@zuiderwiel.example", True),
        ("mail", "lokaas@evil.example", False),
        ("iban", "NL91ABNA0417164300", True),
        ("hash", "d41d8cd98f00b204e9800998ecf8427e", False),
        ("cve", "CVE-2026-0612345678", False),
    ],
)
def test_an_observable_tells_who_it_is_or_what_it_is_about(kind: str, value: str, telling: bool) -> None:
    assert masking.is_telling(kind, value, WATER) is telling


@given(around, around, around, around)
def test_whatever_a_stranger_types_as_a_name_can_be_looked_for(name: str, email: str, phone: str, named: str) -> None:
    terms = masking.terms_of_reporter(ReporterDetails(name, email, phone), named)
    assert find_identifying(masking.mask_text(f"{name} {email} {named}", terms), terms) == ()


def test_a_name_as_long_as_a_book_is_no_name() -> None:
    terms = masking.terms_of_reporter(ReporterDetails("x" * 201, "y@" + "z" * 300, "0" * 201), "w" * 201)
    assert terms == Identity(mails=())
