"""What each member of a joint response would be told by a situation report, for a preview."""

from __future__ import annotations

from meldpunt.access.values import Actor
from meldpunt.cases import queries as case_queries
from meldpunt.constituency.values import Organisation
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import Audience, AudienceKind, Draft, ItemKind, Preview
from meldpunt.law import Condition, Purpose
from meldpunt.response.values import Activation
from meldpunt.vocabulary.markings import PAP

from .forms.response import Situation


def preview_situation(viewer: Actor, activation: Activation, form: Situation) -> list[tuple[Organisation, Preview]]:
    """For each member who would see what and why: `response` makes one disclosure for each, as here. Saves nothing."""
    case = case_queries.get_case(viewer, case=activation.line.case)
    risk = {Condition.RISK_OF_SOCIETAL_DISRUPTION} if case.may_disrupt_society else set()
    origins = case_queries.origins_of(viewer, case=activation.line.case)
    return [
        (
            member,
            disclosure_queries.preview_disclosure(
                viewer,
                draft=Draft(
                    item=ItemKind.SITUATION_REPORT,
                    subject=activation.id,
                    title=form.cleaned_data["title"],
                    parts=form.parts(),
                    audience=(Audience(AudienceKind.ORGANISATION, member.id),),
                    purpose=Purpose.COORDINATE,
                    tlp=form.marking(),
                    pap=PAP.AMBER,
                    conditions=form.vouched() | risk,
                    origins=origins,
                ),
            ),
        )
        for member in activation.members
    ]
