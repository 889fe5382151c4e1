import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from tests.engines.redaction.leaky_pdfs import LEAKS, LINE, PUBLIC, SECRET, page_of, saved, under_a_rectangle

from meldpunt.engines.redaction.errors import PdfUnreadable
from meldpunt.engines.redaction.traces import find_traces
from meldpunt.engines.redaction.values import Place
from meldpunt.engines.redaction.words import find_covered_words


@pytest.mark.parametrize("leaky", LEAKS, ids=lambda leaky: leaky.__name__)
def test_each_way_to_keep_a_secret_badly_is_found(leaky: Callable[[], bytes]) -> None:
    assert {trace.secret for trace in find_traces(leaky(), [SECRET, "Elders Onbekend"])} == {SECRET}


def test_a_pdf_without_the_secret_is_silent() -> None:
    assert find_traces(saved(page_of(PUBLIC)), [SECRET, "Waterbedrijf", "Noord", "WBN", ""]) == ()


@pytest.mark.parametrize(
    "secret", ["WATERBEDRIJF NOORD", "Water-\nbedrijf Noord", "waterbedrijfnoord", "Wáterbedrijf\u00a0Noord"]
)
def test_a_secret_is_compared_without_case_accents_gaps_and_hyphens(secret: str) -> None:
    assert {trace.place for trace in find_traces(under_a_rectangle(), [secret])} >= {
        Place.TEXT_PDFIUM,
        Place.TEXT_PYPDF,
    }


def test_a_short_secret_counts_only_as_a_word_of_its_own() -> None:
    pdf = saved(page_of(PUBLIC + LINE))
    assert find_traces(pdf, ["aan", "dag", "bed"]) == ()
    assert {trace.secret for trace in find_traces(pdf, ["een"])} == {"een"}


def test_a_secret_that_runs_over_two_pages_is_found() -> None:
    pdf = page_of(b"BT /F1 12 Tf 72 60 Td (van Water-) Tj ET")
    second = page_of(b"BT /F1 12 Tf 72 780 Td (bedrijf Noord) Tj ET")
    pdf.pages.extend(second.pages)
    assert find_traces(saved(pdf), [SECRET]) != ()


def test_a_trace_does_not_carry_its_secret_into_a_log() -> None:
    assert SECRET not in repr(find_traces(under_a_rectangle(), [SECRET]))


def test_what_cannot_be_read_in_full_is_never_declared_clean() -> None:
    locked = BytesIO()
    page_of(PUBLIC).save(locked, encryption=pikepdf.Encryption(owner="o", user=""))
    for pdf in (b"", b"%PDF-1.7", under_a_rectangle()[:300], locked.getvalue()):
        with pytest.raises(PdfUnreadable):
            find_traces(pdf, [SECRET])


def test_the_words_under_a_rectangle_are_told_apart_from_those_in_sight() -> None:
    assert [word.text for word in find_covered_words(under_a_rectangle())] == SECRET.split()
    white = b"BT 1 g /F1 12 Tf 72 600 Td (wit op wit) Tj ET\n"
    assert [word.text for word in find_covered_words(saved(page_of(PUBLIC + white)))] == ["wit", "op", "wit"]


def test_real_failed_redactions_are_found_and_sound_ones_are_not_accused(shared_data: Path) -> None:
    """Ten real PDFs with what another tool found in them; one fails, in three places on its first page."""
    folder = shared_data / "redaction" / "pdf"
    for line in (folder / "expected_x-ray-0.4.0.jsonl").read_text(encoding="utf-8").splitlines():
        expected = json.loads(line)
        pdf = (folder / expected["file"]).read_bytes()
        # A letter or two that sticks out from under its own box is no failed redaction.
        covered = [word for word in find_covered_words(pdf) if len(word.text) >= 3]
        assert bool(covered) == bool(expected["bad_redactions"]), expected["file"]
        assert {word.page for word in covered} == {int(page) - 1 for page in expected["by_page"]}
        words = [word.text for word in covered if len(word.text) >= 5]
        places = {(trace.secret, trace.place) for trace in find_traces(pdf, words)}
        assert {(word, Place.TEXT_PDFIUM) for word in words} <= places
