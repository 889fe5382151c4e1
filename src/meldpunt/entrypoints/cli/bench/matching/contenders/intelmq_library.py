"""IntelMQ as a library: its bots called one after the other in this process, without queues between them.

Parser, network by `asn_lookup` on a table that carries numbers of owners, name by a database. It does less than was
asked: names are looked up as they are, without suffixes, and there is no validity.
"""

from __future__ import annotations

import base64
import logging
import sqlite3
from collections import Counter
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet as pq
from intelmq.bots.experts.asn_lookup.expert import ASNLookupExpertBot
from intelmq.bots.experts.generic_db_lookup.expert import GenericDBLookupExpertBot
from intelmq.bots.parsers.generic.parser_csv import GenericCsvParserBot
from intelmq.lib.bot import BotLibSettings

COLUMNS: Final = (
    *("time.source", "extra.severity", "source.ip", "protocol.transport", "source.port", "source.fqdn", "extra.tag"),
    *("extra.asn", "source.geolocation.cc", "extra.region", "source.geolocation.city", "extra.naics", "extra.sector"),
    *("source.url", "extra.version", "event_description.text"),
)
PARSER: Final = {
    "columns": list(COLUMNS),
    "delimiter": ",",
    "skip_header": False,
    "default_fields": {"classification.type": "vulnerable-system"},
    "columns_required": [False] * len(COLUMNS),
}


def prepare(folder: Path, *, rows: str) -> Any:
    """The bots, with their tables beside the feed."""
    networks, names = lay_tables(folder)
    settings = dict(BotLibSettings)
    parser = GenericCsvParserBot("parser", settings=settings | PARSER)
    network = ASNLookupExpertBot("network", settings=settings | {"database": str(networks)})
    name = GenericDBLookupExpertBot("name", settings=settings | name_lookup(names))
    logging.disable(logging.CRITICAL)
    with (folder / "feed.csv").open("rb") as file:
        next(file)
        report = b"".join(islice(file, int(rows)))
    return parser, network, name, report


def run(prepared: Any) -> Iterable[tuple[str, str, int]]:
    """How many events each owner has, by each way."""
    parser, network, name, report = prepared
    message = {"__type": "Report", "raw": base64.b64encode(report).decode()}
    found: Counter[tuple[str, str]] = Counter()
    for event in parser.process_message(message)["output"]:
        for seen in network.process_message(event)["output"]:
            for known in name.process_message(seen)["output"]:
                if "source.asn" in known:
                    found["network", f"org-{known['source.asn'] - 1:05}"] += 1
                if "extra.owner" in known:
                    found["name", known["extra.owner"]] += 1
    return [(way, owner, count) for (way, owner), count in found.items()]


def lay_tables(folder: Path) -> tuple[Path, Path]:
    """A table of networks as pyasn has it, whose AS numbers are numbers of owners and one; and a database of names."""
    segments = pq.read_table(folder / "segments.parquet").to_pydict()
    holder = dict(zip(segments["node"], segments["owner"], strict=True))
    networks, names = folder / "intelmq-networks.dat", folder / "intelmq-names.sqlite"
    prefixes = pq.read_table(folder / "prefixes.parquet").to_pydict()
    pairs = zip(prefixes["prefix"], prefixes["node"], strict=True)
    networks.write_text("".join(f"{prefix}\t{int(holder[node][4:]) + 1}\n" for prefix, node in pairs if node in holder))
    names.unlink(missing_ok=True)
    held = pq.read_table(folder / "names.parquet").to_pydict()
    with sqlite3.connect(names) as db:
        db.execute("create table owners (name text primary key, owner text)")
        rows = zip(held["name"], held["node"], strict=True)
        db.executemany("insert into owners values (?, ?)", [(name, holder.get(node)) for name, node in rows])
    return networks, names


def name_lookup(names: Path) -> dict[str, Any]:
    """Parameters of the bot that looks in the database."""
    return {
        "engine": "sqlite",
        "database": str(names),
        "table": "owners",
        "match_fields": {"source.fqdn": "name"},
        "replace_fields": {"owner": "extra.owner"},
        "overwrite": True,
    }
