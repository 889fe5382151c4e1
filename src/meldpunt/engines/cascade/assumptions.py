"""What an estimate of consequences rests on, in words for the person who judges it."""

from __future__ import annotations

from meldpunt.engines.cascade.network import DependencyNetwork
from meldpunt.vocabulary import Bilingual


def assumptions_behind(network: DependencyNetwork, *, horizon_hours: int, fails_from: float) -> tuple[Bilingual, ...]:
    """The assumptions in order of weight; the first says whose estimates these are."""
    share = round(100 * fails_from)
    return (
        _origin(network),
        Bilingual(
            nl=f"De uitval duurt de volle {horizon_hours} uur en niemand herstelt of wijkt uit.",
            en=f"The outage lasts the whole {horizon_hours} hours, and nobody recovers or falls back.",
        ),
        Bilingual(
            nl="Een buffer beschermt volledig tot hij op is, en daarna niet meer.",
            en="A buffer protects fully until it is used, and not after that.",
        ),
        Bilingual(
            nl="Gevolgen van meer afhankelijkheden tellen op, tot een proces geheel stilstaat.",
            en="Effects of several dependencies add up, until a process stands still wholly.",
        ),
        Bilingual(
            nl=f"Een proces heet uitgevallen als ten minste {share} procent ervan stilstaat.",
            en=f"A process is called failing when at least {share} percent of it stands still.",
        ),
        Bilingual(
            nl="Schade en slachtoffers groeien evenredig met duur en omvang; getroffen mensen tellen één keer.",
            en="Damage and casualties grow in proportion to duration and extent; people are counted once.",
        ),
        Bilingual(
            nl="Daling van het reële inkomen is niet geschat.",
            en="The fall in real income was not estimated.",
        ),
    )


def _origin(network: DependencyNetwork) -> Bilingual:
    day = network.estimated_on.isoformat()
    if network.verified:
        return Bilingual(
            nl=f"Sterkten en gevolgen: {network.source.nl}, {day}, geverifieerd.",
            en=f"Strengths and impacts: {network.source.en}, {day}, verified.",
        )
    return Bilingual(
        nl=f"Sterkten en gevolgen zijn niet geverifieerd ({network.source.nl}, {day}).",
        en=f"Strengths and impacts are not verified ({network.source.en}, {day}).",
    )
