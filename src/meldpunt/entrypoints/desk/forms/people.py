"""Letting somebody in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from meldpunt.access.rules import DESK_ROLES, PORTAL_ROLES
from meldpunt.access.values import Role

from ..labels import label_of


def _roles() -> list[tuple[str, list[tuple[str, str]]]]:
    """The roles of the desk and those of the portal, in the order in which they are declared."""
    groups = ((_("Desk"), DESK_ROLES), (_("Portal"), PORTAL_ROLES))
    return [(str(door), [(role.value, label_of(role)) for role in Role if role in those]) for door, those in groups]


class Admission(forms.Form):
    """Who, as what, and for whom. The first password is made by us, and shown once."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        help_text=_("An administrator has no other role."),
        choices=_roles,
        widget=forms.CheckboxSelectMultiple,
    )
    code = forms.CharField(
        label=_("Code of the organisation"),
        help_text=_("Only for the portal: for whom this person speaks."),
        required=False,
        max_length=40,
    )
    language = forms.ChoiceField(label=_("Language"), choices=[("nl", "Nederlands"), ("en", "English")])

    def chosen_roles(self) -> frozenset[Role]:
        """The roles of a valid form."""
        return frozenset(Role(one) for one in self.cleaned_data["roles"])
