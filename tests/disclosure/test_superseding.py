"""A new version replaces a delivered one, and everybody who knew of it learns so, and no more than that."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection

from meldpunt.access.binding import bound
from meldpunt.access.values import OrganisationId
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.errors import (
    DisclosureNotFound,
    ReasonMissing,
    StateDoesNotAllow,
    WideningMissing,
    WordsSealed,
)
from meldpunt.disclosure.values import Disclosure, DisclosureId, Draft, ItemKind, State, Unshown
from meldpunt.law import DataKind, Purpose
from meldpunt.ledger import queries as ledger_queries
from meldpunt.ledger.values import Kind
from meldpunt.vocabulary.markings import TLP

from . import cast

pytestmark = pytest.mark.django_db

WHY = "De versie die in de brief stond klopte niet."


@pytest.fixture
def country() -> cast.Country:
    return cast.found_country()


def advice(country: cast.Country, *readers: OrganisationId, text: str = "Werk bij naar 4.2.") -> Draft:
    draft = cast.draft_for(
        cast.to(*(readers or (country.bank,))),
        cast.told(DataKind.ADVICE, text),
        purpose=Purpose.ADVISE,
        item=ItemKind.ADVICE,
        origins=(cast.origin_at(country.water),),
        tlp=TLP.AMBER_STRICT,
    )
    return replace(draft, widening="")


def told(country: cast.Country, *readers: OrganisationId) -> Disclosure:
    return disclosure_actions.disclose(
        cast.analyst(), draft=advice(country, *readers), reason="bijstand", seen=Unshown.IN_A_PROGRAM
    )


def superseded(old: Disclosure, draft: Draft) -> Disclosure:
    """The new one, delivered in the place of the old."""
    anew = disclosure_actions.supersede_disclosure(
        cast.analyst(), disclosure=old.id, draft=draft, reason=WHY, seen=Unshown.IN_A_PROGRAM
    )
    return disclosure_actions.decide_disclosure(cast.analyst(), disclosure=anew.id, reason="verbeterd", seen=anew.sight)


def test_nothing_changes_for_a_reader_before_the_new_one_is_delivered(country: cast.Country) -> None:
    old, bank = told(country), cast.constituent(country.bank)
    before = disclosure_queries.list_delivered(bank)
    disclosure_actions.supersede_disclosure(
        cast.analyst(),
        disclosure=old.id,
        draft=advice(country, text="Werk bij naar 4.3."),
        reason=WHY,
        seen=Unshown.IN_A_PROGRAM,
    )
    assert disclosure_queries.list_delivered(bank) == before


def test_a_reader_of_both_sees_why_and_where_the_new_one_is(country: cast.Country) -> None:
    old = told(country)
    new = superseded(old, advice(country, text="Werk bij naar 4.3."))
    latest, earlier = disclosure_queries.list_delivered(cast.constituent(country.bank))
    assert (latest.id, earlier.id) == (new.id, old.id)
    assert earlier.superseded_at == new.delivered_at
    assert (earlier.superseding_reason, earlier.replaced_by) == (WHY, new.id)
    assert earlier.parts[0].text == "Werk bij naar 4.2."
    assert latest.superseded_at is None


def test_a_reader_of_the_old_one_alone_sees_that_and_no_link(country: cast.Country) -> None:
    old = told(country, country.bank, country.energy)
    superseded(old, advice(country, country.bank, text="Werk bij naar 4.3."))
    (left,) = disclosure_queries.list_delivered(cast.constituent(country.energy))
    assert (left.superseding_reason, left.replaced_by) == (WHY, None)


def test_a_reader_of_the_new_one_alone_does_not_learn_of_the_old(country: cast.Country) -> None:
    old = told(country)
    new = superseded(old, replace(advice(country, country.energy), widening="Ook Energie heeft dit product."))
    (only,) = disclosure_queries.list_delivered(cast.constituent(country.energy))
    assert only == replace(only, id=new.id, superseded_at=None, superseding_reason="", replaced_by=None)
    with bound(cast.constituent(country.energy)), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM disclosure_disclosure")
        assert cursor.fetchone() == (1,)


def test_the_reporter_sees_both_and_proves_both(country: cast.Country) -> None:
    old = told(country)
    (report,) = old.reports
    new = superseded(old, advice(country, text="Werk bij naar 4.3."))
    water = cast.constituent(country.water)
    first, second = disclosure_queries.trace_report(water, report=report)
    assert (first.state, first.superseded_at) == (State.SUPERSEDED, new.delivered_at)
    assert (second.disclosure, second.state) == (new.id, State.DELIVERED)
    assert [one.subject for one in ledger_queries.list_entries(water, kind=Kind.SUPERSEDED)] == [old.id]


def test_the_desk_sees_which_replaces_which_and_why(country: cast.Country) -> None:
    old = told(country)
    new = superseded(old, advice(country, text="Werk bij naar 4.3."))
    kept = disclosure_queries.get_disclosure(cast.analyst(), disclosure=old.id)
    assert kept.replaced
    assert (kept.replaced.disclosure, kept.replaced.step.reason) == (new.id, WHY)
    assert new.supersedes
    assert (new.supersedes.disclosure, new.supersedes.reason) == (old.id, WHY)


def test_it_stays_of_the_same_thing_and_from_the_same_reports(country: cast.Country) -> None:
    old = told(country)
    anew = disclosure_actions.supersede_disclosure(
        cast.analyst(),
        disclosure=old.id,
        draft=replace(advice(country), subject=uuid4()),
        reason=WHY,
        seen=Unshown.IN_A_PROGRAM,
    )
    assert (anew.item, anew.subject) == (old.item, old.subject)
    assert set(old.reports) < set(anew.reports)


def test_a_new_version_is_no_way_to_go_wider_unasked(country: cast.Country) -> None:
    old = told(country)
    for wider in (replace(advice(country), tlp=TLP.AMBER), advice(country, country.bank, country.energy)):
        with pytest.raises(WideningMissing):
            disclosure_actions.supersede_disclosure(
                cast.analyst(), disclosure=old.id, draft=wider, reason=WHY, seen=Unshown.IN_A_PROGRAM
            )


def test_without_a_reason_nothing_is_replaced(country: cast.Country) -> None:
    old = told(country)
    with pytest.raises(ReasonMissing):
        disclosure_actions.supersede_disclosure(
            cast.analyst(), disclosure=old.id, draft=advice(country), reason="  ", seen=Unshown.IN_A_PROGRAM
        )


def test_only_what_stands_is_replaced(country: cast.Country) -> None:
    old = told(country)
    anew = disclosure_actions.supersede_disclosure(
        cast.analyst(), disclosure=old.id, draft=advice(country), reason=WHY, seen=Unshown.IN_A_PROGRAM
    )
    disclosure_actions.withdraw_disclosure(cast.analyst(), disclosure=old.id, reason="vergissing")
    with pytest.raises(StateDoesNotAllow):
        disclosure_actions.decide_disclosure(cast.analyst(), disclosure=anew.id, reason="nu", seen=anew.sight)
    with pytest.raises(StateDoesNotAllow):
        disclosure_actions.supersede_disclosure(
            cast.analyst(), disclosure=old.id, draft=advice(country), reason=WHY, seen=Unshown.IN_A_PROGRAM
        )
    unknown = DisclosureId(uuid4())
    with pytest.raises(DisclosureNotFound):
        disclosure_actions.supersede_disclosure(
            cast.analyst(), disclosure=unknown, draft=advice(country), reason=WHY, seen=Unshown.IN_A_PROGRAM
        )


def test_of_two_that_would_replace_it_the_first_does(country: cast.Country) -> None:
    old = told(country)
    first, second = (
        disclosure_actions.supersede_disclosure(
            cast.analyst(), disclosure=old.id, draft=advice(country, text=text), reason=WHY, seen=Unshown.IN_A_PROGRAM
        )
        for text in ("Werk bij naar 4.3.", "Werk bij naar 4.4.")
    )
    disclosure_actions.decide_disclosure(cast.analyst(), disclosure=first.id, reason="nu", seen=first.sight)
    with pytest.raises(StateDoesNotAllow):
        disclosure_actions.decide_disclosure(cast.analyst(), disclosure=second.id, reason="nu", seen=second.sight)


def test_what_was_superseded_can_still_be_taken_back(country: cast.Country) -> None:
    old = told(country)
    superseded(old, advice(country, text="Werk bij naar 4.3."))
    disclosure_actions.withdraw_disclosure(cast.analyst(), disclosure=old.id, reason="er stond een naam in")
    _, earlier = disclosure_queries.list_delivered(cast.constituent(country.bank))
    assert (earlier.parts, earlier.withdrawal_reason) == ((), "er stond een naam in")


def test_the_database_lets_nothing_be_superseded_by_what_was_not_told(country: cast.Country) -> None:
    old, analyst = told(country), cast.analyst()
    anew = disclosure_actions.supersede_disclosure(
        analyst, disclosure=old.id, draft=advice(country), reason=WHY, seen=Unshown.IN_A_PROGRAM
    )
    change = (
        "UPDATE disclosure_disclosure SET state = 'superseded', superseded_at = now(), superseding_reason = 'x',"
        " superseded_by = %s, superseded_with_id = %s WHERE id = %s"
    )
    with pytest.raises(IntegrityError), bound(analyst):
        connection.cursor().execute(change, [analyst.id, anew.id, old.id])


def test_who_reads_masked_on_whose_word_it_rests_writes_no_new_version(country: cast.Country) -> None:
    """The form of a new version begins with it, whole."""
    draft = replace(advice(country), vouching=f"Namens {cast.NAME} gezegd, vandaag.")
    old = disclosure_actions.disclose(cast.analyst(), draft=draft, reason="bijstand", seen=Unshown.IN_A_PROGRAM)
    with pytest.raises(WordsSealed):
        disclosure_queries.draft_to_replace(cast.analyst(), disclosure=old.id)


def test_why_it_was_replaced_or_withdrawn_names_nobody_who_reported(country: cast.Country) -> None:
    old, bank = told(country), cast.constituent(country.bank)
    named = f"{cast.NAME} belde: jantine@zuiderwiel.example zag het anders."
    anew = disclosure_actions.supersede_disclosure(
        cast.analyst(), disclosure=old.id, draft=advice(country), reason=named, seen=Unshown.IN_A_PROGRAM
    )
    new = disclosure_actions.decide_disclosure(cast.analyst(), disclosure=anew.id, reason="nu", seen=anew.sight)
    before, mark = disclosure_queries.get_delivered(bank, disclosure=old.id), "[█████ weggelaten]"
    assert before.superseding_reason == f"{mark} belde: {mark} zag het anders."
    disclosure_actions.withdraw_disclosure(cast.analyst(), disclosure=new.id, reason=named)
    after = disclosure_queries.get_delivered(bank, disclosure=new.id)
    assert after.withdrawal_reason == before.superseding_reason


def test_who_reported_and_reads_alone_reads_its_own_name(country: cast.Country) -> None:
    own = told(country, country.water)
    disclosure_actions.withdraw_disclosure(cast.analyst(), disclosure=own.id, reason=f"{cast.NAME} belde.")
    read = disclosure_queries.get_delivered(cast.constituent(country.water), disclosure=own.id)
    assert read.withdrawal_reason == f"{cast.NAME} belde."
