"""How the country comes to be, what happened in it before, and how everybody came in."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import timedelta
from typing import Final

from django.test import Client
from django.utils import timezone
from tests.constituency.keys import Owned, openpgp_key, smime_key
from tests.noninterference.companies import COMPANIES, Company
from tests.noninterference.country import FORWARDER_KEY, PEOPLE, READER_KEYS, SENSOR_KEY, Country

from meldpunt.access import actions as access_actions
from meldpunt.access import queries as access_queries
from meldpunt.access.values import JOB, STRANGER, Actor, ActorId, Door, OrganisationId, Role
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import ContactId, Holding, Hours, Oversight, Person, Registration
from meldpunt.entrypoints.cli.story.people import code_now
from meldpunt.intake import actions as intake_actions
from meldpunt.intake.values import Attached, ReporterDetails, ReportForm
from meldpunt.ledger import actions as ledger_actions
from meldpunt.openness import actions as openness_actions
from meldpunt.openness.values import RequesterDetails, RequestForm
from meldpunt.statistics.periods import quarter_before

_PASSWORD: Final = "riet wuift zacht langs het water"
_TOTP_SECRET: Final = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

_PARTIES: Final = (
    ("police", "police", "public-order", "Politie, Team Digitaal"),
    ("service", "general-intelligence", "central-government", "De Algemene Dienst"),
    ("supervisor", "supervisor", "central-government", "Toezichthouder water"),
    ("other-supervisor", "supervisor", "central-government", "Toezichthouder digitaal"),
    ("ministry", "ministry", "central-government", "Ministerie van Water"),
)
_OTHERS: Final = (("bank", "banking", "Bank De Korenbeurs"), ("energy", "energy", "Netbeheer De Kabelaar"))
_MACHINES: Final = (
    (SENSOR_KEY, Role.SENSOR, "energy"),
    (FORWARDER_KEY, Role.FORWARDER, "other-supervisor"),
    *((key, Role.READER, cast) for cast, key in READER_KEYS.items()),
)
_OPENPGP: Final = ("service", "supervisor", "ministry")
_SMIME: Final = ("bank",)
"""Who has a key, beside the water companies but for the hidden one. Who has none gets a notice."""


def found_country() -> str:
    """Found it where Django's connection stands, let its past happen, let everybody come in; as JSON."""
    organisations = _register()
    isacs = _seat(organisations)
    known = {f"{one.cast}-security": one for one in COMPANIES}
    accounts = {name: _admit(name, role, organisations.get(cast), known.get(name)) for name, role, cast in PEOPLE}
    for key, role, cast in _MACHINES:
        constituency_actions.issue_key(JOB, name=f"{role} {cast}", role=role, organisation=organisations[cast], key=key)
    keyrings = _bring_keys(
        Actor(accounts["duty-officer"], "", Door.DESK, frozenset({Role.DUTY_OFFICER})), organisations
    )
    receipts = _let_pass(organisations, accounts)
    codes = constituency_queries.list_codes(JOB, organisations=list(organisations.values()))
    country = Country(
        organisations={name: str(one) for name, one in organisations.items()},
        codes={name: codes[one] for name, one in organisations.items()},
        accounts={name: str(one) for name, one in accounts.items()},
        isacs=isacs,
        cookies={name: _come_in(name, role, known.get(name)) for name, role, _ in PEOPLE}
        | {name: _come_back(code) for name, code in receipts.items()},
        mailboxes={cast: [person.mail for person in form.people] for cast, form in _forms().items()},
        keyrings=keyrings,
    )
    return json.dumps(asdict(country))


def _register() -> dict[str, OrganisationId]:
    forms = _forms()
    ids = constituency_actions.register_organisations(JOB, forms=list(forms.values()))
    return dict(zip(forms, ids, strict=True))


def _forms() -> dict[str, Registration]:
    forms = {cast: _party(cast, kind, sector, name) for cast, kind, sector, name in _PARTIES}
    forms |= {one.cast: _company(one) for one in COMPANIES}
    return forms | {
        cast: Registration(
            kind="constituent", sector=sector, entity_kind="essential", name=name, people=(_desk_of(cast),)
        )
        for cast, sector, name in _OTHERS
    }


def _party(cast: str, kind: str, sector: str, name: str) -> Registration:
    return Registration(kind="party", party_kind=kind, sector=sector, name=name, people=(_desk_of(cast),))


def _desk_of(cast: str) -> Person:
    return Person(f"Loket {cast}", "meldpunt", _post_of(cast), "+31 88 000 0103", Hours.DAY)


def _post_of(cast: str) -> str:
    return f"post@{cast}.example"


def _bring_keys(officer: Actor, organisations: dict[str, OrganisationId]) -> dict[str, dict[str, str]]:
    """Who has a key brought it, and the desk called. Those of the victims' nights are made, and brought by an act."""
    seen = [one for one in COMPANIES if one.cast != "hidden"]
    waiting = [one.night_mail for one in seen if one.cast != "peer"]
    made = {mail: openpgp_key(mail, name=one.day) for one in seen for mail in (one.mail, one.night_mail)}
    made |= {mail: openpgp_key(mail, name="Loket") for mail in map(_post_of, _OPENPGP)}
    made |= {mail: smime_key(mail) for mail in map(_post_of, _SMIME)}
    for organisation in organisations.values():
        for one in constituency_queries.list_reachable(officer, organisation=organisation):
            if one.mail in made and one.mail not in waiting:
                _verify(officer, one.contact, made[one.mail], organisation)
    return {mail: {"public": one.public.decode("latin-1"), "secret": one.secret.decode()} for mail, one in made.items()}


