"""What a release and its decision say: marks, legend, inventory, argument. Never what was withheld."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from meldpunt.engines.redaction.text import withhold
from meldpunt.engines.redaction.values import Passage as Cut
from meldpunt.engines.redaction.values import Withheld
from meldpunt.law import Clause, WithholdingGround
from meldpunt.vocabulary.bilingual import Bilingual

from ..values import AGED, Selection

_NOT_READ: Final = Bilingual(
    "artikel nog niet nagelezen in de gepubliceerde tekst", "article not yet checked against its published text"
)
_AGED: Final = Bilingual("Ouder dan vijf jaar (Woo art. 5.3)", "Older than five years (Woo article 5.3)")


def withheld_of(selection: Selection) -> Withheld:
    """The text with a mark for every passage, which names the article and never how much was taken out."""
    return withhold(selection.text, [Cut(one.start, one.end, one.ground.article) for one in selection.passages])


def secrets_of(selection: Selection) -> tuple[str, ...]:
    """Every text that was taken out, once."""
    return tuple(dict.fromkeys(selection.text[one.start : one.end] for one in selection.passages))


def legend_of(selection: Selection, language: str) -> dict[str, str]:
    """What each article that was used is about."""
    wordings = {one.ground.article: one.ground.subject for one in selection.passages}
    return {article: _in(subject, language) for article, subject in wordings.items()}


def inventory_of(selections: Sequence[Selection], language: str) -> str:
    """Per document and passage the ground, in words, without what was withheld."""
    lines = []
    for selection in selections:
        lines.append(f"Document {selection.position}")
        ordered = sorted(selection.passages, key=lambda one: (one.start, one.end))
        lines += [
            f"  {number}. {one.ground.article}: {_in(one.ground.subject, language)}{_doubt(one.ground, language)}"
            for number, one in enumerate(ordered, start=1)
        ]
        if not ordered:
            lines.append("  -")
    return "\n".join(lines)


def argument_of(grounds: Iterable[WithholdingGround], reasons: Mapping[str, str], language: str) -> str:
    """For each ground that has to be argued its article, its subject, and why it weighs more here, and still does."""
    argued = [f"{one.article} ({_in(one.subject, language)}): {reasons.get(one.id, '')}" for one in grounds]
    if reasons.get(AGED):
        argued.append(f"{_in(_AGED, language)}: {reasons[AGED]}")
    return "\n\n".join(argued)


def clause_of(clause: Clause | None, language: str, **places: str | Bilingual) -> str:
    """A sentence the law makes a decision say, with its articles; nothing where the country's law has none."""
    return "" if clause is None else _in(clause.words(**places), language)


def _doubt(ground: WithholdingGround, language: str) -> str:
    return "" if ground.verified else f" ({_in(_NOT_READ, language)})"


def _in(wording: Bilingual, language: str) -> str:
    return wording.en if language == "en" else wording.nl
