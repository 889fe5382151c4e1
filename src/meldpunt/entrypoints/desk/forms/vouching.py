"""What somebody vouches for, and on whose word."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldpunt.disclosure.values import ON_SOMEBODYS_WORD
from meldpunt.law import Condition

from .disclosures import LONGEST_REASON


def vouching_field() -> forms.CharField:
    """Who said so, and when."""
    return forms.CharField(
        label=_("How you know that"),
        help_text=_(
            "Who said so, on whose behalf, when and how. Consent is of every reporter whose report this is from. "
            "It stays at the desk, in the ledger too."
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=LONGEST_REASON,
    )


def check_vouching(ticked: Iterable[str], vouching: str) -> None:
    """Raise ValidationError where consent, an offence or national security is ticked and nothing more."""
    if {Condition(one) for one in ticked} & ON_SOMEBODYS_WORD and not vouching.strip():
        raise ValidationError(gettext("Write how you know what you vouch for: who said so, and when."))
