"""Views of the queue that somebody keeps. They decide nothing, and no ledger has them."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.vocabulary.texts import clean_text

from .. import models
from ..errors import SavedViewNotFound, ViewNameTaken, ViewsFull
from ..values import SavedViewId

MOST_VIEWS = 20


@deed(Permission.TRIAGE_READ)
def save_view(actor: Actor, /, *, name: str, asked: Mapping[str, str], is_shared: bool = False) -> SavedViewId:
    """Keep what the queue is narrowed to and how it is sorted, after one's other views; shared with the desk if wanted.

    Raises ViewNameTaken, ViewsFull.
    """
    own = models.SavedView.objects.filter(actor=actor.id)
    if own.count() >= MOST_VIEWS:
        raise ViewsFull(MOST_VIEWS)
    last = own.order_by("-place").values_list("place", flat=True).first() or 0
    row = models.SavedView(
        actor=actor.id,
        actor_name=actor.name,
        name=clean_text(name),
        asked=dict(asked),
        is_shared=is_shared,
        place=last + 1,
    )
    _keep(row)
    return SavedViewId(row.id)


@deed(Permission.TRIAGE_READ)
def rename_view(actor: Actor, /, *, view: SavedViewId, name: str, is_shared: bool) -> None:
    """Give one's view another name, share it, or stop sharing it. Raises SavedViewNotFound, ViewNameTaken."""
    row = _own(actor, view)
    row.name, row.is_shared = clean_text(name), is_shared
    _keep(row, "name", "is_shared")


@deed(Permission.TRIAGE_READ)
def move_view(actor: Actor, /, *, view: SavedViewId) -> None:
    """Put one's view a place nearer to the front. Raises SavedViewNotFound."""
    row = _own(actor, view)
    before = models.SavedView.objects.filter(actor=actor.id, place__lt=row.place).order_by("-place").first()
    if before is not None:
        row.place, before.place = before.place, row.place
        row.save(update_fields=["place"])
        before.save(update_fields=["place"])


@deed(Permission.TRIAGE_READ)
def remove_view(actor: Actor, /, *, view: SavedViewId) -> None:
    """Take one's view away, for whom it was shared with too. Raises SavedViewNotFound."""
    _own(actor, view).delete()
    models.Landing.objects.filter(actor=actor.id, view=view).delete()


@deed(Permission.TRIAGE_READ)
def land_on(actor: Actor, /, *, view: SavedViewId | None) -> None:
    """Let one's queue open with this view, or as it does for everybody. Raises SavedViewNotFound."""
    if view is None:
        models.Landing.objects.filter(actor=actor.id).delete()
        return
    if not models.SavedView.objects.filter(id=view).exists():
        raise SavedViewNotFound("no such view")
    models.Landing.objects.update_or_create(actor=actor.id, defaults={"view": view})


def _own(actor: Actor, view: SavedViewId) -> models.SavedView:
    row = models.SavedView.objects.filter(actor=actor.id, id=view).first()
    if row is None:
        raise SavedViewNotFound("no such view")
    return row


def _keep(row: models.SavedView, *fields: str) -> None:
    try:
        with transaction.atomic():
            row.save(update_fields=fields or None, force_insert=not fields)
    except IntegrityError:
        raise ViewNameTaken(row.name) from None
