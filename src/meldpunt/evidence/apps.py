from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "meldpunt.evidence"
    label = "evidence"
