"""Wording exists in both languages."""

import pytest

from meldpunt.vocabulary import Bilingual
from meldpunt.vocabulary.errors import WordingMissing


def test_wording_is_given_in_the_language_asked() -> None:
    wording = Bilingual("drinkwater", "drinking water")
    assert (wording.in_language("nl"), wording.in_language("en")) == ("drinkwater", "drinking water")


@pytest.mark.parametrize(("nl", "en"), [("", "text"), ("tekst", "  ")])
def test_wording_in_one_language_is_refused(nl: str, en: str) -> None:
    with pytest.raises(WordingMissing):
        Bilingual(nl, en)
