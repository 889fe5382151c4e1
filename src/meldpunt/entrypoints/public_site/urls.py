"""The pages of this door."""

from __future__ import annotations

from django.urls import path

from meldpunt.entrypoints.web.language import choose_language

from .views import home

urlpatterns = [
    path("", home.show_home, name="home"),
    path("language/", choose_language, name="choose_language"),
]

handler403 = "meldpunt.entrypoints.web.errors.forbidden"
handler404 = "meldpunt.entrypoints.web.errors.not_found"
handler500 = "meldpunt.entrypoints.web.errors.failed"
