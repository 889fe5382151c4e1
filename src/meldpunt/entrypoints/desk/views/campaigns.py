"""Warning everybody whom a feed concerns, wave by wave."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meldpunt.access.rules import may
from meldpunt.access.values import OrganisationId, Permission
from meldpunt.campaigns import actions as campaign_actions
from meldpunt.campaigns import queries as campaign_queries
from meldpunt.campaigns.values import CampaignId, CampaignState, PackageId, WarningState
from meldpunt.disclosure.values import Sight
from meldpunt.entrypoints.web.downloads import as_download
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.entrypoints.web.telling import tell
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import Channel, Filters, ReportId

from ..colleagues import names_of
from ..forms.campaigns import NewCampaign, SendWave
from ..forms.disclosures import Reason
from ..forms.ticking import ticked
from ..forms.turning import page_asked, turned

_SETTLED = frozenset({WarningState.ACKNOWLEDGED, WarningState.WAITING})


@requires(Permission.CAMPAIGN_READ)
@require_GET
def list_campaigns(request: HttpRequest) -> HttpResponse:
    """Campaigns, and the feeds from which another could be made."""
    viewer, number = actor_of(request), page_asked(request)
    lines = campaign_queries.list_campaigns(viewer, page=number)
    feeds = intake_queries.list_reports(viewer, filters=Filters(channel=Channel.FEED, kept=False)).lines
    context = {
        "lines": lines,
        "feeds": feeds if may(viewer.roles, Permission.CAMPAIGN_RUN) else (),
        "turn": turned(number, size=campaign_queries.PAGE, lines=lines),
    }
    return render(request, "desk/campaigns/list.html", context)


@requires(Permission.CAMPAIGN_RUN)
@require_http_methods(["GET", "POST"])
def prepare_campaign(request: HttpRequest, report: UUID) -> HttpResponse:
    """One package for each organisation that rows of a feed belong to."""
    viewer, form = actor_of(request), NewCampaign(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = campaign_actions.prepare_campaign(viewer, report=ReportId(report), **form.cleaned_data)
        return redirect("show_campaign", campaign=made.id)
    feed = intake_queries.get_report(viewer, report=ReportId(report))
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/campaigns/new.html", {"form": form, "feed": feed}, status=status)


@requires(Permission.CAMPAIGN_READ)
@require_GET
def show_campaign(request: HttpRequest, campaign: UUID) -> HttpResponse:
    """Packages with how far each warning came, waves, and what was nobody's."""
    return _page(request, CampaignId(campaign), SendWave(auto_id="wave_%s"))


@requires(Permission.CAMPAIGN_RUN)
@require_POST
def send_wave(request: HttpRequest, campaign: UUID) -> HttpResponse:
    """Who would be warned of what; once that was seen, those who were chosen, or everybody who has not acknowledged."""
    form, id_ = SendWave(request.POST, auto_id="wave_%s"), CampaignId(campaign)
    form.fields["reason"].required = form.is_confirmed
    chosen = [OrganisationId(one) for one in ticked(request.POST, "organisation")]
    if not form.is_valid():
        return _preview(request, id_, form, chosen, status=422)
    if not form.is_confirmed:
        return _preview(request, id_, form, chosen)

    def send(seen: Sight) -> HttpResponse:
        sent = campaign_actions.send_wave(
            actor_of(request),
            campaign=id_,
            reason=form.cleaned_data["reason"],
            organisations=chosen or None,
            seen=seen,
        )
        counts = {
            "number": sent.number,
            "sent": len(sent.sent),
            "waiting": len(sent.waiting),
            "refused": len(sent.refused),
        }
        said = gettext("Wave %(number)d: %(sent)d sent, %(waiting)d waiting for approval, %(refused)d refused.")
        messages.success(request, said % counts)
        return redirect("show_campaign", campaign=campaign)

    return tell(request, send, again=lambda status: _preview(request, id_, form, chosen, status=status))


@requires(Permission.CAMPAIGN_RUN)
@require_POST
def close_campaign(request: HttpRequest, campaign: UUID) -> HttpResponse:
    """No further wave."""
    form = Reason(request.POST)
    if not form.is_valid():
        return _page(request, CampaignId(campaign), SendWave(auto_id="wave_%s"), closing=form, status=422)
    campaign_actions.close_campaign(
        actor_of(request), campaign=CampaignId(campaign), reason=form.cleaned_data["reason"]
    )
    messages.success(request, gettext("The campaign is closed."))
    return redirect("show_campaign", campaign=campaign)


@requires(Permission.CAMPAIGN_READ)
@require_GET
def download_package(request: HttpRequest, package: UUID) -> HttpResponse:
    """The rows of one organisation, as it gets them."""
    found = campaign_queries.get_package(actor_of(request), package=PackageId(package))
    return as_download(name=f"{found.organisation.code}.csv", media_type="text/csv", data=found.data)


def _preview(
    request: HttpRequest, campaign: CampaignId, form: SendWave, chosen: Sequence[OrganisationId], *, status: int = 200
) -> HttpResponse:
    viewer = actor_of(request)
    wave = campaign_queries.preview_wave(viewer, campaign=campaign, organisations=chosen or None)
    form.shown = wave.sight
    context = {
        "campaign": campaign_queries.get_campaign(viewer, campaign=campaign),
        "wave": wave,
        "preview": wave.first,
        "chosen": chosen,
        "form": form,
    }
    return render(request, "desk/campaigns/wave.html", context, status=status)


def _page(
    request: HttpRequest,
    campaign: CampaignId,
    form: SendWave,
    *,
    closing: Reason | None = None,
    status: int = 200,
) -> HttpResponse:
    viewer, number = actor_of(request), page_asked(request)
    found = campaign_queries.get_campaign(viewer, campaign=campaign)
    packages = campaign_queries.list_packages(viewer, campaign=campaign, page=number)
    progress = campaign_queries.count_progress(viewer, campaign=campaign)
    context = {
        "campaign": found,
        "packages": packages,
        "progress": [(state, count) for state, count in progress.items() if count],
        "names": names_of(viewer, (wave.sent_by for wave in found.waves)),
        "settled": _SETTLED,
        "may_run": may(viewer.roles, Permission.CAMPAIGN_RUN) and found.line.state is not CampaignState.CLOSED,
        "form": form,
        "closing": closing or Reason(auto_id="close_%s"),
        "turn": turned(number, size=campaign_queries.PAGE, lines=packages),
    }
    return render(request, "desk/campaigns/one.html", context, status=status)
