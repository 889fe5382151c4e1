"""A case with a risk to society, and who may stand together on it."""

from __future__ import annotations

from tests.advice.cast import Scene, scene, see_risk

from meldpunt.access.values import OrganisationId
from meldpunt.disclosure.values import Part
from meldpunt.law import DataKind
from meldpunt.response import actions
from meldpunt.response.values import Activation
from meldpunt.vocabulary.bilingual import Bilingual

PICTURE = Part(DataKind.INCIDENT_NATURE, Bilingual("Stand", "Picture"), "Twee pompstations staan stil.")


def members_of(scene: Scene) -> tuple[OrganisationId, ...]:
    """The water company, the police and the service."""
    found = (scene.desk.reporter, scene.desk.police, scene.desk.service)
    return tuple(one.organisation for one in found if one.organisation)


def activated(scene: Scene) -> Activation:
    """A response that runs."""
    see_risk(scene)
    return actions.activate_response(
        scene.desk.analyst, case=scene.case, reason="Drinkwater valt uit.", members=members_of(scene)
    )


__all__ = ["PICTURE", "Scene", "activated", "members_of", "scene", "see_risk"]
