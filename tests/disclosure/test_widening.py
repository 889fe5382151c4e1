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
from meldpunt.disclosure.values import Audience, AudienceKind, DisclosureId, Draft, ItemKind, Origin, Reader, Unshown
from meldpunt.law import DataKind, Purpose, RecipientKind
from meldpunt.ledger import queries as ledger_queries
from meldpunt.ledger.values import Kind
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.markings import PAP, TLP, Reach

from . import cast

SOMEBODY = Reader(
    AudienceKind.ORGANISATION, RecipientKind.CONSTITUENT, Bilingual("c", "c"), Bilingual("c", "c"), organisation=uuid4()
)
READERS = (SOMEBODY,)
TLPS, ITEMS = st.sampled_from(TLP), st.sampled_from(ItemKind)


def draft_of(item: ItemKind, tlp: TLP, *kinds: AudienceKind, sources: tuple[TLP, ...] = ()) -> Draft:
    """Whom it is for does not matter here, only how wide that is."""
    audience = [Audience(kind, uuid4()) for kind in kinds or (AudienceKind.ORGANISATION,)]
    return replace(cast.draft_for(audience, item=item, tlp=tlp), widening="", sources=sources)


def asks_why(draft: Draft, replaced: Draft | None = None) -> bool:
    try:
        check_widening(draft, READERS, replaced)
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
    assert narrowest_tlp(draft, READERS) is strictest
    assert asks_why(draft) == (tlp.strictness < strictest.strictness)


@given(ITEMS, TLPS, TLPS)
def test_nothing_gets_wider_by_being_written_anew(item: ItemKind, before: TLP, after: TLP) -> None:
    old = draft_of(item, before)
    anew = replace(old, tlp=after)
    if after.strictness < before.strictness:
        assert asks_why(anew, old)


@given(ITEMS, TLPS, TLPS)
def test_whoever_reported_can_ask_for_less_and_never_for_more(item: ItemKind, tlp: TLP, asked: TLP) -> None:
    draft = draft_of(item, tlp)
    wish = replace(draft, origins=(Origin(uuid4(), uuid4(), None, asked),))
    before, after = narrowest_tlp(draft, READERS), narrowest_tlp(wish, READERS)
    assert after.strictness == max(before.strictness, asked.strictness)
    assert asks_why(wish) == (tlp.strictness < after.strictness)


@given(ITEMS, TLPS, TLPS)
def test_what_somebody_reported_is_not_kept_from_itself_by_what_it_asked(item: ItemKind, tlp: TLP, asked: TLP) -> None:
    draft = draft_of(item, tlp)
    own = replace(draft, origins=(Origin(uuid4(), SOMEBODY.organisation, None, asked),))
    assert narrowest_tlp(own, READERS) is narrowest_tlp(draft, READERS)
    assert asks_why(own) == asks_why(draft)


def test_a_reader_more_than_the_version_before_it_asks_why() -> None:
    old = draft_of(ItemKind.LETTER, TLP.RED)
    more = replace(old, audience=(*old.audience, Audience(AudienceKind.ORGANISATION, uuid4())))
    assert widened(more, READERS, old)
    assert not widened(old, READERS, more)


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


def told_further_than_asked(country: cast.Country, *origins: Origin) -> DisclosureId:
    draft = cast.draft_for(
        cast.to(country.bank), cast.told(DataKind.ADVICE), purpose=Purpose.ADVISE, item=ItemKind.ADVICE
    )
    draft = replace(
        draft, tlp=TLP.AMBER_STRICT, origins=origins, widening=f"De bank moet ermee werken, zegt {cast.NAME}."
    )
    return disclosure_actions.disclose(cast.analyst(), draft=draft, reason="bijstand", seen=Unshown.IN_A_PROGRAM).id


@pytest.mark.django_db
def test_whoever_asked_for_less_reads_why_it_went_further_and_nobody_elses_name() -> None:
    country = cast.found_country()
    origin = replace(cast.origin_at(country.water), tlp=TLP.RED)
    told_further_than_asked(country, origin)
    (line,) = disclosure_queries.trace_report(cast.constituent(country.water), report=origin.report or uuid4())
    assert (line.tlp, line.asked) == (TLP.AMBER_STRICT, TLP.RED)
    assert line.widening.startswith("De bank moet ermee werken")
    assert cast.NAME not in line.widening
    (entry,) = ledger_queries.list_entries(cast.constituent(country.water), kind=Kind.DISCLOSED)
    assert entry.details["tlp_asked"] == "TLP:RED"
    assert entry.details["widening"] == line.widening


@pytest.mark.django_db
def test_what_another_reporter_asked_is_told_to_nobody_else() -> None:
    country = cast.found_country()
    asks, does_not = replace(cast.origin_at(country.water), tlp=TLP.RED), cast.origin_at(country.energy)
    told_further_than_asked(country, asks, does_not)
    (line,) = disclosure_queries.trace_report(cast.constituent(country.energy), report=does_not.report or uuid4())
    assert (line.asked, line.widening) == (None, "")
    (entry,) = ledger_queries.list_entries(cast.constituent(country.energy), kind=Kind.DISCLOSED)
    assert not {"tlp_asked", "widening"} & entry.details.keys()


@pytest.mark.django_db
def test_without_a_reason_nothing_goes_further_than_was_asked() -> None:
    country = cast.found_country()
    origin = replace(cast.origin_at(country.water), tlp=TLP.RED)
    draft = cast.draft_for(cast.to(country.bank), item=ItemKind.ADVICE, tlp=TLP.AMBER_STRICT, purpose=Purpose.ADVISE)
    draft = replace(draft, origins=(origin,), widening="")
    with pytest.raises(WideningMissing):
        disclosure_actions.disclose(cast.analyst(), draft=draft, reason="bijstand", seen=Unshown.IN_A_PROGRAM)
    preview = disclosure_queries.preview_disclosure(cast.analyst(), draft=draft)
    assert (preview.narrowest, preview.usual) == (TLP.RED, TLP.AMBER_STRICT)
