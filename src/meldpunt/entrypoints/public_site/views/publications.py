"""What was told to everybody: overviews in figures, decisions on information requests, and the rest."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from meldpunt.access.values import Actor
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.queries.outside import PAGE
from meldpunt.disclosure.values import AttachmentId, AttachmentLine, Delivered, DisclosureId, ItemKind
from meldpunt.entrypoints.web.downloads import as_download, as_picture
from meldpunt.entrypoints.web.gate import actor_of, open_to_strangers
from meldpunt.entrypoints.web.paging import page_number
from meldpunt.entrypoints.web.templatetags.words import active_language, in_language
from meldpunt.openness.queries import following as openness_queries
from meldpunt.statistics.packing import rows_of
from meldpunt.statistics.values import FigureTable

_PUBLISHED = "it was disclosed to the public"


def anybody(viewer: Actor) -> Actor:
    """The same visitor without a receipt: what is published looks the same to everybody."""
    return replace(viewer, receipt="")


@open_to_strangers(reason=_PUBLISHED)
@require_safe
def list_publications(request: HttpRequest) -> HttpResponse:
    """Everything that was published, newest first."""
    return _list(request, "public_site/publications.html", None)


@open_to_strangers(reason=_PUBLISHED)
@require_safe
def list_overviews(request: HttpRequest) -> HttpResponse:
    """The periodic overviews."""
    return _list(request, "public_site/overviews.html", ItemKind.OVERVIEW)


@open_to_strangers(reason=_PUBLISHED)
@require_safe
def list_decisions(request: HttpRequest) -> HttpResponse:
    """Decisions on information requests, with what was released."""
    return _list(request, "public_site/decisions.html", ItemKind.INFORMATION_REQUEST_DECISION)


@open_to_strangers(reason=_PUBLISHED)
@require_safe
def show_publication(request: HttpRequest, disclosure: UUID) -> HttpResponse:
    """One publication; an overview has a page of its own."""
    told = _published(request, disclosure)
    if told.item is ItemKind.OVERVIEW:
        return redirect("show_overview", disclosure=disclosure)
    releases = openness_queries.list_releases(anybody(actor_of(request)), disclosure=told.id)
    return render(request, "public_site/publication.html", {"told": told, "releases": releases})


@open_to_strangers(reason=_PUBLISHED)
@require_safe
def show_overview(request: HttpRequest, disclosure: UUID) -> HttpResponse:
    """One overview: the chart, the table beside it, and the files."""
    told = _published(request, disclosure)
    if told.item is not ItemKind.OVERVIEW:
        raise Http404
    context = {"told": _in_one_language(told), "chart": _chart(told), "table": _table(anybody(actor_of(request)), told)}
    return render(request, "public_site/overview.html", context)


@open_to_strangers(reason=_PUBLISHED)
@require_safe
def show_chart(request: HttpRequest, disclosure: UUID, attachment: UUID) -> HttpResponse:
    """A chart of an overview, for an `<img>`."""
    found = disclosure_queries.open_attachment(
        anybody(actor_of(request)), disclosure=DisclosureId(disclosure), attachment=AttachmentId(attachment)
    )
    if found.media_type != "image/svg+xml":
        raise Http404
    return as_picture(found.data)


@open_to_strangers(reason=_PUBLISHED)
@require_safe
def download_publication(request: HttpRequest, disclosure: UUID, attachment: UUID) -> HttpResponse:
    """A file of a publication."""
    found = disclosure_queries.open_attachment(
        anybody(actor_of(request)), disclosure=DisclosureId(disclosure), attachment=AttachmentId(attachment)
    )
    return as_download(name=found.name, media_type=found.media_type, data=found.data)


def _list(request: HttpRequest, template: str, item: ItemKind | None) -> HttpResponse:
    page = page_number(request)
    published = disclosure_queries.list_delivered(anybody(actor_of(request)), item=item, page=page)
    more = page + 1 if len(published) == PAGE else 0
    return render(request, template, {"published": published, "page": page, "more": more})


def _published(request: HttpRequest, disclosure: UUID) -> Delivered:
    return disclosure_queries.get_delivered(anybody(actor_of(request)), disclosure=DisclosureId(disclosure))


def _table(viewer: Actor, told: Delivered) -> FigureTable | None:
    """The figures in the JSON file that goes with an overview; None where it was withdrawn."""
    line = next((one for one in told.attachments if one.media_type == "application/json"), None)
    if line is None:
        return None
    return rows_of(disclosure_queries.open_attachment(viewer, disclosure=told.id, attachment=line.id).data)


def _in_one_language(told: Delivered) -> Delivered:
    """An overview explains itself in both languages, each under its own heading; one of them is enough."""
    named = {"nl": "(Nederlands)", "en": "(English)"}[active_language()]
    chosen = tuple(part for part in told.parts if in_language(part.heading).endswith(named))
    return replace(told, parts=chosen or told.parts, language=active_language() if chosen else told.language)


def _chart(told: Delivered) -> AttachmentLine | None:
    """The chart in the visitor's language, or else any."""
    charts = [one for one in told.attachments if one.media_type == "image/svg+xml"]
    wanted = [one for one in charts if f".{active_language()}." in one.name or f"-{active_language()}." in one.name]
    return next(iter(wanted or charts), None)
