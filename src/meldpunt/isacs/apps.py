from django.apps import AppConfig


class IsacsConfig(AppConfig):
    name = "meldpunt.isacs"
    label = "isacs"
