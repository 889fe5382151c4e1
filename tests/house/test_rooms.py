"""The furniture of the rooms, and what may not be found in any of them."""

from __future__ import annotations

import ast
import importlib
import inspect
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType

import pytest

from meldpunt.access.values import Permission

CHECKOUT = Path(__file__).resolve().parents[2]
SOURCE = CHECKOUT / "src" / "meldpunt"
ROOMS = sorted(path.parent.name for path in SOURCE.glob("*/migrations"))
ENGINES = sorted(path.parent.name for path in SOURCE.glob("engines/*/__init__.py"))
GROUND_FLOOR = ["vocabulary", "law", *(f"engines/{name}" for name in ENGINES)]
DOORS = sorted(str(path.parent.relative_to(SOURCE)) for path in SOURCE.glob("entrypoints/*/__init__.py"))
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "core", "base", "lib", "tools"}
LINES_AT_MOST = 500
LINES_OF_A_FUNCTION = 40


def modules() -> Iterator[Path]:
    yield from (path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)


def public_functions(room: str, kind: str) -> Iterator[tuple[str, FunctionType]]:
    """What the room offers: in a folder what its `__init__` names, in a module every name without an underscore."""
    name = f"meldpunt.{room}.{kind}"
    try:
        top = importlib.import_module(name)
    except ModuleNotFoundError:
        return
    for verb, function in inspect.getmembers(top, inspect.isfunction):
        if function.__module__.startswith(name) and not verb.startswith("_"):
            yield f"{name}.{verb}", function


# They find out who somebody is, so nobody can be bound before them.
BEFORE_ANYBODY = {
    "meldpunt.access.queries.find_actor",
    "meldpunt.access.queries.find_actor_by_key",
    "meldpunt.constituency.actions.begin_anew",
}
# It streams, so it asks before its first line and binds again for every stretch it reads.
STREAMS = {"meldpunt.ledger.queries.export_ledger"}


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("kind", ["actions", "queries"])
def test_every_action_and_query_asks_a_permission(room: str, kind: str) -> None:
    bare = [
        name
        for name, function in public_functions(room, kind)
        if not isinstance(getattr(function, "permission", None), Permission) and name not in BEFORE_ANYBODY | STREAMS
    ]
    assert bare == []


def test_there_are_eighteen_rooms_above_the_ground_floor() -> None:
    assert len(ROOMS) == 18


@pytest.mark.parametrize("room", [*ROOMS, *GROUND_FLOOR, *DOORS])
def test_every_room_says_on_one_page_what_it_is(room: str) -> None:
    lines = (SOURCE / room / "README.md").read_text().splitlines()
    assert 3 <= len(lines) <= 20


def test_no_drawers() -> None:
    assert [str(path) for path in SOURCE.rglob("*") if path.stem in DRAWERS and "templates" not in path.parts] == []


def test_no_module_outgrows_the_wall() -> None:
    assert [str(path) for path in modules() if len(path.read_text().splitlines()) > LINES_AT_MOST] == []


def test_no_function_outgrows_a_screen() -> None:
    long = [
        f"{path.relative_to(SOURCE)}:{node.name}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and _lines_of(node) > LINES_OF_A_FUNCTION
    ]
    assert long == []


def _lines_of(node: ast.FunctionDef) -> int:
    """Lines of code: the docstring does not count."""
    first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
    return (node.end_lineno or 0) - first.lineno + 1


def test_the_blind_spots_of_the_import_linter_stay_dark() -> None:
    found = [
        f"{path.relative_to(SOURCE)}: {word}"
        for path in modules()
        for word in ("apps.get_model", "__import__(", "from_queryset")
        if word in path.read_text()
    ]
    assert found == []


def test_references_do_not_reach_back() -> None:
    from django.apps import apps

    named = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("meldpunt.")
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and not (field.remote_field.related_name or "").endswith("+")
    ]
    assert named == []


def test_nobody_catches_whatever_comes() -> None:
    command = ["git", "grep", "-nE", r"except( (Base)?Exception\b|:)", "--", "src"]
    assert subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False).stdout == ""
