"""No list of the desk asks more of the database because it is longer."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.advice import cast as advice_cast
from tests.campaigns import cast as campaign_cast
from tests.cases.cast import another_report
from tests.constituency.cast import member_of, register
from tests.constituency.keys import openpgp_key
from tests.desk.cast import Room, room
from tests.desk_outward.cast import Colleague, colleague
from tests.detection import cast as detection_cast
from tests.disclosure import cast as door_cast
from tests.disclosure.posts import tell
from tests.disclosure.servers import settings_for
from tests.openness import cast as openness_cast
from tests.response import cast as response_cast
from tests.statistics import cast as statistics_cast
from tests.triage.cast import consult, consult_police, party, told
from tests.web.statements import ask, assert_asks_no_more

from meldpunt.access.actions import create_account
from meldpunt.access.values import JOB, OrganisationId, Role
from meldpunt.advice import actions as advice_actions
from meldpunt.advice.values import AnswerKind, MeasureForm
from meldpunt.campaigns import actions as campaign_actions
from meldpunt.cases import actions as case_actions
from meldpunt.cases.values import PartyRole
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import Holding, Hours, Person, Registration
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure.values import Unshown
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.feed_values import ColumnMapping, ColumnUse
from meldpunt.intake.values import ReportId
from meldpunt.law import Condition
from meldpunt.openness import actions as openness_actions
from meldpunt.response import actions as response_actions
from meldpunt.statistics import actions as statistics_actions
from meldpunt.triage import actions as triage_actions
from meldpunt.triage.values import Decision, Disruption, ViewForm, VulnerabilityForm

pytestmark = pytest.mark.django_db
MORE = 3


def times(grow: Callable[[int], object]) -> Callable[[], None]:
    """Some more of the same, numbered."""

    def grow_all() -> None:
        for number in range(MORE):
            grow(number)

    return grow_all


def company(number: int = 0) -> OrganisationId:
    """A constituent that nobody else is."""
    network = Holding(f"2001:db8:{uuid4().hex[:4]}:{number:x}::/64")
    return register(
        Registration(
            kind="constituent", sector="energy", name=f"Net {uuid4()}", entity_kind="essential", networks=(network,)
        )
    )


def statutory() -> ReportId:
    """A report with clocks, by a company of its own, as far as triage comes with it."""
    report = intake_actions.receive_report(
        member_of(company()), form=told("Een ander bedrijf", "Alles staat stil.")
    ).report
    analyst = door_cast.analyst()
    triage_actions.take_report(analyst, report=report)
    triage_actions.override_disruption(analyst, report=report, disruption=Disruption.LIKELY, reason="Energie valt uit.")
    return report


@pytest.fixture
def desk() -> Room:
    return room()


# --- casework --------------------------------------------------------------------------------------------


def test_the_queue(desk: Room) -> None:
    statutory()
    assert_asks_no_more(desk.browser, "/desk/", times(lambda _: statutory()))


def test_the_page_of_a_report_with_more_consultations(desk: Room) -> None:
    consult_police(desk.desk)
    consult(desk.desk, desk.desk.service)

    def ask_another(number: int) -> None:
        whom = party("police", f"Politie {number}")
        allowed = (Condition.CRIMINAL_OFFENCE_SUSPECTED, Condition.RISK_OF_SOCIETAL_DISRUPTION)
        asked = consult(desk.desk, whom, *allowed)
        disclosure_actions.approve_disclosure(
            desk.desk.officer, disclosure=asked.disclosure.id, reason="Gezien.", seen=asked.disclosure.sight
        )
        triage_actions.give_view(whom, consultation=asked.id, form=ViewForm(text="Wij kennen dit."))
        consult(desk.desk, whom)

    assert_asks_no_more(desk.browser, desk.report, times(ask_another))


def test_the_page_of_a_report_with_more_that_is_like_it(desk: Room) -> None:
    another_report(desk.desk)
    assert_asks_no_more(desk.browser, desk.report, times(lambda _: another_report(desk.desk)))


def test_the_page_of_a_value_that_more_reports_and_cases_name(desk: Room) -> None:
    actor = desk.browser.actor
    named = intake_queries.list_observables(actor, report=desk.desk.receipt.report, value="203.0.113.66")

    def name_it_again(number: int) -> None:
        another_report(desk.desk)
        report = another_report(desk.desk, title=f"Melding {number}")
        case_actions.accept_report(desk.desk.analyst, report=report, title=f"Zaak {number}", reason="Hetzelfde adres.")

    name_it_again(MORE)
    assert_asks_no_more(desk.browser, f"/desk/observables/{named[0].id}", times(name_it_again))


def test_the_page_of_what_was_set_aside(desk: Room) -> None:
    def spam(number: int) -> None:
        raw = b"From: a@nepwinkel.example\r\nX-Spam-Flag: YES\r\n\r\nKoop %d" % number
        report = intake_actions.receive_mail(JOB, raw=raw, envelope_sender="b@nepwinkel.example").report
        triage_actions.decide_report(desk.browser.actor, report=report, decision=Decision.SET_ASIDE, reason="Reclame.")

    spam(9)
    assert_asks_no_more(desk.browser, "/desk/reports/set-aside", times(spam))


def test_the_rows_of_a_feed_and_the_mappings_of_sources(desk: Room) -> None:
    attributes = [{"type": "ip-dst", "value": f"192.0.2.{number}", "to_ids": True} for number in range(5)]
    short, long = (
        intake_actions.receive_feed(JOB, raw=json.dumps({"info": "x", "Attribute": some}).encode(), name="event.json")
        for some in (attributes[:1], attributes)
    )
    few, many = (ask(desk.browser, f"/desk/reports/{one.report}/rows") for one in (short, long))
    assert len(few.page) < len(many.page)
    assert len(few.statements) >= len(many.statements)

    def another_mapping(number: int) -> None:
        mapping = ColumnMapping((f"ip {number}",), (ColumnUse.ADDRESS,))
        intake_actions.make_feed_mapping(desk.desk.analyst, name=f"Bron {number}", file_name="", mapping=mapping)

    another_mapping(MORE)
    assert_asks_no_more(desk.browser, "/desk/feeds", times(another_mapping))


def test_the_cases(desk: Room) -> None:
    def open_case(number: int) -> None:
        case_actions.accept_report(desk.desk.analyst, report=statutory(), title=f"Zaak {number}", reason="Ernstig.")

    open_case(0)
    assert_asks_no_more(desk.browser, "/desk/cases", times(open_case))


def test_the_page_of_a_case(desk: Room) -> None:
    analyst = desk.desk.analyst
    case = case_actions.accept_report(analyst, report=desk.desk.receipt.report, title="Pompen", reason="Ernstig.")

    def add_to_it(number: int) -> None:
        case_actions.accept_report(analyst, report=statutory(), case=case, reason="Hetzelfde.")
        case_actions.add_entry(analyst, case=case, text=f"Gebeld, {number}.")
        case_actions.add_task(analyst, case=case, title=f"Bel terug, {number}.")
        case_actions.add_document(analyst, case=case, title=f"Verslag {number}", text="Wat er gezegd is.")
        case_actions.add_observables(analyst, case=case, text=f"203.0.113.{number + 10}")
        case_actions.add_party(analyst, case=case, organisation=company(), role=PartyRole.VICTIM)

    add_to_it(MORE)
    assert_asks_no_more(desk.browser, f"/desk/cases/{case}", times(add_to_it))


def test_the_law_asks_as_much_of_the_database_where_no_act_holds_as_where_all_do(desk: Room) -> None:
    before_all, now = (ask(desk.browser, f"/desk/law?on={day}") for day in ("1900-01-01", "2026-11-23"))
    question = ask(desk.browser, "/desk/law/verdict?on=2026-11-23&kind=disclose&recipient=police&purpose=consult")
    assert len(now.page) > 2 * len(before_all.page)
    assert now.statements == before_all.statements == question.statements


# --- what goes out -----------------------------------------------------------------------------------------


def test_the_deliveries_that_need_somebody(settings: Settings) -> None:
    country = door_cast.found_country()
    settings.MAIL = settings_for("smtp://127.0.0.1:1")
    browser = colleague(Role.ANALYST)
    tell(country)
    assert_asks_no_more(browser, "/desk/deliveries", times(lambda _: tell(country)))


def test_the_keys_of_many(settings: Settings) -> None:
    def bring(number: int) -> None:
        people = (Person("Jo", "CISO", f"jo{number}@net.example", "+31 20 555 0100", Hours.DAY),)
        name = f"Net {uuid4()}"
        form = Registration(kind="constituent", sector="energy", name=name, entity_kind="essential", people=people)
        (contact,) = constituency_queries.list_reachable(
            door_cast.duty_officer(), organisation=constituency_actions.register_organisation(JOB, form=form)
        )
        raw = openpgp_key(contact.mail).public
        constituency_actions.bring_key(door_cast.duty_officer(), contact=contact.contact, raw=raw)

    bring(0)
    assert_asks_no_more(colleague(Role.DUTY_OFFICER), "/desk/keys", times(bring))


def test_the_machines_of_an_organisation() -> None:
    country, browser = door_cast.found_country(), colleague(Role.DUTY_OFFICER)

    def hand_out(number: int) -> None:
        constituency_actions.hand_out_key(JOB, organisation=country.water, name=f"Machine {number}")

    hand_out(0)
    assert_asks_no_more(browser, f"/desk/organisations/{country.water}", times(hand_out))


def test_the_vulnerabilities(desk: Room) -> None:
    report = intake_actions.receive_report(desk.desk.reporter, form=told(text="Wij zien CVE-2999-0001.")).report
    form = VulnerabilityForm(points={"E": "A"}, products=("Sluispoort",))

    def judge(number: int) -> None:
        register(Registration(kind="constituent", sector="energy", name=f"N {uuid4()}", products=("Sluispoort",)))
        for cve in ("CVE-2999-0001", f"CVE-2999-{uuid4().int % 10**9:09}"):
            triage_actions.assess_vulnerability(desk.desk.analyst, report=report, cve=cve, form=form)

    judge(MORE)
    for page in ("vulnerabilities", f"reports/{report}", f"reports/{report}/vulnerabilities/CVE-2999-0001"):
        assert_asks_no_more(desk.browser, f"/desk/{page}", times(judge))


def test_the_disclosures() -> None:
    country, browser = door_cast.found_country(), colleague(Role.DUTY_OFFICER)

    def disclose(number: int) -> None:
        draft = door_cast.for_intelligence(
            country, origins=(door_cast.origin_at(country.water),), title=f"Nr. {number}"
        )
        disclosure_actions.disclose(door_cast.analyst(), draft=draft, reason="Nodig.", seen=Unshown.IN_A_PROGRAM)

    disclose(MORE)
    assert_asks_no_more(browser, "/desk/disclosures", times(disclose))


def test_the_page_of_a_joint_response() -> None:
    scene = response_cast.scene()
    browser, active = colleague(Role.ANALYST), response_cast.activated(scene)

    def go_on(number: int) -> None:
        response_actions.add_members(scene.desk.analyst, activation=active.id, members=[company()])
        due_at = timezone.now() + timedelta(hours=1)
        response_actions.assign_action(
            scene.desk.analyst, activation=active.id, organisation=scene.water, text=f"Bel, {number}.", due_at=due_at
        )
        response_actions.hand_over(scene.desk.analyst, activation=active.id, open_points=f"Nog {number}.")
        response_actions.publish_situation_report(
            scene.desk.analyst,
            activation=active.id,
            title=f"Stand {number}",
            parts=[response_cast.PICTURE],
            reason="Stand.",
            seen=Unshown.IN_A_PROGRAM,
        )

    go_on(MORE)
    assert_asks_no_more(browser, f"/desk/responses/{active.id}", times(go_on))


def test_the_joint_responses() -> None:
    scene = response_cast.scene()
    browser = colleague(Role.ANALYST)
    response_cast.activated(scene)

    def start(number: int) -> None:
        analyst = scene.desk.analyst
        case = case_actions.accept_report(analyst, report=statutory(), title=f"Zaak {number}", reason="Ernstig.")
        response_actions.activate_response(analyst, case=case, reason="Samen.", members=response_cast.members_of(scene))

    assert_asks_no_more(browser, "/desk/responses", times(start))


def test_the_advice() -> None:
    scene = advice_cast.scene()
    browser = colleague(Role.ANALYST)
    advice_cast.given(scene)
    assert_asks_no_more(browser, "/desk/advice", times(lambda _: advice_cast.given(scene)))


@pytest.mark.parametrize("page", ["", "/escalation"])
def test_advice_with_more_measures(page: str) -> None:
    scene = advice_cast.scene()
    browser = colleague(Role.DUTY_OFFICER)

    def advise(measures: int) -> str:
        today = timezone.localdate()
        advice = advice_actions.write_advice(
            scene.desk.analyst,
            case=scene.case,
            organisation=scene.water,
            title="Sluit af",
            introduction="Iemand is binnen.",
            measures=[MeasureForm(f"Maatregel {number}.", due_on=today) for number in range(measures)],
            due_on=today,
        )
        advice_actions.give_advice(scene.desk.analyst, advice=advice.id, reason="Nu.", seen=Unshown.IN_A_PROGRAM)
        for measure in advice.measures:
            advice_actions.answer_measure(
                scene.desk.reporter, measure=measure.id, answer=AnswerKind.REFUSE, reason="Geen geld."
            )
        return f"/desk/advice/{advice.id}{page}"

    # Two pieces of advice: the page of the longer one asks as much as that of the shorter one.
    addresses = iter([advise(1)])
    browser.get(next(addresses))
    few, many = (asked_of(browser, advise(count)) for count in (1, 1 + MORE))
    assert many <= few


def asked_of(browser: Colleague, address: str) -> int:
    return len(ask(browser, address).statements)


def test_the_campaigns_and_their_packages() -> None:
    scene = campaign_cast.scene()
    browser, analyst = colleague(Role.ANALYST), door_cast.analyst()

    def prepare(number: int = 0) -> str:
        made = campaign_actions.prepare_campaign(
            analyst, report=scene.feed, title=f"Telnet {number}", text="Zet het uit."
        )
        campaign_actions.send_wave(analyst, campaign=made.id, reason="Nu.", seen=Unshown.IN_A_PROGRAM)
        return f"/desk/campaigns/{made.id}"

    page = prepare()
    assert_asks_no_more(browser, "/desk/campaigns", times(prepare))
    few = asked_of(browser, page)
    for number in range(MORE):
        register(
            Registration(
                kind="constituent",
                sector="energy",
                name=f"Net {number}",
                entity_kind="essential",
                networks=(Holding(f"198.51.100.{number}/32"),),
            )
        )
    rows = b"".join(
        b'"2026-11-20 03:04:05","198.51.100.%d","tcp",23,"","telnet","login:"\n' % number for number in range(MORE)
    )
    feed = intake_actions.receive_feed(
        JOB, raw=campaign_cast.HEADER + campaign_cast.ROWS + rows, name=campaign_cast.NAME.replace("20-", "21-")
    )
    intake_actions.attribute_reports(JOB)
    made = campaign_actions.prepare_campaign(analyst, report=feed.report, title="Telnet", text="Zet het uit.")
    campaign_actions.send_wave(analyst, campaign=made.id, reason="Nu.", seen=Unshown.IN_A_PROGRAM)
    assert asked_of(browser, f"/desk/campaigns/{made.id}") <= few


def test_the_national_picture() -> None:
    country = detection_cast.found_country()
    browser = colleague(Role.ANALYST)

    def go_on(number: int) -> None:
        indicator = detection_cast.add(f"198.51.100.{number + 20}")
        detection_cast.tell(indicator)
        for by in range(len(country.participants)):
            detection_cast.see(country, indicator, by=by, times=3)

    go_on(MORE)
    assert_asks_no_more(browser, "/desk/detection", times(go_on))


def test_the_requests() -> None:
    openness_cast.found_country()
    browser = colleague(Role.WOO_OFFICER)
    openness_cast.ask()
    assert_asks_no_more(browser, "/desk/requests", times(lambda _: openness_cast.ask()))


def test_the_page_of_a_request_and_of_a_document() -> None:
    country = openness_cast.found_country()
    browser, receipt = colleague(Role.WOO_OFFICER), openness_cast.ask()
    selection = openness_cast.select(country, receipt)
    openness_cast.withhold(selection, openness_cast.PERSON, "woo-5.1-2-e")

    def take_another(number: int) -> None:
        document = case_actions.add_document(
            openness_cast.analyst(), case=country.case, title=f"Verslag {number}", text=openness_cast.TEXT
        )
        other = openness_actions.select_document(openness_cast.officer(), request=receipt.request, document=document)
        openness_cast.withhold_all(other)

    assert_asks_no_more(browser, f"/desk/requests/{receipt.request}", times(take_another))
    page = f"/desk/selections/{selection.id}"
    few = asked_of(browser, page)
    openness_cast.withhold(selection, openness_cast.NAME, "woo-5.1-2-i")
    openness_cast.withhold(selection, openness_cast.ADDRESS, "woo-5.1-1-c")
    assert asked_of(browser, page) <= few


def test_the_overviews() -> None:
    browser = colleague(Role.STATISTICIAN)
    first, last = statistics_cast.period()
    statistics_cast.report(company(), sector="energy", kind="ransomware")

    def compile_another(number: int) -> None:
        earlier = timedelta(days=40 * number)
        made = statistics_actions.compile_overview(
            statistics_cast.statistician(), first_day=first - earlier, last_day=last - earlier
        )
        statistics_actions.publish_overview(
            statistics_cast.statistician(), overview=made, reason="Klaar.", seen=Unshown.IN_A_PROGRAM
        )

    compile_another(MORE)
    assert_asks_no_more(browser, "/desk/figures", times(compile_another))


def test_the_ledger(desk: Room) -> None:
    intake_actions.receive_report(desk.browser.actor, form=told())
    assert_asks_no_more(desk.browser, "/desk/ledger", times(work_as_somebody_new))


def work_as_somebody_new(number: int) -> None:
    triage_actions.take_report(
        colleague(Role.ANALYST, name=f"Noor {number}").actor, report=statutory(), from_colleague=True
    )


def test_the_organisations(desk: Room) -> None:
    assert_asks_no_more(desk.browser, "/desk/organisations", times(company))


def test_the_new_starts_that_wait() -> None:
    administrator, officer = colleague(Role.ADMINISTRATOR), colleague(Role.DUTY_OFFICER)

    def lose_a_password(number: int) -> None:
        whose = company(number)
        account = create_account(
            JOB,
            email=f"{uuid4().hex}@people.example",
            name=f"Noor {number}",
            roles=[Role.CONSTITUENT],
            password="een zin van enige lengte",
            organisation=whose,
        )
        assert administrator.post(f"/desk/people/{account}/new-start").status_code == 200

    lose_a_password(MORE)
    assert_asks_no_more(officer, "/desk/new-starts", times(lose_a_password))
