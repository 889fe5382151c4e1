"""What may be registered: a service with one owner, a dependency with two ends and bands that run upwards."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import Final

from meldpunt.engines.cascade import Band
from meldpunt.vocabulary.errors import UnknownWord
from meldpunt.vocabulary.sectors import sector
from meldpunt.vocabulary.texts import clean_text
from meldpunt.vocabulary.vital import vital_process

from ..errors import DependencyUnfit, ReasonMissing, ServiceUnfit
from ..values import DependencyForm, OwnLeanForm, ServiceForm, service_in

MOST_HOURS: Final = 8784.0
"""A buffer of a year is no buffer any more."""
MOST_PEOPLE: Final = 2_000_000_000
MOST_OWN: Final = 1_000
"""Services of one organisation: every estimate computes all that there are, so nobody alone may make them many."""
MOST_OWN_LEANING: Final = 10_000
LONGEST: Final = 200
"""Characters of a name."""
OF_PROVIDERS: Final = "EXT"
"""The letters of codes of services whose provider is no organisation of the register."""


def check_reason(reason: str) -> str:
    """The reason without blanks around it. Raises ReasonMissing."""
    said = clean_text(reason)
    if not said:
        raise ReasonMissing
    return said


def check_service(form: ServiceForm) -> None:
    """Raises ServiceUnfit. The sector may be left out where the organisation has one."""
    if not clean_text(form.name) or len(form.name) > LONGEST or len(form.provider) > LONGEST:
        raise ServiceUnfit("Give the service a name of at most 200 characters.")
    if (form.organisation is None) == (not clean_text(form.provider)):
        raise ServiceUnfit("Say who delivers it: an organisation of the register, or else a provider by name.")
    if form.organisation is None or form.sector:
        _check_sector(form.sector)


def check_dependency(form: DependencyForm, *, today: date) -> None:
    """Raises DependencyUnfit. Whether the services are there is for who has the register."""
    ends = (form.of, form.on)
    if form.of == form.on or not any(map(service_in, ends)) or not all(map(_is_end, ends)):
        raise DependencyUnfit("Name two ends, of which at least one is a service and the other may be a vital process.")
    _check_bands(form.strength, form.buffer_hours)
    if not clean_text(form.told_by) or len(form.told_by) > LONGEST:
        raise DependencyUnfit("Say who told it, in at most 200 characters.")
    if form.told_on > today:
        raise DependencyUnfit("It was told today or before.")


def check_people(people: int | None) -> None:
    """Raises ServiceUnfit."""
    if people is not None and not 0 <= people <= MOST_PEOPLE:
        raise ServiceUnfit("Give the number of people as a whole number.")


def check_own(services: int, leaning: int) -> None:
    """Raises ServiceUnfit where one organisation would tell of more than an estimate should wait for."""
    if services > MOST_OWN or leaning > MOST_OWN_LEANING:
        raise ServiceUnfit("An organisation tells of at most 1,000 services that lean on at most 10,000 others.")


def check_naming(form: OwnLeanForm) -> None:
    """Raises DependencyUnfit: somebody has a name and a sector, and bands run upwards."""
    if not clean_text(form.provider) or len(form.provider) > LONGEST:
        raise DependencyUnfit("Give the provider a name of at most 200 characters.")
    _check_bands(form.strength, form.buffer_hours)
    try:
        sector(form.sector)
    except UnknownWord as error:
        raise DependencyUnfit("Choose the sector of the provider.") from error


def code_of(letters: str, number: int) -> str:
    """The code of a service: that of its organisation and a number, `BK-03/2`; of another provider `EXT/12`."""
    return f"{letters}/{number}"


def number_in(code: str) -> int:
    """The number at the end of a code."""
    return int(code.rpartition("/")[2])


def shares(percent: Sequence[float]) -> Band:
    """A band of percentages as the cascade takes it."""
    low, likely, high = (one / 100 for one in percent)
    return Band(low, likely, high)


def _check_sector(word: str) -> None:
    try:
        sector(word)
    except UnknownWord as error:
        raise ServiceUnfit("Choose a sector of the list.") from error


def _check_bands(strength: Sequence[float], buffer_hours: Sequence[float]) -> None:
    if not (_is_band(strength, most=100) and strength[2] > 0):
        raise DependencyUnfit("Give the strength in percent, 0 to 100, from low by way of likely to high.")
    if not _is_band(buffer_hours, most=MOST_HOURS):
        raise DependencyUnfit("Give the buffer in hours, at most a year, from low by way of likely to high.")


def _is_end(node: str) -> bool:
    if service_in(node):
        return True
    try:
        vital_process(node)
    except UnknownWord:
        return False
    return True


def _is_band(band: Sequence[float], *, most: float) -> bool:
    return all(map(math.isfinite, band)) and 0 <= band[0] <= band[1] <= band[2] <= most
