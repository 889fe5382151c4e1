"""Coming back with a receipt: how far it is, what we told whom, and what we have to say to the reporter."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldpunt.access.errors import NotFound
from meldpunt.access.values import Actor
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import AttachmentId, AudienceKind, Delivered, DisclosureId, TraceLine
from meldpunt.entrypoints.public_site.contact import contact
from meldpunt.entrypoints.public_site.forms.receipts import CodeForm, NoteForm
from meldpunt.entrypoints.public_site.receipts import forget_receipt, remember_receipt
from meldpunt.entrypoints.web import drafts
from meldpunt.entrypoints.web.downloads import as_download, marked_name
from meldpunt.entrypoints.web.gate import actor_of, open_to_strangers
from meldpunt.entrypoints.web.proofs import proofs_of_report
from meldpunt.entrypoints.web.reading import open_told
from meldpunt.entrypoints.web.reporting import PutRightForm, StageForm, weigh_again
from meldpunt.entrypoints.web.statutory import kept_until, possible_duty, still_open, weighed
from meldpunt.entrypoints.web.uploads import takes_files
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.receipts import reporter_with
from meldpunt.openness.queries import following as openness_queries

_HOLDER = "the receipt is the key: row policies show only what belongs to it"


@open_to_strangers(reason=_HOLDER)
@require_http_methods(["GET", "HEAD", "POST"])
def follow_report(request: HttpRequest) -> HttpResponse:
    """Ask for the code, or show what belongs to the one that this browser holds."""
    if request.method == "POST":
        return _enter(request)
    viewer = actor_of(request)
    if not viewer.receipt:
        return render(request, "public_site/enter_code.html", {"form": CodeForm()})
    return _show(request, viewer)


@open_to_strangers(reason="who forgets a code needs no code")
@require_POST
def forget_code(request: HttpRequest) -> HttpResponse:
    """Leave no trace of the receipt in this browser."""
    return forget_receipt(redirect("home"))


@open_to_strangers(reason=_HOLDER)
@require_POST
@takes_files
def submit_stage(request: HttpRequest) -> HttpResponse:
    """More about the report: a statutory stage, or whatever else they know now."""
    viewer = actor_of(request)
    report = intake_queries.follow_report(viewer)
    clocks = intake_queries.clocks_of(viewer, report=report.id)
    form = StageForm(request.POST, request.FILES, clocks=clocks, report=report)
    if drafts.drop(request, viewer):
        return _show(request, viewer, stage_form=form.unchecked())
    if not form.is_valid():
        return _show(request, viewer, stage_form=form, status=422)
    given = form.cleaned_data
    intake_actions.submit_stage_once(
        viewer,
        draft=drafts.stage_code_in(request, viewer, report),
        report=report.id,
        stage=form.chosen,
        answers=form.answers(),
        text=given["text"],
        ended_at=given["ended_at"],
        attachments=form.files_sent,
    )
    weigh_again(viewer, report, form.answers())
    return redirect(f"{reverse('follow_report')}#sent")


@open_to_strangers(reason=_HOLDER)
@require_POST
def put_right(request: HttpRequest) -> HttpResponse:
    """Another kind, sector or capacity under the same reference; what stood before is kept."""
    viewer = actor_of(request)
    report = intake_queries.follow_report(viewer)
    form = PutRightForm(report, request.POST)
    if not form.is_valid():
        return _show(request, viewer, put_right=form, status=422)
    given = form.cleaned_data
    intake_actions.put_own_right(
        viewer,
        report=report.id,
        kind=form.kind_computed,
        sector=given["sector"],
        entity_kind=given["entity_kind"],
        reason=given["reason"],
    )
    return redirect(f"{reverse('follow_report')}#sent")


@open_to_strangers(reason=_HOLDER)
@require_safe
def download_proofs(request: HttpRequest) -> HttpResponse:
    """One file that proves every entry about the report; `meldpunt ledger verify` reads it."""
    viewer = actor_of(request)
    report = intake_queries.follow_report(viewer)
    data = proofs_of_report(viewer, report)
    return as_download(name=f"{report.reference}.proofs.jsonl", media_type="application/x-ndjson", data=data)


@open_to_strangers(reason=_HOLDER)
@require_safe
def show_message(request: HttpRequest, disclosure: UUID) -> HttpResponse:
    """Open what we told the reporter; from now on it counts as read."""
    told = open_told(request, actor_of(request), disclosure=DisclosureId(disclosure))
    return render(request, "public_site/message.html", {"told": told, "form": NoteForm()})


@open_to_strangers(reason=_HOLDER)
@require_POST
def acknowledge_message(request: HttpRequest, disclosure: UUID) -> HttpResponse:
    """Say that it was understood, with a word back."""
    form = NoteForm(request.POST)
    if not form.is_valid():
        told = disclosure_queries.get_delivered(actor_of(request), disclosure=DisclosureId(disclosure))
        return render(request, "public_site/message.html", {"told": told, "form": form}, status=422)
    disclosure_actions.acknowledge_disclosure(
        actor_of(request), disclosure=DisclosureId(disclosure), note=form.cleaned_data["note"]
    )
    return redirect("show_message", disclosure=disclosure)


@open_to_strangers(reason=_HOLDER)
@require_safe
def download_attachment(request: HttpRequest, disclosure: UUID, attachment: UUID) -> HttpResponse:
    """A file that goes with a message."""
    viewer = actor_of(request)
    found = disclosure_queries.open_attachment(
        viewer, disclosure=DisclosureId(disclosure), attachment=AttachmentId(attachment)
    )
    told = disclosure_queries.get_delivered(viewer, disclosure=DisclosureId(disclosure))
    return as_download(name=marked_name(found.name, told), media_type=found.media_type, data=found.data)


def _enter(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST)
    if form.is_valid():
        code: str = form.cleaned_data["code"]
        if _opens(reporter_with(code)):
            return remember_receipt(redirect("follow_report"), code)
        form.add_error("code", gettext("We know nothing with this code. Check it against your receipt."))
    return render(request, "public_site/enter_code.html", {"form": form}, status=422)


def _opens(viewer: Actor) -> bool:
    """Whether the receipt is of a report or of an information request."""
    for find in (intake_queries.follow_report, openness_queries.follow_request):
        try:
            find(viewer)
        except NotFound:
            continue
        return True
    return False


def _show_request(request: HttpRequest, viewer: Actor) -> HttpResponse:
    try:
        asked = openness_queries.follow_request(viewer)
    except NotFound:
        return forget_receipt(redirect("follow_report"))
    return render(request, "public_site/follow_request.html", {"asked": asked})


def _show(
    request: HttpRequest,
    viewer: Actor,
    *,
    stage_form: StageForm | None = None,
    put_right: PutRightForm | None = None,
    status: int = 200,
) -> HttpResponse:
    try:
        report = intake_queries.follow_report(viewer)
    except NotFound:
        return _show_request(request, viewer)
    clocks = intake_queries.clocks_of(viewer, report=report.id)
    trace = disclosure_queries.trace_report(viewer, report=report.id)
    context = {
        "report": report,
        "clocks": clocks,
        "trace": trace,
        "not_yet": disclosure_queries.find_not_yet(viewer, report=report.id),
        "messages_told": _messages(viewer, trace),
        "stage_form": stage_form or StageForm(clocks=clocks, report=report),
        "still_open": still_open(report),
        "put_right": put_right or PutRightForm(report),
        "put_right_url": reverse("put_right"),
        "contact": contact(),
        "kept_until": kept_until(report),
        "possible_duty": possible_duty(report),
        "weighed": weighed(report),
        **drafts.files_under(viewer, drafts.stage_code(viewer, report)),
    }
    return render(request, "public_site/follow.html", context, status=status)


def _messages(viewer: Actor, trace: tuple[TraceLine, ...]) -> list[Delivered]:
    """What of the trace was told to the reporter, newest first."""
    own = [line for line in trace if any(one.kind is AudienceKind.REPORTER for one in line.addressees)]
    told = disclosure_queries.find_delivered(viewer, disclosures=[line.disclosure for line in own])
    return [told[line.disclosure] for line in reversed(own)]
