"""Who counts as what before the law, and how far a marking reaches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from meldpunt.constituency.values import Organisation
from meldpunt.law import RecipientKind
from meldpunt.law import recipient_of as recipient_of_party
from meldpunt.vocabulary.markings import TLP, Reach
from meldpunt.vocabulary.parties import PartyKind

from ..errors import AudienceOfNobody, AudienceWiderThanTLP
from ..values import Audience, AudienceKind, Channel, Origin, Reader

# A named reader is near enough for TLP:RED. A participant of the detection network holds indicators inside its own
# organisation by contract; the table of an ISAC is wider than one organisation, so it starts at AMBER.
REACH: Final[Mapping[AudienceKind, Reach]] = {
    AudienceKind.ORGANISATION: Reach.NAMED_PERSONS,
    AudienceKind.REPORTER: Reach.NAMED_PERSONS,
    AudienceKind.REQUESTER: Reach.NAMED_PERSONS,
    AudienceKind.DETECTION_NETWORK: Reach.OWN_ORGANISATION,
    AudienceKind.ISAC: Reach.CLIENTS,
    AudienceKind.PUBLIC: Reach.PUBLIC,
}


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


def check_somebody(readers: Iterable[Reader]) -> None:
    """Raise AudienceOfNobody where no circle has a reader."""
    if not any(True for _ in readers):
        raise AudienceOfNobody("Nobody would read this: the audience is empty.")


def distinct_readers(readers: Iterable[Reader]) -> tuple[Reader, ...]:
    """Every reader once, in the order named, also who sits in several of the circles."""
    found: dict[object, Reader] = {}
    for reader in readers:
        found.setdefault(reader.organisation or reader.receipt_digest or reader.kind, reader)
    return tuple(found.values())


def origin_of(circle: Audience, origins: Iterable[Origin]) -> Origin | None:
    """The origin whose reporter this circle is, if it is one."""
    if circle.kind is not AudienceKind.REPORTER:
        return None
    return next((origin for origin in origins if circle.id in (None, origin.report)), None)


def channels_of(reader: Reader) -> tuple[Channel, ...]:
    """Where the reader finds it. Every reader has at least one channel that somebody reads."""
    channels: list[Channel] = []
    if reader.organisation is not None:
        channels.append(Channel.PORTAL)
    if reader.kind is AudienceKind.DETECTION_NETWORK:
        channels.append(Channel.API)
    if reader.kind is AudienceKind.PUBLIC or reader.receipt_digest is not None:
        channels.append(Channel.PUBLIC_SITE)
    return tuple(channels)
