"""What was shown before it is kept is what is kept: a deed that comes from a page says what stood on it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from meldpunt.access.values import JOB
from meldpunt.constituency import actions as constituency_actions
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.errors import SeenChanged
from meldpunt.disclosure.values import NOTHING_SEEN, Audience, AudienceKind, Draft, Sight, State, seen_together
from meldpunt.law import DataKind, Purpose
from meldpunt.vocabulary.markings import TLP

from . import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def country() -> cast.Country:
    return cast.found_country()


def to_the_table(country: cast.Country) -> Draft:
    return cast.draft_for(
        [Audience(AudienceKind.ISAC, country.isac)],
        cast.told(DataKind.ADVICE, "Werk bij naar 4.2."),
        purpose=Purpose.ADVISE,
        tlp=TLP.AMBER,
    )


def shown(*drafts: Draft) -> Sight:
    return seen_together(one.sight for one in disclosure_queries.preview_each(cast.analyst(), drafts=drafts))


def kept() -> int:
    return len(disclosure_queries.list_disclosures(cast.analyst()))


def test_what_was_shown_is_proposed_and_told(country: cast.Country) -> None:
    draft = cast.for_intelligence(country)
    assert disclosure_actions.propose_disclosure(cast.analyst(), draft=draft, seen=shown(draft)).state is State.PROPOSED
    told = disclosure_actions.disclose(cast.analyst(), draft=draft, reason="taak", seen=shown(draft))
    assert told.state is State.DELIVERED


def test_who_joined_the_circle_after_it_was_shown_is_not_told(country: cast.Country) -> None:
    draft = to_the_table(country)
    seen = shown(draft)
    constituency_actions.join_isac(JOB, isac=country.isac, organisation=country.water)
    for deed in (
        lambda: disclosure_actions.propose_disclosure(cast.analyst(), draft=draft, seen=seen),
        lambda: disclosure_actions.disclose(cast.analyst(), draft=draft, reason="advies", seen=seen),
        lambda: disclosure_actions.disclose_each(cast.analyst(), drafts=[draft], reason="advies", seen=seen),
    ):
        with pytest.raises(SeenChanged):
            deed()
    assert kept() == 0


def test_a_page_that_showed_nothing_confirms_nothing(country: cast.Country) -> None:
    with pytest.raises(SeenChanged):
        disclosure_actions.propose_disclosure(cast.analyst(), draft=cast.for_intelligence(country), seen=NOTHING_SEEN)
    assert kept() == 0


def test_one_of_many_that_changed_holds_up_all(country: cast.Country) -> None:
    one, other = cast.for_intelligence(country), to_the_table(country)
    seen = shown(one, other)
    other = replace(other, title="Een andere titel")
    with pytest.raises(SeenChanged):
        disclosure_actions.disclose_each(cast.analyst(), drafts=[one, other], reason="advies", seen=seen)
    assert kept() == 0


def test_what_the_desk_writes_to_itself_beside_the_preview_changes_nothing_that_was_shown(
    country: cast.Country,
) -> None:
    draft = to_the_table(country)
    said = replace(draft, widening="De hele tafel heeft dit product.", vouching="Om negen uur aan de telefoon.")
    assert shown(draft) == shown(said)
    assert shown(draft) != shown(replace(draft, tlp=TLP.AMBER_STRICT, audience=cast.to(country.bank)))
