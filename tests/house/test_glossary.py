"""One word, one meaning: identifiers keep to the glossary."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
SOURCE = CHECKOUT / "src" / "meldpunt"

# Words of the last column that mean something else in a library's own API are asked for in the house's code only.
NOT_OURS = {"hit", "module", "basis", "alert", "notice", "export", "push", "share"}


def forbidden() -> set[str]:
    lines = (CHECKOUT / "docs" / "glossary.md").read_text().splitlines()
    # The first of them is the head; the line below it starts with dashes.
    _, *rows = [line.split("|") for line in lines if line.startswith("| ")]
    words = {word.strip() for row in rows for word in row[4].split(",")}
    return {word for word in words if re.fullmatch(r"[a-z]+", word)} - NOT_OURS


def identifiers() -> Iterator[tuple[str, str]]:
    for path in SOURCE.rglob("*.py"):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                yield node.name, f"{path.relative_to(SOURCE)}:{node.lineno}"
            elif isinstance(node, ast.arg):
                yield node.arg, f"{path.relative_to(SOURCE)}:{node.lineno}"
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                yield node.target.id, f"{path.relative_to(SOURCE)}:{node.lineno}"


def words_of(identifier: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+", identifier)}


def test_identifiers_keep_to_the_glossary() -> None:
    not_said = forbidden()
    assert {"ticket", "submission", "blob", "mailing"} <= not_said
    assert [f"{where} {name}" for name, where in identifiers() if words_of(name) & not_said] == []
