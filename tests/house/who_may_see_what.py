"""Writes `docs/who-may-see-what.md` from the code and the catalogue; `MELDPUNT_UPDATE=1` renews it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver

from meldpunt.access.rules import PERMISSIONS
from meldpunt.access.values import Door, Permission, Role
from meldpunt.entrypoints.api.operations import OPERATIONS
from meldpunt.entrypoints.web.doors import ENTRANCES
from meldpunt.entrypoints.web.gate import Declaration

INTRODUCTION = """\
# Who may see what

Written by a test from the code and from PostgreSQL's own catalogue; a change of access shows here as a diff.

"""


def views() -> Iterator[tuple[Door, str, Declaration | None]]:
    """Every URL of every door for people, with its declaration."""
    for door, entrance in ENTRANCES.items():
        if door is not Door.SENSOR:
            for path, pattern in leaves("", get_resolver(entrance.urls).url_patterns):
                yield door, f"{entrance.mount}/{path}", getattr(pattern.callback, "declaration", None)


def document() -> str:
    """The whole page."""
    return INTRODUCTION + _roles() + _pages() + _operations() + _policies()


def leaves(prefix: str, patterns: list[URLPattern | URLResolver]) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from leaves(path, pattern.url_patterns)
        else:
            yield path, pattern


def _roles_with(permission: Permission) -> str:
    return ", ".join(sorted(role.value for role in Role if permission in PERMISSIONS[role])) or "nobody"


def _roles() -> str:
    lines = [f"| {role.value} | {', '.join(sorted(PERMISSIONS[role]))} |" for role in Role]
    return "## What each role may do\n\n| role | permissions |\n|---|---|\n" + "\n".join(lines) + "\n\n"


def _pages() -> str:
    lines = []
    for door, path, declaration in views():
        if declaration is None:
            lines.append(f"| {door} | `{path}` | **no declaration: 403** | nobody |")
        elif declaration.permission is None:
            lines.append(f"| {door} | `{path}` | open: {declaration.reason} | everybody |")
        else:
            lines.append(f"| {door} | `{path}` | {declaration.permission} | {_roles_with(declaration.permission)} |")
    return "## Pages\n\n| door | path | asks | roles |\n|---|---|---|---|\n" + "\n".join(lines) + "\n\n"


def _operations() -> str:
    lines = [
        f"| {method} | `{path}` | {permission or 'open'} | {_roles_with(permission) if permission else 'everybody'} |"
        for method, path, permission in OPERATIONS
    ]
    return (
        "## Operations of the API\n\n| method | path | asks | roles |\n|---|---|---|---|\n" + "\n".join(lines) + "\n\n"
    )


def _policies() -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, policyname, array_to_string(roles, ', '), cmd,"
            " coalesce(qual, ''), coalesce(with_check, '')"
            " FROM pg_policies WHERE schemaname = 'public' ORDER BY 1, 2"
        )
        rows = cursor.fetchall()
    lines = ["| " + " | ".join(_cell(value) for value in row) + " |" for row in rows]
    head = (
        "## Row policies\n\n| table | policy | roles | for | rows shown | rows accepted |\n|---|---|---|---|---|---|\n"
    )
    return head + "\n".join(lines) + "\n"


def _cell(value: object) -> str:
    return " ".join(str(value).split()).replace("|", "\\|")
