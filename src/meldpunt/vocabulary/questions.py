"""The questions a form asks beside its text, and the answers to choose from, as people read them.

A report keeps an answer under the name of its question. What comes from elsewhere (a header of a mail, a column of a
feed) has no wording here and stands as it came.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from .bilingual import Bilingual

_QUESTIONS: Final[Mapping[str, Bilingual]] = MappingProxyType(
    {
        "malicious": Bilingual("Opzet vermoed", "Suspected to be done on purpose"),
        "suspected_unlawful": Bilingual("Opzet of overtreding vermoed", "Suspected to be unlawful or malicious"),
        "cross_border": Bilingual("Gevolgen in andere landen", "Consequences in other countries"),
        "severe_disruption": Bilingual("Dienst ernstig verstoord", "Service severely disrupted"),
        "financial_loss": Bilingual("Financieel verlies", "Financial loss"),
        "harm_to_others": Bilingual("Aanzienlijke schade bij anderen", "Considerable damage to others"),
        "kind_before": Bilingual("Soort melding, eerst", "Kind of report, before"),
        "kind_now": Bilingual("Soort melding, nu", "Kind of report, now"),
        "sector_before": Bilingual("Sector, eerst", "Sector, before"),
        "sector_now": Bilingual("Sector, nu", "Sector, now"),
        "entity_kind_before": Bilingual("Hoedanigheid, eerst", "Capacity, before"),
        "entity_kind_now": Bilingual("Hoedanigheid, nu", "Capacity, now"),
        "put_right_by": Bilingual("Rechtgezet door", "Put right by"),
        "was_due": Bilingual("Wat de wet tot dan vroeg, en voor wanneer", "What the law asked until then, and by when"),
        "notes": Bilingual("Bij het lezen opgemerkt", "Seen while reading"),
        "file": Bilingual("Bestand", "File"),
        "report": Bilingual("Soort rapport", "Type of report"),
        "known": Bilingual("Soort is bekend", "Type is known"),
    }
)
ANSWERS: Final[Mapping[str, Bilingual]] = MappingProxyType(
    {
        "yes": Bilingual("ja", "yes"),
        "no": Bilingual("nee", "no"),
        "unknown": Bilingual("nog niet bekend", "not known yet"),
    }
)
"""What is chosen from where a question is answered with yes or no."""


PUT_RIGHT_BY: Final[Mapping[str, Bilingual]] = MappingProxyType(
    {
        "desk": Bilingual("het CSIRT", "the CSIRT"),
        "portal": Bilingual("de melder, in het portaal", "the reporter, at the portal"),
        "public": Bilingual("de melder, met de ontvangstcode", "the reporter, with the receipt code"),
    }
)
"""At which door a report was put right, and so by whom."""


def question_wording(name: str) -> Bilingual | None:
    """The question of that name; None where it is no question of ours."""
    return _QUESTIONS.get(name)


def answer_wording(name: str, answer: str) -> Bilingual | None:
    """One of the answers to choose from; None for any other, and for an answer to no question of ours."""
    if name == "put_right_by":
        return PUT_RIGHT_BY.get(answer)
    return ANSWERS.get(answer) if name in _QUESTIONS else None
