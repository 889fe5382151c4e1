from django.apps import AppConfig


class InquiriesConfig(AppConfig):
    name = "meldpunt.inquiries"
    label = "inquiries"
