"""Who tells of its services waits for nobody else who tells of its own, and codes are read once a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID

import psycopg
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.constituency.cast import member_of
from tests.services.cast import founded
from tests.services.test_telling_own import HEADER

from meldpunt.entrypoints.postgres import launcher
from meldpunt.entrypoints.postgres.values import SUPERUSER
from meldpunt.services import actions
from meldpunt.services.actions.keeping import take_turn

_OF_ONE = "(hashtext('services.register'), hashtext(%s))"
_WHOLE = "(hashtext('services.register'))"
_TOGETHER = f"_shared{_WHOLE}"
_CODES = r'SELECT "services_service"."organisation_id"( AS \S+)?, "services_service"."code"( AS \S+)? FROM'
ONE, OTHER = UUID(int=1), UUID(int=2)


@pytest.fixture
def beside(postgres_server: launcher.Server, db: None) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """Somebody who takes turns in the same database."""
    with psycopg.connect(postgres_server.dsn(SUPERUSER, str(connection.settings_dict["NAME"]))) as other:
        yield other


def is_free(beside: psycopg.Connection[tuple[object, ...]], turn: str, *given: object) -> object:
    """Whether it can be had now; it is given back at once."""
    (found,) = beside.execute(f"SELECT pg_try_advisory_xact_lock{turn}", given or None).fetchone() or (None,)
    beside.rollback()
    return found


def test_one_owner_waits_for_no_other_and_the_whole_register_for_each(
    beside: psycopg.Connection[tuple[object, ...]],
) -> None:
    with transaction.atomic():
        take_turn(ONE)
        assert [is_free(beside, _OF_ONE, str(one)) for one in (ONE, OTHER)] == [False, True]
        assert (is_free(beside, _WHOLE), is_free(beside, _TOGETHER)) == (False, True)
        transaction.set_rollback(True)
    with transaction.atomic():
        take_turn()
        assert is_free(beside, _TOGETHER) is False


@pytest.mark.django_db
def test_the_codes_in_use_are_read_once_for_a_file() -> None:
    insider = member_of(founded().bank)
    lines = b"".join(b"service,k%d,dienst %d,,,,,,,,,,,,\n" % (number, number) for number in range(30))
    with CaptureQueriesContext(connection) as asked:
        actions.import_own_services(insider, raw=HEADER + lines)
    read = [one["sql"] for one in asked if re.match(_CODES, one["sql"])]
    assert len(read) == 1
