from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "meldpunt.entrypoints.jobs"
    label = "jobs"
