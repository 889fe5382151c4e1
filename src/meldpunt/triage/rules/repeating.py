"""What one party answered in confidence is not repeated to another: not its words, and not that it was asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
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


def check_repeats(
    texts: Iterable[str],
    given: Sequence[Consultation],
    *,
    to: OrganisationId,
    names: Mapping[OrganisationId, Sequence[str]],
    ours: str,
) -> None:
    """Raise RepeatsAnswer or NamesParty where the texts, written `to` a party, give away what another one told us.

    `names` are those of every party that was asked or is asked at the same time, its label first. `ours` is what we
    knew and wrote without any of them: whoever repeats that repeats nobody's answer.
    """
    written = [_words(text) for text in texts]
    for party, called in names.items():
        if party != to and not _may_name(party, given) and _is_named(written, called):
            raise NamesParty(called[0])
    known = frozenset(_runs(_words(ours), _RUN)) | frozenset(_runs(_words(ours), _SHORTEST))
    for one in given:
        if one.party.id == to:
            continue
        for what, answer in _kept(one):
            found = _shared(written, _words(answer), known)
            if found:
                raise RepeatsAnswer(one.party.label, what, " ".join(found))


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


_ASKED_BACK: Final = Bilingual("wat die partij ons vroeg", "what that party asked us")


def _kept(one: Consultation) -> Iterator[tuple[Bilingual, str]]:
    """The words that stay between the party and us, those of earlier versions too: the last word on them counts.

    What it asked us back always stays: nobody asked whether we may repeat that.
    """
    for asked in one.counter_questions:
        yield _ASKED_BACK, asked.text
    may = one.views[-1].repeatable if one.views else {}
    for view in one.views:
        for question, text in (
            (Question.NATURE, view.nature),
            (Question.OWN_INTEREST, view.own_interest),
            (Question.OBJECTION, view.text),
        ):
            if question not in may and text:
                yield question.label, text


def _may_name(party: OrganisationId, given: Iterable[Consultation]) -> bool:
    """Each time that it was asked it agreed, and it was asked before: of what is asked now it knows nothing yet."""
    views = [one.view for one in given if one.party.id == party]
    return bool(views) and all(view is not None and Question.ASKED in view.repeatable for view in views)


def _is_named(written: Sequence[_Words], called: Iterable[str]) -> bool:
    names = [name for name in map(_words, called) if name]
    return any(name in set(_runs(words, len(name))) for words in written for name in names)


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
