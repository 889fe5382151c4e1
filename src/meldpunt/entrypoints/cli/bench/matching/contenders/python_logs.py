"""A loop in Python: `split`, dictionaries, and pytricia for addresses.

It does less than was asked: windows are left out of account, and of networks round an address the longest counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet as pq
import pytricia

_HOSTS: Final = {"dns": ("query", "answers"), "http": ("host",), "ssl": ("server_name",)}
_WORDS: Final = {"ssl": ("ja3", "ja4"), "files": ("md5", "sha1", "sha256")}


def prepare(folder: Path, *, rows: str) -> Any:
    """The trie and the dictionary; `rows` of each log are read."""
    space = pq.read_table(folder / "space.parquet").to_pydict()
    tries = {False: pytricia.PyTricia(32), True: pytricia.PyTricia(128)}
    for value, id_ in zip(space["value"], space["id"], strict=True):
        tries[":" in value][value] = id_
    values = pq.read_table(folder / "values.parquet").to_pydict()
    looked = dict(zip(values["value"], values["id"], strict=True))
    return sorted((folder / "logs").glob("*.log")), int(rows), tries, looked


def run(prepared: Any) -> Iterable[tuple[object, ...]]:
    """How often each indicator is seen in each log."""
    paths, rows, tries, looked = prepared
    found: Counter[tuple[str, str]] = Counter()
    for path in paths:
        seen = _seen_in(path, rows // len(paths), tries, looked)
        found.update((path.stem, one) for one in seen)
    return [(log, one, count) for (log, one), count in found.items()]


def _seen_in(path: Path, rows: int, tries: Any, looked: dict[str, str]) -> Iterable[str]:
    with path.open(encoding="utf-8") as file:
        for _ in range(6):
            file.readline()
        fields = file.readline().rstrip("\n").split("\t")[1:]
        file.readline()
        ends = [fields.index("id.orig_h"), fields.index("id.resp_h")]
        hosts = [fields.index(name) for name in _HOSTS.get(path.stem, ())]
        words = [fields.index(name) for name in _WORDS.get(path.stem, ())]
        host, uri = (fields.index("host"), fields.index("uri")) if path.stem == "http" else (-1, -1)
        for _, line in zip(range(rows), file, strict=False):
            row = line.split("\t")
            if len(row) < len(fields):
                continue
            row[-1] = row[-1].rstrip("\n")
            for end in ends:
                if (one := tries[":" in row[end]].get(row[end])) is not None:
                    yield one
            for place in hosts:
                yield from _under(row[place], looked)
            for place in words:
                if (one := looked.get(row[place])) is not None:
                    yield one
            if uri >= 0 and (one := looked.get(row[host].lower() + row[uri])) is not None:
                yield one


def _under(field: str, looked: dict[str, str]) -> Iterable[str]:
    for part in field.lower().split(","):
        name = part.rstrip(".")
        while name:
            if (one := looked.get(name)) is not None:
                yield one
            name = name.partition(".")[2]
