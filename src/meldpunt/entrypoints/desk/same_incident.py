"""What may be the same incident: what the cases say, and whether one campaign of ours warned both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from meldpunt.access.rules import may
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.campaigns import queries as campaign_queries
from meldpunt.cases import queries as case_queries
from meldpunt.cases.values import ReportSuggestion, Suggestion
from meldpunt.intake.values import Report
from meldpunt.vocabulary.bilingual import Bilingual


def suggestions_for(viewer: Actor, report: Report) -> tuple[tuple[Suggestion, ...], tuple[ReportSuggestion, ...]]:
    """Cases and undecided reports, likeliest first, each with its reasons."""
    cases, reports = case_queries.suggest_both(viewer, report=report)
    of_cases = [one.case.organisation.id if one.case.organisation else None for one in cases]
    of_reports = [one.report.organisation for one in reports]
    warned = _warned_with(viewer, report.organisation, {one for one in (*of_cases, *of_reports) if one})
    cases = tuple(
        replace(one, reasons=one.reasons + _said(warned, of)) for one, of in zip(cases, of_cases, strict=True)
    )
    return cases, tuple(
        replace(one, reasons=one.reasons + _said(warned, of)) for one, of in zip(reports, of_reports, strict=True)
    )


def _warned_with(
    viewer: Actor, organisation: OrganisationId | None, others: set[OrganisationId]
) -> Mapping[OrganisationId, str]:
    if organisation is None or not others or not may(viewer.roles, Permission.CAMPAIGN_READ):
        return {}
    return campaign_queries.list_warned_with(viewer, organisation=organisation, others=others)


def _said(warned: Mapping[OrganisationId, str], organisation: OrganisationId | None) -> tuple[Bilingual, ...]:
    title = warned.get(organisation) if organisation else None
    return (Bilingual(f"beide in campagne {title}", f"both in campaign {title}"),) if title else ()
