"""What an estimate of consequences rests on, in words for the person who judges it."""

from __future__ import annotations

from meldpunt.engines.cascade.chances import verdict
from meldpunt.engines.cascade.network import DependencyNetwork
from meldpunt.engines.cascade.outage import Outage
from meldpunt.vocabulary import Bilingual

_HOW_IT_RUNS = (
    Bilingual(
        nl="Een buffer beschermt volledig tot hij op is, en daarna niet meer: bij een buffer van 4 uur en een"
        " uitval van 10 uur staat wie ervan afhangt stil van uur 4 tot uur 10, en bij een uitval van 4 uur of"
        " korter niet."
        " Na herstel is een buffer meteen weer vol.",
        en="A buffer protects fully until it is used, and not after that: with a buffer of 4 hours and an outage"
        " of 10 hours, who leans on it stands still from hour 4 to hour 10, and with an outage of 4 hours or less"
        " not at all. After recovery a buffer is full again at once.",
    ),
    Bilingual(
        nl="Gevolgen van meer afhankelijkheden tellen op, tot een proces geheel stilstaat. Wie afhankelijk is,"
        " werkt weer zodra dat waarop hij leunt weer werkt.",
        en="Effects of several dependencies add up, until a process stands still wholly. Who leans on another works"
        " again as soon as the other does.",
    ),
)
_HOW_IT_COUNTS = (
    Bilingual(
        nl="Het oordeel telt van elk uur: de schade en slachtoffers tot het einde, en de meeste getroffen mensen en"
        " de meeste andere sectoren die in een en hetzelfde uur uitvallen.",
        en="The verdict counts every hour: damage and casualties up to the end, and the most people in distress and"
        " the most other sectors that fail in one and the same hour.",
    ),
    Bilingual(
        nl="Schade en slachtoffers groeien evenredig met duur en omvang; getroffen mensen tellen één keer.",
        en="Damage and casualties grow in proportion to duration and extent; people are counted once.",
    ),
    Bilingual(
        nl="Daling van het reële inkomen is niet geschat. Een dienst telt alleen mee via wat erop leunt.",
        en="The fall in real income was not estimated. A service counts only through what leans on it.",
    ),
)


def assumptions_behind(
    network: DependencyNetwork, outage: Outage, *, horizon_hours: int, now_hour: int, runs: int, usual_runs: int
) -> tuple[Bilingual, ...]:
    """The assumptions in order of weight; the first says whose estimates these are."""
    share = round(100 * verdict().fails_from)
    return (
        _origin(network),
        _duration(outage, horizon_hours, now_hour),
        _how_often(runs, usual_runs),
        *_HOW_IT_RUNS,
        Bilingual(
            nl=f"Een proces of dienst heet uitgevallen als ten minste {share} procent ervan stilstaat.",
            en=f"A process or service is called failing when at least {share} percent of it stands still.",
        ),
        verdict().rationale,
        *_HOW_IT_COUNTS,
    )


def _how_often(runs: int, usual: int) -> Bilingual:
    nl = f" (minder dan de gebruikelijke {usual}; daardoor is de foutmarge ruimer)" if runs < usual else ""
    en = f" (fewer than the usual {usual:,}, so the margin of error is wider)" if runs < usual else ""
    return Bilingual(
        nl=f"{runs} doorrekeningen{nl}: sterkte en buffer van elke afhankelijkheid zijn steeds opnieuw getrokken, los"
        " van elkaar, uit een driehoeksverdeling van minste over waarschijnlijke naar grootste waarde.",
        en=f"{runs} runs{en}: strength and buffer of every dependency are drawn anew each time, independently, from a"
        " triangular distribution of least over likely to greatest value.",
    )


def _duration(outage: Outage, horizon_hours: int, now_hour: int) -> Bilingual:
    ends = [interruption.until_hour for interruption in outage.values()]
    last = max((end - now_hour for end in ends if end is not None), default=0)
    if None in ends and last <= 0:
        return Bilingual(
            nl=f"De uitval duurt de volle {horizon_hours} uur en niemand herstelt of wijkt uit.",
            en=f"The outage lasts the whole {horizon_hours} hours, and nobody recovers or falls back.",
        )
    if None in ends:
        return Bilingual(
            nl=f"Een deel van de uitval eindigt uiterlijk na {last} uur, een deel duurt de volle {horizon_hours} uur.",
            en=f"Part of the outage ends after {last} hours at the latest, part lasts the whole {horizon_hours} hours.",
        )
    if last <= 0:
        return Bilingual(
            nl="De oorzaak van de uitval is verholpen; wat nu nog stilstaat, herstelt.",
            en="The cause of the outage is mended; what still stands still recovers.",
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
