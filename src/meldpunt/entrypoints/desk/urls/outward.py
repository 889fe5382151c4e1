"""Disclosures, advice, response, campaigns, detection, openness, figures, ledger: what goes out, and its record."""

from __future__ import annotations

from django.urls import URLPattern

from meldpunt.entrypoints.web.navigation import Entry

urlpatterns: list[URLPattern] = []

MENU: tuple[Entry, ...] = ()
