"""The pages of this door."""

from __future__ import annotations

from django.urls import path

from meldpunt.entrypoints.web.language import choose_language

from .views import follow, home, ledger, pages, publications, reports, requests, steps, uploads

_reporting = [
    path("report", reports.report_incident, name="report_incident"),
    path("report/check", steps.check_report, name="check_report"),
    path("report/step/<slug:step>", steps.show_step, name="report_step"),
    path("report/draft", reports.save_draft, name="save_draft"),
    path("report/draft/continue", reports.continue_draft, name="continue_draft"),
    path("report/draft/discard", reports.discard_draft, name="discard_draft"),
    path("report/files", uploads.begin_file, name="begin_file"),
    path("report/files/<uuid:upload>", uploads.continue_file, name="continue_file"),
    path("report/received", reports.show_receipt, name="show_receipt"),
]

_following = [
    path("follow", follow.follow_report, name="follow_report"),
    path("follow/forget", follow.forget_code, name="forget_code"),
    path("follow/stage", follow.submit_stage, name="submit_stage"),
    path("follow/put-right", follow.put_right, name="put_right"),
    path("follow/proofs", follow.download_proofs, name="download_proofs"),
    path("follow/messages/<uuid:disclosure>", follow.show_message, name="show_message"),
    path("follow/messages/<uuid:disclosure>/acknowledge", follow.acknowledge_message, name="acknowledge_message"),
    path(
        "follow/messages/<uuid:disclosure>/files/<uuid:attachment>",
        follow.download_attachment,
        name="download_attachment",
    ),
]

_published = [
    path("publications", publications.list_publications, name="list_publications"),
    path("publications/<uuid:disclosure>", publications.show_publication, name="show_publication"),
    path(
        "publications/<uuid:disclosure>/files/<uuid:attachment>",
        publications.download_publication,
        name="download_publication",
    ),
    path("overview", publications.list_overviews, name="list_overviews"),
    path("overview/<uuid:disclosure>", publications.show_overview, name="show_overview"),
    path("overview/<uuid:disclosure>/chart/<uuid:attachment>", publications.show_chart, name="show_chart"),
    path("decisions", publications.list_decisions, name="list_decisions"),
]

_requests = [
    path("request-information", requests.request_information, name="request_information"),
    path("request-information/received", requests.show_request_receipt, name="show_request_receipt"),
    path("decisions/files/<uuid:release>", requests.download_release, name="download_release"),
]

_ledger = [
    path("ledger", ledger.show_ledger, name="show_ledger"),
    path("ledger/checkpoint", ledger.show_checkpoint, name="show_checkpoint"),
    path("ledger/consistency", ledger.show_consistency, name="show_consistency"),
]

_standing = [
    path("about", pages.show_about, name="show_about"),
    path("privacy", pages.show_privacy, name="show_privacy"),
    path("accessibility", pages.show_accessibility, name="show_accessibility"),
    path(".well-known/security.txt", pages.show_security_txt, name="show_security_txt"),
]

urlpatterns = [
    path("", home.show_home, name="home"),
    *_reporting,
    *_following,
    *_published,
    *_requests,
    *_ledger,
    *_standing,
    path("language/", choose_language, name="choose_language"),
]

handler400 = "meldpunt.entrypoints.web.errors.bad_request"
handler403 = "meldpunt.entrypoints.web.errors.forbidden"
handler404 = "meldpunt.entrypoints.web.errors.not_found"
handler500 = "meldpunt.entrypoints.web.errors.failed"
