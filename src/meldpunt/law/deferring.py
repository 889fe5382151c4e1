"""For how long a disclosure may stay unknown to the reporter it stems from. Pure; it opens without anybody's deed.

The reporter sees the list of all disclosures made from its report. A deferral hides one entry for a time, never the
count. Its end is fixed at the disclosure and is never prolonged: the reporter was told that day, and the entry of the
ledger was committed with it. Who looks after that instant finds the entry open.
"""

from datetime import date, datetime

from meldpunt.law.clocks import local_day
from meldpunt.law.deferrals import Deferral
from meldpunt.law.errors import UnknownGround
from meldpunt.law.in_force import IN_FORCE
from meldpunt.law.regimes import Law
from meldpunt.law.terms import add_to_day, end_of_day
from meldpunt.law.values import RecipientKind


def deferral_grounds(on: date, recipient: RecipientKind, law: Law = IN_FORCE) -> tuple[Deferral, ...]:
    """The grounds on which, on that day, a reporter may hear later of what went to this recipient; mostly none."""
    return tuple(one for one in law.deferrals if one.is_valid_on(on) and recipient in one.recipients)


def deferral_ground(ground_id: str, law: Law = IN_FORCE) -> Deferral:
    """The ground with this id, of any time. Raises UnknownGround."""
    for ground in law.deferrals:
        if ground.id == ground_id:
            return ground
    raise UnknownGround(ground_id)


def deferral_ends(ground: Deferral, disclosed_at: datetime, law: Law = IN_FORCE) -> datetime:
    """The last instant (UTC) up to which the reporter may be left untold: the end of a day, never open-ended.

    Raises InstantWithoutZone, InstantOutOfRange.
    """
    return end_of_day(add_to_day(local_day(disclosed_at, law), ground.longest), law.zone)
