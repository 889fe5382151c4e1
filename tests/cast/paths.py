"""Every path of every door: the patterns as the doors declare them, and the ids that fit in each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Final

from django.urls import URLPattern, URLResolver, get_resolver
from tests.cast.played import Played

from meldpunt.access.values import Door
from meldpunt.entrypoints.public_site.steps import HEADINGS
from meldpunt.entrypoints.web.doors import ENTRANCES
from meldpunt.entrypoints.web.gate import Declaration

_PARAMETER: Final = re.compile(r"<(?:\w+:)?(\w+)>")
# Leaving ends the walk, and a language is chosen by POST.
AVOIDED: Final = frozenset({"account_logout"})

_REPORT_NAMES: Final = ("water", "mail", "feed", "telephone", "sighting", "bank")
TABLES: Final[Mapping[str, str]] = {
    "disclosure": "SELECT id FROM disclosure_disclosure ORDER BY item, proposed_at",
    "attachment": "SELECT id FROM disclosure_attachment ORDER BY id",
    "case": "SELECT id FROM cases_case ORDER BY opened_at",
    "stage": "SELECT id FROM intake_submittedstage WHERE is_after_decision",
    "document": "SELECT id FROM cases_document ORDER BY written_at",
    "task": "SELECT id FROM cases_task",
    "campaign": "SELECT id FROM campaigns_campaign",
    "package": "SELECT id FROM campaigns_package ORDER BY position",
    "observable": "(SELECT DISTINCT ON (report_id, is_telling) id FROM intake_observable"
    " ORDER BY report_id, is_telling, kind, value)"
    " UNION ALL (SELECT DISTINCT ON (case_id) id FROM cases_observable ORDER BY case_id, kind, value)",
    "decided": "SELECT id FROM ledger_entry ORDER BY position LIMIT 1",
    "indicator": "SELECT id FROM detection_indicator ORDER BY created_at",
    "asked": "SELECT id FROM openness_request",
    "scenario": "SELECT id FROM triage_scenario ORDER BY number",
    "service": "SELECT id FROM services_service ORDER BY code LIMIT 3",
    "dependency": "SELECT id FROM services_dependency ORDER BY since LIMIT 2",
    "naming": "SELECT id FROM services_naming",
    "selection": "SELECT id FROM openness_selection",
    "passage": "SELECT id FROM openness_passage",
    "hearing": "SELECT id FROM openness_hearing",
    "release": "SELECT id FROM openness_release",
    "overview": "SELECT id FROM statistics_overview",
    "hold": "SELECT id FROM evidence_hold",
    "item": "SELECT id FROM evidence_item",
    "upload": "SELECT id FROM evidence_upload",
    "advice": "SELECT id FROM advice_advice",
    "consultation": "SELECT id FROM triage_consultation ORDER BY asked_at",
    "review": "SELECT id FROM triage_review",
    "view": "SELECT id FROM triage_savedview ORDER BY name",
    "inquiry": "SELECT id FROM inquiries_inquiry",
    "incoming": "SELECT id FROM inquiries_incoming ORDER BY received_at",
    "answer": "SELECT id FROM inquiries_answer",
    "response": "SELECT id FROM response_activation",
    "activation": "SELECT id FROM response_activation",
    "action": "SELECT id FROM response_action",
    "handover": "SELECT id FROM response_handover",
    "envelope": "SELECT id FROM disclosure_envelope ORDER BY raised_at LIMIT 2",
    "contact": "SELECT id FROM constituency_contact ORDER BY mail LIMIT 1",
    "key": "SELECT id FROM constituency_key ORDER BY added_at LIMIT 1",
    "account": "SELECT id FROM access_account ORDER BY email",
    "start": "SELECT id FROM access_newstart",
    "isac": "SELECT DISTINCT isac_id FROM constituency_membership m JOIN constituency_organisation o"
    " ON o.id = m.organisation_id WHERE o.sector IN ('drinking-water', 'banking')",
    "thread": "SELECT DISTINCT thread FROM isacs_told",
    "post": "SELECT id FROM isacs_post ORDER BY written_at",
    "file": "SELECT id FROM isacs_file",
    "motion": "SELECT id FROM isacs_motion",
    "seat": "SELECT id FROM constituency_membership ORDER BY id LIMIT 2",
    "mapping": "SELECT id FROM intake_feedmapping",
    "machine": "SELECT id FROM access_machinekey WHERE role = 'reader'",
    "certificate": "SELECT id FROM access_machinecertificate",
    "reference": "SELECT reference FROM intake_report WHERE channel = 'api' ORDER BY received_at LIMIT 2",
    "entry": "(SELECT DISTINCT ON (kind) id FROM ledger_entry ORDER BY kind, position)",
}
_ONE_OF_EACH_SORT: Final = """
SELECT DISTINCT ON (d.item, d.state, CASE WHEN d.item = 'isac-post' THEN d.id ELSE d.subject END) d.id
FROM disclosure_disclosure d ORDER BY d.item, d.state, CASE WHEN d.item = 'isac-post' THEN d.id ELSE d.subject END,
    EXISTS (SELECT FROM disclosure_delivery y WHERE y.disclosure_id = d.id AND y.note <> '') DESC
