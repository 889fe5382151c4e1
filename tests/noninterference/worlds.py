"""A world: a copy of the country in which somebody is the victim and a program is played."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Final
from uuid import UUID

import psycopg
from django.test import override_settings
from tests.copies import copied
from tests.disclosure.servers import Server as MailServer
from tests.disclosure.servers import settings_for
from tests.noninterference.country import Country, standing_in
from tests.noninterference.mails import Mail, mail_of
from tests.noninterference.sameness import Sameness, held
from tests.noninterference.victims import Victim, change_places

from meldpunt.access.errors import MeldpuntError
from meldpunt.access.values import JOB, Actor, OrganisationId
from meldpunt.cases.values import CaseId
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.entrypoints.postgres import launcher
from meldpunt.entrypoints.postgres.values import SUPERUSER
from meldpunt.intake import actions as intake_actions
from meldpunt.intake.values import Receipt
from meldpunt.ledger import actions as ledger_actions

Act = Callable[["World"], None]
SECONDS_APART: Final = 2
_NUMBERS = count()


@dataclass
class World:
    """What a program finds and leaves: who the victim is, and what came of the acts before."""

    server: launcher.Server
    database: str
    country: Country
    victim: Victim
    sameness: Sameness
    office: MailServer = field(repr=False)
    mails: list[Mail] = field(default_factory=list)
    """All that was handed to the mail server, oldest first."""
    reports: list[Receipt] = field(default_factory=list)
    case: CaseId | None = None
    ids: dict[str, UUID] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    """Who was told who the victim is, and is no outsider any more."""
    refused: list[str] = field(default_factory=list)
    """What the rooms refused, in their words: a program may ask for what cannot be."""

    def play(self, program: Sequence[Act]) -> None:
        """Act by act, each at a moment of its own."""
        for number, act in enumerate(program, 1):
            self.sameness.at(f"act {number}", seconds=number * SECONDS_APART)
            try:
                act(self)
            except MeldpuntError as broken:
                self.refused.append(f"{number}. {act.__name__}: {type(broken).__name__}: {broken}")
            self._send_mail()
        self.sameness.at("the end", seconds=(len(program) + 1) * SECONDS_APART)
        ledger_actions.sign_checkpoint(JOB)

    def _send_mail(self) -> None:
        """As the job does it, to a server that takes everything."""
        while (envelope := disclosure_actions.claim_envelope(JOB)) is not None:
            disclosure_actions.send_envelope(JOB, envelope=envelope)
        while (letter := disclosure_actions.claim_letter(JOB)) is not None:
            intake_actions.send_letter(JOB, letter=letter)
        self.mails += map(mail_of, self.office.mails)
        self.office.mails.clear()

    def actor(self, name: str) -> Actor:
        """Somebody of the desk, or of an organisation that is not the victim."""
        return self.country.actor(name)

    @property
    def organisation(self) -> OrganisationId:
        """The victim's id."""
        return self.country.organisation(self.victim.seat)

    @property
    def reporter(self) -> Actor:
        """Who reports for the victim."""
        return self.country.actor(f"{self.victim.seat}-security")

    def column(self, query: str) -> list[str]:
        """What the database holds, past every row policy: to know what there is to be asked for."""
        with psycopg.connect(self.server.dsn(SUPERUSER, self.database)) as connection:
            return [str(row[0]) for row in connection.execute(query).fetchall()]


@dataclass(frozen=True)
class Worlds:
    """Where worlds are made: the server, and the database with the country in it."""

    server: launcher.Server
    template: str
    country: Country = field(repr=False)
    office: MailServer = field(repr=False)

    def __repr__(self) -> str:
        return f"the worlds of {self.template}"

    @contextmanager
    def one(self, victim: Victim, program: Sequence[Act], *, begins_at: datetime) -> Iterator[World]:
        """A world in which the program was played, gone when the block ends. Go `inside` it to look around."""
        name = f"world_{os.getpid()}_{next(_NUMBERS)}"
        with copied(self.server, name, of=self.template) as database:
            if victim.seat != victim.company.cast:
                with psycopg.connect(self.server.dsn(SUPERUSER, database)) as connection:
                    change_places(connection, self.country)
            world = World(self.server, database, self.country, victim, Sameness(begins_at), self.office)
            with inside(world):
                world.play(program)
            yield world


@contextmanager
def inside(world: World) -> Iterator[World]:
    """Within the block Django's connection stands in this world, and its clock and dice are the world's."""
    mail = override_settings(MAIL=settings_for(world.office.url))
    with mail, standing_in(world.server, world.database), held(world.sameness):
        yield world
