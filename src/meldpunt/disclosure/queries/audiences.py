"""From circles to readers: who exactly would be told."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from meldpunt.access.binding import look
from meldpunt.access.errors import NotFound
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import Organisation, PortalPerson
from meldpunt.law import RecipientKind, label_of
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.sectors import sector

from ..errors import AudienceOfNobody
from ..rules.audiences import distinct_readers, origin_of, recipient_of
from ..values import Audience, AudienceKind, Circle, Origin, Reader

_EVERYBODY = Bilingual("iedereen (openbaar)", "everyone (public)")
_NETWORK = Bilingual("deelnemers van het nationale detectienetwerk", "participants of the national detection network")
_CHOSEN = Bilingual(
    "gekozen deelnemers van het nationale detectienetwerk", "chosen participants of the national detection network"
)


@look(Permission.DISCLOSURE_PROPOSE)
def list_circles(viewer: Actor, /, *, audience: Sequence[Audience], origins: Sequence[Origin]) -> tuple[Circle, ...]:
    """Each circle with its readers of this moment. Raises `NotFound` for an organisation that is not there."""
    (circles,) = circles_of(viewer, [(audience, origins)])
    return circles


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


def read_by(person: PortalPerson, organisation: Organisation, recipient: RecipientKind, *, is_origin: bool) -> Reader:
    """The reader that one person is: alone, whoever else comes in for the same organisation."""
    read = read_as(organisation, AudienceKind.PERSON, recipient, is_origin=is_origin)
    code = Bilingual(f"een persoon bij {read.code.nl}", f"a person at {read.code.en}")
    label = f"{person.name}, {organisation.label}" if person.name else None
    return replace(read, label=Bilingual(label, label) if label else code, code=code, person=person.account)


def people_of(viewer: Actor, *, accounts: Collection[UUID]) -> tuple[PortalPerson, ...]:
    """Who is behind these accounts."""
    return constituency_queries.list_portal_people(viewer, accounts=accounts) if accounts else ()


def everybody() -> Reader:
    """The public, as one reader."""
    return Reader(AudienceKind.PUBLIC, RecipientKind.PUBLIC, _EVERYBODY, _EVERYBODY)


def holder(kind: AudienceKind, *, digest: bytes | None, organisation: UUID | None, is_origin: bool) -> Reader:
    """Who comes back with a receipt, or logs in for the organisation that reported."""
    recipient = RecipientKind.REPORTER if kind is AudienceKind.REPORTER else RecipientKind.REQUESTER
    label = label_of(recipient)
    return Reader(kind, recipient, label, label, organisation, digest, is_origin)


def circles_of(
    viewer: Actor, asked: Sequence[tuple[Sequence[Audience], Sequence[Origin]]]
) -> tuple[tuple[Circle, ...], ...]:
    """For each pair of audience and origins its circles; the registry is asked once for all. Raises `NotFound`."""
    known = _known(viewer, [circle for audience, _ in asked for circle in audience])
    return tuple(tuple(_circle(circle, origins, known) for circle in audience) for audience, origins in asked)


@dataclass(frozen=True)
class _Known:
    """What the registry says of everybody that some circles name."""

    organisations: Mapping[OrganisationId, Organisation]
    isacs: Mapping[UUID, str]
    members: Mapping[UUID, tuple[Organisation, ...]]
    network: tuple[Organisation, ...]
    people: Mapping[UUID, PortalPerson]


def _known(viewer: Actor, circles: Sequence[Audience]) -> _Known:
    accounts = {_id_of(circle) for circle in circles if circle.kind is AudienceKind.PERSON}
    people: dict[UUID, PortalPerson] = {one.account: one for one in people_of(viewer, accounts=accounts)}
    named = {_id_of(circle) for circle in circles if circle.kind is AudienceKind.ORGANISATION}
    named |= {one.organisation for one in people.values()}
    tables = {_id_of(circle) for circle in circles if circle.kind is AudienceKind.ISAC}
    to_network = any(circle.kind is AudienceKind.DETECTION_NETWORK for circle in circles)
    return _Known(
        organisations=constituency_queries.list_by_ids(viewer, organisations=named) if named else {},
        isacs={one.id: one.name for one in constituency_queries.list_isacs(viewer)} if tables else {},
        members={one: constituency_queries.list_members(viewer, isac=one) for one in tables},
        network=constituency_queries.list_network_participants(viewer) if to_network else (),
        people=people,
    )


def _circle(circle: Audience, origins: Sequence[Origin], known: _Known) -> Circle:
    match circle.kind:
        case AudienceKind.PUBLIC:
            return Circle(circle, _EVERYBODY, (everybody(),))
        case AudienceKind.ORGANISATION:
            return _organisation(circle, origins, known)
        case AudienceKind.ISAC:
            name = known.isacs.get(_id_of(circle), "ISAC")
            members = known.members[_id_of(circle)]
            return Circle(circle, Bilingual(name, name), _members(members, circle.kind, RecipientKind.ISAC, origins))
        case AudienceKind.DETECTION_NETWORK:
            readers = _members(_part_of(known.network, circle), circle.kind, RecipientKind.DETECTION_NETWORK, origins)
            return Circle(circle, _network_label(circle), readers)
        case AudienceKind.PERSON:
            return _person(circle, origins, known)
        case AudienceKind.REPORTER | AudienceKind.REQUESTER:
            return _holder(circle, origins)


def _organisation(circle: Audience, origins: Sequence[Origin], known: _Known) -> Circle:
    found = known.organisations.get(OrganisationId(_id_of(circle)))
    if found is None:
        raise NotFound("no such organisation")
    return Circle(circle, _told_as(found), _members([found], circle.kind, recipient_of(found), origins))


def _told_as(organisation: Organisation) -> Bilingual:
    """How the reporter is told of it: a party by name, a constituent by its sector."""
    if organisation.kind == "party":
        return Bilingual(organisation.label, organisation.label)
    name = sector(organisation.sector).name
    return Bilingual(f"een organisatie in de sector {name.nl}", f"an organisation in the sector {name.en}")


def _person(circle: Audience, origins: Sequence[Origin], known: _Known) -> Circle:
    person = known.people.get(_id_of(circle))
    if person is None:
        raise NotFound("no such person")
    found = known.organisations[person.organisation]
    told = _told_as(found)
    label = Bilingual(f"een persoon bij {told.nl}", f"a person at {told.en}")
    if not person.is_active:
        return Circle(circle, label, ())
    is_origin = any(origin.organisation == found.id for origin in origins)
    return Circle(circle, label, (read_by(person, found, recipient_of(found), is_origin=is_origin),))


def _part_of(network: Sequence[Organisation], circle: Audience) -> Sequence[Organisation]:
    """Who of the network is meant: all, or who is in one of the sectors or named."""
    if not circle.sectors and not circle.only:
        return network
    return [one for one in network if one.sector in circle.sectors or one.id in circle.only]


def _network_label(circle: Audience) -> Bilingual:
    if circle.only:
        return _CHOSEN
    if not circle.sectors:
        return _NETWORK
    names = [sector(one).name for one in circle.sectors]
    return Bilingual(
        f"{_NETWORK.nl}, sector {', '.join(one.nl for one in names)}",
        f"{_NETWORK.en}, sector {', '.join(one.en for one in names)}",
    )


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
