from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "meldpunt.entrypoints.web"
    label = "web"
