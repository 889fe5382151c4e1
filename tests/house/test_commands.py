"""The two commands of a newcomer, and that nothing hides beside them."""

import subprocess
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
COMMANDS = ["demo", "test", "check", "bench", "reset", "shell", "lock"]


def dev(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([CHECKOUT / "dev", *arguments], capture_output=True, text=True, check=False, cwd="/")


def test_dev_without_argument_lists_its_commands() -> None:
    lines = dev().stdout.splitlines()
    assert [line.split()[1] for line in lines] == COMMANDS
    assert all(len(line.split("  ")[-1]) > 10 for line in lines)


def test_unknown_command_is_refused() -> None:
    refused = dev("deploy")
    assert refused.returncode == 1
    assert refused.stderr.endswith("dev: unknown command: deploy\n")


@pytest.mark.parametrize("script", ["dev", ".ci/run"])
def test_script_is_for_any_posix_shell(script: str) -> None:
    path = CHECKOUT / script
    assert path.read_text().startswith("#!/bin/sh\n")
    assert path.stat().st_mode & 0o111 == 0o111
    assert subprocess.run(["sh", "-n", path], check=False).returncode == 0


def test_the_build_runs_what_everybody_runs_and_nothing_else() -> None:
    orders = [line for line in (CHECKOUT / ".ci" / "run").read_text().splitlines() if not line.startswith("#")]
    assert orders == ['cd "$(dirname "$0")/.." || exit 1', "CI=true exec ./dev test"]
