"""Cases: what comes in, what belongs together, merging and splitting."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone
from tests.cases.cast import accepted, another_report, read
from tests.constituency.cast import somebody
from tests.triage.cast import desk

from meldpunt.access.binding import bound
from meldpunt.access.errors import PermissionMissing
from meldpunt.access.values import JOB, Door, Role
from meldpunt.cases import actions, queries
from meldpunt.cases.errors import AlreadyInCase, CaseNotFound, CaseNotOpen, MergeImpossible, NotMerged, OpenTasksLeft
from meldpunt.cases.values import CaseFilters, CaseId, CaseState, DocumentKind, EntryKind, PartyRole
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import Stage, State
from meldpunt.triage import actions as triage_actions
from meldpunt.triage.errors import DecisionImpossible
from meldpunt.triage.values import Decision, Disruption

pytestmark = pytest.mark.django_db


def test_an_accepted_report_brings_its_text_observables_and_organisation_along() -> None:
    house = desk()
    triage_actions.assess_report(
        house.analyst, report=house.receipt.report, rsit="malicious-code/infected-system", reason="Losgeldbrief."
    )
    triage_actions.override_disruption(
        house.analyst, report=house.receipt.report, disruption=Disruption.POSSIBLY, reason="Drinkwater."
    )
    case = queries.get_case(house.analyst, case=accepted(house))
    assert (case.rsit, case.sector, case.disruption) == (
        "malicious-code/infected-system",
        "drinking-water",
        Disruption.POSSIBLY,
    )
    assert case.may_disrupt_society
    assert "203.0.113.66" in [one.value for one in case.observables]
    assert {party.role for party in case.parties} == {PartyRole.VICTIM, PartyRole.REPORTER}
    assert case.organisation is not None
    assert case.organisation.name is None
    document = queries.get_document(house.analyst, document=case.documents[0].id)
    assert "bedieningscomputers" in document.text


def test_the_reporter_learns_that_the_report_was_accepted() -> None:
    house = desk()
    accepted(house)
    assert intake_queries.get_own_report(house.reporter, report=house.receipt.report).state is State.ACCEPTED


def test_a_second_report_is_suggested_for_its_observable_and_merged_without_loss() -> None:
    house = desk()
    case = accepted(house)
    second = another_report(house)
    (suggested,) = queries.suggest_cases(house.analyst, report=read(house.analyst, second))
    assert suggested.case.id == case
    assert "203[.]0[.]113[.]66" in " ".join(reason.nl for reason in suggested.reasons)
    actions.accept_report(house.analyst, report=second, case=case, reason="Zelfde adres.")
    seen = queries.get_case(house.analyst, case=case)
    assert [line.id for line in seen.reports] == [house.receipt.report, second]
    assert {one.value: one.reports for one in seen.observables}["203.0.113.66"] == 2
    assert intake_queries.get_report(house.analyst, report=second).state is State.MERGED


def test_what_many_reports_name_weighs_little_and_what_two_hundred_name_nothing() -> None:
    house = desk()
    first = another_report(house, "Scan van 198.51.100.77", "Eerste")
    second = another_report(house, "Alweer 198.51.100.77 gezien op de pomp", "Tweede")

    def weight() -> float:
        met = intake_queries.weigh_shared(house.analyst, report=first)
        return met[second].weight if second in met else 0.0

    assert weight() == 1
    for number in range(12):
        another_report(house, f"198.51.100.77 {number}", f"Nog een {number}")
    assert 0.4 < weight() < 0.6
    for number in range(190):
        another_report(house, "Ook 198.51.100.77", f"Golf {number}")
    assert weight() == 0


def test_an_undecided_report_with_the_same_observable_is_suggested_until_it_is_decided() -> None:
    house = desk()
    second = another_report(house)
    (found,) = queries.suggest_reports(house.analyst, report=read(house.analyst, house.receipt.report))
    assert found.report.id == second
    actions.decline_report(house.analyst, report=second, reason="Dubbel.")
    assert queries.suggest_reports(house.analyst, report=read(house.analyst, house.receipt.report)) == ()


def test_one_wording_is_suggested_with_the_words_both_use_though_nothing_else_is_shared() -> None:
    house = desk()
    wave = "Op het bedrijventerrein viel de aansturing van de verlichting en de slagbomen uit na een update."
    first, second = (another_report(house, f"{wave} {told}", "Slagbomen") for told in ("Sinds vanmorgen.", "Al uren."))
    another_report(house, "Graafmachine raakt glasvezel in Drenthe", "Kabelbreuk")
    (found,) = queries.suggest_reports(house.analyst, report=read(house.analyst, first))
    assert found.report.id == second
    assert "bedrijventerrein" in found.reasons[0].nl
    case = actions.accept_report(house.analyst, report=second, reason="Storing.")
    another_report(house, f"{wave} Nog steeds.", "Slagbomen")
    this = read(house.analyst, first)
    ((suggested,), (found,)) = both = queries.suggest_both(house.analyst, report=this)
    assert suggested.case.id == case
    assert both[0] == queries.suggest_cases(house.analyst, report=this)
    assert both[1] == queries.suggest_reports(house.analyst, report=this) == (found,)


def test_what_a_merged_case_names_suggests_the_case_that_goes_on() -> None:
    house = desk()
    case = accepted(house)
    other = actions.accept_report(
        house.analyst, report=another_report(house, "Storing bij 198.51.100.9", "Los"), reason="Los."
    )
    actions.merge_cases(house.analyst, into=other, other=case, reason="Zelfde dader.")
    (found,) = queries.suggest_cases(house.analyst, report=read(house.analyst, another_report(house)))
    assert (found.case.id, found.case.reports) == (other, 2)


def test_a_report_about_something_else_suggests_nothing() -> None:
    house = desk()
    accepted(house)
    other = another_report(house, title="Kabelbreuk", text="Graafmachine raakt glasvezel in Drenthe")
    assert queries.suggest_cases(house.analyst, report=read(house.analyst, other)) == ()


def test_a_report_is_in_one_case_at_a_time() -> None:
    house = desk()
    accepted(house)
    with pytest.raises(DecisionImpossible):
        accepted(house)
    triage_actions.decide_report(
        house.analyst, report=house.receipt.report, decision=Decision.REOPEN, reason="Nog eens kijken."
    )
    with pytest.raises(AlreadyInCase):
        accepted(house)
    with pytest.raises(AlreadyInCase):
        actions.decline_report(house.analyst, report=house.receipt.report, reason="Toch niet.")


def test_a_report_taken_out_leaves_with_what_it_brought_and_is_undecided_again() -> None:
    house = desk()
    case = accepted(house)
    second = another_report(house, text="Alleen 198.51.100.9 hier.")
    actions.accept_report(house.analyst, report=second, case=case, reason="Lijkt op.")
    actions.take_out_report(house.analyst, report=second, reason="Toch iets anders.")
    seen = queries.get_case(house.analyst, case=case)
    assert [line.id for line in seen.reports] == [house.receipt.report]
    assert "198.51.100.9" not in [one.value for one in seen.observables]
    assert len([one for one in seen.documents if one.kind is DocumentKind.REPORT]) == 1
    assert actions.accept_report(house.analyst, report=second, reason="Eigen zaak.") != case


def test_merging_shows_all_of_both_and_splitting_gives_each_its_own_back() -> None:
    house = desk()
    one, other = accepted(house), actions.accept_report(house.analyst, report=another_report(house), reason="Los.")
    actions.add_entry(house.analyst, case=other, text="Gebeld met de beheerder.")
    actions.add_task(house.analyst, case=other, title="Schijfkopie halen")
    before = [queries.get_case(house.analyst, case=case) for case in (one, other)]
    actions.merge_cases(house.analyst, into=one, other=other, reason="Zelfde dader.")
    whole = queries.get_case(house.analyst, case=one)
    assert len(whole.reports) == 2
    assert [task.title for task in whole.tasks] == ["Schijfkopie halen"]
    assert "Gebeld met de beheerder." in [entry.text for entry in whole.entries]
    assert queries.get_case(house.analyst, case=other).merged_into == one
    actions.split_case(house.analyst, case=other, reason="Toch twee daders.")
    after = [queries.get_case(house.analyst, case=case) for case in (one, other)]
    for was, now in zip(before, after, strict=True):
        assert (now.reports, now.observables, now.documents, now.tasks, now.state) == (
            was.reports,
            was.observables,
            was.documents,
            was.tasks,
            CaseState.OPEN,
        )
        assert set(was.entries) <= set(now.entries)


def test_a_chain_of_merges_is_one_case_and_a_report_leads_to_its_top() -> None:
    house = desk()
    cases = [
        accepted(house),
        *(actions.accept_report(house.analyst, report=another_report(house), reason="Los.") for _ in range(2)),
    ]
    actions.merge_cases(house.analyst, into=cases[1], other=cases[0], reason="Zelfde.")
    actions.merge_cases(house.analyst, into=cases[2], other=cases[1], reason="Zelfde.")
    assert len(queries.get_case(house.analyst, case=cases[2]).reports) == 3
    top = queries.find_case_of(house.analyst, report=house.receipt.report)
    assert top is not None
    assert top.id == cases[2]


def test_a_merged_case_is_not_worked_on_nor_merged_again() -> None:
    house = desk()
    one, other = accepted(house), actions.accept_report(house.analyst, report=another_report(house), reason="Los.")
    actions.merge_cases(house.analyst, into=one, other=other, reason="Zelfde.")
    with pytest.raises(CaseNotOpen):
        actions.add_entry(house.analyst, case=other, text="Hier nog iets.")
    with pytest.raises(CaseNotOpen):
        actions.merge_cases(house.analyst, into=other, other=one, reason="Andersom.")
    with pytest.raises(MergeImpossible):
        actions.merge_cases(house.analyst, into=one, other=one, reason="Zichzelf.")
    with pytest.raises(NotMerged):
        actions.split_case(house.analyst, case=one, reason="Niets te splitsen.")


def test_a_case_closes_when_its_tasks_are_done_and_the_reporters_know() -> None:
    house = desk()
    case = accepted(house)
    task = actions.add_task(house.analyst, case=case, title="Terugbellen", is_mine=False)
    with pytest.raises(OpenTasksLeft):
        actions.close_case(house.analyst, case=case, reason="Klaar.")
    actions.take_task(house.colleague, task=task)
    actions.finish_task(house.colleague, task=task)
    actions.close_case(house.analyst, case=case, reason="Hersteld.")
    assert intake_queries.get_own_report(house.reporter, report=house.receipt.report).state is State.CLOSED
    actions.reopen_case(house.analyst, case=case, reason="Het begint weer.")
    assert queries.get_case(house.analyst, case=case).state is CaseState.OPEN


def test_what_came_in_after_acceptance_is_gathered_once() -> None:
    house = desk()
    case = accepted(house)
    count = len(queries.get_case(house.analyst, case=case).documents)
    intake_actions.submit_stage(
        house.reporter, report=house.receipt.report, stage=Stage.NOTIFICATION, text="Nu ook 198.51.100.77."
    )
    intake_actions.attribute_reports(JOB)
    for _ in range(2):
        actions.refresh_case(house.analyst, case=case)
    seen = queries.get_case(house.analyst, case=case)
    assert len(seen.documents) == count + 1
    assert "198.51.100.77" in [one.value for one in seen.observables]


def test_observables_are_added_from_text_and_found_by_their_value() -> None:
    house = desk()
    case = accepted(house)
    assert actions.add_observables(house.analyst, case=case, text="hxxps://kwaad[.]example/x en 198.51.100.4") == 2
    found = queries.list_cases(house.analyst, filters=CaseFilters(text="198.51.100.4"))
    assert [line.id for line in found.lines] == [case]


def test_the_list_is_narrowed_and_counts_what_is_open() -> None:
    house = desk()
    case = accepted(house)
    actions.add_task(house.analyst, case=case, title="Terugbellen", due_at=timezone.now())
    (line,) = queries.list_cases(house.analyst).lines
    assert (line.id, line.reports, line.open_tasks) == (case, 1, 1)
    assert queries.list_cases(house.analyst, filters=CaseFilters(sector="banking")).total == 0
    assert queries.list_cases(house.analyst, filters=CaseFilters(state=CaseState.CLOSED)).total == 0
    assert queries.list_cases(house.analyst, filters=CaseFilters(text="bedieningscomputers")).total == 1
    assert queries.list_cases(house.colleague, filters=CaseFilters(is_mine=True)).total == 0


def test_the_timeline_tells_what_was_done_by_whom() -> None:
    house = desk()
    case = accepted(house)
    actions.add_entry(house.colleague, case=case, text="Gebeld.")
    entries = queries.get_case(house.analyst, case=case).entries
    assert [entry.kind for entry in entries] == [EntryKind.NOTE, EntryKind.REPORT_ADDED, EntryKind.OPENED]
    assert entries[0].by.actor == house.colleague.id


def test_a_document_cannot_be_rewritten_or_deleted_even_by_hand() -> None:
    house = desk()
    accepted(house)
    for deed in ("UPDATE cases_document SET text = ''", "DELETE FROM cases_document"):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            bound(house.analyst),
            connection.cursor() as cursor,
        ):
            cursor.execute(deed)


def test_disclosures_from_a_case_stem_from_its_reports_and_name_only_who_reported_itself() -> None:
    house = desk()
    case = accepted(house)
    actions.accept_report(house.analyst, report=another_report(house), case=case, reason="Zelfde.")
    origins = queries.origins_of(house.analyst, case=case)
    assert [origin.organisation for origin in origins] == [house.water, None]
    assert len(queries.origins_of(house.analyst, case=case, organisation=house.water)) == 1


def test_a_woo_officer_reads_the_case_and_writes_nothing() -> None:
    house = desk()
    case = accepted(house)
    officer = somebody(Door.DESK, Role.WOO_OFFICER)
    assert queries.get_case(officer, case=case).documents
    with pytest.raises(PermissionMissing):
        actions.add_entry(officer, case=case, text="Gelezen.")


def test_nobody_outside_the_desk_sees_a_case() -> None:
    house = desk()
    case = accepted(house)
    administrator = somebody(Door.DESK, Role.ADMINISTRATOR)
    for viewer in (house.reporter, house.police, administrator):
        with pytest.raises(PermissionMissing):
            queries.get_case(viewer, case=case)
    with bound(administrator), connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM cases_case) + (SELECT count(*) FROM cases_document)")
        assert cursor.fetchone() == (0,)


def test_an_unknown_case_is_not_there() -> None:
    house = desk()
    with pytest.raises(CaseNotFound):
        queries.get_case(house.analyst, case=CaseId(house.receipt.report))


def test_what_is_added_to_a_report_of_a_merged_case_is_news_of_the_case_that_goes_on() -> None:
    house = desk()
    case, held = accepted(house), another_report(house)
    other = actions.accept_report(house.analyst, report=held, title="Sluis", reason="Eigen waarneming.")
    actions.merge_cases(house.analyst, into=case, other=other, reason="Hetzelfde.")
    intake_actions.submit_stage(house.analyst, report=held, stage=Stage.ADDITION, text="Nu ook de tweede sluis.")
    (news,) = queries.list_news(house.analyst)
    assert (news.case, news.report, news.stage) == (case, held, Stage.ADDITION)
    actions.refresh_case(house.analyst, case=case)
    assert queries.list_news(house.analyst, case=case) == ()


def test_what_was_added_during_a_merge_goes_along_with_its_report_when_it_is_split() -> None:
    house = desk()
    case, held = accepted(house), another_report(house)
    other = actions.accept_report(house.analyst, report=held, reason="Los.")
    actions.merge_cases(house.analyst, into=case, other=other, reason="Hetzelfde.")
    intake_actions.submit_stage(house.analyst, report=held, stage=Stage.ADDITION, text="Nu ook 198.51.100.77.")
    actions.refresh_case(house.analyst, case=case)
    actions.split_case(house.analyst, case=other, reason="Toch twee.")
    seen = queries.get_case(house.analyst, case=other)
    assert DocumentKind.STAGE in [one.kind for one in seen.documents]
    assert "198.51.100.77" in [one.value for one in seen.observables]


def test_split_off_from_a_closed_case_a_case_goes_on_and_its_reporter_reads_so() -> None:
    house = desk()
    case = accepted(house)
    other = actions.accept_report(house.analyst, report=another_report(house), reason="Los.")
    actions.merge_cases(house.analyst, into=other, other=case, reason="Hetzelfde.")
    actions.close_case(house.analyst, case=other, reason="Hersteld.")
    assert intake_queries.get_own_report(house.reporter, report=house.receipt.report).state is State.CLOSED
    actions.split_case(house.analyst, case=case, reason="Hier nog niet.")
    assert intake_queries.get_own_report(house.reporter, report=house.receipt.report).state is State.ACCEPTED
    assert queries.get_case(house.analyst, case=other).state is CaseState.CLOSED


def test_the_clock_and_the_task_of_a_merged_case_stand_at_the_one_that_goes_on() -> None:
    house = desk()
    case = accepted(house)
    other = actions.accept_report(house.analyst, report=another_report(house), reason="Los.")
    actions.add_task(house.analyst, case=case, title="Terugbellen", due_at=timezone.now())
    due = queries.list_due(house.analyst, cases=[case])[case]
    actions.merge_cases(house.analyst, into=other, other=case, reason="Hetzelfde.")
    (line,) = queries.list_cases(house.analyst, filters=CaseFilters(organisation=house.water)).lines
    assert (line.id, line.reports, line.open_tasks) == (other, 2, 1)
    assert queries.list_due(house.analyst, cases=[other]) == {other: due}
    found = queries.list_cases(house.analyst, filters=CaseFilters(text="Ransomware bij drinkwater"))
    assert [one.id for one in found.lines] == [other]


def test_a_report_reopened_from_an_old_page_leaves_its_case() -> None:
    house = desk()
    case = accepted(house)
    actions.reopen_report(house.colleague, report=house.receipt.report, reason="Nog eens kijken.")
    assert queries.get_case(house.analyst, case=case).reports == ()
    actions.decline_report(house.analyst, report=house.receipt.report, reason="Toch niet.")
    actions.reopen_report(house.analyst, report=house.receipt.report, reason="Toch wel.")
    assert queries.find_case_of(house.analyst, report=house.receipt.report) is None
