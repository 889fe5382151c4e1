"""Every word of the law can be said to a person."""

import subprocess
import sys

import pytest

from meldpunt.law import Condition, DataKind, GroundKind, Outcome, Purpose, RecipientKind, label_of, listed
from meldpunt.law.labels import LawWord

WORDS: list[LawWord] = [*RecipientKind, *Purpose, *DataKind, *Condition, *Outcome, *GroundKind]


@pytest.mark.parametrize("word", WORDS)
def test_every_word_has_a_label_in_both_languages(word: LawWord) -> None:
    assert label_of(word).nl
    assert label_of(word).en


@pytest.mark.parametrize("kinds", [RecipientKind, Purpose, DataKind, Condition, Outcome, GroundKind])
def test_words_of_one_kind_are_told_apart_by_their_labels(kinds: type[RecipientKind]) -> None:
    assert len({label_of(word).nl for word in kinds}) == len(kinds)
    assert len({label_of(word).en for word in kinds}) == len(kinds)


def test_several_words_are_listed_as_one_would_say_them() -> None:
    assert listed([]).nl == "niets"
    assert listed([DataKind.IMPACT]).en == "the impact"
    assert listed([DataKind.ADVICE, DataKind.IMPACT]).nl == "de gevolgen en het advies"
    three = listed(frozenset({DataKind.IMPACT, DataKind.ADVICE, DataKind.MEASURES}))
    assert three.en == "the impact, the advice and measures"


def test_the_ground_floor_loads_neither_the_web_framework_nor_the_network() -> None:
    program = (
        "import sys; sys.path[:] = sys.argv[1:]; import meldpunt.law, meldpunt.vocabulary.nciss; "
        "print(*{'django', 'socket'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", program, *sys.path], capture_output=True, text=True, check=True)
    assert run.stdout.split() == []
