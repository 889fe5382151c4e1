from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "meldpunt.campaigns"
    label = "campaigns"
