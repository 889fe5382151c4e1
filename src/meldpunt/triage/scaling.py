"""The scales of others, from this room's data file."""

from __future__ import annotations

from functools import cache
from importlib import resources

from meldpunt.vocabulary.rows import Row, read_rows

from .values import Cause, Reach, Scales, ScaleWord


@cache
def known_scales() -> Scales:
    """C1 to C6 of NCSC UK, and cause, threat, impact and outlook of the NIS Cooperation Group."""
    file = read_rows(resources.files(__package__) / "data" / "scales.toml")
    uk, nis = file.row("uk"), file.row("nis")
    categories = _words(uk, "categories")
    by_id = {one.id: one for one in categories}
    scales = Scales(
        categories=categories,
        reaches=tuple(
            Reach(
                row.text("id"),
                row.bilingual("name"),
                {effect: by_id[row.text(effect)] for effect in ("serious", "risk", "indication")},
            )
            for row in uk.rows("reaches")
        ),
        causes=tuple(Cause(row.text("id"), row.bilingual("name"), row.texts("rsit")) for row in nis.rows("causes")),
        threats=_words(nis, "threats"),
        impacts=_words(nis, "impacts"),
        outlooks=_words(nis, "outlooks"),
        uk_source=uk.text("source"),
        nis_source=nis.text("source"),
    )
    for row in (uk, nis, file):
        row.refuse_unread()
    return scales


def _words(file: Row, key: str) -> tuple[ScaleWord, ...]:
    return tuple(ScaleWord(row.text("id"), row.bilingual("name")) for row in file.rows(key))
