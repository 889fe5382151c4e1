from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "meldpunt.ledger"
    label = "ledger"
