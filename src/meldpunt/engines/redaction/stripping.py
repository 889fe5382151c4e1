"""Files without anything but what one sees in them: for what is passed on without saying from whom.

A file is never edited: a PDF is drawn page by page and set anew, a picture is made of its pixels, a text is written
again. What cannot be taken away by this is what is seen: style, a picture's own noise, and what only one can know.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from meldpunt.engines.redaction.burning import burn
from meldpunt.engines.redaction.errors import FileNotStrippable, PageTooLarge, PdfUnreadable
from meldpunt.engines.redaction.pdfium import opened

MOST_PAGES: Final = 60
"""Pages of a PDF: each becomes a picture of some megabytes."""
_MOST_PIXELS: Final = 60_000_000
_QUALITY: Final = 90
_DELIMITERS: Final = ",;\t|"
_PICTURES: Final = {"PNG": ("image/png", "png"), "JPEG": ("image/jpeg", "jpg")}


@dataclass(frozen=True, slots=True)
class Stripped:
    """The bytes of a file without anything but what one sees, with the type and ending that go with them."""

    data: bytes
    media_type: str
    ending: str


def strip_file(data: bytes, *, is_table: bool = False) -> Stripped:
    """The file with nothing but its pages, pixels or letters; `is_table` says that a text is CSV.

    What it is, is told by its bytes and never by its name. Raises `FileNotStrippable` for every other kind, and for
    what cannot be read in full or would not fit in memory.
    """
    if data.startswith(b"%PDF-"):
        return Stripped(_strip_pdf(data), "application/pdf", "pdf")
    if data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        return _strip_picture(data)
    text = _read_text(data)
    if is_table:
        return Stripped(_strip_table(text).encode(), "text/csv", "csv")
    return Stripped(plain_text(text).encode(), "text/plain", "txt")


def plain_text(text: str) -> str:
    """The text without what nobody sees: line ends, composed letters, trailing blanks and invisible characters alike.

    A hidden character, a habit of the keyboard or of the system can tell one writer from another.
    """
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    seen = "".join(" " if unicodedata.category(one) == "Zs" else one for one in lines if _is_seen(one))
    kept = "\n".join(line.rstrip() for line in seen.split("\n")).strip("\n")
    while "\n\n\n" in kept:
        kept = kept.replace("\n\n\n", "\n\n")
    return kept


def _is_seen(char: str) -> bool:
    return char == "\n" or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


def _strip_pdf(data: bytes) -> bytes:
    try:
        with opened(data) as document:
            if document.page_count > MOST_PAGES:
                raise FileNotStrippable(f"more than {MOST_PAGES} pages")
        return burn(data, {})
    except (PdfUnreadable, PageTooLarge) as error:
        raise FileNotStrippable(type(error).__name__) from None


def _strip_picture(data: bytes) -> Stripped:
    try:
        with Image.open(io.BytesIO(data), formats=tuple(_PICTURES)) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise FileNotStrippable("too many pixels")
            kind = str(picture.format)
            upright = ImageOps.exif_transpose(picture)
            mode = "RGBA" if kind == "PNG" and upright.has_transparency_data else "RGB"
            seen = upright.convert(mode)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise FileNotStrippable(type(error).__name__) from None
    bare = Image.frombytes(mode, seen.size, _visible(seen).tobytes())
    out = io.BytesIO()
    if kind == "PNG":
        bare.save(out, "PNG", optimize=False)
    else:
        bare.save(out, "JPEG", quality=_QUALITY, optimize=False, progressive=False)
    media_type, ending = _PICTURES[kind]
    return Stripped(out.getvalue(), media_type, ending)


def _visible(picture: Image.Image) -> Image.Image:
    """The same, with nothing left under what is fully transparent: there a picture can hide another."""
    if picture.mode != "RGBA":
        return picture
    nothing = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    shown = picture.getchannel("A").point(lambda alpha: 255 if alpha else 0)
    return Image.composite(picture, nothing, shown)


def _read_text(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileNotStrippable("no text") from None
    if "\0" in text or (text and sum(not _is_seen(one) for one in text) - text.count("\r") - text.count("\t") > 0):
        raise FileNotStrippable("no text")
    return text


def _strip_table(text: str) -> str:
    """Every table with the same separator, quotes and line ends, whoever saved it."""
    head = text.strip().partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    out = io.StringIO()
    try:
        csv.writer(out, lineterminator="\n").writerows(
            [plain_text(cell).strip() for cell in row]
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
            if row
        )
    except csv.Error as error:
        raise FileNotStrippable(type(error).__name__) from None
    return out.getvalue()
