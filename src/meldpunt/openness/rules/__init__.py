"""Terms, grounds, reasons and what a release is made of. Pure: facts in, values out."""

from .arguing import check_exceptional, check_reasons, is_aged
from .asking import LONGEST_TEXT, check_form, check_nobody_named
from .hearing import (
    Pause,
    check_heard,
    check_term,
    check_view,
    is_objected_to,
    release_day,
    shown_in,
    still_covers,
    suspended_until,
)
from .passages import check_grounds, check_range, ground_on, names, suggest
from .terms import act_day, check_act, check_adjournment, decision_clock, is_another_act
from .wording import argument_of, clause_of, inventory_of, legend_of, secrets_of, withheld_of

__all__ = [
    "LONGEST_TEXT",
    "Pause",
    "act_day",
    "argument_of",
    "check_act",
    "check_adjournment",
    "check_exceptional",
    "check_form",
    "check_grounds",
    "check_heard",
    "check_nobody_named",
    "check_range",
    "check_reasons",
    "check_term",
    "check_view",
    "clause_of",
    "decision_clock",
    "ground_on",
    "inventory_of",
    "is_aged",
    "is_another_act",
    "is_objected_to",
    "legend_of",
    "names",
    "release_day",
    "secrets_of",
    "shown_in",
    "still_covers",
    "suggest",
    "suspended_until",
    "withheld_of",
]
