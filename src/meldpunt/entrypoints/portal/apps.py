from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from meldpunt.access.values import Door, Permission
from meldpunt.entrypoints.web.navigation import MENUS, Entry


class PortalConfig(AppConfig):
    name = "meldpunt.entrypoints.portal"
    label = "portal"

    def ready(self) -> None:
        MENUS[Door.PORTAL] = (
            Entry("home", _("Start"), Permission.DISCLOSURE_READ),
            Entry("report_incident", _("Report an incident"), Permission.REPORT_SUBMIT),
            Entry("list_reports", _("Reports"), Permission.REPORT_FOLLOW),
            Entry("list_messages", _("Messages"), Permission.DISCLOSURE_READ, also=("hearings", "advice")),
            Entry("list_spaces", _("ISACs"), Permission.ISAC_SPEAK),
            Entry("list_consultations", _("Consultations"), Permission.CONSULTATION_ANSWER),
            Entry("list_inquiries", _("Inquiries"), Permission.INQUIRY_ANSWER),
            Entry("list_services", _("Our services"), Permission.SERVICE_TELL),
            Entry("show_organisation", _("Our organisation"), Permission.ORGANISATION_READ_OWN),
        )
