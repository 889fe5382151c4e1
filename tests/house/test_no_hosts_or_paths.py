"""No tracked file names a package registry's host or a path of somebody's machine.

A lock with addresses ties everybody to the mirror of whoever locked; a path ties them to a machine.
"""

import re
import subprocess
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]

REGISTRIES = tuple(
    re.escape(".".join(parts))
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("deb", "debian", "org"),
        ("security", "debian", "org"),
        ("archive", "ubuntu", "com"),
        ("crates", "io"),
        ("golang", "org"),
        ("anaconda", "org"),
        ("ghcr", "io"),
        ("docker", "io"),
    )
)
REGISTRY = re.compile(rf"\b(?:{'|'.join(REGISTRIES)})\b", re.IGNORECASE)

# Folders in which a machine keeps what is its own; those that every Linux has (FHS 3.0) are no secret of one.
OWN_FOLDER = re.compile(r"(?<![\w.~/:>)}\]-])/(?:(?:work|root|opt|mnt|srv|Users)(?=[/\s\"'`),;:]|$)|home/[a-z])")

ADDRESS = re.compile(r"\bhttps?:/" + "/", re.IGNORECASE)
INDEX_OPTION = re.compile(
    r"--(?:extra-)?index(?:-url)?\b|--find-links\b|--trusted-host\b|(?<!no-emit-)\bindex[-_]url\b|\bfind-links\b"
    r"|\b(?:UV|PIP)_(?:DEFAULT_|EXTRA_)?INDEX|\btool\.uv\.(?:sources|index)\b|^\s*registry\s*=|[\"']resolved[\"']\s*:",
    re.IGNORECASE | re.MULTILINE,
)

SET_UP = ("dev", ".ci/*", "requirements/*", "pyproject.toml", "package.json", "package-lock.json", ".npmrc")


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--", *patterns], cwd=CHECKOUT, capture_output=True, check=True, text=True
    )
    return [CHECKOUT / name for name in listed.stdout.split("\0") if name and (CHECKOUT / name).is_file()]


def found_in(paths: list[Path], *patterns: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(CHECKOUT)}:{text.count(chr(10), 0, match.start()) + 1}: {match[0]}"
        for path in paths
        for text in [path.read_bytes().decode("utf-8", errors="replace")]
        for pattern in patterns
        for match in pattern.finditer(text)
    ]


def test_no_file_names_a_registry() -> None:
    assert found_in(tracked(), REGISTRY) == []


def test_no_file_names_a_folder_of_a_machine() -> None:
    assert found_in(tracked(), OWN_FOLDER) == []


def test_set_up_files_hold_no_address_and_no_index() -> None:
    assert found_in(tracked(*SET_UP), ADDRESS, INDEX_OPTION) == []


def test_set_up_files_are_all_looked_at() -> None:
    for pattern in SET_UP:
        assert tracked(pattern), f"nothing tracked is called {pattern}"


def test_every_pin_has_a_hash() -> None:
    for path in tracked("requirements/*.txt"):
        for pin in re.split(r"\n(?=\S)", path.read_text()):
            assert pin.lstrip().startswith("#") or ("==" in pin and "--hash=sha256:" in pin), pin


def test_every_front_end_package_has_a_hash() -> None:
    lock = (CHECKOUT / "package-lock.json").read_text()
    assert lock.count('"version":') == lock.count('"integrity": "sha512-') > 0


@pytest.mark.parametrize("folder", ["work", "root", "opt", "mnt", "srv", "Users", "home/someone"])
@pytest.mark.parametrize(
    "line", ["cd {}/main", "#!{}/bin/python", 'DATA="{}"', "from {}, that is", "PATH={}/bin:$PATH"]
)
def test_folder_of_a_machine_is_recognised(folder: str, line: str) -> None:
    assert OWN_FOLDER.search(line.format(f"/{folder}"))


@pytest.mark.parametrize("text", ["/homepage/", "a/root/b", "/usr/bin", "/optimum", "/rooting", "/network", "./opt/"])
def test_other_paths_are_left_alone(text: str) -> None:
    assert not OWN_FOLDER.search(text)


@pytest.mark.parametrize(
    "line", ["--extra-index-url x", "-r x --find-links y", "export UV_INDEX_URL", "registry=x", '  "resolved": "x"']
)
def test_index_option_is_recognised(line: str) -> None:
    assert INDEX_OPTION.search(line)
