"""A file of an organisation's own services, read whole: every line, or every line that is wrong.

CSV in UTF-8 with a header, separated by comma or semicolon. `line` says what a line is:

* `service`: `key` (how the file speaks of it), `name`; `sector` where it is another than that of the organisation;
  `people` (how many it serves) where that is known.
* `dependency`: `of` (a key of this file, or the code of a service of one's own) and `on` (likewise, or a vital
  process), or else `provider` (a name) and `sector`; `low`, `likely`, `high` (percent; where only `likely` stands it is
  all three), `buffer_low`, `buffer_likely`, `buffer_high` (hours, likewise; empty is 0), `sure` (measured, told; empty
  is told).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ..errors import LineUnfit, WrongLine
from ..values import OWN_COLUMNS, OwnServiceForm, Sureness
from .importing import number_in, refuse, rows_of

MOST_BYTES: Final = 1_000_000
MOST_LINES: Final = 2_000
_PEOPLE: Final = re.compile(r"[0-9]{1,20}")


@dataclass(frozen=True, slots=True)
class OwnService:
    """A line that tells of a service."""

    number: int
    key: str
    form: OwnServiceForm


@dataclass(frozen=True, slots=True)
class OwnLean:
    """A line that tells of a dependency; its ends as the file says them."""

    number: int
    of: str
    on: str
    provider: str
    sector: str
    strength: tuple[float, float, float]
    buffer_hours: tuple[float, float, float]
    sure: Sureness


@dataclass(frozen=True, slots=True)
class OwnLines:
    """What a file holds."""

    services: tuple[OwnService, ...]
    leaning: tuple[OwnLean, ...]


def read_own_lines(raw: bytes) -> OwnLines:
    """Every line of the file. Raises FileRefused with the first fifty that are wrong."""
    services: dict[str, OwnService] = {}
    leaning: list[OwnLean] = []
    wrong: list[WrongLine] = []
    if len(raw) > MOST_BYTES or raw.count(b"\n") > MOST_LINES:
        refuse([WrongLine(1, LineUnfit("The file is over 1 MB or 2,000 lines."))])
    for number, row in rows_of(raw, OWN_COLUMNS):
        try:
            match row["line"].casefold():
                case "service":
                    one = _service(number, row, services)
                    services[one.key] = one
                case "dependency":
                    leaning.append(_lean(number, row))
                case _:
                    raise LineUnfit("The column line says service or dependency.")
        except LineUnfit as error:
            wrong.append(WrongLine(number, error))
    refuse(wrong)
    return OwnLines(tuple(services.values()), tuple(leaning))


def _service(number: int, row: Mapping[str, str], known: Mapping[str, OwnService]) -> OwnService:
    key = row["key"]
    if not key:
        raise LineUnfit("A service has a key.")
    if key in known:
        raise LineUnfit("This key is on line %(line)s already.", line=known[key].number)
    people = row["people"].replace(".", "").replace(" ", "")
    if people and not _PEOPLE.fullmatch(people):
        raise LineUnfit("The column %(column)s has no number.", column="people")
    return OwnService(number, key, OwnServiceForm(row["name"], row["sector"], int(people) if people else None))


def _lean(number: int, row: Mapping[str, str]) -> OwnLean:
    sure = row["sure"] or Sureness.TOLD.value
    if sure not in (Sureness.MEASURED, Sureness.TOLD):
        raise LineUnfit("The column sure says measured or told.")
    if bool(row["on"]) is bool(row["provider"]):
        raise LineUnfit("Say what it leans on in the column on, or else by whom in the column provider.")
    return OwnLean(
        number,
        of=row["of"],
        on=row["on"],
        provider=row["provider"],
        sector=row["sector"],
        strength=_band(row, "", number_in(row, "likely")),
        buffer_hours=_band(row, "buffer_", number_in(row, "buffer_likely", empty=0.0)),
        sure=Sureness(sure),
    )


def _band(row: Mapping[str, str], name: str, likely: float) -> tuple[float, float, float]:
    return number_in(row, f"{name}low", empty=likely), likely, number_in(row, f"{name}high", empty=likely)
