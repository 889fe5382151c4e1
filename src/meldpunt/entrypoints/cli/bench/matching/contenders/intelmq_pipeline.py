"""IntelMQ as it is run: four bots, each a process, with queues in a Redis of their own on loopback.

The same bots as in `intelmq_library.py`, and one that writes the events to a file. From the report in the first queue
to the last event in the file; starting is not timed.
"""

from __future__ import annotations

import atexit
import base64
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterable
from importlib.resources import files
from itertools import islice
from pathlib import Path
from runpy import run_path
from typing import Any, Final

import redis

_BOTS: Final = {
    "parser": ("intelmq.bots.parsers.generic.parser_csv", "network"),
    "network": ("intelmq.bots.experts.asn_lookup.expert", "name"),
    "name": ("intelmq.bots.experts.generic_db_lookup.expert", "file"),
    "file": ("intelmq.bots.outputs.file.output", ""),
}
_PATIENCE: Final = 60.0
IDLE_SECONDS: Final = 3.0
"""Nothing more came for so long: that was all."""
_RUNNING: Final[list[subprocess.Popen[bytes]]] = []


def prepare(folder: Path, *, rows: str) -> Any:
    """A Redis and the bots, waiting at empty queues."""
    root = folder / "intelmq"
    shutil.rmtree(root, ignore_errors=True)
    for part in ("etc", "var/log", "var/run", "var/lib/bots"):
        (root / part).mkdir(parents=True)
    port = _free_port()
    shutil.copy(str(files("intelmq") / "etc" / "harmonization.conf"), root / "etc")
    (root / "etc" / "runtime.yaml").write_text(json.dumps(_settings(folder, root, port)))
    if os.geteuid() == 0:
        for path in (root, *root.rglob("*")):
            shutil.chown(path, "nobody")
    _begin(["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(root)], {})
    queues = redis.Redis(port=port, db=2)
    _wait(lambda: _answers(queues), "Redis")
    for name, (module, _) in _BOTS.items():
        begin = "import sys; from importlib import import_module; import_module(sys.argv.pop(1)).BOT.run()"
        _begin([sys.executable, "-c", begin, module, name], {"INTELMQ_ROOT_DIR": str(root)})
    logs = [root / "var" / "log" / f"{name}.log" for name in _BOTS]
    _wait(lambda: all(log.exists() and "initialization completed" in log.read_text() for log in logs), "the bots")
    with (folder / "feed.csv").open("rb") as file:
        next(file)
        report = b"".join(islice(file, int(rows)))
    return queues, root / "events.jsonl", report


def run(prepared: Any) -> Iterable[tuple[str, int]]:
    """How many events came out."""
    queues, out, report = prepared
    message = {"__type": "Report", "raw": base64.b64encode(report).decode(), "feed.name": "feed"}
    queues.lpush("parser-queue", json.dumps(message))
    written, since = -1, time.monotonic()
    while time.monotonic() - since < IDLE_SECONDS:
        time.sleep(0.05)
        size = out.stat().st_size if out.exists() else 0
        if size != written or not size or _is_waiting(queues):
            written, since = size, time.monotonic()
    with out.open("rb") as file:
        return [("events", sum(1 for _ in file))]


def elsewhere() -> float:
    """Seconds of the processor that the bots and Redis have used."""
    ticks = 0
    for process in _RUNNING:
        fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _is_waiting(queues: Any) -> bool:
    return any(queues.llen(key) for name in _BOTS for key in (f"{name}-queue", f"{name}-queue-internal"))


def _settings(folder: Path, root: Path, port: int) -> dict[str, Any]:
    library = run_path(str(Path(__file__).with_name("intelmq_library.py")))
    networks, names = library["lay_tables"](folder)
    parameters = {
        "parser": library["PARSER"],
        "network": {"database": str(networks)},
        "name": library["name_lookup"](names),
        "file": {"file": str(root / "events.jsonl"), "hierarchical_output": False},
    }
    common = {
        "source_pipeline_host": "127.0.0.1",
        "source_pipeline_port": port,
        "source_pipeline_db": 2,
        "destination_pipeline_host": "127.0.0.1",
        "destination_pipeline_port": port,
        "destination_pipeline_db": 2,
        "logging_path": str(root / "var" / "log"),
        "logging_level": "INFO",
        "log_processed_messages_seconds": 0,
        "statistics_host": "127.0.0.1",
        "statistics_port": port,
        "error_max_retries": 0,
        "rate_limit": 0,
    }
    bots = {
        name: {
            "bot_id": name,
            "module": module,
            "name": name,
            "group": "Expert",
            "enabled": True,
            "parameters": {
                **parameters[name],
                **({"destination_queues": {"_default": [f"{after}-queue"]}} if after else {}),
            },
        }
        for name, (module, after) in _BOTS.items()
    }
    return {"global": common, **bots}


def _begin(command: list[str], added: dict[str, str]) -> None:
    # It does not run as root.
    user = "nobody" if os.geteuid() == 0 else None
    process = subprocess.Popen(
        command, env={**os.environ, **added}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, user=user
    )
    _RUNNING.append(process)
    atexit.register(_end, process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()


def _wait(until: Any, what: str) -> None:
    began = time.monotonic()
    while not until():
        if time.monotonic() - began > _PATIENCE:
            raise TimeoutError(f"{what} did not start within {_PATIENCE:.0f} s")
        time.sleep(0.1)


def _answers(queues: Any) -> bool:
    try:
        return bool(queues.ping())
    except redis.ConnectionError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
