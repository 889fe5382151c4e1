from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "meldpunt.disclosure"
    label = "disclosure"
