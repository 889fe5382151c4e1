"""Mail comes in: sealed whole first, then read as far as it can be, and put where it belongs."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass, replace
from typing import Final

from django.conf import settings
from django.db import connection
from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.errors import NotFound
from meldpunt.access.values import Actor, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import ContactId
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.ledger.values import EntryId
from meldpunt.vocabulary.markings import most_restrictive
from meldpunt.vocabulary.texts import keepable

from .. import models, rules
from ..formats.attached import join_feeds, open_attached
from ..formats.opening import Feed
from ..mail.authentication import findings
from ..mail.closed import STAYS_CLOSED
from ..mail.reading import ReadMail, asked_in, read_mail
from ..mail.robots import Unanswered, spam_reason
from ..mail.threads import answered_ids, message_id_of, named_references, references_for_answer
from ..mail_values import LARGEST_MAIL, LONGEST_SENDER, links_in_words
from ..values import BY_MAIL, Channel, KeptReason, Receipt, ReporterDetails, ReportForm, ReportId, Stage, StageId
from .answers import prepare_answer
from .closed_mails import read_closed
from .feeds import arrival_of
from .reception import Arrival, admit, new_report_id, seal_whole, write_observables
from .stages import submit_stage

_UNREAD_TITLE = "Mail die niet te lezen was / Mail that could not be read"
_NO_SUBJECT = "(geen onderwerp / no subject)"
_NO_TEXT: Final = "(geen tekst / no text)"


@dataclass(frozen=True)
class _Came:
    """How a mail came in."""

    digest: bytes | None
    envelope_sender: str | None
    message_id: str = ""
    references: str = ""


@deed(Permission.REPORT_SUBMIT)
def receive_mail(actor: Actor, /, *, raw: bytes, envelope_sender: str | None = None) -> Receipt:
    """Receive one mail. What cannot be read is kept whole with its reason, and has its receipt too.

    The sender stands in the sealed row and proves nothing: a sender can be forged. Of a feed that came along, such as
    an abuse report in X-ARF, the rows are read. The same bytes are received once, whoever hands them over again. What
    the sender of a report by mail writes to it, is added to that report; the receipt has no code then.
    `envelope_sender` is the return path, None where nobody knows it. Raises ReportTooLarge.
    """
    rules.check_size("mail", len(raw), limit=LARGEST_MAIL)
    digest = hashlib.sha256(raw).digest() if raw.strip() else None
    before = _received_before(digest) if digest else None
    if before is not None:
        return before
    mail = read_mail(raw)
    if mail is None:
        return _keep(actor, raw, _Came(digest, envelope_sender))
    thread, refers_to = _thread_of(actor, mail)
    came = _Came(digest, envelope_sender, message_id_of(mail), references_for_answer(mail))
    mail, found = read_closed(actor, mail, raw)
    mail = _fitting(mail)
    kept = KeptReason.MAIL_CLOSED if found.opening in STAYS_CLOSED else None
    feed = join_feeds(open_attached(mail.text, mail.attachments))
    may_add = feed is None and kept is None and not (found.closed and thread and _is_code_in_clear(thread))
    if thread is not None and may_add:
        return _add(actor, thread, mail, raw, came)
    report = new_report_id()
    sealed = _seal(actor, report, raw)
    spam = spam_reason(mail.telling)
    form = _form_of(mail, feed, spam=spam)
    arrival = Arrival(
        report,
        Channel.MAIL,
        form,
        kept,
        raw=sealed,
        attachments=mail.attachments,
        is_set_aside=bool(spam),
        names_too=_places(mail),
    )
    receipt = admit(actor, arrival_of(arrival, feed) if feed else arrival)
    reason = prepare_answer(
        receipt, mail, envelope_sender=envelope_sender, may_hold_code=found.closed is None, is_set_aside=bool(spam)
    )
    _note(receipt, came, sealed, refers_to=thread or refers_to, unanswered=reason)
    return receipt


def _fitting(mail: ReadMail) -> ReadMail:
    """The mail with the files that fit. Mails in mails hold tens of thousands; those left lie in the sealed mail."""
    count = rules.count_fitting([len(one.data) for one in mail.attachments])
    if count == len(mail.attachments):
        return mail
    return replace(mail, attachments=mail.attachments[:count], notes=(*mail.notes, "files-left-in-raw"))


def _received_before(digest: bytes) -> Receipt | None:
    """The receipt of a mail of these bytes. Whoever receives the same at the same time waits here for the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(digest[:8], signed=True)])
    mail = models.Mail.objects.select_related("report").filter(digest=digest).first()
    return _receipt_of(mail.report) if mail else None


def _receipt_of(report: models.Report) -> Receipt:
    return Receipt(ReportId(report.id), report.reference, "", report.received_at, EntryId(report.entry))


def _keep(actor: Actor, raw: bytes, came: _Came) -> Receipt:
    report = new_report_id()
    sealed = _seal(actor, report, raw)
    kept = KeptReason.MAIL_UNREADABLE if raw.strip() else KeptReason.EMPTY
    receipt = admit(
        actor, Arrival(report, Channel.MAIL, ReportForm(title=_UNREAD_TITLE, text=""), kept=kept, raw=sealed)
    )
    _note(receipt, came, sealed)
    return receipt


