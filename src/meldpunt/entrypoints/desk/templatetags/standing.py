"""What somebody has to see to, above every page of the desk, for whoever has to see to it."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.template import Context
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meldpunt.access.rules import may
from meldpunt.access.values import Actor, Permission
from meldpunt.alarms import queries as alarm_queries
from meldpunt.alarms.values import Alarm, AlarmKind

register = template.Library()

# What it is, and the page of the desk where it is seen to; nothing where that is not a page but a machine.
KINDS: Mapping[AlarmKind, tuple[Promise, str]] = {
    AlarmKind.QUEUE_UNREAD: (_("Nobody looked at what waits in the queue"), "home"),
    AlarmKind.KEPT_UNREAD: (_("What could not be read lies unattended"), "home"),
    AlarmKind.MAILBOX: (_("A mailbox is not being emptied"), "home"),
    AlarmKind.ANSWERS_REFUSED: (_("Acknowledgements by mail did not arrive"), "list_alarms"),
    AlarmKind.ANSWERS_HELD_BACK: (_("More mails came than are answered in an hour"), ""),
    AlarmKind.DELIVERIES_STUCK: (_("Mail on its way out is stuck"), "list_alarms"),
    AlarmKind.WORKER_SILENT: (_("The background jobs stand still"), ""),
    AlarmKind.LISTENER_SILENT: (_("Nobody takes the mail that a server hands over"), ""),
}
_ASKING = {AlarmKind.KEPT_UNREAD: "?state=kept&order="}


@register.inclusion_tag("desk/standing.html", takes_context=True)
def standing_alarms(context: Context) -> dict[str, object]:
    """The alarms that stand, for duty officers; nothing for anybody else."""
    actor: Actor | None = context.get("actor")
    if actor is None or not may(actor.roles, Permission.ALARM_READ):
        return {"alarms": ()}
    return {"alarms": [_shown(one) for one in alarm_queries.list_alarms(actor)]}


def _shown(alarm: Alarm) -> dict[str, object]:
    words, page = KINDS[alarm.kind]
    return {"words": words, "page": page, "asking": _ASKING.get(alarm.kind, ""), "alarm": alarm}
