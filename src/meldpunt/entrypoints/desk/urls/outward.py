"""Disclosures, advice, response, campaigns, detection, openness, figures, ledger, people: what goes out; the record."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from meldpunt.access.values import Permission
from meldpunt.entrypoints.web.navigation import Entry

from ..views import (
    advice,
    advising,
    campaigns,
    deliveries,
    detection,
    disclosures,
    incoming,
    inquiries,
    isacs,
    law,
    ledger,
    letters,
    openness,
    openness_passages,
    people,
    response,
    starts,
    statistics,
    telling,
)

_REQUEST = "requests/<uuid:asked>"

_DISCLOSURES: list[URLPattern] = [
    path("disclosures", disclosures.list_disclosures, name="list_disclosures"),
    path("disclosures/<uuid:disclosure>", disclosures.show_disclosure, name="show_disclosure"),
    path(
        "disclosures/<uuid:disclosure>/files/<uuid:attachment>",
        disclosures.download_attachment,
        name="download_attachment",
    ),
    path("disclosures/<uuid:disclosure>/decide", disclosures.decide_disclosure, name="decide_disclosure"),
    path("disclosures/<uuid:disclosure>/approve", disclosures.approve_disclosure, name="approve_disclosure"),
    path("disclosures/<uuid:disclosure>/withdraw", disclosures.withdraw_disclosure, name="withdraw_disclosure"),
    path("disclosures/<uuid:disclosure>/supersede", telling.supersede_disclosure, name="supersede_disclosure"),
    path("cases/<uuid:case>/letter", telling.write_letter, name="write_letter"),
]

_ADVICE: list[URLPattern] = [
    path("advice", advice.list_advice, name="list_advice"),
    path("reports/<uuid:report>/advise", advising.advise_others, name="advise_others"),
    path("advice/new", advice.write_advice, name="write_advice"),
    path("advice/<uuid:advice>", advice.show_advice, name="show_advice"),
    path("advice/<uuid:advice>/give", advice.give_advice, name="give_advice"),
    path("advice/<uuid:advice>/plan", advice.plan_follow_up, name="plan_follow_up"),
    path("advice/<uuid:advice>/follow-up", advice.record_follow_up, name="record_follow_up"),
    path("advice/<uuid:advice>/escalation", advice.show_escalation, name="show_escalation"),
    path("advice/<uuid:advice>/escalate", advice.escalate, name="escalate_advice"),
]

_RESPONSE: list[URLPattern] = [
    path("responses", response.list_responses, name="list_responses"),
    path("responses/new", response.activate_response, name="activate_response"),
    path("responses/<uuid:response>", response.show_response, name="show_response"),
    path("responses/<uuid:response>/assign", response.assign_action, name="assign_action"),
    path("responses/actions/<uuid:action>/finish", response.finish_action, name="finish_action"),
    path("responses/<uuid:response>/situation", response.tell_situation, name="tell_situation"),
    path("responses/<uuid:response>/hand-over", response.hand_over, name="hand_over"),
    path("responses/handovers/<uuid:handover>/sign", response.sign_handover, name="sign_handover"),
    path("responses/<uuid:response>/end", response.end_response, name="end_response"),
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

_OPENNESS: list[URLPattern] = [
    path("requests", openness.list_requests, name="list_requests"),
    path("requests/new", letters.enter_letter, name="enter_letter"),
    path(_REQUEST, openness.show_request, name="show_request"),
    path(f"{_REQUEST}/document", openness.select_document, name="select_document"),
    path(f"{_REQUEST}/adjourn", openness.adjourn_request, name="adjourn_request"),
    path(f"{_REQUEST}/hear", openness.hear_organisation, name="hear_organisation"),
    path(f"{_REQUEST}/hold", openness.hold_release, name="hold_release"),
    path(f"{_REQUEST}/date", openness.date_release, name="date_release"),
    path(f"{_REQUEST}/decide", openness.decide_request, name="decide_request"),
    path(f"{_REQUEST}/approve", openness.approve_request, name="approve_request"),
    path(f"{_REQUEST}/publish", openness.publish_decision, name="publish_decision"),
    path(f"{_REQUEST}/reopen", openness.reopen_request, name="reopen_request"),
    path("releases/<uuid:release>", openness.download_release, name="download_release"),
    path("selections/<uuid:selection>", openness_passages.show_selection, name="show_selection"),
    path("selections/<uuid:selection>/withhold", openness_passages.withhold_passage, name="withhold_passage"),
    path("selections/<uuid:selection>/suggested", openness_passages.take_suggestion, name="take_suggestion"),
    path("passages/<uuid:passage>/remove", openness_passages.remove_passage, name="remove_passage"),
]

_INQUIRIES: list[URLPattern] = [
    path("inquiries", inquiries.list_inquiries, name="list_inquiries"),
    path("inquiries/new", inquiries.ask_body, name="ask_body"),
    path("inquiries/<uuid:inquiry>", inquiries.show_inquiry, name="show_inquiry"),
    path("inquiries/<uuid:inquiry>/close", inquiries.close_inquiry, name="close_inquiry"),
    path("inquiries/<uuid:inquiry>/withdraw", inquiries.withdraw_inquiry, name="withdraw_inquiry"),
    path("inquiries/answers/<uuid:answer>/keep", inquiries.file_answer, name="file_answer"),
    path("inquiries/files/<uuid:item>", inquiries.open_answer_file, name="open_answer_file"),
    path("inquiries/incoming/<uuid:incoming>", incoming.show_incoming, name="show_incoming"),
    path("inquiries/incoming/<uuid:incoming>/reply", incoming.reply_to_body, name="reply_to_body"),
    path("inquiries/incoming/<uuid:incoming>/nothing", incoming.tell_nothing, name="tell_nothing"),
]

_STATISTICS: list[URLPattern] = [
    path("figures", statistics.list_overviews, name="list_overviews"),
    path("figures/new", statistics.compile_overview, name="compile_overview"),
    path("figures/<uuid:overview>", statistics.show_overview, name="show_overview"),
    path("figures/<uuid:overview>/chart.svg", statistics.show_figures_chart, name="show_figures_chart"),
    path("figures/<uuid:overview>/publish", statistics.publish_overview, name="publish_overview"),
]

_LAW: list[URLPattern] = [
    path("law", law.show_law, name="show_law"),
    path("law/verdict", law.ask_law, name="ask_law"),
]

_LEDGER: list[URLPattern] = [
    path("ledger", ledger.list_entries, name="list_entries"),
    path("ledger/sign", ledger.sign_checkpoint, name="sign_checkpoint"),
    path("ledger/export", ledger.download_ledger, name="download_ledger"),
    path("ledger/<uuid:entry>", ledger.show_entry, name="show_entry"),
    path("ledger/<uuid:entry>/erase", ledger.erase_entry, name="erase_entry"),
    path("ledger/<uuid:entry>/proof", ledger.download_proof, name="download_proof"),
]

_ISACS: list[URLPattern] = [
    path("isacs", isacs.list_isacs, name="list_isacs"),
    path("isacs/new", isacs.create_isac, name="create_isac"),
    path("isacs/<uuid:isac>", isacs.show_isac, name="show_isac"),
    path("isacs/<uuid:isac>/seats", isacs.give_seat, name="give_seat"),
    path("isacs/<uuid:isac>/seats/<uuid:organisation>", isacs.change_seat, name="change_seat"),
    path("isacs/<uuid:isac>/motions/<uuid:motion>", isacs.decide_motion, name="decide_motion"),
    path("isacs/posts/<uuid:post>", isacs.show_post, name="show_post"),
    path("isacs/posts/<uuid:post>/hurry", isacs.hurry_post, name="hurry_post"),
    path("isacs/posts/<uuid:post>/remove", isacs.remove_post, name="remove_post"),
]

_PEOPLE: list[URLPattern] = [
    path("people", people.list_people, name="list_people"),
    path("people/<uuid:account>/close", people.close_account, name="close_account"),
    path("people/<uuid:account>/open", people.open_account, name="open_account"),
    path("people/<uuid:account>/new-start", starts.ask_new_start, name="ask_new_start"),
    path("new-starts", starts.list_new_starts, name="list_new_starts"),
    path("new-starts/<uuid:start>/approve", starts.approve_new_start, name="approve_new_start"),
]

_DELIVERIES: list[URLPattern] = [
    path("deliveries", deliveries.list_alarms, name="list_alarms"),
    path("deliveries/<uuid:envelope>/settle", deliveries.settle_alarm, name="settle_alarm"),
]

urlpatterns: list[URLPattern] = [
    *_DISCLOSURES,
    *_DELIVERIES,
    *_ADVICE,
    *_RESPONSE,
    *_CAMPAIGNS,
    *_DETECTION,
    *_OPENNESS,
    *_INQUIRIES,
    *_STATISTICS,
    *_ISACS,
    *_LAW,
    *_LEDGER,
    *_PEOPLE,
]

MENU: tuple[Entry, ...] = (
    Entry("list_disclosures", _("Disclosures"), Permission.DISCLOSURE_PROPOSE),
    Entry("list_alarms", _("Deliveries"), Permission.DISCLOSURE_OVERSEE),
    Entry("list_advice", _("Advice"), Permission.ADVICE_READ),
    Entry("list_responses", _("Response"), Permission.RESPONSE_READ),
    Entry("list_campaigns", _("Campaigns"), Permission.CAMPAIGN_READ),
    Entry("list_isacs", _("ISACs"), Permission.ISAC_OVERSEE),
    Entry("show_picture", _("Detection"), Permission.INDICATOR_READ),
    Entry("list_inquiries", _("Inquiries"), Permission.INQUIRY_HANDLE),
    Entry("list_requests", _("Information requests"), Permission.INFORMATION_REQUEST_HANDLE, also=("selections",)),
    Entry("list_overviews", _("Figures"), Permission.FIGURES_READ, is_seldom=True),
    Entry("show_law", _("Law"), Permission.LAW_READ, is_seldom=True),
    Entry("list_entries", _("Ledger"), Permission.LEDGER_READ, is_seldom=True),
    Entry("list_people", _("People"), Permission.ACCOUNT_MANAGE, is_seldom=True),
    Entry("list_new_starts", _("New starts"), Permission.ACCOUNT_APPROVE, is_seldom=True),
)
