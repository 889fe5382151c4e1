"""What mail lacks, said before the jobs begin: half of it stops them, the rest is for somebody to see to."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from meldpunt.access.values import JOB
from meldpunt.constituency import queries as constituency_queries
from meldpunt.disclosure.errors import MailHalfConfigured
from meldpunt.disclosure.mail.office import office_from


def refusal() -> str:
    """Why the jobs do not begin; nothing where mail is whole, or not there at all."""
    try:
        office_from(settings.MAIL, name=settings.MELDPUNT_CSIRT)
    except MailHalfConfigured as half:
        return str(half)
    return ""


def warnings() -> Iterator[str]:
    """What leaves somebody without mail, though everything runs: a channel without a reader, a reader without one."""
    keys = constituency_queries.count_usable_keys(JOB)
    if not any(settings.MAIL.values()) and keys:
        yield f"no mail server is set, and {keys} contacts have a key: they get no mail (MELDPUNT_SMTP_URL)"
    if any(settings.MAIL.values()):
        gaps = constituency_queries.list_gaps(JOB)
        if gaps.without_address:
            yield f"{gaps.without_address} contacts have no mail address"
        if gaps.without_contact:
            yield f"{gaps.without_contact} organisations have no contact, and nobody there gets mail"
        if gaps.urgent:
            yield f"{gaps.urgent} keys need somebody: see Keys for mail at the desk"
