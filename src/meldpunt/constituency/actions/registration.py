"""Organisations enter the constituency, one or many in one transaction."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Sequence
from typing import TypeVar

from django.db import connection
from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.engines.matching.values import Claim, ClaimKind
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind

from .. import models, rules
from ..errors import FormIncomplete
from ..rows import claims_like
from ..values import Registration

H = TypeVar("H", bound=models.Holding)


@deed(Permission.CONSTITUENCY_MANAGE)
def register_organisation(actor: Actor, /, *, form: Registration) -> OrganisationId:
    """One organisation with all the form says of it. Raises `FormIncomplete` or `ClaimNotAccepted`."""
    return register_organisations(actor, forms=(form,))[0]


@deed(Permission.CONSTITUENCY_MANAGE)
def register_organisations(actor: Actor, /, *, forms: Sequence[Registration]) -> tuple[OrganisationId, ...]:
    """All of them or none, in the order of the forms. Raises `FormIncomplete` or `ClaimNotAccepted`."""
    for form in forms:
        rules.check_form(form)
    # One registration at a time: two at once could give one code twice or each miss the other's claims.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('constituency.registration'))")
    entering = [OrganisationId(uuid.uuid4()) for _ in forms]
    claims = [
        claim
        for organisation, form in zip(entering, forms, strict=True)
        for claim in rules.claims_of(str(organisation), form)
    ]
    rules.check_claims([*claims_like(claims), *claims])
    codes = _codes_for(forms)
    _insert_traits(entering, forms, codes)
    _insert_identities(entering, forms)
    _insert_claims(claims)
    for organisation, form, code in zip(entering, forms, codes, strict=True):
        # The ledger is read by those who may not know the name: it keeps the code.
        details = {"code": code, "kind": form.kind, "sector": form.sector}
        ledger.record(actor, kind=Kind.REGISTERED, subject=organisation, about=organisation, details=details)
    return tuple(entering)


def _codes_for(forms: Sequence[Registration]) -> list[str]:
    """The code each form asks for, or the next number of its letters. Raises `FormIncomplete` for one in use."""
    taken = set(models.Organisation.objects.values_list("code", flat=True))
    last: defaultdict[str, int] = defaultdict(int)
    for code in taken:
        letters, _, number = code.rpartition("-")
        last[letters] = max(last[letters], int(number) if number.isdecimal() else 0)
    codes: list[str] = []
    for form in forms:
        letters = rules.letters_of(form)
        if not form.code:
            last[letters] += 1
        code = form.code or f"{letters}-{last[letters]:02}"
        if code in taken:
            raise FormIncomplete("This code is in use.")
        taken.add(code)
        codes.append(code)
    return codes


def _insert_traits(ids: list[OrganisationId], forms: Sequence[Registration], codes: list[str]) -> None:
    now = timezone.now()
    models.Organisation.objects.bulk_create(
        models.Organisation(
            id=organisation,
            code=code,
            kind=form.kind,
            sector=form.sector,
            entity_kind=form.entity_kind,
            party_kind=form.party_kind,
            registered_at=now,
        )
        for organisation, form, code in zip(ids, forms, codes, strict=True)
    )
    entering = list(zip(ids, forms, strict=True))
    models.Product.objects.bulk_create(
        models.Product(organisation_id=organisation, name=name)
        for organisation, form in entering
        for name in dict.fromkeys(form.products)
    )
    models.VitalLink.objects.bulk_create(
        models.VitalLink(organisation_id=organisation, process=process)
        for organisation, form in entering
        for process in dict.fromkeys(form.vital_processes)
    )


def _insert_identities(ids: list[OrganisationId], forms: Sequence[Registration]) -> None:
    entering = list(zip(ids, forms, strict=True))
    models.Identity.objects.bulk_create(
        models.Identity(
            organisation_id=organisation, name=form.name.strip(), aliases=list(form.aliases), place=form.place
        )
        for organisation, form in entering
    )
    models.Contact.objects.bulk_create(
        models.Contact(
            organisation_id=organisation,
            name=person.name,
            function=person.function,
            mail=person.mail,
            phone=person.phone,
            hours=person.hours.value,
        )
        for organisation, form in entering
        for person in form.people
    )


def _insert_claims(claims: list[Claim]) -> None:
    of: dict[ClaimKind, list[Claim]] = {kind: [claim for claim in claims if claim.kind is kind] for kind in ClaimKind}
    models.Network.objects.bulk_create(
        _held(models.Network(prefix=claim.value), claim) for claim in of[ClaimKind.PREFIX]
    )
    models.Domain.objects.bulk_create(_held(models.Domain(name=claim.value), claim) for claim in of[ClaimKind.DOMAIN])
    models.Asn.objects.bulk_create(
        _held(models.Asn(number=rules.asn_number(claim.value)), claim) for claim in of[ClaimKind.ASN]
    )


def _held(row: H, claim: Claim) -> H:
    row.organisation_id = uuid.UUID(claim.owner)
    row.role, row.valid_from, row.valid_until = claim.role, claim.valid_from, claim.valid_until
    return row
