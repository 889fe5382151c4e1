from django.apps import AppConfig


class ResponseConfig(AppConfig):
    name = "meldpunt.response"
    label = "response"
