"""What was measured, as Markdown: it can be read on a terminal and pasted into a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from .running import Measured, Run

_COLUMNS = (
    *("what", "rows", "wall s", "Mrow/s", "CPU ns/row", "peak MiB", "whole process s (CPU)", "CPU against ours"),
    *("wall against ours", "demand", "aim", "same answer"),
)


def print_table(title: str, measured: Sequence[Measured]) -> None:
    """Medians; the first is ours, and the others are held against it."""
    ours = measured[0]
    loads = [run.load for one in measured for run in one.runs]
    print(f"\n### {title}\n")
    if loads:
        print(f"Rounds: {len(ours.runs)}; load average {min(loads):.1f} to {max(loads):.1f}.\n")
    print_rows(_COLUMNS, (_row(one, ours) for one in measured))
    _say_less(measured)


def print_rows(header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table of Markdown."""
    print("| " + " | ".join(header) + " |")
    print("|" + "---|" * len(header))
    for row in rows:
        print("| " + " | ".join(row) + " |")


def print_judged(what: str, found: float, *, demanded: float, aimed: float, unit: str, is_most: bool = False) -> None:
    """A figure beside its demand; `is_most`: it may be so much at the most."""
    kept = found <= demanded if is_most else found >= demanded
    word = "at most" if is_most else "at least"
    print(
        f"- {what}: {found:,.3g} {unit}; {word} {demanded:,.3g} is demanded, {aimed:,.3g} aimed at: {_said(kept=kept)}"
    )


def machine() -> str:
    """Processor, cores and memory, as the kernel tells them."""
    model = _told("/proc/cpuinfo", "model name") or "unknown processor"
    flags = _told("/proc/cpuinfo", "flags").split()
    kib = int((_told("/proc/meminfo", "MemTotal") or "0 kB").split()[0])
    cores = Path("/proc/cpuinfo").read_text().count("processor\t")
    wide = "AVX-512" if "avx512bw" in flags else "AVX2" if "avx2" in flags else "no AVX2"
    return f"{model}, {cores} cores ({wide}), {kib / 1024 / 1024:.0f} GiB"


def _told(path: str, key: str) -> str:
    for line in Path(path).read_text().splitlines():
        name, _, value = line.partition(":")
        if name.strip() == key:
            return value.strip()
    return ""


def _row(one: Measured, ours: Measured) -> Sequence[str]:
    name = one.contender.name
    if not one.runs:
        return (name, *("",) * 10, f"absent: {one.absent}")
    walls = sorted(run.wall for run in one.runs)
    wall, same = one.median("wall"), _same(one.runs, ours.runs)
    cells = [
        name,
        f"{one.rows:,}",
        f"{wall:.2f} ({walls[0]:.2f}-{walls[-1]:.2f})",
        f"{one.rows / wall / 1e6:.3g}",
        f"{one.cpu_a_row:,.0f}",
        f"{one.median('mib'):,.0f}",
        f"{one.median('whole_wall'):.1f} ({one.median('whole_cpu'):.1f})",
    ]
    if one is ours or not ours.runs:
        return (*cells, "1", "1", "", "", f"{one.runs[0].digest}")
    ratio = one.cpu_a_row / ours.cpu_a_row
    walls_ratio = (wall / one.rows) / (ours.median("wall") / ours.rows)
    judged = walls_ratio if one.contender.is_by_clock else ratio
    demanded, aimed = one.contender.demanded, one.contender.aimed
    demand = "" if demanded is None else f"{demanded:g}: {_said(kept=judged >= demanded)}"
    does_less = "does less" if one.contender.does_less else same
    return (*cells, f"{ratio:,.3g}", f"{walls_ratio:,.3g}", demand, "" if aimed is None else f"{aimed:g}", does_less)


def _same(runs: Sequence[Run], ours: Sequence[Run]) -> str:
    return "yes" if {run.digest for run in (*runs, *ours)} == {ours[0].digest} else "**NO**" if ours else ""


def _say_less(measured: Sequence[Measured]) -> None:
    less = [one.contender for one in measured if one.contender.does_less]
    if less:
        print()
    for one in less:
        print(f"- {one.name}: {one.does_less}")


def _said(*, kept: bool) -> str:
    return "kept" if kept else "MISSED"
