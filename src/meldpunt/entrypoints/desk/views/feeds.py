"""Feeds by hand: a file that somebody gave the desk, and how the CSV of a source is read."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldpunt.access.errors import RuleBroken
from meldpunt.access.values import Permission
from meldpunt.entrypoints.web.codes import carry_code
from meldpunt.entrypoints.web.errors import in_words
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.entrypoints.web.uploads import takes_files
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.feed_values import MappingId
from meldpunt.intake.formats.sample import SAMPLE_BYTES, preview, take_sample

from ..forms.feeds import HandIn, MapColumns, SampleFile


@requires(Permission.REPORT_COMPLETE)
@require_safe
def list_mappings(request: HttpRequest) -> HttpResponse:
    """What can be read without asking, and what to do with a file."""
    mappings = intake_queries.list_feed_mappings(actor_of(request))
    return render(request, "desk/feeds/list.html", {"mappings": mappings})


@requires(Permission.REPORT_COMPLETE)
@takes_files
@never_cache
def hand_in(request: HttpRequest) -> HttpResponse:
    """The file is received as any other; its receipt is on the page after it."""
    form = HandIn(request.POST, request.FILES) if request.method == "POST" else HandIn()
    if not form.is_valid():
        return render(request, "desk/feeds/hand_in.html", {"form": form}, status=422 if form.is_bound else 200)
    file = form.cleaned_data["file"]
    receipt = intake_actions.hand_in_feed(
        actor_of(request),
        raw=file.read(),
        name=file.name,
        reporter=form.reporter(),
        organisation_named=form.cleaned_data["organisation_named"],
    )
    return carry_code(redirect("show_call", report=receipt.report), receipt.code)


@requires(Permission.REPORT_COMPLETE)
@takes_files
@require_http_methods(["GET", "POST"])
def map_columns(request: HttpRequest) -> HttpResponse:
    """A file first; then its columns with how they would be read, as often as asked; then the mapping is kept."""
    if "sample" not in request.POST:
        return _take_sample(request)
    form = MapColumns(request.POST)
    if not form.is_valid():
        return _show_columns(request, form, status=422)
    if "save" not in request.POST:
        return _show_columns(request, form)
    said = form.cleaned_data
    try:
        intake_actions.make_feed_mapping(
            actor_of(request), name=said["name"], file_name=said["file_name"], mapping=form.mapping()
        )
    except RuleBroken as broken:
        form.add_error(None, in_words(broken))
        return _show_columns(request, form, status=422)
    messages.success(request, gettext("From now on files of this source are read so."))
    return redirect("list_mappings")


@requires(Permission.REPORT_COMPLETE)
@require_POST
def retire_mapping(request: HttpRequest, mapping: UUID) -> HttpResponse:
    """No file is read by it any more."""
    intake_actions.retire_feed_mapping(actor_of(request), mapping=MappingId(mapping))
    messages.success(request, gettext("Files of this source are kept unread from now on."))
    return redirect("list_mappings")


def _take_sample(request: HttpRequest) -> HttpResponse:
    form = SampleFile(request.POST, request.FILES) if request.method == "POST" else SampleFile()
    if not form.is_valid():
        return render(request, "desk/feeds/sample.html", {"form": form}, status=422 if form.is_bound else 200)
    file = form.cleaned_data["file"]
    sample = take_sample(file.read(SAMPLE_BYTES + 1))
    begun = MapColumns.of(sample, file_name=file.name)
    begun.is_valid()
    return _show_columns(request, begun)


def _show_columns(request: HttpRequest, form: MapColumns, *, status: int = 200) -> HttpResponse:
    read = preview(form.taken, form.mapping()) if form.is_valid() else ()
    return render(request, "desk/feeds/columns.html", {"form": form, "read": read}, status=status)
