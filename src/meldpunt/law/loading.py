"""Read a country's law from a folder: `law.toml` for the country, one other file for each regime.

A country adds its own by adding a folder. Every file is read strictly: an unknown key, a ground outside its
regime's validity, a doubled id or a successor that does not exist refuses the whole folder (LawDataInvalid).
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from importlib.resources.abc import Traversable
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from meldpunt.law.clock_loading import clock_from, free_day_from
from meldpunt.law.clock_rules import ClockRule, Weekday
from meldpunt.law.deferrals import Deferral
from meldpunt.law.errors import LawDataInvalid
from meldpunt.law.form_loading import criterion_from, form_from
from meldpunt.law.form_rules import FormRule
from meldpunt.law.ground_loading import deferral_from, ground_from, limit_from, withholding_from
from meldpunt.law.regimes import Clause, Clauses, Confidentiality, FreshReasoning, Law, Regime
from meldpunt.law.significance_rules import Criterion
from meldpunt.law.values import Ground, RegimeId
from meldpunt.law.withholding import WithholdingGround, WithholdingLimit
from meldpunt.vocabulary.errors import DataFileInvalid
from meldpunt.vocabulary.rows import Row, read_rows

Dated = TypeVar("Dated", Ground, WithholdingGround, Deferral, ClockRule, FormRule, Criterion)


def load_law(folder: Traversable) -> Law:
    """The law in that folder (a path, or a resource inside a package). Raises LawDataInvalid."""
    try:
        return _read(folder)
    except DataFileInvalid as error:
        raise LawDataInvalid(str(error)) from error


@dataclass(slots=True)
class _OfRegimes:
    """What the files of the regimes give together."""

    regimes: list[Regime] = field(default_factory=list)
    grounds: list[Ground] = field(default_factory=list)
    withholding: list[WithholdingGround] = field(default_factory=list)
    limits: list[WithholdingLimit] = field(default_factory=list)
    deferrals: list[Deferral] = field(default_factory=list)
    clocks: list[ClockRule] = field(default_factory=list)
    forms: list[FormRule] = field(default_factory=list)
    criteria: list[Criterion] = field(default_factory=list)
    fresh: list[FreshReasoning] = field(default_factory=list)

    def add(self, file: Row) -> None:
        regime = _regime_from(file.row("regime"))
        self.regimes.append(regime)
        self.grounds += _inside(regime, (ground_from(row, regime) for row in file.rows("grounds")))
        self.withholding += _inside(regime, (withholding_from(row, regime) for row in file.rows("withholding")))
        self.limits += (limit_from(row, regime) for row in file.rows("limits"))
        self.deferrals += _inside(regime, (deferral_from(row, regime) for row in file.rows("deferrals")))
        self.clocks += _inside(regime, (clock_from(row, regime) for row in file.rows("clocks")))
        self.forms += _inside(regime, (form_from(row, regime) for row in file.rows("forms")))
        self.criteria += _inside(regime, (criterion_from(row, regime) for row in file.rows("criteria")))
        self.fresh += (_fresh_from(row, regime.id) for row in file.rows("fresh_reasoning"))
        file.refuse_unread()


def _read(folder: Traversable) -> Law:
    country = read_rows(folder / "law.toml")
    files = sorted((file for file in folder.iterdir() if _is_regime_file(file)), key=lambda file: file.name)
    read = _OfRegimes()
    for file in files:
        read.add(read_rows(file))
    law = Law(
        country=country.text("country"),
        name=country.bilingual("name"),
        zone=_zone(country),
        confidentiality=_confidentiality_from(country.row("confidentiality")),
        clauses=_clauses_from(country),
        weekend=_weekend(country),
        free_days=tuple(free_day_from(row) for row in country.rows("free_days")),
        regimes=tuple(read.regimes),
        grounds=tuple(read.grounds),
        withholding=tuple(read.withholding),
        limits=tuple(read.limits),
        deferrals=tuple(read.deferrals),
        clocks=tuple(read.clocks),
        forms=tuple(read.forms),
        criteria=tuple(read.criteria),
        fresh_reasoning=tuple(read.fresh),
    )
    country.refuse_unread()
    _refuse_doubles(law)
    return law


def _is_regime_file(file: Traversable) -> bool:
    return file.name.endswith(".toml") and file.name != "law.toml"


def _zone(country: Row) -> ZoneInfo:
    key = country.text("zone")
    try:
        return ZoneInfo(key)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise LawDataInvalid(f"{country.place}: no such time zone: {key!r}") from error


def _weekend(country: Row) -> frozenset[Weekday]:
    weekend = country.words("weekend", Weekday)
    if len(weekend) == len(Weekday):
        raise LawDataInvalid(f"{country.place}: no day of the week is a working day")
    return weekend


def _confidentiality_from(row: Row) -> Confidentiality:
    duty = Confidentiality(row.text("article"), row.bilingual("wording"), row.text("source"), row.flag("verified"))
    row.refuse_unread()
    return duty


def _clauses_from(country: Row) -> Clauses:
    names = (one.name for one in fields(Clauses))
    return Clauses(**{name: _clause_from(country.row(name)) for name in names if country.has(name)})


def _clause_from(row: Row) -> Clause:
    clause = Clause(row.text("article"), row.bilingual("wording"), row.text("source"), row.flag("verified"))
    row.refuse_unread()
    return clause


def _regime_from(row: Row) -> Regime:
    regime = Regime(
        id=RegimeId(row.text("id")),
        name=row.bilingual("name"),
        source=row.text("source"),
        valid_from=row.day("valid_from"),
        valid_until=row.last_day("valid_until"),
    )
    row.refuse_unread()
    return regime


def _fresh_from(row: Row, regime: RegimeId) -> FreshReasoning:
    return FreshReasoning(
        row.whole("after_years"), row.text("article"), regime, row.text("source"), row.flag("verified")
    )


def _inside(regime: Regime, dated: Iterable[Dated]) -> Iterator[Dated]:
    """Pass on what lies within the regime's validity and raise LawDataInvalid for what does not."""
    for item in dated:
        starts_early = item.valid_from < regime.valid_from
        ends_late = regime.valid_until is not None and (
            item.valid_until is None or item.valid_until > regime.valid_until
        )
        if starts_early or ends_late or (item.valid_until is not None and item.valid_until < item.valid_from):
            raise LawDataInvalid(f"{item.id}: not within the validity of {regime.id}")
        yield item


def _refuse_doubles(law: Law) -> None:
    known = {ground.id for ground in law.withholding}
    for ground in law.withholding:
        if not known.issuperset(ground.successors):
            raise LawDataInvalid(f"{ground.id}: a successor does not exist")
    for limit in law.limits:
        if not limit.grounds or not known.issuperset(limit.grounds):
            raise LawDataInvalid(f"{limit.id}: names no ground, or one that does not exist")
    kinds = (law.regimes, law.grounds, law.withholding, law.limits, law.deferrals, law.clocks, law.forms, law.criteria)
    for count in (Counter(str(item.id) for item in items) for items in kinds):
        doubles = sorted(item for item, times in count.items() if times > 1)
        if doubles:
            raise LawDataInvalid(f"{law.country}: twice: {', '.join(doubles)}")
