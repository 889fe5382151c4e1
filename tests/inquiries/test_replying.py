"""A body asks the desk: it is told what the law lets it know, and learns of nothing else, not even that it is there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from tests.constituency.cast import BANK
from tests.inquiries import cast

from meldpunt.access.binding import bound
from meldpunt.access.values import JOB
from meldpunt.cases import actions as case_actions
from meldpunt.cases.values import PartyRole
from meldpunt.constituency import actions as constituency_actions
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.errors import VouchingMissing
from meldpunt.disclosure.values import Deferred, ItemKind, State, Unshown
from meldpunt.inquiries import actions, models, queries
from meldpunt.inquiries.errors import ConditionNotShown, InquiryIncomplete, InquiryNotFound, NothingSaid
from meldpunt.inquiries.values import IncomingForm, ReplyForm
from meldpunt.law import Condition, DataKind, GroundKind, deferral_grounds, local_day
from meldpunt.law.values import RecipientKind
from meldpunt.triage.values import Disruption

pytestmark = pytest.mark.django_db

CONSENT, OFFENCE, RISK, TASK = (
    Condition.REPORTER_CONSENT,
    Condition.CRIMINAL_OFFENCE_SUSPECTED,
    Condition.RISK_OF_SOCIETAL_DISRUPTION,
    Condition.RECIPIENT_TASK,
)


@pytest.fixture
def house() -> cast.House:
    return cast.house()


def test_a_body_asks_and_follows_its_own_inquiry_and_no_other(house: cast.House) -> None:
    put = cast.put(house.police)
    assert [one.incoming.id for one in queries.list_own_incoming(house.police)] == [put.incoming.id]
    assert queries.list_own_incoming(house.supervisor) == ()
    with pytest.raises(InquiryNotFound):
        queries.get_own_incoming(house.supervisor, incoming=put.incoming.id)


def test_nobody_asks_in_the_name_of_another_body(house: cast.House) -> None:
    now = timezone.now()
    row = models.Incoming(
        reference="VB-X",
        body_id=cast.body_of(house.supervisor),
        subject="x",
        question="x",
        kinds=["impact"],
        necessity="x",
        ground="x",
        sent_by=house.police.id,
        sent_by_name="",
        received_at=now,
        wanted_at=now + timedelta(days=1),
    )
    with pytest.raises(DatabaseError), bound(house.police), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize("missing", ["subject", "question", "necessity", "ground"])
def test_a_body_says_what_why_and_on_what_ground(house: cast.House, missing: str) -> None:
    said = {"subject": "x", "question": "x", "necessity": "x", "ground": "x"} | {missing: " "}
    form = IncomingForm(**said, kinds=frozenset({DataKind.IMPACT}), wanted_at=cast.in_days(3))
    with pytest.raises(InquiryIncomplete):
        actions.submit_incoming(house.police, form=form)


def test_the_desk_sees_what_is_wanted_first_on_top_until_it_was_answered(house: cast.House) -> None:
    put = cast.put(house.supervisor)
    (line,) = queries.list_incoming(house.analyst)
    assert (line.incoming.id, line.is_open, line.is_waiting) == (put.incoming.id, True, False)
    actions.tell_nothing(house.analyst, incoming=put.incoming.id, reason="Niets gevonden.", seen=Unshown.IN_A_PROGRAM)
    assert queries.list_incoming(house.analyst) == ()
    (line,) = queries.list_incoming(house.analyst, is_open=False)
    assert line.replied_at is not None


def test_the_supervisor_is_told_part_and_never_who_reported(house: cast.House) -> None:
    put = cast.put(house.supervisor)
    form = cast.reply(house.case, TASK, incident_nature=f"{cast.NAME} meldde een uitval.", reporter_identity=cast.NAME)
    told = actions.reply_to_body(
        house.analyst, incoming=put.incoming.id, form=form, reason="Binnen de taak.", seen=Unshown.IN_A_PROGRAM
    )
    assert {one.kind for one in told.verdict.grounds} == {GroundKind.SUPPLY}
    assert [one.kind for one in told.left_out] == [DataKind.REPORTER_IDENTITY]
    (given,) = queries.get_own_incoming(house.supervisor, incoming=put.incoming.id).told
    assert "meldde een uitval" in given.parts[0].text
    assert cast.NAME not in str(given)
    trace = disclosure_queries.trace_report(house.people.reporter, report=house.people.receipt.report)
    assert ItemKind.INQUIRY_ANSWER in {one.item for one in trace}


def test_the_police_is_told_on_an_offence_only_after_a_second_person() -> None:
    risky = cast.house(Disruption.LIKELY)
    put = cast.put(risky.police)
    form = cast.reply(risky.case, OFFENCE, RISK, incident_nature="Een besturing viel uit.")
    waiting = actions.reply_to_body(
        risky.analyst, incoming=put.incoming.id, form=form, reason="Vermoeden.", seen=Unshown.IN_A_PROGRAM
    )
    assert waiting.state is State.WAITING_FOR_APPROVAL
    assert queries.get_own_incoming(risky.police, incoming=put.incoming.id).told == ()
    (line,) = queries.list_incoming(risky.analyst)
    assert line.is_waiting
    disclosure_actions.approve_disclosure(
        risky.people.officer, disclosure=waiting.id, reason="Gezien.", seen=waiting.sight
    )
    assert len(queries.get_own_incoming(risky.police, incoming=put.incoming.id).told) == 1


def test_without_a_ground_nothing_is_told_and_the_refusal_leaves_no_sign(house: cast.House) -> None:
    put = cast.put(house.police)
    form = cast.reply(house.case, incident_nature="Een besturing viel uit.")
    refused = actions.reply_to_body(
        house.analyst, incoming=put.incoming.id, form=form, reason="Zij vroegen het.", seen=Unshown.IN_A_PROGRAM
    )
    assert refused.state is State.REFUSED
    assert queries.get_own_incoming(house.police, incoming=put.incoming.id).told == ()
    assert len(queries.get_incoming(house.analyst, incoming=put.incoming.id).replies) == 1
    with bound(house.police), pytest.raises(DatabaseError), transaction.atomic():
        models.Reply.objects.count()


def test_nothing_that_may_be_told_reads_the_same_for_what_is_absent_and_what_is_withheld(house: cast.House) -> None:
    """The one asks about a case that is there and was tried in vain, the other about what nobody reported."""
    there, nowhere = cast.put(house.police, text="Storing?"), cast.put(house.police, text="Storing?")
    form = cast.reply(house.case, incident_nature="Een besturing viel uit.")
    actions.reply_to_body(
        house.analyst, incoming=there.incoming.id, form=form, reason="Zij vroegen het.", seen=Unshown.IN_A_PROGRAM
    )
    read = []
    for put in (there, nowhere):
        actions.tell_nothing(
            house.analyst, incoming=put.incoming.id, reason=f"Reden {put.incoming.reference}", seen=Unshown.IN_A_PROGRAM
        )
        (told,) = queries.get_own_incoming(house.police, incoming=put.incoming.id).told
        words = (told.title, *(one.text for one in told.parts), told.grounds, told.tlp, told.pap)
        read.append(str(words).replace(put.incoming.reference, "-"))
    assert read[0] == read[1]
    assert "Reden" not in read[0]


def test_every_kind_of_body_can_be_told_that_there_is_nothing(house: cast.House) -> None:
    for whom in (house.police, house.supervisor, house.people.service):
        put = cast.put(whom)
        assert (
            actions.tell_nothing(
                house.analyst, incoming=put.incoming.id, reason="Niets.", seen=Unshown.IN_A_PROGRAM
            ).state
            is State.DELIVERED
        )


def test_that_there_is_nothing_is_of_no_report(house: cast.House) -> None:
    put = cast.put(house.police)
    told = actions.tell_nothing(house.analyst, incoming=put.incoming.id, reason="Niets.", seen=Unshown.IN_A_PROGRAM)
    assert told.reports == ()


def test_consent_is_claimed_on_somebodys_word_and_a_risk_on_a_case(house: cast.House) -> None:
    put = cast.put(house.police)
    words = {DataKind.INCIDENT_NATURE: "Een besturing viel uit."}
    unsaid = ReplyForm(words, case=house.case, conditions=frozenset({CONSENT}))
    with pytest.raises(VouchingMissing):
        actions.reply_to_body(
            house.analyst, incoming=put.incoming.id, form=unsaid, reason="Toestemming.", seen=Unshown.IN_A_PROGRAM
        )
    unseen = ReplyForm(words, conditions=frozenset({OFFENCE, RISK}), vouching=cast.WORD)
    with pytest.raises(ConditionNotShown):
        actions.reply_to_body(
            house.analyst, incoming=put.incoming.id, form=unseen, reason="Vermoeden.", seen=Unshown.IN_A_PROGRAM
        )
    with pytest.raises(NothingSaid):
        actions.reply_to_body(
            house.analyst, incoming=put.incoming.id, form=ReplyForm({}), reason="Leeg.", seen=Unshown.IN_A_PROGRAM
        )


def test_the_reporter_hears_later_where_the_law_says_so() -> None:
    risky = cast.house(Disruption.LIKELY)
    put, now = cast.put(risky.police), timezone.now()
    ground = deferral_grounds(local_day(now), RecipientKind.POLICE)[0]
    form = ReplyForm(
        {DataKind.INCIDENT_NATURE: "Een besturing viel uit."},
        case=risky.case,
        conditions=frozenset({CONSENT}),
        vouching=cast.WORD,
        deferred=Deferred(ground.id, now + timedelta(days=2)),
    )
    told = actions.reply_to_body(
        risky.analyst, incoming=put.incoming.id, form=form, reason="Onderzoek loopt.", seen=Unshown.IN_A_PROGRAM
    )
    assert told.state is State.WAITING_FOR_APPROVAL
    disclosure_actions.approve_disclosure(risky.people.officer, disclosure=told.id, reason="Ja.", seen=told.sight)
    report = risky.people.receipt.report
    trace = disclosure_queries.trace_report(risky.people.reporter, report=report)
    assert ItemKind.INQUIRY_ANSWER not in {one.item for one in trace}
    later = disclosure_queries.find_not_yet(risky.people.reporter, report=report)
    assert later
    assert later.count == 1


def test_who_was_hit_and_did_not_report_is_named_to_nobody(house: cast.House) -> None:
    bank = constituency_actions.register_organisation(JOB, form=BANK)
    case_actions.add_party(house.analyst, case=house.case, organisation=bank, role=PartyRole.VICTIM)
    put = cast.put(house.supervisor)
    form = cast.reply(house.case, TASK, incident_nature="Ook Bank De Korenbeurs viel uit.")
    actions.reply_to_body(
        house.analyst, incoming=put.incoming.id, form=form, reason="Binnen de taak.", seen=Unshown.IN_A_PROGRAM
    )
    (given,) = queries.get_own_incoming(house.supervisor, incoming=put.incoming.id).told
    assert "Korenbeurs" not in str(given)
