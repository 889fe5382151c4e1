"""The same advice to others whom a report concerns: one disclosure each, as what the law allows differs."""

from __future__ import annotations

from collections.abc import Sequence

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure.values import Disclosure, Seen
from meldpunt.disclosure.values import State as DisclosureState
from meldpunt.intake.values import ReportId
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Json, Kind

from .. import models
from ..queries.drafting import others_draft
from ..queries.others import write_to_each
from ..values import Advice, AdviceForm, AdviceState, Concerned


@deed(Permission.ADVICE_WRITE)
def advise_others(
    actor: Actor,
    /,
    *,
    report: ReportId,
    concerned: Concerned,
    organisations: Sequence[OrganisationId],
    form: AdviceForm,
    reason: str,
    widening: str = "",
    seen: Seen,
) -> tuple[Disclosure, ...]:
    """Advise each of these, in their order. None learns whose report it was, nor who else is advised.

    What the law refuses one is kept with its verdict and stays a draft; it holds up no other. `seen`: the page on which
    all were shown before. Raises ReportNotFound, NotConcerned, TooManyAtOnce, WordingMissing, and as
    `disclosure.actions.disclose_each`.
    """
    written = write_to_each(actor, report=report, concerned=concerned, organisations=organisations, form=form)
    models.Advice.objects.bulk_create(_row(one) for one in written)
    models.Measure.objects.bulk_create(
        models.Measure(id=each.id, advice_id=one.id, number=each.number, text=each.text, due_on=each.due_on)
        for one in written
        for each in one.measures
    )
    drafts = [others_draft(actor, one, widening=widening.strip()) for one in written]
    told = disclosure_actions.disclose_each(actor, drafts=drafts, reason=reason, seen=seen)
    for one, disclosure in zip(written, told, strict=True):
        if disclosure.state is not DisclosureState.REFUSED:
            moved = {"state": AdviceState.GIVEN.value, "disclosure_id": disclosure.id}
            models.Advice.objects.filter(id=one.id).update(**moved)
        details: dict[str, Json] = {
            "deed": "given",
            "report": str(report),
            "chosen": one.chosen.value,
            "measures": len(one.measures),
            "disclosure": str(disclosure.id),
            "state": disclosure.state.value,
        }
        ledger.record(actor, kind=Kind.ADVISED, subject=one.id, details=details)
    return told


def _row(advice: Advice) -> models.Advice:
    return models.Advice(
        id=advice.id,
        organisation_id=advice.organisation.id,
        title=advice.title,
        introduction=advice.introduction,
        due_on=advice.due_on,
        state=advice.state.value,
        written_by=advice.written.actor,
        written_by_name=advice.written.name,
        written_at=advice.written.at,
        report_id=advice.report,
        chosen=advice.chosen.value,
        names=list(advice.names),
    )
