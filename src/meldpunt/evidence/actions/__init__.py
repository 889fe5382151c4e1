"""Every write of the room, one verb each."""

from .holding import hold_evidence, lift_hold, note_end
from .opening import DEFAULT_LIMIT, open_evidence, seal_evidence
from .rewrapping import rewrap_keys
from .shredding import shred_due, shred_evidence
from .uploading import (
    MOST_UPLOADS,
    UPLOAD_DAYS,
    append_to_upload,
    begin_upload,
    end_upload,
    end_uploads,
    keep_uploads,
    shred_uploads,
    take_in_uploads,
)

__all__ = [
    "DEFAULT_LIMIT",
    "MOST_UPLOADS",
    "UPLOAD_DAYS",
    "append_to_upload",
    "begin_upload",
    "end_upload",
    "end_uploads",
    "hold_evidence",
    "keep_uploads",
    "lift_hold",
    "note_end",
    "open_evidence",
    "rewrap_keys",
    "seal_evidence",
    "shred_due",
    "shred_evidence",
    "shred_uploads",
    "take_in_uploads",
]
