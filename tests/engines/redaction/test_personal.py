import json
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.engines.matching.observables import lift_observables
from meldpunt.engines.matching.values import ObservableKind
from meldpunt.engines.redaction.personal import find_personal, is_bsn, is_iban
from meldpunt.engines.redaction.values import SpanKind

FORMS = {
    "emailadres": SpanKind.MAIL,
    "telefoonnummer": SpanKind.PHONE,
    "bsn": SpanKind.BSN,
    "url": ObservableKind.URL,
}
WEB = {ObservableKind.URL, ObservableKind.DOMAIN, ObservableKind.MAIL}


def test_published_iban_examples_pass_and_a_changed_digit_fails() -> None:
    for iban in ("NL91 ABNA 0417 1643 00", "BE68 5390 0754 7034", "GB29 NWBK 6016 1331 9268 19"):
        assert is_iban(iban)
        assert not is_iban(iban[:-1] + str((int(iban[-1]) + 1) % 10))


@given(st.integers(10_000_000, 999_999_999), st.integers(0, 8), st.integers(1, 9))
def test_the_eleven_test_notices_every_single_wrong_digit(number: int, place: int, shift: int) -> None:
    digits = f"{number:09d}"
    wrong = digits[:place] + str((int(digits[place]) + shift) % 10) + digits[place + 1 :]
    assert not (is_bsn(digits) and is_bsn(wrong))


def test_known_test_numbers_are_bsns_and_zero_is_not() -> None:
    assert is_bsn("111222333")
    assert is_bsn("123456782")
    assert not is_bsn("111111111")
    assert not is_bsn("000000000")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("x.y+z@sub.derde.example", SpanKind.MAIL),
        ("x[at]derde[.]example", SpanKind.MAIL),
        ("+31 6 12345678", SpanKind.PHONE),
        ("+49 30 1234567", SpanKind.PHONE),
        ("0800-1234", SpanKind.PHONE),
        ("nl91abna0417164300", SpanKind.IBAN),
        ("1112.22.333", SpanKind.BSN),
        ("192.0.2.7", SpanKind.IP),
        ("2001:db8::7", SpanKind.IP),
    ],
)
def test_each_form_is_found_alone(text: str, kind: SpanKind) -> None:
    sentence = f"neem {text} over"
    assert [(s.kind, sentence[s.start : s.end]) for s in find_personal(sentence)] == [(kind, text)]


@pytest.mark.parametrize(
    "text",
    [
        "01-02-2024 10:30",
        "5348573857385",
        "99999 99999",
        "123456",
        "versie 1.2.3",
        "NL00ABNA0417164300",
        "om 12:30",
        "2026-11-23",
    ],
)
def test_numbers_of_another_kind_are_left_alone(text: str) -> None:
    assert find_personal(f"op {text} gezien") == ()


def test_recall_on_dutch_sentences_does_not_drop(shared_data: Path) -> None:
    """Sentences with marked spans from the regression cases of another tool; many are negatives."""
    hit, marked = Counter[str](), Counter[str]()
    for path in sorted((shared_data / "redaction" / "dutch-pii").glob("*.json")):
        for example in json.loads(path.read_text(encoding="utf-8"))["examples"]:
            spans = spans_of(example["text"])
            for note in example["annotations"]:
                wanted = FORMS.get(note["tag"])
                marked[note["tag"]] += 1
                hit[note["tag"]] += any(
                    start <= note["start_char"] and note["end_char"] <= end and kind in {wanted, None}
                    for start, end, kind in spans
                )
    sys.stdout.writelines(f"{tag:16} {hit[tag]:3} of {count:3}\n" for tag, count in sorted(marked.items()))
    assert {tag: (hit[tag], marked[tag]) for tag in FORMS} == {
        "emailadres": (6, 6),
        "telefoonnummer": (23, 23),
        "bsn": (2, 2),
        "url": (7, 7),
    }


def spans_of(text: str) -> list[tuple[int, int, SpanKind | ObservableKind]]:
    by_form = [(s.start, s.end, s.kind) for s in find_personal(text)]
    return [*by_form, *((o.start, o.end, ObservableKind.URL) for o in lift_observables(text) if o.kind in WEB)]
