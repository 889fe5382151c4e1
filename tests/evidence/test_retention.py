"""How long evidence is kept, what keeps it longer, and who lets it go."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.evidence.test_evidence import ANALYST, DUTY_OFFICER, REPORTER, actor_of

from meldpunt.access.binding import bound
from meldpunt.access.errors import NotFound, PermissionMissing
from meldpunt.access.values import JOB, Actor, Door, Role
from meldpunt.evidence import actions, models, queries, retention, sealing
from meldpunt.evidence.errors import EvidenceHeld, ReasonMissing
from meldpunt.evidence.key_in_use import key_store
from meldpunt.evidence.values import EvidenceId, HoldGround, Kept
from meldpunt.ledger import queries as ledger_queries
from meldpunt.ledger.values import Kind

FIVE_DAYS_AGO = timezone.now() - timedelta(days=5)
BETWEEN = (datetime(2020, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
INSTANTS = st.integers(*(int(one.timestamp()) for one in BETWEEN)).map(lambda at: datetime.fromtimestamp(at, UTC))
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
WOO = actor_of(Role.WOO_OFFICER, Door.DESK)
RULE = {"purpose": "report", "after": "ended", "term": "P12M", "by": "officer", "source": "a choice"}


def rules(*lines: Mapping[str, str]) -> Mapping[str, object]:
    return {"rule": [{**RULE, **line} for line in lines]}


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Terms of a day, for what was sealed five days ago."""
    monkeypatch.setattr(
        settings,
        "EVIDENCE_RETENTION",
        rules({"term": "P1D"}, {"purpose": "feed", "after": "sealed", "term": "P1D", "by": "job"}),
    )


def sealed(purpose: str = "report", sealed_at: datetime | None = None) -> EvidenceId:
    """An item that was sealed five days ago, or then: the rows that the door of an organisation writes."""
    item, data = EvidenceId(uuid4()), b"%PDF-1.7 log"
    with bound(REPORTER):
        models.Item(
            id=item,
            about=uuid4(),
            purpose=purpose,
            organisation=REPORTER.organisation,
            name="pomp.pdf",
            name_given=b"pomp.pdf",
            media_type="application/pdf",
            media_type_declared="application/pdf",
            size=len(data),
            digest=hashlib.sha256(data).digest(),
            salt=bytes(32),
            sealed_by=REPORTER.id,
            sealed_at=sealed_at or FIVE_DAYS_AGO,
        ).save(force_insert=True)
        made, store = sealing.seal(data, item=item), key_store()
        models.Content(item_id=item, ciphertext=made.ciphertext).save(force_insert=True)
        models.Key(item_id=item, store=store.name, wrapped=store.wrap(made.key)).save(force_insert=True)
    return item


def about(item: EvidenceId) -> UUID:
    return queries.get_evidence(ANALYST, item=item).about


def end(item: EvidenceId, ended_at: datetime | None = None) -> None:
    """The work on it ended five days ago, or then."""
    actions.note_end(ANALYST, about=about(item), is_over=True)
    with bound(ANALYST):
        models.Ending.objects.filter(about=about(item)).update(ended_at=ended_at or FIVE_DAYS_AGO)


def line(item: EvidenceId) -> Kept:
    return next(one for one in queries.list_kept(DUTY_OFFICER) if one.id == item)


def is_there(item: EvidenceId) -> bool:
    return queries.get_evidence(ANALYST, item=item).shredded_at is None


def test_the_file_of_this_house_can_be_read_and_says_of_each_term_where_it_is_from() -> None:
    found = retention.read_rules(settings.EVIDENCE_RETENTION)
    assert set(found) == {"report", "feed", "inquiry"}
    assert all("choice of this file" in rule.source for rule in found.values())


