"""Reports that people write, at a form or on the telephone, and sightings that sensors post."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from django.utils import timezone

from meldpunt.access.binding import bound, deed
from meldpunt.access.values import Actor, ActorId, Door, OrganisationId, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.engines.matching.defanging import defang
from meldpunt.vocabulary.texts import keepable

from .. import rules
from ..errors import NoOrganisation
from ..values import Attached, Channel, Receipt, ReportForm, ReportKind
from .drafts import send_once
from .reception import Arrival, admit, new_report_id


@deed(Permission.REPORT_SUBMIT)
def receive_report(
    actor: Actor,
    /,
    *,
    form: ReportForm,
    channel: Channel = Channel.WEB,
    attachments: Sequence[Attached] = (),
    draft: str = "",
) -> Receipt:
    """Receive what somebody wrote. At the portal it is the report of the actor's own organisation.

    Raises ReportEmpty, ReportTooLarge, TimeImpossible, TooManyItems, NoOrganisation: then nothing was kept.
    Sent again under the code of the same draft, it gives the same receipt (or DraftSent, see `send_once`).
    An attachment larger than one evidence item is sealed in parts.
    """
    rules.check_form(form, now=timezone.now())
    rules.check_attachments([len(attached.data) for attached in attachments])
    organisation = _own_organisation(actor)
    if organisation:
        known = constituency_queries.get_organisation(actor, organisation=organisation)
        form = replace(form, sector=form.sector or known.sector, entity_kind=form.entity_kind or known.entity_kind)
    arrival = Arrival(new_report_id(), channel, form, organisation=organisation, attachments=tuple(attachments))
    if not draft:
        return admit(actor, arrival)
    return send_once(actor, code=draft, form=form, attachments=attachments, send=lambda: admit(actor, arrival))


@deed(Permission.SIGHTING_POST)
def receive_sighting(
    actor: Actor,
    /,
    *,
    indicator: str,
    seen_at: datetime,
    count: int = 1,
) -> Receipt:
    """Receive that a sensor saw an indicator, `count` times up to `seen_at`.

    Who saw it stands in the sealed row alone. Everything else, the ledger entry included, is written under a name
    made for this one report: the desk reads those tables, and a key's own id would lead to its participant. So would
    the disclosure it had the indicator from: who joined the network last was told in another than the rest.
    Raises NoOrganisation, SightingImpossible, TimeImpossible.
    """
    rules.check_sighting(indicator, count=count)
    rules.check_instant("seen_at", seen_at, now=timezone.now())
    if actor.organisation is None:
        raise NoOrganisation
    shown = defang(keepable(indicator.strip()))
    form = ReportForm(
        title=f"{shown} × {count}",
        text=indicator,
        kind=ReportKind.THREAT,
        answers={
            "indicator": indicator,
            "seen_at": seen_at.astimezone(UTC).isoformat(),
            "count": str(count),
        },
    )
    unnamed = replace(actor, id=ActorId(uuid.uuid4()))
    arrival = Arrival(new_report_id(), Channel.SIGHTING, form, observer=actor.organisation, observing_key=actor.id)
    with bound(unnamed):
        return admit(unnamed, arrival)


def _own_organisation(actor: Actor) -> OrganisationId | None:
    if actor.door is not Door.PORTAL:
        return None
    if actor.organisation is None:
        raise NoOrganisation
    return actor.organisation
