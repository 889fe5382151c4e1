"""One person alone, part of the network, and unions: who is meant reads it, and nobody beside them."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from meldpunt.access.errors import NotFound
from meldpunt.access.values import JOB, Actor, Role
from meldpunt.constituency import actions as constituency_actions
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.errors import AudienceOfNobody, DisclosureNotFound
from meldpunt.disclosure.values import Audience, AudienceKind, Draft, ItemKind, State, Unshown
from meldpunt.law import Condition, DataKind, Purpose
from meldpunt.ledger import queries as ledger_queries
from meldpunt.ledger.values import Kind
from meldpunt.vocabulary.markings import TLP

from . import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def country() -> cast.Country:
    return cast.found_country()


def letter(*people: Actor, **more: object) -> Draft:
    """Written to these people and nobody else."""
    draft = cast.draft_for(
        [Audience(AudienceKind.PERSON, one.id) for one in people],
        cast.told(DataKind.ADVICE, "Bel mij vanavond."),
        purpose=Purpose.ADVISE,
        item=ItemKind.LETTER,
        conditions=frozenset({Condition.ABOUT_RECIPIENT}),
    )
    return replace(draft, **more)  # type: ignore[arg-type]


def network(country: cast.Country, *, sectors: tuple[str, ...] = (), only: tuple[UUID, ...] = ()) -> Draft:
    return cast.draft_for(
        [Audience(AudienceKind.DETECTION_NETWORK, sectors=sectors, only=only)],
        cast.told(DataKind.INDICATORS, "198.51.100.7"),
        purpose=Purpose.DETECT,
        item=ItemKind.INDICATORS,
        tlp=TLP.AMBER_STRICT,
    )


def test_one_person_reads_it_and_no_colleague_does(country: cast.Country) -> None:
    one, colleague = (cast.let_in(name, country.bank) for name in ("Roos Kempen", "Teun Waalwijk"))
    told = disclosure_actions.disclose(
        cast.analyst(), draft=letter(one), reason="persoonlijk", seen=Unshown.IN_A_PROGRAM
    )
    assert told.state is State.DELIVERED
    assert [read.id for read in disclosure_queries.list_delivered(one)] == [told.id]
    assert disclosure_queries.list_delivered(colleague) == ()
    for act in (disclosure_actions.open_disclosure, disclosure_actions.acknowledge_disclosure):
        with pytest.raises(DisclosureNotFound):
            act(colleague, disclosure=told.id)


def test_a_colleague_learns_nothing_of_it_from_the_ledger_either(country: cast.Country) -> None:
    one, colleague = (cast.let_in(name, country.bank) for name in ("Roos Kempen", "Teun Waalwijk"))
    before = ledger_queries.list_entries(colleague)
    told = disclosure_actions.disclose(
        cast.analyst(), draft=letter(one), reason="persoonlijk", seen=Unshown.IN_A_PROGRAM
    )
    disclosure_actions.open_disclosure(one, disclosure=told.id)
    disclosure_actions.acknowledge_disclosure(one, disclosure=told.id, note="begrepen")
    assert ledger_queries.list_entries(colleague) == before
    assert [one.kind for one in ledger_queries.list_entries(cast.analyst(), subject=told.id)][:2] == [
        Kind.ACKNOWLEDGED,
        Kind.READ,
    ]


def test_the_desk_sees_a_person_by_code_until_it_unsealed_the_organisation(country: cast.Country) -> None:
    one, analyst = cast.let_in("Roos Kempen", country.bank), cast.analyst()
    preview = disclosure_queries.preview_disclosure(analyst, draft=letter(one))
    assert preview.readers[0].label.en.startswith("a person at ")
    assert "Roos" not in repr(preview.readers)
    constituency_actions.unseal_identity(analyst, organisation=country.bank, purpose="wie bel ik")
    preview = disclosure_queries.preview_disclosure(analyst, draft=letter(one))
    assert preview.readers[0].label.en == "Roos Kempen, Bank De Korenbeurs"


def test_words_to_a_person_are_read_behind_the_seal_of_its_organisation(country: cast.Country) -> None:
    one = cast.let_in("Roos Kempen", country.bank)
    parts = (cast.told(DataKind.ADVICE, "Beste Roos Kempen van Bank De Korenbeurs."),)
    told = disclosure_actions.disclose(
        cast.analyst(), draft=letter(one, parts=parts), reason="persoonlijk", seen=Unshown.IN_A_PROGRAM
    )
    assert "Korenbeurs" not in told.kept[0].text
    assert "Roos" not in told.kept[0].text
    assert disclosure_queries.list_delivered(one)[0].parts[0].text.startswith("Beste Roos Kempen")


def test_the_reporter_is_told_of_a_person_without_a_name(country: cast.Country) -> None:
    one = cast.let_in("Roos Kempen", country.bank)
    origin = cast.origin_at(country.water)
    assert origin.report
    disclosure_actions.disclose(
        cast.analyst(), draft=letter(one, origins=(origin,)), reason="persoonlijk", seen=Unshown.IN_A_PROGRAM
    )
    (line,) = disclosure_queries.trace_report(cast.constituent(country.water), report=origin.report)
    assert [each.label.en for each in line.addressees] == ["a person at an organisation in the sector banks"]


def test_who_was_shut_out_is_nobody(country: cast.Country) -> None:
    one = cast.let_in("Roos Kempen", country.bank)
    constituency_actions.close_account(JOB, account=one.id, is_closed=True)
    with pytest.raises(AudienceOfNobody):
        disclosure_actions.disclose(cast.analyst(), draft=letter(one), reason="persoonlijk", seen=Unshown.IN_A_PROGRAM)


def test_nobody_of_the_desk_and_no_stranger_is_a_person_to_write_to(country: cast.Country) -> None:
    for nobody in (cast.analyst(), replace(cast.analyst(), id=JOB.id)):
        with pytest.raises(NotFound):
            disclosure_actions.disclose(
                cast.analyst(), draft=letter(nobody), reason="persoonlijk", seen=Unshown.IN_A_PROGRAM
            )


def test_an_official_alone_reads_what_the_party_does_not(country: cast.Country) -> None:
    one, colleague = (cast.let_in(name, country.intelligence, role=Role.PARTY) for name in ("A. Vos", "B. Das"))
    draft = cast.draft_for(
        [Audience(AudienceKind.PERSON, one.id)], conditions=frozenset({Condition.RECIPIENT_TASK}), item=ItemKind.LETTER
    )
    told = disclosure_actions.disclose(cast.analyst(), draft=draft, reason="taak", seen=Unshown.IN_A_PROGRAM)
    assert told.readers[0].label.nl == "A. Vos, De dienst"
    assert len(disclosure_queries.list_delivered(one)) == 1
    assert disclosure_queries.list_delivered(colleague) == ()


def test_a_person_whose_organisation_reads_it_too_counts_once(country: cast.Country) -> None:
    one = cast.let_in("Roos Kempen", country.bank)
    draft = letter(one)
    draft = replace(draft, audience=(*draft.audience, *cast.to(country.bank)))
    preview = disclosure_queries.preview_disclosure(cast.analyst(), draft=draft)
    assert [(each.kind, each.person) for each in preview.readers] == [(AudienceKind.ORGANISATION, None)]


def test_a_sector_of_the_network_is_told_and_the_rest_is_not(country: cast.Country) -> None:
    constituency_actions.join_detection_network(JOB, organisation=country.bank)
    told = disclosure_actions.disclose(
        cast.analyst(), draft=network(country, sectors=("energy",)), reason="gezien", seen=Unshown.IN_A_PROGRAM
    )
    assert told.count == 1
    assert len(disclosure_queries.list_delivered(cast.sensor(country.energy))) == 1
    assert disclosure_queries.list_delivered(cast.sensor(country.bank)) == ()
    assert disclosure_queries.list_delivered(cast.constituent(country.bank)) == ()


def test_chosen_participants_are_told_and_the_rest_is_not(country: cast.Country) -> None:
    constituency_actions.join_detection_network(JOB, organisation=country.bank)
    draft = network(country, only=(country.bank,))
    told = disclosure_actions.disclose(cast.analyst(), draft=draft, reason="gezien", seen=Unshown.IN_A_PROGRAM)
    assert told.count == 1
    assert len(disclosure_queries.list_delivered(cast.sensor(country.bank))) == 1
    assert disclosure_queries.list_delivered(cast.sensor(country.energy)) == ()


@pytest.mark.parametrize("part", [{"sectors": ("banking",)}, {"only": (uuid4(),)}])
def test_a_part_of_the_network_without_participants_is_nobody(country: cast.Country, part: dict[str, tuple]) -> None:
    with pytest.raises(AudienceOfNobody):
        disclosure_queries.preview_disclosure(cast.analyst(), draft=network(country, **part))


def test_an_empty_circle_in_a_union_is_an_error_as_well(country: cast.Country) -> None:
    empty = constituency_actions.create_isac(JOB, sector="banking", name="Leeg")
    audience = (*cast.to(country.bank), Audience(AudienceKind.ISAC, empty))
    draft = cast.draft_for(audience, purpose=Purpose.WARN, item=ItemKind.WARNING, tlp=TLP.AMBER)
    with pytest.raises(AudienceOfNobody, match="Leeg"):
        disclosure_queries.preview_disclosure(cast.analyst(), draft=draft)


def test_a_union_names_and_counts_everybody_once(country: cast.Country) -> None:
    audience = (*cast.to(country.bank), Audience(AudienceKind.ISAC, country.isac))
    draft = cast.draft_for(audience, purpose=Purpose.WARN, item=ItemKind.WARNING, tlp=TLP.AMBER)
    preview = disclosure_queries.preview_disclosure(cast.analyst(), draft=draft)
    assert preview.count == len({each.label.nl for each in preview.readers}) == 2
