"""Terms, grounds and what a release is made of. Pure: facts in, values out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from meldpunt.engines.redaction.finding import find_identifying
from meldpunt.engines.redaction.identity import Identity
from meldpunt.engines.redaction.personal import find_personal
from meldpunt.engines.redaction.text import withhold
from meldpunt.engines.redaction.values import Passage as Cut
from meldpunt.engines.redaction.values import Span, SpanKind, Withheld
from meldpunt.law import (
    Clock,
    Event,
    Stage,
    Weighing,
    WithholdingGround,
    clocks_for,
    local_day,
    needs_fresh_reasoning,
    withholding_grounds,
)
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.entities import EntityKind

from .errors import (
    AdjournmentRefused,
    GroundNotInAct,
    GroundStandsAlone,
    NoActInForce,
    PassageOutsideDocument,
    PeriodBackwards,
    ReasonsMissing,
    RequestEmpty,
    RequestTooLong,
)
from .values import Request, RequestForm, Selection, Suggestion

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
_NOT_READ: Final = Bilingual(
    "artikel nog niet nagelezen in de gepubliceerde tekst", "article not yet checked against its published text"
)
_CONTACT_DATA: Final = frozenset({SpanKind.PHONE, SpanKind.MAIL, SpanKind.IBAN, SpanKind.BSN})


LONGEST_TEXT: Final = 20_000
"""Characters in each field of a request."""

_UNKEEPABLE: Final = re.compile("[\0\ud800-\udfff]")


def clean_text(text: str) -> str:
    """The text as PostgreSQL can keep it: U+FFFD for NUL and for halves of surrogate pairs, no blanks around."""
    return _UNKEEPABLE.sub("\N{REPLACEMENT CHARACTER}", text).strip()


def check_form(form: RequestForm) -> None:
    """Raise RequestEmpty, RequestTooLong or PeriodBackwards."""
    if not form.subject.strip():
        raise RequestEmpty("Say what the request is about.")
    details = (form.subject, form.requester.name, form.requester.email, form.requester.address)
    if max(map(len, details)) > LONGEST_TEXT:
        raise RequestTooLong("This is longer than 20,000 characters: say it in fewer words.")
    if form.period_from and form.period_until and form.period_from > form.period_until:
        raise PeriodBackwards("The period ends before it starts.")


def decision_clock(
    received_at: datetime, *, adjourned_at: datetime | None = None, decided_at: datetime | None = None
) -> Clock:
    """The term for deciding, under the act of the day of receipt. Raises NoActInForce.

    Wob article 6 and Woo article 4.4: four weeks, once to be adjourned in time.
    """
    sent = {Stage.ADJOURNMENT: adjourned_at, Stage.DECISION: decided_at}
    event = Event(received_at, {stage: at for stage, at in sent.items() if at})
    clocks = clocks_for(entity_kind=EntityKind.ADMINISTRATIVE_BODY, event=event, on=local_day(received_at))
    for clock in clocks:
        if clock.stage is Stage.DECISION:
            return clock
    raise NoActInForce("On that day there was no freedom-of-information act in force that is known here.")


def act_day(*, as_of: date | None, decided_at: datetime | None, now: datetime) -> date:
    """The day whose act decides: that of the decision, or today while there is none; or that of a file of then.

    The Woo came without transitional rules for requests: what was asked under the Wob and is decided after it, is
    decided under the Woo (Raad van State, 18 May 2022, ECLI:NL:RVS:2022:1432). Who tests a decision of then tests it
    under the act of then.
    """
    return as_of or local_day(decided_at or now)


def is_another_act(one: date, other: date) -> bool:
    """Whether grounds to withhold came from different acts on these days."""
    acts = [{ground.regime for ground in withholding_grounds(day)} for day in (one, other)]
    return acts[0] != acts[1]


def check_act(on: date) -> None:
    """Raise NoActInForce where no act of that day is known here."""
    if not withholding_grounds(on):
        raise NoActInForce("On that day there was no freedom-of-information act in force that is known here.")


def check_grounds(selection: Selection, on: date) -> None:
    """Raise GroundNotInAct for a passage that was withheld under another act than that of the decision."""
    for passage in selection.passages:
        ground_on(passage.ground.id, on)


def check_adjournment(clock: Clock, *, adjourned_at: datetime | None, now: datetime, reason: str) -> None:
    """Raise AdjournmentRefused for a second one, one after the term, or one without a reason."""
    if adjourned_at is not None:
        raise AdjournmentRefused("A decision is adjourned only once.")
    if clock.is_overdue(now):
        raise AdjournmentRefused("The term has passed: it can no longer be adjourned.")
    if not reason.strip():
        raise AdjournmentRefused("Write why the decision is adjourned.")


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


def check_reasons(request: Request, reasons: Mapping[str, str]) -> dict[str, str]:
    """The reasons for each ground that has to be argued, and for no other. Raises ReasonsMissing."""
    said = {one.id: clean_text(reasons.get(one.id, "")) for one in request.grounds_to_argue}
    for ground in request.grounds_to_argue:
        if not said[ground.id]:
            raise ReasonsMissing(
                "Write why %(article)s outweighs openness: the decision has to say so.", article=ground.article
            )
    for passage in (one for selection in request.selections if selection.needs_reasons for one in selection.passages):
        if passage.ground.weighing.ages and not passage.note.strip():
            raise ReasonsMissing(
                "This document is so old that every passage withheld in it asks for new reasons, unless its ground is "
                "absolute."
            )
    return {str(key): words for key, words in said.items()}


def check_exceptional(selection: Selection) -> None:
    """Raise GroundStandsAlone where a ground for exceptions backs up another (Woo article 5.1(5))."""
    for one in selection.passages:
        for other in selection.passages:
            if (
                one.ground.weighing is Weighing.EXCEPTIONAL
                and one.ground.id != other.ground.id
                and one.start < other.end
                and other.start < one.end
            ):
                raise GroundStandsAlone(
                    "%(article)s is for exceptional cases and cannot back up another ground.",
                    article=one.ground.article,
                )


def is_aged(made_on: date, decided_on: date) -> bool:
    """Whether the age of the document asks for new reasons (Woo article 5.3: older than five years)."""
    return needs_fresh_reasoning(made_on=made_on, decided_on=decided_on) is not None


def withheld_of(selection: Selection) -> Withheld:
    """The text with a mark for every passage, which names the article and never how much was taken out."""
    return withhold(selection.text, [Cut(one.start, one.end, one.ground.article) for one in selection.passages])


def secrets_of(selection: Selection) -> tuple[str, ...]:
    """Every text that was taken out, once."""
    return tuple(dict.fromkeys(selection.text[one.start : one.end] for one in selection.passages))


def legend_of(selection: Selection, language: str) -> dict[str, str]:
    """What each article that was used is about."""
    wordings = {one.ground.article: one.ground.subject for one in selection.passages}
    return {article: _in(subject, language) for article, subject in wordings.items()}


def inventory_of(selections: Sequence[Selection], language: str) -> str:
    """Per document and passage the ground, in words, without what was withheld."""
    lines = []
    for selection in selections:
        lines.append(f"Document {selection.position}")
        ordered = sorted(selection.passages, key=lambda one: (one.start, one.end))
        lines += [
            f"  {number}. {one.ground.article}: {_in(one.ground.subject, language)}{_doubt(one.ground, language)}"
            for number, one in enumerate(ordered, start=1)
        ]
        if not ordered:
            lines.append("  -")
    return "\n".join(lines)


def argument_of(grounds: Iterable[WithholdingGround], reasons: Mapping[str, str], language: str) -> str:
    """For each ground that has to be argued its article, what it is about, and why it weighs more here."""
    return "\n\n".join(f"{one.article} ({_in(one.subject, language)}): {reasons.get(one.id, '')}" for one in grounds)


def _doubt(ground: WithholdingGround, language: str) -> str:
    return "" if ground.verified else f" ({_in(_NOT_READ, language)})"


def _in(wording: Bilingual, language: str) -> str:
    return wording.en if language == "en" else wording.nl


def _first(ids: Iterable[str], grounds: Mapping[str, WithholdingGround]) -> WithholdingGround | None:
    return next((grounds[one] for one in ids if one in grounds), None)
