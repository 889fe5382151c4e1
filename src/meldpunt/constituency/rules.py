"""Decisions of the constituency: codes, how long an unsealing lasts, what may be registered. No clock, no database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from meldpunt.engines.matching.errors import MatchingError
from meldpunt.engines.matching.grammar import parse_asn
from meldpunt.engines.matching.registry import Registry, check_claim
from meldpunt.engines.matching.values import Claim, ClaimKind
from meldpunt.vocabulary.entities import EntityKind
from meldpunt.vocabulary.errors import UnknownWord
from meldpunt.vocabulary.parties import PartyKind
from meldpunt.vocabulary.sectors import sector
from meldpunt.vocabulary.vital import vital_process

from .errors import ClaimNotAccepted, FormIncomplete, PurposeMissing
from .values import Holding, KeyState, Registration

UNSEALED_FOR = timedelta(hours=8)
"""A working day: who needs the name tomorrow says tomorrow what for."""

WARNED_BEFORE = (timedelta(days=30), timedelta(days=7))
"""How long before a key ends somebody is told, and told that it presses."""

ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)
"""Before anybody held an address; a holding without a beginning begins here."""

ROLES = frozenset({"holder", "hoster"})
"""What a holder is to what it holds: its user, or who runs it for another."""

PARTY_LETTERS = "PTY"

_SECTOR_LETTERS: Mapping[str, str] = MappingProxyType(
    {
        "energy": "EN",
        "drinking-water": "DW",
        "telecom": "TC",
        "transport": "TR",
        "banking": "BK",
        "insurance": "IN",
        "financial-markets": "FM",
        "nuclear": "NU",
        "multinationals": "MN",
        "managed-services": "MS",
        "central-government": "CG",
        "municipalities": "MU",
        "health": "HC",
        "trust-services": "TS",
        "digital-infrastructure": "DI",
        "flood-defence": "FD",
        "waste-water": "WW",
        "waste-management": "WM",
        "chemistry": "CH",
        "public-order": "PO",
        "defence": "DE",
        "space": "SP",
        "courier": "CO",
        "food": "FO",
        "manufacturing": "MF",
        "digital-providers": "DP",
        "research": "RE",
    }
)


def letters_of(form: Registration) -> str:
    """The letters before the number in a code: of the sector, or of parties; a code tells no more than that."""
    if form.kind == "party":
        return PARTY_LETTERS
    return _SECTOR_LETTERS.get(form.sector) or form.sector.replace("-", "")[:4].upper()


def lapse_of(unsealed_at: datetime) -> datetime:
    """The instant from which the identity is sealed again."""
    return unsealed_at + UNSEALED_FOR


def check_purpose(purpose: str) -> str:
    """The purpose without its surrounding blanks. Raises `PurposeMissing` when nothing is left."""
    said = purpose.strip()
    if not said:
        raise PurposeMissing("Say for what purpose the identity is needed.")
    return said


def check_how(said: str) -> str:
    """What was said of a key, without the blanks around it. Raises `PurposeMissing` when nothing is left."""
    if not said.strip():
        raise PurposeMissing("Write how you know: with whom you spoke, and over which channel.")
    return said.strip()


def check_form(form: Registration) -> None:
    """Raise `FormIncomplete` for an empty name or a word outside the vocabulary."""
    if not form.name.strip():
        raise FormIncomplete("An organisation is registered under a name.")
    if form.kind not in {"constituent", "party"}:
        raise FormIncomplete("An organisation is a constituent or a party.")
    try:
        sector(form.sector)
        for process in form.vital_processes:
            vital_process(process)
        if form.entity_kind:
            EntityKind(form.entity_kind)
        if form.kind == "party":
            PartyKind(form.party_kind)
    except (UnknownWord, ValueError) as error:
        raise FormIncomplete("The form holds a word that the vocabulary does not know.") from error
    if form.kind == "constituent" and form.party_kind:
        raise FormIncomplete("A constituent is not a kind of party.")


def claims_of(owner: str, form: Registration) -> tuple[Claim, ...]:
    """What the form claims, each value in normal form. Raises `ClaimNotAccepted`."""
    groups = ((ClaimKind.PREFIX, form.networks), (ClaimKind.DOMAIN, form.domains), (ClaimKind.ASN, form.asns))
    return tuple(_claim(owner, kind, holding) for kind, holdings in groups for holding in holdings)


def check_claims(claims: Iterable[Claim]) -> None:
    """Raise `ClaimNotAccepted` where two organisations would hold one value in one role at one time.

    A network nested in another organisation's is accepted: the narrower one answers for it.
    """
    try:
        Registry.compile(claims)
    except MatchingError as error:
        raise ClaimNotAccepted("A network, domain or AS number is already held by another organisation.") from error


def asn_number(value: str) -> int:
    """The number in an AS number in normal form (`AS64496`)."""
    return int(parse_asn(value))


def suffixes_of(host: str) -> Iterator[str]:
    """The name and each of its parents."""
    while host:
        yield host
        host = host.partition(".")[2]


def _claim(owner: str, kind: ClaimKind, holding: Holding) -> Claim:
    if holding.role not in ROLES:
        raise ClaimNotAccepted("What is held is held as holder or as hoster.")
    claim = Claim(owner, holding.role, kind, holding.value, holding.valid_from or ALWAYS, holding.valid_until)
    try:
        _, normal = check_claim(claim)
    except MatchingError as error:
        raise ClaimNotAccepted(
            "A network, domain or AS number cannot be read, is valid at no time, or is a public suffix."
        ) from error
    return Claim(owner, holding.role, kind, normal, claim.valid_from, claim.valid_until)


def state_of_key(
    *, verified_at: datetime | None, revoked_at: datetime | None, valid_until: datetime | None, at: datetime
) -> KeyState:
    """Whether mail may be closed with a key at this instant."""
    if revoked_at is not None:
        return KeyState.REVOKED
    if valid_until is not None and valid_until <= at:
        return KeyState.EXPIRED
    return KeyState.USABLE if verified_at is not None else KeyState.UNVERIFIED


_BEST_FIRST = (KeyState.USABLE, KeyState.UNVERIFIED, KeyState.EXPIRED, KeyState.REVOKED)


def best_of(states: Iterable[KeyState]) -> KeyState:
    """What the keys of one contact come to together: one usable key is enough, and no key at all is MISSING."""
    found = set(states)
    return next((one for one in _BEST_FIRST if one in found), KeyState.MISSING)
