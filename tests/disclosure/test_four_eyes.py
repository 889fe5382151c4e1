"""No sequence of actions lets one person both decide and approve: whatever the order, the tab, or the role of the day.

Some people with changing roles, who look at pages and press buttons on pages that may be old by then; after every step
the tables themselves are asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from meldpunt.access.binding import bound
from meldpunt.access.errors import NotFound, PermissionMissing, RuleBroken
from meldpunt.access.values import Actor, Role
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import models
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import Disclosure, Draft, ItemKind, State, Unshown
from meldpunt.law import DataKind, Purpose
from meldpunt.vocabulary.markings import TLP

from . import cast

pytestmark = pytest.mark.django_db

PEOPLE = 4
ROLES = (Role.ANALYST, Role.DUTY_OFFICER, Role.WOO_OFFICER, Role.STATISTICIAN, Role.ADMINISTRATOR)
ANYBODY = st.integers(0, PEOPLE - 1)


class Desk(RuleBasedStateMachine):
    """A desk at work. `tabs` are pages that somebody opened, and may press a button on much later."""

    disclosures = Bundle("disclosures")
    tabs = Bundle("tabs")

    @initialize()
    def open_the_desk(self) -> None:
        self.sid = transaction.savepoint()
        self.country = cast.found_country()
        self.people = [cast.duty_officer() if each % 2 else cast.analyst() for each in range(PEOPLE)]

    def teardown(self) -> None:
        if hasattr(self, "sid"):
            transaction.savepoint_rollback(self.sid)

    @rule(who=ANYBODY, role=st.sampled_from(ROLES))
    def change_role(self, who: int, role: Role) -> None:
        """The same person, with another task from now on."""
        self.people[who] = replace(self.people[who], roles=frozenset({role}))

    @rule(target=disclosures, who=ANYBODY, asks_two=st.booleans(), in_one=st.booleans())
    def propose(self, who: int, asks_two: bool, in_one: bool) -> object:
        draft = self._draft(asks_two)
        if in_one:
            return self._try(
                lambda: disclosure_actions.disclose(
                    self.people[who], draft=draft, reason="nodig", seen=Unshown.IN_A_PROGRAM
                )
            )
        return self._try(
            lambda: disclosure_actions.propose_disclosure(self.people[who], draft=draft, seen=Unshown.IN_A_PROGRAM)
        )

    @rule(target=disclosures, who=ANYBODY, old=disclosures, asks_two=st.booleans())
    def supersede(self, who: int, old: Disclosure, asks_two: bool) -> object:
        return self._try(
            lambda: disclosure_actions.supersede_disclosure(
                self.people[who],
                disclosure=old.id,
                draft=self._draft(asks_two),
                reason="verbeterd",
                seen=Unshown.IN_A_PROGRAM,
            )
        )

    @rule(target=tabs, who=ANYBODY, which=disclosures)
    def open_tab(self, who: int, which: Disclosure) -> object:
        return self._try(lambda: disclosure_queries.get_disclosure(self.people[who], disclosure=which.id))

    @rule(who=ANYBODY, tab=tabs)
    def decide(self, who: int, tab: Disclosure) -> None:
        self._try(
            lambda: disclosure_actions.decide_disclosure(
                self.people[who], disclosure=tab.id, reason="nodig", seen=tab.sight
            )
        )

    @rule(who=ANYBODY, tab=tabs)
    def approve(self, who: int, tab: Disclosure) -> None:
        self._try(
            lambda: disclosure_actions.approve_disclosure(
                self.people[who], disclosure=tab.id, reason="akkoord", seen=tab.sight
            )
        )

    @rule(who=ANYBODY, which=disclosures)
    def withdraw(self, who: int, which: Disclosure) -> None:
        self._try(lambda: disclosure_actions.withdraw_disclosure(self.people[who], disclosure=which.id, reason="fout"))

    @rule(who=ANYBODY, which=disclosures, by=ANYBODY)
    def write_past_the_rules(self, who: int, which: Disclosure, by: int) -> None:
        """Straight into the table, as far as its policies and its trigger let the door's role."""
        change = (
            "UPDATE disclosure_disclosure SET state = 'delivered', delivered_at = now(), approved_by = %s,"
            " decided_by = coalesce(decided_by, %s) WHERE id = %s"
        )
        people = [self.people[by].id, self.people[who].id, which.id]

        def write() -> Disclosure:
            with bound(self.people[who]):
                connection.cursor().execute(change, people)
            return which

        self._try(write)

    @invariant()
    def four_eyes_are_of_two_people(self) -> None:
        for row in self._rows():
            if row.approved_by is not None:
                assert row.approved_by not in (row.proposed_by, row.decided_by)
            if row.state in (State.DELIVERED, State.SUPERSEDED):
                assert row.decided_by is not None
                assert row.approved_by is not None or row.purpose != Purpose.ESCALATE

    @invariant()
    def nothing_is_told_that_was_not_decided(self) -> None:
        if not hasattr(self, "sid"):
            return
        told = {row.id for row in self._rows() if row.delivered_at}
        with bound(self._overseer()):
            readers = set(models.Reader.objects.values_list("disclosure_id", flat=True))
            assert readers <= told

    @invariant()
    def each_is_superseded_by_one_that_was_told_in_its_place(self) -> None:
        rows = {row.id: row for row in self._rows()}
        for row in rows.values():
            if row.state == State.SUPERSEDED:
                newer = rows[row.superseded_with_id]
                assert (newer.supersedes_id, bool(newer.delivered_at)) == (row.id, True)

    def _overseer(self) -> Actor:
        return cast.duty_officer()

    def _rows(self) -> list[models.Disclosure]:
        if not hasattr(self, "sid"):
            return []
        with bound(self._overseer()):
            return list(models.Disclosure.objects.all())

    def _draft(self, asks_two: bool) -> Draft:
        if asks_two:
            return cast.escalation(self.country)
        return cast.draft_for(
            cast.to(self.country.bank),
            cast.told(DataKind.ADVICE),
            purpose=Purpose.ADVISE,
            item=ItemKind.ADVICE,
            tlp=TLP.AMBER_STRICT,
        )

    def _try(self, act: Callable[[], Disclosure]) -> object:
        """Whoever may not is refused; what is refused leaves nothing."""
        with _refused_is_fine() as came, transaction.atomic():
            came.append(act())
        return came[0] if came else multiple()


@contextmanager
def _refused_is_fine() -> Iterator[list[Disclosure]]:
    came: list[Disclosure] = []
    try:
        yield came
    except (PermissionMissing, NotFound, RuleBroken, IntegrityError):
        came.clear()


def test_no_order_of_deeds_gives_one_person_both_pairs_of_eyes() -> None:
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
