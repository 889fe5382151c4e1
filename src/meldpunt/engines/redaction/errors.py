"""What can go wrong in redaction. Every one of these must stop a release, never be passed over.

RedactionError
├── PassageOutsideText   a passage to withhold is empty or lies beyond the text
├── GroundUnfit          a ground that cannot be printed in a mark
├── PdfUnreadable        a PDF that a reader refuses: it cannot be cleaned or declared clean
├── PageMissing          a box on a page that the PDF does not have
├── BoxOutsidePage       a box that covers nothing of its page: it was drawn for another one
├── PageTooLarge         a page whose picture would not fit in memory
├── FileNotStrippable    a file of a kind of which nothing but the visible can be kept
└── Untypesettable       the typesetter refuses the release
"""

from __future__ import annotations


class RedactionError(ValueError):
    """Root of everything this room refuses."""


class PassageOutsideText(RedactionError):
    """The passage is empty or reaches beyond the text. Positions were taken from another version."""


class GroundUnfit(RedactionError):
    """A ground is empty, longer than 40 characters, or holds a line break."""


class PdfUnreadable(RedactionError):
    """The bytes are not a PDF that can be read in full: broken, encrypted, or not a PDF."""


class PageMissing(RedactionError):
    """The PDF has no page of that number."""


class BoxOutsidePage(RedactionError):
    """The box does not touch its page, so it would hide nothing."""


class PageTooLarge(RedactionError):
    """The page is larger than a picture of it may be; ask for a copy on paper size."""


class Untypesettable(RedactionError):
    """The typesetter refused the release; the message is its own."""


class FileNotStrippable(RedactionError):
    """The file is no PDF, PNG, JPEG or UTF-8 text that can be read in full: pass it on as one of these."""
