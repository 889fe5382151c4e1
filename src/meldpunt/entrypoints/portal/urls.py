"""The pages of this door."""

from __future__ import annotations

from django.urls import path

from meldpunt.entrypoints.web import account

from .views import (
    advice,
    consultations,
    hearings,
    home,
    inquiries,
    isac_posts,
    isacs,
    messages,
    organisation,
    reports,
    services,
    uploads,
)

_reports = [
    path("report", reports.report_incident, name="report_incident"),
    path("report/draft", reports.save_draft, name="save_draft"),
    path("report/draft/continue", reports.continue_draft, name="continue_draft"),
    path("report/draft/discard", reports.discard_draft, name="discard_draft"),
    path("report/files", uploads.begin_file, name="begin_file"),
    path("report/files/<uuid:upload>", uploads.continue_file, name="continue_file"),
    path("reports", reports.list_reports, name="list_reports"),
    path("reports/<uuid:report>", reports.show_report, name="show_report"),
    path("reports/<uuid:report>/receipt", reports.show_receipt, name="show_receipt"),
    path("reports/<uuid:report>/stage", reports.submit_stage, name="submit_stage"),
    path("reports/<uuid:report>/put-right", reports.put_right, name="put_right"),
    path("reports/<uuid:report>/proofs", reports.download_proofs, name="download_proofs"),
]

_messages = [
    path("messages", messages.list_messages, name="list_messages"),
    path("messages/<uuid:disclosure>", messages.show_message, name="show_message"),
    path("messages/<uuid:disclosure>/acknowledge", messages.acknowledge_message, name="acknowledge_message"),
    path(
        "messages/<uuid:disclosure>/files/<uuid:attachment>",
        messages.download_attachment,
        name="download_attachment",
    ),
    path("advice/<uuid:advice>", advice.show_advice, name="show_advice"),
    path("advice/<uuid:advice>/measures/<int:number>", advice.answer_measure, name="answer_measure"),
]

_consultations = [
    path("consultations", consultations.list_consultations, name="list_consultations"),
    path("consultations/<uuid:consultation>", consultations.show_consultation, name="show_consultation"),
    path("consultations/<uuid:consultation>/view", consultations.give_view, name="give_view"),
    path("consultations/<uuid:consultation>/question", consultations.ask_desk, name="ask_desk"),
]

_hearings = [
    path("hearings/<uuid:hearing>", hearings.show_hearing, name="show_hearing"),
    path("hearings/<uuid:hearing>/view", hearings.give_party_view, name="give_party_view"),
]

_isacs = [
    path("isacs", isacs.list_spaces, name="list_spaces"),
    path("isacs/posts", isac_posts.list_own_posts, name="list_own_posts"),
    path("isacs/posts/<uuid:post>", isac_posts.show_own_post, name="show_own_post"),
    path("isacs/posts/<uuid:post>/move", isac_posts.move_post, name="move_post"),
    path("isacs/posts/<uuid:post>/files/<uuid:file>", isac_posts.download_own_file, name="download_own_file"),
    path("isacs/motions/<uuid:motion>", isacs.decide_motion, name="decide_motion"),
    path("isacs/threads/<uuid:thread>", isacs.show_thread, name="show_thread"),
    path(
        "isacs/told/<uuid:disclosure>/files/indicators.<str:format>",
        isacs.download_indicators,
        name="download_post_indicators",
    ),
    path("isacs/<uuid:isac>", isacs.show_space, name="show_space"),
    path("isacs/<uuid:isac>/write", isac_posts.write_post, name="write_post"),
    path("isacs/<uuid:isac>/table", isacs.show_table, name="show_table"),
    path("isacs/<uuid:isac>/ask", isacs.ask_for_seat, name="ask_for_seat"),
    path("isacs/<uuid:isac>/leave", isacs.leave_table, name="leave_table"),
    path("isacs/<uuid:isac>/seats/<uuid:seat>", isacs.move_seat, name="move_seat"),
]

_inquiries = [
    path("inquiries", inquiries.list_inquiries, name="list_inquiries"),
    path("inquiries/new", inquiries.put_inquiry, name="put_inquiry"),
    path("inquiries/<uuid:inquiry>", inquiries.show_inquiry, name="show_inquiry"),
    path("inquiries/<uuid:inquiry>/answer", inquiries.answer_inquiry, name="answer_inquiry"),
    path("inquiries/own/<uuid:incoming>", inquiries.show_own_inquiry, name="show_own_inquiry"),
]

_services = [
    path("services", services.list_services, name="list_services"),
    path("services/new", services.add_service, name="add_service"),
    path("services/file", services.bring_services, name="bring_services"),
    path("services/<uuid:service>", services.show_service, name="show_service"),
    path("services/<uuid:service>/people", services.count_served, name="count_served"),
    path("services/<uuid:service>/lean", services.lean, name="lean_on"),
    path("services/<uuid:service>/end", services.end_service, name="end_service"),
    path("services/<uuid:service>/leaning/<uuid:dependency>/end", services.end_dependency, name="end_dependency"),
    path("services/<uuid:service>/named/<uuid:naming>/end", services.end_naming, name="end_naming"),
]

urlpatterns = [
    path("", home.show_home, name="home"),
    *_reports,
    *_messages,
    *_consultations,
    *_isacs,
    *_hearings,
    *_inquiries,
    *_services,
    path("organisation", organisation.show_organisation, name="show_organisation"),
    path("organisation/key", organisation.bring_key, name="bring_key"),
    path("organisation/keys/<uuid:key>/revoke", organisation.revoke_key, name="revoke_key"),
    *account.urlpatterns,
]

handler400 = "meldpunt.entrypoints.web.errors.bad_request"
handler403 = "meldpunt.entrypoints.web.errors.forbidden"
handler404 = "meldpunt.entrypoints.web.errors.not_found"
handler500 = "meldpunt.entrypoints.web.errors.failed"
