from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meldpunt.engines.redaction.errors import Untypesettable
from meldpunt.engines.redaction.pdf import typeset_release
from meldpunt.engines.redaction.pdfium import read_text
from meldpunt.engines.redaction.text import withhold
from meldpunt.engines.redaction.traces import find_traces
from meldpunt.engines.redaction.values import Passage, Withheld

MADE = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LETTER = "Aan Jan de Vries,\n\nWaterbedrijf Noord meldt een storing.\nMet groet"
PASSAGES = [Passage(4, 16, "5.1(2)e"), Passage(19, 37, "5.1(2)h")]


def typeset(*paragraphs: Withheld, title: str = "Besluit", language: str = "nl") -> bytes:
    return typeset_release(
        title=title,
        dossier="WOO-2026-1",
        language=language,
        paragraphs=paragraphs,
        made_at=MADE,
        legend={"5.1(2)h": "Beveiliging van personen en bedrijven"},
    )


def text_of(pdf: bytes) -> str:
    return " ".join("\n".join(read_text(pdf)).split())


def test_a_release_says_what_is_kept_and_on_which_ground_the_rest_is_not() -> None:
    text = text_of(typeset(withhold(LETTER, PASSAGES)))
    assert "Aan [5.1(2)e]" in text
    assert "[5.1(2)h] meldt een storing. Met groet" in text
    assert "Beveiliging van personen en bedrijven" in text


def test_a_release_counts_in_seconds() -> None:
    later = MADE.replace(microsecond=999_999)
    paragraphs = [withhold(LETTER, PASSAGES)]
    made = [
        typeset_release(title="Besluit", dossier="WOO-2026-1", language="nl", paragraphs=paragraphs, made_at=at)
        for at in (MADE, later)
    ]
    assert made[0] == made[1]


def test_a_release_holds_no_trace_of_what_was_withheld() -> None:
    pdf = typeset(withhold(LETTER, PASSAGES))
    assert find_traces(pdf, ["Jan de Vries", "Vries", "Waterbedrijf Noord", "Waterbedrijf"]) == ()
    assert find_traces(pdf, ["meldt een storing"]) != ()


def test_releases_of_texts_that_differ_only_in_who_it_is_about_are_the_same_bytes() -> None:
    other = LETTER.replace("Jan de Vries", "Mo el Amrani").replace("Waterbedrijf Noord", "Ziekenhuis Dorp 12")
    assert other != LETTER
    assert typeset(withhold(other, PASSAGES)) == typeset(withhold(LETTER, PASSAGES))


def test_a_release_is_accessible_and_carries_no_other_metadata() -> None:
    with pikepdf.open(BytesIO(typeset(withhold(LETTER, PASSAGES)))) as pdf:
        xmp = pdf.Root.Metadata.read_bytes()
        assert b"<pdfuaid:part>1</pdfuaid:part>" in xmp
        assert pdf.Root.Lang == "nl"
        assert pdf.Root.MarkInfo.Marked
        assert set(pdf.docinfo.keys()) == {"/Title", "/Creator"}
        assert b"2026" not in xmp


def test_markup_in_the_text_is_shown_and_not_run() -> None:
    hostile = '#import "x.typ" #panic() $x$ *b* ]] #sys.inputs \\ // weg'
    text = text_of(typeset(Withheld(hostile, ()), title=hostile))
    assert text.count('#import "x.typ" #panic() $x$ *b* ]] #sys.inputs \\ // weg') >= 2


def test_what_no_typeface_shows_is_written_as_its_code_point() -> None:
    text = text_of(typeset(Withheld("漢 😀 \x00 a\u200bb\u202e.", ())))
    assert "[U+6F22] [U+1F600] [U+0000] ab." in text


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(Untypesettable):
        typeset(Withheld("tekst", ()), language="geen taal")


@settings(max_examples=20)
@given(st.text(max_size=200))
def test_any_text_can_be_typeset(text: str) -> None:
    pdf = typeset(Withheld(text, ()), title=text[:20])
    assert len(pypdf.PdfReader(BytesIO(pdf)).pages) >= 1
