"""1,055 real reports of breaches, as another national system would forward them, and what is true of them.

Names repeat in other spellings. Which are the same organisation was settled by reading them: the same words in the same
state, but for legal form and signs, and the pairs in `READ` beside these. The same name in two states is of two
organisations, but for the chain in `ONE_CHAIN`; `NOBODY` names none.

Sectors: the source has one, covered entities of health care, which is `health` here. The health plans among them are
insurers, which the source does not say of each; those are not told apart.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

Row = Mapping[str, str]

_LEGAL_FORMS: Final = re.compile(r"( (inc|llc|llp|ltd|corp|corporation|co|company))+$")
READ: Final[Mapping[str, str]] = {
    "department of health care policy and financing": "department of health care policy financing",
    "healthtexas provider network": "health texas provider network",
    "illinois department of healthcare and familiy services": "illinois department of healthcare and family services",
    "indiana family social services administration": "indiana family and social services administration",
    "lucille packard children s hospital": "lucile packard children s hospital",
    "university of kentucky uk healthcare": "university of kentucky healthcare",
    "university of rochester medical center affiliates": "university of rochester medical center and affiliates",
    "city of hope national medical center": "city of hope",
}
"""Pairs that are one organisation in other words, by reading."""
ONE_CHAIN: Final = "cvs caremark"
NOBODY: Final = "various health plans"


def read_incidents(folder: Path) -> Sequence[Row]:
    """The rows as they lie in the shared material."""
    with (folder / "incidents" / "hhs_breaches_2009-2014.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def as_item(row: Row) -> dict[str, object]:
    """A row as an item of the API. What has no field there goes along under its own name, and is kept."""
    return {
        "title": row["Type_of_Breach"],
        "description": row["Summary"],
        "organisation": row["Name_of_Covered_Entity"],
        "sector": "health",
        "type": row["Type_of_Breach"],
        "occurredOn": row["breach_start"] or None,
        "personsAffected": int(row["Individuals_Affected"]),
        "sourceReference": f"hhs-{row['rownames']}",
        "location": row["Location_of_Breached_Information"],
        "supplier": row["Business_Associate_Involved"] or None,
        "dates": row["Date_of_Breach"],
    }


def whose(row: Row) -> str:
    """Which organisation a row is about, in truth; empty where it names none."""
    words = " ".join(re.findall(r"[a-z0-9]+", row["Name_of_Covered_Entity"].lower()))
    plain = READ.get(words, _LEGAL_FORMS.sub("", words))
    if plain == NOBODY:
        return ""
    return plain if plain == ONE_CHAIN else f"{plain}, {row['State']}"
