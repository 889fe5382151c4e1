"""What came with a report is opened by whoever may read its words."""

from __future__ import annotations

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.constituency.errors import IdentitySealed
from meldpunt.evidence import actions as evidence_actions
from meldpunt.evidence import queries as evidence_queries
from meldpunt.evidence.values import EvidenceId, Opened

from ..queries.feeds import has_sealed_rows
from ..queries.words import are_words_sealed
from ..values import ReportId


@deed(Permission.EVIDENCE_OPEN)
def open_attachment(actor: Actor, /, *, item: EvidenceId) -> Opened:
    """The bytes of one item; the evidence room records it. A mail names its sender, so it is sealed as the words are.

    The file of a feed is sealed as its rows are, and opens where none of them is.
    Raises NotFound, IdentitySealed, evidence.EvidenceShredded, evidence.SealBroken.
    """
    about = ReportId(evidence_queries.get_evidence(actor, item=item).about)
    if are_words_sealed(actor, report=about):
        raise IdentitySealed("Unseal the identity of this organisation first, with a purpose.")
    if has_sealed_rows(actor, report=about):
        raise IdentitySealed("Rows of this file are of organisations that are sealed for you: read it row by row.")
    return evidence_actions.open_evidence(actor, item=item)
