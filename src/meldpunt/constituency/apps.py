from django.apps import AppConfig


class ConstituencyConfig(AppConfig):
    name = "meldpunt.constituency"
    label = "constituency"
