"""Mail comes in: sealed whole first, then read as far as it can be."""

from __future__ import annotations

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.vocabulary.markings import most_restrictive

from .. import rules
from ..formats.attached import join_feeds, open_attached
from ..formats.opening import Feed
from ..mail import ReadMail, asked_in, read_mail
from ..values import Channel, KeptReason, Receipt, ReporterDetails, ReportForm
from .feeds import arrival_of
from .reception import Arrival, admit, new_report_id, seal_whole

_UNREAD_TITLE = "Mail die niet te lezen was / Mail that could not be read"
_NO_SUBJECT = "(geen onderwerp / no subject)"


@deed(Permission.REPORT_SUBMIT)
def receive_mail(actor: Actor, /, *, raw: bytes) -> Receipt:
    """Receive one mail. What cannot be read is kept whole with its reason, and has its receipt too.

    The sender stands in the sealed row and proves nothing: a sender can be forged. Of a feed that came along, such as
    an abuse report in X-ARF, the rows are read. Raises ReportTooLarge.
    """
    rules.check_size("mail", len(raw), limit=rules.LARGEST_MAIL)
    report = new_report_id()
    sealed = seal_whole(actor, report=report, name="message.eml", media_type="message/rfc822", data=raw)
    mail = read_mail(raw)
    if mail is None:
        kept = KeptReason.MAIL_UNREADABLE if raw.strip() else KeptReason.EMPTY
        form = ReportForm(title=_UNREAD_TITLE, text="")
        return admit(actor, Arrival(report, Channel.MAIL, form, kept=kept, raw=sealed))
    feed = join_feeds(open_attached(mail.text, mail.attachments))
    arrival = Arrival(report, Channel.MAIL, _form_of(mail, feed), raw=sealed, attachments=mail.attachments)
    return admit(actor, arrival_of(arrival, feed) if feed else arrival)


def _form_of(mail: ReadMail, feed: Feed | None) -> ReportForm:
    answers = dict(mail.headers) | dict(feed.answers if feed else {})
    if mail.sent_at:
        answers["Date"] = mail.sent_at.isoformat()
    if mail.notes:
        answers["notes"] = " ".join(mail.notes)
    asked = [tlp for tlp in (asked_in(mail), feed.marking if feed else None) if tlp]
    return ReportForm(
        title=mail.subject or _NO_SUBJECT,
        text=mail.text,
        answers=answers,
        reporter=ReporterDetails(name=mail.sender_name, email=mail.sender),
        tlp=most_restrictive(*asked) if asked else None,
    )
