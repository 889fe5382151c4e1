"""The data of a benchmark, written once for each size and kept beside the other data of this checkout."""

from __future__ import annotations

import gzip
import shutil
import sys
import time
from collections.abc import Callable
from ipaddress import ip_network
from pathlib import Path

from meldpunt.engines.matching.artefacts import write_indicators, write_registry
from meldpunt.engines.matching.compiling import compile_registry
from meldpunt.engines.matching.compiling_indicators import compile_indicators
from meldpunt.engines.matching.registry import Registry
from meldpunt.engines.matching.rollups.leaving_out import Own
from meldpunt.engines.matching.rollups.store import Store
from meldpunt.engines.matching.values import Indicator, IndicatorKind

from . import flat_watchlist
from .feeds import write_feed
from .flat import lay_flat
from .raw import lay_raw
from .watchlists import Watchlist
from .worlds import World
from .zeek import HIT, write_logs

_NEW = 0.01
_HIT_OF_NEW = 2e-5
_CLIENTS = (ip_network("10.0.0.0/8"),)
_EDITION = 4
"""One more where the generators draw something else, or what is compiled of it has another form."""


def lay_attribution(data: Path, *, rows: int, scale: float = 1.0) -> Path:
    """A folder with a constituency for every contender and a feed about it."""
    return _once(
        data / "matching" / f"attribution-{_EDITION}-{rows}-{scale:g}", lambda folder: _lay(folder, rows, scale)
    )


def lay_sightings(data: Path, *, scale: float = 1.0, hit: float = HIT) -> Path:
    """A folder with a watchlist for every contender and logs, plain and compressed."""
    return _once(
        data / "matching" / f"sightings-{_EDITION}-{scale:g}-{hit:g}", lambda folder: _lay_logs(folder, scale, hit)
    )


def _lay_logs(folder: Path, scale: float, hit: float) -> None:
    watchlist = Watchlist(scale=scale)
    held = list(watchlist.indicators())
    _timed(
        f"{len(held):,} indicators, compiled",
        lambda: write_indicators(compile_indicators(held), folder / "indicators"),
    )
    _timed("the same laid flat for others", lambda: flat_watchlist.lay_flat(held, folder))
    _timed("logs", lambda: write_logs(watchlist, folder / "logs", scale=scale, hit=hit))
    for path in sorted((folder / "logs").glob("*.log")):
        with path.open("rb") as plain, gzip.open(f"{path}.gz", "wb", compresslevel=6) as packed:
            shutil.copyfileobj(plain, packed)


def lay_retro(data: Path, *, scale: float, days: int) -> Path:
    """A folder with ten thousand indicators, the raw days in Parquet, and the rollups that were made of them."""
    return _once(
        data / "matching" / f"retro-{_EDITION}-{scale:g}-{days}", lambda folder: _lay_days(folder, scale, days)
    )


def _lay_days(folder: Path, scale: float, days: int) -> None:
    watchlist = Watchlist(scale=_NEW)
    held = [Indicator(one.id, one.kind, one.value) for one in watchlist.indicators() if _is_public(one)]
    write_indicators(compile_indicators(held), folder / "indicators")
    flat_watchlist.lay_flat(held, folder)
    store, rows, seconds = Store(folder / "store"), 0, 0.0
    logs = folder / "logs"
    for day in range(1, days + 1):
        write_logs(watchlist, logs, scale=scale, hit=_HIT_OF_NEW, seed=day, day=day)
        begun = time.process_time()
        rows += store.roll(sorted(logs.glob("*.log")), own=Own(_CLIENTS)).records
        seconds += time.process_time() - begun
        for path in sorted(logs.glob("*.log")):
            lay_raw(path, folder / "days" / f"{day:02}" / f"{path.stem}.parquet")
            path.unlink()
    size = sum(path.stat().st_size for path in store.folder.glob("*.rollup"))
    cost, size_of_row = seconds / rows * 1e6, size / rows
    said = f"Rolled up as they came in: {cost:.2f} µs of the processor a row, {size_of_row:.0f} bytes a row."
    (folder / "rolled.txt").write_text(said)


def _is_public(one: Indicator) -> bool:
    """Rollups keep no address that may be one's own, whatever column it stands in."""
    return one.kind not in (IndicatorKind.ADDRESS, IndicatorKind.NETWORK) or ip_network(one.value).is_global


def _lay(folder: Path, rows: int, scale: float) -> None:
    world = World(scale=scale)
    claims = list(world.claims())
    _timed(
        "the registry, compiled",
        lambda: write_registry(compile_registry(Registry.compile(claims)), folder / "registry"),
    )
    _timed("the same laid flat for others", lambda: lay_flat(claims, folder))
    _timed(f"a feed of {rows:,} rows", lambda: write_feed(world, folder / "feed.csv", rows))


def _once(folder: Path, lay: Callable[[Path], None]) -> Path:
    if not folder.exists():
        half = folder.with_name(f".{folder.name}")
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(parents=True)
        lay(half)
        half.rename(folder)
    return folder


def _timed(what: str, do: Callable[[], object]) -> None:
    begun = time.perf_counter()
    do()
    print(f"bench: {what}: {time.perf_counter() - begun:.1f} s", file=sys.stderr)
