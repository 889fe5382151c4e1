"""Judging a vulnerability: what a person said is checked, and the computed ratings stand beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import unquote

from meldpunt.engines.matching.products import ProductList
from meldpunt.engines.vulnerability.choices import Answer
from meldpunt.engines.vulnerability.cve import CveId, find_cve_id
from meldpunt.engines.vulnerability.cvss import Scored, read_vector
from meldpunt.engines.vulnerability.errors import AnswersMissing, AnswerUnknown, VectorInvalid
from meldpunt.engines.vulnerability.matrix import Judgement, Rating, judge
from meldpunt.engines.vulnerability.ssvc import TableId, decide, decision_table, still_possible
from meldpunt.vocabulary.texts import clean_text

from ..errors import CveUnknown, DeviationUnexplained, VulnerabilityUnclear
from ..values import Rated, TableReading, VulnerabilityForm

_MOST_VECTORS: Final = 3
_CPE: Final = re.compile(r"cpe:(?:2\.3:|/)[aoh]:((?:\\.|[^:\\])+):((?:\\.|[^:\\])+)", re.IGNORECASE)
"""NISTIR 7695, 6.1 and 6.2: part, vendor, product; the rest says which version."""
_PURL: Final = re.compile(r"pkg:/{0,2}[\w.+-]+/(?:[^@?#]*/)?(?P<name>[^/@?#]+)", re.IGNORECASE)
"""ECMA-427 (package URL): type, namespace, name, and a version behind @."""
_MOST_PRODUCTS: Final = 20


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a form comes to."""

    form: VulnerabilityForm
    scored: tuple[Scored, ...]
    judgement: Judgement | None
    probability: Rated
    damage: Rated
    computed_outcome: Answer | None
    outcome: Answer | None


def check_cve(text: str) -> CveId:
    """The id in normal form. Raises CveUnknown."""
    found = find_cve_id(text)
    if found is None:
        raise CveUnknown
    return found


def weigh(form: VulnerabilityForm) -> Weighed:
    """The form checked and computed. Raises VulnerabilityUnclear, DeviationUnexplained."""
    form = replace(
        form,
        answers={key: value for key, value in form.answers.items() if value},
        points={key: value for key, value in form.points.items() if value},
        products=tuple(dict.fromkeys(name.strip() for name in form.products if name.strip()))[:_MOST_PRODUCTS],
        deviation=clean_text(form.deviation),
        outcome_reason=clean_text(form.outcome_reason),
    )
    judgement, computed = _judge(form.answers), _decide(form.points)
    probability = _rated(judgement.probability if judgement else None, form.probability)
    damage = _rated(judgement.damage if judgement else None, form.damage)
    if (probability.chosen or damage.chosen) and not form.deviation:
        raise DeviationUnexplained("Write why chance or damage is another than the answers come to.")
    outcome = _outcome(form.outcome) or computed
    if outcome != computed and not form.outcome_reason:
        raise DeviationUnexplained("Write why the decision is another than the table gives.")
    weighed = Weighed(form, read_vectors(form.vectors), judgement, probability, damage, computed, outcome)
    rated = probability.chosen or damage.chosen
    if not (weighed.scored or form.answers or form.points or form.products or outcome or rated):
        raise VulnerabilityUnclear("Say something of this vulnerability: a vector, an answer, a point or a product.")
    return weighed


def read_vectors(vectors: Sequence[str]) -> tuple[Scored, ...]:
    """The vectors, the newest version first, each once. Raises VulnerabilityUnclear."""
    try:
        found = {scored.vector: scored for scored in map(read_vector, vectors[:_MOST_VECTORS])}
    except VectorInvalid as error:
        raise VulnerabilityUnclear("This is no CVSS vector: %(flaw)s.", flaw=error.flaw) from error
    return tuple(sorted(found.values(), key=lambda scored: scored.version, reverse=True))


def read_tables(points: Mapping[str, str]) -> tuple[TableReading, ...]:
    """What every decision table makes of these points; a point counts in each table that asks it.

    A table of which no point is known says nothing, but for the coordinator's.
    """
    return tuple(
        _reading(table, points) for table in TableId if table is TableId.COORDINATOR or _own(table) & points.keys()
    )


def named_products(names: Iterable[str], *, texts: Iterable[str], candidates: Iterable[str]) -> tuple[str, ...]:
    """Which registered names the texts mention, and which themselves mention one of the candidates."""
    registered = tuple(names)
    mentioned = {found.value for text in texts for found in ProductList(registered).lift(text)}
    wanted = ProductList(candidates)
    return tuple(name for name in registered if name.strip() in mentioned or wanted.lift(name))


def product_name(said: str) -> str:
    """The name in a CPE (2.2, 2.3) or a package URL, with its maker; anything else is a name already.

    Organisations register names without versions, so what they say of one is left out.
    """
    if found := _CPE.match(said.strip()):
        return " ".join(unquote(part.replace("\\", "")).replace("_", " ") for part in found.groups())
    if found := _PURL.match(said.strip()):
        return unquote(found["name"]).replace("_", " ")
    return said


def _judge(answers: Mapping[str, str]) -> Judgement | None:
    """All fifteen or none: a chance of nine questions is no chance."""
    if not answers:
        return None
    try:
        return judge(answers)
    except AnswersMissing as error:
        sentence = "Answer all questions of chance and damage, or none. Still open: %(questions)s."
        raise VulnerabilityUnclear(sentence, questions=error.flaw) from error
    except AnswerUnknown as error:
        raise VulnerabilityUnclear("Choose from the answers of the matrix.") from error


def _decide(points: Mapping[str, str]) -> Answer | None:
    known = {point.id: point for table in TableId for point in decision_table(table).points}
    try:
        if not points.keys() <= known.keys():
            raise VulnerabilityUnclear("Choose from the values of SSVC.")
        for key, value in points.items():
            known[key].answer(value)
        return decide(TableId.COORDINATOR, _of(TableId.COORDINATOR, points)).outcome
    except AnswersMissing:
        return None
    except AnswerUnknown as error:
        raise VulnerabilityUnclear("Choose from the values of SSVC.") from error


def _reading(table: TableId, points: Mapping[str, str]) -> TableReading:
    known, asked = decision_table(table), _of(table, points)
    open_points = tuple(point for point in known.points if point.id not in asked)
    decided = None if open_points else decide(table, asked)
    return TableReading(known, decided, still_possible(table, asked), open_points)


def _of(table: TableId, points: Mapping[str, str]) -> dict[str, str]:
    return {point.id: points[point.id] for point in decision_table(table).points if points.get(point.id)}


def _own(table: TableId) -> set[str]:
    """The points that only this table asks."""
    asked = {one: {point.id for point in decision_table(one).points} for one in TableId}
    return asked[table].difference(*(points for one, points in asked.items() if one is not table))


def _rated(computed: Rating | None, said: Rating | None) -> Rated:
    return Rated(computed, said if said is not computed else None)


def _outcome(outcome: str) -> Answer | None:
    try:
        return decision_table(TableId.COORDINATOR).outcome.answer(outcome) if outcome else None
    except AnswerUnknown as error:
        raise VulnerabilityUnclear("Choose from the decisions of the table.") from error
