"""The triage page of one report, put together from what the rooms say. Forms that were refused come back in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from meldpunt.access.rules import may
from meldpunt.access.values import Actor, Permission
from meldpunt.advice import queries as advice_queries
from meldpunt.advice.values import AdviceLine
from meldpunt.campaigns import queries as campaign_queries
from meldpunt.campaigns.values import CampaignLine
from meldpunt.cases import queries as case_queries
from meldpunt.cases.values import Suggestion
from meldpunt.constituency import queries as constituency_queries
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import ItemKind
from meldpunt.entrypoints.web.gate import actor_of
from meldpunt.entrypoints.web.statutory import first_reply, kept_until, possible_duty, weighed
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import Channel, ReportId, ReportKind
from meldpunt.law import Clock, Condition
from meldpunt.services import queries as service_queries
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.scaling import known_scales
from meldpunt.triage.values import Draft, Triage

from .carriers import carriers_of
from .conversation import conversation_of
from .drafting import fill_in
from .forms.assessment import Assess, Override
from .forms.attaching import Attach
from .forms.consultation import Consult
from .forms.decision import Accept, Decide, as_seen
from .forms.evidence import HoldForm
from .forms.heeding import Heeds
from .forms.organisations import Purpose
from .forms.putting_right import PutRight
from .forms.scales import Place
from .forms.vulnerabilities import NameCve
from .meanwhile import Meanwhile
from .one_by_one import review_of, within
from .outages import fresh_estimate
from .same_incident import suggestions_for


def report_page(
    request: HttpRequest,
    report: ReportId,
    sent: Mapping[str, Form] | None = None,
    /,
    *,
    status: int = 200,
    stands: Meanwhile | None = None,
    **refused: Form,
) -> HttpResponse:
    """The page; `sent` and `refused` are bound forms that take the place of the fresh ones, by the name of those.

    `stands` is what a colleague did while somebody wrote.
    """
    viewer = actor_of(request)
    triage = triage_queries.get_triage(viewer, report=report)
    suggestions, similar = ((), ()) if triage.decision else suggestions_for(viewer, triage.report)
    drafts = triage_queries.list_drafts(viewer, report=report)
    forms = _fresh(viewer, triage, suggestions, drafts) | dict(sent or {}) | refused
    fill_in(forms, drafts)
    context = {
        "triage": triage,
        "stands": stands,
        "drafts": drafts,
        "present": triage_queries.list_present(viewer, report=report),
        **_within(request, viewer, report),
        "report": triage.report,
        "hold_form": HoldForm(auto_id="hold_%s"),
        "evidence": intake_queries.list_attachments(viewer, report=report),
        "mails": intake_queries.list_mails(viewer, reports=[report]).get(report, ()),
        "referring": intake_queries.list_referring(viewer, report=report),
        "case": case_queries.find_case_of(viewer, report=report),
        "suggestions": suggestions,
        "similar": similar,
        "may_decide": may(viewer.roles, Permission.TRIAGE_DECIDE),
        "kept_until": kept_until(triage.report),
        "clocks": _clocks(viewer, triage),
        "weighed": weighed(triage.report),
        "possible_duty": possible_duty(triage.report, known_as=_known_as(triage)),
        "lacks_clock": triage.report.kind is ReportKind.STATUTORY and not triage.clocks,
        "conversation": conversation_of(viewer, triage.report),
        "may_reply": may(viewer.roles, Permission.REPORT_COMPLETE) and triage.report.is_written_to,
        "may_complete": may(viewer.roles, Permission.REPORT_COMPLETE),
        "may_unseal": may(viewer.roles, Permission.IDENTITY_UNSEAL),
        **_outward(viewer, triage),
        "vulnerabilities": triage_queries.list_vulnerabilities(viewer, report=report),
        "place": Place.of(triage.scaling),
        "scales": known_scales(),
        "name_cve": NameCve(auto_id="name_%s"),
        "carriers": carriers_of(viewer, triage.assessment.estimate if triage.assessment else None),
        "undone": _undone(viewer, triage),
        **forms,
    }
    return render(request, "desk/reports/one.html", context, status=status)


def _undone(viewer: Actor, triage: Triage) -> int:
    """How much of what an estimate stands on was ended by organisations themselves since the report came in."""
    has_estimate = triage.assessment is not None and triage.assessment.estimate is not None
    return service_queries.count_undone(viewer, since=triage.report.received_at) if has_estimate else 0


def _outward(viewer: Actor, triage: Triage) -> dict[str, object]:
    """What goes out of it, and whether the viewer may add to that."""
    return {
        "campaigns": _campaigns(viewer, triage),
        "advice": _advice(viewer, triage),
        "may_advise": may(viewer.roles, Permission.ADVICE_WRITE),
    }


def _known_as(triage: Triage) -> str:
    """What the register calls whose report it is, where people told us: what machines forward is no duty of theirs."""
    by_people = triage.report.channel in (Channel.WEB, Channel.MAIL, Channel.TELEPHONE)
    return triage.organisation.entity_kind if triage.organisation and by_people else ""


def _clocks(viewer: Actor, triage: Triage) -> tuple[Clock, ...]:
    """Those of the reporter, and ours: met by the first that it was told of its own report, acknowledgements aside."""
    if first_reply(triage.report) is None or not may(viewer.roles, Permission.DISCLOSURE_PROPOSE):
        return triage.clocks
    replied = [
        line.delivered_at
        for line in disclosure_queries.list_disclosures(viewer, reports=[triage.report.id])
        if line.item is not ItemKind.ACKNOWLEDGEMENT
        and line.delivered_at
        and any(Condition.OWN_REPORT in ground.conditions for ground in line.grounds)
    ]
    ours = first_reply(triage.report, replied_at=min(replied, default=None))
    return (*triage.clocks, ours) if ours else triage.clocks


def _advice(viewer: Actor, triage: Triage) -> tuple[AdviceLine, ...]:
    """The advice that was begun from this report."""
    if not may(viewer.roles, Permission.ADVICE_READ):
        return ()
    return advice_queries.list_advice(viewer, report=triage.report.id)


def _campaigns(viewer: Actor, triage: Triage) -> tuple[CampaignLine, ...]:
    """The campaigns that were made from this feed."""
    if triage.feed is None or not may(viewer.roles, Permission.CAMPAIGN_READ):
        return ()
    return campaign_queries.list_campaigns(viewer, report=triage.report.id)


def _within(request: HttpRequest, viewer: Actor, report: ReportId) -> dict[str, object]:
    """The review in which the page is looked at, if any, and how the addresses on the page keep it."""
    asked = review_of(request)
    if asked is None:
        return {"review": None, "within": within(request)}
    review = triage_queries.get_review(viewer, review=asked)
    return {"review": review, "nth": review.place(report), "within": within(request)}


def _fresh(
    viewer: Actor, triage: Triage, suggestions: Sequence[Suggestion], drafts: Mapping[str, Draft]
) -> dict[str, Form]:
    offered, seen = triage_queries.list_reasons(viewer), as_seen(triage.stood)
    title = triage.report.masked_title
    return {
        "accept": Accept(
            suggestions=suggestions,
            offered=offered,
            initial={"case": "", "title": title, **seen},
            auto_id="accept_%s",
        ),
        "assess": Assess.of(triage.assessment, version=triage.version),
        "estimate": fresh_estimate(viewer, triage, drafts["estimate"].fields if "estimate" in drafts else None),
        "override": Override(initial={"seen": triage.version}, auto_id="override_%s"),
        "consult": Consult(parties=constituency_queries.list_parties(viewer), auto_id="consult_%s"),
        "close": Decide(offered=offered, initial=seen, auto_id="close_%s"),
        "heeds_accept": Heeds(asked=triage.consultations, auto_id="accept_%s"),
        "heeds_close": Heeds(asked=triage.consultations, auto_id="close_%s"),
        "purpose": Purpose(auto_id="purpose_%s"),
        "put_right": PutRight.of(triage.report),
        "attach": Attach.to(triage.organisation),
    }
