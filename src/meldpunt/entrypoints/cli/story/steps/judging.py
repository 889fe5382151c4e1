"""3. A vulnerability that a report names: is it exploited, how grave is it, and who uses what is vulnerable."""

from __future__ import annotations

from datetime import timedelta

from meldpunt.access.values import JOB
from meldpunt.triage import actions as triage_actions
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.values import VulnerabilityForm

from ..world import World, story_bytes

CVE = "CVE-2999-4711"
VECTOR = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
ANSWERS = {
    "pro_standard": "yes",
    "pro_exploit": "exploit",
    "pro_details": "full",
    "pro_access": "internet",
    "pro_credent": "none",
    "pro_complexity": "easy",
    "pro_userint": "none",
    "pro_exploited": "limited",
    "pro_expect": "yes",
    "pro_solution": "under-two-months",
    "dmg_dos": "infrastructure",
    "dmg_codeexec": "admin",
    "dmg_remrights": "root-shell",
    "dmg_privesc": "no",
    "dmg_infoleak": "data",
}
POINTS = {"E": "A", "A": "Y", "TI": "T", "MWI": "H", "KEV": "Y", "AE": "Y"}


def play(world: World) -> None:
    """Load what EPSS and KEV say, judge the vulnerability, and see who uses the product."""
    analyst, report = world.actor("analyst"), world.receipts["vpn"].report
    triage_actions.load_epss(JOB, raw=_of_today(world, "epss.csv"))
    triage_actions.load_kev(JOB, raw=_of_today(world, "kev.json"))
    form = VulnerabilityForm(vectors=(VECTOR,), answers=ANSWERS, points=POINTS)
    judged = triage_actions.assess_vulnerability(analyst, report=report, cve=CVE, form=form)
    decided = judged.outcome.name.en if judged.outcome else "-"
    chance, damage = judged.probability.rating, judged.damage.rating
    world.tell(f"  {CVE}: CVSS {judged.scored[0].score}, chance {chance}, damage {damage}, decision {decided}")
    using = triage_queries.list_product_users(analyst, report=report, cve=CVE)
    sectors = ", ".join(f"{sector} {count}" for sector, count in using.tied.by_sector)
    world.tell(f"  who uses it: {sectors}; by code, and the names stay sealed")


def _of_today(world: World, name: str) -> bytes:
    """A file of the story as if it were published today."""
    days = {"DAY": world.today, "ADDED": world.today - timedelta(days=2), "DUE": world.today + timedelta(days=12)}
    raw = story_bytes(name).decode()
    for word, day in days.items():
        raw = raw.replace(word, day.isoformat())
    return raw.encode()
