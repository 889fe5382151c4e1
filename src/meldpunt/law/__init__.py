"""Law as data, by reference date: what may be processed, disclosed, requested and withheld, and by when.

Plain Python: no Django, no network. `verdict(facts)` is the question every disclosure is put to.
"""

from meldpunt.law.clock_rules import ClockRule, Stage
from meldpunt.law.clocks import Clock, ClockState, Event, clocks_for, event_from_reports, local_day, next_working_day
from meldpunt.law.deferrals import Deferral, DeferralId
from meldpunt.law.deferring import deferral_ends, deferral_ground, deferral_grounds
from meldpunt.law.dutch import DUTCH
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
    "Clause",
    "Clauses",
    "Clock",
    "ClockRule",
    "ClockState",
    "Condition",
    "Confidentiality",
    "DataKind",
    "Deferral",
    "DeferralId",
    "Event",
    "Facts",
    "FreshReasoning",
    "Ground",
    "GroundId",
    "GroundKind",
    "Law",
    "Need",
    "Outcome",
    "Purpose",
    "RecipientKind",
    "Regime",
    "RegimeId",
    "Sentence",
    "Stage",
    "Verdict",
    "Weighing",
    "WithholdingGround",
    "WithholdingGroundId",
    "WithholdingLimit",
    "clocks_for",
    "deferral_ends",
    "deferral_ground",
    "deferral_grounds",
    "event_from_reports",
    "find_ground",
    "label_of",
    "limits_of",
    "listed",
    "load_law",
    "local_day",
    "needs_fresh_reasoning",
    "next_working_day",
    "recipient_of",
    "successors_of",
    "verdict",
    "withholding_ground",
    "withholding_grounds",
]
