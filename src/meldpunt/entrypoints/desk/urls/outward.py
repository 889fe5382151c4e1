"""Disclosures, advice, response, campaigns, detection, openness, figures, ledger: what goes out, and its record."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from meldpunt.access.values import Permission
from meldpunt.entrypoints.web.navigation import Entry

from ..views import disclosures, ledger

_DISCLOSURES: list[URLPattern] = [
    path("disclosures", disclosures.list_disclosures, name="list_disclosures"),
    path("disclosures/<uuid:disclosure>", disclosures.show_disclosure, name="show_disclosure"),
    path("disclosures/<uuid:disclosure>/decide", disclosures.decide_disclosure, name="decide_disclosure"),
    path("disclosures/<uuid:disclosure>/approve", disclosures.approve_disclosure, name="approve_disclosure"),
    path("disclosures/<uuid:disclosure>/withdraw", disclosures.withdraw_disclosure, name="withdraw_disclosure"),
]

_LEDGER: list[URLPattern] = [
    path("ledger", ledger.list_entries, name="list_entries"),
    path("ledger/sign", ledger.sign_checkpoint, name="sign_checkpoint"),
    path("ledger/export", ledger.download_ledger, name="download_ledger"),
    path("ledger/<uuid:entry>", ledger.show_entry, name="show_entry"),
    path("ledger/<uuid:entry>/proof", ledger.download_proof, name="download_proof"),
]

urlpatterns: list[URLPattern] = [*_DISCLOSURES, *_LEDGER]

MENU: tuple[Entry, ...] = (
    Entry("list_disclosures", _("Disclosures"), Permission.DISCLOSURE_PROPOSE),
    Entry("list_entries", _("Ledger"), Permission.LEDGER_READ),
)
