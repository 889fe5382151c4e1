"""Read clocks and general holidays from the rows of a country's data files."""

from meldpunt.law.clock_rules import ClockRule, Counting, Extension, FreeDay, Stage, Start
from meldpunt.law.errors import LawDataInvalid
from meldpunt.law.regimes import Regime
from meldpunt.law.term_loading import term_from
from meldpunt.vocabulary.entities import EntityKind
from meldpunt.vocabulary.rows import Row


def clock_from(row: Row, regime: Regime) -> ClockRule:
    """One clock. Raises LawDataInvalid or DataFileInvalid."""
    stage = row.word("stage", Stage)
    start = row.word("start", Start)
    start_stage = row.word("start_stage", Stage) if start is Start.NOTIFIED else None
    rule = ClockRule(
        id=row.text("id"),
        regime=regime.id,
        name=row.bilingual("name"),
        rule=row.bilingual("rule"),
        recipient=row.bilingual("recipient"),
        content=row.bilingual("content"),
        article=row.text("article"),
        source=row.text("source"),
        verified=row.flag("verified"),
        entity_kinds=row.words("entity_kinds", EntityKind),
        stage=stage,
        met_by=row.words("also_met_by", Stage) | {stage} if row.has("also_met_by") else frozenset({stage}),
        start=start,
        start_stage=start_stage,
        term=term_from(row) if row.has("term") else None,
        counting=row.word("counting", Counting) if row.has("counting") else Counting.TO_THE_INSTANT,
        extension=_extension(row.row("extension")) if row.has("extension") else None,
        valid_from=row.day("valid_from") if row.has("valid_from") else regime.valid_from,
        valid_until=row.last_day("valid_until") or regime.valid_until,
    )
    for term in filter(None, (rule.term, rule.extension.term if rule.extension else None)):
        if (rule.counting is Counting.TO_THE_INSTANT) == term.ends_with_a_day:
            raise LawDataInvalid(f"{row.place}: hours are counted to the instant, days and months to the end of a day")
    return rule


def free_day_from(row: Row) -> FreeDay:
    """One general holiday, fixed (`month`, `day`) or movable (`days_after_easter`)."""
    movable = row.has("days_after_easter")
    return FreeDay(
        name=row.bilingual("name"),
        month=None if movable else row.whole("month"),
        day=None if movable else row.whole("day"),
        days_after_easter=row.whole("days_after_easter") if movable else None,
        first_year=row.whole("first_year"),
        last_year=row.whole("last_year") if row.has("last_year") else None,
    )


def _extension(row: Row) -> Extension:
    extension = Extension(
        after=row.word("after", Stage),
        start=row.word("start", Start),
        term=term_from(row),
        in_time_only=row.flag("in_time_only"),
    )
    if extension.start is Start.NOTIFIED:
        raise LawDataInvalid(f"{row.place}: an extension cannot wait for another stage")
    row.refuse_unread()
    return extension
