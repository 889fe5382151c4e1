"""The forms of logging in and of one's own password and second factor."""

from __future__ import annotations

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from meldpunt.access.proving import Answer

WHY = {
    Answer.WRONG: _("This address and this password do not belong together."),
    Answer.BUSY: _("Too many attempts went wrong. Wait a few minutes and try again."),
}
WHY_NO_CODE = {
    Answer.WRONG: _("This code is not right, or was used before. Wait for the next one."),
    Answer.BUSY: WHY[Answer.BUSY],
}
_CODE = forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false", "autocapitalize": "off"})


def _password(label: object, *, autocomplete: str) -> forms.CharField:
    return forms.CharField(
        label=str(label) if isinstance(label, str) else label,  # type: ignore[arg-type]
        strip=False,
        max_length=4_096,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )


class LogInForm(forms.Form):
    """Address and password."""

    login = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    password = _password(_("Password"), autocomplete="current-password")


class CodeForm(forms.Form):
    """The code of an authenticator app, or one that recovers it."""

    code = forms.CharField(label=_("Code"), max_length=40, widget=_CODE)


class FactorForm(CodeForm):
    """The first code of a new secret, which goes along, signed: the page shows it anyway."""

    secret = forms.CharField(max_length=200, widget=forms.HiddenInput)


class _NewPassword(forms.Form):
    """A new password, twice."""

    password1 = _password(_("New password"), autocomplete="new-password")
    password2 = _password(_("New password, again"), autocomplete="new-password")

    def clean_password1(self) -> str:
        """The new one, where it is long and not common. Raises ValidationError."""
        new = str(self.cleaned_data["password1"])
        validate_password(new)
        return new

    def clean_password2(self) -> str:
        """The same, typed twice. Raises ValidationError."""
        again = str(self.cleaned_data["password2"])
        if again != self.cleaned_data.get("password1", again):
            raise ValidationError(_("This is not the same as the new password."))
        return again


class PasswordForm(_NewPassword):
    """The old password and, twice, the new one."""

    oldpassword = _password(_("Current password"), autocomplete="current-password")
    field_order = ("oldpassword", "password1", "password2")


class NewStartForm(_NewPassword):
    """The address, the code in two halves, and twice a new password."""

    login = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    code = forms.CharField(
        label=_("Code"),
        help_text=_("Both halves, in the order in which they were asked and approved."),
        max_length=80,
        widget=_CODE,
    )
    field_order = ("login", "code", "password1", "password2")
