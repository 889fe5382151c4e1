"""What was told to the organisation."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from meldpunt.access.values import Permission
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.queries.outside import PAGE
from meldpunt.disclosure.values import AttachmentId, Delivered, DisclosureId
from meldpunt.entrypoints.portal.forms.messages import NoteForm
from meldpunt.entrypoints.web.downloads import as_download, marked_name
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.entrypoints.web.paging import page_number
from meldpunt.entrypoints.web.reading import open_told


@requires(Permission.DISCLOSURE_READ)
@require_safe
def list_messages(request: HttpRequest) -> HttpResponse:
    """Everything, newest first."""
    page = page_number(request)
    told = disclosure_queries.list_delivered(actor_of(request), page=page)
    more = page + 1 if len(told) == PAGE else 0
    return render(request, "portal/messages.html", {"told_all": told, "page": page, "more": more})


@requires(Permission.DISCLOSURE_READ)
@require_safe
def show_message(request: HttpRequest, disclosure: UUID) -> HttpResponse:
    """Open one; from now on it counts as read."""
    told = open_told(request, actor_of(request), disclosure=DisclosureId(disclosure))
    return _show(request, told)


@requires(Permission.DISCLOSURE_READ)
@require_POST
def acknowledge_message(request: HttpRequest, disclosure: UUID) -> HttpResponse:
    """Say that it was understood, with a word back."""
    form = NoteForm(request.POST)
    if not form.is_valid():
        told = disclosure_queries.get_delivered(actor_of(request), disclosure=DisclosureId(disclosure))
        return _show(request, told, note_form=form)
    disclosure_actions.acknowledge_disclosure(
        actor_of(request), disclosure=DisclosureId(disclosure), note=form.cleaned_data["note"]
    )
    return redirect("show_message", disclosure=disclosure)


@requires(Permission.DISCLOSURE_READ)
@require_safe
def download_attachment(request: HttpRequest, disclosure: UUID, attachment: UUID) -> HttpResponse:
    """A file that goes with it."""
    viewer = actor_of(request)
    found = disclosure_queries.open_attachment(
        viewer, disclosure=DisclosureId(disclosure), attachment=AttachmentId(attachment)
    )
    told = disclosure_queries.get_delivered(viewer, disclosure=DisclosureId(disclosure))
    return as_download(name=marked_name(found.name, told), media_type=found.media_type, data=found.data)


def _show(request: HttpRequest, told: Delivered, *, note_form: NoteForm | None = None) -> HttpResponse:
    context = {"told": told, "form": note_form or NoteForm()}
    return render(request, "portal/message.html", context, status=422 if note_form else 200)
