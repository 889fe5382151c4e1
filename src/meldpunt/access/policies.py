"""Row policies as named SQL files, run by migrations: `<room>/sql/policies/<table>.sql`."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files

from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.special import RunSQL


def policies(room: str, *tables: str) -> list[Operation]:
    """Operations that enable and force row security on each table and lay the policies of its file.

    The file holds GRANT and CREATE POLICY only; enabling, forcing and taking everything from PUBLIC is done here,
    so that no file can forget it. Reverse drops the policies and grants of the table.
    """
    return [_policy(room, table) for table in tables]


def routines(room: str, name: str, *, undo: str, words: Mapping[str, str] | None = None) -> RunSQL:
    """An operation that runs `<room>/sql/<name>.sql` whole (functions, views); `undo` is its reverse.

    Each of `words` stands inside a quoted text of the file, where it says `{its name}`.
    """
    text = (files(f"meldpunt.{room}") / "sql" / f"{name}.sql").read_text()
    for place, said in (words or {}).items():
        text = text.replace(f"{{{place}}}", said.replace("'", "''"))
    return RunSQL(text, undo)


def _policy(room: str, table: str) -> RunSQL:
    lay = (files(f"meldpunt.{room}") / "sql" / "policies" / f"{table}.sql").read_text()
    shut = (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;\n"
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY;\n"
        f"REVOKE ALL ON {table} FROM PUBLIC;\n"
    )
    return RunSQL(shut + lay, _LIFT.replace("{table}", table))


_LIFT = """
DO $lift$
DECLARE one record;
BEGIN
  FOR one IN SELECT policyname FROM pg_policies WHERE tablename = '{table}' LOOP
    EXECUTE format('DROP POLICY %I ON {table}', one.policyname);
  END LOOP;
END $lift$;
REVOKE ALL ON {table} FROM meldpunt_desk, meldpunt_portal, meldpunt_public, meldpunt_sensor, meldpunt_jobs;
"""
