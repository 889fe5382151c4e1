"""The record of what was done, its signed heads, and the file with which others check it."""

from __future__ import annotations

import json
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from meldpunt.access.rules import may
from meldpunt.access.values import Permission
from meldpunt.entrypoints.web.downloads import as_download
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.ledger import actions as ledger_actions
from meldpunt.ledger import queries as ledger_queries
from meldpunt.ledger.values import EntryId

from ..colleagues import names_of
from ..forms.ledger import EntryFilters, Erasure
from ..forms.turning import page_asked, turned


@requires(Permission.LEDGER_READ)
@require_GET
def list_entries(request: HttpRequest) -> HttpResponse:
    """Entries, newest first, and the last signed checkpoint."""
    viewer, form, number = actor_of(request), EntryFilters(request.GET), page_asked(request)
    form.is_valid()
    entries = ledger_queries.list_entries(
        viewer,
        kind=form.chosen_kind(),
        subject=form.cleaned_data.get("subject"),
        about=form.cleaned_data.get("about"),
        page=number,
    )
    context = {
        "form": form,
        "entries": entries,
        "total": sum(ledger_queries.count_entries(viewer).values()),
        "checkpoint": ledger_queries.find_checkpoint(viewer),
        "may_sign": may(viewer.roles, Permission.LEDGER_SIGN),
        "names": names_of(viewer, (entry.actor for entry in entries)),
        "turn": turned(number, size=ledger_queries.PAGE_SIZE, lines=entries),
    }
    return render(request, "desk/ledger/list.html", context)


@requires(Permission.LEDGER_READ)
@require_GET
def show_entry(request: HttpRequest, entry: UUID) -> HttpResponse:
    """One entry, with the path from its leaf to the root."""
    return _entry_page(request, EntryId(entry), Erasure())


@requires(Permission.LEDGER_ERASE)
@require_POST
def erase_entry(request: HttpRequest, entry: UUID) -> HttpResponse:
    """Destroy what an entry says; that it is there stays, and a new entry says who did it and why."""
    form = Erasure(request.POST)
    if not form.is_valid():
        return _entry_page(request, EntryId(entry), form)
    ledger_actions.erase_entry(actor_of(request), entry=EntryId(entry), **form.cleaned_data)
    messages.success(request, gettext("What this entry said is destroyed. Its place in the ledger stays."))
    return redirect("show_entry", entry=entry)


def _entry_page(request: HttpRequest, entry: EntryId, erasure: Erasure) -> HttpResponse:
    viewer = actor_of(request)
    proof = ledger_queries.prove_entry(viewer, entry=entry)
    may_erase = may(viewer.roles, Permission.LEDGER_ERASE) and proof.entry.may_be_erased
    context = {
        "entry": proof.entry,
        "proof": proof,
        "erasure": erasure if may_erase else None,
        "details": json.dumps(proof.entry.details, indent=2, ensure_ascii=False, sort_keys=True),
        "names": names_of(viewer, [proof.entry.actor]),
    }
    return render(request, "desk/ledger/one.html", context)


@requires(Permission.LEDGER_READ)
@require_GET
def download_proof(request: HttpRequest, entry: UUID) -> HttpResponse:
    """The file that proves this one entry, for somebody who has the checkpoint's key."""
    data = ledger_queries.proofs_bundle(actor_of(request), entries=[EntryId(entry)])
    return as_download(name=f"proof-{entry}.jsonl", media_type="application/x-ndjson", data=data)


@requires(Permission.LEDGER_SIGN)
@require_POST
def sign_checkpoint(request: HttpRequest) -> HttpResponse:
    """Sign the tree as it stands."""
    signed = ledger_actions.sign_checkpoint(actor_of(request))
    said = gettext("The ledger is signed; it holds %(size)d entries.") % {"size": signed.size}
    messages.success(request, said)
    return redirect("list_entries")


@requires(Permission.LEDGER_READ)
@require_GET
def download_ledger(request: HttpRequest) -> StreamingHttpResponse:
    """The whole ledger up to the last checkpoint: commitments and hashes, for `meldpunt ledger verify`."""
    # Each step of the lines binds the actor anew: the transaction of this request is over by then.
    lines = ledger_queries.export_ledger(actor_of(request))
    response = StreamingHttpResponse(lines, content_type="application/x-ndjson")
    response["Content-Disposition"] = 'attachment; filename="ledger.jsonl"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
