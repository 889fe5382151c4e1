"""An invisible layer of words for a picture of a page.

The font has no outlines: only a code for each character used and a table that says what the codes
mean (ISO 32000-1, 9.10.3). It is made from the words that are kept, so it cannot know others.
"""

from __future__ import annotations

from collections.abc import Sequence

import pikepdf

from meldpunt.engines.redaction.values import Box
from meldpunt.engines.redaction.words import Word

_WIDTH = 500
"""Every code is half an em wide; each word is stretched to the room it has on the page."""


class LayerFont:
    """Codes for characters, given out in order of first use while pages are drawn."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}

    def encode(self, text: str) -> str:
        """The text as a PDF hexadecimal string of two-byte codes."""
        codes = (self._codes.setdefault(char, len(self._codes) + 1) for char in text)
        return "<" + "".join(f"{code:04x}" for code in codes) + ">"

    def build(self, pdf: pikepdf.Pdf) -> pikepdf.Dictionary:
        """The font as a composite font (ISO 32000-1, 9.7) of `pdf`."""
        name = pikepdf.Name("/Layer")
        descriptor = pikepdf.Dictionary(
            Type=pikepdf.Name.FontDescriptor,
            FontName=name,
            Flags=5,
            FontBBox=[0, 0, _WIDTH, 1000],
            ItalicAngle=0,
            Ascent=1000,
            Descent=0,
            CapHeight=1000,
            StemV=80,
        )
        descendant = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.CIDFontType2,
            BaseFont=name,
            CIDSystemInfo=pikepdf.Dictionary(
                Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0
            ),
            FontDescriptor=pdf.make_indirect(descriptor),
            DW=_WIDTH,
        )
        return pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type0,
            BaseFont=name,
            Encoding=pikepdf.Name("/Identity-H"),
            DescendantFonts=[pdf.make_indirect(descendant)],
            ToUnicode=pdf.make_stream(self._to_unicode()),
        )

    def _to_unicode(self) -> bytes:
        pairs = [f"<{code:04x}> <{char.encode('utf-16-be').hex()}>" for char, code in self._codes.items()]
        # A block of a CMap holds at most 100 pairs.
        blocks = (pairs[start : start + 100] for start in range(0, len(pairs), 100))
        tables = "\n".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar" for b in blocks)
        return (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            "/CMapName /Layer def\n/CMapType 2 def\n"
            "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
            f"{tables}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
        ).encode("ascii")


def draw_words(words: Sequence[Word], area: Box, font: LayerFont) -> bytes:
    """Page content that writes the words where they stand, in text rendering mode 3 (invisible)."""
    lines = ["BT 3 Tr"]
    for word in words:
        size = max(1.0, word.box.top - word.box.bottom)
        natural = len(word.text) * size * _WIDTH / 1000
        stretch = max(1.0, 100 * (word.box.right - word.box.left) / natural)
        x, y = word.box.left - area.left, word.box.bottom - area.bottom
        lines.append(f"/T {size:.2f} Tf {stretch:.2f} Tz 1 0 0 1 {x:.2f} {y:.2f} Tm")
        lines.append(f"{font.encode(word.text + ' ')} Tj")
    lines.append("ET\n")
    return "\n".join(lines).encode("ascii")
