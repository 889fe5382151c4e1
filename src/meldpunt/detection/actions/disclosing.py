"""The desk adds indicators and discloses them to the national detection network."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.cases import queries as case_queries
from meldpunt.cases.values import CaseId
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency import queries as constituency_queries
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import (
    Disclosure,
    Draft,
    Origin,
    Seen,
    State,
)
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import ReportId
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind
from meldpunt.vocabulary.texts import clean_text

from .. import models, rules
from ..errors import BundleNamesReporter
from ..queries.drafting import draft_indicators, list_valid
from ..queries.indicators import get_indicator
from ..values import WHOLE, Indicator, IndicatorForm, IndicatorId, NetworkPart


@deed(Permission.CONSTITUENCY_MANAGE)
def admit_participant(actor: Actor, /, *, organisation: OrganisationId) -> None:
    """From now on the organisation takes part: indicators go to it, and its sensors may post sightings.

    Who takes part is kept by `constituency`, which the door asks for the readers of the network.
    """
    constituency_actions.join_detection_network(actor, organisation=organisation)


@deed(Permission.INDICATOR_DISCLOSE)
def add_indicator(actor: Actor, /, *, form: IndicatorForm) -> Indicator:
    """Add an indicator in normal form. One that was there already stays as it is, marking included, and gets the
    reports of the form and of its case as further reports it stems from.

    Raises IndicatorUnreadable, IndicatorTooBroad, IndicatorNeverValid.
    """
    value = rules.normal_value(form.kind, form.value)
    key = rules.indicator_id(form.kind, value)
    now = timezone.now()
    valid_from = form.valid_from or now
    rules.check_validity(valid_from, form.valid_until)
    row = models.Indicator(
        id=key,
        kind=form.kind.value,
        value=value,
        tlp=form.tlp.value,
        pap=form.pap.value,
        description=clean_text(form.description),
        valid_from=valid_from,
        valid_until=form.valid_until,
        case_id=form.case,
        created_at=now,
        created_by=actor.id,
    )
    # Two people may add the same value at the same moment: the second finds it there.
    models.Indicator.objects.bulk_create([row], ignore_conflicts=True)
    _add_stems(actor, key, form)
    # Who keeps the ledger sees no case material, so the value itself is not in it.
    details = {"indicator": form.kind.value, "tlp": form.tlp.value}
    ledger.record(actor, kind=Kind.REGISTERED, subject=key, details=details)
    return get_indicator(actor, indicator=key)


@deed(Permission.INDICATOR_DISCLOSE)
def disclose_indicators(
    actor: Actor,
    /,
    *,
    indicators: Collection[IndicatorId],
    reason: str,
    part: NetworkPart = WHOLE,
    widening: str = "",
    seen: Seen,
) -> Disclosure:
    """Tell the detection network, or a part of it, what to look for, as a STIX bundle and in words.

    A refusal of the law comes back as a disclosure that is REFUSED. The marking is the strictest of the indicators'.
    Raises IndicatorNotFound, NothingToLookFor (none left that is valid), BundleNamesReporter, and what the door raises:
    AudienceWiderThanTLP (TLP:RED), UseWiderThanPAP (below PAP:GREEN), AudienceOfNobody, ReasonMissing, SeenChanged.
    `widening` says why it goes further than somebody asked from whose report they stem; `seen`: the page on which it
    was shown before.
    """
    valid = list_valid(actor, indicators=indicators)
    draft = draft_indicators(actor, indicators=valid, part=part, widening=widening)
    _check_nobody_named(actor, draft)
    disclosure = disclosure_actions.disclose(actor, draft=draft, reason=reason, seen=seen)
    if disclosure.state is not State.REFUSED:
        models.Told.objects.bulk_create(models.Told(indicator_id=one.id, disclosure_id=disclosure.id) for one in valid)
    return disclosure


def _add_stems(actor: Actor, indicator: IndicatorId, form: IndicatorForm) -> None:
    """The reports of the form; and those of its case, where the indicator was known from another case before."""
    reports = set(form.reports)
    if form.case and get_indicator(actor, indicator=indicator).case != form.case:
        origins = case_queries.origins_of(actor, case=CaseId(form.case))
        reports |= {origin.report for origin in origins if origin.report}
    stems = [models.Stem(indicator_id=indicator, report_id=report) for report in reports]
    models.Stem.objects.bulk_create(stems, ignore_conflicts=True)


def _about(actor: Actor, origins: Sequence[Origin]) -> set[OrganisationId]:
    """Whom the reports are about, whether it told us itself or somebody else did."""
    reports = [intake_queries.get_report(actor, report=ReportId(one.report)) for one in origins if one.report]
    return {one.organisation for one in reports if one.organisation}


def _check_nobody_named(actor: Actor, draft: Draft) -> None:
    """Nobody whom the reports are about may show.

    And without its bundle a disclosure tells sensors nothing: better to say why than to send half.
    """
    about = _about(actor, draft.origins)
    terms = [constituency_queries.masking_terms(actor, organisation=one) for one in about]
    text = "\n".join((draft.title, *(part.text for part in draft.parts)))
    weighed = disclosure_queries.preview_disclosure(actor, draft=draft)
    held_back = not weighed.verdict.is_refused and not weighed.edited.attachments
    if held_back or any(rules.names(text, one) for one in terms):
        raise BundleNamesReporter("The indicators or their descriptions point at an organisation: take that out first.")
