"""4. The police and an intelligence service look along; what the law refuses is refused in words."""

from __future__ import annotations

from tests.stories.walking import Walker
from tests.stories.week.week import Week

from meldpunt.law import Condition, DataKind

_NATURE = (DataKind.INCIDENT_NATURE, DataKind.IMPACT, DataKind.INDICATORS)
QUESTIONS = "Is dit patroon bij u bekend? Loopt er een onderzoek dat wij met ons advies kunnen verstoren?"
CONSENT = "Lotte Brinkhorstma zei om 09.40 uur aan de telefoon namens het bedrijf ja."
WHY = "there is no ground to disclose this"
POLICE = "Politie, Team High Tech Crime"
SERVICE = "Algemene Inlichtingen- en Veiligheidsdienst"


def play(week: Week) -> None:
    """Asked without consent: refused, and the page says why. Asked on a ground: told, and each view is kept."""
    marit = week.walker("analyst")
    marit.go(week.found["triage"])
    _ask(marit, POLICE, *_NATURE, DataKind.REPORTER_IDENTITY)
    marit.reads("refused", WHY)
    marit.press("Keep the refusal with the report")
    marit.reads("The law refuses asking: Politie, Team High Tech Crime.", WHY)
    _ask(marit, POLICE, *_NATURE, DataKind.REPORTER_IDENTITY, vouch=Condition.REPORTER_CONSENT)
    marit.press("Ask")
    _ask(marit, SERVICE, *_NATURE, DataKind.ORGANISATION_TRAITS, vouch=Condition.RECIPIENT_TASK)
    marit.press("Ask")
    marit.reads(f"Asked: {SERVICE}.")
    _read_refusal(week, marit)
    _view(week, "police-officer", severity="high", objection="none", nature="Een verdachte is in beeld.")
    _view(
        week,
        "general-intelligence-officer",
        severity="severe",
        objection="hold",
        nature="Geen criminele maar een statelijke actor.",
    )
    marit.go(week.found["triage"])
    marit.reads("dissent", "Een verdachte is in beeld.", "Geen criminele maar een statelijke actor.")
    week.keep("analyst", "Een verdachte is in beeld.", "Geen criminele maar een statelijke actor.")
    _ask_back(week, marit)
    _look_back(week, marit)


def _ask(marit: Walker, party: str, *data: DataKind, vouch: Condition | None = None) -> None:
    form = marit.unfold(marit.part("Who looks along"), "Ask parties to look along")
    form.get_by_role("checkbox", name=party).check()
    form.get_by_label("Questions").fill(QUESTIONS)
    for box in form.locator("[name=kinds]").all():
        box.set_checked(box.get_attribute("value") in data)
    for box in form.locator("[name=conditions]").all():
        box.set_checked(box.get_attribute("value") == vouch)
    form.get_by_label("How you know that").fill(CONSENT if vouch is Condition.REPORTER_CONSENT else "")
    marit.press("Show who will see what", among=form)
    marit.reads("Who will see this, and what they will not see", party)


def _read_refusal(week: Week, marit: Walker) -> None:
    """The refusal stands among the disclosures, with its reason."""
    marit.go("/desk/disclosures?state=refused")
    marit.follow(marit.page.locator("tbody th a").first)
    week.keep("analyst", "Why this was refused", WHY)


def _view(week: Week, who: str, *, severity: str, objection: str, nature: str) -> None:
    """A party reads what it was told and gives its view."""
    officer = week.walker(who)
    officer.click("Consultations", among=officer.page.get_by_role("navigation"))
    assert officer.page.locator("tbody tr").count() == 1, "a party sees its own consultation and no other"
    officer.follow(officer.page.locator("tbody th a"))
    officer.reads(QUESTIONS, "Why we may tell you this")
    week.found[f"{who}-consultation"] = officer.path()
    page = officer.page
    page.get_by_label("What do you think it is?").fill(nature)
    page.get_by_label("How grave is it?").select_option(severity)
    page.locator(f"[name=objection][value={objection}]").check()
    page.get_by_label("Why, and what else we should know").fill("Wacht met breed delen tot morgen 12.00 uur.")
    officer.press("Send the view")
    week.keep(who, nature, "Your view")


def _ask_back(week: Week, marit: Walker) -> None:
    """The service asks the desk something, and is answered through the door."""
    officer = week.walker("general-intelligence-officer")
    officer.go(week.found["general-intelligence-officer-consultation"])
    officer.page.get_by_text("Ask the desk something first").click()
    officer.page.get_by_label("Your question to the desk").fill("Sinds wanneer zien zij dit?")
    officer.press("Ask")
    officer.reads("The desk has your question.", "Sinds wanneer zien zij dit?")
    marit.go(week.found["triage"])
    marit.reads("Sinds wanneer zien zij dit?", "not answered yet")
    marit.click("Answer its question")
    marit.page.get_by_label("What you tell the party").fill("Sinds vanochtend zeven uur.")
    marit.press("Show who will see what")
    marit.reads("Sinds vanochtend zeven uur.", SERVICE)
    marit.press("Tell")
    marit.reads("It went through the door.")
    officer.go(week.found["general-intelligence-officer-consultation"])
    week.keep("general-intelligence-officer", "Sinds vanochtend zeven uur.")


def _look_back(week: Week, marit: Walker) -> None:
    """At the decision nobody had been asked yet, and the page of that moment knows nothing of what they said since."""
    marit.go(week.found["triage"])
    history = marit.part("What was known and decided, as it was known")
    marit.follow(history.get_by_role("link", name="as it was known then").first)
    marit.reads("Nobody was asked yet.", "What this page cannot know")
    assert "Geen criminele maar een statelijke actor." not in marit.page.inner_text("main")
