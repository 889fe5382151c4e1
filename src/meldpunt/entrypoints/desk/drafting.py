"""What was typed into a form of a report and not sent stands in it again, on whatever machine its page is opened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.forms import Form
from django.http import QueryDict

from meldpunt.triage.values import Draft

FORMS: Final = ("accept", "close", "assess", "estimate", "override", "consult")
_OF_THE_PAGE: Final = frozenset({"csrfmiddlewaretoken", "form", "seen", "over", "queue", "next", "discard"})


def typed_in(sent: QueryDict) -> Mapping[str, str]:
    """The fields of the form, by name, without what the page itself put in it."""
    return {name: value for name, value in sent.items() if name not in _OF_THE_PAGE and isinstance(value, str)}


def fill_in(forms: Mapping[str, Form], drafts: Mapping[str, Draft]) -> None:
    """Let each form that was not sent just now begin with what was typed."""
    for name, draft in drafts.items():
        form = forms.get(name)
        if form is not None and not form.is_bound:
            form.initial.update({field: value for field, value in draft.fields.items() if field in form.fields})
