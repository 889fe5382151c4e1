"""Every write of the constituency."""

from .identities import unseal_identity
from .keys import bring_key, revoke_key, verify_key
from .machines import (
    bind_certificate,
    demand_certificate,
    hand_out_key,
    revoke_certificate,
    take_back_key,
)
from .people import admit_person, close_account, issue_key
from .registration import register_organisation, register_organisations
from .seats import appoint_authority, create_isac, hide_seat, join_detection_network, join_isac, leave_isac, pass_chair
from .starts import approve_new_start, ask_new_start, begin_anew, give_new_start

__all__ = [
    "admit_person",
    "appoint_authority",
    "approve_new_start",
    "ask_new_start",
    "begin_anew",
    "bind_certificate",
    "bring_key",
    "close_account",
    "create_isac",
    "demand_certificate",
    "give_new_start",
    "hand_out_key",
    "hide_seat",
    "issue_key",
    "join_detection_network",
    "join_isac",
    "leave_isac",
    "pass_chair",
    "register_organisation",
    "register_organisations",
    "revoke_certificate",
    "revoke_key",
    "take_back_key",
    "unseal_identity",
    "verify_key",
]
