"""Read the grounds of a regime from the rows of its data file: to act on, to withhold on, to tell later on."""

from meldpunt.law.deferrals import Deferral, DeferralId
from meldpunt.law.errors import LawDataInvalid
from meldpunt.law.regimes import Regime
from meldpunt.law.term_loading import term_from
from meldpunt.law.values import Condition, DataKind, Ground, GroundId, GroundKind, Purpose, RecipientKind
from meldpunt.law.withholding import Weighing, WithholdingGround, WithholdingGroundId, WithholdingLimit
from meldpunt.vocabulary.rows import Row

_ONE_WAY = (frozenset({Purpose.ASK}), frozenset({Purpose.ANSWER_INQUIRY}))


def ground_from(row: Row, regime: Regime) -> Ground:
    """One ground to process, disclose, request or supply. Raises LawDataInvalid or DataFileInvalid."""
    ground = Ground(
        id=GroundId(row.text("id")),
        regime=regime.id,
        kind=row.word("kind", GroundKind),
        article=row.text("article"),
        source=row.text("source"),
        verified=row.flag("verified"),
        task=row.bilingual("task"),
        recipients=row.words("recipients", RecipientKind),
        purposes=row.words("purposes", Purpose),
        data=row.words("data", DataKind),
        conditions=row.words("conditions", Condition),
        valid_from=row.day("valid_from") if row.has("valid_from") else regime.valid_from,
        valid_until=row.last_day("valid_until") or regime.valid_until,
    )
    # Only processing may be open-ended: who gave the data and what for does not matter there.
    if ground.kind is not GroundKind.PROCESS and not (ground.recipients and ground.purposes):
        raise LawDataInvalid(f"{row.place}: names no recipient or no purpose")
    _refuse_both_ways(ground, row)
    return ground


def withholding_from(row: Row, regime: Regime) -> WithholdingGround:
    """One ground to withhold. Raises DataFileInvalid."""
    return WithholdingGround(
        id=WithholdingGroundId(row.text("id")),
        regime=regime.id,
        article=row.text("article"),
        subject=row.bilingual("subject"),
        weighing=row.word("weighing", Weighing),
        successors=tuple(WithholdingGroundId(text) for text in row.texts("successors")),
        letter=row.flag("letter"),
        source=row.text("source"),
        verified=row.flag("verified"),
        valid_from=row.day("valid_from") if row.has("valid_from") else regime.valid_from,
        valid_until=row.last_day("valid_until") or regime.valid_until,
    )


def limit_from(row: Row, regime: Regime) -> WithholdingLimit:
    """One limit of grounds to withhold. Raises DataFileInvalid."""
    return WithholdingLimit(
        id=row.text("id"),
        regime=regime.id,
        article=row.text("article"),
        wording=row.bilingual("wording"),
        grounds=frozenset(WithholdingGroundId(text) for text in row.texts("grounds")),
        source=row.text("source"),
        verified=row.flag("verified"),
    )


def deferral_from(row: Row, regime: Regime) -> Deferral:
    """One ground to tell the reporter later. Raises LawDataInvalid or DataFileInvalid."""
    deferral = Deferral(
        id=DeferralId(row.text("id")),
        regime=regime.id,
        article=row.text("article"),
        source=row.text("source"),
        verified=row.flag("verified"),
        subject=row.bilingual("subject"),
        recipients=row.words("recipients", RecipientKind),
        longest=term_from(row, "longest"),
        valid_from=row.day("valid_from") if row.has("valid_from") else regime.valid_from,
        valid_until=row.last_day("valid_until") or regime.valid_until,
    )
    if not deferral.recipients:
        raise LawDataInvalid(f"{row.place}: names no recipient")
    if not deferral.longest.ends_with_a_day:
        raise LawDataInvalid(f"{row.place}: the longest term is in days or months")
    return deferral


def _refuse_both_ways(ground: Ground, row: Row) -> None:
    """What lets a body answer us would else let us tell it the same."""
    if ground.kind is GroundKind.SUPPLY and ground.purposes not in _ONE_WAY:
        raise LawDataInvalid(f"{row.place}: supply names one purpose, ask or answer-inquiry")
    if ground.kind is not GroundKind.SUPPLY and Purpose.ANSWER_INQUIRY in ground.purposes:
        raise LawDataInvalid(f"{row.place}: only supply answers an inquiry")
