"""Every sentence with which a room can refuse something, read from the source: the code itself is the list."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from importlib.util import resolve_name
from pathlib import Path
from types import ModuleType
from typing import Final, TypeGuard

import meldpunt
from meldpunt.access.errors import RuleBroken

SOURCE: Final = Path(meldpunt.__file__).parent
_ERRORS: Final = r"meldpunt\.\w+\.errors$"


class PutTogether(Exception):
    """A sentence was put together before it was raised: nobody can translate it. Give it places and values."""


def sentences() -> list[str]:
    """Each once, in the order of the alphabet."""
    found = {one for path in sorted(SOURCE.rglob("*.py")) for one in _sentences_in(path, ast.parse(path.read_text()))}
    return sorted(found)


def _sentences_in(path: Path, tree: ast.Module) -> Iterator[str]:
    if path.name == "errors.py" and path.parent.parent == SOURCE:
        module = importlib.import_module(f"meldpunt.{path.parent.name}.errors")
        for one in ast.walk(tree):
            if isinstance(one, ast.ClassDef) and _is_refusal(vars(module)[one.name]) and one.name != "RuleBroken":
                yield from _own_sentences(one, module)
    imported = {name: error for name, error in _imports(path, tree) if _is_refusal(error) and _takes_sentence(error)}
    for one in ast.walk(tree):
        called = one.func if isinstance(one, ast.Call) else one.exc if isinstance(one, ast.Raise) else None
        if isinstance(called, ast.Name) and called.id in imported:
            said = one.args[:1] if isinstance(one, ast.Call) else []
            yield _literal(said[0] if said else called, tree, path)


def _imports(path: Path, tree: ast.Module) -> Iterator[tuple[str, object]]:
    package = ".".join(("meldpunt", *path.relative_to(SOURCE).parts[:-1]))
    for one in ast.walk(tree):
        named = one.module or "" if isinstance(one, ast.ImportFrom) else ""
        if isinstance(one, ast.ImportFrom) and (named == "errors" if one.level else re.match(_ERRORS, named)):
            name = resolve_name("." * one.level + named, package) if one.level else named
            module = importlib.import_module(name)
            yield from ((alias.asname or alias.name, vars(module).get(alias.name)) for alias in one.names)


def _is_refusal(value: object) -> TypeGuard[type[RuleBroken]]:
    return isinstance(value, type) and issubclass(value, RuleBroken)


def _takes_sentence(error: type[RuleBroken]) -> bool:
    """Whether who raises it writes the sentence: the error has none of its own."""
    return bool({"sentence", "message"} & inspect.signature(error).parameters.keys())


def _own_sentences(error: ast.ClassDef, module: ModuleType) -> Iterator[str]:
    for one in ast.walk(error):
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute) and one.func.attr == "__init__":
            said = one.args[0]
            if isinstance(said, ast.Subscript) and isinstance(said.value, ast.Name):
                yield from vars(module)[said.value.id].values()
            elif not (isinstance(said, ast.Name) and said.id == "message"):
                yield _literal(said, error, Path(module.__name__))


def _literal(said: ast.expr, scope: ast.AST, path: Path) -> str:
    """The sentence as it is written, or the one that a name of the same file stands for."""
    if isinstance(said, ast.Name):
        given = [one.value for one in ast.walk(scope) if isinstance(one, ast.Assign) and _names(one, said.id)]
        said = given[0] if len(given) == 1 else said
    if isinstance(said, ast.Constant) and isinstance(said.value, str):
        return said.value
    raise PutTogether(f"{path}: {ast.unparse(said)}")


def _names(one: ast.Assign, name: str) -> bool:
    return any(isinstance(target, ast.Name) and target.id == name for target in one.targets)
