from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.evidence import rules


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("rapport.pdf", "rapport.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\noor\\log.txt", "log.txt"),
        ("factuur\u202efdp.exe", "factuurfdp.exe"),
        ("a\x00b\r\nc.txt", "ab c.txt"),
        ("  .. ", "unnamed"),
        ("", "unnamed"),
        ("naïef — kopie (2).docx", "naïef — kopie (2).docx"),
    ],
)
def test_a_name_is_shown_without_folders_and_without_what_cannot_be_seen(given_name: str, shown: str) -> None:
    assert rules.display_name(given_name) == shown


@given(st.text(st.characters(), max_size=400))
def test_every_name_can_be_shown(name: str) -> None:
    shown = rules.display_name(name)
    assert 0 < len(shown) <= rules.LONGEST_NAME
    assert not set("/\\") & set(shown)
    assert not any(unicodedata.category(character) in {"Cc", "Cf", "Cs"} for character in shown)


def test_a_long_name_keeps_its_extension() -> None:
    assert rules.display_name("x" * 300 + ".pdf").endswith("x.pdf")


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"MZ\x90\x00", "application/vnd.microsoft.portable-executable"),
        (b"PK\x03\x04\x14\x00", "application/zip"),
        (b" \n<HTML><script>", "text/html"),
        (b"datum;adres\n2026-11-23;192.0.2.7\n", "text/plain"),
        (b"\x00\x01\x02", rules.UNKNOWN),
        ("\u00e9".encode("latin-1"), rules.UNKNOWN),
        (b"", rules.UNKNOWN),
    ],
)
def test_bytes_are_known_by_what_they_look_like(data: bytes, media_type: str) -> None:
    assert rules.sniff(data) == media_type


@pytest.mark.parametrize(
    ("declared", "shown"),
    [
        ("Text/CSV; charset=utf-8", "text/csv"),
        ("", rules.UNKNOWN),
        ("x\x00y/z", rules.UNKNOWN),
        ("a/" + "b" * 200, rules.UNKNOWN),
    ],
)
def test_a_declared_type_is_kept_only_where_it_is_one(declared: str, shown: str) -> None:
    assert rules.display_type(declared) == shown
