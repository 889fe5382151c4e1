"""Nothing on a page is left in English for who reads Dutch."""

from __future__ import annotations

from tests.web.catalogues import DOORS, said, translated


def test_everything_the_doors_say_has_a_dutch_translation() -> None:
    done = translated()
    assert [(str(path.relative_to(DOORS)), *words) for words, path in said().items() if words not in done] == []


def test_the_words_of_code_and_templates_are_found() -> None:
    """Otherwise the test above would pass where it found none."""
    found = said()
    assert found["", "Queue"].suffix == ".html"
    assert found["entry", "decided"].suffix == ".py"
    assert len(found) > 900
