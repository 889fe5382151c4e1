"""Burning boxes into a PDF that must keep its looks.

Each page becomes a picture with the boxes painted in, and the words that can still be seen are laid
over it, invisible, for searching and screen readers. Nothing of the original file is carried over: no
object, font, metadata, attachment, link or earlier revision. What stays visible is the room that the
withheld words took; where that tells too much, typeset the text anew (`pdf.typeset_release`).
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Mapping, Sequence
from io import BytesIO

import pikepdf
from PIL import Image, ImageDraw

from meldpunt.engines.redaction.errors import BoxOutsidePage, PageMissing
from meldpunt.engines.redaction.pdfium import POINTS_AN_INCH, OpenPdf, PageSeen, opened
from meldpunt.engines.redaction.text_layer import LayerFont, draw_words
from meldpunt.engines.redaction.values import Box
from meldpunt.engines.redaction.words import Word, words_on

_DOTS_AN_INCH = 200
_MARGIN = 1.0
"""Points added round each box: anti-aliasing puts a rim of the glyph outside its own box."""


def burn(pdf: bytes, boxes: Mapping[int, Sequence[Box]]) -> bytes:
    """The PDF as pictures of 200 dots an inch with the boxes burnt in; same input, same bytes.

    `boxes` by page number from 0, in points of the unrotated page. The text layer holds the words that
    no box touches and that can be seen in the picture: hidden text, and text under a rectangle that was
    drawn earlier, does not pass. Text behind other visible ink cannot be told from what covers it and
    is kept; look at the result.

    Raises `PdfUnreadable`, `PageMissing`, `BoxOutsidePage`, `PageTooLarge`.
    """
    with opened(pdf) as document:
        missing = [page for page in boxes if not 0 <= page < document.page_count]
        if missing:
            raise PageMissing(f"no page {missing[0]} in a PDF of {document.page_count}")
        return _rebuild(document, boxes)


def _rebuild(document: OpenPdf, boxes: Mapping[int, Sequence[Box]]) -> bytes:
    made = pikepdf.Pdf.new()
    font = LayerFont()
    for index in range(document.page_count):
        seen = document.see_page(index, dots_an_inch=_DOTS_AN_INCH)
        burnt = [_widened(box) for box in boxes.get(index, ())]
        if not all(box.touches(seen.area) for box in burnt):
            raise BoxOutsidePage(f"a box on page {index} lies outside it")
        picture = _painted(seen, burnt)
        words = [word for word in words_on(seen, seen=True) if not _touched(word, burnt)]
        _add_page(made, seen, picture, draw_words(words, seen.area, font))
    reference = made.make_indirect(font.build(made))
    for page in made.pages:
        page.obj.Resources.Font = pikepdf.Dictionary(T=reference)
    out = BytesIO()
    made.save(out, deterministic_id=True)
    return out.getvalue()


def _painted(seen: PageSeen, boxes: Sequence[Box]) -> Image.Image:
    picture = seen.picture.copy()
    draw = ImageDraw.Draw(picture)
    scale = _DOTS_AN_INCH / POINTS_AN_INCH
    for box in boxes:
        draw.rectangle(
            (
                math.floor((box.left - seen.area.left) * scale),
                math.floor((seen.area.top - box.top) * scale),
                math.ceil((box.right - seen.area.left) * scale),
                math.ceil((seen.area.top - box.bottom) * scale),
            ),
            fill="black",
        )
    return picture


def _add_page(made: pikepdf.Pdf, seen: PageSeen, picture: Image.Image, layer: bytes) -> None:
    width, height = seen.area.right - seen.area.left, seen.area.top - seen.area.bottom
    image = made.make_stream(
        zlib.compress(picture.tobytes(), 6),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.FlateDecode,
    )
    content = b"q %.3f 0 0 %.3f 0 0 cm /P Do Q\n" % (width, height) + layer
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=[0, 0, round(width, 3), round(height, 3)],
        Rotate=seen.rotation,
        Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=image)),
        Contents=made.make_stream(content),
    )
    made.pages.append(pikepdf.Page(made.make_indirect(page)))


def _touched(word: Word, boxes: Sequence[Box]) -> bool:
    return any(word.box.touches(box) for box in boxes)


def _widened(box: Box) -> Box:
    return Box(
        min(box.left, box.right) - _MARGIN,
        min(box.bottom, box.top) - _MARGIN,
        max(box.left, box.right) + _MARGIN,
        max(box.bottom, box.top) + _MARGIN,
    )
