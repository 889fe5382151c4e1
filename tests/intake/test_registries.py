"""A registry is asked over HTTPS, once it was decided, and answers text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from ipaddress import ip_network
from pathlib import Path
from time import monotonic

import pytest
from pytest_django.fixtures import Settings
from tests.desk.cast import Room, page_of, room
from tests.desk_outward.cast import colleague
from tests.intake import cast
from tests.intake.rdap import DOMAIN, Registry, registry

from meldpunt.access.errors import NotFound
from meldpunt.access.values import STRANGER, Role
from meldpunt.intake import actions, queries
from meldpunt.intake.errors import NotToBeAsked, RegistrySilent
from meldpunt.intake.receipts import reporter_with
from meldpunt.intake.registries.asking import MOST_BYTES, ask
from meldpunt.intake.registries.bootstrap import Bootstrap, read_bootstrap
from meldpunt.intake.registries.reading import lines_of
from meldpunt.intake.values import ReportForm, Stage
from meldpunt.ledger import queries as ledger_queries
from meldpunt.ledger.values import Kind
from meldpunt.vocabulary.markings import TLP


@pytest.fixture
def register(tmp_path: Path, settings: Settings) -> Iterator[Registry]:
    with registry(tmp_path) as found:
        settings.RDAP_BOOTSTRAP = str(found.bootstrap(tmp_path))
        settings.RDAP_AUTHORITIES = str(found.authorities)
        yield found


def silent(register: Registry, path: str, seconds: float = 5) -> str:
    with pytest.raises(RegistrySilent) as refusal:
        ask(f"{register.at}{path}", authorities=str(register.authorities), seconds=seconds)
    return refusal.value.why


@pytest.mark.parametrize(
    ("kind", "value", "asked"),
    [
        ("domain", "login.nepbank.example", "domain/nepbank.example"),
        ("url", "https://login.nepbank.example/in?wie=ik", "domain/nepbank.example"),
        ("mail", "info@nepbank.example", "domain/nepbank.example"),
        ("address", "203.0.113.7", "ip/203.0.113.7"),
        ("url", "http://203.0.113.7:8080/a", "ip/203.0.113.7"),
        ("address", "2001:db8::1", "ip/2001:db8::1"),
    ],
)
def test_the_least_is_asked_that_answers_it(
    register: Registry, tmp_path: Path, kind: str, value: str, asked: str
) -> None:
    question = read_bootstrap(tmp_path).question_of(kind, value)
    assert question is not None
    assert question.url == f"{register.at}{asked}"


def test_the_longest_prefix_and_the_longest_ending_decide() -> None:
    # RFC 9224, sections 4 and 5.
    known = read_bootstrap_of(
        {"nl": "https://nl/", "goog.nl": "https://goog/"}, {"203.0.112.0/20": "a", "203.0.113.0/24": "b"}
    )
    assert [known.question_of("domain", one) is None for one in ("nergens.invalid", "x.nl")] == [True, False]
    found = known.question_of("address", "203.0.113.9")
    assert found is not None
    assert found.url.startswith("b")


def read_bootstrap_of(domains: dict[str, str], networks: dict[str, str]) -> Bootstrap:
    return Bootstrap(domains, {ip_network(one): url for one, url in networks.items()})


def test_what_is_no_place_and_what_no_registry_has_is_not_asked(register: Registry, tmp_path: Path) -> None:
    known = read_bootstrap(tmp_path)
    for kind, value in (
        ("hash", "ab" * 16),
        ("cve", "CVE-2026-0001"),
        ("domain", "elders.test"),
        ("address", "192.0.2.1"),
    ):
        assert known.question_of(kind, value) is None


def test_an_answer_is_read_and_says_who_gave_it_and_when(register: Registry) -> None:
    register.answers["/rdap/domain/nepbank.example"] = DOMAIN
    reply = ask(f"{register.at}domain/nepbank.example", authorities=str(register.authorities))
    assert reply.server == "127.0.0.1"
    lines = lines_of(reply.body)
    assert ("registration", "2026-11-01T00:00:00Z") in lines
    assert ("abuse", "misbruik@namen.example") in lines
    ((_, headers),) = register.asked
    assert headers["Accept"].startswith("application/rdap+json")
    assert {name.casefold() for name in headers} <= {"host", "accept", "user-agent", "connection", "accept-encoding"}


def test_nothing_known_is_an_answer(register: Registry) -> None:
    assert ask(f"{register.at}domain/nieuw.example", authorities=str(register.authorities)).body == ""


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (500, "refused"),
        (429, "refused"),
        (b"<html>", "no-rdap"),
        (b"[]", "no-rdap"),
        (b"[" * 100_000, "no-rdap"),
        (b"x" * (MOST_BYTES + 1), "too-much"),
        (3.0, "unreachable"),
        ("http://rdap.example/x", "not-https"),
        ("https://ik:geheim@rdap.example/x", "not-https"),
        ("https://127.0.0.1:9/x", "sent-inside"),
        ("https://[::1]/x", "sent-inside"),
        ("https://169.254.169.254/latest", "sent-inside"),
        ("https://10.0.0.1/", "sent-inside"),
        ("https://[::ffff:10.0.0.1]/", "sent-inside"),
        ("https://[64:ff9b::10.0.0.1]/", "sent-inside"),
        ("https://[2002:a00:1::1]/", "sent-inside"),
        ("https://[fec0::1]/", "sent-inside"),
        ("https://224.0.0.1/", "sent-inside"),
        ("/rdap/elders", "sent-inside"),
    ],
)
def test_what_is_no_answer_or_leads_elsewhere_is_refused_in_time(register: Registry, said: object, why: str) -> None:
    register.answers["/rdap/a"], began = said, monotonic()
    assert silent(register, "a", seconds=1.5) == why
    assert monotonic() - began < 20


def test_a_registry_that_nobody_vouches_for_is_not_believed(register: Registry) -> None:
    with pytest.raises(RegistrySilent):
        ask(f"{register.at}a")
    assert register.asked == []


def test_an_answer_is_cut_to_what_fits_on_a_page() -> None:
    many = [{"eventAction": "x" * 1_000, "eventDate": "y"}] * 1_000
    deep: object = "z"
    for _ in range(50):
        deep = [deep]
    card = ["vcard", [["adr", {}, "text", deep]]]
    said = {"objectClassName": "domain", "events": many, "entities": [{"vcardArray": card}, 3, None]}
    lines = lines_of(json.dumps(said))
    assert len(lines) == 60
    assert max(len(line) for _, line in lines) <= 300


@pytest.mark.django_db
def test_it_is_decided_with_a_reason_before_it_is_asked_and_stands_in_the_ledger(register: Registry) -> None:
    desk, other = cast.analyst(), cast.analyst()
    report = actions.receive_report(STRANGER, form=ReportForm("Nepbank", "Op login.nepbank.example")).report
    (named,) = queries.list_observables(desk, report=report)
    value = {"observable": named.id, "kind": named.kind, "value": named.value}
    with pytest.raises(NotToBeAsked):
        actions.ask_registry(desk, **value, reason=" ")
    entry = actions.ask_registry(desk, **value, reason="Wie is de eigenaar?")
    assert register.asked == []
    (kept,) = ledger_queries.list_entries(desk, kind=Kind.LOOKED_UP)
    assert (kept.id, kept.subject, kept.details["registry"]) == (entry, named.id, "127.0.0.1")
    assert "nepbank" not in repr(kept)
    with pytest.raises(NotFound):
        actions.read_registry(other, entry=entry, **value)
    for _ in range(2):
        assert actions.read_registry(desk, entry=entry, **value).about == "nepbank.example"
    assert len(register.asked) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("form", "why"),
    [
        (ReportForm("Nepbank", "nepbank.example, pap : red"), "pap"),
        (ReportForm("PAP:RED nepbank.example", "zie titel"), "pap"),
        (ReportForm("Nepbank", "nepbank.example", tlp=TLP.RED), "tlp"),
    ],
)
def test_one_report_that_forbids_it_is_enough(register: Registry, form: ReportForm, why: str) -> None:
    desk = cast.analyst()
    actions.receive_report(STRANGER, form=ReportForm("Nepbank", "nepbank.example PAP:AMBER"))
    actions.may_ask_registry(desk, kind="domain", value="nepbank.example")
    actions.receive_report(cast.member_of(cast.waterworks()), form=form)
    for asking in (
        lambda: actions.may_ask_registry(desk, kind="domain", value="nepbank.example"),
        lambda: actions.ask_registry(desk, observable=desk.id, kind="domain", value="nepbank.example", reason="Wie?"),
    ):
        with pytest.raises(NotToBeAsked) as refusal:
            asking()
        assert refusal.value.why == why
    assert register.asked == []


@pytest.mark.django_db
def test_what_is_added_to_a_report_forbids_it_too(register: Registry) -> None:
    desk, value = cast.analyst(), {"kind": "domain", "value": "nepbank.example"}
    receipt = actions.receive_report(STRANGER, form=ReportForm("Nepbank", "Op nepbank.example"))
    actions.may_ask_registry(desk, **value)
    holder = reporter_with(receipt.code)
    actions.submit_stage(holder, report=receipt.report, stage=Stage.ADDITION, text="PAP:RED, wij kijken mee.")
    with pytest.raises(NotToBeAsked) as refusal:
        actions.ask_registry(desk, observable=desk.id, **value, reason="Wie?")
    assert refusal.value.why == "pap"


@pytest.fixture
def desk() -> Room:
    return room()


@pytest.mark.django_db
def test_on_a_press_the_page_says_what_the_registry_says_as_text(register: Registry, desk: Room) -> None:
    register.answers["/rdap/domain/nepbank.example"] = DOMAIN
    report = actions.receive_report(STRANGER, form=ReportForm("Nepbank", "Op in.nepbank.example")).report
    (named,) = queries.list_observables(desk.browser.actor, report=report)
    address = f"/desk/observables/{named.id}"
    assert f'action="{address}/registry"' in page_of(desk.browser, address)
    assert desk.browser.post(f"{address}/registry", {"reason": ""}).status_code == 422
    answer = desk.browser.post(f"{address}/registry", {"reason": "Wie is dit?"})
    page = page_of(desk.browser, answer["Location"])
    assert "ns1[.]nepbank[.]example" in page
    assert "misbruik[@]namen[.]example" in page
    assert "<b>Zonen" not in page
    assert re.search(r'href="[^"]*nepbank', page) is None
    register.answers["/rdap/domain/stil.example"] = 503
    report = actions.receive_report(STRANGER, form=ReportForm("Nepbank", "Op stil.example")).report
    (quiet,) = queries.list_observables(desk.browser.actor, report=report)
    decided = desk.browser.post(f"/desk/observables/{quiet.id}/registry", {"reason": "Wie is dit?"})
    assert "The registry refused to answer." in page_of(desk.browser, decided["Location"])
    other = colleague(Role.ANALYST)
    page_of(other, answer["Location"], status=404)


@pytest.mark.django_db
def test_without_bootstrap_files_nothing_is_offered(desk: Room) -> None:
    report = actions.receive_report(STRANGER, form=ReportForm("Nepbank", "Op in.nepbank.example")).report
    (named,) = queries.list_observables(desk.browser.actor, report=report)
    assert "/registry" not in page_of(desk.browser, f"/desk/observables/{named.id}")
