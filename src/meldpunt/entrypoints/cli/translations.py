"""Compiles the translations: what Django reads (.mo) from what translators write (.po).

GNU gettext manual, 10.3 "The Format of GNU MO Files". Nothing of gettext needs to be installed, and no
compiled file is kept in the repository.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

PACKAGE = Path(__file__).resolve().parents[2]
PLACE = "locale/*/LC_MESSAGES/*.po"


class TranslationDoesNotFit(Exception):
    """A file cannot be read, or a translation has other placeholders than its original."""


def compile_translations(package: Path = PACKAGE) -> tuple[Path, ...]:
    """Compile every translation below a folder that is newer than its compiled file; returns those written.

    Raises TranslationDoesNotFit, since a lost placeholder would otherwise fail on the page that needs it.
    """
    stale = [path for path in sorted(package.rglob(PLACE)) if _is_stale(path)]
    for path in stale:
        _write(_read(path), path.with_suffix(".mo"))
    return tuple(path.with_suffix(".mo") for path in stale)


def _is_stale(path: Path) -> bool:
    compiled = path.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime_ns <= path.stat().st_mtime_ns


def _read(path: Path) -> Catalog:
    try:
        with path.open("rb") as file:
            catalog = read_po(file, locale=path.parts[-3], abort_invalid=True)
    except (PoFileError, UnicodeDecodeError) as reason:
        raise TranslationDoesNotFit(f"{path}: {reason}") from reason
    for complaint in _complaints(catalog):
        raise TranslationDoesNotFit(f"{path}:{complaint}")
    return catalog


def _complaints(catalog: Catalog) -> Iterator[str]:
    for message, errors in catalog.check():
        for error in errors:
            yield f"{message.lineno}: {error}"


def _write(catalog: Catalog, path: Path) -> None:
    """Beside it and then over it, so that a process which reads at that moment reads a whole file."""
    half = path.with_suffix(f".{os.getpid()}")
    with half.open("wb") as file:
        write_mo(file, catalog)
    half.replace(path)


def main() -> int:
    """Compile; 1 with one line of reason when a translation does not fit."""
    try:
        compile_translations()
    except TranslationDoesNotFit as reason:
        print(f"translations: {reason}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
