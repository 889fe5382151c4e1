"""What readers get of a draft, without a database."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.disclosure.rules.editing import Mask, edit, hidden_origins, mask_text
from meldpunt.disclosure.values import Attachment, AudienceKind, LeftOutReason, Reader
from meldpunt.engines.redaction.finding import find_identifying
from meldpunt.engines.redaction.identity import Identity
from meldpunt.law import DataKind, Outcome, RecipientKind, Verdict
from meldpunt.vocabulary.bilingual import Bilingual

from . import cast

IDENTITY = Identity(
    names=(cast.NAME,),
    aliases=("WBZ",),
    people=("Jantine Verhoog",),
    domains=("zuiderwiel.example",),
    networks=("192.0.2.0/28",),
    mails=("jantine@zuiderwiel.example",),
)
TERMS = ["Waterbedrijf Zuiderwiel", "WATERBEDRIJF ZUIDERWIEL", "WBZ", "Jantine Verhoog", "jantine@zuiderwiel.example"]
TERMS += ["scada.zuiderwiel[.]example", "192.0.2.7", "Waterbedrijf\nZuiderwiel"]
SOMEBODY = Bilingual("iemand", "somebody")
MASK = Mask((IDENTITY,), "nl")
SEALED = frozenset({DataKind.INCIDENT_NATURE, DataKind.INDICATORS})

texts = st.lists(st.one_of(st.sampled_from(TERMS), st.text(max_size=12)), max_size=8).map(" ".join)


def giving(*kinds: DataKind) -> Verdict:
    return Verdict(Outcome.ALLOWED_WITH_CONDITIONS, (), frozenset(kinds), frozenset(), (), four_eyes=False)


def reader(organisation: UUID | None, *, is_origin: bool = False) -> Reader:
    recipient = RecipientKind.CONSTITUENT
    return Reader(AudienceKind.ORGANISATION, recipient, SOMEBODY, SOMEBODY, organisation, None, is_origin)


@given(texts)
def test_masked_text_identifies_nobody(text: str) -> None:
    masked, _ = mask_text(text, MASK)
    assert find_identifying(masked, IDENTITY) == ()


@given(texts, texts)
def test_no_part_or_title_of_a_version_identifies(title: str, text: str) -> None:
    draft = cast.draft_for([], cast.told(DataKind.INCIDENT_NATURE, text + "."), title=title + ".")
    edited = edit(draft, giving(*SEALED), MASK)
    assert [find_identifying(piece, IDENTITY) for piece in (edited.title, edited.parts[0].text)] == [(), ()]


@pytest.mark.parametrize("term", TERMS)
def test_each_term_is_replaced_by_the_same_mark(term: str) -> None:
    masked, count = mask_text(f"Bij {term} is ingebroken.", MASK)
    other, _ = mask_text("Bij WBZ is ingebroken.", MASK)
    assert (masked, count) == (other, 1)


@given(st.sampled_from(TERMS), st.sampled_from(TERMS))
def test_who_the_reporter_is_changes_no_byte(one: str, other: str) -> None:
    masked = {mask_text(f"Bij {term} is ingebroken.", MASK)[0] for term in (one, other)}
    assert len(masked) == 1


def test_heading_is_masked_in_both_languages() -> None:
    part = replace(cast.told(DataKind.INDICATORS), heading=Bilingual("Gezien bij WBZ", "Seen at WBZ"))
    (kept,) = edit(cast.draft_for([], part), giving(*SEALED), MASK).parts
    assert find_identifying(f"{kept.heading.nl} {kept.heading.en}", IDENTITY) == ()


def test_addresses_of_the_attacker_stay() -> None:
    assert mask_text("Verkeer van 198.51.100.7", MASK) == ("Verkeer van 198.51.100.7", 0)


def test_part_of_a_kind_that_is_not_given_is_left_out() -> None:
    draft = cast.draft_for([], cast.told(DataKind.SYSTEMS), cast.told(DataKind.INDICATORS, "198.51.100.7"))
    edited = edit(draft, giving(*SEALED), MASK)
    assert [part.kind for part in edited.parts] == [DataKind.INDICATORS]
    assert [(one.kind, one.reason) for one in edited.left_out] == [(DataKind.SYSTEMS, LeftOutReason.NOT_COVERED)]


@pytest.mark.parametrize(
    ("name", "media_type", "data", "reason"),
    [
        ("ioc.csv", "text/csv", b"198.51.100.7", None),
        ("ioc.csv", "text/csv", b"wbz, 198.51.100.7", LeftOutReason.IDENTIFIES),
        ("zuiderwiel.example.csv", "text/csv", b"198.51.100.7", LeftOutReason.IDENTIFIES),
        ("ioc.csv", "text/csv", b"\xff\xfe", LeftOutReason.NOT_SEARCHABLE),
        ("ioc.pdf", "application/pdf", b"%PDF-", LeftOutReason.NOT_SEARCHABLE),
    ],
)
def test_attachment_that_may_identify_stays_behind(
    name: str, media_type: str, data: bytes, reason: LeftOutReason | None
) -> None:
    draft = cast.draft_for([], attachments=(Attachment(name, media_type, data, DataKind.INDICATORS),))
    edited = edit(draft, giving(*SEALED), MASK)
    assert [one.reason for one in edited.left_out] == ([reason] if reason else [])
    assert len(edited.attachments) == (0 if reason else 1)


def test_nobody_is_hidden_where_the_ground_gives_the_identity() -> None:
    draft = cast.draft_for([], origins=(cast.origin_at(uuid4()),))
    assert hidden_origins(draft, [reader(uuid4())], giving(DataKind.REPORTER_IDENTITY)) == ()


def test_reporter_alone_reads_its_own_name_and_not_that_of_another_reporter() -> None:
    own, other = cast.origin_at(uuid4()), cast.origin_at(uuid4())
    draft = cast.draft_for([], origins=(own, other))
    alone = [reader(own.organisation, is_origin=True)]
    assert hidden_origins(draft, alone, giving(DataKind.REPORTER_IDENTITY)) == (other,)


def test_two_reporters_told_together_read_neither_name() -> None:
    origins = (cast.origin_at(uuid4()), cast.origin_at(uuid4()))
    readers = [reader(origin.organisation, is_origin=True) for origin in origins]
    draft = cast.draft_for([], origins=origins)
    assert hidden_origins(draft, readers, giving(DataKind.REPORTER_IDENTITY)) == origins
