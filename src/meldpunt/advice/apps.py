from django.apps import AppConfig


class AdviceConfig(AppConfig):
    name = "meldpunt.advice"
    label = "advice"
