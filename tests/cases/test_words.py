"""A case refers to its reports and holds no word of them: what is sealed there is sealed here."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from tests.cases.cast import another_report, read
from tests.constituency.cast import somebody
from tests.triage.cast import Desk, desk

from meldpunt.access.binding import bound
from meldpunt.access.errors import PermissionMissing
from meldpunt.access.values import JOB, Actor, Door, Role
from meldpunt.cases import actions, models, queries
from meldpunt.cases.values import CaseFilters, CaseId, DocumentKind, DocumentLine
from meldpunt.constituency import actions as constituency_actions
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import MARK, ReporterDetails, ReportForm, ReportId, Stage
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.values import QueueFilters

pytestmark = pytest.mark.django_db

TITLE = "Pompen van Waterbedrijf Zuiderwiel"
TEXT = "Op vpn.zuiderwiel.example (192.0.2.9) staat losgeld gevraagd door 203.0.113.66, zegt Aafke Molenwiek."
TERMS = ("Waterbedrijf Zuiderwiel", "zuiderwiel.example", "192.0.2.9", "Aafke", "Molenwiek", "Lisdodde")


def told(house: Desk) -> ReportId:
    form = ReportForm(TITLE, TEXT, answers={"Van": "aafke@zuiderwiel.example"}, reporter=ReporterDetails("F. Lisdodde"))
    return intake_actions.receive_report(house.reporter, form=form).report


def opened(house: Desk, title: str = "") -> tuple[CaseId, ReportId]:
    report = told(house)
    return actions.accept_report(house.analyst, report=report, title=title, reason="Vitaal proces."), report


def unsealed(house: Desk) -> Actor:
    constituency_actions.unseal_identity(house.colleague, organisation=house.water, purpose="terugbellen")
    return house.colleague


def telling(said: object) -> list[str]:
    return [term for term in TERMS if term.casefold() in repr(said).casefold()]


READS: dict[str, Callable[[Actor, CaseId, ReportId], object]] = {
    "find_case_of": lambda v, _, r: queries.find_case_of(v, report=r),
    "find_observable": lambda v, c, _: [
        queries.find_observable(v, observable=one.id) for one in queries.get_case(v, case=c).observables
    ],
    "get_case": lambda v, c, _: queries.get_case(v, case=c),
    "get_document": lambda v, c, _: [queries.get_document(v, document=one.id) for one in documents(v, c)],
    "list_by_ids": lambda v, c, _: queries.list_by_ids(v, cases=[c]),
    "list_cases": lambda v, *_: queries.list_cases(v),
    "list_documents": lambda v, c, _: queries.list_documents(v, case=c),
    "list_due": lambda v, c, _: queries.list_due(v, cases=[c]),
    "list_in_closed": lambda v, _, r: queries.list_in_closed(v, reports=[r]),
    "list_naming": lambda v, *_: queries.list_naming(v, kind="address", value="203.0.113.66"),
    "list_news": lambda v, c, _: queries.list_news(v, case=c),
    "list_whole": lambda v, c, _: queries.list_whole(v, case=c),
    "origins_of": lambda v, c, _: queries.origins_of(v, case=c),
    "suggest_both": lambda v, _, r: queries.suggest_both(v, report=read(v, r)),
    "suggest_cases": lambda v, _, r: queries.suggest_cases(v, report=read(v, r)),
    "suggest_reports": lambda v, _, r: queries.suggest_reports(v, report=read(v, r)),
}


def documents(viewer: Actor, case: CaseId) -> tuple[DocumentLine, ...]:
    return queries.get_case(viewer, case=case).documents


def test_every_read_of_cases_is_held_to_the_seal() -> None:
    assert READS.keys() | {"get_whole_document"} == set(queries.__all__)


@pytest.mark.parametrize("name", READS)
def test_no_read_tells_the_sealed_who_it_is(name: str) -> None:
    house = desk()
    case, report = opened(house)
    intake_actions.submit_stage(house.reporter, report=report, stage=Stage.NOTIFICATION, text=TEXT)
    actions.refresh_case(house.analyst, case=case)
    another = told(house)
    for _ in range(2):
        assert telling([READS[name](house.analyst, case, one) for one in (report, another)]) == []
        intake_actions.attribute_reports(JOB)


def test_no_column_of_any_table_of_cases_tells_the_sealed_who_it_is() -> None:
    house = desk()
    opened(house)
    with bound(house.analyst), connection.cursor() as cursor:
        for table in ("case", "document", "entry", "observable"):
            cursor.execute(f"SELECT t::text FROM cases_{table} AS t")
            assert telling(cursor.fetchall()) == [], table


def test_a_case_is_titled_after_its_report_masked_also_for_whoever_unsealed() -> None:
    house = desk()
    case, _ = opened(house)
    titles = {queries.get_case(who, case=case).title for who in (house.analyst, unsealed(house))}
    assert titles == {f"Pompen van {MARK}"}


def test_the_masked_title_typed_again_is_no_title_of_ones_own() -> None:
    house = desk()
    masked = f"Pompen van {MARK}"
    assert queries.get_case(house.analyst, case=opened(house, masked)[0]).title == masked
    with bound(house.analyst):
        assert list(models.Case.objects.values_list("title", flat=True)) == [""]


def test_whoever_unsealed_reads_a_report_in_its_case_as_it_was_told() -> None:
    house = desk()
    case, report = opened(house)
    intake_actions.submit_stage(house.reporter, report=report, stage=Stage.NOTIFICATION, text=TEXT)
    actions.refresh_case(house.analyst, case=case)
    viewer = unsealed(house)
    seen = {line.kind: queries.get_document(viewer, document=line.id) for line in documents(viewer, case)}
    whole = intake_queries.get_report(viewer, report=report)
    assert (whole.title, whole.text, whole.stages[0].text) == (TITLE, TEXT, TEXT)
    assert (seen[DocumentKind.REPORT].title, TEXT in seen[DocumentKind.REPORT].text) == (TITLE, True)
    assert seen[DocumentKind.STAGE].text == TEXT
    assert "192.0.2.9" in [one.value for one in queries.get_case(viewer, case=case).observables]


def test_a_woo_officer_reads_a_document_whole_and_an_analyst_does_not() -> None:
    house = desk()
    case, _ = opened(house)
    (line,) = documents(house.analyst, case)
    officer = somebody(Door.DESK, Role.WOO_OFFICER)
    assert TEXT in queries.get_whole_document(officer, document=line.id).text
    with pytest.raises(PermissionMissing):
        queries.get_whole_document(house.analyst, document=line.id)


@pytest.mark.parametrize("words", ["Waterbedrijf Zuider", "vpn.zuiderwiel.example", "192.0.2.9", "Aafke Molen"])
def test_sealed_words_find_a_case_for_whoever_unsealed_and_for_nobody_else(words: str) -> None:
    house = desk()
    case, _ = opened(house)
    lists = [queries.list_cases(who, filters=CaseFilters(text=words)).lines for who in (house.analyst, unsealed(house))]
    lists.append(queries.list_cases(somebody(Door.DESK, Role.DUTY_OFFICER), filters=CaseFilters(text=words)).lines)
    assert [[line.id for line in lines] for lines in lists] == [[], [case], []]


def test_what_is_not_sealed_finds_a_case_for_everybody() -> None:
    house = desk()
    case, _ = opened(house)
    lines = queries.list_cases(house.analyst, filters=CaseFilters(text="losgeld gevraagd door 203.0.113.66")).lines
    assert [line.id for line in lines] == [case]


def test_the_queue_shows_a_title_as_far_as_it_is_unsealed() -> None:
    house = desk()
    report = told(house)
    seen = {}
    for who in (house.analyst, unsealed(house)):
        lines = triage_queries.list_queue(who, filters=QueueFilters(organisation=house.water)).lines
        seen[who.id] = {line.report.id: line.report.title for line in lines}[report]
    assert seen == {house.analyst.id: f"Pompen van {MARK}", house.colleague.id: TITLE}


def test_a_guess_in_a_report_of_ones_own_brings_no_case_nearer() -> None:
    house = desk()
    case, _ = opened(house)
    guess = another_report(house, text="vpn.zuiderwiel.example 192.0.2.9", title="Gok")
    sealed, unmasked = read(house.analyst, guess), read(unsealed(house), guess)
    reasons = [one.reasons for one in queries.suggest_cases(house.analyst, report=sealed) if one.case.id == case]
    assert "kenmerken" not in repr(reasons)
    (found,) = [one for one in queries.suggest_cases(unsealed(house), report=unmasked) if one.case.id == case]
    assert "vpn[.]zuiderwiel[.]example" in found.reasons[0].nl


def test_two_sealed_reports_meet_over_what_neither_shows() -> None:
    house = desk()
    case, _ = opened(house)
    report = read(house.analyst, told(house))
    (found,) = [one for one in queries.suggest_cases(house.analyst, report=report) if one.case.id == case]
    assert "203[.]0[.]113[.]66" in repr(found.reasons)
    assert "verzegeld" in repr(found.reasons)


def test_what_a_report_names_comes_into_its_case_whole_whoever_puts_it_there() -> None:
    house = desk()
    case, report = opened(house)
    viewer = unsealed(house)
    values = {one.value for one in queries.get_case(viewer, case=case).observables}
    assert values == {one.value for one in intake_queries.get_report(viewer, report=report).observables}
    assert "192.0.2.9" in values


def test_nobody_writes_the_words_of_a_report_into_a_case() -> None:
    house = desk()
    case, report = opened(house)
    with bound(house.analyst):
        row = models.Document.objects.get(report_id=report)
    forged = models.Document(
        case_id=case, kind="report", title="x", text=TEXT, report_id=report, written_by=house.analyst.id,
        written_by_name="a", written_at=row.written_at,
    )  # fmt: skip
    with pytest.raises(DatabaseError, match="document_keeps_no_report"), bound(house.analyst), transaction.atomic():
        forged.save(force_insert=True)


def test_a_report_of_somebody_unknown_is_sealed_in_its_case_once_it_is_attributed() -> None:
    house = desk()
    report = another_report(house, text=f"{TEXT} Bank De Korenbeurs ook.", title="Gebeld")
    case = actions.accept_report(house.analyst, report=report, title="", reason="Zelfde storing.")
    (line,) = documents(house.analyst, case)
    assert "Waterbedrijf" not in line.title
    assert "192.0.2.9" in queries.get_document(house.analyst, document=line.id).text
    intake_actions.attach_reporter(house.analyst, report=report, organisation=house.water, reason="teruggebeld")
    assert telling(queries.get_document(house.analyst, document=line.id)) == []
    assert telling(queries.get_case(house.analyst, case=case)) == []
