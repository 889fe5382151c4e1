from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "meldpunt.entrypoints.portal"
    label = "portal"
