"""The words of the trade as types, read from data files. Plain Python: no Django, no network.

The types are imported from their own modules (`from meldpunt.vocabulary.markings import TLP`), or from here.
"""

from meldpunt.vocabulary.bilingual import Bilingual, Language
from meldpunt.vocabulary.entities import ENTITY_KINDS, EntityKind
from meldpunt.vocabulary.markings import (
    PAP,
    TLP,
    Reach,
    most_restrictive,
    parse_pap,
    parse_tlp,
    tlp_from_stix,
)
from meldpunt.vocabulary.parties import PARTY_KINDS, PartyKind
from meldpunt.vocabulary.rsit import (
    RSIT_VERSION,
    IncidentClass,
    IncidentClassId,
    IncidentType,
    IncidentTypeId,
    all_classes,
    all_types,
    incident_class,
    incident_type,
    rsit_from_intelmq,
)
from meldpunt.vocabulary.sectors import Sector, SectorId, all_sectors, sector
from meldpunt.vocabulary.vital import (
    Category,
    Criteria,
    Ministry,
    Responsibility,
    VitalProcess,
    VitalProcessId,
    all_vital_processes,
    criteria_of,
    vital_process,
)

__all__ = [
    "ENTITY_KINDS",
    "PAP",
    "PARTY_KINDS",
    "RSIT_VERSION",
    "TLP",
    "Bilingual",
    "Category",
    "Criteria",
    "EntityKind",
    "IncidentClass",
    "IncidentClassId",
    "IncidentType",
    "IncidentTypeId",
    "Language",
    "Ministry",
    "PartyKind",
    "Reach",
    "Responsibility",
    "Sector",
    "SectorId",
    "VitalProcess",
    "VitalProcessId",
    "all_classes",
    "all_sectors",
    "all_types",
    "all_vital_processes",
    "criteria_of",
    "incident_class",
    "incident_type",
    "most_restrictive",
    "parse_pap",
    "parse_tlp",
    "rsit_from_intelmq",
    "sector",
    "tlp_from_stix",
    "vital_process",
]
