"""What whoever reported would be told, before anybody writes to them."""

from __future__ import annotations

from django.db import connection

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import Audience, AudienceKind, Draft, ItemKind, Part, Preview, Thread
from meldpunt.law import Purpose
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.markings import PAP

from ..errors import NobodyToWriteTo
from ..reply_values import ReplyForm
from ..values import Channel, ReportId
from .reports import get_report

_HEADING = {
    Purpose.ASK: Bilingual("Onze vraag over uw melding", "Our question about your report"),
    Purpose.ACKNOWLEDGE: Bilingual("Ons antwoord op uw melding", "Our answer on your report"),
    Purpose.ADVISE: Bilingual("Ons advies over uw melding", "Our advice on your report"),
}


@look(Permission.REPORT_COMPLETE)
def draft_reply(viewer: Actor, /, *, report: ReportId, form: ReplyForm) -> Draft:
    """The disclosure that a reply would be. Raises ReportNotFound, NobodyToWriteTo."""
    found = get_report(viewer, report=report)
    if not found.is_written_to:
        raise NobodyToWriteTo
    last = found.stages[-1].id if found.stages else None
    # An organisation that logged in is told in the portal, and its contacts by mail.
    is_mailed = (found.channel is Channel.MAIL or not found.is_own) and takes_mail(viewer, report=report)
    return Draft(
        item=ItemKind.QUESTION if form.purpose is Purpose.ASK else ItemKind.REPLY,
        subject=report,
        title=form.title,
        parts=(Part(form.kind, _HEADING[form.purpose], form.text),),
        audience=(Audience(AudienceKind.REPORTER, id=report),),
        purpose=form.purpose,
        tlp=form.tlp,
        pap=PAP.AMBER,
        origins=(found.origin,),
        # Whoever it is about may be named in the words, and is sealed for colleagues.
        about=(found.organisation,) if found.organisation else (),
        widening=form.widening,
        thread=Thread(report, last) if is_mailed else None,
    )


@look(Permission.REPORT_COMPLETE)
def preview_reply(viewer: Actor, /, *, report: ReportId, form: ReplyForm) -> Preview:
    """Who would read it and on what ground, if it were written now. Saves nothing; raises as `draft_reply`."""
    return disclosure_queries.preview_disclosure(viewer, draft=draft_reply(viewer, report=report, form=form))


@look(Permission.REPORT_READ)
def takes_mail(viewer: Actor, /, *, report: ReportId) -> bool:
    """Whether who reported left an address from which a person writes; not which, as that may be sealed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT intake_takes_mail(%s)", [report])
        return bool(cursor.fetchone()[0])
