"""Terms, grounds, reasons and what a release is made of. Pure: facts in, values out."""

from .arguing import check_exceptional, check_reasons, is_aged
from .asking import LONGEST_TEXT, check_form
from .passages import check_grounds, check_range, ground_on, names, suggest
from .terms import act_day, check_act, check_adjournment, decision_clock, is_another_act
from .wording import argument_of, inventory_of, legend_of, secrets_of, withheld_of

__all__ = [
    "LONGEST_TEXT",
    "act_day",
    "argument_of",
    "check_act",
    "check_adjournment",
    "check_exceptional",
    "check_form",
    "check_grounds",
    "check_range",
    "check_reasons",
    "decision_clock",
    "ground_on",
    "inventory_of",
    "is_aged",
    "is_another_act",
    "legend_of",
    "names",
    "secrets_of",
    "suggest",
    "withheld_of",
]
