"""Files of a disclosure with their bytes: for who was told, and for who is asked to let it go."""

from __future__ import annotations

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Door, Permission
from meldpunt.law import DataKind

from .. import models
from ..errors import DisclosureNotFound
from ..values import Attachment, AttachmentId, DisclosureId
from .outside import get_delivered


@look(Permission.DISCLOSURE_READ)
def open_attachment(viewer: Actor, /, *, disclosure: DisclosureId, attachment: AttachmentId) -> Attachment:
    """An attachment that goes with a delivered disclosure, for its readers. Raises DisclosureNotFound."""
    if viewer.door is Door.SENSOR:
        get_delivered(viewer, disclosure=disclosure)
    return _read(disclosure, attachment)


@look(Permission.DISCLOSURE_APPROVE)
def open_proposed_attachment(viewer: Actor, /, *, disclosure: DisclosureId, attachment: AttachmentId) -> Attachment:
    """An attachment as it was proposed, for the second pair of eyes: nobody approves a letter unread.

    Asks more than seeing the disclosure does, because a letter names whom the desk knows by a code. Raises
    DisclosureNotFound.
    """
    return _read(disclosure, attachment)


def _read(disclosure: DisclosureId, attachment: AttachmentId) -> Attachment:
    # Which rows are there is for the row policies to say: they differ for each door.
    row = models.Attachment.objects.filter(id=attachment, disclosure_id=disclosure).first()
    if row is None:
        raise DisclosureNotFound("no such attachment")
    return Attachment(row.name, row.media_type, bytes(row.data), DataKind(row.kind))
