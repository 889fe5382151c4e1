"""What an organisation is told by an advice, or its ministry: the same for the preview and for the telling."""

from __future__ import annotations

from dataclasses import replace

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission
from meldpunt.cases import queries as case_queries
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.errors import IdentitySealed
from meldpunt.constituency.values import Organisation
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import Draft, Origin, Preview
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import Report

from .. import rules
from ..drafting import advice_draft, escalation_draft
from ..errors import AdviceNotFound, CaseMissing
from ..values import Advice, AdviceId, Chosen, EscalationTest
from .behind_the_seal import masked
from .inside import get_advice, weigh, whole_advice


@look(Permission.ADVICE_WRITE)
def draft_advice(viewer: Actor, /, *, advice: Advice, widening: str = "") -> Draft:
    """The advice with the reports it stems from, no wider than anybody asked who reported in its case.

    Advice to others, whom the report merely concerns, stems from that report, and whoever reported follows it.
    """
    if advice.chosen in (Chosen.PRODUCT, Chosen.SECTOR):
        return others_draft(viewer, advice, widening=widening.strip())
    whole = origins_behind(viewer, advice)
    own = tuple(one for one in whole if one.organisation == advice.organisation.id)
    asked = tuple(one.tlp for one in whole if one.tlp and one not in own)
    return advice_draft(advice, origins=own, asked=asked, widening=widening.strip())


def origins_behind(viewer: Actor, advice: Advice) -> tuple[Origin, ...]:
    """The reports of its case, or the one it was written from."""
    if advice.case:
        return case_queries.origins_of(viewer, case=advice.case)
    return (_report_of(viewer, advice).origin,)


def others_draft(viewer: Actor, advice: Advice, *, widening: str = "") -> Draft:
    """The advice to an organisation that the report concerns and is not about: it does not learn whose it was."""
    report = _report_of(viewer, advice)
    draft = advice_draft(advice, origins=(report.origin,), widening=widening)
    if report.is_own or report.organisation is None:
        return draft
    terms = (constituency_queries.masking_terms(viewer, organisation=report.organisation),)
    parts = tuple(replace(part, text=masked(part.text, terms)) for part in draft.parts)
    return replace(draft, title=masked(draft.title, terms), parts=parts, about=(report.organisation,))


def _report_of(viewer: Actor, advice: Advice) -> Report:
    if advice.report is None:
        raise AdviceNotFound("no such advice")
    return intake_queries.get_report(viewer, report=advice.report)


@look(Permission.ADVICE_WRITE)
def preview_advice(viewer: Actor, /, *, advice: Advice, widening: str = "") -> Preview:
    """Who would see this advice and why. Saves nothing; raises as `actions.give_advice`.

    Whoever has its organisation sealed reads it masked here; its `sight` is of the words as they would be given.
    """
    shown = disclosure_queries.preview_disclosure(viewer, draft=draft_advice(viewer, advice=advice, widening=widening))
    whole = draft_advice(viewer, advice=whole_advice(viewer, advice=advice.id), widening=widening)
    return replace(shown, sight=disclosure_queries.preview_disclosure(viewer, draft=whole).sight)


@look(Permission.ESCALATE)
def draft_escalation(viewer: Actor, /, *, advice: Advice, ministry: Organisation, test: EscalationTest) -> Draft:
    """What the ministry would be told, before its letter is set from it. Raises IdentitySealed, CaseMissing."""
    if advice.organisation.name is None:
        raise IdentitySealed("Unseal the identity of this organisation first: the ministry must know whom it concerns.")
    if advice.case is None:
        raise CaseMissing
    return escalation_draft(
        advice,
        case_queries.get_case(viewer, case=advice.case),
        ministry=ministry,
        test=test,
        conditions=rules.conditions_of(test),
        origins=case_queries.origins_of(viewer, case=advice.case, organisation=advice.organisation.id),
    )


@look(Permission.ESCALATE)
def preview_escalation(viewer: Actor, /, *, advice: AdviceId) -> Preview:
    """Who would read the letter and why. Saves nothing; raises IdentitySealed, NotFound (no ministry of the sector)."""
    found = get_advice(viewer, advice=advice)
    ministry = constituency_queries.ministry_of(viewer, sector=found.organisation.sector)
    draft = draft_escalation(viewer, advice=found, ministry=ministry, test=weigh(viewer, found))
    return disclosure_queries.preview_disclosure(viewer, draft=draft)
