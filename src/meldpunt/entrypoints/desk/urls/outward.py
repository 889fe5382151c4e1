"""Disclosures, advice, response, campaigns, detection, openness, figures, ledger: what goes out, and its record."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from meldpunt.access.values import Permission
from meldpunt.entrypoints.web.navigation import Entry

from ..views import campaigns, detection, disclosures, ledger

_DISCLOSURES: list[URLPattern] = [
    path("disclosures", disclosures.list_disclosures, name="list_disclosures"),
    path("disclosures/<uuid:disclosure>", disclosures.show_disclosure, name="show_disclosure"),
    path("disclosures/<uuid:disclosure>/decide", disclosures.decide_disclosure, name="decide_disclosure"),
    path("disclosures/<uuid:disclosure>/approve", disclosures.approve_disclosure, name="approve_disclosure"),
    path(
        "disclosures/<uuid:disclosure>/withdraw", disclosures.withdraw_disclosure, name="withdraw_disclosure"
    ),
]

_CAMPAIGNS: list[URLPattern] = [
    path("campaigns", campaigns.list_campaigns, name="list_campaigns"),
    path("campaigns/new/<uuid:report>", campaigns.prepare_campaign, name="prepare_campaign"),
    path("campaigns/<uuid:campaign>", campaigns.show_campaign, name="show_campaign"),
    path("campaigns/<uuid:campaign>/wave", campaigns.send_wave, name="send_wave"),
    path("campaigns/<uuid:campaign>/close", campaigns.close_campaign, name="close_campaign"),
    path("campaigns/packages/<uuid:package>", campaigns.download_package, name="download_package"),
]

_DETECTION: list[URLPattern] = [
    path("detection", detection.show_picture, name="show_picture"),
    path("detection/new", detection.add_indicator, name="add_indicator"),
    path("detection/from-case/<uuid:case>", detection.add_from_case, name="add_from_case"),
    path("detection/tell", detection.preview_indicators, name="preview_indicators"),
    path("detection/told", detection.disclose_indicators, name="disclose_indicators"),
    path("detection/<uuid:indicator>", detection.show_indicator, name="show_indicator"),
]

_LEDGER: list[URLPattern] = [
    path("ledger", ledger.list_entries, name="list_entries"),
    path("ledger/sign", ledger.sign_checkpoint, name="sign_checkpoint"),
    path("ledger/export", ledger.download_ledger, name="download_ledger"),
    path("ledger/<uuid:entry>", ledger.show_entry, name="show_entry"),
    path("ledger/<uuid:entry>/proof", ledger.download_proof, name="download_proof"),
]

urlpatterns: list[URLPattern] = [*_DISCLOSURES, *_CAMPAIGNS, *_DETECTION, *_LEDGER]

MENU: tuple[Entry, ...] = (
    Entry("list_disclosures", _("Disclosures"), Permission.DISCLOSURE_PROPOSE),
    Entry("list_campaigns", _("Campaigns"), Permission.CAMPAIGN_READ),
    Entry("show_picture", _("Detection"), Permission.INDICATOR_READ),
    Entry("list_entries", _("Ledger"), Permission.LEDGER_READ),
)
