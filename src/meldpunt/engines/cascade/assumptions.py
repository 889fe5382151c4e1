"""What an estimate of consequences rests on, in words for the person who judges it."""

from __future__ import annotations

from meldpunt.engines.cascade.chances import verdict
from meldpunt.engines.cascade.network import DependencyNetwork
from meldpunt.engines.cascade.outage import Outage
from meldpunt.vocabulary import Bilingual


def assumptions_behind(
    network: DependencyNetwork, outage: Outage, *, horizon_hours: int, runs: int
) -> tuple[Bilingual, ...]:
    """The assumptions in order of weight; the first says whose estimates these are."""
    share = round(100 * verdict().fails_from)
    return (
        _origin(network),
        _duration(outage, horizon_hours),
        Bilingual(
            nl=f"{runs} doorrekeningen: sterkte en buffer van elke afhankelijkheid zijn steeds opnieuw getrokken, los"
            " van elkaar, uit een driehoeksverdeling van minste over waarschijnlijke naar grootste waarde.",
            en=f"{runs} runs: strength and buffer of every dependency are drawn anew each time, independently, from a"
            " triangular distribution of least over likely to greatest value.",
        ),
        Bilingual(
            nl="Een buffer beschermt volledig tot hij op is, en daarna niet meer; na herstel is hij meteen weer vol.",
            en="A buffer protects fully until it is used, and not after that; after recovery it is full again at once.",
        ),
        Bilingual(
            nl="Gevolgen van meer afhankelijkheden tellen op, tot een proces geheel stilstaat. Wie afhankelijk is,"
            " werkt weer zodra dat waarop hij leunt weer werkt.",
            en="Effects of several dependencies add up, until a process stands still wholly. Who leans on another works"
            " again as soon as the other does.",
        ),
        Bilingual(
            nl=f"Een proces of dienst heet uitgevallen als ten minste {share} procent ervan stilstaat.",
            en=f"A process or service is called failing when at least {share} percent of it stands still.",
        ),
        verdict().rationale,
        Bilingual(
            nl="Schade en slachtoffers groeien evenredig met duur en omvang; getroffen mensen tellen één keer.",
            en="Damage and casualties grow in proportion to duration and extent; people are counted once.",
        ),
        Bilingual(
            nl="Daling van het reële inkomen is niet geschat. Een dienst telt alleen mee via wat erop leunt.",
            en="The fall in real income was not estimated. A service counts only through what leans on it.",
        ),
    )


def _duration(outage: Outage, horizon_hours: int) -> Bilingual:
    ends = {interruption.until_hour for interruption in outage.values()}
    if ends == {None}:
        return Bilingual(
            nl=f"De uitval duurt de volle {horizon_hours} uur en niemand herstelt of wijkt uit.",
            en=f"The outage lasts the whole {horizon_hours} hours, and nobody recovers or falls back.",
        )
    last = max(end for end in ends if end is not None)
    if None in ends:
        return Bilingual(
            nl=f"Een deel van de uitval eindigt uiterlijk na {last} uur, een deel duurt de volle {horizon_hours} uur.",
            en=f"Part of the outage ends after {last} hours at the latest, part lasts the whole {horizon_hours} hours.",
        )
    return Bilingual(
        nl=f"De oorzaak van de uitval is na {last} uur verholpen; daarvoor wijkt niemand uit.",
        en=f"The cause of the outage is mended after {last} hours; until then nobody falls back.",
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
