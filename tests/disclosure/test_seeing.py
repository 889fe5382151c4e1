"""Nobody decides on what they did not see: two tabs, a changed circle, another day's law."""

from __future__ import annotations

from dataclasses import replace

import pytest

from meldpunt.access.values import JOB
from meldpunt.constituency import actions as constituency_actions
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.errors import SeenChanged, StateDoesNotAllow
from meldpunt.disclosure.seeing import sight_of
from meldpunt.disclosure.values import (
    Attachment,
    Audience,
    AudienceKind,
    Disclosure,
    Draft,
    ItemKind,
    Sight,
    State,
    Unshown,
)
from meldpunt.law import DataKind, Purpose
from meldpunt.vocabulary.markings import PAP, TLP

from . import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def country() -> cast.Country:
    return cast.found_country()


def warning(country: cast.Country) -> Draft:
    """A warning to the table of the energy companies."""
    return cast.draft_for(
        [Audience(AudienceKind.ISAC, country.isac)], purpose=Purpose.WARN, item=ItemKind.WARNING, tlp=TLP.AMBER
    )


def looked_at(disclosure: Disclosure) -> Disclosure:
    return disclosure_queries.get_disclosure(cast.analyst(), disclosure=disclosure.id)


def test_who_joined_after_the_page_was_read_is_not_told_unseen(country: cast.Country) -> None:
    proposed = disclosure_actions.propose_disclosure(cast.analyst(), draft=warning(country), seen=Unshown.IN_A_PROGRAM)
    constituency_actions.join_isac(JOB, isac=country.isac, organisation=country.water)
    with pytest.raises(SeenChanged):
        disclosure_actions.decide_disclosure(
            cast.analyst(), disclosure=proposed.id, reason="dringend", seen=proposed.sight
        )
    assert looked_at(proposed).state is State.PROPOSED
    again = looked_at(proposed)
    assert again.count == proposed.count + 1
    done = disclosure_actions.decide_disclosure(
        cast.analyst(), disclosure=proposed.id, reason="dringend", seen=again.sight
    )
    assert done.state is State.DELIVERED


def test_a_name_that_came_to_be_known_changes_what_is_approved(country: cast.Country) -> None:
    letter = cast.escalation(country, origins=(cast.origin_at(country.water),))
    letter = replace(letter, parts=(cast.told(DataKind.ADVICE, "Bel Maartje Korenveld."),))
    waiting = disclosure_actions.disclose(
        cast.analyst(), draft=letter, reason="niet opgevolgd", seen=Unshown.IN_A_PROGRAM
    )
    cast.let_in("Maartje Korenveld", country.water)
    with pytest.raises(SeenChanged):
        disclosure_actions.approve_disclosure(
            cast.duty_officer(), disclosure=waiting.id, reason="akkoord", seen=waiting.sight
        )
    assert disclosure_queries.list_delivered(cast.official(country.ministry)) == ()


def test_nobody_decides_without_having_seen_it(country: cast.Country) -> None:
    proposed = disclosure_actions.propose_disclosure(cast.analyst(), draft=warning(country), seen=Unshown.IN_A_PROGRAM)
    with pytest.raises(SeenChanged):
        disclosure_actions.decide_disclosure(cast.analyst(), disclosure=proposed.id, reason="ja", seen=Sight(""))


def test_what_was_seen_of_one_letter_opens_no_other(country: cast.Country) -> None:
    first, second = (
        disclosure_actions.disclose(
            cast.analyst(), draft=replace(cast.escalation(country), title=title), reason="nu", seen=Unshown.IN_A_PROGRAM
        )
        for title in ("Niet opgevolgd advies", "Niet opgevolgd advies, herzien")
    )
    with pytest.raises(SeenChanged):
        disclosure_actions.approve_disclosure(
            cast.duty_officer(), disclosure=second.id, reason="akkoord", seen=first.sight
        )


def test_a_second_tab_does_not_deliver_twice(country: cast.Country) -> None:
    proposed = disclosure_actions.propose_disclosure(cast.analyst(), draft=warning(country), seen=Unshown.IN_A_PROGRAM)
    disclosure_actions.decide_disclosure(cast.analyst(), disclosure=proposed.id, reason="nu", seen=proposed.sight)
    with pytest.raises(StateDoesNotAllow):
        disclosure_actions.decide_disclosure(cast.analyst(), disclosure=proposed.id, reason="nu", seen=proposed.sight)


def test_the_sight_is_the_same_for_who_unsealed_and_who_did_not(country: cast.Country) -> None:
    officer = cast.duty_officer()
    draft = cast.draft_for(cast.to(country.bank), purpose=Purpose.ADVISE, item=ItemKind.ADVICE)
    proposed = disclosure_actions.propose_disclosure(cast.analyst(), draft=draft, seen=Unshown.IN_A_PROGRAM)
    constituency_actions.unseal_identity(officer, organisation=country.bank, purpose="de brief nalezen")
    assert disclosure_queries.get_disclosure(officer, disclosure=proposed.id).sight == proposed.sight


def test_whatever_the_page_showed_is_in_the_sight(country: cast.Country) -> None:
    analyst, draft = cast.analyst(), cast.for_intelligence(country)
    file = Attachment("a.txt", "text/plain", b"een", DataKind.INCIDENT_NATURE)
    others = (
        replace(draft, title="Anders"),
        replace(draft, parts=(cast.told(DataKind.INCIDENT_NATURE, "Anders."),)),
        replace(draft, tlp=TLP.AMBER),
        replace(draft, pap=PAP.RED),
        replace(draft, audience=cast.to(country.ministry, country.intelligence)),
        replace(draft, attachments=(file,)),
        replace(draft, attachments=(replace(file, data=b"twee"),)),
        replace(draft, vouching="Iemand anders."),
    )
    sights = {sight_of(disclosure_queries.preview_disclosure(analyst, draft=one)) for one in (draft, *others)}
    assert len(sights) == 1 + len(others)
