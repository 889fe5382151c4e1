"""Why may I see this, or why not: the rule of the gate and the rule of the rows, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from meldpunt.access.errors import AccessRefused
from meldpunt.access.rules import PERMISSIONS, may
from meldpunt.access.values import Actor, OrganisationId, Permission, Role
from meldpunt.cases import queries as case_queries
from meldpunt.cases.values import CaseId
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.errors import IdentitySealed
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.errors import ReportNotFound
from meldpunt.intake.values import ReportId


@dataclass(frozen=True)
class Rule:
    """What it takes to see a kind of thing: a permission, and what the rows ask besides.

    `is_shown` answers for one thing; a thing that is missing and one that is hidden give the same answer.
    """

    name: str | Promise
    permission: Permission
    rows: str | Promise
    is_shown: Callable[[Actor, UUID], bool]


def _shows_report(viewer: Actor, thing: UUID) -> bool:
    return _answers(lambda: intake_queries.get_report(viewer, report=ReportId(thing)))


def _shows_reporter(viewer: Actor, thing: UUID) -> bool:
    try:
        return intake_queries.get_report(viewer, report=ReportId(thing)).reporter is not None
    except ReportNotFound:
        return False


def _shows_words(viewer: Actor, thing: UUID) -> bool:
    try:
        return not intake_queries.are_words_sealed(viewer, report=ReportId(thing))
    except AccessRefused:
        return False


def _shows_case(viewer: Actor, thing: UUID) -> bool:
    return _answers(lambda: case_queries.get_case(viewer, case=CaseId(thing)))


def _shows_organisation(viewer: Actor, thing: UUID) -> bool:
    return _answers(lambda: constituency_queries.get_organisation(viewer, organisation=OrganisationId(thing)))


def _shows_identity(viewer: Actor, thing: UUID) -> bool:
    try:
        return _answers(lambda: constituency_queries.get_identity(viewer, organisation=OrganisationId(thing)))
    except IdentitySealed:
        return False


def _answers(ask: Callable[[], object]) -> bool:
    try:
        ask()
    except AccessRefused:
        return False
    return True


RULES: Mapping[str, Rule] = {
    "report": Rule(
        _("a report"),
        Permission.REPORT_READ,
        _("Everybody of the desk with this permission sees every report, masked, without who reported."),
        _shows_report,
    ),
    "reporter": Rule(
        _("who reported"),
        Permission.REPORT_READ,
        _(
            "Sealed in a row of its own. It shows while you have unsealed the organisation the report is about, for a "
            "purpose and for one working day; or while no organisation is known, because somebody has to ask back. "
            "Whose sensor saw something shows only once that participant is unsealed."
        ),
        _shows_reporter,
    ),
    "words": Rule(
        _("the words of a report"),
        Permission.REPORT_READ,
        _(
            "Kept as they were told, in rows of their own. They show while you have unsealed the organisation the "
            "report is about; or to who completes reports while no organisation is known. Otherwise a bar stands "
            "wherever they point at it or at who reported, also in what is found, suggested and counted. A request "
            "for information is weighed with the words whole."
        ),
        _shows_words,
    ),
    "case": Rule(
        _("a case"),
        Permission.CASE_READ,
        _("Everybody of the desk with this permission sees every case; names in it, and words that name, stay sealed."),
        _shows_case,
    ),
    "organisation": Rule(
        _("an organisation by its code"),
        Permission.ORGANISATION_READ,
        _("Codes, sectors and traits show to everybody of the desk; they do not say who it is."),
        _shows_organisation,
    ),
    "identity": Rule(
        _("the identity of an organisation"),
        Permission.ORGANISATION_READ,
        _(
            "Names, people, domains and networks of a constituent show only while you yourself have unsealed it, for "
            "a purpose that stands in the ledger. Government parties are not sealed."
        ),
        _shows_identity,
    ),
}


# Everybody of the desk may ask why, also about what they may not see.
@requires(Permission.LEDGER_PROVE)
@require_GET
def show_why(request: HttpRequest, kind: str, thing: UUID) -> HttpResponse:
    """Which permission and which row policy decide, and what they say to this viewer."""
    if kind not in RULES:
        raise Http404
    rule, viewer = RULES[kind], actor_of(request)
    context = {
        "rule": rule,
        "roles": sorted(viewer.roles),
        "granting": [role for role in sorted(viewer.roles) if rule.permission in PERMISSIONS[role]],
        "others": [role for role in Role if rule.permission in PERMISSIONS[role]],
        "is_permitted": may(viewer.roles, rule.permission),
        "is_shown": rule.is_shown(viewer, thing),
    }
    return render(request, "desk/why/one.html", context)
