"""What a report answers is read in words; what came from elsewhere stands as it came."""

from meldpunt.vocabulary.questions import answer_wording, question_wording


def test_what_no_form_asked_stands_as_it_came() -> None:
    assert question_wording("Message-ID") is None
    assert answer_wording("Message-ID", "yes") is None
    assert answer_wording("cross_border", "in Belgium") is None
