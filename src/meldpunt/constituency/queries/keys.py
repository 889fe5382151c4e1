"""Whom mail reaches, and with which key: whole for who may know them, by hours and state alone for the door."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from meldpunt.access.binding import look
from meldpunt.access.errors import NotFound
from meldpunt.access.values import Actor, OrganisationId, Permission

from .. import models, rules
from ..values import Certificate, ContactId, Destination, Gaps, Hours, Key, KeyId, KeyKind, KeyState, Reachable, Way
from .organisations import get_organisation

MOST_GAPS = 200
"""Contacts that one list of gaps names; whoever keeps so many waiting has other work first."""


@look(Permission.ORGANISATION_READ)
def list_reachable(viewer: Actor, /, *, organisation: OrganisationId) -> tuple[Reachable, ...]:
    """The contacts of an organisation with their keys, as far as the viewer may know them. Raises `NotFound`."""
    get_organisation(viewer, organisation=organisation)
    contacts = models.Contact.objects.filter(organisation_id=organisation).exclude(mail="")
    return _reachable(contacts.order_by("hours", "name"), at=timezone.now())


@look(Permission.CONSTITUENCY_MANAGE)
def list_gaps(viewer: Actor, /) -> Gaps:
    """What keeps mail from somebody, or soon will: for who keeps the register."""
    now = timezone.now()
    contacts = models.Contact.objects.exclude(mail="").order_by("organisation__code", "hours", "name")
    keyed = models.Key.objects.filter(revoked_at=None)
    waiting = contacts.filter(id__in=keyed.filter(verified_at=None, valid_until__gt=now).values("contact_id"))
    waiting |= contacts.filter(id__in=keyed.filter(verified_at=None, valid_until=None).values("contact_id"))
    good = keyed.exclude(verified_at=None)
    soon = now + rules.WARNED_BEFORE[0]
    lasting = good.filter(Q(valid_until=None) | Q(valid_until__gt=soon)).values("contact_id")
    usable = good.filter(Q(valid_until=None) | Q(valid_until__gt=now)).values("contact_id")
    ever = models.Key.objects.exclude(verified_at=None).values("contact_id")
    reached = models.Contact.objects.values("organisation_id")
    return Gaps(
        unverified=_reachable(waiting[:MOST_GAPS], at=now),
        expiring=_reachable(contacts.filter(id__in=usable).exclude(id__in=lasting)[:MOST_GAPS], at=now),
        unusable=_reachable(contacts.filter(id__in=ever).exclude(id__in=usable)[:MOST_GAPS], at=now),
        without_key=contacts.exclude(id__in=models.Key.objects.values("contact_id")).count(),
        without_address=models.Contact.objects.filter(mail="").count(),
        without_contact=models.Organisation.objects.exclude(id__in=reached).count(),
    )


@look(Permission.DISCLOSURE_PROPOSE)
def list_ways(
    viewer: Actor, /, *, organisations: Collection[OrganisationId], at: datetime
) -> Mapping[OrganisationId, tuple[Way, ...]]:
    """The contacts of these organisations that have an address: their hours and the state of their keys, no more."""
    if not organisations:
        return {}
    states: defaultdict[tuple[UUID, UUID, str], list[KeyState]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT organisation, contact, hours, verified_at, revoked_at, valid_until, has_key"
            " FROM constituency_ways(%s) ORDER BY hours, contact",
            [list(organisations)],
        )
        for organisation, contact, hours, verified_at, revoked_at, valid_until, has_key in cursor.fetchall():
            found = states[(organisation, contact, hours)]
            if has_key:
                found.append(
                    rules.state_of_key(verified_at=verified_at, revoked_at=revoked_at, valid_until=valid_until, at=at)
                )
    ways: defaultdict[OrganisationId, tuple[Way, ...]] = defaultdict(tuple)
    for (organisation, contact, hours), found in states.items():
        owner = OrganisationId(organisation)
        ways[owner] += (Way(ContactId(contact), owner, Hours(hours), rules.best_of(found)),)
    return ways


@look(Permission.DISCLOSURE_DELIVER)
def get_destination(viewer: Actor, /, *, contact: ContactId, at: datetime) -> Destination:
    """Where mail to a contact goes at this instant: for the job that sends it. Raises `NotFound`."""
    owner = models.Contact.objects.filter(id=contact).first()
    if owner is None:
        raise NotFound("no such contact")
    rows = list(models.Key.objects.filter(contact_id=contact).order_by("-verified_at", "-added_at"))
    states = [_state(row, at=at) for row in rows]
    best = rules.best_of(states)
    usable = next((row for row, state in zip(rows, states, strict=True) if state is KeyState.USABLE), None)
    return Destination(owner.mail, best, _certificate(usable) if usable else None)


@look(Permission.DISCLOSURE_DELIVER)
def list_certificates(viewer: Actor, /, *, address: str, at: datetime) -> tuple[Certificate, ...]:
    """The certificates that may be used and name this address: for the job that checks what came from it."""
    named = Q(addresses__contains=[address]) | Q(contact__mail__iexact=address)
    rows = models.Key.objects.filter(named).order_by("-verified_at", "-added_at")
    return tuple(_certificate(row) for row in rows if _state(row, at=at) is KeyState.USABLE)


@look(Permission.DISCLOSURE_DELIVER)
def list_certificates_at(viewer: Actor, /, *, address: str, at: datetime) -> tuple[Certificate, ...]:
    """The certificates that may be used of the contact at this address, to close a mail to it.

    Not what only names the address: anybody writes any address into a key of their own.
    """
    rows = models.Key.objects.filter(contact__mail__iexact=address).order_by("-verified_at", "-added_at")
    return tuple(_certificate(row) for row in rows if _state(row, at=at) is KeyState.USABLE)


@look(Permission.DISCLOSURE_OVERSEE)
def count_keys_of_overseer(viewer: Actor, /) -> int:
    """How many contacts have a usable key, and not which: to say what it means that no mail server is set."""
    return _count_keys()


@look(Permission.DISCLOSURE_DELIVER)
def count_usable_keys(viewer: Actor, /) -> int:
    """The same for the jobs, which say it when they start."""
    return _count_keys()


def _count_keys() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT constituency_count_keys()")
        (counted,) = cursor.fetchone()
    return int(counted)


def _reachable(contacts: QuerySet[models.Contact], *, at: datetime) -> tuple[Reachable, ...]:
    found = list(contacts.select_related("organisation"))
    keys: defaultdict[UUID, list[models.Key]] = defaultdict(list)
    for row in models.Key.objects.filter(contact_id__in=[one.id for one in found]).order_by("-added_at"):
        keys[row.contact_id].append(row)
    return tuple(_one(contact, keys[contact.id], at=at) for contact in found)


def _one(contact: models.Contact, rows: Iterable[models.Key], *, at: datetime) -> Reachable:
    keys = tuple(_key(row, at=at) for row in rows)
    return Reachable(
        contact=ContactId(contact.id),
        organisation=OrganisationId(contact.organisation_id),
        code=contact.organisation.code,
        name=contact.name,
        mail=contact.mail,
        hours=Hours(contact.hours),
        keys=keys,
        state=rules.best_of(key.state for key in keys),
    )


def _state(row: models.Key, *, at: datetime) -> KeyState:
    return rules.state_of_key(
        verified_at=row.verified_at, revoked_at=row.revoked_at, valid_until=row.valid_until, at=at
    )


def _key(row: models.Key, *, at: datetime) -> Key:
    return Key(
        id=KeyId(row.id),
        kind=KeyKind(row.kind),
        fingerprint=row.fingerprint,
        addresses=tuple(row.addresses),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        state=_state(row, at=at),
        added_at=row.added_at,
        lent=row.lent,
        verified_at=row.verified_at,
        verified_how=row.verified_how,
        revoked_at=row.revoked_at,
        revocation_reason=row.revocation_reason,
    )


def _certificate(row: models.Key) -> Certificate:
    return Certificate(
        kind=KeyKind(row.kind),
        data=bytes(row.certificate),
        fingerprint=row.fingerprint,
        addresses=tuple(row.addresses),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
    )
