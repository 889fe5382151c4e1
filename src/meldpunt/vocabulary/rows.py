"""Strict reading of data files: every key is expected, typed and used, or the file is refused.

Ground-floor rooms keep their facts in TOML files. A misspelt key that is silently ignored would change
the law, so a row remembers which keys were read and refuses the rest.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from importlib.resources.abc import Traversable
from typing import TypeVar

from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.errors import DataFileInvalid, WordingMissing

Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Row:
    """One table of a data file. `place` is what an error message names: file and table.

    Every reading method raises DataFileInvalid when the key is absent or has another type.
    """

    place: str
    cells: Mapping[str, object]
    _read: set[str] = field(default_factory=set, compare=False, repr=False)

    def _cell(self, key: str) -> object:
        if key not in self.cells:
            raise DataFileInvalid(f"{self.place}: key {key!r} is missing")
        self._read.add(key)
        return self.cells[key]

    def _wrong(self, key: str, wanted: str) -> DataFileInvalid:
        return DataFileInvalid(f"{self.place}: key {key!r} is not {wanted}")

    def has(self, key: str) -> bool:
        """Whether the row has the key at all; for optional facts."""
        return key in self.cells

    def text(self, key: str) -> str:
        """A text that is not blank."""
        cell = self._cell(key)
        if not isinstance(cell, str) or not cell.strip():
            raise self._wrong(key, "a text")
        return cell

    def whole(self, key: str) -> int:
        """A whole number."""
        cell = self._cell(key)
        if not isinstance(cell, int) or isinstance(cell, bool):
            raise self._wrong(key, "a whole number")
        return cell

    def flag(self, key: str) -> bool:
        """True or false."""
        cell = self._cell(key)
        if not isinstance(cell, bool):
            raise self._wrong(key, "true or false")
        return cell

    def day(self, key: str) -> date:
        """A date without a time."""
        cell = self._cell(key)
        if not isinstance(cell, date) or isinstance(cell, datetime):
            raise self._wrong(key, "a date")
        return cell

    def last_day(self, key: str) -> date | None:
        """A date up to and including which something holds; absent means: still."""
        return self.day(key) if self.has(key) else None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, possibly empty."""
        cell = self._cell(key)
        if not isinstance(cell, list) or not all(isinstance(item, str) for item in cell):
            raise self._wrong(key, "a list of texts")
        return tuple(cell)

    def words(self, key: str, kind: type[Word]) -> frozenset[Word]:
        """A list of members of an enumeration, each once."""
        texts = self.texts(key)
        if len(set(texts)) != len(texts):
            raise self._wrong(key, "a list without repetition")
        return frozenset(self._member(key, text, kind) for text in texts)

    def word(self, key: str, kind: type[Word]) -> Word:
        """One member of an enumeration."""
        return self._member(key, self.text(key), kind)

    def _member(self, key: str, text: str, kind: type[Word]) -> Word:
        try:
            return kind(text)
        except ValueError:
            raise self._wrong(key, f"a {kind.__name__}: {text!r}") from None

    def bilingual(self, key: str) -> Bilingual:
        """An inline table with the keys nl and en."""
        inner = self.row(key)
        try:
            wording = Bilingual(nl=inner.text("nl"), en=inner.text("en"))
        except WordingMissing as error:
            raise self._wrong(key, "worded in both languages") from error
        inner.refuse_unread()
        return wording

    def row(self, key: str) -> "Row":
        """A table inside this one."""
        cell = self._cell(key)
        if not isinstance(cell, dict):
            raise self._wrong(key, "a table")
        return Row(f"{self.place}.{key}", cell)

    def rows(self, key: str) -> Iterator["Row"]:
        """Tables inside this one, each checked for unread keys after its turn; absent means none."""
        cells = self._cell(key) if self.has(key) else []
        if not isinstance(cells, list):
            raise self._wrong(key, "a list of tables")
        for number, cell in enumerate(cells):
            if not isinstance(cell, dict):
                raise self._wrong(key, "a list of tables")
            inner = Row(f"{self.place}.{key}[{cell.get('id', number)}]", cell)
            yield inner
            inner.refuse_unread()

    def refuse_unread(self) -> None:
        """Raise DataFileInvalid when a key was never read: it is misspelt, or nobody listens to it."""
        unread = sorted(set(self.cells) - self._read)
        if unread:
            raise DataFileInvalid(f"{self.place}: nobody reads {', '.join(unread)}")


def read_rows(file: Traversable) -> Row:
    """The whole of a TOML file as one row. Raises DataFileInvalid when it is no TOML or no UTF-8."""
    try:
        return parse_rows(file.read_text(encoding="utf-8"), place=file.name)
    except UnicodeDecodeError as error:
        raise DataFileInvalid(f"{file.name}: {error}") from error


def parse_rows(text: str, *, place: str) -> Row:
    """TOML as one row; `place` is what an error names. Raises DataFileInvalid."""
    try:
        return Row(place, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise DataFileInvalid(f"{place}: {error}") from error
