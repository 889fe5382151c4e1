"""What was typed into a form of a report and not sent stands in it again, on whatever machine its page is opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from django.forms import BooleanField, Form
from django.http import QueryDict

from meldpunt.triage.values import Draft

FORMS: Final = ("accept", "close", "assess", "estimate", "override", "consult")
_OF_THE_PAGE: Final = frozenset(
    {"csrfmiddlewaretoken", "form", "seen", "seen_stages", "seen_views", "over", "queue", "next", "discard"}
)


def typed_in(sent: QueryDict) -> Mapping[str, str]:
    """The fields of the form, by name, without what the page itself put in it; of boxes those ticked, a line each.

    `boxes` names the fields that are ticked: of one without a line nothing is ticked.
    """
    boxes = [name for name in sent.get("boxes", "").split() if name not in _OF_THE_PAGE]
    fields = {name: value for name, value in sent.items() if name not in _OF_THE_PAGE and isinstance(value, str)}
    return fields | {name: "\n".join(sent.getlist(name)) for name in boxes}


def fill_in(forms: Mapping[str, Form], drafts: Mapping[str, Draft]) -> None:
    """Let each form that was not sent just now begin with what was typed and ticked; with it what it did with views."""
    for name, draft in drafts.items():
        for form in (forms.get(name), forms.get(f"heeds_{name}")):
            if form is not None and not form.is_bound:
                form.initial.update(_typed(form, draft.fields))


def _typed(form: Form, fields: Mapping[str, str]) -> Mapping[str, object]:
    ticked = {name: fields.get(name, "") for name in fields.get("boxes", "").split() if name in form.fields}
    typed: dict[str, object] = {name: value for name, value in fields.items() if name in form.fields}
    return typed | {name: _boxes(form, name, said.split("\n") if said else []) for name, said in ticked.items()}


def _boxes(form: Form, name: str, ticked: Sequence[str]) -> Sequence[str] | bool:
    return bool(ticked) if isinstance(form.fields[name], BooleanField) else ticked
