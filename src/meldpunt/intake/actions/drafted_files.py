"""Files of a report that somebody still writes: they hang on its code, come along when it is sent, and go with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from meldpunt.access.binding import bound, deed
from meldpunt.access.values import Actor, Permission
from meldpunt.evidence import actions as evidence_actions
from meldpunt.evidence.values import Upload, UploadId

from ..receipts import read_code
from ..values import Attached
from .drafts import begun_draft


@deed(Permission.REPORT_SUBMIT)
def begin_file(
    actor: Actor,
    /,
    *,
    code: str,
    name: str,
    media_type: str,
    length: int,
    metadata: str = "",
    origin: bytes = b"",
) -> Upload:
    """Announce a file that belongs to what somebody writes under this code, and begin the draft where there is none.

    Raises ReceiptMalformed, DraftSent, DraftsFull, and as `evidence.actions.begin_upload`.
    """
    code = read_code(code)
    holder = replace(actor, receipt=code)
    with bound(holder):
        begun_draft(actor, code=code, origin=origin)
        return evidence_actions.begin_upload(holder, name=name, media_type=media_type, length=length, metadata=metadata)


@deed(Permission.REPORT_SUBMIT)
def append_to_file(actor: Actor, /, *, code: str, upload: UploadId, offset: int, data: bytes) -> Upload:
    """Keep the next bytes of it. Raises ReceiptMalformed, and as `evidence.actions.append_to_upload`."""
    holder = replace(actor, receipt=read_code(code))
    return evidence_actions.append_to_upload(holder, upload=upload, offset=offset, data=data)


@deed(Permission.REPORT_SUBMIT)
def end_file(actor: Actor, /, *, code: str, upload: UploadId) -> None:
    """Take it away. Raises ReceiptMalformed, NotFound."""
    evidence_actions.end_upload(replace(actor, receipt=read_code(code)), upload=upload)


@deed(Permission.REPORT_SUBMIT)
def keep_files(actor: Actor, /, *, code: str, files: Sequence[Attached]) -> None:
    """Keep files that came at once with what somebody saved. Raises as `begin_file`: then none of them is kept."""
    for file in files:
        begun = begin_file(actor, code=code, name=file.name, media_type=file.media_type, length=len(file.data))
        append_to_file(actor, code=code, upload=begun.id, offset=0, data=file.data)