@pytest.mark.parametrize(
    "data",
    [
        "",
        "rule = []",
        "[[rule]]\npurpose = 'report'",
        "[[rule]]\npurpose='a'\nafter='sealed'\nterm='PT5H'\nby='job'\nsource='x'",
        "[[rule]]\npurpose='a'\nafter='read'\nterm='P5D'\nby='job'\nsource='x'",
        "[[rule]]\npurpose='a'\nafter='sealed'\nterm='P5D'\nby='cron'\nsource='x'",
        "[[rule]]\npurpose='a'\nafter='sealed'\nterm='P5D'\nby='job'\nsource=''",
        "[[rule]]\npurpose='a'\nafter='sealed'\nterm='P5D'\nby='job'\nsource='x'\n" * 2,
        "[[rule]]\npurpose='a'\nafter='sealed'\nterm='P5D'\nby='job'\nsource='x'\n[other]",
    ],
)
def test_what_is_no_set_of_rules_destroys_nothing(data: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        retention.read_rules(tomllib.loads(data))


def test_a_term_is_counted_on_the_local_calendar_from_the_end_of_the_work() -> None:
    (rule,) = retention.read_rules(rules({"term": "P1M"})).values()
    late = datetime(2026, 1, 30, 23, 30, tzinfo=UTC)
    assert rule.last_day(sealed_at=late, ended_at=None, zone=AMSTERDAM) is None
    assert rule.last_day(sealed_at=datetime(2025, 1, 1, tzinfo=UTC), ended_at=late, zone=AMSTERDAM) == date(2026, 2, 28)
    assert rule.last_day(sealed_at=late, ended_at=datetime(2025, 1, 1, tzinfo=UTC), zone=AMSTERDAM) == date(2026, 2, 28)


@pytest.mark.django_db
@given(
    sealed_at=INSTANTS,
    ended_at=st.none() | INSTANTS,
    months=st.integers(0, 30),
    days=st.integers(1, 400),
    after=st.sampled_from(retention.After),
)
def test_the_database_counts_as_the_rule_does(
    sealed_at: datetime, ended_at: datetime | None, months: int, days: int, after: retention.After
) -> None:
    data = rules({"term": f"P{months}M{days}D", "after": after.value})
    (rule,) = retention.read_rules(data).values()
    with transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "EVIDENCE_RETENTION", data)
        item = sealed(sealed_at=sealed_at)
        if ended_at:
            end(item, ended_at)
        expected = rule.last_day(sealed_at=sealed_at, ended_at=ended_at, zone=AMSTERDAM)
        assert line(item).until == expected
        assert line(item).is_due is (expected is not None and expected < timezone.localdate())
        transaction.set_rollback(True)


