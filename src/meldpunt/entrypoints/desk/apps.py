from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "meldpunt.entrypoints.desk"
    label = "desk"
