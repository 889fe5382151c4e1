from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "meldpunt.entrypoints.api"
    label = "api"
