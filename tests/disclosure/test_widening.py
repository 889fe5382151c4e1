"""The narrowest marking and audience are where everything starts; going wider asks why."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.errors import UseWiderThanPAP, WideningMissing
from meldpunt.disclosure.rules.audiences import REACH, check_use
from meldpunt.disclosure.rules.widening import STARTS, check_widening, narrowest_tlp, widened
from meldpunt.disclosure.values import Audience, AudienceKind, Draft, ItemKind, Unshown
from meldpunt.law import DataKind, Purpose
from meldpunt.ledger import queries as ledger_queries
from meldpunt.ledger.values import Kind
from meldpunt.vocabulary.markings import PAP, TLP, Reach

from . import cast

TLPS, ITEMS = st.sampled_from(TLP), st.sampled_from(ItemKind)


def draft_of(item: ItemKind, tlp: TLP, *kinds: AudienceKind, sources: tuple[TLP, ...] = ()) -> Draft:
    """Whom it is for does not matter here, only how wide that is."""
    audience = [Audience(kind, uuid4()) for kind in kinds or (AudienceKind.ORGANISATION,)]
    return replace(cast.draft_for(audience, item=item, tlp=tlp), widening="", sources=sources)


def asks_why(draft: Draft, replaced: Draft | None = None) -> bool:
    try:
        check_widening(draft, replaced)
    except WideningMissing:
        return True
    return False


def test_every_kind_of_item_has_a_start_and_says_why() -> None:
    assert set(STARTS) == set(ItemKind)
    assert all(one.why.nl and one.why.en for one in STARTS.values())


@given(ITEMS, TLPS)
def test_no_marking_wider_than_the_start_goes_without_a_reason(item: ItemKind, tlp: TLP) -> None:
    assert asks_why(draft_of(item, tlp)) == (tlp.strictness < STARTS[item].tlp.strictness)


@given(ITEMS, st.sampled_from(AudienceKind))
def test_no_circle_wider_than_the_start_goes_without_a_reason(item: ItemKind, kind: AudienceKind) -> None:
    start = STARTS[item]
    is_wider = list(Reach).index(REACH[kind]) > list(Reach).index(start.reach)
    assert asks_why(draft_of(item, start.tlp, kind)) == is_wider


@given(ITEMS, TLPS, st.lists(TLPS, min_size=1))
def test_the_strictest_source_goes_before_the_kind_of_item(item: ItemKind, tlp: TLP, sources: list[TLP]) -> None:
    draft = draft_of(item, tlp, sources=tuple(sources))
    strictest = max(sources, key=lambda one: one.strictness)
    assert narrowest_tlp(draft) is strictest
    assert asks_why(draft) == (tlp.strictness < strictest.strictness)


@given(ITEMS, TLPS, TLPS)
def test_nothing_gets_wider_by_being_written_anew(item: ItemKind, before: TLP, after: TLP) -> None:
    old = draft_of(item, before)
    anew = replace(old, tlp=after)
    if after.strictness < before.strictness:
        assert asks_why(anew, old)


def test_a_reader_more_than_the_version_before_it_asks_why() -> None:
    old = draft_of(ItemKind.LETTER, TLP.RED)
    more = replace(old, audience=(*old.audience, Audience(AudienceKind.ORGANISATION, uuid4())))
    assert widened(more, old)
    assert not widened(old, more)


def test_another_sector_of_the_network_is_no_part_of_this_one() -> None:
    def network(*sectors: str) -> Draft:
        circle = Audience(AudienceKind.DETECTION_NETWORK, sectors=sectors)
        return replace(draft_of(ItemKind.INDICATORS, TLP.AMBER_STRICT), audience=(circle,))

    assert not asks_why(network("energy"), network("energy", "banking"))
    assert not asks_why(network("energy"), network())
    assert asks_why(network("energy", "banking"), network("energy"))
    assert asks_why(network(), network("energy"))


@pytest.mark.parametrize("pap", [PAP.RED, PAP.AMBER])
@pytest.mark.parametrize("kind", [AudienceKind.DETECTION_NETWORK, AudienceKind.PUBLIC])
def test_what_may_not_be_noticed_reaches_no_sensor_and_no_public(pap: PAP, kind: AudienceKind) -> None:
    with pytest.raises(UseWiderThanPAP, match=pap.value):
        check_use(pap, [Audience(AudienceKind.ORGANISATION, uuid4()), Audience(kind)])


@given(st.sampled_from(PAP), st.sampled_from(sorted(set(AudienceKind) - cast.BEYOND_PEOPLE)))
def test_people_can_be_told_what_they_may_do_with_it(pap: PAP, kind: AudienceKind) -> None:
    check_use(pap, [Audience(kind)])


@pytest.mark.django_db
def test_the_reason_stays_in_the_proposal_and_in_the_ledger_of_the_desk() -> None:
    country, analyst = cast.found_country(), cast.analyst()
    draft = cast.draft_for(
        cast.to(country.bank), cast.told(DataKind.ADVICE), purpose=Purpose.ADVISE, item=ItemKind.ADVICE, tlp=TLP.AMBER
    )
    draft = replace(draft, origins=(cast.origin_at(country.water),), widening=f"Ook voor klanten, zegt {cast.NAME}.")
    with pytest.raises(WideningMissing):
        disclosure_actions.disclose(
            analyst, draft=replace(draft, widening=" "), reason="bijstand", seen=Unshown.IN_A_PROGRAM
        )
    assert disclosure_queries.list_disclosures(analyst) == ()
    told = disclosure_actions.disclose(analyst, draft=draft, reason="bijstand", seen=Unshown.IN_A_PROGRAM)
    assert told.widening.startswith("Ook voor klanten, zegt [")
    (entry,) = ledger_queries.list_entries(analyst, kind=Kind.PROPOSED)
    assert str(entry.details["widening"]).startswith("Ook voor klanten, zegt [")
    assert not any(
        "klanten" in str(one.details) for one in ledger_queries.list_entries(cast.constituent(country.water))
    )


@pytest.mark.django_db
def test_the_preview_says_where_it_starts_and_what_is_wider() -> None:
    country = cast.found_country()
    draft = cast.draft_for([Audience(AudienceKind.ISAC, country.isac)], purpose=Purpose.WARN, tlp=TLP.AMBER)
    preview = disclosure_queries.preview_disclosure(cast.analyst(), draft=draft)
    assert preview.narrowest is TLP.RED
    assert [one.en for one in preview.widened] == [
        "TLP:AMBER instead of TLP:RED",
        "a circle wider than its readers themselves",
    ]
