"""PDFs made for the tests, each of which keeps a secret badly in one way. The names are invented."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pikepdf

SECRET = "Waterbedrijf Noord"
PUBLIC = b"BT /F1 12 Tf 72 700 Td (Een openbaar besluit) Tj ET\n"
LINE = b"BT /F1 12 Tf 72 600 Td (Melder Waterbedrijf Noord vandaag) Tj ET\n"
RECTANGLE = b"0 g 110 595 104 16 re f\n"


def page_of(content: bytes, *, rotate: int = 0, crop: tuple[int, int, int, int] | None = None) -> pikepdf.Pdf:
    """One A4 page with Helvetica as F1."""
    pdf = pikepdf.Pdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=[0, 0, 595, 842],
        Rotate=rotate,
        Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font))),
        Contents=pdf.make_stream(content),
    )
    if crop is not None:
        page.CropBox = list(crop)
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    return pdf


def saved(pdf: pikepdf.Pdf) -> bytes:
    """The bytes, with object streams, as most producers write them."""
    out = BytesIO()
    pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()


def under_a_rectangle() -> bytes:
    """The line is there, and a black rectangle over it."""
    return saved(page_of(PUBLIC + LINE + RECTANGLE))


def kerned_letters() -> bytes:
    """In a form that no page shows, the name in pieces with kerning between them."""
    pdf = page_of(PUBLIC)
    pieces = b" -20 ".join(b"(%c)" % letter for letter in SECRET.encode("ascii"))
    pdf.Root.Leftover = pdf.make_stream(b"BT /F1 12 Tf [" + pieces + b"] TJ ET")
    return saved(pdf)


def hexadecimal() -> bytes:
    """As above, as one hexadecimal string."""
    pdf = page_of(PUBLIC)
    pdf.Root.Leftover = pdf.make_stream(b"BT <" + SECRET.encode("ascii").hex(" ").encode("ascii") + b"> Tj ET")
    return saved(pdf)


def title_in_utf16() -> bytes:
    """In the document information, which pikepdf writes as UTF-16 because of the accent."""
    pdf = page_of(PUBLIC)
    pdf.docinfo["/Title"] = pikepdf.String("Besluit \N{EN DASH} Ω " + SECRET)
    return saved(pdf)


def metadata() -> bytes:
    """In the XMP metadata."""
    pdf = page_of(PUBLIC)
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    described = f'<rdf:Description xmlns:a="urn:example:a" a:melder="{SECRET}"/>'
    xmp = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{rdf}">{described}</rdf:RDF></x:xmpmeta>'
    stream = pdf.make_stream(xmp.encode())
    stream.Type, stream.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
    pdf.Root.Metadata = stream
    return saved(pdf)


def name_object() -> bytes:
    """In a name, where white space is written as a code."""
    pdf = page_of(PUBLIC)
    pdf.Root.PieceInfo = pikepdf.Dictionary({"/Waterbedrijf Noord": pikepdf.Dictionary()})
    return saved(pdf)


def attached_text() -> bytes:
    """In an attachment."""
    return _with_attachment(f"verslag van {SECRET}".encode("utf-16"))


def attached_archive() -> bytes:
    """In a compressed member of an attached archive."""
    out = BytesIO()
    with ZipFile(out, "w", compression=8) as archive:
        archive.writestr("document.xml", f"<w>{SECRET}</w>" * 9)
    return _with_attachment(out.getvalue())


def attached_pdf() -> bytes:
    """In a PDF that is attached."""
    return _with_attachment(under_a_rectangle())


def earlier_revision() -> bytes:
    """A new revision replaces the page content; the old one stays in the file, compressed."""
    old = BytesIO()
    page_of(PUBLIC).save(old, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    before = old.getvalue()
    packed = zlib.compress(LINE)
    orphan = b"99 0 obj\n<</Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream\nendobj\n" % (len(packed), packed)
    start = before.rindex(b"xref\n", 0, before.rindex(b"startxref"))
    return before + b"\n" + orphan + b"startxref\n%d\n%%%%EOF\n" % start


def loose_comment() -> bytes:
    """Behind the end of the file, where nothing points."""
    return saved(page_of(PUBLIC)) + b"\n% gemaakt voor WATERBEDRIJF-NOORD\n"


LEAKS: tuple[Callable[[], bytes], ...] = (
    under_a_rectangle,
    kerned_letters,
    hexadecimal,
    title_in_utf16,
    metadata,
    name_object,
    attached_text,
    attached_archive,
    attached_pdf,
    earlier_revision,
    loose_comment,
)


def _with_attachment(data: bytes) -> bytes:
    pdf = page_of(PUBLIC)
    pdf.attachments["bijlage.bin"] = pikepdf.AttachedFileSpec(pdf, data, filename="bijlage.bin")
    return saved(pdf)
