from collections.abc import Callable
from io import BytesIO

import pikepdf
import pypdf
import pypdfium2
import pytest
from tests.engines.redaction.leaky_pdfs import LEAKS, LINE, PUBLIC, RECTANGLE, SECRET, page_of, saved, under_a_rectangle

from meldpunt.engines.redaction.burning import burn
from meldpunt.engines.redaction.errors import BoxOutsidePage, PageMissing, PageTooLarge, PdfUnreadable
from meldpunt.engines.redaction.pdfium import read_text
from meldpunt.engines.redaction.traces import find_traces
from meldpunt.engines.redaction.values import Box

NAME = Box(112, 596, 213, 612)
PLAIN = saved(page_of(PUBLIC + LINE))


def darkest_and_lightest(pdf: bytes, box: Box) -> object:
    """The greys inside a box of the first page, at one dot a point."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0].render(scale=1).to_pil().convert("L")
        area = (int(box.left), int(page.height - box.top), int(box.right), int(page.height - box.bottom))
        return page.crop(area).getextrema()
    finally:
        document.close()


def test_a_burnt_name_is_gone_from_text_and_picture_and_the_rest_is_kept() -> None:
    burnt = burn(PLAIN, {0: [NAME]})
    assert find_traces(burnt, [SECRET, "Waterbedrijf"]) == ()
    assert read_text(burnt)[0].split() == ["Een", "openbaar", "besluit", "Melder", "vandaag"]
    assert darkest_and_lightest(burnt, NAME) == (0, 0)


def test_both_libraries_read_the_kept_words() -> None:
    burnt = burn(PLAIN, {})
    assert pypdf.PdfReader(BytesIO(burnt)).pages[0].extract_text().split() == read_text(burnt)[0].split()
    assert SECRET.split()[0] in read_text(burnt)[0]


def test_a_word_that_a_box_only_touches_goes_whole() -> None:
    burnt = burn(PLAIN, {0: [Box(150, 603, 151, 604)]})
    assert "Waterbedrijf" not in read_text(burnt)[0]
    assert "Noord" in read_text(burnt)[0]


@pytest.mark.parametrize("leaky", LEAKS, ids=lambda leaky: leaky.__name__)
def test_nothing_hidden_in_the_original_is_carried_over(leaky: Callable[[], bytes]) -> None:
    original = leaky()
    assert find_traces(original, [SECRET]) != ()
    assert find_traces(burn(original, {}), [SECRET]) == ()


def test_the_result_has_no_metadata_attachments_or_links_and_one_revision() -> None:
    burnt = burn(under_a_rectangle(), {})
    with pikepdf.open(BytesIO(burnt)) as pdf:
        assert not pdf.docinfo.keys()
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"}
        assert set(pdf.pages[0].obj.keys()) == {"/Type", "/Parent", "/MediaBox", "/Rotate", "/Resources", "/Contents"}
    assert burnt.count(b"%%EOF") == 1


def test_burning_the_same_twice_gives_the_same_bytes() -> None:
    assert burn(PLAIN, {0: [NAME]}) == burn(PLAIN, {0: [NAME]})


def test_two_originals_that_differ_only_inside_the_box_burn_to_the_same_bytes() -> None:
    other = LINE.replace(SECRET.encode(), b"Weeshuis Zuid").replace(b" vandaag", b"")
    same = LINE.replace(b" vandaag", b"")
    box = Box(112, 590, 300, 615)
    assert burn(saved(page_of(PUBLIC + same)), {0: [box]}) == burn(saved(page_of(PUBLIC + other)), {0: [box]})


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_boxes_follow_the_unrotated_page(rotate: int) -> None:
    burnt = burn(saved(page_of(PUBLIC + LINE, rotate=rotate)), {0: [NAME]})
    assert SECRET.split()[0] not in read_text(burnt)[0]
    assert pypdf.PdfReader(BytesIO(burnt)).pages[0].rotation == rotate


def test_boxes_of_a_cropped_page_are_in_its_own_coordinates() -> None:
    burnt = burn(saved(page_of(PUBLIC + LINE, crop=(50, 500, 400, 800))), {0: [NAME]})
    assert read_text(burnt)[0].split() == ["Een", "openbaar", "besluit", "Melder", "vandaag"]
    assert darkest_and_lightest(burnt, Box(62, 96, 163, 112)) == (0, 0)


def test_a_box_that_would_hide_nothing_is_refused() -> None:
    with pytest.raises(BoxOutsidePage):
        burn(PLAIN, {0: [Box(700, 0, 800, 10)]})
    with pytest.raises(PageMissing):
        burn(PLAIN, {1: [NAME]})


def test_what_cannot_be_read_or_drawn_is_refused() -> None:
    with pytest.raises(PdfUnreadable):
        burn(b"geen pdf", {})
    huge = page_of(RECTANGLE)
    huge.pages[0].obj.MediaBox = [0, 0, 14400, 14400]
    with pytest.raises(PageTooLarge):
        burn(saved(huge), {})
