"""Advice is written from a case, and given through the one door."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.cases import queries as case_queries
from meldpunt.cases.values import CaseId
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure.values import Disclosure, Seen
from meldpunt.disclosure.values import State as DisclosureState
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import ReportId
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Json, Kind
from meldpunt.vocabulary.texts import clean_text

from .. import models, rules
from ..errors import AdviceNotFound, NotConcerned, OrganisationNotInCase, ReportNotInCase
from ..queries import get_advice
from ..queries.drafting import draft_advice
from ..queries.inside import whole_advice
from ..values import Advice, AdviceId, AdviceState, Chosen, MeasureForm

ADVISED = "advised"
"""The mark on a report: its organisation has our advice."""


@deed(Permission.ADVICE_WRITE)
def write_advice(
    actor: Actor,
    /,
    *,
    case: CaseId | None = None,
    organisation: OrganisationId,
    title: str,
    introduction: str,
    measures: Sequence[MeasureForm],
    due_on: date,
    report: ReportId | None = None,
    requested_by: str = "",
) -> Advice:
    """A draft from this case to an organisation in it, or from a report without a case to whom it is about.

    Nobody outside the desk sees it. `report` is the one from whose page it was begun, of this case if there is one;
    `requested_by` says who asked for it: without it the advice is given unasked. Raises CaseNotFound,
    OrganisationNotInCase, ReportNotFound, ReportNotInCase, NotConcerned, WordingMissing.
    """
    rules.check_measures(measures)
    _check_part(actor, case, organisation, report)
    advice = models.Advice(
        case_id=case,
        organisation_id=organisation,
        title=rules.check_words(title, what="title"),
        introduction=rules.check_words(introduction, what="introduction"),
        due_on=due_on,
        state=AdviceState.DRAFT.value,
        written_by=actor.id,
        written_by_name=actor.name,
        written_at=timezone.now(),
        report_id=report,
        is_requested=bool(requested_by.strip()),
        requested_by=clean_text(requested_by),
        chosen=(Chosen.CASE if case else Chosen.REPORT).value,
    )
    advice.save(force_insert=True)
    models.Measure.objects.bulk_create(
        models.Measure(
            advice=advice,
            number=number,
            text=rules.check_words(one.text, what="measure"),
            due_on=one.due_on or due_on,
        )
        for number, one in enumerate(measures, start=1)
    )
    details: dict[str, Json] = {
        "deed": "written",
        "case": str(case) if case else "",
        "report": str(report) if report else "",
        "measures": len(measures),
        "requested": advice.is_requested,
    }
    ledger.record(actor, kind=Kind.ADVISED, subject=advice.id, details=details)
    return get_advice(actor, advice=AdviceId(advice.id))


def _check_part(actor: Actor, case: CaseId | None, organisation: OrganisationId, report: ReportId | None) -> None:
    if case is None:
        if report is None or intake_queries.get_report(actor, report=report).organisation != organisation:
            raise NotConcerned
        return
    found = case_queries.get_case(actor, case=case)
    if organisation not in found.organisations:
        raise OrganisationNotInCase
    if report is not None and report not in {line.id for line in found.reports}:
        raise ReportNotInCase


@deed(Permission.ADVICE_WRITE)
def give_advice(actor: Actor, /, *, advice: AdviceId, reason: str, widening: str = "", seen: Seen) -> Disclosure:
    """Tell the organisation. A refusal of the law comes back as the disclosure; the advice then stays a draft.

    `widening` says why it goes further than others who reported in its case asked; without it goes no further.
    `seen`: the page on which it was shown before. Raises AdviceNotFound, StateDoesNotAllow (given before), and as
    `disclosure.actions.disclose`.
    """
    row = lock_advice(advice)
    found = whole_advice(actor, advice=advice)
    rules.check_giveable(found.state, delivered=found.delivered_at is not None)
    draft = draft_advice(actor, advice=found, widening=widening)
    told = disclosure_actions.disclose(actor, draft=draft, reason=reason, seen=seen)
    if told.state is not DisclosureState.REFUSED:
        row.state, row.disclosure_id = AdviceState.GIVEN.value, told.id
        row.save(update_fields=["state", "disclosure"])
    if told.state is DisclosureState.DELIVERED:
        for origin in draft.origins:
            if origin.report:
                intake_actions.note_progress(actor, report=ReportId(origin.report), mark=ADVISED)
    details = {"deed": "given", "disclosure": str(told.id), "state": told.state.value}
    ledger.record(actor, kind=Kind.ADVISED, subject=advice, details=details)
    return told


def lock_advice(advice: AdviceId) -> models.Advice:
    """The row, for the length of the transaction. Raises AdviceNotFound."""
    row = models.Advice.objects.select_for_update().filter(id=advice).first()
    if row is None:
        raise AdviceNotFound("no such advice")
    return row
