"""What was shown is what goes out: every deed that tells something is handed what stood on the page it comes from."""

from __future__ import annotations

import ast
import inspect
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import get_resolver

from meldpunt.disclosure.values import Unshown
from meldpunt.entrypoints.web.doors import ENTRANCES

from .test_rooms import ROOMS, SOURCE, public_functions
from .who_may_see_what import leaves

DOORS_WITH_FORMS = ("desk", "portal", "public_site", "api")
OWN_ADDRESS = {"advise_others", "ask_body", "tell_situation", "write_letter", "write_reply", "supersede_disclosure"}
OF_THE_DOOR = {"disclose", "disclose_each", "propose_disclosure", "supersede_disclosure", "decide_disclosure"}


def telling_deeds() -> dict[str, str]:
    """Every deed that declares `seen` as what stood on a page, by its name, with its room."""
    found = {}
    for room in ROOMS:
        for name, function in public_functions(room, "actions"):
            given = inspect.signature(function).parameters.get("seen")
            if given is not None and "int" not in str(given.annotation):
                assert given.default is inspect.Parameter.empty, f"{name} can be called without what was seen"
                found[name.rpartition(".")[2]] = room
    return found


def views() -> Iterator[tuple[str, ast.Module]]:
    for door in DOORS_WITH_FORMS:
        for path in sorted((SOURCE / "entrypoints" / door).rglob("*.py")):
            yield str(path.relative_to(SOURCE)), ast.parse(path.read_text())


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def named(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def telling_calls(tree: ast.AST, deeds: dict[str, str]) -> list[ast.Call]:
    """Calls of a telling deed through the actions of its room."""
    return [
        one
        for one in calls(tree)
        if named(one) in deeds
        and isinstance(one.func, ast.Attribute)
        and isinstance(one.func.value, ast.Name)
        and one.func.value.id.endswith("_actions")
    ]


def handed_on(tree: ast.AST) -> list[ast.FunctionDef]:
    """Functions that `tell` calls with what was seen: their one parameter is `seen`."""
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and [one.arg for one in node.args.args] == ["seen"]
    ]


def test_every_deed_that_tells_from_a_page_asks_what_was_seen() -> None:
    deeds = telling_deeds()
    assert deeds.keys() >= OF_THE_DOOR
    assert set(deeds.values()) >= {"advice", "campaigns", "detection", "inquiries", "isacs", "openness", "statistics"}


def test_every_view_that_tells_hands_on_what_stood_on_its_own_page() -> None:
    deeds = telling_deeds()
    told, by_hand = set(), []
    for path, tree in views():
        through = {id(call) for function in handed_on(tree) for call in telling_calls(function, deeds)}
        for call in telling_calls(tree, deeds):
            seen = next((one.value for one in call.keywords if one.arg == "seen"), None)
            told.add(named(call))
            if id(call) not in through or not (isinstance(seen, ast.Name) and seen.id == "seen"):
                by_hand.append(f"{path}: {named(call)}")
    assert by_hand == []
    assert told == deeds.keys() - {"disclose", "disclose_each"}


def test_what_is_handed_on_goes_through_the_one_way() -> None:
    deeds, astray = telling_deeds(), []
    for path, tree in views():
        given = {
            one.id
            for call in calls(tree)
            if named(call) in {"tell", "_told_or_shown"}
            for one in call.args
            if isinstance(one, ast.Name)
        }
        astray += [
            f"{path}: {one.name}" for one in handed_on(tree) if telling_calls(one, deeds) and one.name not in given
        ]
    assert astray == []


@pytest.mark.parametrize("word", ["Unshown", *(one.name for one in Unshown)])
def test_no_door_with_forms_tells_what_was_not_shown(word: str) -> None:
    paths = (path for door in DOORS_WITH_FORMS for path in Path(SOURCE / "entrypoints" / door).rglob("*.py"))
    assert [str(path) for path in paths if re.search(rf"\b{word}\b", path.read_text())] == []


def names_of_addresses() -> dict[str, set[str]]:
    """By the name of each view what its addresses are called."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for entrance in ENTRANCES.values():
        for _path, pattern in leaves("", get_resolver(entrance.urls).url_patterns):
            if pattern.name:
                found[getattr(pattern.callback, "__name__", "")].add(pattern.name)
    return found


def telling_views() -> dict[str, bool]:
    """The views that go the one way, themselves or by a function beside them, by the names that their addresses have.

    With whether they show first what would be told, as long as it was not confirmed.
    """
    addresses = names_of_addresses()
    found = {}
    for _path, tree in views():
        functions = {one.name: one for one in tree.body if isinstance(one, ast.FunctionDef)}
        through = {name for name, one in functions.items() if any(named(call) == "tell" for call in calls(one))}
        by = {name for name, one in functions.items() if any(named(call) in through for call in calls(one))}
        for name in through | by:
            for address in addresses.get(name, ()):
                found[address] = "is_confirmed" in ast.unparse(functions[name])
    return found


def test_every_form_that_leads_to_such_a_view_says_what_stood_on_its_page() -> None:
    views_by_name, reached, silent = telling_views(), set(), []
    for path in sorted((SOURCE / "entrypoints").rglob("*.html")):
        for form in re.findall(r"<form[^>]*>.*?</form>", path.read_text(), re.DOTALL):
            led_to = views_by_name.keys() & set(re.findall(r"{% url '(\w+)'", form))
            reached |= led_to
            tells = 'name="confirm"' in form or not all(views_by_name[name] for name in led_to)
            if tells and not re.search(r'name="seen"|disclosures/seen\.html', form):
                silent.append(f"{path.name}: {form[:80]}")
    assert silent == []
    assert views_by_name.keys() - reached <= OWN_ADDRESS
