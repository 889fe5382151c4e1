"""`python measured.py CONTENDER.py FOLDER [NAME=VALUE …]`: prepare, run once, and print what the run took, as JSON.

It needs nothing but Python, because most contenders live in an environment without us.
"""

from __future__ import annotations

import hashlib
import json
import resource
import runpy
import sys
import time
from pathlib import Path


def _processor() -> float:
    """Seconds of this process and of those it waited for."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _peak_mib() -> float:
    """Of this process alone: what `getrusage` tells begins with what its parent had."""
    told = Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]
    return int(told) / 1024


def main() -> None:
    """An answer, where there is one, is lines whose order means nothing.

    A contender may say how long it idles at the end (`IDLE_SECONDS`), and what processes that it left running have
    used of the processor (`elsewhere`).
    """
    contender, folder, *options = sys.argv[1:]
    module = runpy.run_path(contender)
    prepared = module["prepare"](Path(folder), **dict(option.split("=", 1) for option in options))
    elsewhere = module.get("elsewhere", float)
    begun, spent = time.perf_counter(), _processor() + elsewhere()
    answer = module["run"](prepared)
    lines = sorted(",".join(map(str, line)) for line in answer or ())
    took, cpu = time.perf_counter() - begun - module.get("IDLE_SECONDS", 0.0), _processor() + elsewhere() - spent
    peak = _peak_mib()
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16] if lines else ""
    total = sum(int(line.rpartition(",")[2]) for line in lines)
    (Path(folder) / f"{Path(contender).stem}.answer").write_text("\n".join(lines))
    told = {"wall": took, "cpu": cpu, "mib": peak, "digest": digest, "lines": len(lines), "total": total}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
