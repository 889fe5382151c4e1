"""Law as data, by reference date: what may be processed, disclosed, requested and withheld, and by when.

Plain Python: no Django, no network. `verdict(facts)` is the question every disclosure is put to.
"""

from meldpunt.law.clock_rules import ClockRule, Stage
from meldpunt.law.clocks import Clock, ClockState, Event, clocks_for, event_from_reports, local_day, next_working_day
from meldpunt.law.deferrals import Deferral, DeferralId
from meldpunt.law.deferring import deferral_ends, deferral_ground, deferral_grounds
from meldpunt.law.dutch import DUTCH
from meldpunt.law.form_rules import FormItem, FormRule, ItemKind, Subject
from meldpunt.law.forms import UNKNOWN, answer_wording, forms_for, items_of, open_items, question_wording
from meldpunt.law.freedom_of_information import (
    limits_of,
    needs_fresh_reasoning,
    successors_of,
    withholding_ground,
    withholding_grounds,
)
from meldpunt.law.in_force import FOLDER, IN_FORCE
from meldpunt.law.labels import label_of, listed, recipient_of
from meldpunt.law.loading import load_law
from meldpunt.law.regimes import Clause, Clauses, Confidentiality, FreshReasoning, Law, Regime
from meldpunt.law.significance import Significance, Weighed, criteria_for, weigh
from meldpunt.law.significance_rules import Criterion
from meldpunt.law.values import (
    Condition,
    DataKind,
    Facts,
    Ground,
    GroundId,
    GroundKind,
    Need,
    Outcome,
    Purpose,
    RecipientKind,
    RegimeId,
    Sentence,
    Verdict,
)
from meldpunt.law.verdicts import find_ground, verdict
from meldpunt.law.withholding import Weighing, WithholdingGround, WithholdingGroundId, WithholdingLimit

__all__ = [
    "DUTCH",
    "FOLDER",
    "IN_FORCE",
    "UNKNOWN",
    "Clause",
    "Clauses",
    "Clock",
    "ClockRule",
    "ClockState",
    "Condition",
    "Confidentiality",
    "Criterion",
    "DataKind",
    "Deferral",
    "DeferralId",
    "Event",
    "Facts",
    "FormItem",
    "FormRule",
    "FreshReasoning",
    "Ground",
    "GroundId",
    "GroundKind",
    "ItemKind",
    "Law",
    "Need",
    "Outcome",
    "Purpose",
    "RecipientKind",
    "Regime",
    "RegimeId",
    "Sentence",
    "Significance",
    "Stage",
    "Subject",
    "Verdict",
    "Weighed",
    "Weighing",
    "WithholdingGround",
    "WithholdingGroundId",
    "WithholdingLimit",
    "answer_wording",
    "clocks_for",
    "criteria_for",
    "deferral_ends",
    "deferral_ground",
    "deferral_grounds",
    "event_from_reports",
    "find_ground",
    "forms_for",
    "items_of",
    "label_of",
    "limits_of",
    "listed",
    "load_law",
    "local_day",
    "needs_fresh_reasoning",
    "next_working_day",
    "open_items",
    "question_wording",
    "recipient_of",
    "successors_of",
    "verdict",
    "weigh",
    "withholding_ground",
    "withholding_grounds",
]
