"""Queue, reports, cases, organisations: where reports become work."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from meldpunt.access.values import Permission
from meldpunt.entrypoints.web.navigation import Entry

from ..views import (
    additions,
    assessment,
    cases,
    consultation,
    deadlines,
    decision,
    evidence,
    feeds,
    home,
    kept_views,
    keys,
    machines,
    merging,
    observables,
    organisations,
    replying,
    reports,
    reviewing,
    scales,
    set_aside,
    telephone,
    then,
    together,
    undoing,
    vulnerabilities,
    why,
    working,
)

_REPORT = "reports/<uuid:report>"
_REVIEW = "review/<uuid:review>"
_OBSERVABLE = "observables/<uuid:observable>"
_CASE = "cases/<uuid:case>"
_ORGANISATION = "organisations/<uuid:organisation>"
_MACHINE = f"{_ORGANISATION}/machines/<uuid:machine>"

_REPORTS: list[URLPattern] = [
    path("reports/new", telephone.take_call, name="take_call"),
    path("reports/new/draft", telephone.save_draft, name="save_draft"),
    path("reports/new/draft/continue", telephone.continue_draft, name="continue_draft"),
    path("reports/new/draft/discard", telephone.discard_draft, name="discard_draft"),
    path("reports/together", together.decide_together, name="decide_together"),
    path("queue/views", kept_views.save_view, name="save_view"),
    path("queue/views/landing", kept_views.land_on, name="land_on"),
    path("queue/views/<uuid:view>/rename", kept_views.rename_view, name="rename_view"),
    path("queue/views/<uuid:view>/forward", kept_views.move_view, name="move_view"),
    path("queue/views/<uuid:view>/remove", kept_views.remove_view, name="remove_view"),
    path("reports/together/done", together.decided_together, name="decided_together"),
    path("reports/together/undo", together.undo_together, name="undo_together"),
    path("reports/set-aside", set_aside.list_set_aside, name="list_set_aside"),
    path("reports/set-aside/decide", set_aside.decide_set_aside, name="decide_set_aside"),
    path(_REPORT, reports.show_report, name="show_report"),
    path(f"{_REPORT}/receipt", telephone.show_call, name="show_call"),
    path(f"{_REPORT}/rows", reports.list_rows, name="list_rows"),
    path("review", reviewing.begin_review, name="begin_review"),
    path(f"{_REVIEW}/next", reviewing.go_on_review, name="go_on_review"),
    path(f"{_REVIEW}/skip/<uuid:report>", reviewing.skip, name="skip_report"),
    path(_REVIEW, reviewing.show_review, name="show_review"),
    path("undo", undoing.undo, name="undo_step"),
    path("habit", working.keep_habit, name="keep_habit"),
    path(f"{_REPORT}/beside", reviewing.show_beside, name="show_beside"),
    path(f"{_REPORT}/presence", working.be_present, name="be_present"),
    path(f"{_REPORT}/draft", working.save_typed, name="save_typed"),
    path(f"{_REPORT}/take", reports.take, name="take_report"),
    path(f"{_REPORT}/release", reports.release, name="release_report"),
    path(f"{_REPORT}/put-right", reports.put_right, name="put_right"),
    path(f"{_REPORT}/attach", reports.attach, name="attach_reporter"),
    path(f"{_REPORT}/unseal", reports.unseal, name="unseal_reporter"),
    path(f"{_REPORT}/assess", assessment.assess, name="assess_report"),
    path(f"{_REPORT}/consequence", assessment.estimate, name="estimate_consequence"),
    path(f"{_REPORT}/consequence.svg", assessment.show_chart, name="show_consequence"),
    path(f"{_REPORT}/judgement", assessment.override, name="override_disruption"),
    path(f"{_REPORT}/consult", consultation.consult, name="consult_party"),
    path(f"{_REPORT}/then", then.show_then, name="show_then"),
    path("consultations/<uuid:consultation>", consultation.write_to_party, name="write_to_party"),
    path("consultations/<uuid:consultation>/tell", consultation.tell_party, name="tell_party"),
    path(f"{_REPORT}/reply", replying.write_reply, name="write_reply"),
    path(f"{_REPORT}/accept", decision.accept, name="accept_report"),
    path(f"{_REPORT}/decline", decision.decline, name="decline_report"),
    path(f"{_REPORT}/send-on", decision.send_on, name="redirect_report"),
    path(f"{_REPORT}/reopen", decision.reopen, name="reopen_report"),
    path(f"{_REPORT}/set-aside", decision.set_aside, name="set_report_aside"),
    path(f"{_REPORT}/additions/<uuid:stage>/read", additions.read_addition, name="read_addition"),
    path(f"{_REPORT}/additions/<uuid:stage>/report", additions.split_addition, name="split_addition"),
    path(f"{_REPORT}/additions/<uuid:stage>/undo", additions.take_back_follow_up, name="take_back_follow_up"),
    path(f"{_REPORT}/lift", evidence.lift_attachments, name="lift_attachments"),
    path(f"{_REPORT}/hold", evidence.hold_files, name="hold_files"),
    path("deadlines", deadlines.list_deadlines, name="list_deadlines"),
    path("evidence", evidence.list_kept, name="list_kept"),
    path("evidence/rewrap", evidence.rewrap_keys, name="rewrap_keys"),
    path("evidence/shred", evidence.shred_due, name="shred_due"),
    path("evidence/holds/<uuid:hold>/lift", evidence.lift_hold, name="lift_hold"),
    path(_OBSERVABLE, observables.show_observable, name="show_observable"),
    path(f"{_OBSERVABLE}/registry", observables.ask_registry, name="ask_registry"),
    path(f"{_OBSERVABLE}/registry/<uuid:decided>", observables.show_registration, name="show_registration"),
    path("evidence/<uuid:item>", evidence.open_evidence, name="open_evidence"),
]

_VULNERABILITIES: list[URLPattern] = [
    path(f"{_REPORT}/scales", scales.scale_report, name="scale_report"),
    path("vulnerabilities", vulnerabilities.list_vulnerabilities, name="list_vulnerabilities"),
    path("vulnerabilities/files", vulnerabilities.load_file, name="load_exploitation"),
    path(f"{_REPORT}/vulnerabilities", vulnerabilities.name_vulnerability, name="name_vulnerability"),
    path(f"{_REPORT}/vulnerabilities/<str:cve>", vulnerabilities.show_vulnerability, name="show_vulnerability"),
    path(f"{_REPORT}/vulnerabilities/<str:cve>/judge", vulnerabilities.judge_vulnerability, name="judge_vulnerability"),
]

_CASES: list[URLPattern] = [
    path("cases", cases.list_cases, name="list_cases"),
    path(_CASE, cases.show_case, name="show_case"),
    path(f"{_CASE}/note", cases.add_note, name="add_note"),
    path(f"{_CASE}/refresh", cases.refresh, name="refresh_case"),
    path(f"{_CASE}/task", cases.add_task, name="add_task"),
    path("tasks/<uuid:task>/done", cases.finish_task, name="finish_task"),
    path(f"{_CASE}/document", cases.add_document, name="add_document"),
    path("documents/<uuid:document>", cases.show_document, name="show_document"),
    path(f"{_CASE}/party", cases.add_party, name="add_party"),
    path(f"{_CASE}/merge", merging.merge, name="merge_case"),
    path(f"{_CASE}/split", merging.split, name="split_case"),
    path(f"{_CASE}/close", merging.close, name="close_case"),
    path(f"{_CASE}/reopen", merging.reopen, name="reopen_case"),
    path(f"{_CASE}/take-out/<uuid:report>", merging.take_out, name="take_report_out"),
]

_ORGANISATIONS: list[URLPattern] = [
    path("organisations", organisations.list_organisations, name="list_organisations"),
    path(_ORGANISATION, organisations.show_organisation, name="show_organisation"),
    path(f"{_ORGANISATION}/unseal", organisations.unseal, name="unseal_organisation"),
    path("keys", keys.list_gaps, name="list_gaps"),
    path(f"{_ORGANISATION}/keys", keys.show_keys, name="show_keys"),
    path(f"{_ORGANISATION}/contacts/<uuid:contact>/key", keys.bring_key, name="bring_key"),
    path(f"{_ORGANISATION}/keys/<uuid:key>/verify", keys.verify_key, name="verify_key"),
    path(f"{_ORGANISATION}/keys/<uuid:key>/revoke", keys.revoke_key, name="revoke_key"),
    path(f"{_ORGANISATION}/machines", machines.issue_key, name="hand_out_key"),
    path(f"{_MACHINE}/revoke", machines.revoke_key, name="take_back_key"),
    path(_MACHINE, machines.show_machine, name="show_machine"),
    path(f"{_MACHINE}/certificates", machines.bind_certificate, name="bind_certificate"),
    path(f"{_MACHINE}/demand", machines.demand_certificate, name="demand_certificate"),
    path(f"{_MACHINE}/certificates/<uuid:certificate>/revoke", machines.revoke_certificate, name="revoke_certificate"),
]

_FEEDS: list[URLPattern] = [
    path("feeds", feeds.list_mappings, name="list_mappings"),
    path("feeds/new", feeds.hand_in, name="hand_in_feed"),
    path("feeds/columns", feeds.map_columns, name="map_columns"),
    path("feeds/columns/<uuid:mapping>/retire", feeds.retire_mapping, name="retire_mapping"),
]

urlpatterns: list[URLPattern] = [
    path("", home.show_home, name="home"),
    *_REPORTS,
    *_VULNERABILITIES,
    *_CASES,
    *_ORGANISATIONS,
    *_FEEDS,
    path("why/<slug:kind>/<uuid:thing>", why.show_why, name="show_why"),
]

MENU: tuple[Entry, ...] = (
    Entry("home", _("Queue"), Permission.TRIAGE_READ, also=("reports",)),
    Entry("list_deadlines", _("Deadlines"), Permission.TRIAGE_READ),
    Entry("take_call", _("Telephone report"), Permission.TRIAGE_READ),
    Entry("list_set_aside", _("Set aside"), Permission.TRIAGE_READ, is_seldom=True),
    Entry("list_mappings", _("Feeds"), Permission.REPORT_COMPLETE, is_seldom=True),
    Entry("list_vulnerabilities", _("Vulnerabilities"), Permission.TRIAGE_READ, is_seldom=True),
    Entry("list_cases", _("Cases"), Permission.CASE_READ, also=("documents",)),
    Entry("list_kept", _("Kept files"), Permission.EVIDENCE_HOLD, is_seldom=True),
    Entry("list_organisations", _("Organisations"), Permission.CONSTITUENCY_READ),
    Entry("list_gaps", _("Keys for mail"), Permission.CONSTITUENCY_MANAGE, is_seldom=True),
)
