from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "meldpunt.statistics"
    label = "statistics"
