"""What crosses the wall of the redaction room."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class SpanKind(StrEnum):
    """What kind of thing identifies."""

    NAME = "name"
    PERSON = "person"
    DOMAIN = "domain"
    IP = "ip"
    PLACE = "place"
    PHONE = "phone"
    MAIL = "mail"
    PRODUCT = "product"
    IBAN = "iban"
    BSN = "bsn"


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end]` identifies; `why` says by which rule, for the person who decides."""

    start: int
    end: int
    kind: SpanKind
    why: str


@dataclass(frozen=True, slots=True)
class Passage:
    """`text[start:end]` is to be withheld on `ground`, an article such as `5.1(2)h`."""

    start: int
    end: int
    ground: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Where in the withheld text a mark stands, and the grounds it names. Offsets of the output."""

    start: int
    end: int
    grounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Withheld:
    """A text from which passages were taken out, with the marks that stand in their place."""

    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a PDF page: points (1/72 inch) from the lower left corner, unrotated page."""

    left: float
    bottom: float
    right: float
    top: float

    def touches(self, other: Box) -> bool:
        """Whether the two share more than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.bottom < other.top and other.bottom < self.top
        )


class Place(StrEnum):
    """Where in a PDF a trace was found."""

    RAW = "raw bytes"
    STREAM = "decoded stream"
    STRING = "string or name object"
    METADATA = "metadata"
    ATTACHMENT = "attachment"
    TEXT_PYPDF = "text as pypdf reads it"
    TEXT_PDFIUM = "text as pdfium reads it"
    EARLIER_REVISION = "earlier revision"


@dataclass(frozen=True, slots=True)
class Trace:
    """A secret that can still be read in a PDF. The secret stays out of the repr, and so out of logs."""

    place: Place
    secret: str = field(repr=False)
