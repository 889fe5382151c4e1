"""What may be withheld in a document, on which ground, and what points at somebody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from meldpunt.engines.redaction.finding import find_identifying
from meldpunt.engines.redaction.identity import Identity
from meldpunt.engines.redaction.personal import find_personal
from meldpunt.engines.redaction.values import Span, SpanKind
from meldpunt.law import WithholdingGround, withholding_grounds

from ..errors import GroundNotInAct, PassageOutsideDocument
from ..values import Selection, Suggestion

# What a kind of passage is mostly withheld on, under the act of 1992 and under that of 2022. The minister's letter of
# 2013 rests on two grounds: who reported would be disadvantaged and would report no more (10(2)g; today 5.1(2)i), and
# technical business data was given in confidence (10(1)c; today 5.1(1)c). People are private under both.
_WHO_REPORTED: Final = ("wob-10-2-g", "woo-5.1-2-i")
_IN_CONFIDENCE: Final = ("wob-10-1-c", "woo-5.1-1-c")
_PRIVATE: Final = ("wob-10-2-e", "woo-5.1-2-e")
_SUGGESTED: Final[Mapping[SpanKind, tuple[str, ...]]] = {
    SpanKind.NAME: _WHO_REPORTED,
    SpanKind.DOMAIN: _WHO_REPORTED,
    SpanKind.PLACE: _WHO_REPORTED,
    SpanKind.IP: _IN_CONFIDENCE,
    SpanKind.PRODUCT: _IN_CONFIDENCE,
    SpanKind.PERSON: _PRIVATE,
    SpanKind.PHONE: _PRIVATE,
    SpanKind.MAIL: _PRIVATE,
    SpanKind.IBAN: _PRIVATE,
    # Under the Wob the number was special personal data (Wbp art. 24), which 10(1)d covered; the Woo gave it a letter.
    SpanKind.BSN: ("wob-10-1-d", "woo-5.1-1-e"),
}
_CONTACT_DATA: Final = frozenset({SpanKind.PHONE, SpanKind.MAIL, SpanKind.IBAN, SpanKind.BSN})


def ground_on(ground: str, on: date) -> WithholdingGround:
    """The ground of that id in the act of that day. Raises GroundNotInAct."""
    for one in withholding_grounds(on):
        if one.id == ground:
            return one
    raise GroundNotInAct("This ground is not in the act that applies to this request.")


def check_range(text: str, start: int, end: int) -> None:
    """Raise PassageOutsideDocument for an empty range or one beyond the text."""
    if not 0 <= start < end <= len(text) or not text[start:end].strip():
        raise PassageOutsideDocument("Select at least one character inside the text.")


def suggest(text: str, identities: Iterable[Identity], *, on: date) -> tuple[Suggestion, ...]:
    """Everything in the text that points at one of the identities or at any person, each with a ground of that day."""
    found: set[Span] = set(find_personal(text))
    for identity in identities:
        found.update(find_identifying(text, identity))
    grounds: dict[str, WithholdingGround] = {ground.id: ground for ground in withholding_grounds(on)}
    suggestions = {
        (span.start, span.end): Suggestion(span.start, span.end, span.kind, _first(_SUGGESTED[span.kind], grounds))
        for span in sorted(found, key=lambda one: (one.kind, one.why), reverse=True)
    }
    return tuple(suggestions[key] for key in sorted(suggestions))


def names(text: str, identity: Identity) -> tuple[Span, ...]:
    """Where the text points at this organisation; contact data of others does not count."""
    own = frozenset((*identity.mails, *identity.phones))
    return tuple(
        span
        for span in find_identifying(text, identity)
        if span.kind not in _CONTACT_DATA or any(one in span.why for one in own)
    )


def check_grounds(selection: Selection, on: date) -> None:
    """Raise GroundNotInAct for a passage that was withheld under another act than that of the decision."""
    for passage in selection.passages:
        ground_on(passage.ground.id, on)


def _first(ids: Iterable[str], grounds: Mapping[str, WithholdingGround]) -> WithholdingGround | None:
    return next((grounds[one] for one in ids if one in grounds), None)
