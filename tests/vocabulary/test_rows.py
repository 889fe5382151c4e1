"""Data files are read strictly."""

from enum import StrEnum
from pathlib import Path

import pytest

from meldpunt.vocabulary.errors import DataFileInvalid
from meldpunt.vocabulary.rows import Row, read_rows


class Colour(StrEnum):
    RED = "red"


def test_a_key_that_nobody_reads_refuses_the_file() -> None:
    row = Row("colours.toml", {"name": "red", "nmae": "typo"})
    assert row.text("name") == "red"
    with pytest.raises(DataFileInvalid, match="nmae"):
        row.refuse_unread()


def test_a_key_of_an_inner_table_that_nobody_reads_refuses_the_file() -> None:
    row = Row("colours.toml", {"colours": [{"id": "red", "extra": 1}]})
    with pytest.raises(DataFileInvalid, match=r"colours\[red\].*extra"):
        [inner.text("id") for inner in row.rows("colours")]


@pytest.mark.parametrize("cell", [None, "", "  ", 3, ["x"]])
def test_a_text_is_a_text(cell: object) -> None:
    with pytest.raises(DataFileInvalid, match="key"):
        Row("file", {"key": cell}).text("key")


def test_true_is_no_number_and_a_time_is_no_date(tmp_path: Path) -> None:
    file = tmp_path / "types.toml"
    file.write_text("flag = true\ninstant = 2026-11-23T09:00:00Z\nday = 2026-11-23\n", encoding="utf-8")
    row = read_rows(file)
    for read in (lambda: row.whole("flag"), lambda: row.day("instant"), lambda: row.flag("day")):
        with pytest.raises(DataFileInvalid):
            read()


def test_a_word_outside_its_enumeration_or_said_twice_is_refused() -> None:
    assert Row("file", {"key": ["red"]}).words("key", Colour) == {Colour.RED}
    for words in (["blue"], ["red", "red"], "red"):
        with pytest.raises(DataFileInvalid):
            Row("file", {"key": words}).words("key", Colour)


def test_wording_in_one_language_names_its_place() -> None:
    with pytest.raises(DataFileInvalid, match=r"file.*name"):
        Row("file", {"name": {"nl": "rood"}}).bilingual("name")


@pytest.mark.parametrize("content", [b"key = ", b"\xff\xfe", b'key = "\x00"'])
def test_a_file_that_is_no_toml_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "broken.toml").write_bytes(content)
    with pytest.raises(DataFileInvalid, match=r"broken\.toml"):
        read_rows(tmp_path / "broken.toml")
