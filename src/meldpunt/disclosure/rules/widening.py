"""What is narrowest, and that going wider asks a reason.

Each kind of item has a marking and a reach it starts from, with why. What the sources were marked goes before that, and
what it supersedes binds as well: nothing gets wider by being written anew. Whoever reported may ask for a narrower
marking, and never for a wider one; what it reads itself is not bound by that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.markings import TLP, Reach, most_restrictive
from meldpunt.vocabulary.texts import is_readable

from ..errors import WideningMissing
from ..values import Audience, AudienceKind, Draft, ItemKind, Origin, Reader
from .audiences import REACH, is_of


@dataclass(frozen=True)
class Start:
    """Where an item of some kind starts from: no wider without a reason."""

    tlp: TLP
    reach: Reach
    why: Bilingual


_ONE_PERSON: Final = Start(
    TLP.RED,
    Reach.NAMED_PERSONS,
    Bilingual("alleen voor wie het vraagt of nodig heeft", "for those who are asked or need it, and nobody else"),
)
# TLP:RED binds persons. What an organisation has to carry out is read by its own people, and by nobody beyond it.
_TO_ACT_ON: Final = Start(
    TLP.AMBER_STRICT,
    Reach.NAMED_PERSONS,
    Bilingual("de eigen mensen van de lezer moeten ermee werken", "the reader's own people have to work with it"),
)
_BY_LAW_OPEN: Final = Bilingual("wat zo is vrijgegeven, is openbaar", "what is released like this is public")

STARTS: Final[Mapping[ItemKind, Start]] = {
    ItemKind.ACKNOWLEDGEMENT: _TO_ACT_ON,
    ItemKind.QUESTION: _TO_ACT_ON,
    ItemKind.REPLY: _TO_ACT_ON,
    ItemKind.REMINDER: _TO_ACT_ON,
    ItemKind.CONSULTATION: _ONE_PERSON,
    ItemKind.CONSULTATION_SEQUEL: _ONE_PERSON,
    ItemKind.HEARING: _TO_ACT_ON,
    ItemKind.INQUIRY: _TO_ACT_ON,
    ItemKind.INQUIRY_REMINDER: _TO_ACT_ON,
    ItemKind.INQUIRY_ANSWER: _TO_ACT_ON,
    ItemKind.ADVICE: _TO_ACT_ON,
    ItemKind.ESCALATION: _ONE_PERSON,
    ItemKind.INDICATORS: Start(
        TLP.AMBER_STRICT,
        Reach.OWN_ORGANISATION,
        Bilingual("sensoren van deelnemers moeten ermee werken", "sensors of participants have to work with it"),
    ),
    ItemKind.WARNING: _TO_ACT_ON,
    ItemKind.SITUATION_REPORT: _TO_ACT_ON,
    ItemKind.INFORMATION_REQUEST_DECISION: Start(TLP.CLEAR, Reach.NAMED_PERSONS, _BY_LAW_OPEN),
    ItemKind.OVERVIEW: Start(TLP.CLEAR, Reach.PUBLIC, _BY_LAW_OPEN),
    ItemKind.ADVISORY: _TO_ACT_ON,
    ItemKind.LETTER: _ONE_PERSON,
    ItemKind.ISAC_POST: Start(
        TLP.AMBER,
        Reach.CLIENTS,
        Bilingual("een lid vertelt het aan de tafel van zijn ISAC", "a member tells it at the table of its ISAC"),
    ),
}


def narrowest_tlp(draft: Draft, readers: Sequence[Reader], replaced: Draft | None = None) -> TLP:
    """The marking without a reason: the usual one, and never wider than whoever reported asked."""
    return most_restrictive(usual_tlp(draft, replaced), *asked_of(draft, readers))


def usual_tlp(draft: Draft, replaced: Draft | None = None) -> TLP:
    """Of the sources the strictest, else that of the kind of item; never wider than what it supersedes."""
    own = most_restrictive(*draft.sources) if draft.sources else STARTS[draft.item].tlp
    return most_restrictive(own, replaced.tlp) if replaced else own


def asked_of(draft: Draft, readers: Sequence[Reader]) -> tuple[TLP, ...]:
    """How far those asked it to go who reported what somebody else than they would read."""
    own = (one.tlp for one in draft.origins if any(not is_of(one, reader) for reader in readers))
    return tuple(one for one in (*own, *draft.asked) if one)


def goes_beyond(draft: Draft, origin: Origin, readers: Sequence[Reader]) -> bool:
    """Whether it goes wider than whoever made this report asked."""
    asked = asked_of(replace(draft, origins=(origin,), asked=()), readers)
    return any(draft.tlp.strictness < one.strictness for one in asked)


def widened(draft: Draft, readers: Sequence[Reader], replaced: Draft | None = None) -> tuple[Bilingual, ...]:
    """On what points it goes wider than it had to; nothing where it does not."""
    return tuple(_widened(draft, readers, replaced))


def check_widening(draft: Draft, readers: Sequence[Reader], replaced: Draft | None = None) -> None:
    """Raise WideningMissing where it goes wider and does not say why."""
    points = widened(draft, readers, replaced)
    if points and not is_readable(draft.widening):
        said = Bilingual("; ".join(one.nl for one in points), "; ".join(one.en for one in points))
        raise WideningMissing("Write why it goes wider than it has to: %(points)s.", points=said)


def _widened(draft: Draft, readers: Sequence[Reader], replaced: Draft | None) -> Iterator[Bilingual]:
    start, usual = STARTS[draft.item], usual_tlp(draft, replaced)
    if draft.tlp.strictness < usual.strictness:
        yield Bilingual(f"{draft.tlp} in plaats van {usual}", f"{draft.tlp} instead of {usual}")
    beyond = [one for one in asked_of(draft, readers) if draft.tlp.strictness < one.strictness]
    if beyond:
        asked = most_restrictive(*beyond)
        yield Bilingual(f"{draft.tlp}, en wie meldde vroeg {asked}", f"{draft.tlp}, and who reported asked {asked}")
    if any(_reach(one) > list(Reach).index(start.reach) for one in draft.audience):
        yield Bilingual("een ruimere kring dan de lezers zelf", "a circle wider than its readers themselves")
    if replaced and not all(any(_lies_in(one, other) for other in replaced.audience) for one in draft.audience):
        yield Bilingual("lezers die de vorige versie niet kregen", "readers who did not get the version before it")


def _reach(circle: Audience) -> int:
    return list(Reach).index(REACH[circle.kind])


def _lies_in(circle: Audience, other: Audience) -> bool:
    """Whether everybody of the circle is in the other; where that cannot be told from their names, no."""
    if AudienceKind.DETECTION_NETWORK is circle.kind is other.kind:
        whole = not other.sectors and not other.only
        part = bool(circle.sectors or circle.only)
        return whole or (part and set(circle.sectors) <= set(other.sectors) and set(circle.only) <= set(other.only))
    return circle == other or other.kind is AudienceKind.PUBLIC
