"""Logging in: the account is named to the database before the library looks for it."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from .doors import name_login


class DoorBackend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's own, after telling the row policies which account is meant."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> AbstractBaseUser | None:
        name_login(str(credentials.get("email") or "").lower())
        found: AbstractBaseUser | None = super().authenticate(request, **credentials)
        return found

    def get_user(self, user_id: object) -> AbstractBaseUser | None:
        name_login(str(user_id))
        found: AbstractBaseUser | None = super().get_user(user_id)
        return found


class DoorAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody makes an account alone: the desk hands them out."""

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Writes that one column: a door may change no other of somebody's account."""
        user.set_password(password)
        user.save(update_fields=["password"])

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False
