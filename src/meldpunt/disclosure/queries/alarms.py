"""Deliveries by mail that need somebody: by code and title, and never by address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.law import RecipientKind, label_of
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.markings import TLP

from .. import models
from ..errors import MailHalfConfigured
from ..mail.office import office_from
from ..rules.editing import Mask, mask_text
from ..values import (
    Alarm,
    Channel,
    DisclosureId,
    EnvelopeId,
    EnvelopeState,
    ItemKind,
    MailState,
    Trouble,
)
from .behind_the_seal import behind_the_seal
from .listing import list_titles

PAGE: Final = 50
"""Lines on one page of a list."""

_NOBODY: Final = Bilingual("–", "–")


@look(Permission.DISCLOSURE_OVERSEE)
def list_alarms(viewer: Actor, /, *, page: int = 1) -> tuple[Alarm, ...]:
    """What nobody settled yet, the longest waiting first; what a server said is masked like a title."""
    rows = list(_open().order_by("raised_at", "id").select_related("disclosure", "delivery")[_span(page)])
    ids = [row.disclosure_id for row in rows]
    titles, organisations = list_titles(viewer, disclosures=ids), _organisations(viewer, rows)
    behind = behind_the_seal(viewer, {row.id: _whose(row) for row in rows})
    return tuple(
        _alarm(
            row,
            title=titles.get(DisclosureId(row.disclosure_id), ""),
            reader=organisations[row.organisation] if row.organisation else label_of(RecipientKind.REPORTER),
            mask=behind[row.id].mask,
        )
        for row in rows
    )


@look(Permission.DISCLOSURE_OVERSEE)
def count_alarms(viewer: Actor, /) -> int:
    """How many wait for somebody."""
    return _open().count()


@look(Permission.DISCLOSURE_OVERSEE)
def get_mail_state(viewer: Actor, /) -> MailState:
    """Whether this installation sends mail, what it lacks, and how many contacts have a key that serves nothing."""
    problem = ""
    try:
        is_set = office_from(settings.MAIL, name=settings.MELDPUNT_CSIRT) is not None
    except MailHalfConfigured as half:
        is_set, problem = False, str(half)
    keys = 0 if is_set else constituency_queries.count_keys_of_overseer(viewer)
    return MailState(is_set=is_set, problem=problem, unused_keys=keys)


def _open() -> QuerySet[models.Envelope]:
    return models.Envelope.objects.filter(settled_at=None).exclude(trouble="")


def _span(page: int) -> slice:
    return slice(PAGE * (page - 1), PAGE * page)


def _whose(row: models.Envelope) -> frozenset[OrganisationId]:
    return frozenset({OrganisationId(row.organisation)} if row.organisation else ())


def _organisations(viewer: Actor, rows: Sequence[models.Envelope]) -> Mapping[UUID, Bilingual]:
    known = constituency_queries.list_by_ids(viewer, organisations={one for row in rows for one in _whose(row)})
    return defaultdict(lambda: _NOBODY, {key: Bilingual(one.label, one.label) for key, one in known.items()})


def _alarm(row: models.Envelope, *, title: str, reader: Bilingual, mask: Mask) -> Alarm:
    return Alarm(
        envelope=EnvelopeId(row.id),
        disclosure=DisclosureId(row.disclosure_id),
        item=ItemKind(row.disclosure.item),
        title=title,
        tlp=TLP(row.disclosure.tlp),
        reader=reader,
        channel=Channel(row.delivery.channel),
        state=EnvelopeState(row.state),
        trouble=Trouble(row.trouble),
        raised_at=row.raised_at,
        attempts=row.attempts,
        reply=mask_text(row.reply, mask)[0],
    )
