"""Every read of triage. What a party may see of it, row policies decide."""

from .assessments import find_assessment, list_assessments, list_classified, list_versions
from .consultations import get_asked, get_consultation, list_asked, list_consultations, list_dissents
from .drafting import draft_consultations, draft_sequel, preview_consultations, preview_sequel
from .estimates import compute_estimate, get_network
from .exploitation import find_exploitation, list_loaded
from .queue import list_lines, list_queue
from .scenarios import MOST_COMPARED, compare_scenarios, get_scenario, list_scenarios
from .set_aside import list_set_aside
from .situation import MOST_OUTAGES, get_situation, list_outages, list_unestimated
from .then import get_then
from .triage import get_triage, list_standing, list_stood
from .views import count_views, find_landing, list_views
from .vulnerabilities import (
    get_vulnerability,
    list_open_vulnerabilities,
    list_product_users,
    list_vulnerabilities,
)
from .working import (
    find_last_steps,
    find_step,
    get_habit,
    get_review,
    list_drafts,
    list_present,
    list_reasons,
    list_steps,
)

__all__ = [
    "MOST_COMPARED",
    "MOST_OUTAGES",
    "compare_scenarios",
    "compute_estimate",
    "count_views",
    "draft_consultations",
    "draft_sequel",
    "find_assessment",
    "find_exploitation",
    "find_landing",
    "find_last_steps",
    "find_step",
    "get_asked",
    "get_consultation",
    "get_habit",
    "get_network",
    "get_review",
    "get_scenario",
    "get_situation",
    "get_then",
    "get_triage",
    "get_vulnerability",
    "list_asked",
    "list_assessments",
    "list_classified",
    "list_consultations",
    "list_dissents",
    "list_drafts",
    "list_lines",
    "list_loaded",
    "list_open_vulnerabilities",
    "list_outages",
    "list_present",
    "list_product_users",
    "list_queue",
    "list_reasons",
    "list_scenarios",
    "list_set_aside",
    "list_standing",
    "list_steps",
    "list_stood",
    "list_unestimated",
    "list_versions",
    "list_views",
    "list_vulnerabilities",
    "preview_consultations",
    "preview_sequel",
]
