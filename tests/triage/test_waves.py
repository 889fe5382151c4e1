"""What looks like one wave is one line of the queue, a grave one never hides in it, and what is touched stands up."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.constituency.cast import WATER
from tests.triage.cast import analyst

from meldpunt.access.values import JOB, STRANGER, OrganisationId
from meldpunt.constituency import actions as constituency_actions
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.receipts import reporter_with
from meldpunt.intake.values import Channel, Receipt, ReportForm, ReportId, ReportKind, Stage, State
from meldpunt.intake.wave_values import Untouched
from meldpunt.intake.waves import mailer_of, wave_of
from meldpunt.triage import actions, queries
from meldpunt.triage.rules.waves import FEWEST, STORM, gather
from meldpunt.triage.values import Decision, Order, QueueFilters

TITLES = ("Website van de bank ligt plat", "De website van de bank ligt plat!!", "LIGT PLAT: website van de bank (2)")


def form(
    title: str = TITLES[0], text: str = "Ik kan niet inloggen.", kind: ReportKind = ReportKind.VOLUNTARY
) -> ReportForm:
    return ReportForm(title=title, text=text, kind=kind)


def come_in(count: int, **said: str) -> list[Receipt]:
    return [intake_actions.receive_report(STRANGER, form=form(**said)) for _ in range(count)]


def lines(filters: QueueFilters | None = None) -> list[tuple[ReportId, int]]:
    page = queries.list_queue(analyst(), filters=filters or QueueFilters(), order=Order.OLDEST)
    return [(line.report.id, line.alike) for line in page.lines]


# --- the prints --------------------------------------------------------------------------------------------


def test_numbers_order_and_case_of_a_title_make_no_difference() -> None:
    told = (*TITLES[:2], "Re: [MELDING] Plat ligt de bank? website 3 VAN de")
    assert len({wave_of(form(title)) for title in told}) == 1
    assert wave_of(form("Website bank plat 1")) == wave_of(form("FW: plat website BANK 22"))


def test_the_host_that_is_named_counts_more_than_the_words_around_it() -> None:
    told = (
        "Kan niet bij www.korenbeurs.example",
        "https://korenbeurs.example/inloggen geeft een fout",
        "hxxp://korenbeurs[.]example",
    )
    assert len({wave_of(form(title)) for title in told}) == 1
    assert wave_of(form(told[0])) != wave_of(form("Kan niet bij www.elders.example"))


def test_another_kind_is_another_wave_and_too_few_words_are_none() -> None:
    assert wave_of(form(kind=ReportKind.THREAT)) != wave_of(form())
    assert wave_of(form("Hulp!")) == ""


def test_only_who_mails_has_a_print_as_a_sender() -> None:
    assert mailer_of(form(), Channel.MAIL) == ""
    assert mailer_of(form(), Channel.WEB) == ""


# --- the rule ----------------------------------------------------------------------------------------------

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
_WHOM = [None, OrganisationId(uuid.UUID(int=1)), OrganisationId(uuid.UUID(int=2))]


@st.composite
def untouched(draw: st.DrawFn) -> list[Untouched]:
    count = draw(st.integers(0, 40))
    return [
        Untouched(
            report=ReportId(uuid.UUID(int=100 + number)),
            received_at=NOW - timedelta(minutes=draw(st.integers(0, 120))),
            wave=draw(st.sampled_from(["", "a", "b"])),
            mailer=draw(st.sampled_from(["", "x", "y"])),
            organisation=draw(st.sampled_from(_WHOM)),
            channel=draw(st.sampled_from([Channel.WEB, Channel.MAIL])),
            sector=draw(st.sampled_from(["", "banking"])),
            title=draw(st.sampled_from(["", "ziekenhuis"])),
            text="",
            leads=draw(st.sampled_from([0, 0, 0, 0, 12])),
        )
        for number in range(count)
    ]


@given(untouched())
def test_who_stands_behind_another_is_as_grave_and_leads_nobody_and_none_is_counted_away(
    reports: Sequence[Untouched],
) -> None:
    known = {one.report: one for one in reports}
    heads = gather(reports, looks=lambda one: (one.title,), now=NOW)
    assert heads.keys() <= known.keys()
    assert not heads.keys() & set(heads.values())
    for member, head in heads.items():
        one, first = known[member], known[head]
        assert (one.organisation, one.sector, one.channel, one.title) == (
            *(first.organisation, first.sector, first.channel, first.title),
        )
        assert one.leads == 0
        assert one.wave == first.wave != "" or one.mailer == first.mailer != ""
    for member, head in heads.items():
        together = [
            one for one in reports if {one.wave, one.mailer} & {known[member].wave, known[member].mailer} - {""}
        ]
        assert sum(1 + one.leads for one in together) >= FEWEST, head


def test_mails_of_one_sender_over_two_hours_are_no_storm() -> None:
    def mailed(minutes_ago: int) -> Untouched:
        return Untouched(
            report=ReportId(uuid.uuid4()),
            received_at=NOW - timedelta(minutes=minutes_ago),
            wave="",
            mailer="x",
            organisation=None,
            channel=Channel.MAIL,
            sector="",
            title="",
            text="",
            leads=0,
        )

    within = [mailed(minutes) for minutes in range(STORM)]
    spread = [mailed(60 + minutes) for minutes in range(STORM)]
    assert len(gather(within, looks=lambda one: (one.title,), now=NOW)) == STORM - 1
    assert gather([*spread, *within[1:]], looks=lambda one: (one.title,), now=NOW) == {}


# --- the queue ---------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_look_alikes_are_one_line_with_a_count_which_opens() -> None:
    receipts = come_in(FEWEST)
    assert len(lines()) == FEWEST
    assert actions.gather_waves(JOB) == FEWEST - 1
    head = receipts[0].report
    assert lines() == [(head, FEWEST - 1)]
    assert {report for report, _ in lines(QueueFilters(wave=head))} == {one.report for one in receipts}
    assert len(lines(QueueFilters(text="inloggen"))) == FEWEST
    later = come_in(1)
    assert actions.gather_waves(JOB) == 1
    assert lines() == [(head, FEWEST)]
    assert later[0].report in {report for report, _ in lines(QueueFilters(wave=head))}


@pytest.mark.django_db
def test_fewer_stand_each_on_a_line_of_their_own() -> None:
    come_in(FEWEST - 1)
    assert actions.gather_waves(JOB) == 0


@pytest.mark.django_db
def test_a_grave_one_among_them_keeps_its_line() -> None:
    come_in(FEWEST)
    (grave,) = come_in(1, text="Ik kan niet inloggen, en er is levensgevaar.")
    actions.gather_waves(JOB)
    assert [alike for _, alike in lines()] == [FEWEST - 1, 0]
    assert lines()[1][0] == grave.report


@pytest.mark.django_db
def test_what_the_law_has_a_clock_for_never_stands_behind_another() -> None:
    statutory = ReportForm(
        title=TITLES[0],
        text="",
        kind=ReportKind.STATUTORY,
        entity_kind="essential",
        stage=Stage.EARLY_WARNING,
        aware_at=datetime.now(UTC) - timedelta(hours=1),
    )
    for _ in range(FEWEST):
        intake_actions.receive_report(STRANGER, form=statutory)
    assert actions.gather_waves(JOB) == 0


@pytest.mark.django_db
def test_one_that_turns_out_to_be_about_a_constituent_stands_up() -> None:
    come_in(FEWEST - 1)
    named = intake_actions.receive_report(
        STRANGER, form=ReportForm(TITLES[0], "Ik kan niet inloggen.", organisation_named=WATER.name)
    )
    actions.gather_waves(JOB)
    assert len(lines()) == 1
    constituency_actions.register_organisation(JOB, form=WATER)
    intake_actions.attribute_reports(JOB)
    actions.gather_waves(JOB)
    assert [report for report, _ in lines()][1:] == [named.report]


@pytest.mark.django_db
def test_one_to_which_its_reporter_adds_something_stands_up() -> None:
    receipts = come_in(FEWEST)
    actions.gather_waves(JOB)
    intake_actions.submit_stage(
        reporter_with(receipts[-1].code), report=receipts[-1].report, stage=Stage.ADDITION, text="Het is erger."
    )
    actions.gather_waves(JOB)
    assert lines() == [(receipts[0].report, FEWEST - 2), (receipts[-1].report, 0)]


@pytest.mark.django_db
@pytest.mark.parametrize("act", ["take", "decline"])
def test_one_that_is_touched_stands_up_and_the_next_leads_the_others(act: str) -> None:
    receipts, me = come_in(FEWEST), analyst()
    actions.gather_waves(JOB)
    head = receipts[0].report
    if act == "take":
        actions.take_report(me, report=head)
    else:
        actions.decide_report(me, report=head, decision=Decision.DECLINE, reason="Bekend.")
    undecided = lines(QueueFilters(states=(State.RECEIVED,)))
    assert undecided == [(receipts[1].report, FEWEST - 2)]


@pytest.mark.django_db
def test_a_storm_of_one_mailer_is_one_line_and_others_have_theirs() -> None:
    subjects = [f"{word} op de server" for word in ("Aanval", "Storing", "Virus", "Lek", "Ramp", "Brand", "Inbraak")]
    for number in range(STORM):
        _mail("storm@elders.example", f"{subjects[number % 7]} {'abcdefghij'[number] * 4}")
    _mail("noor@korenbeurs.example", "Een vraag over de server")
    assert actions.gather_waves(JOB) >= STORM - 4
    assert len(lines()) < STORM


def _mail(sender: str, subject: str) -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Message-ID"] = sender, subject, f"<{uuid.uuid4()}@elders.example>"
    mail.set_content("Zie het onderwerp.")
    intake_actions.receive_mail(JOB, raw=mail.as_bytes())


@pytest.mark.django_db
def test_nothing_of_a_report_changes_by_standing_behind_another() -> None:
    receipts = come_in(FEWEST)
    before = [intake_queries.get_report(analyst(), report=one.report) for one in receipts]
    actions.gather_waves(JOB)
    assert [intake_queries.get_report(analyst(), report=one.report) for one in receipts] == before
