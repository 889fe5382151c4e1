"""What may be posted, and how it reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from meldpunt.disclosure.errors import SeenChanged
from meldpunt.disclosure.values import Part, Sight
from meldpunt.engines.matching.defanging import defang
from meldpunt.engines.matching.observables import lift_observables
from meldpunt.engines.matching.values import Observable, ObservableKind
from meldpunt.engines.redaction.errors import FileNotStrippable
from meldpunt.engines.redaction.finding import find_identifying
from meldpunt.engines.redaction.hiding import hide
from meldpunt.engines.redaction.identity import Identity
from meldpunt.engines.redaction.stripping import Stripped, plain_text, strip_file
from meldpunt.engines.redaction.traces import find_traces
from meldpunt.engines.redaction.values import SpanKind
from meldpunt.law import DataKind
from meldpunt.vocabulary.bilingual import Bilingual

from ..errors import (
    AttendanceUnderRule,
    FileUnfit,
    IndicatorUnreadable,
    MarkingTooNarrow,
    PostEmpty,
    PostTooLong,
    ReasonMissing,
)
from ..values import LONGEST, LONGEST_TITLE, MARKINGS, Language, PostForm, SentFile
from ..words import PostKind

INDICATORS: Final = Bilingual("Indicatoren", "Indicators")
_REPLY: Final = Bilingual("Reactie", "Reply")
_MARK: Final = {"nl": "weggelaten", "en": "left out"}
_OF_ANYBODY: Final = frozenset({SpanKind.MAIL, SpanKind.PHONE, SpanKind.IBAN, SpanKind.BSN})
_DOCUMENT: Final = {"nl": "document", "en": "document"}


def check_form(form: PostForm) -> PostForm:
    """The form with texts as everybody writes them. Raises what `errors` draws below RuleBroken for a post."""
    plain = replace(
        form,
        title=" ".join(plain_text(form.title).split()),
        text=plain_text(form.text),
        agenda=plain_text(form.agenda),
        decisions=plain_text(form.decisions),
        attendance=plain_text(form.attendance),
        indicators=plain_text(form.indicators),
        why=plain_text(form.why),
    )
    if plain.kind is PostKind.REPLY:
        plain = replace(plain, title=_REPLY.in_language(plain.language))
    if not plain.title or not any((plain.text, plain.agenda, plain.decisions, plain.indicators)):
        raise PostEmpty("Write a title and some words: an empty post tells nobody anything.")
    if len(plain.title) > LONGEST_TITLE or len(_all(plain)) > LONGEST:
        raise PostTooLong("A post has at most %(count)s characters: put the rest in a document.", count=LONGEST)
    if plain.tlp not in MARKINGS:
        raise MarkingTooNarrow("A whole table can be told under TLP:AMBER or wider, not under %(tlp)s.", tlp=plain.tlp)
    if plain.attendance and (plain.chatham_house or plain.is_unattributed):
        raise AttendanceUnderRule("Under the Chatham House Rule, or unattributed, nobody writes down who was there.")
    if plain.replaces and not plain.why:
        raise ReasonMissing("Write why this replaces what you told before: its readers read it.")
    return plain


def parts_of(form: PostForm, pointers: Identity) -> tuple[tuple[Part, ...], int]:
    """What others would read of the form, and how many passages were masked: of an unattributed one whatever points at
    its author. Raises IndicatorUnreadable."""
    identity = pointers if form.is_unattributed else None
    notes = Bilingual("Verslag", "Notes") if form.kind is PostKind.MEETING_NOTES else Bilingual("Bericht", "Post")
    said = (
        (DataKind.INCIDENT_NATURE, Bilingual("Agenda", "Agenda"), form.agenda),
        (DataKind.ORGANISATION_TRAITS, Bilingual("Aanwezig", "Present"), form.attendance),
        (DataKind.INCIDENT_NATURE, notes, form.text),
        (DataKind.MEASURES, Bilingual("Besluiten", "Decisions"), form.decisions),
    )
    parts, masked = [], 0
    for kind, heading, text in said:
        if text:
            kept, count = mask(text, identity, form.language)
            parts.append(Part(kind, heading, kept))
            masked += count
    if form.indicators:
        lines = "\n".join(defang(one.value) for one in read_indicators(form.indicators, identity))
        parts.append(Part(DataKind.INDICATORS, INDICATORS, lines))
    return tuple(parts), masked


def mask(text: str, identity: Identity | None, language: Language) -> tuple[str, int]:
    """The text with a mark wherever it points at this identity, and how many marks that took."""
    if identity is None:
        return text, 0
    withheld = hide(text, (identity,), ground=_MARK[language])
    return withheld.text, len(withheld.marks)


def read_indicators(text: str, identity: Identity | None = None) -> tuple[Observable, ...]:
    """What stands on each line, in normal form. Raises IndicatorUnreadable, with the number of the line.

    `identity` is whom no indicator may point at: a mask would make it none.
    """
    found = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        lifted = lift_observables(line.strip())
        whole = len(lifted) == 1 and (lifted[0].start, lifted[0].end) == (0, len(line.strip()))
        if not whole or lifted[0].kind is ObservableKind.IBAN:
            raise IndicatorUnreadable("Line %(line)s of the indicators is not one that we can read.", line=number)
        if lifted[0].kind is ObservableKind.CVE:
            raise IndicatorUnreadable("Line %(line)s is a vulnerability: name it in the text.", line=number)
        if identity and _points_at(lifted[0].value, identity):
            raise IndicatorUnreadable(
                "Line %(line)s points at your own organisation: leave it out, or post under your name.", line=number
            )
        found.append(lifted[0])
    return tuple(dict.fromkeys(found))


def indicators_in(parts: Sequence[Part]) -> tuple[Observable, ...]:
    """The indicators of a post that was told."""
    return tuple(
        lifted
        for part in parts
        if part.kind is DataKind.INDICATORS
        for line in part.text.split("\n")
        for lifted in lift_observables(line)
    )


def bare_file(sent: SentFile, identity: Identity, *, position: int, language: Language) -> tuple[str, Stripped]:
    """A neutral name and what is left of the file when nobody may tell whose it was. Raises FileUnfit."""
    try:
        bare = strip_file(sent.data, is_table=sent.name.lower().endswith(".csv"))
    except FileNotStrippable:
        raise FileUnfit(
            "File %(number)s cannot go unattributed: only PDF, PNG, JPEG, plain text and CSV can be made bare.",
            number=position + 1,
        ) from None
    if bare.media_type.startswith("text/"):
        text, _ = mask(bare.data.decode(), identity, language)
        bare = replace(bare, data=text.encode())
    elif bare.media_type == "application/pdf" and find_traces(bare.data, identity.secrets()):
        raise FileUnfit("File %(number)s names your organisation on its pages: take that out.", number=position + 1)
    return f"{_DOCUMENT[language]}-{position + 1}.{bare.ending}", bare


def check_reason(reason: str) -> str:
    """The reason in plain text. Raises ReasonMissing."""
    said = plain_text(reason)
    if not said.strip():
        raise ReasonMissing("Write the reason: who it concerns reads it.")
    return said.strip()


def check_seen(seen: Sight, *, now: Sight) -> None:
    """Raise SeenChanged where what was on the page is not what would be sent now."""
    if seen != now:
        raise SeenChanged("What you saw has changed meanwhile: look again.")


def _points_at(value: str, identity: Identity) -> bool:
    spans = find_identifying(value, identity)
    return value in identity.mails or any(one.kind not in _OF_ANYBODY for one in spans)


def _all(form: PostForm) -> str:
    return form.text + form.agenda + form.decisions + form.attendance + form.indicators
