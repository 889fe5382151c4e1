"""What one party answered in confidence is not repeated to another: not its words, and not that it was asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from meldpunt.access.values import OrganisationId
from meldpunt.vocabulary.bilingual import Bilingual

from ..errors import NamesParty, RepeatsAnswer
from ..values import Consultation, Question, View

_RUN: Final = 5
"""So many words in a row are somebody's own; fewer are how everybody writes. A shorter answer counts whole."""
_SHORTEST: Final = 3
_WORD: Final = re.compile(r"\w+")

_Words = tuple[str, ...]


def check_repeats(texts: Iterable[str], given: Iterable[Consultation], *, to: OrganisationId, ours: str) -> None:
    """Raise RepeatsAnswer or NamesParty where the texts, written `to` a party, give away what another one told us.

    `ours` is what we knew and wrote without any of them: whoever repeats that repeats nobody's answer.
    """
    written = [_words(text) for text in texts]
    known = frozenset(_runs(_words(ours), _RUN)) | frozenset(_runs(_words(ours), _SHORTEST))
    for one in given:
        if one.party.id == to:
            continue
        _check_name(written, one)
        for question, answer in _kept(one.views):
            found = _shared(written, _words(answer), known)
            if found:
                raise RepeatsAnswer(one.party.label, question.label, " ".join(found))


def repeatable_lines(given: Iterable[Consultation], *, to: OrganisationId) -> tuple[str, ...]:
    """What the others let us repeat to this party, each line with its marking; by name where the name may be told."""
    lines = []
    for one in given:
        view = one.view
        if view is None or one.party.id == to:
            continue
        may_name = Question.ASKED in view.repeatable
        who = Bilingual(one.party.label, one.party.label) if may_name else _ANOTHER
        answers = [(question, text) for question, text in _answers(view) if question in view.repeatable and text]
        for question, text in answers:
            lines.append(f"{who.nl} / {who.en}, {question.label.nl} ({view.repeatable[question]}): {text}")
        if may_name and not answers:
            lines.append(f"{who.nl} ({view.repeatable[Question.ASKED]})")
    return tuple(lines)


_ANOTHER: Final = Bilingual("een andere partij", "another party")


def _answers(view: View) -> tuple[tuple[Question, str], ...]:
    named = f"{view.rsit_class.name.nl} / {view.rsit_class.name.en}" if view.rsit_class else ""
    objection = f"{view.objection.label.nl} / {view.objection.label.en}"
    return (
        (Question.NATURE, ". ".join(filter(None, (named, view.nature)))),
        (Question.SEVERITY, f"{view.severity.label.nl} / {view.severity.label.en}"),
        (Question.OWN_INTEREST, view.own_interest),
        (Question.OBJECTION, f"{objection}: {view.text}" if view.text else objection),
    )


def _kept(views: Sequence[View]) -> Iterator[tuple[Question, str]]:
    """The words that stay between the party and us, those of earlier versions too: the last word on them counts."""
    if not views:
        return
    may = views[-1].repeatable
    for view in views:
        for question, text in (
            (Question.NATURE, view.nature),
            (Question.OWN_INTEREST, view.own_interest),
            (Question.OBJECTION, view.text),
        ):
            if question not in may and text:
                yield question, text


def _check_name(written: Sequence[_Words], one: Consultation) -> None:
    may_name = one.view is not None and Question.ASKED in one.view.repeatable
    name = _words(one.party.label)
    if not may_name and name and any(name in set(_runs(words, len(name))) for words in written):
        raise NamesParty(one.party.label)


def _shared(written: Sequence[_Words], answer: _Words, known: frozenset[_Words]) -> _Words:
    """The first run of the answer's own words that stands in what was written; nothing where there is none."""
    length = min(_RUN, len(answer))
    if length < _SHORTEST:
        return ()
    theirs = [run for run in _runs(answer, length) if not _is_ours(run, known)]
    for words in written:
        there = set(_runs(words, length))
        for run in theirs:
            if run in there:
                return run
    return ()


def _is_ours(run: _Words, known: frozenset[_Words]) -> bool:
    return run in known or all(part in known for part in _runs(run, _SHORTEST))


def _words(text: str) -> _Words:
    return tuple(word.casefold() for word in _WORD.findall(text))


def _runs(words: _Words, length: int) -> Iterator[_Words]:
    return (words[start : start + length] for start in range(len(words) - length + 1))