def _add(actor: Actor, report: models.Report, mail: ReadMail, raw: bytes, came: _Came) -> Receipt:
    """Add the mail to the report that it answers, and say there that it is one: nothing else tells a forged sender.

    What does not fit an addition lies in the sealed mail.
    """
    sealed = _seal(actor, ReportId(report.id), raw)
    form = _form_of(mail, None)
    line = submit_stage(
        actor,
        report=ReportId(report.id),
        stage=Stage.ADDITION,
        text=rules.fitting_text(f"{BY_MAIL}\n\n{form.title}\n\n{mail.text.strip() or _NO_TEXT}"),
        answers=form.answers,
        attachments=mail.attachments,
    )
    write_observables({ReportId(report.id): _places(mail)}, {})
    receipt = replace(_receipt_of(report), received_at=line.submitted_at)
    _note(receipt, came, sealed, stage=line.id)
    return receipt


def _thread_of(actor: Actor, mail: ReadMail) -> tuple[models.Report | None, models.Report | None]:
    """The report that the mail is added to, and else the one that it refers to, without being let into it.

    What is let in, is read by the holder of the receipt. So a mail gets into a report that its own sender made by mail,
    and the code of which went to that address alone; or into that of an organisation, from the contact whom our letter
    went to. An address on the site or the telephone proves nothing, and who forwards a mail names what stands in it:
    under a Message-ID of ours anybody can send a lure to others.
    """
    named = answered_ids(mail)
    letters = disclosure_queries.find_letters(actor, message_ids=named)
    sent = [letters[one] for one in named if one in letters]
    reports = models.Report.objects.in_bulk([one.report for one in sent])
    for letter in sent:
        if letter.is_own and letter.report in reports and _is_from(actor, mail, letter.contact):
            return reports[letter.report], None
    found = {one.message_id: one for one in _mails_named(named)}
    answered = [found[one].report for one in named if one in found]
    written = [reports[one.report] for one in sent if one.report in reports]
    known = models.Report.objects.filter(reference__in=named_references(mail)).order_by("received_at")
    meant = [*answered, *written, *known]
    by_mail = [report.id for report in meant if report.channel == Channel.MAIL]
    senders = {one.report_id: one.email for one in models.Reporter.objects.filter(report_id__in=by_mail)}
    for report in meant:
        if mail.sender and senders.get(report.id, "").lower() == mail.sender.lower():
            return report, None
    return None, meant[0] if meant else None


def _is_code_in_clear(report: models.Report) -> bool:
    """Whether its code went by mail in clear text: what comes encrypted is not for whoever read along."""
    was_closed = models.Words.objects.filter(report=report, stage=None, answers__has_key="encryption").exists()
    return not was_closed and models.AcknowledgementMail.objects.filter(report=report).exists()


def _is_from(actor: Actor, mail: ReadMail, contact: uuid.UUID | None) -> bool:
    """Whether this contact sent the mail, as far as a sender says."""
    if contact is None or not mail.sender:
        return False
    try:
        known = constituency_queries.get_destination(actor, contact=ContactId(contact), at=timezone.now())
    except NotFound:
        return False
    return known.mail.lower() == mail.sender.lower()


def _mails_named(message_ids: tuple[str, ...]) -> list[models.Mail]:
    # The first of those that share a Message-ID: nobody takes over a thread.
    mails = models.Mail.objects.select_related("report").filter(message_id__in=message_ids)
    return list(mails.order_by("-at"))


def _seal(actor: Actor, report: ReportId, raw: bytes) -> tuple[uuid.UUID, ...]:
    return seal_whole(actor, report=report, name="message.eml", media_type="message/rfc822", data=raw)


def _note(
    receipt: Receipt,
    came: _Came,
    sealed: tuple[uuid.UUID, ...],
    *,
    refers_to: models.Report | None = None,
    stage: StageId | None = None,
    unanswered: Unanswered | None = None,
) -> None:
    models.Mail(
        report_id=receipt.report,
        stage_id=stage,
        refers_to=refers_to,
        at=receipt.received_at,
        message_id=came.message_id,
        references=came.references,
        envelope_sender=keepable(came.envelope_sender)[:LONGEST_SENDER] if came.envelope_sender is not None else None,
        digest=came.digest,
        raw_evidence=list(sealed),
        unanswered=unanswered.value if unanswered else "",
    ).save(force_insert=True)


def _places(mail: ReadMail) -> str:
    """Where its links go, for what can be lifted from that."""
    return "\n".join(link.place for link in mail.links)


def _form_of(mail: ReadMail, feed: Feed | None, *, spam: str = "") -> ReportForm:
    # What we found out about the mail ourselves stands last: nobody writes it for us.
    answers = dict(feed.answers if feed else {}) | dict(mail.headers)
    if mail.sent_at:
        answers["Date"] = mail.sent_at.isoformat()
    found = findings(mail.authentication, ours=settings.MAIL_SERVERS)
    if found:
        answers["authentication"] = "; ".join(one.in_words for one in found)
    if mail.links:
        answers["links"] = links_in_words(mail.links)
    if spam:
        answers["set-aside"] = spam
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
