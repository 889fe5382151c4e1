"""How grave a vulnerability is, who uses what is vulnerable, and the files that say what is exploited."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from meldpunt.access.errors import RuleBroken
from meldpunt.access.rules import may
from meldpunt.access.values import Permission
from meldpunt.cases import queries as case_queries
from meldpunt.entrypoints.web.errors import in_words
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.entrypoints.web.uploads import takes_files
from meldpunt.intake.values import ReportId
from meldpunt.triage import actions as triage_actions
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.errors import CveUnknown
from meldpunt.triage.queries.vulnerabilities import PAGE
from meldpunt.triage.values import ExploitationSource, VulnerabilityOrder

from ..forms.turning import Turn, page_asked
from ..forms.vulnerabilities import Judge, LoadFile, NameCve


@requires(Permission.TRIAGE_READ)
@require_GET
def list_vulnerabilities(request: HttpRequest) -> HttpResponse:
    """Those of open reports, in the order asked."""
    asked = request.GET.get("order", "")
    order = VulnerabilityOrder(asked) if asked in list(VulnerabilityOrder) else VulnerabilityOrder.SSVC
    found = triage_queries.list_open_vulnerabilities(actor_of(request), order=order, page=page_asked(request))
    turn = Turn(found.page, PAGE, PAGE if found.is_more else 0)
    context = {"found": found, "order": order, "orders": list(VulnerabilityOrder), "turn": turn}
    return render(request, "desk/vulnerabilities/list.html", context)


@requires(Permission.TRIAGE_READ)
@require_GET
def name_vulnerability(request: HttpRequest, report: UUID) -> HttpResponse:
    """To the page of a vulnerability that somebody typed."""
    form = NameCve(request.GET)
    if form.is_valid():
        return redirect("show_vulnerability", report=report, cve=form.cleaned_data["cve"])
    messages.error(request, str(form.errors["cve"][0]))
    return redirect("show_report", report=report)


@requires(Permission.TRIAGE_READ)
@require_GET
def show_vulnerability(request: HttpRequest, report: UUID, cve: str) -> HttpResponse:
    """What is known of it, what the desk thinks, and who uses what is vulnerable."""
    return _page(request, ReportId(report), cve)


@requires(Permission.TRIAGE_DECIDE)
@require_http_methods(["POST"])
def judge_vulnerability(request: HttpRequest, report: UUID, cve: str) -> HttpResponse:
    """Keep what was said as a new version."""
    form = Judge(request.POST)
    if not form.is_valid():
        return _page(request, ReportId(report), cve, judge=form)
    try:
        triage_actions.assess_vulnerability(
            actor_of(request), report=ReportId(report), cve=cve, form=form.said(), seen=form.cleaned_data["seen"]
        )
    except CveUnknown as unknown:
        raise Http404 from unknown
    except RuleBroken as broken:
        form.add_error(None, in_words(broken))
        return _page(request, ReportId(report), cve, judge=form)
    messages.success(request, gettext("Kept, beside what was computed and what the files say today."))
    return redirect("show_vulnerability", report=report, cve=cve)


@requires(Permission.EXPLOITATION_LOAD)
@takes_files
@require_http_methods(["GET", "POST"])
def load_file(request: HttpRequest) -> HttpResponse:
    """Which files stand, and a form to replace them."""
    actor = actor_of(request)
    form = LoadFile(request.POST, request.FILES) if request.method == "POST" else LoadFile()
    if form.is_valid():
        said = form.cleaned_data
        is_epss = said["source"] == ExploitationSource.EPSS
        load = triage_actions.load_epss if is_epss else triage_actions.load_kev
        try:
            loaded = load(actor, raw=said["file"].read(), is_older_meant=said["is_older_meant"])
        except RuleBroken as broken:
            form.add_error(None, in_words(broken))
        else:
            messages.success(request, gettext("Loaded: %(rows)d lines.") % {"rows": loaded.rows})
            return redirect("load_exploitation")
    context = {"form": form, "loaded": triage_queries.list_loaded(actor)}
    return render(request, "desk/vulnerabilities/files.html", context, status=422 if form.is_bound else 200)


def _page(request: HttpRequest, report: ReportId, cve: str, *, judge: Judge | None = None) -> HttpResponse:
    viewer = actor_of(request)
    try:
        page = triage_queries.get_vulnerability(viewer, report=report, cve=cve)
    except CveUnknown as unknown:
        raise Http404 from unknown
    context = {
        "page": page,
        "judge": judge or Judge.of(page),
        "using": triage_queries.list_product_users(viewer, report=report, cve=page.cve),
        "case": case_queries.find_case_of(viewer, report=report),
        "may_decide": may(viewer.roles, Permission.TRIAGE_DECIDE),
    }
    return render(request, "desk/vulnerabilities/one.html", context, status=422 if judge else 200)
