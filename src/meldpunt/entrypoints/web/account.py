"""The few views of allauth that Meldpunt serves, each with its declaration."""

from __future__ import annotations

from allauth.account import views as account_views
from allauth.mfa.base import views as mfa_views
from allauth.mfa.recovery_codes import views as recovery_views
from allauth.mfa.totp import views as totp_views
from django.urls import URLPattern, path

from .gate import open_to_strangers
from .language import choose_language

_log_in = open_to_strangers(reason="logging in is how somebody stops being a stranger")
_own = open_to_strangers(reason="the library itself asks for a log-in and shows only one's own password and factor")

urlpatterns: list[URLPattern] = [
    path("account/login/", _log_in(account_views.login), name="account_login"),
    path("account/logout/", _log_in(account_views.logout), name="account_logout"),
    path("account/inactive/", _log_in(account_views.account_inactive), name="account_inactive"),
    path("account/password/", _own(account_views.password_change), name="account_change_password"),
    path("account/reauthenticate/", _own(account_views.reauthenticate), name="account_reauthenticate"),
    path("account/code/", _log_in(mfa_views.authenticate), name="mfa_authenticate"),
    path("account/code/again/", _own(mfa_views.reauthenticate), name="mfa_reauthenticate"),
    path("account/second-factor/", _own(mfa_views.index), name="mfa_index"),
    path("account/second-factor/activate/", _own(totp_views.activate_totp), name="mfa_activate_totp"),
    path("account/second-factor/remove/", _own(totp_views.deactivate_totp), name="mfa_deactivate_totp"),
    path("account/recovery-codes/", _own(recovery_views.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("language/", choose_language, name="choose_language"),
]
