"""Who is at a report, what was typed and not sent, and reports looked through one at a time."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone
from tests.cases.cast import another_report
from tests.constituency.cast import somebody
from tests.triage.cast import Desk, desk

from meldpunt.access.binding import bound
from meldpunt.access.errors import PermissionMissing
from meldpunt.access.values import JOB, Actor, Door, Role
from meldpunt.evidence import actions as evidence_actions
from meldpunt.intake.errors import ReportNotFound
from meldpunt.intake.values import ReportId
from meldpunt.triage import actions, models, queries
from meldpunt.triage.errors import DraftTooLarge, ReviewNotFound
from meldpunt.triage.values import Decision, Habit
from meldpunt.vocabulary.bilingual import Bilingual

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> Desk:
    return desk()


def test_colleagues_see_who_has_a_report_open_and_who_decides_and_nobody_sees_themselves(house: Desk) -> None:
    report = house.receipt.report
    actions.stay_at_report(house.analyst, report=report, is_deciding=False)
    actions.stay_at_report(house.analyst, report=report, is_deciding=True)
    (seen,) = queries.list_present(house.colleague, report=report)
    assert (seen.actor, seen.is_deciding) == (house.analyst.id, True)
    assert queries.list_present(house.analyst, report=report) == ()
    actions.leave_report(house.colleague, report=report)
    assert len(queries.list_present(house.colleague, report=report)) == 1
    actions.leave_report(house.analyst, report=report)
    assert queries.list_present(house.colleague, report=report) == ()


def test_who_was_not_heard_of_for_a_minute_is_gone(house: Desk) -> None:
    report = house.receipt.report
    actions.stay_at_report(house.analyst, report=report, is_deciding=False)
    with bound(house.analyst):
        models.Presence.objects.filter(report_id=report).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert queries.list_present(house.colleague, report=report) == ()


def test_where_somebody_was_before_no_colleague_can_find_out(house: Desk) -> None:
    report, other = house.receipt.report, another_report(house)
    for viewer in (house.analyst, house.colleague):
        actions.stay_at_report(viewer, report=report, is_deciding=False)
        with bound(viewer):
            models.Presence.objects.filter(actor=viewer.id).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert [_actors_seen_by(house.analyst), _actors_seen_by(house.colleague)] == [
        {house.analyst.id},
        {house.colleague.id},
    ]
    actions.stay_at_report(house.analyst, report=other, is_deciding=False)
    assert _actors_seen_by(house.colleague) == {house.analyst.id, house.colleague.id}
    with bound(house.analyst):
        assert [row.report_id for row in models.Presence.objects.filter(actor=house.analyst.id)] == [other]


def _actors_seen_by(viewer: Actor) -> set[UUID]:
    with bound(viewer):
        return {row.actor for row in models.Presence.objects.all()}


def test_nobody_is_present_who_may_not_triage(house: Desk) -> None:
    with pytest.raises(PermissionMissing):
        actions.stay_at_report(somebody(Door.DESK, Role.STATISTICIAN), report=house.receipt.report, is_deciding=False)


def test_what_was_typed_is_of_who_typed_it_and_goes_when_it_is_sent(house: Desk) -> None:
    report = house.receipt.report
    for words in ("Een inci", "Een incident."):
        actions.save_draft(house.analyst, report=report, form="accept", fields={"reason": words, "title": " "})
    draft = queries.list_drafts(house.analyst, report=report)["accept"]
    assert dict(draft.fields) == {"reason": "Een incident."}
    assert queries.list_drafts(house.colleague, report=report) == {}
    actions.forget_draft(house.colleague, report=report, form="accept")
    assert set(queries.list_drafts(house.analyst, report=report)) == {"accept"}
    actions.forget_draft(house.analyst, report=report, form="accept")
    assert queries.list_drafts(house.analyst, report=report) == {}


def test_what_is_emptied_is_kept_no_longer_and_what_is_too_long_is_refused(house: Desk) -> None:
    report = house.receipt.report
    actions.save_draft(house.analyst, report=report, form="close", fields={"reason": "Spam."})
    with pytest.raises(DraftTooLarge):
        actions.save_draft(house.analyst, report=report, form="close", fields={"reason": "x" * 20_001})
    actions.save_draft(house.analyst, report=report, form="close", fields={"reason": "  "})
    assert queries.list_drafts(house.analyst, report=report) == {}
    with pytest.raises(ReportNotFound):
        actions.save_draft(house.analyst, report=ReportId(house.analyst.id), form="close", fields={"reason": "Spam."})


def test_a_field_that_no_page_has_is_kept_in_a_draft_as_a_column_can_hold_it() -> None:
    house = desk()
    report = house.receipt.report
    actions.save_draft(house.analyst, report=report, form="close", fields={"rea\0son": "Spam\0."})
    assert dict(queries.list_drafts(house.analyst, report=report)["close"].fields) == {"rea\ufffdson": "Spam\ufffd."}


def test_after_two_weeks_a_job_takes_it_away_and_leaves_the_rest(house: Desk) -> None:
    report = house.receipt.report
    for form in ("accept", "close"):
        actions.save_draft(house.analyst, report=report, form=form, fields={"reason": "Een incident."})
    with bound(house.analyst):
        old = timezone.now() - timedelta(seconds=1)
        models.Draft.objects.filter(form="close").update(expires_at=old)
    assert actions.remove_expired(JOB) == 1
    assert set(queries.list_drafts(house.analyst, report=report)) == {"accept"}


def test_after_half_a_year_nobody_can_tell_who_read_what_and_the_report_is_unread_again(house: Desk) -> None:
    report = house.receipt.report
    actions.note_reading(house.analyst, report=report)
    actions.note_reading(house.colleague, report=report)
    with bound(house.analyst):
        assert models.Reading.objects.get().expires_at - timezone.now() > timedelta(days=181)
        models.Reading.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert actions.remove_expired(JOB) == 1
    with bound(house.analyst):
        assert not models.Reading.objects.exists()
    with bound(house.colleague):
        assert models.Reading.objects.count() == 1


def test_what_was_typed_goes_in_the_deed_that_shreds_evidence_of_the_report_and_no_other(house: Desk) -> None:
    report, other = house.receipt.report, another_report(house)
    item = evidence_actions.seal_evidence(
        house.reporter, name="brief.txt", data=b"Losgeld", media_type="text/plain", about=report, purpose="report"
    )
    for one in (report, other):
        for viewer in (house.analyst, house.colleague):
            actions.save_draft(viewer, report=one, form="accept", fields={"reason": "In de brief staat: losgeld."})
    evidence_actions.shred_evidence(house.officer, item=item, reason="De termijn is om.")
    for viewer in (house.analyst, house.colleague):
        assert queries.list_drafts(viewer, report=report) == {}
        assert set(queries.list_drafts(viewer, report=other)) == {"accept"}


def test_habits_are_of_each_person(house: Desk) -> None:
    actions.keep_habit(house.analyst, habit=Habit(has_keys=False, opens_next=True))
    actions.keep_habit(house.analyst, habit=Habit(has_keys=False))
    assert queries.get_habit(house.analyst) == Habit(has_keys=False, opens_next=False)
    assert queries.get_habit(house.colleague) == Habit()


def test_a_review_goes_on_with_what_nobody_decided_skipped_or_has_in_hand(house: Desk) -> None:
    order = [house.receipt.report, *(another_report(house) for _ in range(4))]
    review = actions.begin_review(house.analyst, reports=order, asked="sector=energy")
    decided, skipped, held, aside, left = order
    actions.decide_report(house.colleague, report=decided, decision=Decision.DECLINE, reason="Een oefening.")
    assert queries.get_review(house.analyst, review=review).next == skipped
    actions.skip_report(house.analyst, review=review, report=skipped)
    actions.take_report(house.colleague, report=held)
    actions.decide_report(house.analyst, report=aside, decision=Decision.SET_ASIDE, reason="Spam.")
    found = queries.get_review(house.analyst, review=review)
    assert (found.next, found.place(left), found.asked) == (left, 5, "sector=energy")
    assert (found.decided, found.skipped, set(found.passed)) == ({decided, aside}, {skipped}, {held})
    actions.decide_report(house.analyst, report=left, decision=Decision.DECLINE, reason="Niets.")
    assert queries.get_review(house.analyst, review=review).next is None
    for deed in (
        lambda: queries.get_review(house.colleague, review=review),
        lambda: actions.skip_report(house.colleague, review=review, report=left),
    ):
        with pytest.raises(ReviewNotFound):
            deed()


def test_ones_own_last_reasons_are_offered_each_once(house: Desk) -> None:
    for reason in ("Een oefening.", "Dubbel.", "Een oefening."):
        actions.decide_report(house.analyst, report=another_report(house), decision=Decision.DECLINE, reason=reason)
    actions.decide_report(house.analyst, report=another_report(house), decision=Decision.SET_ASIDE, reason="Spam.")
    offered = queries.list_reasons(house.analyst)
    assert offered[Decision.DECLINE].own == ("Een oefening.", "Dubbel.")
    assert offered[Decision.SET_ASIDE].own == ("Spam.",)
    assert Bilingual("Spam.", "Spam.") in offered[Decision.SET_ASIDE].house
    assert queries.list_reasons(house.colleague)[Decision.DECLINE].own == ()
