"""Who counts as what before the law, and how far a marking reaches."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final
from uuid import UUID

from meldpunt.constituency.values import Organisation
from meldpunt.law import RecipientKind
from meldpunt.law import recipient_of as recipient_of_party
from meldpunt.vocabulary.markings import PAP, TLP, Reach
from meldpunt.vocabulary.parties import PartyKind

from ..errors import AudienceOfNobody, AudienceWiderThanTLP, UseWiderThanPAP
from ..values import Audience, AudienceKind, Channel, Circle, Origin, Reader

# A named reader is near enough for TLP:RED. A participant of the detection network holds indicators inside its own
# organisation by contract; the table of an ISAC is wider than one organisation, so it starts at AMBER.
REACH: Final[Mapping[AudienceKind, Reach]] = {
    AudienceKind.ORGANISATION: Reach.NAMED_PERSONS,
    AudienceKind.PERSON: Reach.NAMED_PERSONS,
    AudienceKind.REPORTER: Reach.NAMED_PERSONS,
    AudienceKind.REQUESTER: Reach.NAMED_PERSONS,
    AudienceKind.DETECTION_NETWORK: Reach.OWN_ORGANISATION,
    AudienceKind.ISAC: Reach.CLIENTS,
    AudienceKind.PUBLIC: Reach.PUBLIC,
}


# MISP taxonomy PAP, version 3: RED allows passive deeds on one's own logs that nobody outside can notice, AMBER checks
# that do not touch the target; blocking begins at GREEN. A sensor of the network blocks where its owner set it to, and
# nobody can hold the public to anything.
_LEAST_PAP: Final = PAP.GREEN


def recipient_of(organisation: Organisation) -> RecipientKind:
    """What an organisation is before the law."""
    if organisation.kind == "constituent":
        return RecipientKind.CONSTITUENT
    return recipient_of_party(PartyKind(organisation.party_kind))


def check_marking(tlp: TLP, audience: Iterable[Audience]) -> None:
    """Raise AudienceWiderThanTLP where a circle lies beyond the reach of the marking."""
    for circle in audience:
        if not tlp.may_reach(REACH[circle.kind]):
            raise AudienceWiderThanTLP("The audience is wider than the TLP marking allows.")


def check_use(pap: PAP, audience: Iterable[Audience]) -> None:
    """Raise UseWiderThanPAP where a circle would do with it what the marking forbids."""
    kinds = {circle.kind for circle in audience}
    if pap.strictness <= _LEAST_PAP.strictness:
        return
    if AudienceKind.DETECTION_NETWORK in kinds:
        raise UseWiderThanPAP(
            "Sensors may block, and %(pap)s forbids what can be noticed: the network asks PAP:GREEN or wider.",
            pap=pap.value,
        )
    if AudienceKind.PUBLIC in kinds:
        raise UseWiderThanPAP(
            "Nobody can hold the public to %(pap)s: what is public asks PAP:GREEN or wider.", pap=pap.value
        )


def check_somebody(circles: Collection[Circle]) -> None:
    """Raise AudienceOfNobody where there is no circle, or one of them has no reader: then it is not who was meant."""
    if not circles:
        raise AudienceOfNobody("Nobody would read this: the audience is empty.")
    for circle in circles:
        if not circle.readers:
            raise AudienceOfNobody("Nobody would read this in one of the circles: %(circle)s.", circle=circle.label)


def distinct_readers(readers: Iterable[Reader]) -> tuple[Reader, ...]:
    """Every reader once, in the order named, also who sits in several of the circles.

    Of a person whose organisation reads it too, the organisation remains.
    """
    found: dict[object, Reader] = {}
    for reader in readers:
        found.setdefault(reader.person or reader.organisation or reader.receipt_digest or reader.kind, reader)
    return tuple(one for one in found.values() if one.person is None or one.organisation not in found)


def origin_of(circle: Audience, origins: Iterable[Origin]) -> Origin | None:
    """The origin whose reporter this circle is, if it is one."""
    if circle.kind is not AudienceKind.REPORTER:
        return None
    return next((origin for origin in origins if circle.id in (None, origin.report)), None)


def channels_of(reader: Reader, *, tlp: TLP, fetches: bool = False) -> tuple[Channel, ...]:
    """Where the reader finds it. Every reader has at least one channel that somebody reads.

    `fetches`: a machine of the organisation has a key that reads. What is for one person alone is for no machine, and
    neither is TLP:RED, which binds persons.
    """
    channels: list[Channel] = []
    if reader.organisation is not None:
        channels.append(Channel.PORTAL)
    if reader.kind is AudienceKind.DETECTION_NETWORK or (fetches and reader.person is None and tlp is not TLP.RED):
        channels.append(Channel.API)
    if reader.kind is AudienceKind.PUBLIC or reader.receipt_digest is not None:
        channels.append(Channel.PUBLIC_SITE)
    return tuple(channels)


def is_of(origin: Origin, reader: Reader) -> bool:
    """Whether it is this reader that made the report."""
    return is_from(origin, reader.organisation, reader.receipt_digest)


def is_from(origin: Origin, organisation: UUID | None, receipt_digest: bytes | memoryview | None) -> bool:
    """Whether the report was made by who is known by this."""
    if origin.organisation is not None:
        return origin.organisation == organisation
    return origin.receipt_digest is not None and origin.receipt_digest == receipt_digest
