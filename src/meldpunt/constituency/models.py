"""Tables of the constituency, cut so that sealing is structural: no name stands beside a code."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeBoundary, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Func, Q
from django.utils import timezone

if TYPE_CHECKING:
    _Text = models.TextField[str, str]
else:
    _Text = models.TextField


class CidrField(_Text):
    """A network as PostgreSQL's `cidr`, which refuses bits set to the right of the mask."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:  # noqa: ARG002 (a hook of the ORM)
        """The column type."""
        return "cidr"

    def from_db_value(self, value: object, *_: object) -> str | None:
        """Text, where psycopg hands over a network object."""
        return None if value is None else str(value)


class Organisation(models.Model):
    """Everything about an organisation that does not say who it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=12)
    sector = models.CharField(max_length=40)
    entity_kind = models.CharField(max_length=40, blank=True, default="")
    party_kind = models.CharField(max_length=40, blank=True, default="")
    registered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="constituent", party_kind="") | (Q(kind="party") & ~Q(party_kind="")),
                name="organisation_is_constituent_or_some_party",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["sector", "code"], name="organisation_by_sector"),
            models.Index(fields=["id"], condition=Q(kind="party"), name="organisation_parties"),
        ]


class Identity(models.Model):
    """Who the organisation is. Sealed for the desk."""

    organisation = models.OneToOneField(Organisation, models.PROTECT, primary_key=True, related_name="+")
    name = models.CharField(max_length=200)
    aliases = ArrayField(models.CharField(max_length=200), default=list)
    place = models.CharField(max_length=100, blank=True, default="")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="identity_has_a_name")]


class Contact(models.Model):
    """Whom to reach, by day or by night. Sealed for the desk."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    function = models.CharField(max_length=100)
    mail = models.EmailField()
    phone = models.CharField(max_length=40)
    hours = models.CharField(max_length=5)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(hours__in=["day", "night"]), name="contact_hours_known")]


class Key(models.Model):
    """A certificate with which mail to one contact is closed. Sealed for the desk: it carries the address."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8)
    certificate = models.BinaryField()
    fingerprint = models.CharField(max_length=64)
    addresses = ArrayField(models.TextField(), default=list)
    lent = models.TextField(blank=True, default="")
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)
    added_by = models.UUIDField()
    added_at = models.DateTimeField()
    verified_by = models.UUIDField(null=True, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_how = models.TextField(blank=True, default="")
    revoked_by = models.UUIDField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revocation_reason = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["openpgp", "smime"]), name="key_kind_known"),
            models.CheckConstraint(
                condition=Q(verified_by=None, verified_at=None, verified_how="")
                | Q(verified_by__isnull=False, verified_at__isnull=False) & ~Q(verified_how=""),
                name="key_verified_by_somebody_somehow",
            ),
            models.CheckConstraint(
                condition=Q(revoked_by=None, revoked_at=None, revocation_reason="")
                | Q(revoked_by__isnull=False, revoked_at__isnull=False) & ~Q(revocation_reason=""),
                name="key_revoked_by_somebody_for_a_reason",
            ),
            models.UniqueConstraint(
                fields=["contact", "fingerprint"], condition=Q(revoked_at=None), name="key_once_a_contact"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["valid_until"], name="key_by_end")]


def _held_once(value: str, name: str) -> list[models.BaseConstraint]:
    """Two organisations never hold one value in one role at one instant, whoever writes at the same moment."""
    span = Func(
        F("valid_from"), F("valid_until"), RangeBoundary(), function="tstzrange", output_field=DateTimeRangeField()
    )
    return [
        ExclusionConstraint(
            name=f"{name}_held_once",
            expressions=[
                (value, RangeOperators.EQUAL),
                ("role", RangeOperators.EQUAL),
                (span, RangeOperators.OVERLAPS),
                ("organisation", RangeOperators.NOT_EQUAL),
            ],
        ),
        models.CheckConstraint(
            condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")), name=f"{name}_valid_some_time"
        ),
    ]


class Holding(models.Model):
    """What networks, domains and AS numbers have in common: somebody holds them, for a time. No table of its own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class Network(Holding):
    """Addresses. Sealed for the desk: a prefix can be looked up by anybody."""

    prefix = CidrField()

    class Meta:
        constraints = _held_once("prefix", "network")
        indexes: ClassVar = [GistIndex(fields=["prefix"], opclasses=["inet_ops"], name="network_by_prefix")]


class Domain(Holding):
    """A domain name in normal form (lower case, A-labels). Sealed for the desk: it says who."""

    name = models.CharField(max_length=253)

    class Meta:
        constraints = _held_once("name", "domain")
        indexes: ClassVar = [models.Index(fields=["name"], name="domain_by_name")]


class Asn(Holding):
    """An autonomous system number (RFC 6793). Sealed for the desk."""

    number = models.BigIntegerField()

    class Meta:
        constraints = [
            *_held_once("number", "asn"),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=4294967294), name="asn_in_range"),
        ]
        indexes: ClassVar = [models.Index(fields=["number"], name="asn_by_number")]


class Product(models.Model):
    """A product in use, as the organisation named it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="product_named_once")]
        indexes: ClassVar = [models.Index(fields=["name"], name="product_by_name")]


class VitalLink(models.Model):
    """The organisation carries this vital process (id of `vocabulary.vital`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    process = models.CharField(max_length=12)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "process"], name="vital_link_once")]


class Isac(models.Model):
    """A sector's information sharing and analysis centre."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sector = models.CharField(max_length=40)
    name = models.CharField(max_length=100, unique=True)


class Membership(models.Model):
    """An organisation sits at the table of an ISAC, openly or hidden from the other members."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    isac = models.ForeignKey(Isac, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    member_from = models.DateTimeField()
    member_until = models.DateTimeField(null=True, blank=True)
    hidden = models.BooleanField(default=False)
    chair = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["isac", "organisation"], condition=Q(member_until=None), name="membership_once_at_a_time"
            ),
        ]


class Participation(models.Model):
    """The organisation takes part in the national detection network."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="+")
    participates_from = models.DateTimeField()


class Supervision(models.Model):
    """Which party supervises a sector, and which ministry answers for it, over time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sector = models.CharField(max_length=40)
    oversight = models.CharField(max_length=12)
    party = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(oversight__in=["supervisor", "ministry"]), name="supervision_oversight_known"
            ),
            models.UniqueConstraint(
                fields=["sector", "oversight"], condition=Q(valid_until=None), name="supervision_one_at_a_time"
            ),
        ]


class Unsealing(models.Model):
    """A person of the desk may know one organisation's identity, for a purpose, until it lapses."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    actor = models.UUIDField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    purpose = models.TextField()
    unsealed_at = models.DateTimeField(default=timezone.now)
    lapses_at = models.DateTimeField()
    entry = models.OneToOneField("ledger.Entry", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(purpose=""), name="unsealing_has_a_purpose"),
            models.CheckConstraint(condition=Q(lapses_at__gt=F("unsealed_at")), name="unsealing_lapses_later"),
        ]
        indexes: ClassVar = [models.Index(fields=["actor", "lapses_at"], name="unsealing_by_actor")]
