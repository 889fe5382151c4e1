"""What a report is suggested to be, and why."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.triage.cast import SCORED

from meldpunt.triage.errors import ClassificationUnknown
from meldpunt.triage.rules.nature import class_of, read_rsit, read_score, suggest_rsit
from meldpunt.triage.wordlist import rsit_words
from meldpunt.vocabulary.nciss import default_thresholds
from meldpunt.vocabulary.rsit import all_types


def types(title: str, text: str = "", **signs: object) -> list[str]:
    found = suggest_rsit(title=title, text=text, words=rsit_words(), **signs)  # type: ignore[arg-type]
    return [one.type.id for one in found]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Ransomware op onze servers", "malicious-code/infected-system"),
        ("DDoS op de inlogdienst", "availability/ddos"),
        ("Phishing mail naar klanten", "fraud/phishing"),
        ("Data breach of patient records", "information-content-security/data-leak"),
        ("Er is ingebroken op de VPN", "intrusions/system-compromise"),
    ],
)
def test_words_of_a_title_point_at_a_type(title: str, expected: str) -> None:
    assert types(title)[0] == expected


def test_a_suggestion_names_the_word_it_rests_on_in_both_languages() -> None:
    (only,) = suggest_rsit(title="", text="Veel spam vandaag", words=rsit_words())
    assert "spam" in only.reasons[0].nl
    assert "spam" in only.reasons[0].en


def test_a_stem_of_which_the_word_goes_on_is_not_shown_as_a_word() -> None:
    reasons = [
        one.nl for found in suggest_rsit(title="Kwetsbare dienst", text="", words=rsit_words()) for one in found.reasons
    ]
    assert "de tekst noemt: kwetsba…" in reasons


def test_a_stem_inside_another_word_is_not_heard() -> None:
    assert types("Antispamfilter en hc2o") == []


def test_a_feed_is_believed_over_the_words_of_its_title() -> None:
    assert types("spam_url", feed="malicious-code/c2-server")[0] == "malicious-code/c2-server"


def test_an_undetermined_feed_suggests_nothing() -> None:
    assert types("", feed="other/undetermined") == []


def test_what_the_sender_says_is_read_in_older_taxonomies() -> None:
    assert types("", said=["botnet drone", "nonsense of their own"]) == ["malicious-code/infected-system"]


@given(st.text(max_size=300), st.text(max_size=600))
def test_any_text_gives_at_most_five_known_types_strongest_first(title: str, text: str) -> None:
    found = suggest_rsit(title=title, text=text, words=rsit_words())
    strengths = [one.strength for one in found]
    assert len(found) <= 5
    assert strengths == sorted(strengths, reverse=True)
    assert all(1 <= one.strength <= 100 and one.type in all_types() and one.reasons for one in found)


def test_class_or_type_is_read_and_anything_else_refused() -> None:
    assert read_rsit("availability")[1] is None
    assert read_rsit("availability/ddos")[0].id == "availability"
    with pytest.raises(ClassificationUnknown):
        read_rsit("availability/tea")


def test_half_a_score_is_refused_and_none_is_no_score() -> None:
    assert read_score({}, default_thresholds()) is None
    with pytest.raises(ClassificationUnknown):
        read_score({"FI": "no-impact"}, default_thresholds())


def test_a_full_score_has_the_level_of_its_points() -> None:
    scored = read_score(SCORED, default_thresholds())
    assert scored is not None
    assert 0 < scored[0] < 100
    assert scored[1].from_score <= scored[0]


def test_a_report_counts_under_the_desks_word_before_the_feeds_and_the_senders() -> None:
    assert class_of(assessed="fraud", feed="availability/ddos", said="spam") == "fraud"
    assert class_of(assessed="", feed="availability/ddos", said="spam") == "availability"
    assert class_of(assessed="", feed="", said="spam") == "abusive-content"
    assert class_of(assessed="", feed="", said="iets anders") == "other"
