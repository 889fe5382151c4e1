from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "meldpunt.services"
    label = "services"
