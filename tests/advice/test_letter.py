"""The letter itself."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pikepdf
import pypdf
from hypothesis import given, settings
from hypothesis import strategies as st

from meldpunt.advice.letter import Letter, typeset_letter
from meldpunt.disclosure.values import Part
from meldpunt.law import DataKind
from meldpunt.vocabulary.bilingual import Bilingual

HEADING = Bilingual("Advies", "Advice")


def letter(text: str = "Sluit de poort.\nVandaag nog.\n\nBel ons.") -> Letter:
    return Letter(
        sender="Het CSIRT",
        to="Het ministerie",
        reference="ZAAK-7",
        title="Niet opgevolgd advies",
        parts=[Part(DataKind.ADVICE, HEADING, text)],
        grounds=["NIS2 art. 9, 13."],
        marking="TLP:RED",
        written_at=datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Europe/Amsterdam")),
    )


def words_of(made: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages)


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert typeset_letter(letter()) == typeset_letter(letter())


def test_the_letter_is_made_for_screen_readers_too() -> None:
    with pikepdf.open(io.BytesIO(typeset_letter(letter()))) as pdf:
        assert b"pdfuaid" in pdf.Root.Metadata.read_bytes()
        assert str(pdf.Root.Lang) == "nl"
        assert pdf.Root.MarkInfo.Marked


def test_it_says_what_it_was_given_and_on_what_ground() -> None:
    said = words_of(typeset_letter(letter()))
    for word in (
        "Het CSIRT",
        "Het ministerie",
        "24 november 2026",
        "ZAAK-7",
        "Advies",
        "Vandaag nog.",
        "Grondslag",
        "NIS2 art. 9, 13.",
        "TLP:RED",
    ):
        assert word in said


def test_it_speaks_english_when_asked() -> None:
    said = words_of(typeset_letter(replace(letter(), language="en")))
    assert "Legal ground" in said
    assert "Advice" in said


def test_markup_is_text() -> None:
    said = words_of(typeset_letter(letter('#eval("1+1") *vet* $x$ [link] @bron')))
    assert '#eval("1+1") *vet* $x$ [link] @bron' in said


def test_what_no_typeface_shows_is_named_and_what_is_invisible_is_left_out() -> None:
    said = words_of(typeset_letter(letter("Groeten uit 東 en \u202eterug\u200b.")))
    assert "[U+6771] en terug." in said


@settings(max_examples=15)
@given(st.text(max_size=40))
def test_no_text_stops_a_letter(text: str) -> None:
    assert typeset_letter(letter(text)).startswith(b"%PDF")
