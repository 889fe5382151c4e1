"""Mail that was encrypted to us or signed: read within, with what was found beside it."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.utils import timezone

from meldpunt.access.values import Actor
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import KeyKind
from meldpunt.vocabulary.texts import keepable

from ..mail.closed import Known, Opened
from ..mail.keys import keys_in
from ..mail.opening import open_mail
from ..mail.reading import ReadMail, read_mail


def read_closed(actor: Actor, mail: ReadMail, raw: bytes) -> tuple[ReadMail, Opened]:
    """The mail with the words and files within it, and how it was closed and signed, which stands in its headers too.

    Who sent it and what it answers stays what the outside says, and the subject where the inside has none.
    """

    def known() -> Known:
        found = constituency_queries.list_certificates(actor, address=keepable(mail.sender), at=timezone.now())
        openpgp = [(one.fingerprint, one.data) for one in found if one.kind is KeyKind.OPENPGP]
        smime = [(one.fingerprint, one.data) for one in found if one.kind is KeyKind.SMIME]
        return Known(openpgp, smime)

    opened = open_mail(raw, keys_in(settings.MAIL_KEYS), known)
    inside = read_mail(opened.inside) if opened.inside != raw else mail
    if inside is not None:
        mail = replace(
            mail,
            subject=inside.subject or mail.subject,
            text=inside.text,
            attachments=inside.attachments,
            notes=tuple(dict.fromkeys([*mail.notes, *inside.notes])),
            links=inside.links,
        )
    return replace(mail, headers=mail.headers | _told(opened)), opened


def _told(opened: Opened) -> dict[str, str]:
    told = {
        "encryption": " ".join(one.value for one in (opened.closed, opened.opening) if one),
        "signature": " ".join(one.value for one in (opened.signed, opened.signature) if one),
        "signed-by": opened.signed_by,
    }
    return {name: value for name, value in told.items() if value}
