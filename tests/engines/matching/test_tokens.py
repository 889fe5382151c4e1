"""Records of delimited text are found in the bytes as the library of the language finds them in the text."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meldpunt.engines.matching.errors import InputBroken
from meldpunt.engines.matching.reading.delimited import LONGEST_RECORD, Shape, read_delimited, shape_of

_CELLS = st.text(alphabet='a,b;" \n\r\té€=', max_size=8)
_TABLES = st.lists(st.lists(_CELLS, min_size=1, max_size=4), min_size=1, max_size=8)


def _records(pieces: list[bytes], *, columns: int = 4, quote: str = '"') -> list[list[str]]:
    shape = Shape(tuple(str(number) for number in range(columns)), ",", quote)
    found: list[list[str]] = []
    for block in read_delimited(pieces, shape, range(columns), skip=0, name="feed.csv"):
        for row in range(block.rows):
            fields = (block.fields(number) for number in range(columns))
            found.append([_text(bytes(one.data[one.starts[row] : one.ends[row]])) for one in fields])
    return found


def _text(raw: bytes) -> str:
    return raw.decode().replace('""', '"')


@settings(max_examples=200, deadline=None)
@given(_TABLES, st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]), st.sampled_from(["\n", "\r\n", "\r"]), st.data())
def test_whatever_was_written_is_read_wherever_the_pieces_break(
    table: list[list[str]], quoting: int, ending: str, data: st.DataObject
) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=quoting, lineterminator=ending).writerows(table)
    raw = text.getvalue().encode()
    breaks = sorted(data.draw(st.lists(st.integers(0, len(raw)), max_size=4)))
    pieces = [raw[start:end] for start, end in zip([0, *breaks], [*breaks, len(raw)], strict=True)]
    expected = [row for row in csv.reader(io.StringIO(text.getvalue(), newline="")) if row]
    assert _records(pieces) == _padded(expected)


def _padded(rows: list[list[str]]) -> list[list[str]]:
    return [(row + [""] * 4)[:4] for row in rows]


def test_a_line_break_in_quotes_belongs_to_the_field() -> None:
    assert _records([b'a,"b\nc",d\n1,2\n'], columns=3) == [["a", "b\nc", "d"], ["1", "2", ""]]


def test_where_quotes_are_bytes_like_others_they_hold_nothing_together() -> None:
    assert _records([b'5" disk,"a\nb"\n'], columns=2, quote="") == [['5" disk', '"a'], ['b"', ""]]


def test_text_behind_a_closing_quote_is_kept_with_both() -> None:
    assert _records([b'"192.0.2.1"9,x\n'], columns=2) == [['"192.0.2.1"9', "x"]]


@pytest.mark.parametrize("raw", [b'a,"b\nc,d\n', b'a,b\n"'])
def test_a_quote_that_nothing_closes_is_an_error_and_no_part(raw: bytes) -> None:
    with pytest.raises(InputBroken, match="does not end"):
        _records([raw])


def test_a_record_beyond_measure_is_an_error_before_the_file_is_in_memory() -> None:
    taken = 0

    def endless() -> object:
        nonlocal taken
        yield b'a,"'
        while True:
            taken += 1
            yield b"x" * (1 << 20)

    with pytest.raises(InputBroken, match="does not end"):
        _records(endless())  # type: ignore[arg-type]
    assert taken <= LONGEST_RECORD // (1 << 20) + 3


@pytest.mark.parametrize(
    ("start", "columns", "delimiter", "rest"),
    [
        (b"ip,time\n1.2.3.4,x\n", ("ip", "time"), ",", b"1.2.3.4,x\n"),
        (b'\xef\xbb\xbf"ip";"time"\r\n1;2\n', ("ip", "time"), ";", b"1;2\n"),
        (b"# made today\n#ip\ttime\n1\t2\n", ("ip", "time"), "\t", b"1\t2\n"),
        (b'"a\nb"|c\n1|2\n', ("a\nb", "c"), "|", b"1|2\n"),
    ],
)
def test_the_first_line_says_how_a_file_is_delimited(
    start: bytes, columns: tuple[str, ...], delimiter: str, rest: bytes
) -> None:
    shape, place = shape_of(start, name="feed.csv")
    assert (shape.columns, shape.delimiter, start[place:]) == (columns, delimiter, rest)


@pytest.mark.parametrize("start", [b"", b"\n\n", "ip,time\n".encode("utf-16")])
def test_a_file_without_a_first_line_to_go_by_is_refused(start: bytes) -> None:
    with pytest.raises(InputBroken):
        shape_of(start, name="feed.csv")


def test_offsets_lead_to_the_bytes_of_the_record_itself() -> None:
    (block,) = read_delimited([b"skipped\n1,2\n\n3,4"], Shape(("a", "b")), [1], skip=8, name="feed.csv")
    cut = [bytes(block.data[start:end]) for start, end in zip(block.records[:-1], block.records[1:], strict=True)]
    assert [one.strip() for one in cut] == [b"1,2", b"3,4"]
    assert np.array_equal(block.ends[:, 0] - block.starts[:, 0], [1, 1])
