"""A feed over two organisations and one network of nobody."""

from __future__ import annotations

from dataclasses import dataclass

from tests.disclosure.cast import Country, found_country

from meldpunt.access.values import JOB, OrganisationId
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency.values import Holding, Registration
from meldpunt.intake import actions as intake_actions
from meldpunt.intake.values import Receipt, ReportId

HEADER = b'"timestamp","ip","protocol","port","hostname","tag","banner"\n'
ROWS = (
    b'"2026-11-20 03:04:05","192.0.2.9","tcp",23,"a.zuiderwiel.example","telnet","=cmd()"\n'
    b'"2026-11-20 03:05:05","192.0.2.10","tcp",23,"b.zuiderwiel.example","telnet","mail beheer@zuiderwiel.example"\n'
    b'"2026-11-20 03:06:05","203.0.113.7","tcp",23,"x.korf.example","telnet","login:"\n'
    b'"2026-11-20 03:07:05","198.51.100.1","tcp",23,"","telnet","login:"\n'
    b'"2026-11-20 03:08:05","198.51.100.2","tcp",23,"","telnet","login:"\n'
    b'"2026-11-20 03:09:05","2001:db8:5::1","tcp",23,"","telnet","login:"\n'
)
NAME = "2026-11-20-scan_telnet-netherlands-geo.csv"


@dataclass(frozen=True)
class Scene:
    """The country with one more company in it, and the feed, attributed."""

    country: Country
    other: OrganisationId
    feed: ReportId
    code: str


def receive_feed() -> Receipt:
    receipt = intake_actions.receive_feed(JOB, raw=HEADER + ROWS, name=NAME)
    intake_actions.attribute_reports(JOB)
    return receipt


def scene() -> Scene:
    country = found_country()
    other = constituency_actions.register_organisation(
        JOB,
        form=Registration(
            kind="constituent",
            sector="transport",
            name="Vervoerder De Korf",
            entity_kind="essential",
            networks=(Holding("203.0.113.0/28"),),
        ),
    )
    receipt = receive_feed()
    return Scene(country, other, receipt.report, receipt.code)
