"""An organisation's own machine fetches what was disclosed to it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Body, Query

from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import AttachmentId, DisclosureId
from meldpunt.entrypoints.web.downloads import as_download, marked_name

from ..digests import digest_field
from ..keys import machine_of
from ..paging import link_next
from ..told import Acknowledgement, DisclosureList, DisclosuresAsked, DisclosureShown, listed, shown


def list_disclosures(
    request: HttpRequest,
    response: HttpResponse,
    asked: Query[DisclosuresAsked],
) -> DisclosureList:
    """What was told to the organisation of this key since it has one, newest first; `since` is when, or later.

    Looking at the list marks nothing as read. What was told to one named person alone is not in it. `after` is the id
    of the last disclosure that you have. Ask `since` with an instant some minutes before the newest that you have: two
    may be told at the same moment.
    """
    last = DisclosureId(asked.after) if asked.after else None
    found, is_last = disclosure_queries.list_delivered_after(
        machine_of(request), item=asked.item, since=asked.since, after=last, limit=asked.limit
    )
    if found and not is_last:
        link_next(request, response, after=str(found[-1].id))
    return DisclosureList(items=[listed(one) for one in found])


def fetch_disclosure(request: HttpRequest, disclosure: UUID) -> DisclosureShown:
    """One of them whole. The desk sees that it was read over the API; of a withdrawn one only the reason is left."""
    if request.META["REQUEST_METHOD"] == "HEAD":
        return shown(disclosure_queries.get_delivered(machine_of(request), disclosure=DisclosureId(disclosure)))
    return shown(disclosure_actions.open_disclosure(machine_of(request), disclosure=DisclosureId(disclosure)))


def fetch_attachment(request: HttpRequest, disclosure: UUID, attachment: UUID) -> HttpResponse:
    """The bytes of a file that goes with it, with their digest (RFC 9530). Its name carries both markings."""
    machine = machine_of(request)
    told = disclosure_queries.get_delivered(machine, disclosure=DisclosureId(disclosure))
    found = disclosure_queries.open_attachment(
        machine, disclosure=DisclosureId(disclosure), attachment=AttachmentId(attachment)
    )
    answer = as_download(name=marked_name(found.name, told), media_type="", data=found.data)
    answer["Repr-Digest"] = digest_field(found.data)
    return answer


def acknowledge_disclosure(
    request: HttpRequest, disclosure: UUID, said: Annotated[Acknowledgement | None, Body()] = None
) -> DisclosureShown:
    """Say that it arrived and was understood; a second time changes nothing."""
    note = said.note if said else ""
    machine = machine_of(request)
    return shown(disclosure_actions.acknowledge_disclosure(machine, disclosure=DisclosureId(disclosure), note=note))
