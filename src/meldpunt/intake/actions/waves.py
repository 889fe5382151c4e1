"""Look-alikes stand on one line of the queue until somebody touches them; nothing else about them changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db import connection

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission

from .. import models
from ..values import ReportId

_STAND_BEHIND: Final = """
UPDATE intake_report AS kept SET behind = found.head
FROM unnest(%s::uuid[], %s::uuid[]) AS found (member, head)
WHERE kept.id = found.member AND kept.state = 'received' AND kept.behind IS NULL
    AND EXISTS (SELECT FROM intake_report AS led WHERE led.id = found.head AND led.state = 'received'
        AND led.behind IS NULL)
"""


_ADDED_TO: Final = """
UPDATE intake_report AS kept SET behind = NULL FROM intake_submittedstage AS stage
WHERE kept.behind IS NOT NULL AND stage.report_id = kept.id AND stage.submitted_at > kept.received_at
"""


@deed(Permission.ATTRIBUTE)
def stand_up(actor: Actor, /) -> int:
    """Give a line of its own to what its reporter added something to, while it stood behind another; how many."""
    with connection.cursor() as cursor:
        cursor.execute(_ADDED_TO)
        return int(cursor.rowcount)


@deed(Permission.ATTRIBUTE)
def stand_behind(actor: Actor, /, *, heads: Mapping[ReportId, ReportId]) -> int:
    """Let each report stand behind another, where neither was touched meanwhile; how many do. It is no decision."""
    if not heads:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_STAND_BEHIND, [list(heads), list(heads.values())])
        return int(cursor.rowcount)


def stand_apart(report: ReportId) -> None:
    """Give a touched report a line of its own; the oldest of those behind it leads the others from here on."""
    behind = models.Report.objects.filter(behind=report)
    following = behind.order_by("received_at", "id").values_list("id", flat=True).first()
    if following is not None:
        behind.exclude(id=following).update(behind=following)
        models.Report.objects.filter(id=following).update(behind=None)
