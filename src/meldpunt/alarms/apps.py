from django.apps import AppConfig


class AlarmsConfig(AppConfig):
    name = "meldpunt.alarms"
    label = "alarms"
