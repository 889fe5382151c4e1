"""Every write of alarms: processes beat, alarms are raised, mailed once, and cleared."""

from .mailing import claim_alarm, mail_alarm
from .raising import beat, raise_alarms, stop_beating

__all__ = ["beat", "claim_alarm", "mail_alarm", "raise_alarms", "stop_beating"]
