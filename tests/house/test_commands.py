"""The two commands of a newcomer, and that nothing hides beside them."""

import shutil
import subprocess
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
COMMANDS = ["demo", "test", "check", "bench", "fuzz", "reset", "shell", "lock"]


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


@pytest.mark.parametrize(("build", "ends"), [("", 0), ("true", 1)])
def test_a_machine_without_the_programs_of_mail_hears_which_tests_cannot_run(
    build: str, ends: int, tmp_path: Path
) -> None:
    for name in ("cat", "dirname", "id", "openssl", "dovecot"):
        (tmp_path / name).symlink_to(shutil.which(name) or "")
    ran = subprocess.run(
        ["/bin/sh", "-c", ". ./dev; mail_programs", "sh", "help"],
        capture_output=True,
        text=True,
        check=False,
        cwd=CHECKOUT,
        env={"PATH": str(tmp_path), "CI": build},
    )
    said = "dev: the tests of mail cannot run, for want of: gnupg\n"
    assert (ran.returncode, ran.stderr) == (ends, said)
