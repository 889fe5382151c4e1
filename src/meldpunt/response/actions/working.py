"""Who does what by when."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind

from .. import models, rules
from ..errors import ActionFinished, ActionNotFound, NotAMember
from ..queries import get_activation
from ..values import ActionId, Activation, ActivationId
from .activating import lock_running


@deed(Permission.RESPONSE_LEAD)
def assign_action(
    actor: Actor, /, *, activation: ActivationId, organisation: OrganisationId, text: str, due_at: datetime
) -> ActionId:
    """A member does this by `due_at` (aware).

    Raises ActivationNotFound, ResponseEnded, NotAMember, WordingMissing, TimeImpossible.
    """
    row = lock_running(activation)
    if not models.Member.objects.filter(activation=row, organisation_id=organisation).exists():
        raise NotAMember
    action = models.Action(
        activation=row,
        organisation_id=organisation,
        text=rules.check_words(text, what="action"),
        due_at=rules.check_instant(due_at),
        assigned_by=actor.id,
        assigned_at=timezone.now(),
    )
    action.save(force_insert=True)
    details = {"deed": "action assigned", "action": str(action.id), "organisation": str(organisation)}
    ledger.record(actor, kind=Kind.CASE_CHANGED, subject=row.id, details=details)
    return ActionId(action.id)


@deed(Permission.RESPONSE_LEAD)
def finish_action(actor: Actor, /, *, action: ActionId) -> Activation:
    """It was done, also after the response ended. Raises ActionNotFound, ActionFinished."""
    # As with a response: the policy for updates shows an action only while it is not finished.
    row = models.Action.objects.select_for_update().filter(id=action).first()
    if row is None:
        if models.Action.objects.filter(id=action).exists():
            raise ActionFinished
        raise ActionNotFound("no such action")
    row.done_by, row.done_at = actor.id, timezone.now()
    row.save(update_fields=["done_by", "done_at"])
    details = {"deed": "action finished", "action": str(action)}
    ledger.record(actor, kind=Kind.CASE_CHANGED, subject=row.activation_id, details=details)
    return get_activation(actor, activation=ActivationId(row.activation_id))
