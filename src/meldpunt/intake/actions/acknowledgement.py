"""The reporter is answered: an acknowledgement is a disclosure like any other, through the one door."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure.values import Audience, AudienceKind, Draft, ItemKind, Origin, Part, Thread, Unshown
from meldpunt.law import Condition, DataKind, Purpose
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.markings import PAP, TLP

from .. import models
from ..values import ACKNOWLEDGED, Channel, ReportId, State
from .answers import answer_what_was_taken_in
from .progress import note_progress

_MOST_AT_ONCE = 200
# Machines have their receipt in the answer to their own request; nobody waits behind it to be told once more.
_ANSWERED_AT_ONCE = (Channel.FEED.value, Channel.SIGHTING.value, Channel.API.value)


@deed(Permission.DISCLOSURE_PROPOSE)
def acknowledge_reports(actor: Actor, /) -> int:
    """Acknowledge what people reported and what was not acknowledged yet, oldest first; how many, at most 200.

    The reporter reads it with the receipt, or logged in for the organisation that reported.
    """
    answered = models.Progress.objects.filter(report_id=OuterRef("id"), mark=ACKNOWLEDGED)
    waiting = (
        models.Report.objects.exclude(channel__in=_ANSWERED_AT_ONCE)
        # Whoever sends spam need not know that somebody reads it; what the desk takes in is answered then.
        .exclude(state=State.SET_ASIDE.value)
        .filter(~Exists(answered))
        .order_by("received_at", "id")
    )
    reports = list(waiting[:_MOST_AT_ONCE])
    answer_what_was_taken_in([report.id for report in reports])
    mailed = models.AcknowledgementMail.objects.filter(report_id__in=[report.id for report in reports])
    by_mail = frozenset(mailed.values_list("report_id", flat=True))
    for report in reports:
        draft = _draft(report, is_mailed=report.id in by_mail)
        disclosure_actions.disclose(
            actor, draft=draft, reason=f"Melding {report.reference} is ontvangen.", seen=Unshown.BY_RULE
        )
        note_progress(actor, report=ReportId(report.id), mark=ACKNOWLEDGED)
    return len(reports)


def _draft(report: models.Report, *, is_mailed: bool) -> Draft:
    at = timezone.localtime(report.received_at).strftime("%d-%m-%Y %H:%M %Z")
    said = Bilingual(
        f"Wij ontvingen uw melding {report.reference} op {at}. Met uw ontvangstcode ziet u wat ermee gebeurt.",
        f"We received your report {report.reference} on {at}. With your receipt code you see what becomes of it.",
    )
    part = Part(DataKind.INCIDENT_NATURE, Bilingual("Ontvangen", "Received"), f"{said.nl}\n\n{said.en}")
    organisation = report.organisation_id if report.is_own else None
    return Draft(
        item=ItemKind.ACKNOWLEDGEMENT,
        subject=report.id,
        title=f"Ontvangstbevestiging / Acknowledgement {report.reference}",
        parts=(part,),
        audience=(Audience(AudienceKind.REPORTER, id=report.id),),
        purpose=Purpose.ACKNOWLEDGE,
        tlp=TLP.AMBER_STRICT,
        pap=PAP.RED,
        conditions=frozenset({Condition.OWN_REPORT}),
        origins=(Origin(report.id, organisation, bytes(report.receipt_digest)),),
        thread=Thread(report.id) if is_mailed else None,
    )
