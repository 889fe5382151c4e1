"""Services, what they lean on, and what stands still together."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from meldpunt.access.values import Permission
from meldpunt.entrypoints.web.navigation import Entry

from ..views import scenarios, services, situation, undone

_SERVICE = "services/<uuid:service>"

urlpatterns: list[URLPattern] = [
    path("reports/<uuid:report>/scenarios", scenarios.list_scenarios, name="list_scenarios"),
    path("reports/<uuid:report>/scenarios/new", scenarios.suppose, name="suppose_outage"),
    path("scenarios/<uuid:scenario>/adopt", scenarios.adopt, name="adopt_scenario"),
    path("situation", situation.show_situation, name="show_situation"),
    path("services", services.list_services, name="list_services"),
    path("services/new", services.register, name="register_service"),
    path("services/file", services.bring_file, name="bring_services"),
    path("services/named", services.list_named, name="list_named"),
    path("services/named/<uuid:naming>/place", services.place_naming, name="place_naming"),
    path("services/undone", undone.list_undone, name="list_undone"),
    path(_SERVICE, services.show_service, name="show_service"),
    path(f"{_SERVICE}/lean", services.tell, name="tell_dependency"),
    path(f"{_SERVICE}/end", services.end, name="end_service"),
    path(f"{_SERVICE}/back", undone.put_back_service, name="put_back_service"),
    path("dependencies/<uuid:dependency>/end", services.end_dependency, name="end_dependency"),
    path("dependencies/<uuid:dependency>/back", undone.put_back_dependency, name="put_back_dependency"),
]

MENU: tuple[Entry, ...] = (
    Entry("show_situation", _("Situation"), Permission.TRIAGE_READ),
    Entry("list_services", _("Services"), Permission.TRIAGE_READ, also=("dependencies",), is_seldom=True),
)
