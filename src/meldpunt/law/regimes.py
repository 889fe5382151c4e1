"""A country's law as data: regimes with their validity, and what each of them gives."""

from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from meldpunt.law.clock_rules import ClockRule, FreeDay, Weekday
from meldpunt.law.deferrals import Deferral
from meldpunt.law.fitting import Fitting, index_of
from meldpunt.law.form_rules import FormRule
from meldpunt.law.significance_rules import Criterion
from meldpunt.law.values import Facts, Ground, RegimeId
from meldpunt.law.withholding import WithholdingGround, WithholdingLimit
from meldpunt.vocabulary.bilingual import Bilingual


@dataclass(frozen=True, slots=True)
class Regime:
    """One act, or group of acts, from the first up to and including the last day (None: still)."""

    id: RegimeId
    name: Bilingual
    source: str
    valid_from: date
    valid_until: date | None

    def is_valid_on(self, day: date) -> bool:
        """Whether the regime is law on that day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True, slots=True)
class Confidentiality:
    """The general duty of secrecy that stands where no ground opens anything."""

    article: str
    wording: Bilingual
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence the law makes a decision say. `wording` has places in braces, which `words` fills."""

    article: str
    wording: Bilingual
    source: str
    verified: bool

    def words(self, **places: str | Bilingual) -> Bilingual:
        """The wording for one decision, with its article. A place of the wording that is not given stays as it is."""
        nl, en = self.wording.nl, self.wording.en
        for name, said in places.items():
            wording = said if isinstance(said, Bilingual) else Bilingual(said, said)
            nl, en = nl.replace(f"{{{name}}}", wording.nl), en.replace(f"{{{name}}}", wording.en)
        return Bilingual(f"{nl} ({self.article})", f"{en} ({self.article})")


@dataclass(frozen=True, slots=True)
class Clauses:
    """What decisions say; None where the law of the country makes them say nothing.

    `remedy`: how to disagree; places `body`, `reference`. `mandate`: in whose name; place `authority`. `waiting`: to
    who is concerned by documents that wait, and `waiting_requester`: to who asked for them; place `day`.
    """

    remedy: Clause | None = None
    mandate: Clause | None = None
    waiting: Clause | None = None
    waiting_requester: Clause | None = None


@dataclass(frozen=True, slots=True)
class FreshReasoning:
    """How old information may be, in years, before a refusal of it has to be reasoned anew."""

    after_years: int
    article: str
    regime: RegimeId
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Law:
    """Everything the platform knows of one country's law; load it with `loading.load_law`."""

    country: str
    name: Bilingual
    zone: ZoneInfo
    confidentiality: Confidentiality
    clauses: Clauses
    regimes: tuple[Regime, ...]
    grounds: tuple[Ground, ...]
    withholding: tuple[WithholdingGround, ...]
    limits: tuple[WithholdingLimit, ...]
    deferrals: tuple[Deferral, ...]
    clocks: tuple[ClockRule, ...]
    forms: tuple[FormRule, ...]
    criteria: tuple[Criterion, ...]
    weekend: frozenset[Weekday]
    free_days: tuple[FreeDay, ...]
    fresh_reasoning: tuple[FreshReasoning, ...]
    _fitting: Fitting = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_fitting", index_of(self.grounds))

    def grounds_for(self, facts: Facts) -> tuple[Ground, ...]:
        """The grounds that are law on the day and name deed, recipient and purpose, whatever conditions are met."""
        named = self._fitting.get((facts.kind, facts.recipient, facts.purpose), ())
        return tuple(ground for ground in named if ground.is_valid_on(facts.on))

    def regimes_on(self, day: date) -> tuple[Regime, ...]:
        """The regimes that are law on that day."""
        return tuple(regime for regime in self.regimes if regime.is_valid_on(day))
