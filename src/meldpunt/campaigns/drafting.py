"""What an organisation is told in a wave: the same for the preview and for the sending."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final
from uuid import UUID

from meldpunt.disclosure.values import Attachment, Audience, AudienceKind, Draft, ItemKind, Part, narrowed
from meldpunt.intake.values import Report
from meldpunt.law import Condition, DataKind, Purpose
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.markings import PAP, TLP

from . import models, rules

AT_ONCE: Final = 200
"""Packages whose rows are in memory together."""

_CONCERNS_ITS_READER: Final = frozenset({Condition.ABOUT_RECIPIENT})


def warning_drafts(campaign: models.Campaign, packages: Sequence[UUID], *, feed: Report) -> Iterator[Draft]:
    """The warning about each of these packages, in their order; only some at a time are read."""
    for begin in range(0, len(packages), AT_ONCE):
        for row in rows_of(packages[begin : begin + AT_ONCE]):
            yield warning_draft(campaign, row, feed=feed)


def rows_of(packages: Collection[UUID]) -> list[models.Package]:
    """These packages with what is in them, largest first."""
    return list(models.Package.objects.filter(id__in=packages).order_by("position"))


def warning_draft(campaign: models.Campaign, package: models.Package, *, feed: Report) -> Draft:
    """One organisation is warned of its own rows. Raises PackageDamaged."""
    data = rules.check_whole(bytes(package.data), digest=bytes(package.digest))
    said = Bilingual(
        f"De bijlage noemt {package.rows} waarneming(en) aan uw eigen systemen.",
        f"The attachment lists {package.rows} observation(s) of your own systems.",
    )
    return Draft(
        item=ItemKind.WARNING,
        subject=campaign.id,
        title=campaign.title,
        parts=(
            Part(DataKind.INCIDENT_NATURE, Bilingual("Waarvoor wij waarschuwen", "What we warn of"), campaign.text),
            Part(DataKind.SYSTEMS, Bilingual("Uw systemen", "Your systems"), f"{said.nl}\n\n{said.en}"),
        ),
        audience=(Audience(AudienceKind.ORGANISATION, package.organisation_id),),
        purpose=Purpose.WARN,
        tlp=narrowed(TLP.AMBER_STRICT, (feed.origin,), to=package.organisation_id),
        pap=PAP.AMBER,
        conditions=_CONCERNS_ITS_READER,
        origins=(feed.origin,),
        attachments=(Attachment("observations.csv", "text/csv", data, DataKind.SYSTEMS),),
    )
