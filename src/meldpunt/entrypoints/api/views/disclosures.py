"""An organisation's own machine fetches what was disclosed to it."""

from __future__ import annotations

import base64
import hashlib
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Body
from pydantic import Field

from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.queries import PAGE
from meldpunt.disclosure.values import AttachmentId, DisclosureId
from meldpunt.entrypoints.web.downloads import as_download, marked_name

from ..keys import machine_of
from ..told import Acknowledgement, DisclosureList, DisclosureShown, listed, shown

PageNumber = Annotated[int, Field(ge=1, le=100_000)]


def list_disclosures(request: HttpRequest, response: HttpResponse, page: PageNumber = 1) -> DisclosureList:
    """What was told to the organisation of this key since it has one, newest first, fifty at a time.

    Looking at the list marks nothing as read. What was told to one named person alone is not in it.
    """
    found = disclosure_queries.list_delivered(machine_of(request), page=page)
    links = [f'<{request.path}?page={page - 1}>; rel="prev"'] if page > 1 else []
    if len(found) == PAGE:
        links.append(f'<{request.path}?page={page + 1}>; rel="next"')
    if links:
        response["Link"] = ", ".join(links)
    return DisclosureList(items=[listed(one) for one in found])


def fetch_disclosure(request: HttpRequest, disclosure: UUID) -> DisclosureShown:
    """One of them whole. The desk sees that it was read over the API; of a withdrawn one only the reason is left."""
    return shown(disclosure_actions.open_disclosure(machine_of(request), disclosure=DisclosureId(disclosure)))


def fetch_attachment(request: HttpRequest, disclosure: UUID, attachment: UUID) -> HttpResponse:
    """The bytes of a file that goes with it, with their digest (RFC 9530). Its name carries both markings."""
    machine = machine_of(request)
    told = disclosure_queries.get_delivered(machine, disclosure=DisclosureId(disclosure))
    found = disclosure_queries.open_attachment(
        machine, disclosure=DisclosureId(disclosure), attachment=AttachmentId(attachment)
    )
    answer = as_download(name=marked_name(found.name, told), media_type="", data=found.data)
    answer["Repr-Digest"] = f"sha-256=:{base64.b64encode(hashlib.sha256(found.data).digest()).decode()}:"
    return answer


def acknowledge_disclosure(
    request: HttpRequest, disclosure: UUID, said: Annotated[Acknowledgement | None, Body()] = None
) -> DisclosureShown:
    """Say that it arrived and was understood; a second time changes nothing."""
    note = said.note if said else ""
    machine = machine_of(request)
    return shown(disclosure_actions.acknowledge_disclosure(machine, disclosure=DisclosureId(disclosure), note=note))
