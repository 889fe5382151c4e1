"""What an organisation thinks of a release that concerns it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.entrypoints.web.templatetags.words import in_language
from meldpunt.openness.values import Stance


class PartyViewForm(forms.Form):
    """Whether it may be released, and what harm is expected of it."""

    stance = forms.ChoiceField(label=_("What do you think of the release?"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Which passages, and what harm you expect"),
        help_text=_("Needed when you object. We weigh it for each passage."),
        max_length=10_000,
        required=False,
        widget=forms.Textarea,
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["stance"].choices = [  # type: ignore[attr-defined]
            (one.value, in_language(one.label)) for one in Stance
        ]

    def clean(self) -> dict[str, object]:
        """Raises ValidationError for an objection without words."""
        given = self.cleaned_data
        if given.get("stance") == Stance.AGAINST.value and not given.get("text", "").strip():
            self.add_error("text", gettext("Write what you object to, and why."))
        return given
