"""Decoded parts of malformed mails, compared with those of another reader; where they differ a page says why."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest
from tests.intake import cast
from tests.intake.test_mails import opened, receive

from meldpunt.evidence.queries import list_evidence
from meldpunt.intake.mail.reading import decoded_leaves

PAGE = Path(__file__).resolve().parents[2] / "docs" / "mail-reading.md"
HEAD = """# How a mail is read

Mails that break the rules, as the parser of James mime4j decodes them and as we do: %(agree)s of %(all)s are the same.
The raw mail is sealed either way.

| mail | parts there | parts here | why |
|---|---|---|---|
"""
FORBIDDEN = (
    "A mail in base64 in a mail is forbidden (RFC 2046, 5.2.1). As the whole of a mail it is kept as the text it is"
)
NO_HEADER = (
    "A line that is no header ends the head. From there on everything is text, and none of it is taken for a header"
)
SPACE = "A boundary does not end in a space (RFC 2046, 5.1.1), so a line that lacks it is a boundary too"
LONGER = "A line that goes on after the boundary is no boundary; all of it is text, in one piece"
INNER = "There the mail within is counted as a part of its own; its one part is empty in both"
OUTSIDE = "What stands outside the parts, or where a boundary is missing, is kept as text"
WHY = {
    **dict.fromkeys(
        ("bad-newlines-multiple-parts-base64", "base64encoded-rfc822message", "base64encoded-rfc822message-nested"),
        FORBIDDEN,
    ),
    **dict.fromkeys(
        (
            *("basic-plain-with-bad-header-separator", "malformedHeader-nocrlfcrlf", "malformedHeader-noheader"),
            *("malformedHeaderStartsBody-nocrlfcrlf", "malformedHeaderStartsBody-noheader", "obsolete"),
        ),
        NO_HEADER,
    ),
    **dict.fromkeys(("very-long-boundary", "very-very-long-boundary", "weird-boundary"), SPACE),
    "ending-boundaries": LONGER,
    "multipartnestedemptyparts": INNER,
    **dict.fromkeys(
        (
            *("missing-boundary", "missing-inner-start-boundary"),
            *("multipartemptypart", "multipartnopart"),
        ),
        OUTSIDE,
    ),
}


PARTS = 44
"""That many parts have the 32 mails, as we read them."""


def is_html(text: str) -> bool:
    return "<html" in text.lower() or "</" in text


def digest(data: bytes) -> str:
    return hashlib.sha256(data.replace(b"\r\n", b"\n").strip(b"\n")).hexdigest()


def plain(text: str) -> str:
    """The words alone, as they also stand in a quotation."""
    return " ".join(word for line in text.splitlines() for word in line.lstrip("> ").split())


@pytest.mark.django_db
def test_every_part_that_is_decoded_stands_in_the_words_of_the_report_or_lies_sealed_beside_them(
    shared_data: Path,
) -> None:
    files = sorted((shared_data / "email" / "mime4j-testmsgs").glob("*.msg"))
    found = []
    for file in files:
        report = receive(file.read_bytes())
        beside = {digest(opened(one.id)) for one in list_evidence(cast.analyst(), about=report.id)}
        leaves = decoded_leaves(file.read_bytes())
        has_text = any(text.strip() and not is_html(text) for _, text in leaves)
        for data, text in leaves:
            # Of a mail that is written twice the text is told; the HTML lies in the raw mail.
            is_told = plain(text) in plain(report.text) or (is_html(text) and has_text)
            found.append((file.name, is_told or digest(data) in beside or not data.strip()))
    assert (len(files), len(found)) == (32, PARTS)
    assert [name for name, is_there in found if not is_there] == []


def test_where_another_reader_reads_otherwise_the_page_says_why(shared_data: Path) -> None:
    folder = shared_data / "email" / "mime4j-testmsgs"
    expected = [json.loads(line) for line in (folder / "expected_parts.jsonl").read_text().splitlines()]
    rows = []
    for one in expected:
        theirs = [part["sha256_lf_stripped"] for part in one["parts"]]
        leaves = decoded_leaves((folder / one["file"]).read_bytes())
        ours = [{digest(data), digest(text.encode())} for data, text in leaves]
        if len(theirs) != len(ours) or not all(wanted in found for wanted, found in zip(theirs, ours, strict=True)):
            name = one["file"].removesuffix(".msg")
            rows.append(f"| {name} | {len(theirs)} | {len(ours)} | {WHY[name]} |\n")
    page = HEAD % {"agree": len(expected) - len(rows), "all": len(expected)} + "".join(rows)
    if os.environ.get("MELDPUNT_UPDATE") == "1":
        PAGE.write_text(page)
    assert {row.split()[1] for row in rows} == WHY.keys()
    assert PAGE.read_text() == page
