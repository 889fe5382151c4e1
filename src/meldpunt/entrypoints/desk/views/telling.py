"""A letter from a case, and a new version of what was told: who would see what first, then the proposal."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from meldpunt.access.errors import RuleBroken
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.cases import queries as case_queries
from meldpunt.cases.values import Case, CaseId
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import Organisation, PortalPerson
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import DisclosureId, Draft, ItemKind, Preview, Sight, Superseding
from meldpunt.entrypoints.web.errors import in_words
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.entrypoints.web.telling import tell
from meldpunt.entrypoints.web.templatetags.words import in_language
from meldpunt.law import Purpose
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.markings import PAP, TLP
from meldpunt.vocabulary.sectors import all_sectors

from ..choices import Choice
from ..forms.telling import ALL, Anew, Letter, Telling
from ..forms.widening import ask_why_wider

_ALL_OF_IT = Bilingual("het hele netwerk", "the whole network")


@requires(Permission.DISCLOSURE_PROPOSE)
@require_http_methods(["GET", "POST"])
def write_letter(request: HttpRequest, case: UUID) -> HttpResponse:
    """Who would read it, and why; once that was seen, the proposal."""
    viewer = actor_of(request)
    found = case_queries.get_case(viewer, case=CaseId(case))
    form = Letter(request.POST or None, readers=_readers(viewer, found))
    context: dict[str, object] = {"form": form, "case": found}
    if not (request.method == "POST" and form.is_valid()):
        return _show(request, form, context)
    draft = form.fill(_blank(viewer, found), parts=form.parts(), audience=form.audience())

    def propose(seen: Sight) -> HttpResponse:
        done = disclosure_actions.propose_disclosure(viewer, draft=draft, seen=seen)
        return redirect("show_disclosure", disclosure=done.id)

    return _told_or_shown(request, form, context, draft, propose)


@requires(Permission.DISCLOSURE_PROPOSE)
@require_http_methods(["GET", "POST"])
def supersede_disclosure(request: HttpRequest, disclosure: UUID) -> HttpResponse:
    """The same words to begin with; who would read the new ones; then the proposal in the place of the old."""
    viewer, before = actor_of(request), DisclosureId(disclosure)
    draft = disclosure_queries.draft_to_replace(viewer, disclosure=before)
    labels = disclosure_queries.label_circles(viewer, draft=draft)
    form = Anew(request.POST or None, draft=draft, circles=labels)
    context: dict[str, object] = {"form": form, "before": before}
    if not (request.method == "POST" and form.is_valid()):
        return _show(request, form, context)
    reason = form.cleaned_data["superseding"]
    anew = form.fill(
        replace(draft, attachments=form.attachments(), supersedes=Superseding(before, reason)),
        parts=form.parts(),
        audience=form.audience(),
    )

    def supersede(seen: Sight) -> HttpResponse:
        done = disclosure_actions.supersede_disclosure(viewer, disclosure=before, draft=anew, reason=reason, seen=seen)
        return redirect("show_disclosure", disclosure=done.id)

    return _told_or_shown(request, form, context, anew, supersede)


def _told_or_shown(
    request: HttpRequest,
    form: Telling,
    context: Mapping[str, object],
    draft: Draft,
    deed: Callable[[Sight], HttpResponse],
) -> HttpResponse:
    """The deed where it was confirmed; else what was written, under the preview of now."""

    def show(status: int) -> HttpResponse:
        preview = disclosure_queries.preview_disclosure(actor_of(request), draft=draft)
        return _show(request, form, context, preview, status=status)

    try:
        return tell(request, deed, again=show) if form.is_confirmed else show(200)
    except RuleBroken as broken:
        form.add_error(None, in_words(broken))
        return _show(request, form, context)


def _show(
    request: HttpRequest,
    form: Telling,
    context: Mapping[str, object],
    preview: Preview | None = None,
    *,
    status: int = 0,
) -> HttpResponse:
    if preview:
        form.show(preview)
    is_wide = preview is not None or not form.non_field_errors()
    if is_wide:
        ask_why_wider(form, [preview] if preview else ())
    status = status or (422 if form.is_bound and form.errors else 200)
    return render(request, "desk/disclosures/tell.html", {**context, "preview": preview}, status=status)


def _blank(viewer: Actor, case: Case) -> Draft:
    return Draft(
        item=ItemKind.LETTER,
        subject=uuid.uuid4(),
        title="",
        parts=(),
        audience=(),
        purpose=Purpose.ADVISE,
        tlp=TLP.RED,
        pap=PAP.AMBER,
        origins=case_queries.origins_of(viewer, case=case.id),
        about=tuple(sorted(case.organisations)),
    )


def _readers(viewer: Actor, case: Case) -> Mapping[str, Sequence[Choice]]:
    """Whom a letter from this case can be written to."""
    own = constituency_queries.list_by_ids(viewer, organisations=case.organisations)
    known = {one.id: one for one in (*own.values(), *constituency_queries.list_parties(viewer))}
    people = constituency_queries.list_portal_people(viewer, organisations=list(known))
    isacs = constituency_queries.list_isacs(viewer)
    return {
        "people": [(str(one.account), _person(one, known)) for one in people if one.is_active],
        "organisations": [(str(one.id), one.label) for one in known.values()],
        "isacs": [(str(one.id), one.name) for one in isacs],
        "network": [(ALL, in_language(_ALL_OF_IT)), *((one.id, in_language(one.name)) for one in all_sectors())],
    }


def _person(person: PortalPerson, known: Mapping[OrganisationId, Organisation]) -> str:
    organisation = known[person.organisation].label
    return f"{organisation}: {person.name or person.number}"
