from django.apps import AppConfig


class DetectionConfig(AppConfig):
    name = "meldpunt.detection"
    label = "detection"
