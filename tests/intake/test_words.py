"""The words of a report: kept as they were told, and sealed like the name of the organisation they point at."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.constituency.cast import BANK, register
from tests.intake import cast

from meldpunt.access.binding import bound
from meldpunt.access.errors import PermissionMissing
from meldpunt.access.values import JOB, STRANGER, Actor, Door, OrganisationId, Role
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency.errors import IdentitySealed, PurposeMissing
from meldpunt.intake import actions, models, queries
from meldpunt.intake.receipts import reporter_with
from meldpunt.intake.reply_values import ReplyForm
from meldpunt.intake.values import (
    MARK,
    Attached,
    Filters,
    Report,
    ReporterDetails,
    ReportForm,
    ReportId,
    Shared,
    Stage,
    State,
)
from meldpunt.law import DataKind, Purpose
from meldpunt.ledger import queries as ledger_queries
from meldpunt.ledger.values import Kind

pytestmark = pytest.mark.django_db

WHO = ReporterDetails("Fenna Lisdodde", "fenna@zuiderwiel.example", "06 12 34 56 78")
TITLE = "Zuiderwielwater: de pompen van 192.0.2.9 staan stil"
TEXT = "Waterbedrijf Zuiderwiel ziet verkeer van vpn.zuiderwiel.example naar 203.0.113.66.\r\nBel Fenna, 0612345678."
ANSWERS = {"Van": "aafke@zuiderwiel.example", "Wie": "A. Molenwiek"}
TERMS = (
    *("Waterbedrijf Zuiderwiel", "Zuiderwielwater", "zuiderwiel.example", "192.0.2.9"),
    *("Aafke", "Molenwiek", "88 000", "Fenna", "Lisdodde", "0612345678"),
)
"""Each of these would tell who it is, or who told us."""

REPLY = ReplyForm("Vraag", "Wat ziet u nu?", Purpose.ASK, DataKind.INCIDENT_NATURE)
FORM = ReportForm(TITLE, TEXT, answers=ANSWERS, reporter=WHO)
FILE = Attached("Zuiderwielwater.log", "text/x-zuiderwielwater", b"van zuiderwiel.example")


def told_by_water() -> tuple[OrganisationId, ReportId]:
    water = register()
    return water, actions.receive_report(cast.member_of(water), form=FORM, attachments=[FILE]).report


def unsealed(water: OrganisationId) -> Actor:
    viewer = cast.analyst()
    constituency_actions.unseal_identity(viewer, organisation=water, purpose="terugbellen")
    return viewer


def words_of(report: Report) -> tuple[object, ...]:
    return report.title, report.text, dict(report.answers), [(one.text, dict(one.answers)) for one in report.stages]


def telling(said: object) -> list[str]:
    return [term for term in TERMS if term.casefold() in repr(said).casefold()]


READS: dict[str, Callable[[Actor, OrganisationId, ReportId], object]] = {
    "clocks_in": lambda v, _, r: queries.clocks_in(v, report=queries.get_report(v, report=r)),
    "clocks_of": lambda v, _, r: queries.clocks_of(v, report=r),
    "count_feed_rows": lambda v, _, r: queries.count_feed_rows(v, report=r),
    "count_kept": lambda v, *_: queries.count_kept(v),
    "are_words_sealed": lambda v, _, r: queries.are_words_sealed(v, report=r),
    "count_reports": lambda v, *_: queries.count_reports(v),
    "find_naming": lambda v, *_: queries.find_naming(v, kind="address", value="203.0.113.66"),
    "find_observable": lambda v, _, r: [
        queries.find_observable(v, observable=one.id) for one in queries.list_observables(v, report=r)
    ],
    "weigh_shared": lambda v, _, r: queries.weigh_shared(v, report=r),
    "get_report": lambda v, _, r: queries.get_report(v, report=r),
    "list_alike": lambda v, _, r: queries.list_alike(v, report=r),
    "list_attachments": lambda v, _, r: queries.list_attachments(v, report=r),
    "has_sealed_rows": lambda v, _, r: queries.has_sealed_rows(v, report=r),
    "list_by_ids": lambda v, _, r: queries.list_by_ids(v, reports=[r]),
    "list_clocks": lambda v, _, r: queries.list_clocks(v, reports=[r]),
    "list_feed_mappings": lambda v, *_: queries.list_feed_mappings(v),
    "find_mailbox": lambda v, *_: queries.find_mailbox(v, name="meld@post.example/INBOX"),
    "list_mailboxes": lambda v, *_: queries.list_mailboxes(v),
    "list_feed_rows": lambda v, o, _: queries.list_feed_rows(v, organisation=o),
    "list_newest_words": lambda v, *_: queries.list_newest_words(v),
    "list_observables": lambda v, _, r: queries.list_observables(v, report=r),
    "list_of_organisation": lambda v, o, _: queries.list_of_organisation(v, organisation=o),
    "list_reports": lambda v, o, _: queries.list_reports(v, filters=Filters(organisation=o)),
    "list_behind": lambda v, _, r: queries.list_behind(v, heads=(r,), most=5),
    "list_untouched": lambda v, *_: queries.list_untouched(v, since=timedelta(days=1)),
    "list_words": lambda v, _, r: queries.list_words(v, reports=[r]),
    "find_held_back": lambda v, *_: queries.find_held_back(v, since=timezone.now() - timedelta(days=1)),
    "find_unread": lambda v, *_: queries.find_unread(v, state=State.RECEIVED, before=timezone.now()),
    "list_deadlines": lambda v, *_: queries.list_deadlines(v, within=timedelta(days=90)),
    "list_mails": lambda v, _, r: queries.list_mails(v, reports=[r]),
    "list_referring": lambda v, _, r: queries.list_referring(v, report=r),
    "preview_reply": lambda v, _, r: queries.preview_reply(v, report=r, form=REPLY),
    "takes_mail": lambda v, _, r: queries.takes_mail(v, report=r),
}
OF_OTHERS = {
    "find_draft",
    "get_file",
    "list_files",
    "list_own_attachments",
    "follow_report",
    "get_own_report",
    "list_own_reports",
    "list_forwarded",
    "get_forwarded",
    "get_whole_report",
    "list_whole_feed_rows",
}
"""For whoever told it, for who weighs passages, and to pack for each its own."""


def test_every_read_of_intake_is_held_to_the_seal() -> None:
    assert READS.keys() | OF_OTHERS == set(queries.__all__)


@pytest.mark.parametrize("name", READS)
def test_no_read_tells_the_sealed_who_it_is(name: str) -> None:
    water, report = told_by_water()
    actions.submit_stage(cast.member_of(water), report=report, stage=Stage.NOTIFICATION, text=TEXT, answers=ANSWERS)
    row = b"timestamp,ip,port,hostname\n2026-11-20 00:00:00,192.0.2.9,23,vpn.zuiderwiel.example"
    actions.receive_feed(JOB, raw=row, name="2026-11-20-scan_telnet-netherlands-geo.csv")
    for _ in range(2):
        assert telling(READS[name](cast.analyst(), water, report)) == []
        actions.attribute_reports(JOB)


def test_no_column_of_any_table_of_intake_tells_the_sealed_who_it_is() -> None:
    told_by_water()
    with bound(cast.analyst()), connection.cursor() as cursor:
        for table in ("report", "submittedstage", "words", "reporter", "observable"):
            cursor.execute(f"SELECT t::text FROM intake_{table} AS t")
            assert telling(cursor.fetchall()) == [], table


def test_whoever_unsealed_reads_byte_for_byte_what_was_told_and_so_does_its_reporter() -> None:
    water, report = told_by_water()
    member = cast.member_of(water)
    actions.submit_stage(member, report=report, stage=Stage.NOTIFICATION, text=TEXT, answers=ANSWERS)
    expected = (TITLE, TEXT, ANSWERS, [(TEXT, ANSWERS)])
    for _ in range(2):
        assert words_of(queries.get_report(unsealed(water), report=report)) == expected
        assert words_of(queries.get_own_report(member, report=report)) == expected
        actions.attribute_reports(JOB)


def test_a_sealed_report_says_that_it_is_masked_and_what_points_at_nobody_stays() -> None:
    water, report = told_by_water()
    seen = queries.get_report(cast.analyst(), report=report)
    assert seen.is_masked
    assert seen.title == seen.masked_title == f"{MARK}: de pompen van {MARK} staan stil"
    assert "naar 203.0.113.66" in seen.text
    assert [one.value for one in seen.observables] == ["203.0.113.66"]
    whole = queries.get_report(unsealed(water), report=report)
    assert (whole.is_masked, whole.masked_title) == (False, seen.masked_title)
    assert {"192.0.2.9", "203.0.113.66", "vpn.zuiderwiel.example"} <= {one.value for one in whole.observables}


def test_a_stage_is_sealed_whole_until_the_job_made_its_masked_form() -> None:
    water, report = told_by_water()
    text = "Zuiderwielwater: nu ook 198.51.100.77."
    actions.submit_stage(cast.member_of(water), report=report, stage=Stage.NOTIFICATION, text=text)
    (waiting,) = queries.get_report(cast.analyst(), report=report).stages
    actions.attribute_reports(JOB)
    seen = queries.get_report(cast.analyst(), report=report)
    assert (waiting.text, seen.stages[0].text) == (MARK, f"{MARK}: nu ook 198.51.100.77.")
    assert "198.51.100.77" in [one.value for one in seen.observables]


def test_a_report_of_nobody_known_is_masked_anew_once_it_is_attributed() -> None:
    text = "Fenna van Waterbedrijf Zuiderwiel zegt: 192.0.2.9 doet niets meer."
    raw = f"From: Fenna Lisdodde <fenna@zuiderwiel.example>\nSubject: pomp\n\n{text}".encode()
    report = actions.receive_mail(JOB, raw=raw).report
    before = queries.get_report(cast.analyst(), report=report)
    assert (before.text, before.is_masked) == (text, False)
    water = register()
    actions.attribute_reports(JOB)
    after = queries.get_report(cast.analyst(), report=report)
    assert (after.organisation, telling(after), after.is_masked) == (water, [], True)
    assert queries.get_report(unsealed(water), report=report).text == text


def test_what_somebody_attaches_is_masked_as_that_organisation_and_attached_anew_as_the_other() -> None:
    water, bank, desk = register(), cast.bank(), cast.analyst()
    text = "Waterbedrijf Zuiderwiel of Bank De Korenbeurs: 198.51.100.9 ligt plat."
    report = actions.receive_report(STRANGER, form=ReportForm("Storing", text)).report
    actions.attach_reporter(desk, report=report, organisation=water, reason="teruggebeld")
    assert queries.get_report(desk, report=report).text == f"{MARK} of Bank De Korenbeurs: 198.51.100.9 ligt plat."
    actions.attach_reporter(unsealed(water), report=report, organisation=bank, reason="verkeerd verbonden")
    masked = f"Waterbedrijf Zuiderwiel of {MARK}: {MARK} ligt plat."
    assert queries.get_report(desk, report=report).text == masked
    assert queries.get_report(unsealed(bank), report=report).text == text
    assert queries.get_report(unsealed(water), report=report).is_masked


def test_words_are_not_opened_by_attaching_the_report_to_whom_one_unsealed() -> None:
    (water, report), bank = told_by_water(), cast.bank()
    reader = unsealed(bank)
    with pytest.raises(IdentitySealed):
        actions.attach_reporter(reader, report=report, organisation=bank, reason="verkeerd verbonden")
    assert telling(queries.get_report(reader, report=report)) == []
    assert queries.get_report(reader, report=report).organisation == water


@pytest.mark.parametrize("words", ["Zuiderwiel ziet", "vpn.zuider", "Fenna", "192.0.2.9"])
def test_sealed_words_are_found_by_whoever_unsealed_and_by_nobody_else(words: str) -> None:
    water, report = told_by_water()
    found = [queries.list_reports(who, filters=Filters(text=words)).lines for who in (cast.analyst(), unsealed(water))]
    assert [[line.id for line in lines] for lines in found] == [[], [report]]


def test_what_was_added_to_a_report_is_found_by_its_masked_words_and_by_its_own_for_whoever_unsealed() -> None:
    water, report = told_by_water()
    text = "Waterbedrijf Zuiderwiel zag ook 198.51.100.77."
    actions.submit_stage(cast.member_of(water), report=report, stage=Stage.ADDITION, text=text)
    actions.attribute_reports(JOB)

    def found(viewer: Actor, asked: str) -> list[ReportId]:
        return [line.id for line in queries.list_reports(viewer, filters=Filters(text=asked)).lines]

    assert found(cast.analyst(), "198.51.100.77") == [report]
    assert found(cast.analyst(), "Zuiderwiel zag ook") == []
    assert found(unsealed(water), "Zuiderwiel zag ook") == [report]


@pytest.mark.parametrize("asked", ["192.0.2.9", "VPN.zuiderwiel.example"])
def test_a_row_of_a_feed_is_found_while_nobody_is_known_and_then_by_whoever_unsealed(asked: str) -> None:
    water = cast.waterworks()
    row = b"timestamp,ip,port,hostname\n2026-11-20 00:00:00,192.0.2.9,23,vpn.zuiderwiel.example"
    actions.receive_feed(JOB, raw=row, name="2026-11-20-scan_telnet-netherlands-geo.csv")

    def found(viewer: Actor) -> int:
        return len(queries.list_reports(viewer, filters=Filters(text=asked)).lines)

    assert found(cast.analyst()) == 1
    actions.attribute_reports(JOB)
    assert (found(cast.analyst()), found(unsealed(water))) == (0, 1)


def test_a_report_is_found_by_the_reference_its_sender_gave_it() -> None:
    item = {"title": "Storing", "source_reference": "TOEZ_2026/117"}
    (receipt,) = actions.receive_forwarded(cast.forwarder(), items=[item])
    for asked in ("TOEZ_2026/117", "toez_2026"):
        (line,) = queries.list_reports(cast.analyst(), filters=Filters(text=asked)).lines
        assert line.id == receipt.report


def test_a_value_that_is_sealed_is_asked_for_in_vain() -> None:
    water, report = told_by_water()
    asked = {"value": "vpn.zuiderwiel.example"}
    assert queries.list_observables(cast.analyst(), **asked) == ()
    assert [one.report for one in queries.list_observables(unsealed(water), **asked)] == [report]


def test_a_guess_in_a_report_of_ones_own_is_not_confirmed_by_what_it_shares() -> None:
    water, report = told_by_water()
    guess = ReportForm("Gok", "vpn.zuiderwiel.example 192.0.2.9 203.0.113.66")
    guessed = actions.receive_report(cast.analyst(), form=guess).report
    assert queries.weigh_shared(cast.analyst(), report=guessed) == {report: Shared(1, 0, 1)}
    assert queries.weigh_shared(unsealed(water), report=guessed) == {report: Shared(3, 0, 3)}


def test_two_sealed_reports_share_what_neither_shows() -> None:
    water, first = told_by_water()
    second = actions.receive_report(cast.member_of(water), form=FORM).report
    masked, whole = (queries.weigh_shared(v, report=first)[second] for v in (cast.analyst(), unsealed(water)))
    assert (masked.count, masked.weight) == (whole.count, whole.weight)
    assert masked.sealed == 2
    assert whole.sealed == 0


def test_the_whole_words_are_for_requests_for_information_alone() -> None:
    _, report = told_by_water()
    officer = Actor(cast.analyst().id, "W. Oo", Door.DESK, frozenset({Role.WOO_OFFICER}))
    assert words_of(queries.get_whole_report(officer, report=report))[:2] == (TITLE, TEXT)
    with pytest.raises(PermissionMissing):
        queries.get_whole_report(cast.analyst(), report=report)
    with bound(cast.analyst()), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM intake_whole_words(%s)", [report])
        assert cursor.fetchall() == []


def test_what_was_told_is_changed_by_nobody() -> None:
    water, _ = told_by_water()
    for who in (unsealed(water), JOB, cast.member_of(water)):
        for column in ("title", "text", "answers"):
            with pytest.raises(DatabaseError, match="permission denied"), bound(who), transaction.atomic():
                models.Words.objects.update(**{column: {}})


def test_an_outsider_adds_no_words_to_the_report_of_another() -> None:
    water, report = told_by_water()
    other = cast.member_of(water)
    with pytest.raises(DatabaseError, match="row-level security"), bound(other), transaction.atomic():
        models.Words(report_id=report, text="erbij").save(force_insert=True)


def test_the_holder_of_a_receipt_reads_its_own_words_also_once_they_are_sealed() -> None:
    told = actions.receive_report(STRANGER, form=FORM)
    actions.attach_reporter(cast.analyst(), report=told.report, organisation=register(), reason="teruggebeld")
    assert words_of(queries.follow_report(reporter_with(told.code)))[:3] == (TITLE, TEXT, ANSWERS)


NAMED = (
    *("Waterbedrijf Zuiderwiel", "waterbedrijf-ZUIDERWIEL", "Zuiderwielwater", "vpn.zuiderwiel.example", "192.0.2.9"),
    *("hxxp://zuiderwiel[.]example/", "Aafke Molenwiek", "A. Molenwiek", "aafke@zuiderwiel.example", "+31 88 000 0001"),
)
words = st.lists(st.one_of(st.sampled_from(NAMED), st.text(max_size=6)), min_size=1, max_size=6).map(" ".join)


@given(st.lists(words, min_size=4, max_size=8))
@settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_no_words_around_a_name_of_the_register_bring_it_to_the_sealed(texts: list[str]) -> None:
    viewer = cast.analyst()
    with transaction.atomic():
        water = register()
        items = [{"title": f"x {text}", "description": text, "organisation": "Zuiderwielwater"} for text in texts]
        receipts = actions.receive_forwarded(cast.forwarder(), items=items)
        actions.attribute_reports(JOB)
        seen = [queries.get_report(viewer, report=one.report) for one in receipts]
        assert {one.organisation for one in seen} == {water}
        assert telling((seen, queries.list_reports(viewer))) == []
        transaction.set_rollback(True)


def test_what_came_with_a_sealed_report_opens_and_is_named_for_whoever_unsealed() -> None:
    water, report = told_by_water()
    desk = cast.analyst()
    (item,) = queries.list_attachments(desk, report=report)
    assert (item.name, item.media_type_declared, item.digest) == (MARK, item.media_type, None)
    with pytest.raises(IdentitySealed):
        actions.open_attachment(desk, item=item.id)
    viewer = unsealed(water)
    (known,) = queries.list_attachments(viewer, report=report)
    assert (known.name, known.media_type_declared) == (FILE.name, FILE.media_type)
    assert known.digest == hashlib.sha256(FILE.data).digest()
    assert actions.open_attachment(viewer, item=item.id).data == FILE.data


def test_what_came_with_a_report_of_nobody_known_opens_for_who_asks_back() -> None:
    receipt = actions.receive_report(STRANGER, form=ReportForm("Lek", "Een lek."), attachments=[FILE])
    (item,) = queries.list_attachments(cast.analyst(), report=receipt.report)
    assert actions.open_attachment(cast.analyst(), item=item.id).data == FILE.data


@pytest.mark.parametrize("is_attributed", [True, False])
def test_the_file_of_a_feed_opens_for_a_purpose_that_whoever_is_in_it_reads(is_attributed: bool) -> None:
    water, raw = register(), b"timestamp,ip,tag\n2026-11-20 03:04:05,192.0.2.9,telnet\n"
    receipt = actions.receive_feed(JOB, raw=raw, name="2026-11-20-scan_telnet-netherlands-geo.csv")
    if is_attributed:
        actions.attribute_reports(JOB)
    desk = cast.analyst()
    (item,) = queries.list_attachments(desk, report=receipt.report)
    assert (item.digest is None) is is_attributed
    for nothing in ("", "  "):
        with pytest.raises(PurposeMissing):
            actions.open_attachment(desk, item=item.id, purpose=nothing)
    assert ledger_queries.list_entries(desk, kind=Kind.OPENED) == ()
    assert actions.open_attachment(desk, item=item.id, purpose="nagaan wie er luistert").data == raw
    told = ledger_queries.list_entries(cast.member_of(water), kind=Kind.UNSEALED)
    assert [one.details["purpose"] for one in told] == ["nagaan wie er luistert"] * is_attributed
    assert len(ledger_queries.list_entries(desk, kind=Kind.UNSEALED)) == 1 + is_attributed


def test_why_the_file_of_a_feed_was_opened_tells_nobody_in_it_of_another() -> None:
    water, bank = register(), register(BANK)
    rows = "2026-11-20 03:04:05,192.0.2.9,telnet\n2026-11-20 03:04:05,192.0.2.33,telnet\n"
    raw = f"timestamp,ip,tag\n{rows}".encode()
    receipt = actions.receive_feed(JOB, raw=raw, name="2026-11-20-scan_telnet-netherlands-geo.csv")
    actions.attribute_reports(JOB)
    (item,) = queries.list_attachments(cast.analyst(), report=receipt.report)
    actions.open_attachment(cast.analyst(), item=item.id, purpose="nagaan of Zuiderwielwater er ook in staat")
    for one in (water, bank):
        (told,) = ledger_queries.list_entries(cast.member_of(one), kind=Kind.UNSEALED)
        assert str(told.details["purpose"]).startswith("nagaan of ")
        assert telling(told) == []


def test_a_mail_that_brought_a_feed_opens_for_a_purpose_as_the_feed_does() -> None:
    water, feed = register(), b"timestamp,ip,tag\n2026-11-20 03:04:05,192.0.2.9,telnet\n"
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "abuse@noordzee.example", "Abuse report"
    mail.set_content("Zie de bijlage.")
    name = "2026-11-20-scan_telnet-netherlands-geo.csv"
    mail.add_attachment(feed, maintype="text", subtype="csv", filename=name)
    receipt = actions.receive_mail(JOB, raw=mail.as_bytes())
    actions.attribute_reports(JOB)
    desk = cast.analyst()
    items = queries.list_attachments(desk, report=receipt.report)
    assert len(items) == 2
    for item in items:
        with pytest.raises(PurposeMissing):
            actions.open_attachment(desk, item=item.id)
        assert actions.open_attachment(desk, item=item.id, purpose="nagaan").data
    told = ledger_queries.list_entries(cast.member_of(water), kind=Kind.UNSEALED)
    assert [one.details["purpose"] for one in told] == ["nagaan"] * 2


def test_why_somebody_was_attached_names_nobody_in_the_ledger() -> None:
    told, water = actions.receive_report(STRANGER, form=ReportForm("Lek", "Een lek.")), register()
    reason = "Aafke Molenwiek van Zuiderwielwater belde terug"
    actions.attach_reporter(cast.analyst(), report=told.report, organisation=water, reason=reason)
    (entry,) = ledger_queries.list_entries(cast.analyst(), kind=Kind.ATTRIBUTED)
    assert str(entry.details["reason"]).endswith("belde terug")
    assert telling(entry) == []
