"""Queue, reports, cases, organisations: where reports become work."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from meldpunt.access.values import Permission
from meldpunt.entrypoints.web.navigation import Entry

from ..views import home, organisations, telephone, why

urlpatterns: list[URLPattern] = [
    path("", home.show_home, name="home"),
    path("reports/new", telephone.take_call, name="take_call"),
    path("organisations", organisations.list_organisations, name="list_organisations"),
    path("organisations/<uuid:organisation>", organisations.show_organisation, name="show_organisation"),
    path("organisations/<uuid:organisation>/unseal", organisations.unseal, name="unseal_organisation"),
    path("why/<slug:kind>/<uuid:thing>", why.show_why, name="show_why"),
]

MENU: tuple[Entry, ...] = (
    Entry("home", _("Queue"), Permission.TRIAGE_READ),
    Entry("take_call", _("Telephone report"), Permission.TRIAGE_READ),
    Entry("list_organisations", _("Organisations"), Permission.CONSTITUENCY_READ),
)
