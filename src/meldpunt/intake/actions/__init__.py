"""Every write of intake: reports come in, stages are added, organisations found, reporters answered."""

from .acknowledgement import acknowledge_reports
from .additions import report_addition
from .attachments import open_attachment
from .attribution import attach_reporter, attribute_reports
from .batches import receive_forwarded
from .drafted_files import append_to_file, begin_file, end_file, keep_files
from .drafts import DRAFT_DAYS, discard_draft, save_draft, shred_drafts
from .feeds import hand_in_feed, receive_feed
from .files import lift_from_attachments
from .forwarding import add_forwarded_file, add_forwarded_stage
from .large_feeds import add_rows, admit_large_feed, close_large_feed, open_large_feed, seal_next_part
from .letters import send_letter
from .lifting import lift_products
from .mailboxes import note_mailbox
from .mails import receive_mail
from .mappings import make_feed_mapping, retire_feed_mapping
from .progress import hold_additions, note_progress
from .putting_right import put_own_right, put_right
from .registries import ask_registry, may_ask_registry, read_registry
from .reminding import remind_of_deadlines
from .replying import reply_to_reporter
from .reports import receive_report, receive_sighting
from .stages import submit_stage, submit_stage_once
from .waves import stand_behind, stand_up

__all__ = [
    "DRAFT_DAYS",
    "acknowledge_reports",
    "add_forwarded_file",
    "add_forwarded_stage",
    "add_rows",
    "admit_large_feed",
    "append_to_file",
    "ask_registry",
    "attach_reporter",
    "attribute_reports",
    "begin_file",
    "close_large_feed",
    "discard_draft",
    "end_file",
    "hand_in_feed",
    "hold_additions",
    "keep_files",
    "lift_from_attachments",
    "lift_products",
    "make_feed_mapping",
    "may_ask_registry",
    "note_mailbox",
    "note_progress",
    "open_attachment",
    "open_large_feed",
    "put_own_right",
    "put_right",
    "read_registry",
    "receive_feed",
    "receive_forwarded",
    "receive_mail",
    "receive_report",
    "receive_sighting",
    "remind_of_deadlines",
    "reply_to_reporter",
    "report_addition",
    "retire_feed_mapping",
    "save_draft",
    "seal_next_part",
    "send_letter",
    "shred_drafts",
    "stand_behind",
    "stand_up",
    "submit_stage",
    "submit_stage_once",
]
