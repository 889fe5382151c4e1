"""One shift to the next."""

from __future__ import annotations

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, ActorId, Permission
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind

from .. import models, rules
from ..errors import HandoverNotFound
from ..queries import get_activation
from ..values import Activation, ActivationId, HandoverId
from .activating import lock_running


@deed(Permission.RESPONSE_LEAD)
def hand_over(actor: Actor, /, *, activation: ActivationId, open_points: str, to: ActorId | None = None) -> HandoverId:
    """Write down what is open, for `to` or for whoever takes the shift; it counts once that person signs.

    Raises ActivationNotFound, ResponseEnded, WordingMissing, NotYoursToSign (to oneself).
    """
    row = lock_running(activation)
    if to is not None:
        rules.check_signature(to, giver=actor.id, to=to, is_signed=False)
    handover = models.Handover(
        activation=row,
        given_by=actor.id,
        given_by_name=actor.name,
        given_at=timezone.now(),
        to=to,
        open_points=rules.check_words(open_points, what="open points"),
    )
    handover.save(force_insert=True)
    details = {"deed": "handed over", "handover": str(handover.id), "to": str(to or "")}
    ledger.record(actor, kind=Kind.CASE_CHANGED, subject=row.id, details=details)
    return HandoverId(handover.id)


@deed(Permission.RESPONSE_LEAD)
def sign_off(actor: Actor, /, *, handover: HandoverId) -> Activation:
    """Take the shift. Raises HandoverNotFound, NotYoursToSign."""
    shown = models.Handover.objects.filter(id=handover).first()
    if shown is None:
        raise HandoverNotFound("no such handover")
    # The policy for updates hides what is signed, so of two who sign at once the second finds nothing to lock.
    row = models.Handover.objects.select_for_update().filter(id=handover).first()
    rules.check_signature(actor.id, giver=shown.given_by, to=shown.to, is_signed=row is None)
    models.Handover.objects.filter(id=handover).update(
        signed_by=actor.id, signed_by_name=actor.name, signed_at=timezone.now()
    )
    details = {"deed": "shift taken", "handover": str(handover)}
    ledger.record(actor, kind=Kind.CASE_CHANGED, subject=shown.activation_id, details=details)
    return get_activation(actor, activation=ActivationId(shown.activation_id))
