"""Every write of the constituency."""

from .identities import unseal_identity
from .keys import bring_key, revoke_key, verify_key
from .machines import issue_reader_key, revoke_reader_key
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
    "bring_key",
    "close_account",
    "create_isac",
    "give_new_start",
    "hide_seat",
    "issue_key",
    "issue_reader_key",
    "join_detection_network",
    "join_isac",
    "leave_isac",
    "pass_chair",
    "register_organisation",
    "register_organisations",
    "revoke_key",
    "revoke_reader_key",
    "unseal_identity",
    "verify_key",
]
