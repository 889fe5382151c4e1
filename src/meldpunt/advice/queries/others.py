"""Others whom a report concerns: who they are, and what each would be told."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Final

from django.utils import timezone

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.queries.organisations import PAGE
from meldpunt.constituency.values import Organisation
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import Preview
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import ReportId
from meldpunt.triage.values import By

from .. import rules
from ..errors import NotConcerned, TooManyAtOnce
from ..values import (
    Advice,
    AdviceForm,
    AdviceId,
    AdviceState,
    Chosen,
    Concerned,
    Measure,
    MeasureId,
    MeasureState,
)
from .drafting import others_draft

MOST_AT_ONCE: Final = 500
"""Organisations that are advised in one go: all that they are told is in memory at once."""


@look(Permission.ADVICE_WRITE)
def list_concerned(viewer: Actor, /, *, report: ReportId, concerned: Concerned) -> tuple[Organisation, ...]:
    """Who registered one of the products, or is in one of the sectors, in the order of codes; not whose report it is.

    Raises ReportNotFound.
    """
    own = intake_queries.get_report(viewer, report=report).organisation
    if concerned.by is Chosen.PRODUCT:
        found = [one for one, _ in constituency_queries.list_users_of_products(viewer, products=concerned.names)]
    else:
        found = [one for sector in concerned.names for one in _in_sector(viewer, sector)]
    return tuple(one for one in found if one.kind == "constituent" and one.id != own)


@look(Permission.ADVICE_WRITE)
def write_to_each(
    viewer: Actor,
    /,
    *,
    report: ReportId,
    concerned: Concerned,
    organisations: Sequence[OrganisationId],
    form: AdviceForm,
) -> tuple[Advice, ...]:
    """The advice as each of these would have it, kept nowhere. Raises as `actions.advise_others`."""
    rules.check_measures(form.measures)
    if len(organisations) > MOST_AT_ONCE:
        raise TooManyAtOnce(MOST_AT_ONCE)
    known = {one.id: one for one in list_concerned(viewer, report=report, concerned=concerned)}
    if not organisations or not set(organisations) <= set(known):
        raise NotConcerned
    return tuple(_advice(viewer, known[one], report=report, concerned=concerned, form=form) for one in organisations)


@look(Permission.ADVICE_WRITE)
def preview_others(
    viewer: Actor,
    /,
    *,
    report: ReportId,
    concerned: Concerned,
    organisations: Sequence[OrganisationId],
    form: AdviceForm,
    widening: str = "",
) -> tuple[Preview, ...]:
    """What each would read and on which ground, in their order. Saves nothing; raises as `actions.advise_others`."""
    written = write_to_each(viewer, report=report, concerned=concerned, organisations=organisations, form=form)
    drafts = [others_draft(viewer, one, widening=widening.strip()) for one in written]
    return disclosure_queries.preview_each(viewer, drafts=drafts)


def _in_sector(viewer: Actor, sector: str) -> tuple[Organisation, ...]:
    found: list[Organisation] = []
    while len(found) % PAGE == 0:
        page = len(found) // PAGE + 1
        more = constituency_queries.list_organisations(viewer, kind="constituent", sector=sector, page=page)
        if not more:
            break
        found += more
    return tuple(found)


def _advice(
    viewer: Actor, organisation: Organisation, *, report: ReportId, concerned: Concerned, form: AdviceForm
) -> Advice:
    measures = tuple(
        Measure(
            MeasureId(uuid.uuid4()),
            number,
            rules.check_words(one.text, what="measure"),
            one.due_on or form.due_on,
            MeasureState.OPEN,
            (),
        )
        for number, one in enumerate(form.measures, start=1)
    )
    return Advice(
        id=AdviceId(uuid.uuid4()),
        case=None,
        organisation=organisation,
        title=rules.check_words(form.title, what="title"),
        introduction=rules.check_words(form.introduction, what="introduction"),
        due_on=form.due_on,
        state=AdviceState.DRAFT,
        written=By(viewer.id, viewer.name, timezone.now()),
        disclosure=None,
        delivered_at=None,
        measures=measures,
        follow_ups=(),
        escalations=(),
        history=(),
        report=report,
        chosen=concerned.by,
        names=concerned.names,
    )
