"""A login of one door and nothing else: what PostgreSQL answers to a corpus of statements, and what it may not say.

The corpus lies in `corpus/`, by kind; to it come every function that the role may call and every view of the catalogue.
Secrets are drawn from what the superuser reads: ids, digests, addresses, references and whole sentences of every table
of a room, but for what this door may know.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import psycopg
from psycopg.errors import Diagnostic
from tests.cast.played import Played

CORPUS: Final = Path(__file__).parent / "corpus"
TOKEN: Final = re.compile(r"[\w@.+:-]{6,}")
_TELLING_TOKEN: Final = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32,}|\S+@\S+\.\w+|[A-Z]{2,4}-[\w-]{4,}"
)
_SENTENCE: Final = re.compile(r"[^.\n|;:]{16,}")

ROLES: Final = "SELECT rolname FROM pg_roles WHERE rolname NOT LIKE 'pg\\_%' ORDER BY 1"
VIEWS: Final = (
    "SELECT oid::regclass::text FROM pg_class WHERE relkind IN ('r', 'v', 'm')"
    " AND relnamespace IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace) ORDER BY 1"
)
FUNCTIONS: Final = (
    "SELECT oid::regproc::text, array(SELECT format_type(t, NULL) FROM unnest(proargtypes) AS t), prokind = 'p',"
    " pronamespace = 'public'::regnamespace FROM pg_proc WHERE prokind IN ('f', 'p')"
    " AND prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype, 'internal'::regtype)"
    " AND NOT 'internal'::regtype = ANY (proargtypes) AND has_function_privilege(oid, 'EXECUTE') ORDER BY 1, 2"
)
GRANTED: Final = (
    "SELECT has_any_column_privilege(%s, 'SELECT') OR has_any_column_privilege(%s, 'INSERT')"
    " OR has_table_privilege(%s, 'DELETE')"
)
UNGRANTED: Final = 20
"""Where a role is granted nothing, every statement is refused alike: the first kinds are enough."""

# They keep the session waiting, or end another session of this role, or wait for a lock: none gives a value.
STAYING: Final = re.compile(
    r"^(pg_sleep\w*|pg_terminate_backend|pg_cancel_backend|pg_advisory_\w+|pg_wal_replay_wait|pg_log_backend_\w+"
    r"|pg_stat_reset\w*|pg_stat_clear\w*|generate_series\w*|repeat|lpad|rpad|pg_promote)$"
)


@dataclass(frozen=True)
class Secrets:
    """Words that may not show: `tokens` as a whole, `sentences` anywhere."""

    tokens: frozenset[str]
    sentences: tuple[str, ...]

    def found_in(self, text: str) -> list[str]:
        """Which of them show in what was answered."""
        shown = self.tokens & set(TOKEN.findall(text))
        return sorted(shown) + [one for one in self.sentences if one in text]


@dataclass
class Answer:
    """All that came back: values, notices, notifications and the text of an error."""

    said: list[str] = field(default_factory=list)

    def notice(self, told: Diagnostic) -> None:
        """Keep every part of a notice or an error."""
        for part in ("message_primary", "message_detail", "message_hint", "context", "internal_query"):
            self.said.append(str(getattr(told, part) or ""))

    def __str__(self) -> str:
        return "\n".join(one for one in self.said if one)


def secrets_of(played: Played, tables: Iterable[str], *, known: Iterable[str]) -> Secrets:
    """What lies in these tables and is not among what is `known` to the thief, or public."""
    tokens: set[str] = set()
    sentences: set[str] = set()
    for table in tables:
        for value in _values([row[0] for row in played.ask(f'SELECT to_jsonb(t) FROM "{table}" AS t')]):
            tokens.update(_TELLING_TOKEN.findall(value))
            if not _TELLING_TOKEN.fullmatch(value):
                sentences.update(one.strip()[:80] for one in _SENTENCE.findall(value) if " " in one.strip())
    open_text = "\n".join(known)
    return Secrets(
        frozenset(one for one in tokens if one not in open_text),
        tuple(sorted(one for one in sentences if one not in open_text and len(one) >= len("Waterbedrijf Zui"))),
    )


def _values(found: object) -> Iterator[str]:
    if isinstance(found, Mapping):
        for one in found.values():
            yield from _values(one)
    elif isinstance(found, Sequence) and not isinstance(found, str):
        for one in found:
            yield from _values(one)
    elif isinstance(found, str):
        yield found


def paragraphs(name: str) -> list[str]:
    """The statements of one kind, as they stand in their file."""
    text = (CORPUS / f"{name}.sql").read_text()
    return [one.strip() for one in text.split("\n\n") if one.strip() and not one.startswith("--")]


def tries(
    door: psycopg.Connection[tuple[object, ...]],
    *,
    tables: Iterable[str],
    drawn: Mapping[str, Sequence[str]],
    settings: Mapping[str, Sequence[str]],
    with_catalogue: bool = True,
) -> Iterator[str]:
    """The whole corpus. `drawn` holds for a type of argument what is tried, as SQL; `settings` what is claimed.

    The views and functions of PostgreSQL itself answer every door alike: `with_catalogue` says whether they are asked.
    """
    roles = [str(one) for (one,) in door.execute(ROLES).fetchall()]
    every = paragraphs("each_table")
    for table in tables:
        granted = door.execute(GRANTED, (table, table, table)).fetchone() == (True,)
        yield from (statement.replace("{table}", table) for statement in (every if granted else every[:UNGRANTED]))
    for statement, role in itertools.product(paragraphs("each_role"), roles):
        yield statement.replace("{role}", role)
    for statement, (setting, values) in itertools.product(paragraphs("each_setting"), settings.items()):
        yield from (statement.replace("{setting}", setting).replace("{value}", value) for value in values)
    yield from paragraphs("session")
    if with_catalogue:
        yield from (f"SELECT * FROM {view}" for (view,) in door.execute(VIEWS).fetchall())
    yield from calls(door, drawn, with_catalogue=with_catalogue)


def calls(
    door: psycopg.Connection[tuple[object, ...]], drawn: Mapping[str, Sequence[str]], *, with_catalogue: bool
) -> Iterator[str]:
    """A call of every function that the role may execute: of ours with all that is drawn, of others with the first."""
    for name, types, is_procedure, is_ours in door.execute(FUNCTIONS).fetchall():
        if STAYING.match(str(name).rsplit(".", 1)[-1]) or not (is_ours or with_catalogue):
            continue
        choices = [_drawn(str(one), drawn, all_of_them=bool(is_ours)) for one in types]  # type: ignore[attr-defined]
        for given in itertools.islice(itertools.product(*choices), 200):
            listed = ", ".join(given)
            yield f"CALL {name}({listed})" if is_procedure else f"SELECT {name}({listed})"


def _drawn(kind: str, drawn: Mapping[str, Sequence[str]], *, all_of_them: bool) -> Sequence[str]:
    if kind.endswith("[]") and kind not in drawn:
        return [f"ARRAY[{', '.join(drawn.get(kind[:-2], [f'NULL::{kind[:-2]}']))}]::{kind}"]
    found = drawn.get(kind, [f"NULL::{kind}"])
    return found if all_of_them else found[:1]


def answer_to(door: psycopg.Connection[tuple[object, ...]], statement: str) -> Answer:
    """Run the statement, see all of it, and undo it."""
    answer = Answer()
    door.add_notice_handler(answer.notice)
    try:
        with door.transaction(force_rollback=True), door.cursor() as cursor:
            if statement.startswith("COPY") and "STDOUT" in statement:
                with cursor.copy(statement.encode()) as copied:
                    answer.said.extend(bytes(part).decode(errors="replace") for part in copied)
            else:
                cursor.execute(statement.encode())
                _collect(cursor, answer)
    except psycopg.Error as error:
        answer.said.append(str(error))
        answer.notice(error.diag)
    finally:
        door.remove_notice_handler(answer.notice)
    answer.said.extend(f"{one.channel} {one.payload}" for one in door.notifies(timeout=0))
    return answer


def _collect(cursor: psycopg.Cursor[tuple[object, ...]], answer: Answer) -> None:
    while True:
        if cursor.description is not None:
            answer.said.extend(" ".join(map(_said, row)) for row in cursor.fetchall())
        if not cursor.nextset():
            return


def _said(value: object) -> str:
    return value.hex() if isinstance(value, bytes | memoryview) else str(value)