def _verify(officer: Actor, contact: ContactId, owned: Owned, organisation: OrganisationId) -> None:
    key = constituency_actions.bring_key(officer, contact=contact, raw=owned.public)
    known = constituency_queries.list_reachable(officer, organisation=organisation)
    fingerprint = next(one.fingerprint for way in known for one in way.keys if one.id == key)
    constituency_actions.verify_key(officer, key=key, fingerprint=fingerprint, how="Teruggebeld.")


def _company(one: Company) -> Registration:
    people = (
        Person(one.day, "informatiebeveiliging", one.mail, "+31 88 000 0101", Hours.DAY),
        Person(one.night, "storingsdienst", one.night_mail, "+31 88 000 0102", Hours.NIGHT),
    )
    return Registration(
        kind="constituent",
        sector="drinking-water",
        entity_kind="essential",
        name=one.name,
        aliases=(one.alias,),
        place=one.place,
        people=people,
        networks=(Holding(one.network),),
        domains=(Holding(one.domain),),
        asns=(Holding(one.asn),),
        products=(one.product,),
        vital_processes=("D1",),
    )


def _seat(organisations: dict[str, OrganisationId]) -> dict[str, str]:
    """The four share a table; one sits there unseen, and at a second table nobody of the sector sits yet.

    All of them and the energy company take part in the network.
    """
    isac = constituency_actions.create_isac(JOB, sector="drinking-water", name="ISAC Drinkwater")
    for one in COMPANIES:
        constituency_actions.join_isac(
            JOB, isac=isac, organisation=organisations[one.cast], hidden=one.cast == "hidden", chair=one.cast == "peer"
        )
    side = constituency_actions.create_isac(JOB, sector="drinking-water", name="ISAC Leidingen")
    constituency_actions.join_isac(JOB, isac=side, organisation=organisations["energy"], chair=True)
    for cast in ("energy", *(one.cast for one in COMPANIES)):
        constituency_actions.join_detection_network(JOB, organisation=organisations[cast])
    authorities = ((Oversight.SUPERVISOR, "supervisor"), (Oversight.MINISTRY, "ministry"))
    for oversight, party in authorities:
        constituency_actions.appoint_authority(
            JOB, sector="drinking-water", oversight=oversight, party=organisations[party]
        )
    return {"water": str(isac), "side": str(side)}


def _admit(name: str, role: Role, organisation: OrganisationId | None, company: Company | None) -> ActorId:
    account = constituency_actions.admit_person(
        JOB,
        email=company.mail if company else f"{name}@people.example",
        name=company.day if company else name,
        roles=[role],
        password=_PASSWORD,
        organisation=organisation,
    )
    if organisation is None:
        access_actions.give_second_factor(JOB, account=account, secret=_TOTP_SECRET)
    return account


def _let_pass(organisations: dict[str, OrganisationId], accounts: dict[str, ActorId]) -> dict[str, str]:
    """The bank reports, a system of a supervisor forwards a quarter, somebody asks for documents."""
    bank = Actor(accounts["bank-security"], "", Door.PORTAL, frozenset({Role.CONSTITUENT}), organisations["bank"])
    form = ReportForm(
        title="Valse facturen", text="Er gaan valse facturen rond.", reporter=ReporterDetails(name="N. G.")
    )
    # The key under which evidence is sealed is made with the first file: before there are two worlds.
    bill = Attached("factuur.txt", "text/plain", b"Te betalen: alles.")
    reported = intake_actions.receive_report(bank, form=form, attachments=(bill,))
    intake_actions.receive_forwarded(machine_of(FORWARDER_KEY), items=_quarter())
    asked = openness_actions.receive_request(
        STRANGER, form=RequestForm(subject="Storingen", requester=RequesterDetails(name="De Redactie"))
    )
    intake_actions.attribute_reports(JOB)
    intake_actions.acknowledge_reports(JOB)
    ledger_actions.sign_checkpoint(JOB)
    return {"receipt-of-bank": reported.code, "requester": asked.code}


def _quarter() -> list[dict[str, object]]:
    """Reports of the last whole quarter, of companies and others, so that figures have something to count."""
    first, _ = quarter_before(timezone.localdate())
    sorts = ("availability/ddos", "fraud/phishing", "intrusions/system-compromise")
    named = [(one.name, "drinking-water") for one in COMPANIES] + [(name, sector) for _, sector, name in _OTHERS]
    return [
        {
            "source_reference": f"TZ-{number:04}",
            "title": "Storing van een dienst",
            "description": "Een dienst was een uur niet te bereiken.",
            "organisation": name,
            "sector": sector,
            "type": sorts[number % len(sorts)],
            "occurred_on": (first + timedelta(days=number)).isoformat(),
        }
        for number, (name, sector) in enumerate(named * 4)
    ]


def machine_of(key: str) -> Actor:
    """A sensor or a system that forwards reports."""
    found = access_queries.find_actor_by_key(key)
    assert found is not None
    return found


def _come_in(name: str, role: Role, company: Company | None) -> dict[str, str]:
    browser, mail = Client(), company.mail if company else f"{name}@people.example"
    mount = "/portal" if role in (Role.CONSTITUENT, Role.PARTY) else "/desk"
    browser.post(f"{mount}/account/login/", {"login": mail, "password": _PASSWORD})
    if mount == "/desk":
        browser.post(f"{mount}/account/code/", {"code": code_now(_TOTP_SECRET)})
    inside = browser.get(f"{mount}/", follow=True)
    assert inside.status_code == 200, name
    assert not any("/account/" in address for address, _ in inside.redirect_chain), name
    return _kept(browser)


def _come_back(code: str) -> dict[str, str]:
    browser = Client()
    assert browser.post("/follow", {"code": code}).status_code == 302
    return _kept(browser)


def _kept(browser: Client) -> dict[str, str]:
    return {name: morsel.value for name, morsel in browser.cookies.items()}
