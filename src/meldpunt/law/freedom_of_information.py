"""What may be withheld on a day, and what became of the grounds of an act that was replaced."""

from datetime import date

from meldpunt.law.errors import UnknownGround
from meldpunt.law.in_force import IN_FORCE
from meldpunt.law.regimes import FreshReasoning, Law
from meldpunt.law.withholding import WithholdingGround, WithholdingLimit


def withholding_grounds(on: date, law: Law = IN_FORCE) -> tuple[WithholdingGround, ...]:
    """The grounds to withhold that are law on that day, in the order of the act; none where no act is."""
    return tuple(ground for ground in law.withholding if ground.is_valid_on(on))


def withholding_ground(ground_id: str, law: Law = IN_FORCE) -> WithholdingGround:
    """The ground with this id, of any time. Raises UnknownGround."""
    for ground in law.withholding:
        if ground.id == ground_id:
            return ground
    raise UnknownGround(ground_id)


def successors_of(ground: WithholdingGround, law: Law = IN_FORCE) -> tuple[WithholdingGround, ...]:
    """The grounds that took its place under the next act; none when it was dropped or still stands."""
    return tuple(withholding_ground(successor, law) for successor in ground.successors)


def limits_of(ground: WithholdingGround, law: Law = IN_FORCE) -> tuple[WithholdingLimit, ...]:
    """Where the ground does not reach, in the order of the act; mostly none."""
    return tuple(limit for limit in law.limits if ground.id in limit.grounds)


def needs_fresh_reasoning(*, made_on: date, decided_on: date, law: Law = IN_FORCE) -> FreshReasoning | None:
    """The rule that asks new reasons to refuse information of that age, or None when none does.

    Woo article 5.3: information older than five years. A document of 29 February ages on 1 March.
    """
    in_force = {regime.id for regime in law.regimes_on(decided_on)}
    for rule in law.fresh_reasoning:
        aged = (made_on.year + rule.after_years, made_on.month, made_on.day)
        if rule.regime in in_force and (decided_on.year, decided_on.month, decided_on.day) > aged:
            return rule
    return None
