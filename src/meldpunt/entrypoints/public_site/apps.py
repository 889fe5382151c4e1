from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from meldpunt.access.values import Door
from meldpunt.entrypoints.web.navigation import MENUS, Entry


class PublicSiteConfig(AppConfig):
    name = "meldpunt.entrypoints.public_site"
    label = "public_site"

    def ready(self) -> None:
        MENUS[Door.PUBLIC] = (
            Entry("home", _("Start")),
            Entry("report_incident", _("Report an incident")),
            Entry("follow_report", _("Follow your report")),
            Entry("list_overviews", _("Figures")),
            Entry("list_publications", _("Publications")),
            Entry("list_decisions", _("Information requests"), also=("request-information",)),
        )
