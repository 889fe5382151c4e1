"""The words of many reports at once, and two looks behind the seal for those whose task they are."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Final
from uuid import UUID

from django.db import connection

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission

from .. import models
from ..errors import ReportNotFound
from ..values import Report, ReportId, Shared, Told
from .rows import report_from

_NEWEST: Final = 100


@look(Permission.REPORT_READ)
def list_words(viewer: Actor, /, *, reports: Collection[UUID]) -> Mapping[ReportId, Told]:
    """Title and text of each report, masked where they are sealed for the viewer."""
    ids = list(reports)
    masked = models.Report.objects.filter(id__in=ids).values_list("id", "title", "text")
    told = models.Words.objects.filter(report_id__in=ids, stage=None).values_list("report_id", "title", "text")
    return {ReportId(report): Told(title, text) for report, title, text in (*masked, *told)}


@look(Permission.REPORT_READ)
def list_newest_words(viewer: Actor, /) -> tuple[Told, ...]:
    """Title and text of the newest hundred reports: what people say these days, for who asks what is seldom said."""
    newest = models.Report.objects.order_by("-received_at", "-id").values_list("id", flat=True)[:_NEWEST]
    return tuple(list_words(viewer, reports=newest).values())


@look(Permission.REPORT_READ)
def are_words_sealed(viewer: Actor, /, *, report: ReportId) -> bool:
    """Whether the words of this report are sealed for the viewer; of a report that is not there they are."""
    return not models.Words.objects.filter(report_id=report, stage=None).exists()


@look(Permission.REPORT_READ)
def list_alike(viewer: Actor, /, *, report: ReportId) -> tuple[ReportId, ...]:
    """The newest sixty reports that are worded much like this one, by the words that everybody at the desk may read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT intake_alike(%s)", [report])
        return tuple(ReportId(other) for (other,) in cursor.fetchall())


@look(Permission.REPORT_READ)
def weigh_shared(viewer: Actor, /, *, report: ReportId) -> Mapping[ReportId, Shared]:
    """Of the first sixty values this report names, what each other report names too, sealed ones included."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT report, shared, sealed, weight FROM intake_sharing(%s)", [report])
        return {ReportId(other): Shared(*weighed) for other, *weighed in cursor.fetchall()}


@look(Permission.INFORMATION_REQUEST_HANDLE)
def get_whole_report(viewer: Actor, /, *, report: ReportId) -> Report:
    """The report with its stages as they were told, for who weighs them passage by passage. Raises ReportNotFound.

    The law asks a ground for each passage that is withheld: what a mask hid beforehand would have none. Whoever takes
    a document in hand records so in the ledger.
    """
    row = models.Report.objects.filter(id=report).first()
    if row is None:
        raise ReportNotFound("no such report")
    with connection.cursor() as cursor:
        cursor.execute("SELECT stage, title, text, answers::text FROM intake_whole_words(%s)", [report])
        found = cursor.fetchall()
    words = {
        stage: models.Words(stage_id=stage, title=title, text=text, answers=json.loads(answers))
        for stage, title, text, answers in found
    }
    return report_from(row, told=words)


def pattern_of(text: str) -> str:
    """A pattern for ILIKE in which the text stands for itself."""
    plain = text.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_").replace("\x00", "")
    return f"%{plain}%"
