from django.apps import AppConfig


class OpennessConfig(AppConfig):
    name = "meldpunt.openness"
    label = "openness"
