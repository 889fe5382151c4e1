"""Records of a feed, however broken their neighbours are."""

from __future__ import annotations

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from meldpunt.intake.formats.delimited import Record, open_text, read_records


def records_of(text: str) -> list[Record]:
    return list(read_records(io.StringIO(text, newline="")))


CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
ROWS = st.lists(st.lists(CELLS, min_size=2, max_size=4), max_size=5)


@given(ROWS)
def test_what_a_correct_writer_wrote_is_read_back(rows: list[list[str]]) -> None:
    written = io.StringIO(newline="")
    csv.writer(written, quoting=csv.QUOTE_ALL).writerows(rows)
    read = [list(record.cells or ()) for record in records_of(written.getvalue())]
    assert read == rows


@given(st.text(st.sampled_from('a,"\\\r\n '), max_size=60))
@settings(max_examples=300)
def test_no_line_is_lost_whatever_its_quotes(text: str) -> None:
    records = records_of(text)
    left = "".join(record.raw for record in records)
    assert left.replace("\r", "").replace("\n", "") == text.replace("\r", "").replace("\n", "")


@given(st.text(st.sampled_from('a,"'), min_size=1, max_size=20))
def test_a_good_line_after_a_bad_one_is_still_read(bad: str) -> None:
    records = records_of(f"{bad}\ngood,line\ngood,line\n")
    assert records[-1].cells == ("good", "line")


def test_a_quote_written_with_a_backslash_is_read() -> None:
    (record,) = records_of('a,"Basic realm=\\"\\"Proxy\\"\\"",b\n')
    assert record.cells == ("a", 'Basic realm=""Proxy""', "b")


def test_a_cell_may_hold_line_breaks_and_line_separators() -> None:
    (record,) = records_of('"a\r\nb","c\u2028d"\n')
    assert record.cells == ("a\r\nb", "c\u2028d")


@given(st.binary(max_size=200))
def test_every_byte_string_has_a_reading(raw: bytes) -> None:
    assert len(open_text(raw).read()) <= len(raw)
