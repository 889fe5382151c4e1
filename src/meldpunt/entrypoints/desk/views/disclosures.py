"""Everything that was told, is waiting to be told, or was refused."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from meldpunt.access.rules import may
from meldpunt.access.values import Actor, Permission
from meldpunt.cases import queries as case_queries
from meldpunt.cases.values import CaseId, CaseLine
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import (
    TOLD,
    AttachmentId,
    AudienceKind,
    Disclosure,
    DisclosureId,
    ItemKind,
    Sight,
    State,
)
from meldpunt.entrypoints.web.downloads import as_download
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.entrypoints.web.telling import tell
from meldpunt.intake.values import ReportId

from ..about import address_of_subject
from ..colleagues import names_of
from ..forms.disclosures import WAITS_FOR_ME, DisclosureFilters, Reason
from ..forms.turning import page_asked, turned
from ..versions import pairs_of

# What a room makes from its own rows, figures, releases, indicators, is made anew there and not by hand.
_WRITTEN_BY_HAND = frozenset(
    {
        ItemKind.QUESTION,
        ItemKind.REPLY,
        ItemKind.CONSULTATION,
        ItemKind.ADVICE,
        ItemKind.WARNING,
        ItemKind.SITUATION_REPORT,
        ItemKind.LETTER,
    }
)
_WITHDRAWABLE = frozenset({State.PROPOSED, State.WAITING_FOR_APPROVAL, *TOLD})


@requires(Permission.DISCLOSURE_PROPOSE)
@require_GET
def list_disclosures(request: HttpRequest) -> HttpResponse:
    """Disclosures, newest first."""
    viewer, form, number = actor_of(request), DisclosureFilters(request.GET), page_asked(request)
    form.is_valid()
    case = _case_of(viewer, form.cleaned_data.get("case"))
    lines = disclosure_queries.list_disclosures(
        viewer,
        item=form.chosen_item(),
        items=form.chosen_items(),
        state=form.chosen_state(),
        ground=form.chosen_ground(),
        subject=form.cleaned_data.get("subject"),
        reports=[one.report for one in case_queries.origins_of(viewer, case=case.id) if one.report] if case else None,
        is_waiting_for_viewer=form.cleaned_data.get("waiting") == WAITS_FOR_ME,
        page=number,
    )
    context = {
        "form": form,
        "lines": lines,
        "case": case,
        "waiting": disclosure_queries.count_waiting(viewer) if _may_approve_any(viewer) else 0,
        "names": names_of(viewer, (one for line in lines for one in (line.proposed_by, line.approved_by))),
        "turn": turned(number, size=disclosure_queries.PAGE, lines=lines),
    }
    return render(request, "desk/disclosures/list.html", context)


@requires(Permission.DISCLOSURE_PROPOSE)
@require_GET
def show_disclosure(request: HttpRequest, disclosure: UUID) -> HttpResponse:
    """One disclosure: what the law says, both versions, who reads it, and what became of it."""
    return _page(request, DisclosureId(disclosure), Reason())


@requires(Permission.DISCLOSURE_APPROVE)
@require_GET
def download_attachment(request: HttpRequest, disclosure: UUID, attachment: UUID) -> HttpResponse:
    """A letter or table that goes along, for who is asked to approve it."""
    found = disclosure_queries.open_proposed_attachment(
        actor_of(request), disclosure=DisclosureId(disclosure), attachment=AttachmentId(attachment)
    )
    return as_download(name=found.name, media_type=found.media_type, data=found.data)


@requires(Permission.DISCLOSURE_PROPOSE)
@require_POST
def decide_disclosure(request: HttpRequest, disclosure: UUID) -> HttpResponse:
    """Decide a proposal."""
    form = Reason(request.POST)
    if not form.is_valid():
        return _page(request, DisclosureId(disclosure), form, status=422)

    def decide(seen: Sight) -> HttpResponse:
        done = disclosure_actions.decide_disclosure(
            actor_of(request), disclosure=DisclosureId(disclosure), reason=form.cleaned_data["reason"], seen=seen
        )
        return _say(request, done)

    return tell(request, decide, again=lambda status: _page(request, DisclosureId(disclosure), form, status=status))


@requires(Permission.DISCLOSURE_APPROVE)
@require_POST
def approve_disclosure(request: HttpRequest, disclosure: UUID) -> HttpResponse:
    """The second pair of eyes agrees."""
    form = Reason(request.POST)
    if not form.is_valid():
        return _page(request, DisclosureId(disclosure), form, status=422)
    actor = actor_of(request)
    if _answers_request(disclosure_queries.get_disclosure(actor, disclosure=DisclosureId(disclosure))):
        messages.error(request, gettext("Approve the answer to a request on the page of that request."))
        return _page(request, DisclosureId(disclosure), form, status=409)

    def approve(seen: Sight) -> HttpResponse:
        done = disclosure_actions.approve_disclosure(
            actor, disclosure=DisclosureId(disclosure), reason=form.cleaned_data["reason"], seen=seen
        )
        return _say(request, done)

    return tell(request, approve, again=lambda status: _page(request, DisclosureId(disclosure), form, status=status))


@requires(Permission.DISCLOSURE_PROPOSE)
@require_POST
def withdraw_disclosure(request: HttpRequest, disclosure: UUID) -> HttpResponse:
    """Take it back, with a reason that its readers see."""
    form = Reason(request.POST)
    if not form.is_valid():
        return _page(request, DisclosureId(disclosure), form, status=422)
    done = disclosure_actions.withdraw_disclosure(
        actor_of(request), disclosure=DisclosureId(disclosure), reason=form.cleaned_data["reason"]
    )
    return _say(request, done)


def _say(request: HttpRequest, done: Disclosure) -> HttpResponse:
    said = {
        State.DELIVERED: gettext("It was told to its readers."),
        State.WAITING_FOR_APPROVAL: gettext("It waits for the approval of a second person."),
        State.REFUSED: gettext("The law refuses this today. Nothing was told."),
        State.WITHDRAWN: gettext("It was withdrawn. Its readers see the reason instead."),
    }
    messages.success(request, said.get(done.state, ""))
    return redirect("show_disclosure", disclosure=done.id)


def _page(request: HttpRequest, disclosure: DisclosureId, form: Reason, *, status: int = 200) -> HttpResponse:
    viewer = actor_of(request)
    found = disclosure_queries.get_disclosure(viewer, disclosure=disclosure)
    replaced = found.replaced.step if found.replaced else None
    steps = [step for step in (found.proposed, found.decided, found.approved, replaced, found.withdrawn) if step]
    context = {
        "told": found,
        "pairs": pairs_of(found.draft, kept=found.kept, given=found.verdict.given),
        "names": names_of(viewer, (step.by for step in steps)),
        "form": form,
        "may_decide": found.state is State.PROPOSED,
        "may_approve": _may_approve(viewer, found),
        "answers_request": _answers_request(found),
        "is_waiting": found.state is State.WAITING_FOR_APPROVAL,
        "may_withdraw": found.state in _WITHDRAWABLE,
        "may_supersede": found.state is State.DELIVERED and found.item in _WRITTEN_BY_HAND,
        "may_open": _may_approve_any(viewer),
        "about": address_of_subject(viewer, found),
        "case": _case_from(viewer, found),
    }
    return render(request, "desk/disclosures/one.html", context, status=status)


def _may_approve_any(viewer: Actor) -> bool:
    return may(viewer.roles, Permission.DISCLOSURE_APPROVE)


def _case_of(viewer: Actor, case: UUID | None) -> CaseLine | None:
    """The case the list is narrowed to; who reads no cases narrows by none."""
    if case is None or not may(viewer.roles, Permission.CASE_READ):
        return None
    return case_queries.list_by_ids(viewer, cases=[case]).get(CaseId(case))


def _case_from(viewer: Actor, told: Disclosure) -> CaseLine | None:
    """The case of the first report it stems from."""
    if not told.reports or not may(viewer.roles, Permission.CASE_READ):
        return None
    return case_queries.find_case_of(viewer, report=ReportId(told.reports[0]))


def _may_approve(viewer: Actor, found: Disclosure) -> bool:
    """Whether the viewer can be the second person here."""
    hands = {found.proposed.by} | ({found.decided.by} if found.decided else set())
    return (
        found.state is State.WAITING_FOR_APPROVAL
        and not _answers_request(found)
        and _may_approve_any(viewer)
        and viewer.id not in hands
    )


def _answers_request(found: Disclosure) -> bool:
    """Whether it is the answer to who asked for documents: approved on the page of that request, because who is
    concerned has to hear of it at the same time (Woo article 4.4(6))."""
    return found.item is ItemKind.INFORMATION_REQUEST_DECISION and any(
        one.kind is AudienceKind.REQUESTER for one in found.readers
    )
