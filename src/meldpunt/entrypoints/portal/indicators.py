"""The indicators of a post, for machines: with the marking in it, and nothing of who told it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings

from meldpunt.detection.bundle import MEDIA_TYPE, bundle_of
from meldpunt.detection.values import Indicator, IndicatorId, IndicatorKind
from meldpunt.isacs.values import Said


def as_csv(said: Said) -> bytes:
    """A line for each, with its kind and what may be done with it."""
    out = io.StringIO()
    rows = [(one.kind.value, one.value, said.told.tlp.value, said.told.pap.value) for one in said.indicators]
    csv.writer(out, lineterminator="\n").writerows([("kind", "value", "tlp", "pap"), *rows])
    return out.getvalue().encode()


def as_stix(said: Said) -> bytes:
    """The same as a STIX 2.1 bundle, made by the CSIRT: the same bytes for every reader."""
    told = said.told
    made = [
        Indicator(
            id=IndicatorId(uuid5(NAMESPACE_URL, f"{told.id} {one.kind} {one.value}")),
            kind=IndicatorKind(one.kind.value),
            value=one.value,
            description="",
            tlp=told.tlp,
            pap=told.pap,
            valid_from=told.delivered_at,
            valid_until=None,
            created_at=told.delivered_at,
        )
        for one in said.indicators
    ]
    return bundle_of(made, csirt=settings.MELDPUNT_CSIRT)


FORMATS: Final[Mapping[str, tuple[str, Callable[[Said], bytes]]]] = {
    "csv": ("text/csv", as_csv),
    "json": (MEDIA_TYPE, as_stix),
}