"""
WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "kind": ("report", "reporter", "words", "case", "organisation", "identity"),
    "number": ("1", "2"),
    "cve": ("CVE-2999-0001",),
    "format": ("csv", "json"),
    "step": tuple(HEADINGS),
}


@dataclass(frozen=True)
class Path:
    """One pattern of one door. `parameters` are the names in it, in order."""

    door: Door
    name: str
    pattern: str
    parameters: tuple[str, ...]
    declaration: Declaration | None

    def filled(self, values: Mapping[str, str]) -> str:
        """An address, with these in the place of the parameters."""
        return _PARAMETER.sub(lambda found: values[found.group(1)], self.pattern)


def paths_of(door: Door) -> tuple[Path, ...]:
    """Every path of the door."""
    entrance = ENTRANCES[door]
    return tuple(
        Path(
            door,
            pattern.name or "",
            f"{entrance.mount}/{route}",
            tuple(_PARAMETER.findall(route)),
            getattr(pattern.callback, "declaration", None),
        )
        for route, pattern in _leaves("", get_resolver(entrance.urls).url_patterns)
        if pattern.name not in AVOIDED
    )


@dataclass(frozen=True)
class Known:
    """What may stand in the place of each parameter, and which file belongs to which disclosure."""

    values: Mapping[str, tuple[str, ...]]
    files: frozenset[tuple[str, str]]


def known_of(played: Played, door: Door) -> Known:
    """For each parameter every id of its kind that the story made; at the desk one disclosure of each sort will do."""
    values = {name: tuple(played.column(query)) for name, query in TABLES.items()}
    if door is Door.DESK:
        values["disclosure"] = tuple(played.column(_ONE_OF_EACH_SORT))
        values["package"] = values["package"][:2]
    values["report"] = tuple(played.report(name) for name in _REPORT_NAMES)
    values["organisation"] = tuple(
        played.organisations[name] for name in ("water", "bank", "municipality", "energy", "police")
    )
    values["thing"] = (values["report"][0], values["report"][-1], played.ids["case"], played.organisations["water"])
    rows = played.ask("SELECT disclosure_id, id FROM disclosure_attachment")
    return Known({**values, **WORDS}, frozenset((str(disclosure), str(file)) for disclosure, file in rows))


def addresses(path: Path, known: Known) -> Iterator[str]:
    """The pattern with every id of the story in it; a file only with its own disclosure.

    A parameter of which nothing is known is a KeyError: say above what may stand there.
    """
    for values in product(*(known.values[name] for name in path.parameters)):
        filled = dict(zip(path.parameters, values, strict=True))
        if "attachment" not in filled or (filled["disclosure"], filled["attachment"]) in known.files:
            yield path.filled(filled)


def _leaves(prefix: str, patterns: list[URLPattern | URLResolver]) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _leaves(path, pattern.url_patterns)
        else:
            yield path, pattern
