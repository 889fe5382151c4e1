"""What a party may answer."""

from __future__ import annotations

from datetime import datetime

from meldpunt.vocabulary.markings import TLP
from meldpunt.vocabulary.texts import clean_text, is_readable

from ..errors import QuestionsMissing, ViewChanged, ViewEmpty
from ..values import Objection, View, ViewForm
from .nature import read_rsit


def check_view(form: ViewForm, *, now: datetime) -> None:
    """Raise ViewEmpty for a view that says nothing, an objection without words, or a hold that is over already.

    Also ClassificationUnknown for a class outside RSIT.
    """
    if form.rsit:
        read_rsit(form.rsit)
    if form.objection is not Objection.NONE and not is_readable(form.text):
        raise ViewEmpty("Write why you object or ask to wait.")
    if form.hold_until is not None and (form.objection is not Objection.HOLD or form.hold_until <= now):
        raise ViewEmpty("Choose a moment in the future until which you ask us to wait, or no moment at all.")
    if not form.rsit and not any(is_readable(text) for text in (form.nature, form.own_interest, form.text)):
        raise ViewEmpty("Answer at least one question.")
    if TLP.RED in form.repeatable.values():
        raise ViewEmpty("What is TLP:RED is for us alone: choose a wider marking, or that we may not repeat it.")


def check_stands(given: tuple[View, ...], *, seen: int) -> None:
    """Raise ViewChanged where a colleague of the party answered after this page was opened."""
    if given and given[-1].version != seen:
        raise ViewChanged(given[-1].by.name)


def check_counter_question(text: str) -> str:
    """The question without space around it. Raises QuestionsMissing."""
    if not is_readable(text):
        raise QuestionsMissing("Write what you want to know from us.")
    return clean_text(text)
