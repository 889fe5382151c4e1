"""From circles to readers: who exactly would be told."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import Organisation
from meldpunt.law import RecipientKind, label_of
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.sectors import sector

from ..errors import AudienceOfNobody
from ..rules.audiences import distinct_readers, origin_of, recipient_of
from ..values import Audience, AudienceKind, Circle, Origin, Reader

_EVERYBODY = Bilingual("iedereen (openbaar)", "everyone (public)")
_NETWORK = Bilingual("deelnemers van het nationale detectienetwerk", "participants of the national detection network")


@look(Permission.DISCLOSURE_PROPOSE)
def list_circles(viewer: Actor, /, *, audience: Sequence[Audience], origins: Sequence[Origin]) -> tuple[Circle, ...]:
    """Each circle with its readers of this moment. Raises `NotFound` for an organisation that is not there."""
    return tuple(_circle(viewer, circle, origins) for circle in audience)


@look(Permission.DISCLOSURE_PROPOSE)
def count_readers(viewer: Actor, /, *, audience: Sequence[Audience], origins: Sequence[Origin] = ()) -> int:
    """How many would read it, each once; the public counts as one."""
    circles = list_circles(viewer, audience=audience, origins=origins)
    return len(distinct_readers(reader for circle in circles for reader in circle.readers))


def read_as(organisation: Organisation, kind: AudienceKind, recipient: RecipientKind, *, is_origin: bool) -> Reader:
    """The reader that an organisation is within a circle of this kind."""
    code = organisation.label if organisation.kind == "party" else organisation.code
    return Reader(
        kind=kind,
        recipient=recipient,
        label=Bilingual(organisation.label, organisation.label),
        code=Bilingual(code, code),
        organisation=organisation.id,
        is_origin=is_origin,
    )


def everybody() -> Reader:
    """The public, as one reader."""
    return Reader(AudienceKind.PUBLIC, RecipientKind.PUBLIC, _EVERYBODY, _EVERYBODY)


def holder(kind: AudienceKind, *, digest: bytes | None, organisation: UUID | None, is_origin: bool) -> Reader:
    """Who comes back with a receipt, or logs in for the organisation that reported."""
    recipient = RecipientKind.REPORTER if kind is AudienceKind.REPORTER else RecipientKind.REQUESTER
    label = label_of(recipient)
    return Reader(kind, recipient, label, label, organisation, digest, is_origin)


def _circle(viewer: Actor, circle: Audience, origins: Sequence[Origin]) -> Circle:
    match circle.kind:
        case AudienceKind.PUBLIC:
            return Circle(circle, _EVERYBODY, (everybody(),))
        case AudienceKind.ORGANISATION:
            return _organisation(viewer, circle, origins)
        case AudienceKind.ISAC:
            members = constituency_queries.list_members(viewer, isac=_id_of(circle))
            names = [one.name for one in constituency_queries.list_isacs(viewer) if one.id == circle.id]
            label = Bilingual(*(names or ["ISAC"]) * 2)
            return Circle(circle, label, _members(members, circle.kind, RecipientKind.ISAC, origins))
        case AudienceKind.DETECTION_NETWORK:
            members = constituency_queries.list_network_participants(viewer)
            readers = _members(members, circle.kind, RecipientKind.DETECTION_NETWORK, origins)
            return Circle(circle, _NETWORK, readers)
        case AudienceKind.REPORTER | AudienceKind.REQUESTER:
            return _holder(circle, origins)


def _organisation(viewer: Actor, circle: Audience, origins: Sequence[Origin]) -> Circle:
    found = constituency_queries.get_organisation(viewer, organisation=OrganisationId(_id_of(circle)))
    if found.kind == "party":
        label = Bilingual(found.label, found.label)
    else:
        name = sector(found.sector).name
        label = Bilingual(f"een organisatie in de sector {name.nl}", f"an organisation in the sector {name.en}")
    return Circle(circle, label, _members([found], circle.kind, recipient_of(found), origins))


def _members(
    members: Sequence[Organisation], kind: AudienceKind, recipient: RecipientKind, origins: Sequence[Origin]
) -> tuple[Reader, ...]:
    # Whoever sits at a table hears what the table hears: only a circle of one is asked about its own report.
    own = {origin.organisation for origin in origins} if kind is AudienceKind.ORGANISATION else set()
    return tuple(read_as(one, kind, recipient, is_origin=one.id in own) for one in members)


def _holder(circle: Audience, origins: Sequence[Origin]) -> Circle:
    origin = origin_of(circle, origins)
    digest = circle.receipt_digest or (origin.receipt_digest if origin else None)
    organisation = origin.organisation if origin else None
    reader = holder(circle.kind, digest=digest, organisation=organisation, is_origin=origin is not None)
    known = digest is not None or organisation is not None
    return Circle(circle, reader.label, (reader,) if known else ())


def _id_of(circle: Audience) -> UUID:
    if circle.id is None:
        raise AudienceOfNobody("Say which organisation or ISAC is meant.")
    return circle.id
