"""What a new version starts from: the draft of the one that it replaces."""

from __future__ import annotations

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission
from meldpunt.vocabulary.bilingual import Bilingual

from .. import models
from ..errors import DisclosureNotFound, WordsSealed
from ..rules.editing import mask_part, mask_text
from ..rules.progress import Move, check_move
from ..values import DisclosureId, Draft, State
from .audiences import circles_of
from .behind_the_seal import behind_the_seal, organisations_of
from .drafts import draft_of


@look(Permission.DISCLOSURE_PROPOSE)
def draft_to_replace(viewer: Actor, /, *, disclosure: DisclosureId) -> Draft:
    """The draft of a delivered disclosure as it was written.

    Raises DisclosureNotFound, StateDoesNotAllow, WordsSealed: whoever reads it masked would write the marks into it.
    """
    row = models.Disclosure.objects.filter(id=disclosure).first()
    if row is None:
        raise DisclosureNotFound("no such disclosure")
    check_move(State(row.state), Move.SUPERSEDE)
    draft = draft_of(row)
    mask = behind_the_seal(viewer, {row.id: organisations_of(draft)})[row.id].mask
    words = (draft.title, draft.vouching, draft.widening)
    marks = sum(mask_text(one, mask)[1] for one in words) + sum(mask_part(one, mask)[1] for one in draft.parts)
    if marks:
        raise WordsSealed("Unseal first whom this is about: what you read of it is masked.")
    return draft


@look(Permission.DISCLOSURE_PROPOSE)
def label_circles(viewer: Actor, /, *, draft: Draft) -> tuple[Bilingual, ...]:
    """What this viewer may know of each circle of the draft, in its order: its one reader, or what the circle is."""
    (circles,) = circles_of(viewer, [(draft.audience, draft.origins)])
    return tuple(one.readers[0].label if len(one.readers) == 1 else one.label for one in circles)
