"""Reading pages with pdfium, one caller at a time: the library is not safe to enter twice."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from meldpunt.engines.redaction.errors import PageTooLarge, PdfUnreadable
from meldpunt.engines.redaction.values import Box

POINTS_AN_INCH = 72
_MOST_LINKS = 1_000
_MOST_PIXELS = 60_000_000
"""An A2 page at 200 dots an inch is 15 million; beyond 60 a page is an attack on memory."""

_ENTER = Lock()


@dataclass(frozen=True, slots=True)
class Character:
    """One character as pdfium reads it, with the box of its glyph; None where it stands for a gap."""

    text: str
    box: Box | None


@dataclass(frozen=True, slots=True)
class PageSeen:
    """A page: its visible area, its rotation in degrees, its picture and its characters.

    The picture and every box are of the unrotated page; boxes are in points of the page's own space.
    """

    area: Box
    rotation: int
    picture: Image.Image
    characters: tuple[Character, ...]


class OpenPdf:
    """A document as long as `opened` holds it open."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self._document = document

    @property
    def page_count(self) -> int:
        """How many pages it has."""
        return len(self._document)

    def see_page(self, index: int, *, dots_an_inch: int) -> PageSeen:
        """The page as an eye sees it and as a machine reads it. Raises `PageTooLarge`, `PdfUnreadable`."""
        try:
            page = self._document[index]
            rotation = page.get_rotation()
            page.set_rotation(0)
            area = Box(*page.get_bbox())
            scale = dots_an_inch / POINTS_AN_INCH
            if (area.right - area.left) * (area.top - area.bottom) * scale * scale > _MOST_PIXELS:
                raise PageTooLarge(f"page {index} is larger than {_MOST_PIXELS} pixels")
            picture = page.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB")
            return PageSeen(area, rotation, picture, tuple(_characters(page)))
        except pypdfium2.PdfiumError as error:
            raise PdfUnreadable(f"pdfium, page {index}: {error}") from None

    def read_page(self, index: int) -> str:
        """The text of the page in pdfium's order. Raises `PdfUnreadable`."""
        try:
            return str(self._document[index].get_textpage().get_text_range())
        except pypdfium2.PdfiumError as error:
            raise PdfUnreadable(f"pdfium, page {index}: {error}") from None

    def read_links(self, index: int) -> tuple[str, ...]:
        """Where the links of the page go, at most a thousand of them. Raises `PdfUnreadable`."""
        try:
            page = self._document[index]
        except pypdfium2.PdfiumError as error:
            raise PdfUnreadable(f"pdfium, page {index}: {error}") from None
        return tuple(_links(self._document, page))


@contextmanager
def opened(pdf: bytes) -> Iterator[OpenPdf]:
    """The document, closed afterwards. Raises `PdfUnreadable`."""
    with _ENTER:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            raise PdfUnreadable(f"pdfium: {error}") from None
        try:
            document.init_forms()
            yield OpenPdf(document)
        finally:
            document.close()


def read_text(pdf: bytes) -> tuple[str, ...]:
    """The text of each page. Raises `PdfUnreadable`."""
    with opened(pdf) as document:
        return tuple(document.read_page(index) for index in range(document.page_count))


def _links(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> Iterator[str]:
    place, link = ctypes.c_int(0), raw.FPDF_LINK()
    for _ in range(_MOST_LINKS):
        if not raw.FPDFLink_Enumerate(page, place, link):
            return
        action = raw.FPDFLink_GetAction(link)
        length = raw.FPDFAction_GetURIPath(document, action, None, 0) if action else 0
        if length > 1:
            found = ctypes.create_string_buffer(length)
            raw.FPDFAction_GetURIPath(document, action, found, length)
            yield found.value.decode("utf-8", "replace")


def _characters(page: pypdfium2.PdfPage) -> Iterator[Character]:
    textpage = page.get_textpage()
    for index in range(textpage.count_chars()):
        text = textpage.get_text_range(index, 1)
        if not text or text.isspace():
            yield Character(" ", None)
            continue
        left, bottom, right, top = textpage.get_charbox(index)
        yield Character(text, Box(left, bottom, right, top))
