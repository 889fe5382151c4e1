"""What was told goes behind the seal, and its masked form before it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from functools import cache

from django.db import connection

from meldpunt.access.values import Actor, Door, OrganisationId
from meldpunt.constituency import queries as constituency_queries
from meldpunt.engines.redaction.identity import Identity

from .. import masking, models
from ..values import ReporterDetails, ReportForm, StageLine

_AT_ONCE = 100


def terms_of(actor: Actor, *, form: ReportForm, organisation: OrganisationId | None) -> Identity:
    """What points at who told this, and at the organisation it is from where that is known."""
    who = masking.terms_of_reporter(form.reporter, form.organisation_named)
    return masking.both(who, _identity(actor, organisation)) if organisation else who


def terms_known(actor: Actor, *, report: uuid.UUID, organisation: OrganisationId | None) -> Identity:
    """What points at who told a report that is here, and at whom it is about, as far as the actor may read that."""
    known = {report: _identity(actor, organisation)} if organisation else {}
    return _terms_of_rows([report], known)[report]


def words_of_form(report: uuid.UUID, form: ReportForm) -> models.Words:
    """The report as it was told."""
    return models.Words(report_id=report, title=form.title, text=form.text, answers=dict(form.answers))


def words_of_stage(report: uuid.UUID, stage: models.SubmittedStage, line: StageLine) -> models.Words:
    """A stage as it was told. Who adds one knows not all that identifies, so a job makes its masked form."""
    return models.Words(report_id=report, stage=stage, text=line.text, answers=dict(line.answers), awaits_masking=True)


def mask_waiting(actor: Actor) -> None:
    """Make the masked forms that nobody could make yet. For a job, which reads what it takes."""
    waiting = models.Words.objects.filter(awaits_masking=True).values_list("report_id", "report__organisation_id")
    mask_reports(actor, {report: OrganisationId(about) if about else None for report, about in waiting})


def mask_reports(actor: Actor, about: Mapping[uuid.UUID, OrganisationId | None]) -> None:
    """Make the masked form of these reports and their stages anew, now that this is whom they are about.

    What is sealed for the actor is masked once more as it is: that hides more than it need, and never less.
    """
    identity = cache(lambda organisation: _identity(actor, organisation))
    ids = sorted(about)
    for start in range(0, len(ids), _AT_ONCE):
        part = ids[start : start + _AT_ONCE]
        known = {report: identity(organisation) for report in part if (organisation := about[report])}
        _mask(part, _terms_of_rows(part, known))


def await_masking(report: uuid.UUID) -> None:
    """Leave these words to `mask_waiting`: whom they are about changed, and they may be sealed for who changed it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT intake_await_masking(%s)", [report])


def _identity(actor: Actor, organisation: OrganisationId) -> Identity:
    # The portal knows its own; the desk and the jobs ask what to hide without learning it on any page.
    if actor.door is Door.PORTAL:
        own = constituency_queries.find_own_terms(actor)
        return masking.both(own, Identity(people=(actor.name,)))
    return constituency_queries.masking_terms(actor, organisation=organisation)


def _terms_of_rows(reports: Iterable[uuid.UUID], known: Mapping[uuid.UUID, Identity]) -> dict[uuid.UUID, Identity]:
    terms = dict.fromkeys(reports, masking.NOBODY)
    for row in models.Reporter.objects.filter(report_id__in=list(terms)):
        who = ReporterDetails(row.name, row.email, row.phone)
        terms[row.report_id] = masking.terms_of_reporter(who, row.organisation_named)
    return {report: masking.both(found, known.get(report, masking.NOBODY)) for report, found in terms.items()}


def _mask(reports: list[uuid.UUID], terms: Mapping[uuid.UUID, Identity]) -> None:
    told = {(one.report_id, one.stage_id): one for one in models.Words.objects.filter(report_id__in=reports)}
    rows = list(models.Report.objects.filter(id__in=reports).only("id", "title", "text", "answers"))
    for row in rows:
        source = told.get((row.id, None), row)
        row.title = masking.mask_text(source.title, terms[row.id])
        row.text = masking.mask_text(source.text, terms[row.id])
        row.answers = masking.mask_answers(source.answers, terms[row.id])
    models.Report.objects.bulk_update(rows, ["title", "text", "answers"])
    stages = list(models.SubmittedStage.objects.filter(report_id__in=reports))
    for stage in stages:
        words = told.get((stage.report_id, stage.id), stage)
        stage.text = masking.mask_text(words.text, terms[stage.report_id])
        stage.answers = masking.mask_answers(words.answers, terms[stage.report_id])
    models.SubmittedStage.objects.bulk_update(stages, ["text", "answers"])
    _flag_observables(reports, terms)
    models.Words.objects.filter(report_id__in=reports, awaits_masking=True).update(awaits_masking=False)


def _flag_observables(reports: list[uuid.UUID], terms: Mapping[uuid.UUID, Identity]) -> None:
    telling: list[uuid.UUID] = []
    harmless: list[uuid.UUID] = []
    for row in models.Observable.objects.filter(report_id__in=reports):
        (telling if masking.is_telling(row.kind, row.value, terms[row.report_id]) else harmless).append(row.id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT intake_flag_observables(%s, %s)", [telling, harmless])
