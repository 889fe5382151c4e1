from django.apps import AppConfig


class PublicSiteConfig(AppConfig):
    name = "meldpunt.entrypoints.public_site"
    label = "public_site"
