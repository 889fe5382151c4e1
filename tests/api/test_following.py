"""A system follows what it forwarded: how far it is, the next stage, a file. No word is read back."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.test import Client
from tests.intake import cast as intake_cast

from meldpunt.access import queries as access_queries
from meldpunt.access.binding import bound
from meldpunt.access.values import JOB
from meldpunt.evidence import queries as evidence_queries
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.receipts import reporter_with
from meldpunt.intake.values import Report, ReportKind, Stage
from meldpunt.ledger import queries as ledger_queries
from meldpunt.ledger.values import Kind

from . import cast

pytestmark = pytest.mark.django_db

DUTY = {
    "title": "Uitval bij een drinkwaterbedrijf",
    "organisation": "Waterbedrijf Zuiderwiel",
    "kind": "statutory",
    "entityKind": "essential",
    "sector": "drinking-water",
    "awareAt": "2026-11-20T09:30:00+01:00",
    "sourceReference": "TZ-2026-11",
}


@pytest.fixture
def key() -> str:
    return cast.forwarder_key()


def told(client: Client, key: str, item: dict[str, str] = DUTY) -> dict[str, str]:
    answer = cast.post(client, "/reports", item, key=key)
    assert answer.status_code == 201, answer.content
    return json.loads(answer.content)


def followed(client: Client, key: str, reference: str) -> dict[str, object]:
    answer = cast.get(client, f"/reports/{reference}", key=key)
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


def at_the_desk(code: str) -> Report:
    report = intake_queries.follow_report(reporter_with(code))
    return intake_queries.get_report(intake_cast.analyst(), report=report.id)


def send_file(client: Client, key: str, reference: str, data: bytes, **headers: str) -> HttpResponse:
    digest = base64.b64encode(hashlib.sha256(data).digest()).decode()
    sent = {
        "X-API-Key": key,
        "Content-Digest": f"sha-256=:{digest}:",
        "Content-Disposition": "attachment; filename*=UTF-8''verslag%20%E2%82%AC.txt",
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    path = f"/api/v1/reports/{reference}/attachments"
    return client.post(path, data, content_type="text/plain", headers={name: one for name, one in sent.items() if one})


def test_a_report_is_followed_by_its_reference_with_its_clocks(client: Client, key: str) -> None:
    receipt = told(client, key)
    found = followed(client, key, receipt["reference"])
    assert (found["state"], found["sourceReference"], found["keptUnread"]) == ("received", "TZ-2026-11", False)
    clocks = {one["stage"]: one for one in found["clocks"]}  # type: ignore[attr-defined]
    aware = datetime.fromisoformat(DUTY["awareAt"])
    deadline = datetime.fromisoformat(clocks["early-warning"]["deadline"])
    assert deadline - aware == timedelta(hours=24)
    assert clocks["early-warning"]["deadline"].endswith("Z")
    assert clocks["early-warning"]["state"] == "running"
    assert clocks["incident-notification"]["name"]["nl"]
    assert found["due"] == clocks["early-warning"]


def test_no_word_of_a_report_is_read_back_nor_whom_it_is_about(client: Client, key: str) -> None:
    intake_cast.waterworks()
    receipt = told(client, key, DUTY | {"description": "De pomp staat stil."})
    intake_actions.attribute_reports(JOB)
    assert at_the_desk(receipt["code"]).organisation is not None
    said = (
        json.dumps(followed(client, key, receipt["reference"])) + cast.get(client, "/reports", key=key).content.decode()
    )
    for word in ("Zuiderwiel", "Uitval", "pomp", str(at_the_desk(receipt["code"]).id), receipt["code"]):
        assert word not in said


def test_a_stage_stops_its_clock_and_the_desk_reads_it(client: Client, key: str) -> None:
    receipt = told(client, key)
    given = {"stage": "early-warning", "text": "Vermoedelijk opzet.", "answers": {"malicious": "yes"}}
    answer = cast.post(client, f"/reports/{receipt['reference']}/stages", given, key=key)
    assert answer.status_code == 201, answer.content
    assert json.loads(answer.content)["own"] is True
    found = followed(client, key, receipt["reference"])
    assert [one["stage"] for one in found["stages"]] == ["early-warning"]  # type: ignore[attr-defined]
    (clock,) = [one for one in found["clocks"] if one["stage"] == "early-warning"]  # type: ignore[attr-defined]
    assert clock["state"] in ("met", "met-late")
    assert clock["metAt"]
    (stage,) = at_the_desk(receipt["code"]).stages
    assert (stage.stage, stage.text, stage.answers) == (Stage.EARLY_WARNING, given["text"], given["answers"])


def test_what_the_law_still_asks_goes_as_it_is_answered(client: Client, key: str) -> None:
    path = f"/reports/{told(client, key)['reference']}"
    assert cast.post(client, f"{path}/stages", {"stage": "early-warning", "text": "x"}, key=key).status_code == 201
    asked = [one["key"] for one in followed(client, key, path[9:])["questions"]]  # type: ignore[attr-defined]
    assert asked
    given = {"stage": "early-warning", "text": "y", "answers": {asked[0]: "yes"}}
    assert cast.post(client, f"{path}/stages", given, key=key).status_code == 201
    left = [one["key"] for one in followed(client, key, path[9:])["questions"]]  # type: ignore[attr-defined]
    assert left == asked[1:]


def test_a_stage_that_the_law_does_not_ask_is_refused_and_an_addition_is_not(client: Client, key: str) -> None:
    path = f"/reports/{told(client, key, cast.ITEM)['reference']}/stages"
    refused = cast.post(client, path, {"stage": "final-report", "text": "klaar"}, key=key)
    assert refused.status_code == 409
    assert "aanvulling" in json.loads(refused.content)["detail"]
    assert cast.post(client, path, {"text": "klaar"}, key=key).status_code == 201


@pytest.mark.parametrize(
    "given", [{}, {"text": " "}, {"stage": "correction", "text": "x"}, {"text": "é" * 100_001}, {"endedAt": "soon"}]
)
def test_a_stage_that_does_not_fit_is_refused(client: Client, key: str, given: dict[str, str]) -> None:
    path = f"/reports/{told(client, key)['reference']}/stages"
    assert cast.post(client, path, given, key=key).status_code == 400


def test_what_others_add_is_seen_without_a_word_and_an_addition_is_not_seen(client: Client, key: str) -> None:
    receipt = told(client, key)
    holder = reporter_with(receipt["code"])
    report = intake_queries.follow_report(holder).id
    for stage in (Stage.NOTIFICATION, Stage.ADDITION):
        intake_actions.submit_stage(holder, report=report, stage=stage, text="Onder ons.", answers={"cause": "mensen"})
    intake_actions.put_right(
        intake_cast.analyst(),
        report=report,
        kind=ReportKind.STATUTORY,
        sector="energy",
        entity_kind="essential",
        reason="Onder ons.",
    )
    found = followed(client, key, receipt["reference"])
    assert [(one["stage"], one["own"]) for one in found["stages"]] == [("incident-notification", False)]  # type: ignore[attr-defined]
    assert "Onder ons" not in json.dumps(found)


def test_a_file_is_sealed_with_the_report_whole(client: Client, key: str) -> None:
    receipt = told(client, key)
    answer = send_file(client, key, receipt["reference"], b"alles bij elkaar")
    assert answer.status_code == 201, answer.content
    (file,) = followed(client, key, receipt["reference"])["attachments"]  # type: ignore[misc]
    assert (file["name"], file["size"]) == ("verslag €.txt", 16)
    assert file["digest"] == hashlib.sha256(b"alles bij elkaar").hexdigest()
    report = at_the_desk(receipt["code"])
    (item,) = evidence_queries.list_evidence(intake_cast.analyst(), about=report.id)
    assert intake_actions.open_attachment(intake_cast.analyst(), item=item.id).data == b"alles bij elkaar"
    entries = ledger_queries.list_entries(intake_cast.analyst(), subject=report.id)
    assert [one.kind for one in entries if one.kind is Kind.STAGE_SUBMITTED]


@pytest.mark.parametrize(
    "headers",
    [
        {"Content_Digest": ""},
        {"Content_Digest": "md5=:AAAA:"},
        {"Content_Digest": "sha-256=:AAAA:"},
        {"Content_Digest": "sha-256=:" + "A" * 43 + "=:"},
        {"Content_Disposition": ""},
        {"Content_Disposition": "attachment"},
        {"Content_Disposition": 'attachment; filename="../x"'},
        {"Content_Disposition": "attachment; filename*=UTF-8''a%00b"},
    ],
)
def test_a_file_that_did_not_come_whole_or_has_no_name_is_not_kept(
    client: Client, key: str, headers: dict[str, str]
) -> None:
    reference = told(client, key)["reference"]
    answer = send_file(client, key, reference, b"half", **headers)
    assert answer.status_code == 400, answer.content
    (error,) = json.loads(answer.content)["errors"]
    assert error["location"]["name"] in ("Content-Digest", "Content-Disposition")
    assert followed(client, key, reference)["attachments"] == []


def test_a_file_of_nothing_is_refused(client: Client, key: str) -> None:
    assert send_file(client, key, told(client, key)["reference"], b"").status_code == 400


@pytest.mark.parametrize("whose", ["another forwarder", "reader", "nobody's report"])
def test_the_report_of_another_is_not_there(client: Client, key: str, whose: str) -> None:
    reference = "MP-0000-0000" if whose == "nobody's report" else told(client, key)["reference"]
    other = cast.reader_key(intake_cast.waterworks()) if whose == "reader" else cast.forwarder_key()
    assert cast.get(client, f"/reports/{reference}", key=other).status_code == 404
    assert cast.post(client, f"/reports/{reference}/stages", {"text": "x"}, key=other).status_code == 404
    assert send_file(client, other, reference, b"x").status_code == 404


TAKEN = {
    "words of a stage": "SELECT text FROM intake_submittedstage",
    "answers of a stage": "SELECT answers FROM intake_submittedstage",
    "words of a report": "SELECT title, text FROM intake_words",
    "who reported": "SELECT name FROM intake_reporter",
}


@pytest.mark.parametrize("taking", TAKEN.values(), ids=TAKEN)
def test_a_stolen_key_takes_no_words_from_the_database(client: Client, key: str, taking: str) -> None:
    told(client, key)
    machine = access_queries.find_actor_by_key(key)
    assert machine
    with pytest.raises(DatabaseError, match="permission denied"), bound(machine):
        connection.cursor().execute(taking)


def test_what_others_answered_is_for_no_key(client: Client, key: str) -> None:
    receipt = told(client, key)
    holder = reporter_with(receipt["code"])
    report = intake_queries.follow_report(holder).id
    intake_actions.submit_stage(holder, report=report, stage=Stage.NOTIFICATION, text="x", answers={"cause": "mensen"})
    for shown in (key, cast.forwarder_key()):
        machine = access_queries.find_actor_by_key(shown)
        assert machine
        with bound(machine), connection.cursor() as cursor:
            cursor.execute("SELECT answers::text FROM intake_words")
            assert [one for (one,) in cursor.fetchall() if "mensen" in one] == []
