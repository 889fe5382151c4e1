"""Whatever points at who reported is gone from the words that others read, in any of its guises."""

from __future__ import annotations

from dataclasses import replace

import pytest

from meldpunt.access.values import JOB
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency.values import Holding, Hours, Person, Registration
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import Attachment, LeftOutReason, Origin
from meldpunt.law import DataKind

from . import cast

pytestmark = pytest.mark.django_db

REPORTER = Registration(
    kind="constituent",
    sector="drinking-water",
    name="Waterschap De Kreek",
    entity_kind="essential",
    aliases=("WDK", "Kreekwater"),
    people=(Person("Sjoerd van der Plas", "CISO", "sjoerd@dekreek.example", "+31 20 555 0142", Hours.NIGHT),),
    networks=(Holding("198.51.100.64/28"), Holding("2001:db8:66::/48")),
    domains=(Holding("dekreek.example"),),
    asns=(Holding("64512"),),
    products=("Getijde 4", "Vlonder"),
)
PEER = Registration(
    kind="constituent",
    sector="drinking-water",
    name="Waterbedrijf Zuid",
    entity_kind="essential",
    products=("vlonder",),
)
ELSEWHERE = Registration(
    kind="constituent", sector="energy", name="Stroom Noord", entity_kind="essential", products=("Getijde 4",)
)


@pytest.fixture
def country() -> cast.Country:
    return cast.found_country()


@pytest.fixture
def origin(country: cast.Country) -> Origin:
    reporter, _, _ = constituency_actions.register_organisations(JOB, forms=(REPORTER, PEER, ELSEWHERE))
    return cast.origin_at(reporter)


def read_by_others(country: cast.Country, origin: Origin, words: str) -> str:
    draft = cast.for_intelligence(country, cast.told(DataKind.INCIDENT_NATURE, words), origins=(origin,))
    preview = disclosure_queries.preview_disclosure(cast.analyst(), draft=draft)
    return preview.edited.parts[0].text


@pytest.mark.parametrize(
    "telling",
    [
        "Waterschap De Kreek",
        "waterschap  de kreek",
        "WDK",
        "Kreekwater",
        "Sjoerd van der Plas",
        "sjoerd@dekreek.example",
        "020-5550142",
        "+31 20 555 0142",
        "scada.dekreek.example",
        "hxxps://scada[.]dekreek[.]example/login",
        "198.51.100.70",
        "198[.]51[.]100[.]70",
        "2001:db8:66::1",
        "AS64512",
        "AS 64512",
        "Getijde 4",
    ],
)
def test_what_points_at_the_reporter_is_marked(country: cast.Country, origin: Origin, telling: str) -> None:
    said = read_by_others(country, origin, f"Het begon bij {telling}, gisteren.")
    assert telling.casefold() not in said.casefold()
    assert said.startswith("Het begon bij [")
    assert said.endswith(" gisteren.")


@pytest.mark.parametrize("shared", ["Vlonder", "198.51.100.90", "dekreken.example", "AS64513"])
def test_what_points_at_nobody_stays(country: cast.Country, origin: Origin, shared: str) -> None:
    words = f"Het begon bij {shared}, gisteren."
    assert read_by_others(country, origin, words) == words


def test_a_product_of_one_in_the_sector_points_at_it_whatever_others_use(country: cast.Country, origin: Origin) -> None:
    third = replace(PEER, name="Waterbedrijf Noord", products=("getijde 4",))
    assert "Getijde" not in read_by_others(country, origin, "Het lag aan Getijde 4.")
    constituency_actions.register_organisations(JOB, forms=(third,))
    assert read_by_others(country, origin, "Het lag aan Getijde 4.") == "Het lag aan Getijde 4."


def test_the_reporter_itself_reads_its_own_product(country: cast.Country, origin: Origin) -> None:
    assert origin.organisation
    draft = cast.draft_for(
        cast.to(origin.organisation), cast.told(DataKind.ADVICE, "Werk Getijde 4 bij."), origins=(origin,)
    )
    (part,) = disclosure_queries.preview_disclosure(cast.analyst(), draft=draft).draft.parts
    assert part.text == "Werk Getijde 4 bij."


def test_a_file_that_names_the_product_does_not_go_along(country: cast.Country, origin: Origin) -> None:
    file = Attachment("log.txt", "text/plain", b"Getijde 4 crashed", DataKind.INCIDENT_NATURE)
    draft = replace(cast.for_intelligence(country, origins=(origin,)), attachments=(file,))
    edited = disclosure_queries.preview_disclosure(cast.analyst(), draft=draft).edited
    assert edited.attachments == ()
    assert [one.reason for one in edited.left_out] == [LeftOutReason.IDENTIFIES]
