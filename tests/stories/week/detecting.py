"""6. Indicators go to the detection network; a sighting comes back, and nobody learns whose it was."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.stories.walking import Walker
from tests.stories.week.week import Week

DOMAIN = "stuurpost.nachtuil.example"
ADDRESS = "203.0.113.140"
OBSERVER = "Hoogspanningsnet De Kabelaar"


def play(week: Week) -> None:
    """From the case to the network, to a sensor, and back as a report without an observer."""
    marit = week.walker("analyst")
    marit.go(week.found["case"].replace("/cases/", "/detection/from-case/"))
    for shown in ("stuurpost[.]nachtuil[.]example", "203[.]0[.]113[.]140"):
        marit.page.get_by_role("checkbox", name=shown).check()
    marit.page.get_by_label("What it is a sign of").fill("Gezien bij een storing van een besturing.")
    # Sensors may block, which whoever is behind it notices: the usual PAP:AMBER does not allow that.
    marit.page.get_by_label("PAP", exact=True).select_option("PAP:GREEN")
    marit.press("Write it down")
    marit.press("Who would see these?")
    marit.reads("stuurpost[.]nachtuil[.]example")
    marit.page.get_by_label("Reason").fill("Het landelijk beeld: zien anderen dit ook?")
    marit.press("Tell the network")
    week.found["indicators"] = marit.path()
    week.keep("analyst", "Het landelijk beeld: zien anderen dit ook?")
    reference = _sight(week)
    _come_back(week, marit, reference)


def _sight(week: Week) -> str:
    """The sensor fetches the bundle and posts that it saw the domain."""
    status, bundle = week.call("sensor", "indicators")
    assert status == 200, bundle
    objects = bundle["objects"]
    assert isinstance(objects, list)
    indicators = [one for one in objects if one["type"] == "indicator"]
    assert {DOMAIN, ADDRESS} <= {sign for one in indicators for sign in (DOMAIN, ADDRESS) if sign in one["pattern"]}
    seen = next(one["id"] for one in indicators if DOMAIN in one["pattern"])
    at = (datetime.now(UTC) - timedelta(minutes=20)).isoformat()
    status, receipt = week.call("sensor", "sightings", {"indicator": seen, "seenAt": at, "count": 3})
    assert status == 201, receipt
    return str(receipt["reference"])


def _come_back(week: Week, marit: Walker, reference: str) -> None:
    marit.click("Queue")
    marit.go("/desk/?channel=sighting&state=all")
    marit.click(reference)
    marit.reads("Sealed.")
    assert OBSERVER not in marit.page.content(), "the observer is named"
    assert "De Kabelaar" not in marit.page.content(), "the observer is named"
    week.keep("analyst", reference)
    marit.click("Detection")
    marit.reads("The national picture", "stuurpost[.]nachtuil[.]example", "fewer than three")
    assert "Kabelaar" not in marit.page.content(), "the observer is named"
