"""The desk writes to whoever reported; what they are told goes through the door."""

from __future__ import annotations

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure.values import Disclosure, GroundSays, Seen

from ..queries.replies import draft_reply
from ..reply_values import ReplyForm
from ..values import ReportId


@deed(Permission.REPORT_COMPLETE)
def reply_to_reporter(actor: Actor, /, *, report: ReportId, form: ReplyForm, seen: Seen) -> Disclosure:
    """A question or an answer to whoever reported: delivered, waiting for a second person, or refused.

    They read it with their receipt or in the portal; who left an address gets a mail in the thread of what they told
    last. `seen` is the page on which it was shown before. Raises ReportNotFound, NobodyToWriteTo,
    disclosure.NothingToDisclose, disclosure.WideningMissing, disclosure.SeenChanged.
    """
    draft = draft_reply(actor, report=report, form=form)
    return disclosure_actions.disclose(actor, draft=draft, reason=GroundSays.WHY, seen=seen)
