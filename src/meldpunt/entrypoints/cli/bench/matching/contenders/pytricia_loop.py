"""A loop in Python over `csv.reader`: pytricia for addresses, a dictionary for the suffixes of a name.

It does less than was asked: the newest holder of a prefix or name counts, whatever the time of the row.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytricia


def prepare(folder: Path, *, rows: str) -> Any:
    """The trie and the dictionaries."""
    segments = pq.read_table(folder / "segments.parquet").to_pydict()
    holder = dict(zip(segments["node"], segments["owner"], strict=True))
    tries = {False: pytricia.PyTricia(32), True: pytricia.PyTricia(128)}
    for prefix, node in _pairs(folder / "prefixes.parquet"):
        if node in holder:
            tries[":" in prefix][prefix] = holder[node]
    names = {name: holder.get(node) for name, node in _pairs(folder / "names.parquet")}
    numbers = {str(number): holder.get(node) for number, node in _pairs(folder / "numbers.parquet")}
    return folder / "feed.csv", int(rows), tries, names, numbers


def run(prepared: Any) -> Iterable[tuple[str, str, int]]:
    """How many rows each owner has, by each way."""
    path, rows, tries, names, numbers = prepared
    found: Counter[tuple[str, str | None]] = Counter()
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        for row in islice(reader, rows):
            address = row[2].strip().replace("[.]", ".")
            if address.startswith("::ffff:"):
                address = address[7:]
            with suppress(ValueError, OSError):
                found["network", tries[":" in address].get(address)] += 1
            found["number", numbers.get(row[7])] += 1
            host = row[5].lower().replace("[.]", ".").rstrip(".")
            while host and host not in names:
                host = host.partition(".")[2]
            found["name", names.get(host)] += 1
    return [(way, owner, count) for (way, owner), count in found.items() if owner is not None]


def _pairs(path: Path) -> Iterable[tuple[Any, int]]:
    columns = pq.read_table(path).to_pydict()
    return zip(*columns.values(), strict=True)
