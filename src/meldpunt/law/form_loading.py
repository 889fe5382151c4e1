"""Read forms, and what makes an incident significant, from the rows of a country's data files."""

import re

from meldpunt.law.clock_rules import Stage
from meldpunt.law.errors import LawDataInvalid
from meldpunt.law.form_rules import FormItem, FormRule, ItemKind, Subject
from meldpunt.law.regimes import Regime
from meldpunt.law.significance_rules import Criterion
from meldpunt.law.term_loading import term_from
from meldpunt.vocabulary.entities import EntityKind
from meldpunt.vocabulary.rows import Row

_KEY = re.compile(r"[a-z][a-z0-9_]{2,39}")


def form_from(row: Row, regime: Regime) -> FormRule:
    """One form with its items. Raises LawDataInvalid or DataFileInvalid."""
    items = tuple(_item_from(one, row) for one in row.rows("items"))
    if not items or len({item.key for item in items}) != len(items):
        raise LawDataInvalid(f"{row.place}: a form asks something, and nothing twice")
    return FormRule(
        id=row.text("id"),
        regime=regime.id,
        name=row.bilingual("name"),
        article=row.text("article"),
        source=row.text("source"),
        verified=row.flag("verified"),
        subject=row.word("subject", Subject),
        stage=row.word("stage", Stage) if row.has("stage") else None,
        entity_kinds=row.words("entity_kinds", EntityKind),
        items=items,
        term=term_from(row) if row.has("term") else None,
        valid_from=row.day("valid_from") if row.has("valid_from") else regime.valid_from,
        valid_until=row.last_day("valid_until") or regime.valid_until,
    )


def criterion_from(row: Row, regime: Regime) -> Criterion:
    """One criterion of significance. Raises LawDataInvalid or DataFileInvalid."""
    return Criterion(
        id=row.text("id"),
        regime=regime.id,
        key=_key(row),
        question=row.bilingual("question"),
        when_yes=row.bilingual("when_yes"),
        when_open=row.bilingual("when_open"),
        article=row.text("article"),
        source=row.text("source"),
        verified=row.flag("verified"),
        entity_kinds=row.words("entity_kinds", EntityKind),
        valid_from=row.day("valid_from") if row.has("valid_from") else regime.valid_from,
        valid_until=row.last_day("valid_until") or regime.valid_until,
    )


def _item_from(row: Row, form: Row) -> FormItem:
    return FormItem(
        key=_key(row),
        question=row.bilingual("question"),
        kind=row.word("kind", ItemKind),
        article=row.text("article") if row.has("article") else form.text("article"),
        verified=form.flag("verified"),
    )


def _key(row: Row) -> str:
    key = row.text("key")
    if not _KEY.fullmatch(key):
        raise LawDataInvalid(f"{row.place}: a key is a word of small letters: {key!r}")
    return key
