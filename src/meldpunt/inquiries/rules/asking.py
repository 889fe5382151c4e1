"""What an inquiry must say, whichever way it goes, and what an answer to one must."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from meldpunt.law import Condition
from meldpunt.triage.values import Disruption
from meldpunt.vocabulary.texts import clean_text

from ..errors import AnswerEmpty, ConditionNotShown, InquiryIncomplete, NothingSaid
from ..values import AnswerForm, IncomingForm, InquiryForm, Outcome, Question, ReplyForm

MOST_QUESTIONS: Final = 12
LONGEST_TEXT: Final = 20_000
"""Characters in each field."""
LONGEST_SUBJECT: Final = 200

_SHOWS_RISK: Final = frozenset({Disruption.POSSIBLY, Disruption.LIKELY})


def check_inquiry(form: InquiryForm) -> tuple[Question, ...]:
    """The questions without blanks around them. Raises InquiryIncomplete."""
    questions = tuple(Question(one.kind, clean_text(one.text)) for one in form.questions if clean_text(one.text))
    if not questions:
        raise InquiryIncomplete("Ask at least one question, and say of which kind of data it is.")
    if len(questions) > MOST_QUESTIONS:
        raise InquiryIncomplete("Ask at most %(count)s questions at a time.", count=MOST_QUESTIONS)
    if not clean_text(form.necessity):
        raise InquiryIncomplete("Write why you need this: the body weighs it, and so does whoever checks us.")
    if not clean_text(form.subject):
        raise InquiryIncomplete("Say what it is about, without naming anybody.")
    _check_lengths((form.subject[:LONGEST_SUBJECT], form.necessity, *(one.text for one in questions)))
    return questions


def check_incoming(form: IncomingForm) -> None:
    """Raise InquiryIncomplete where a body does not say what, why or on what ground."""
    if not clean_text(form.subject) or not clean_text(form.question):
        raise InquiryIncomplete("Write what you ask.")
    if not form.kinds:
        raise InquiryIncomplete("Say which kinds of data you ask for.")
    if not clean_text(form.necessity):
        raise InquiryIncomplete("Write why you need this for your task.")
    if not clean_text(form.ground):
        raise InquiryIncomplete("Name the ground on which you ask it.")
    _check_lengths((form.subject, form.question, form.necessity, form.ground))


def check_answer(form: AnswerForm, *, questions: int) -> tuple[str, ...]:
    """The answers, one for each question. Raises AnswerEmpty."""
    texts = tuple(clean_text(one) for one in form.texts[:questions])
    texts += ("",) * (questions - len(texts))
    _check_lengths((*texts, form.ground, form.explanation))
    if form.outcome is Outcome.REFUSAL:
        if not clean_text(form.explanation):
            raise AnswerEmpty("Write why you do not give it.")
        return ("",) * questions
    if not any(texts):
        raise AnswerEmpty("Answer at least one question, or refuse and write why.")
    if form.outcome is Outcome.PART and not clean_text(form.explanation):
        raise AnswerEmpty("Write what is missing, and whether it follows.")
    if not form.kinds or not clean_text(form.ground):
        raise AnswerEmpty("Name the ground on which you give it, and the kinds of data.")
    return texts


def check_reply(form: ReplyForm, disruption: Disruption | None) -> ReplyForm:
    """Raise NothingSaid for a reply of nothing, ConditionNotShown for a risk that the case does not show."""
    if not any(clean_text(text) for text in form.texts.values()):
        raise NothingSaid("Write at least one part, or tell them that there is nothing that may be told.")
    check_risk(form.conditions, disruption)
    return form


def check_risk(conditions: Iterable[Condition], disruption: Disruption | None) -> None:
    """Raise ConditionNotShown where a risk for society is vouched for that nobody estimated."""
    if Condition.RISK_OF_SOCIETAL_DISRUPTION in conditions and disruption not in _SHOWS_RISK:
        raise ConditionNotShown("No case that goes with this shows a risk of disruption of society.")


def _check_lengths(texts: Iterable[str]) -> None:
    if max(map(len, texts)) > LONGEST_TEXT:
        raise InquiryIncomplete("This is longer than 20,000 characters: say it in fewer words.")
