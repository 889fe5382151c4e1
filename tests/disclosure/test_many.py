"""Many disclosures at the price of one, each as if it were alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meldpunt.access.binding import bound
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.errors import AudienceOfNobody, DisclosureNotFound
from meldpunt.disclosure.values import (
    Attachment,
    Audience,
    AudienceKind,
    DeliveryState,
    Disclosure,
    Draft,
    State,
    Step,
    Unshown,
)
from meldpunt.law import Condition, DataKind
from meldpunt.ledger import queries as ledger_queries

from . import cast

pytestmark = pytest.mark.django_db

NOTE = Attachment("note.txt", "text/plain", b"Wat er in het journaal stond.", DataKind.INCIDENT_NATURE)


@pytest.fixture
def country() -> cast.Country:
    return cast.found_country()


def drafts_of(country: cast.Country) -> list[Draft]:
    """One that is told with a file, one that the law refuses, one on somebody's word, one for four eyes."""
    origins = (cast.origin_at(country.water),)
    told = cast.for_intelligence(country, cast.told(DataKind.INCIDENT_NATURE, f"Bij {cast.NAME}."), origins=origins)
    police = cast.draft_for(cast.to(country.police), cast.told(DataKind.SYSTEMS), origins=origins)
    return [
        replace(told, attachments=(NOTE,)),
        police,
        replace(police, conditions=frozenset({Condition.REPORTER_CONSENT})),
        cast.escalation(country, origins=origins),
    ]


def without_names(one: Disclosure) -> Disclosure:
    """All but ids and instants."""
    same = Step(one.proposed.by, one.proposed.at.min, "")
    return replace(
        one,
        id=one.subject,
        proposed=same,
        decided=replace(one.decided, at=one.decided.at.min) if one.decided else None,
        delivered_at=None,
        content_hash=None,
        attachments=tuple(replace(line, id=one.subject) for line in one.attachments),
        deliveries=tuple(replace(line, sent_at=line.sent_at.min) for line in one.deliveries),
    )


def test_many_end_as_each_would_alone(country: cast.Country) -> None:
    analyst, drafts = cast.analyst(), drafts_of(country)
    together = disclosure_actions.disclose_each(analyst, drafts=drafts, reason="Nodig.", seen=Unshown.IN_A_PROGRAM)
    alone = [
        disclosure_actions.disclose(analyst, draft=draft, reason="Nodig.", seen=Unshown.IN_A_PROGRAM)
        for draft in drafts
    ]
    assert [one.state for one in together] == [
        State.DELIVERED,
        State.REFUSED,
        State.DELIVERED,
        State.WAITING_FOR_APPROVAL,
    ]
    assert list(map(without_names, together)) == list(map(without_names, alone))


def test_each_has_the_ledger_entries_it_would_have_alone(country: cast.Country) -> None:
    analyst, drafts = cast.analyst(), drafts_of(country)
    together = disclosure_actions.disclose_each(analyst, drafts=drafts, reason="Nodig.", seen=Unshown.IN_A_PROGRAM)
    alone = [
        disclosure_actions.disclose(analyst, draft=draft, reason="Nodig.", seen=Unshown.IN_A_PROGRAM)
        for draft in drafts
    ]
    kinds = [
        [[entry.kind for entry in ledger_queries.list_entries(analyst, subject=one.id)] for one in some]
        for some in (together, alone)
    ]
    assert kinds[0] == kinds[1]
    assert all(kinds[0])


def test_what_raises_for_one_tells_nobody_anything(country: cast.Country) -> None:
    analyst = cast.analyst()
    nobody = replace(drafts_of(country)[0], audience=(Audience(AudienceKind.REQUESTER),))
    with pytest.raises(AudienceOfNobody):
        disclosure_actions.disclose_each(
            analyst, drafts=[*drafts_of(country), nobody], reason="Nodig.", seen=Unshown.IN_A_PROGRAM
        )
    assert disclosure_queries.list_disclosures(analyst) == ()


def test_reading_many_costs_what_reading_one_costs(country: cast.Country) -> None:
    analyst = cast.analyst()
    done = disclosure_actions.disclose_each(
        analyst, drafts=drafts_of(country) * 2, reason="Nodig.", seen=Unshown.IN_A_PROGRAM
    )

    def asked(some: list[Disclosure]) -> int:
        with bound(analyst), CaptureQueriesContext(connection) as heard:
            found = disclosure_queries.list_by_ids(analyst, disclosures=[one.id for one in some])
        assert [found[one.id] for one in some] == some
        return len(heard)

    assert asked(list(done)) == asked(list(done[:4]))


def test_progress_is_that_of_the_first_reader_and_asked_in_two_questions(country: cast.Country) -> None:
    analyst = cast.analyst()
    told, refused, *_ = disclosure_actions.disclose_each(
        analyst, drafts=drafts_of(country), reason="Nodig.", seen=Unshown.IN_A_PROGRAM
    )
    disclosure_actions.acknowledge_disclosure(cast.official(country.intelligence), disclosure=told.id)
    with bound(analyst), CaptureQueriesContext(connection) as heard:
        came = disclosure_queries.list_progress(analyst, disclosures=[told.id, refused.id])
    assert (came[told.id].state, came[told.id].delivery) == (State.DELIVERED, DeliveryState.ACKNOWLEDGED)
    assert came[told.id].acknowledged_at is not None
    assert (came[refused.id].state, came[refused.id].delivery) == (State.REFUSED, None)
    assert len(heard) == 2


def test_a_reader_finds_among_many_what_it_was_told(country: cast.Country) -> None:
    told, refused, *_ = disclosure_actions.disclose_each(
        cast.analyst(), drafts=drafts_of(country), reason="Nodig.", seen=Unshown.IN_A_PROGRAM
    )
    reader = cast.official(country.intelligence)
    found = disclosure_queries.find_delivered(reader, disclosures=[told.id, refused.id])
    assert list(found.values()) == [disclosure_queries.get_delivered(reader, disclosure=told.id)]
    with pytest.raises(DisclosureNotFound):
        disclosure_queries.get_delivered(reader, disclosure=refused.id)
