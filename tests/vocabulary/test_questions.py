"""What a report answers is read in words; what came from elsewhere stands as it came."""

from meldpunt.entrypoints.portal.forms.reports import OwnReportForm
from meldpunt.entrypoints.public_site.forms.reports import IncidentForm
from meldpunt.intake.values import Stage
from meldpunt.vocabulary.questions import answer_wording, question_wording


def test_every_answer_to_choose_from_has_its_words() -> None:
    own = OwnReportForm(stages=(Stage.EARLY_WARNING,))
    asked = [*own.significance_fields(), *(own[name] for name in ("malicious", "cross_border"))]
    asked += [IncidentForm()[name] for name in ("malicious", "cross_border")]
    for field in asked:
        assert question_wording(field.name), field.name
        for value, _ in field.field.choices:
            assert not value or answer_wording(field.name, value), (field.name, value)


def test_what_no_form_asked_stands_as_it_came() -> None:
    assert question_wording("Message-ID") is None
    assert answer_wording("Message-ID", "yes") is None
    assert answer_wording("cross_border", "in Belgium") is None
