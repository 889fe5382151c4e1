"""What came with a report is opened by whoever may read its words; the file of a feed for a purpose."""

from __future__ import annotations

from meldpunt.access.binding import deed, require
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.errors import IdentitySealed, PurposeMissing
from meldpunt.evidence import actions as evidence_actions
from meldpunt.evidence import queries as evidence_queries
from meldpunt.evidence.values import EvidenceId, Opened
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Deed, Kind

from .. import models
from ..masking import any_of, mask_text
from ..queries.words import are_words_sealed
from ..values import Channel, ReportId


@deed(Permission.EVIDENCE_OPEN)
def open_attachment(actor: Actor, /, *, item: EvidenceId, purpose: str = "", anyway: bool = False) -> Opened:
    """The bytes of one item; the evidence room records it. A mail names its sender, so it is sealed as the words are.

    The file of a feed names whoever is in it, also who is not known to be yet, and so does a mail that brought one. To
    open it unseals them all at once: it asks a purpose, which each organisation of its rows reads in the ledger, and
    there none of the others.
    Raises NotFound, IdentitySealed, PurposeMissing, evidence.EvidenceSetAside, evidence.EvidenceShredded,
    evidence.SealBroken.
    """
    about = ReportId(evidence_queries.get_evidence(actor, item=item).about)
    if are_words_sealed(actor, report=about):
        raise IdentitySealed("Unseal the identity of this organisation first, with a purpose.")
    if not _is_feed(about):
        return evidence_actions.open_evidence(actor, item=item, anyway=anyway)
    require(actor, Permission.IDENTITY_UNSEAL)
    if not purpose.strip():
        raise PurposeMissing("Say for what purpose this file is opened: it names whoever is in it.")
    opened = evidence_actions.open_evidence(actor, item=item, anyway=anyway)
    _record_for_each(actor, item=item, feed=about, purpose=purpose.strip())
    return opened


def _is_feed(report: ReportId) -> bool:
    rows = models.FeedRow.objects.filter(report_id=report)
    return rows.exists() or models.Report.objects.filter(id=report, channel=Channel.FEED).exists()


def _record_for_each(actor: Actor, *, item: EvidenceId, feed: ReportId, purpose: str) -> None:
    rows = models.FeedRow.objects.filter(report_id=feed, organisation__isnull=False)
    ids = rows.order_by("organisation_id").values_list("organisation_id", flat=True).distinct()
    named = [OrganisationId(one) for one in ids if one]
    # All of them read it, and none of them reads there of another.
    terms = constituency_queries.list_masking_terms(actor, organisations=named)
    details = {"report": str(feed), "purpose": mask_text(purpose, any_of(terms.values()))}
    # For nobody in particular first: a file of which no row is attributed yet is opened for a purpose as well.
    about = [None, *named]
    ledger.record_many(actor, deeds=[Deed(Kind.UNSEALED, item, one, details) for one in about])
