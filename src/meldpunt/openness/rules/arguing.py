"""The duty to give reasons: which grounds have to be argued, and which cannot stand beside another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from meldpunt.law import Weighing, needs_fresh_reasoning
from meldpunt.vocabulary.texts import clean_text

from ..errors import GroundStandsAlone, ReasonsMissing
from ..values import AGED, Request, Selection


def check_reasons(request: Request, reasons: Mapping[str, str]) -> dict[str, str]:
    """The reasons for each ground that has to be argued, and for no other. Raises ReasonsMissing."""
    said = {one.id: clean_text(reasons.get(one.id, "")) for one in request.grounds_to_argue}
    for ground in request.grounds_to_argue:
        if not said[ground.id]:
            raise ReasonsMissing(
                "Write why %(article)s outweighs openness: the decision has to say so.", article=ground.article
            )
    anew = {AGED: clean_text(reasons.get(AGED, ""))} if request.has_aged else {}
    if not all(anew.values()):
        raise ReasonsMissing("Write why what is this old is still withheld: the decision has to say so.")
    return {str(key): words for key, words in said.items()} | anew


def check_exceptional(selection: Selection) -> None:
    """Raise GroundStandsAlone where a ground for exceptions backs up another (Woo article 5.1(5))."""
    for one in selection.passages:
        for other in selection.passages:
            if (
                one.ground.weighing is Weighing.EXCEPTIONAL
                and one.ground.id != other.ground.id
                and one.start < other.end
                and other.start < one.end
            ):
                raise GroundStandsAlone(
                    "%(article)s is for exceptional cases and cannot back up another ground.",
                    article=one.ground.article,
                )


def is_aged(made_on: date, decided_on: date) -> bool:
    """Whether the age of the document asks for new reasons (Woo article 5.3: older than five years)."""
    return needs_fresh_reasoning(made_on=made_on, decided_on=decided_on) is not None