@pytest.mark.django_db
class TestGoing:
    """What goes, what stays, and who says so."""

    @pytest.fixture(autouse=True)
    def terms(self, short: None) -> None:
        pass

    def test_while_the_work_goes_on_nothing_is_due(self) -> None:
        item = sealed()
        assert (line(item).until, line(item).is_due) == (None, False)
        assert actions.shred_due(DUTY_OFFICER, items=[item]) == 0
        end(item)
        assert line(item).is_due
        actions.note_end(ANALYST, about=about(item), is_over=False)
        assert not line(item).is_due
        assert actions.shred_due(DUTY_OFFICER, items=[item]) == 0
        assert is_there(item)

    def test_on_its_last_day_an_item_is_still_there(self) -> None:
        item = sealed("feed", timezone.now() - timedelta(days=1))
        assert line(item).until == timezone.localdate()
        assert actions.shred_due(JOB) == 0

    def test_the_job_takes_what_its_rule_leaves_to_it_and_nothing_else(self) -> None:
        feed, report = sealed("feed"), sealed()
        end(report)
        assert actions.shred_due(JOB) == 1
        assert (is_there(feed), is_there(report)) == (False, True)
        assert actions.shred_due(DUTY_OFFICER) == 0
        assert actions.shred_due(DUTY_OFFICER, items=[report]) == 1
        assert not is_there(report)

    def test_what_no_rule_names_stays(self) -> None:
        item = sealed("something else")
        end(item)
        assert line(item).until is None
        assert actions.shred_due(DUTY_OFFICER, items=[item]) == 0

    @pytest.mark.parametrize("holder", [ANALYST, WOO])
    def test_a_hold_keeps_it_from_everybody_until_it_is_lifted_with_a_reason(self, holder: Actor) -> None:
        item = sealed("feed")
        hold = actions.hold_evidence(holder, about=about(item), ground=HoldGround.COURT, reason="  vordering  ")
        assert (line(item).is_held, line(item).is_due) == (True, False)
        assert actions.shred_due(JOB) == 0
        with pytest.raises(EvidenceHeld):
            actions.shred_evidence(DUTY_OFFICER, item=item, reason="mistake")
        with pytest.raises(ReasonMissing):
            actions.lift_hold(WOO, hold=hold, reason=" ")
        assert [one.reason for one in queries.list_holds(WOO)] == ["vordering"]
        actions.lift_hold(WOO, hold=hold, reason="de zaak is uit")
        with pytest.raises(NotFound):
            actions.lift_hold(WOO, hold=hold, reason="nog eens")
        assert actions.shred_due(JOB) == 1

    def test_the_database_itself_keeps_what_is_held(self) -> None:
        item = sealed()
        actions.hold_evidence(ANALYST, about=about(item), ground=HoldGround.CASE, reason="loopt nog")
        gone = {"shredded_at": timezone.now(), "digest": None, "salt": None, "name": "", "name_given": b""}
        with pytest.raises(DatabaseError, match="row-level security"), bound(DUTY_OFFICER), transaction.atomic():
            models.Item.objects.filter(id=item).update(**gone)
        with bound(DUTY_OFFICER):
            assert models.Key.objects.filter(item_id=item).delete()[0] == 0
            assert models.Content.objects.filter(item_id=item).delete()[0] == 0
        assert actions.open_evidence(ANALYST, item=item).data

    def test_for_one_source_it_is_held_once(self) -> None:
        thing, source = uuid4(), uuid4()
        held = {
            actions.hold_evidence(WOO, about=thing, ground=HoldGround.INFORMATION_REQUEST, reason="W-1", source=source)
            for _ in range(2)
        }
        assert len(held) == len(queries.list_holds(WOO)) == 1

    @pytest.mark.parametrize("actor", [REPORTER, JOB])
    def test_no_other_door_holds(self, actor: Actor) -> None:
        with pytest.raises(PermissionMissing):
            actions.hold_evidence(actor, about=uuid4(), ground=HoldGround.OTHER, reason="x")

    def test_going_holding_and_lifting_are_in_the_ledger(self) -> None:
        item = sealed("feed")
        hold = actions.hold_evidence(ANALYST, about=about(item), ground=HoldGround.OTHER, reason="nog even")
        actions.lift_hold(ANALYST, hold=hold, reason="klaar")
        actions.shred_due(JOB)
        kinds = {one.kind for one in ledger_queries.list_entries(ANALYST, subject=hold)}
        assert kinds == {Kind.HELD, Kind.HOLD_LIFTED}
        (erased,) = ledger_queries.list_entries(REPORTER, subject=item, kind=Kind.ERASED)
        assert erased.details["term"] == "sealed+P0M1D"

    def test_who_made_the_report_is_told_the_last_day_and_no_hold(self) -> None:
        item = sealed(sealed_at=timezone.now())
        items = queries.list_evidence(REPORTER, about=about(item))
        assert queries.last_days(REPORTER, items=items, ended_at=None) == {}
        day = timezone.localdate() + timedelta(days=1)
        assert queries.last_days(REPORTER, items=items, ended_at=timezone.now()) == {item: day}
        with pytest.raises(PermissionMissing):
            queries.list_holds(REPORTER)


def test_another_file_of_rules_is_read_where_the_house_names_one(tmp_path: Path) -> None:
    path = tmp_path / "retention.toml"
    path.write_text("[[rule]]\npurpose='report'\nafter='sealed'\nterm='P7D'\nby='job'\nsource='our selection list'\n")
    rule = retention.read_rules(tomllib.loads(path.read_text()))["report"]
    assert (rule.by, rule.term.days) == (retention.By.JOB, 7)
