"""Logging in, and one's own password and second factor: each a form, one question to `access.proving`, an answer."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from meldpunt.access import proving, starting
from meldpunt.access.proving import Answer, Asks, Session
from meldpunt.constituency import actions as constituency_actions

from .doors import Entrance
from .gate import open_to_strangers, session_of
from .language import choose_language
from .logging_in import WHY, WHY_NO_CODE, CodeForm, FactorForm, LogInForm, NewStartForm, PasswordForm
from .sessions import device_of, drop_key, keep_device, keep_key, key_of

_log_in = open_to_strangers(reason="logging in is how somebody stops being a stranger")
_own = open_to_strangers(reason="asks for a log-in itself and shows only one's own password and factor")

_SECRET_BYTES: Final = 20
_SECRET_SECONDS: Final = 60 * 60
_SALT: Final = "new-second-factor"
_ONE_SUBSCRIBER: Final = 64


def visitor_of(request: HttpRequest) -> str:
    """The address that failures are counted for; of IPv6 the network of one subscriber."""
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return ""
    if isinstance(address, IPv6Address):
        return str(ip_network((address, _ONE_SUBSCRIBER), strict=False))
    return str(address)


@_log_in
@never_cache
@sensitive_post_parameters()
def log_in(request: HttpRequest) -> HttpResponse:
    """Address and password; then what the session still asks."""
    entrance: Entrance = request.entrance  # type: ignore[attr-defined]
    if request.method != "POST" and session_of(request) is not None:
        return _onward(request, session_of(request))
    form = LogInForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        answer, key = proving.open_session(
            entrance.door,
            email=given["login"],
            password=given["password"],
            visitor=visitor_of(request),
            device=device_of(request),
        )
        if answer is Answer.OPEN:
            proving.end_session(key_of(request))
            rotate_token(request)
            session = proving.find_session(key)
            return keep_key(request, _known(request, _onward(request, session), session), key)
        if answer is Answer.CLOSED:
            return render(request, "account/closed.html")
        _refuse(form, answer, WHY)
    return render(request, "account/login.html", {"form": form, "next": _next(request)})


@_log_in
def log_out(request: HttpRequest) -> HttpResponse:
    """The session ends, here and in the database."""
    if request.method != "POST":
        return render(request, "account/logout.html")
    proving.end_session(key_of(request))
    return drop_key(request, redirect("account_login"))


@_log_in
@never_cache
@sensitive_post_parameters()
def give_code(request: HttpRequest) -> HttpResponse:
    """The second step: the code of the app."""
    session = session_of(request)
    if session is None or session.asks is not Asks.CODE:
        return _onward(request, session)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        code = form.cleaned_data["code"]
        answer = proving.pass_code(session, code=code, visitor=visitor_of(request), device=device_of(request))
        if answer is Answer.OPEN:
            opened = proving.find_session(session.key)
            return _known(request, _onward(request, opened), opened)
        _refuse(form, answer, WHY_NO_CODE)
    return render(request, "account/code.html", {"form": form, "next": _next(request)})


@_log_in
@never_cache
@sensitive_post_parameters()
def begin_anew(request: HttpRequest) -> HttpResponse:
    """A new password for who was given a new start; then they log in with it."""
    entrance: Entrance = request.entrance  # type: ignore[attr-defined]
    form = NewStartForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        answer = constituency_actions.begin_anew(
            entrance.door,
            email=given["login"],
            code=given["code"],
            password=given["password1"],
            visitor=visitor_of(request),
        )
        if answer is Answer.OPEN:
            messages.success(request, gettext("Your new password is kept. Log in with it."))
            return redirect("account_login")
        _refuse(form, answer, {**WHY, Answer.WRONG: gettext("This address and this code do not belong together.")})
    return render(request, "account/begin_anew.html", {"form": form})


@_own
@never_cache
@sensitive_post_parameters()
def change_password(request: HttpRequest) -> HttpResponse:
    """A new password, for who knows the old one."""
    session = session_of(request)
    if session is None or session.asks:
        return _onward(request, session)
    form = PasswordForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        answer = proving.change_password(
            session, old=given["oldpassword"], new=given["password1"], visitor=visitor_of(request)
        )
        if answer is Answer.OPEN:
            messages.success(request, gettext("Your password was changed, and your other log-ins ended."))
            return redirect("account_change_password")
        _refuse(form, answer, {**WHY, Answer.WRONG: gettext("The current password is not right.")})
    return render(request, "account/password.html", {"form": form})


@_own
def show_factor(request: HttpRequest) -> HttpResponse:
    """Whether there is a second factor, and how many codes are left that recover it."""
    session = session_of(request)
    if session is None or session.asks:
        return _onward(request, session)
    context = {"codes_left": proving.count_recovery_codes(session), "given": starting.list_given(session)}
    return render(request, "account/factor.html", context)


@_own
@never_cache
@sensitive_post_parameters()
def set_up_factor(request: HttpRequest) -> HttpResponse:
    """A new secret for an authenticator app, kept once its first code is shown."""
    session = session_of(request)
    if session is None or session.asks is Asks.CODE:
        return _onward(request, session)
    if not session.asks and proving.count_recovery_codes(session) is not None:
        return redirect("account_factor")
    form = FactorForm(request.POST or None)
    secret = _signed_secret(form)
    if secret and form.is_valid():
        codes = proving.enrol_factor(session, secret=secret, code=form.cleaned_data["code"])
        if codes:
            page = render(request, "account/recovery_codes.html", {"codes": codes})
            return _known(request, page, proving.find_session(session.key))
        _refuse(form, Answer.WRONG, WHY_NO_CODE)
    if not secret:
        secret = base64.b32encode(secrets.token_bytes(_SECRET_BYTES)).decode()
        form = FactorForm(initial={"secret": signing.dumps(secret, salt=_SALT)})
    return render(request, "account/set_up_factor.html", {"form": form, "secret": secret})


@_own
@never_cache
def renew_recovery_codes(request: HttpRequest) -> HttpResponse:
    """New codes for recovery, shown this once."""
    session = session_of(request)
    if session is None or session.asks or proving.count_recovery_codes(session) is None:
        return _onward(request, session)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        answer, codes = proving.renew_recovery_codes(
            session, code=form.cleaned_data["code"], visitor=visitor_of(request)
        )
        if answer is Answer.OPEN:
            return render(request, "account/recovery_codes.html", {"codes": codes})
        _refuse(form, answer, WHY_NO_CODE)
    return render(request, "account/renew_recovery_codes.html", {"form": form})


@_own
@never_cache
def remove_factor(request: HttpRequest) -> HttpResponse:
    """The second factor goes, for who shows a code of it."""
    session = session_of(request)
    if session is None or session.asks or proving.count_recovery_codes(session) is None:
        return _onward(request, session)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        answer = proving.drop_factor(session, code=form.cleaned_data["code"], visitor=visitor_of(request))
        if answer is Answer.OPEN:
            return _onward(request, proving.find_session(session.key))
        _refuse(form, answer, WHY_NO_CODE)
    return render(request, "account/remove_factor.html", {"form": form})


def _known(request: HttpRequest, response: HttpResponse, session: Session | None) -> HttpResponse:
    """This browser is known from now on, where the session is open whole."""
    device = device_of(request) or secrets.token_urlsafe(32)
    if session is None or session.asks or not proving.remember_device(session, device=device):
        return response
    return keep_device(request, response, device)


def _refuse(form: forms.Form, answer: Answer, why: Mapping[Answer, str | Promise]) -> None:
    form.add_error(None, why[answer])  # type: ignore[arg-type]


def _signed_secret(form: FactorForm) -> str:
    """The secret that a page of ours showed within the hour; empty where none came along."""
    try:
        return str(signing.loads(form.data.get("secret", ""), salt=_SALT, max_age=_SECRET_SECONDS))
    except signing.BadSignature:
        return ""


def _next(request: HttpRequest) -> str:
    """Where somebody was going, if that is here."""
    asked = request.POST.get("next") or request.GET.get("next", "")
    is_here = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if is_here else ""


def _onward(request: HttpRequest, session: Session | None) -> HttpResponse:
    """To what the session still asks, or where somebody was going."""
    entrance: Entrance = request.entrance  # type: ignore[attr-defined]
    if session is None or session.actor.door is not entrance.door:
        return redirect("account_login")
    if session.asks is Asks.FACTOR:
        return redirect("account_set_up_factor")
    if session.asks is Asks.CODE:
        onward = _next(request)
        return redirect(f"{reverse('account_code')}{'?' + urlencode({'next': onward}) if onward else ''}")
    # Not `redirect`, which looks for a page of that name first and fails where there is none.
    return HttpResponseRedirect(_next(request) or reverse("home"))


urlpatterns: list[URLPattern] = [
    path("account/login/", log_in, name="account_login"),
    path("account/logout/", log_out, name="account_logout"),
    path("account/code/", give_code, name="account_code"),
    path("account/new-start/", begin_anew, name="account_begin_anew"),
    path("account/password/", change_password, name="account_change_password"),
    path("account/second-factor/", show_factor, name="account_factor"),
    path("account/second-factor/activate/", set_up_factor, name="account_set_up_factor"),
    path("account/second-factor/remove/", remove_factor, name="account_remove_factor"),
    path("account/recovery-codes/", renew_recovery_codes, name="account_recovery_codes"),
    path("language/", choose_language, name="choose_language"),
]
